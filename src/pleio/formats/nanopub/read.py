"""Reading claims from nanopublications that `write.py` made: TriG, through pyoxigraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...base.errors import ClaimError, Problem
from ...base.files import read_bytes
from ...claims.claim import Claim
from ...claims.tables.lines import Check, checked, no_check
from ..rdf.triples import ENTITIES, LABEL, TYPE, WORDS
from ..rows import CLAIM, EVIDENCE, LISTS, Row, claims_of, join
from .write import NP

LARGEST = 200_000_000  # bytes

Parts = dict[str, dict[str, list[str]]]  # node → word → values


def read_nanopubs(path: Path, check: Check = no_check) -> Iterator[Claim]:
    """Read claims, one from each nanopublication whose assertion is a claim in pleio's words.

    Raises:
        ClaimError: the file is no TriG, holds no nanopublication, or one of them makes no claim; pyoxigraph is missing.
    """
    parts, names, assertions = _load(path)
    rows = ((where, row) for where, node in assertions for row in _rows(node, parts, names))
    return checked(path, claims_of(rows, check), lambda claim: claim)


def _load(path: Path) -> tuple[Parts, dict[str, str], list[tuple[str, str]]]:
    try:
        import pyoxigraph
    except ImportError:
        help = "pip install 'pleio[rdf]'"
        raise ClaimError(str(path), Problem("", "nanopublications are read with pyoxigraph", help)) from None
    data = read_bytes(path, ClaimError, largest=LARGEST, cut="cut it in parts")
    try:
        quads = list(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TRIG))
    except (SyntaxError, ValueError) as fault:
        raise ClaimError(str(path), Problem("", f"is not TriG: {str(fault)[:200]}")) from None
    return _sorted(path, quads)


def _sorted(path: Path, quads: list[Any]) -> tuple[Parts, dict[str, str], list[tuple[str, str]]]:
    """Sort quads into the parts of nodes, the `CURIE name` of entities, and the claims that assertions make."""
    parts: Parts = defaultdict(lambda: defaultdict(list))
    labels: dict[str, str] = {}
    asserting: dict[str, str] = {}
    claimed: dict[str, list[str]] = defaultdict(list)
    for quad in dict.fromkeys(quads):  # nanopublications of one file may share evidence
        subject, predicate, object, graph = (getattr(term, "value", "") for term in quad)
        if predicate == f"{NP}hasAssertion":
            asserting[object] = subject
        elif predicate == TYPE and object == f"{WORDS}Claim":
            claimed[graph].append(subject)
        elif predicate == LABEL:
            labels[subject] = object
        elif predicate.startswith(WORDS) and object not in (held := parts[subject][predicate.removeprefix(WORDS)]):
            held.append(object)
    curies = {node: words["curie"][0] for node, words in parts.items() if words.get("curie")}
    names = {node: f"{curie} {labels[node]}" if node in labels else curie for node, curie in curies.items()}
    found = [(asserting[graph], node) for graph, nodes in claimed.items() if graph in asserting for node in nodes]
    if not found:
        raise ClaimError(str(path), Problem("", "holds no nanopublication whose assertion is a claim in pleio's words"))
    return parts, names, found


def _rows(node: str, parts: Parts, names: dict[str, str]) -> Iterator[Row | ClaimError]:
    claim = _row(parts[node], CLAIM, names)
    for part in parts[node].get("evidence", [""]):
        yield {**claim, **(_row(parts[part], EVIDENCE, names) if part else {})}


def _row(words: dict[str, list[str]], columns: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    row = {}
    for column in columns:
        values = [names.get(value, value) for value in words.get(column, [])]
        if not values:
            continue
        if column in LISTS:
            row[column] = words.get(f"{column}_list", [join(value.partition(" ")[0] for value in values)])[0]
        elif column in ENTITIES:
            here = words.get(f"{column}_name", [""])[0]
            row[column] = f"{values[0].partition(' ')[0]} {here}" if here else values[0]
        else:
            row[column] = values[0].partition(" ")[0] if column == "source" else values[0].removeprefix(WORDS)
    return row
