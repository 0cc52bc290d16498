"""Reading claims from CX2: our own columns where they are there, `interaction` and node names where they are not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...base.errors import ClaimError, Problem
from ...base.files import read_bytes
from ...claims.claim import Claim
from ...claims.tables.lines import Check, checked, no_check
from ..prefixes import from_biolink
from ..rows import COLUMNS, Row, claims_of
from ..sif.read import entity_of, relation_of

LARGEST = 200_000_000  # bytes


def read_cx2(path: Path, check: Check = no_check) -> Iterator[Claim]:
    """Read claims from a CX2 network.

    Raises:
        ClaimError: the file is no CX2; for every edge that makes no claim.
    """
    aspects = _aspects(path)
    nodes = {_id(node.get("id")): node.get("v") or {} for node in aspects.get("nodes", []) if isinstance(node, dict)}
    rows = [
        (f"edge {edge.get('id')}", _row(edge, nodes)) for edge in aspects.get("edges", []) if isinstance(edge, dict)
    ]
    return checked(path, claims_of(rows, check), lambda claim: claim)


def _aspects(path: Path) -> dict[str, list[Any]]:
    data = read_bytes(path, ClaimError, largest=LARGEST, cut="cut it in parts")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise ClaimError(str(path), f"is not JSON that can be read: {str(fault)[:100]}") from None
    if not isinstance(found, list) or not found or not isinstance(found[0], dict) or "CXVersion" not in found[0]:
        raise ClaimError(str(path), Problem("", "is no CX2: its first part should state CXVersion"))
    aspects: dict[str, list[Any]] = {}
    for part in found:
        for name, values in part.items() if isinstance(part, dict) else ():
            if isinstance(values, list):
                aspects.setdefault(name, []).extend(values)
    return aspects


def _id(value: Any) -> int | str | None:
    """Give what can be an id of a node; a list or an object is none, and so no node has it."""
    return value if isinstance(value, int | str) else None


def _row(edge: dict[str, Any], nodes: dict[Any, dict[str, Any]]) -> Row | ClaimError:
    values = edge.get("v") or {}
    ends = [nodes.get(_id(edge.get(end))) for end in ("s", "t")]
    if not isinstance(values, dict) or not all(isinstance(end, dict) for end in ends):
        return ClaimError("edge", Problem("", "has an end that is no node"))
    word = str(values.get("interaction", "interacts-with"))
    try:
        relation = relation_of(word)
    except ClaimError as fault:
        return fault
    row = {column: str(values[column]) for column in COLUMNS if values.get(column) not in (None, "")}
    for name, node in zip(("subject", "object"), ends, strict=True):
        assert node is not None
        row[name] = _end(node, str(values.get(f"{name}_name") or node.get("name") or ""))
    return {**row, "relation": relation}


def _end(node: dict[str, Any], name: str) -> str:
    represents = str(node.get("represents") or node.get("r") or "")
    return f"{from_biolink(represents)} {name}".strip() if ":" in represents else entity_of(name)
