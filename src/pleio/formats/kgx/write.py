"""Writing claims as KGX: an edge for each row, a node for each entity.

Biolink's slots say what they can; columns that begin with `pleio_` say the rest, so that reading gives the same claims.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ...claims.claim import Claim
from ...claims.vocabulary import SPECIES
from ..prefixes import CATEGORIES, to_biolink
from ..rows import COLUMNS, Row, rows_of
from ..separated import write_separated
from .words import ASPECTS, DIRECTIONS, PREDICATES

SLOTS = (
    "id", "subject", "predicate", "object", "qualified_predicate", "object_aspect_qualifier",
    "object_direction_qualifier", "species_context_qualifier", "anatomical_context_qualifier",
    "disease_context_qualifier", "negated", "publications", "supporting_text", "knowledge_level", "agent_type",
    "primary_knowledge_source",
)  # fmt: skip
NODE_SLOTS = ("id", "category", "name")
OWN = "pleio_"


def write_kgx(claims: Iterable[Claim], *, lines: bool) -> tuple[bytes, bytes]:
    """Write nodes and edges, as JSON Lines or TSV."""
    nodes: dict[str, dict[str, Any]] = {}
    edges = [edge for claim in claims for edge in edges_of(claim, nodes)]
    ordered = [nodes[key] for key in sorted(nodes)]
    if lines:
        return _lines(ordered), _lines(edges)
    columns = (*SLOTS, *(OWN + column for column in COLUMNS))
    return write_separated(NODE_SLOTS, map(_flat, ordered), "\t"), write_separated(columns, map(_flat, edges), "\t")


def edges_of(claim: Claim, nodes: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Write a claim as edges, and enter its ends among the nodes."""
    for end in (claim.subject, claim.object):
        category = CATEGORIES.get(end.curie.partition(":")[0], "NamedThing")
        curie = to_biolink(end.curie)
        nodes[curie] = {"id": curie, "category": [f"biolink:{category}"], "name": end.name}
    for number, row in enumerate(rows_of(claim)):
        own = {OWN + column: cell for column, cell in row.items() if cell}
        yield {**_slots(claim, row, number), **own}


def _slots(claim: Claim, row: Row, number: int) -> dict[str, Any]:
    context = claim.context
    place = context.cell_type or context.tissue
    slots: dict[str, Any] = {
        "id": f"urn:pleio:edge:{claim.meaning[:32]}:{number}",
        "subject": to_biolink(claim.subject.curie),
        "predicate": f"biolink:{PREDICATES[claim.relation]}",
        "object": to_biolink(claim.object.curie),
        "object_aspect_qualifier": ASPECTS.get(claim.aspect or ""),
        "species_context_qualifier": to_biolink(SPECIES[context.species]) if context.species else None,
        "anatomical_context_qualifier": to_biolink(place.curie) if place else None,
        "disease_context_qualifier": to_biolink(context.disease.curie) if context.disease else None,
        "knowledge_level": "knowledge_assertion",
        "agent_type": "manual_agent",
        "primary_knowledge_source": "infores:pleio",
    }
    if claim.relation in DIRECTIONS:
        slots["qualified_predicate"] = "biolink:causes"
        slots["object_direction_qualifier"] = DIRECTIONS[claim.relation]
    if row["says"] in ("refutes", "null"):
        slots["negated"] = True  # Biolink has one word for a denial and for a measured absence; pleio_says keeps them
    slots["publications"] = [to_biolink(row["source"])] if row["source"] else None
    slots["supporting_text"] = [row["finding"]] if row["finding"] else None
    return {name: value for name, value in slots.items() if value is not None}


def _lines(values: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values).encode()


def _flat(value: dict[str, Any]) -> dict[str, str]:
    from ..rows import join

    return {
        name: join(item) if isinstance(item, list) else str(item).lower() if item is True else str(item)
        for name, item in value.items()
    }
