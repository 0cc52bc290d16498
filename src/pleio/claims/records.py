"""A claim as rows and back: its digests, its topic, its sentence, and the JSON that it is rebuilt from.

The digests are those of `Claim.digest`, `Claim.meaning` and `Evidence.digest`, worked out once for each part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from ..base.digests import digest
from .claim import Claim, Evidence
from .contest import contest_id
from .entity import Entity


@dataclass(frozen=True)
class EvidenceRecord:
    """A piece of evidence as a row."""

    digest: bytes
    source: str | None
    laboratory: str | None
    finding: str
    body: str


@dataclass(frozen=True)
class Record:
    """A claim as a row, with its evidence; `contexts` are the entities of its context and its evidence's."""

    digest: bytes
    meaning: bytes
    topic: bytes
    id: str
    subject: Entity
    relation: str
    object: Entity
    species: str | None
    sentence: str
    body: str
    contexts: tuple[Entity, ...]
    evidence: tuple[EvidenceRecord, ...]


def record_of(claim: Claim) -> Record:
    """Write a claim as rows."""
    content = claim.to_json()
    parts = tuple(_evidence(item, body) for item, body in zip(claim.evidence, content.pop("evidence", ()), strict=True))
    body = _json(content)
    content.pop("id")
    content["subject"], content["object"] = claim.subject.curie, claim.object.curie
    content["context"] = claim.context.key()
    content["evidence"] = sorted(part.digest.hex() for part in parts)
    return Record(
        bytes.fromhex(digest(content)),
        bytes.fromhex(claim.meaning),
        topic_of(contest_id(claim, "association")),
        claim.id,
        claim.subject,
        claim.relation,
        claim.object,
        claim.context.species,
        str(claim),
        body,
        _contexts(claim),
        parts,
    )


def claim_of(body: str, evidence: Iterable[str]) -> Claim:
    """Rebuild a claim from its row's JSON and its evidence's; their order does not matter."""
    parts = sorted(evidence)
    content = json.loads(body)
    content["evidence"] = [json.loads(part) for part in parts]
    return Claim.model_validate(content)


def topic_of(contest_id: str) -> bytes:
    """Digest what a contest is about, its question aside, in 128 bits.

    Args:
        contest_id: a contest's id, with or without its question at the end.
    """
    key, mark, question = contest_id.rpartition("--")
    text = key if mark and question in ("sufficiency", "necessity", "association") else contest_id
    return sha256(text.encode()).digest()[:16]


def _evidence(item: Evidence, content: dict[str, object]) -> EvidenceRecord:
    laboratory = None if item.secondary else item.laboratory
    return EvidenceRecord(bytes.fromhex(digest(content)), item.source, laboratory, item.finding, _json(content))


def _contexts(claim: Claim) -> tuple[Entity, ...]:
    contexts = (claim.context, *(item.context for item in claim.evidence))
    found = {part for context in contexts for part in (context.cell_type, context.tissue, context.disease) if part}
    return tuple(sorted(found, key=str))


@lru_cache(maxsize=1)
def _encoder() -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _json(content: dict[str, object]) -> str:
    return _encoder().encode(content)
