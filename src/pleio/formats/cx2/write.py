"""Writing claims as CX2: a node for each entity, an edge for each row, our columns as attributes of the edge."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ...claims.claim import Claim
from ...claims.entity import Entity
from ..prefixes import CATEGORIES
from ..rows import COLUMNS, rows_of

ENDS = ("subject", "object")


def write_cx2(claims: Iterable[Claim]) -> bytes:
    """Write a network; `interaction` is the relation, `represents` a node's CURIE."""
    ids: dict[str, int] = {}
    nodes: list[dict[str, Any]] = []
    edges: list[dict[str, Any]] = []
    for claim in claims:
        ends = [_node(end, ids, nodes) for end in (claim.subject, claim.object)]
        for row in rows_of(claim):
            values = {column: cell for column, cell in row.items() if cell and column not in ENDS}
            # a name that another claim gives the same thing stays with the edge
            names = {
                f"{end}_name": entity.name for end, entity in zip(ENDS, (claim.subject, claim.object), strict=True)
            }
            attributes = {"interaction": claim.relation, **values, **names}
            edges.append({"id": len(edges), "s": ends[0], "t": ends[1], "v": attributes})
    text = {"d": "string"}
    kept = [column for column in COLUMNS if column not in ENDS]
    edge_columns = dict.fromkeys(("interaction", *kept, *(f"{end}_name" for end in ENDS)), text)
    aspects: list[dict[str, Any]] = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": [
            {"name": "attributeDeclarations", "elementCount": 1},
            {"name": "networkAttributes", "elementCount": 1},
            {"name": "nodes", "elementCount": len(nodes)},
            {"name": "edges", "elementCount": len(edges)},
        ]},
        {"attributeDeclarations": [{
            "networkAttributes": {"name": text},
            "nodes": {"name": text, "represents": text, "type": text},
            "edges": edge_columns,
        }]},
        {"networkAttributes": [{"name": "claims"}]},
        {"nodes": nodes},
        {"edges": edges},
        {"status": [{"success": True}]},
    ]  # fmt: skip
    return json.dumps(aspects, ensure_ascii=False, separators=(",", ":")).encode()


def _node(entity: Entity, ids: dict[str, int], nodes: list[dict[str, Any]]) -> int:
    if entity.curie not in ids:
        ids[entity.curie] = len(nodes)
        kind = CATEGORIES.get(entity.curie.partition(":")[0], "NamedThing")
        nodes.append({"id": len(nodes), "v": {"name": entity.name, "represents": entity.curie, "type": kind}})
    return ids[entity.curie]
