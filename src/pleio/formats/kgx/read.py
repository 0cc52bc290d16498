"""Reading claims from KGX edges: our own columns where they are there, Biolink's slots where they are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ...base.errors import ClaimError, Problem, nearest
from ...claims.claim import Claim
from ...claims.tables.lines import Check, checked, no_check, objects
from ...claims.vocabulary import SPECIES
from ..prefixes import from_biolink
from ..rows import Row, claims_of, split
from ..separated import read_separated
from .words import READOUTS, RELATIONS, SIGNED
from .write import OWN

NEEDED = ("subject", "predicate", "object")
_SPECIES = {curie: name for name, curie in SPECIES.items()}


def read_kgx(edges: Path, nodes: Path | None = None, check: Check = no_check) -> Iterator[Claim]:
    """Read claims from an edges file (`.tsv`, or JSON Lines), as they are asked for.

    Args:
        nodes: where the names of entities are; a CURIE stands for itself without.

    Raises:
        ClaimError: at the end, for every bad row; at once, if a file cannot be read.
    """
    names = {} if nodes is None else _names(nodes)
    rows = ((where, row) for where, value in _objects(edges) for row in _rows(where, value, names))
    return checked(edges, claims_of(rows, check), _same)


def _names(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, node in _objects(path):
        if isinstance(node, dict) and isinstance(node.get("id"), str) and isinstance(node.get("name"), str):
            found[node["id"]] = node["name"]
    return found


def _objects(path: Path) -> Iterator[tuple[str, Any]]:
    if path.suffix == ".tsv":
        yield from read_separated(path, "\t", _check)
    else:
        yield from objects(path)


def _check(names: Sequence[str], where: str) -> None:
    if "id" not in names:
        raise ClaimError(where, Problem("", "is not a KGX file: there is no column 'id'"))


def _rows(where: str, edge: Any, names: dict[str, str]) -> Iterator[Row | ClaimError]:
    """Give the rows of an edge: one for each publication."""
    try:
        if isinstance(edge, ClaimError):
            raise edge
        if not isinstance(edge, dict):
            raise ClaimError(where, Problem("", "is not an edge", "each line should hold an object"))
        missing = [name for name in NEEDED if not isinstance(edge.get(name), str) or not edge[name]]
        if missing:
            raise ClaimError(where, [Problem(name, "is missing") for name in missing])
        if f"{OWN}relation" in edge:
            yield {str(name).removeprefix(OWN): str(edge[name]) for name in edge if str(name).startswith(OWN)}
            return
        row = _from_slots(edge, names)
        sources = [from_biolink(curie) for curie in _list(edge.get("publications"))]
        yield from ({**row, "source": source} for source in sources)
        if not sources:
            yield {**row, "secondary": "true"}
    except ClaimError as fault:
        yield fault


def _from_slots(edge: dict[str, Any], names: dict[str, str]) -> Row:
    """Read an edge in Biolink's own words; its source is left to the caller."""
    predicate = str(edge["predicate"]).removeprefix("biolink:")
    direction = str(edge.get("object_direction_qualifier") or "")
    relation = SIGNED.get(direction) or RELATIONS.get(predicate)
    if relation is None:
        what = f"the predicate '{predicate[:60]}' has no relation here"
        raise ClaimError("edge", Problem("predicate", what, nearest(predicate[:60], RELATIONS)))
    said_by = str(edge.get("primary_knowledge_source") or "a graph")
    place = _optional(edge.get("anatomical_context_qualifier"), names)
    return {
        "subject": _entity(str(edge["subject"]), names),
        "object": _entity(str(edge["object"]), names),
        "relation": relation,
        "aspect": READOUTS.get(str(edge.get("object_aspect_qualifier") or ""), "") if direction else "",
        "species": _SPECIES.get(from_biolink(str(edge.get("species_context_qualifier") or "")), ""),
        "disease": _optional(edge.get("disease_context_qualifier"), names),
        "cell_type" if place.startswith("cl:") else "tissue": place,
        "says": "refutes" if str(edge.get("negated", "")).lower() == "true" else "supports",
        "finding": " ".join(_list(edge.get("supporting_text")))[:4000] or f"stated by {said_by}",
        "trust": "derived",
    }


def _entity(curie: str, names: dict[str, str]) -> str:
    ours = from_biolink(curie)
    name = names.get(curie, "")
    return f"{ours} {name}" if name and name != ours else ours


def _optional(value: Any, names: dict[str, str]) -> str:
    return _entity(str(value), names) if value else ""


def _list(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    return split(value) if isinstance(value, str) else []


def _same(claim: Any) -> Any:
    return claim
