"""Writing claims as INDRA statements: a statement for each claim, with its rows as evidence.

What INDRA has no field for is kept in each evidence's `annotations`, which INDRA carries along untouched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ...claims.claim import Claim
from ...claims.entity import Entity
from ..prefixes import to_indra
from ..rows import Row, rows_of
from .words import ENDS, POLARITIES, TYPES

OWN = "pleio"


def write_indra(claims: Iterable[Claim]) -> tuple[bytes, tuple[str, ...]]:
    """Write statements; give also the ids of the claims that no type of statement can say."""
    statements, left = [], []
    for claim in claims:
        statement = statement_of(claim)
        if statement is None:
            left.append(claim.id)
        else:
            statements.append(statement)
    return json.dumps(statements, ensure_ascii=False, indent=1).encode(), tuple(left)


def statement_of(claim: Claim) -> dict[str, Any] | None:
    """Write a claim as a statement, or None where INDRA has no such type."""
    kind = TYPES.get((claim.relation, claim.aspect))
    if kind is None:
        return None
    statement: dict[str, Any] = {"type": kind, "id": str(UUID(hex=claim.meaning[:32]))}
    ends = (claim.subject, claim.object)
    if kind == "Complex":
        statement["members"] = [_agent(end) for end in ends]
    elif kind == "Influence":
        polarities = (None, POLARITIES[claim.relation])
        for name, end, polarity in zip(("subj", "obj"), ends, polarities, strict=True):
            statement[name] = _event(end, polarity, f"{claim.meaning}{name}")
    else:
        statement.update(zip(ENDS[kind], map(_agent, ends), strict=True))
        if kind in ("Activation", "Inhibition"):
            statement["obj_activity"] = "activity"
    statement["belief"] = 1
    statement["evidence"] = [_evidence(claim, row) for row in rows_of(claim) if row["says"]]
    return statement


def _agent(end: Entity) -> dict[str, Any]:
    return {"name": end.name, "db_refs": {**to_indra(end.curie), "TEXT": end.name}}


def _event(end: Entity, polarity: int | None, seed: str) -> dict[str, Any]:
    from hashlib import sha256

    id = str(UUID(bytes=sha256(seed.encode()).digest()[:16]))
    delta: dict[str, Any] = {"type": "QualitativeDelta", "polarity": polarity, "adjectives": []}
    return {"type": "Event", "id": id, "concept": _agent(end), "delta": delta}


def _evidence(claim: Claim, row: Row) -> dict[str, Any]:
    prefix, _, local = row["source"].partition(":")
    evidence: dict[str, Any] = {"source_api": OWN, "source_id": f"{claim.id}", "text": row["finding"]}
    references = {"pubmed": "PMID", "pmc": "PMCID", "doi": "DOI", "url": "URL"}
    if prefix in references:
        evidence["text_refs"] = {references[prefix]: local}
    if prefix == "pubmed":
        evidence["pmid"] = local
    evidence["annotations"] = {OWN: {column: cell for column, cell in row.items() if cell}}
    evidence["epistemics"] = {
        "direct": claim.directness == "direct",
        "negated": row["says"] in ("refutes", "null"),
        **({"hedging": [row["modality"]]} if row["modality"] in ("hedged", "speculative") else {}),
    }
    return evidence
