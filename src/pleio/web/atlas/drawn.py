"""The values that the page draws with WebGL: places with where they lie, ties with what is believed of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from .choose import Bundle, bundled
from .graph import Graph
from .spread import spread
from .view import View

EFFECTS = ("activates", "inhibits", "contested", "mixed", "binds", "other")
UNWEIGHED = -1


def selected(graph: Graph, view: View) -> tuple[Bundle, ...]:
    """Give the ties of a view, bundled: all that pass, or those within its reach of the place in the middle."""
    filter = view.filter
    if view.reach == "all":
        return bundled(tie for tie in graph.ties if tie.source != tie.target and filter.keeps(tie))
    near, edge = {view.about}, [view.about]
    numbers: set[int] = set()
    for _ in range(int(view.reach or 1)):
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
def graph_json(graph: Graph, view: View) -> bytes:
    """Write a view's places and ties as columns of numbers, compact: 10⁵ ties are a few megabytes."""
    bundles = selected(graph, view)
    curies = sorted({end for each in bundles for end in (each.source, each.target)} | {view.about} & set(graph.names))
    number = {curie: i for i, curie in enumerate(curies)}
    source = np.array([number[each.source] for each in bundles], dtype=np.int64)
    target = np.array([number[each.target] for each in bundles], dtype=np.int64)
    at = spread(len(curies), source, target)
    value = {
        "middle": number.get(view.about, -1),
        "places": {
            "curie": curies,
            "name": [graph.names[curie] for curie in curies],
            "x": at[:, 0].tolist(),
            "y": at[:, 1].tolist(),
            "ties": (np.bincount(source, minlength=len(curies)) + np.bincount(target, minlength=len(curies))).tolist(),
        },
        "ties": {
            "source": source.tolist(),
            "target": target.tolist(),
            "effect": [EFFECTS.index(each.effect) for each in bundles],
            "belief": [UNWEIGHED if each.belief is None else round(10 * each.belief) for each in bundles],
            "contested": [int(each.contested) for each in bundles],
        },
        "effects": EFFECTS,
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


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
