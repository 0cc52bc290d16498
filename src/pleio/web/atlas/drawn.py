"""The values that the page draws with WebGL: places with where they lie, ties with what is believed of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .choose import UNKNOWN, Bundle, bundled
from .graph import Graph
from .spread import spread
from .view import View

EFFECTS = ("activates", "inhibits", "contested", "mixed", "binds", "other")
UNWEIGHED = 15


@lru_cache(maxsize=4)
def selected(graph: Graph, view: View) -> tuple[Bundle, ...]:
    """Give the ties of a view (as `View.drawn`), bundled: all that pass, or those within its reach of its middle."""
    filter = view.filter
    if view.reach == "all":
        return bundled(tie for tie in graph.ties if tie.source != tie.target and filter.keeps(tie))
    near, edge = {view.about}, [view.about]
    numbers: set[int] = set()
    for _ in range(int(view.reach)):
        reached: set[str] = set()
        for here in edge:
            for number in graph.around.get(here, ()):
                tie = graph.ties[number]
                if tie.source != tie.target and filter.keeps(tie):
                    numbers.add(number)
                    reached |= {tie.source, tie.target}
        edge = sorted(reached - near)
        near |= reached
    return bundled(graph.ties[number] for number in sorted(numbers))


@lru_cache(maxsize=4)
def graph_columns(graph: Graph, view: View) -> bytes:
    """Write a view's places and ties as the page's script takes them: columns that need no reading.

    First the length of what follows as a little-endian uint32, then JSON: `middle`, the number of the place in the
    middle or -1, and for each column its kind, where it begins after the JSON, and how many values it has.

    | column | kind | what |
    |---|---|---|
    | x, y | f4 | where a place lies, within -1 and 1, y downwards |
    | degree | u4 | its ties |
    | source, target | u4 | the ends of a tie; those that carry most come first |
    | look | u1 | belief in tenths (15: not weighed), + 16 where contested, + 32 times its effect's place in `EFFECTS` |
    | names | text | JSON: the places' `curie` and `name` |
    """
    bundles = sorted(selected(graph, view), key=lambda each: (-carried(each), each.source, each.target))
    curies = sorted({end for each in bundles for end in (each.source, each.target)} | {view.about} & set(graph.names))
    number = {curie: i for i, curie in enumerate(curies)}
    source = np.array([number[each.source] for each in bundles], dtype=np.int64)
    target = np.array([number[each.target] for each in bundles], dtype=np.int64)
    at = spread(len(curies), source, target)
    names = {"curie": curies, "name": [graph.names[curie] for curie in curies]}
    columns: dict[str, NDArray[Any] | bytes] = {
        "x": at[:, 0].astype("<f4"),
        "y": at[:, 1].astype("<f4"),
        "degree": (np.bincount(source, minlength=len(curies)) + np.bincount(target, minlength=len(curies))).astype(
            "<u4"
        ),
        "source": source.astype("<u4"),
        "target": target.astype("<u4"),
        "look": np.array([_look(each) for each in bundles], dtype="u1"),
        "names": json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode(),
    }
    told, parts, begin = {}, [], 0
    for name, column in columns.items():
        kind, written = ("text", column) if isinstance(column, bytes) else (column.dtype.str[1:], column.tobytes())
        told[name] = [kind, begin, len(column)]
        parts.append(written)
        begin += len(written)
    head = json.dumps({"middle": number.get(view.about, -1), "columns": told}).encode()
    head += b" " * (-len(head) % 4)  # numbers of four bytes begin at a multiple of four
    return b"".join([len(head).to_bytes(4, "little"), head, *parts])


def carried(bundle: Bundle) -> float:
    """Say how much a tie carries: its findings, weighed by what is believed of it."""
    return bundle.findings * (UNKNOWN if bundle.belief is None else bundle.belief)


def _look(bundle: Bundle) -> int:
    belief = UNWEIGHED if bundle.belief is None else round(10 * bundle.belief)
    return belief + 16 * bundle.contested + 32 * EFFECTS.index(bundle.effect)


def rows(bundles: Sequence[Bundle], graph: Graph) -> list[dict[str, object]]:
    """Give ties as JSON objects, by their names."""
    return [
        {
            "source": each.source,
            "source_name": graph.names[each.source],
            "effect": each.effect,
            "target": each.target,
            "target_name": graph.names[each.target],
            "belief": each.belief,
            "contested": each.contested,
            "claims": list(each.claims),
        }
        for each in bundles
    ]
