"""A claim as rows and back: its digests, its topic, its sentence, and the JSON that it is rebuilt from.

The digests are those of `Claim.digest`, `Claim.meaning` and `Evidence.digest`.  Evidence is kept in the very bytes that
its digest is of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from ..base.digests import canonical
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
    text = _text(content, exact=claim.effect is None)
    meant = claim.meant
    content.pop("id")
    content["subject"], content["object"] = claim.subject.curie, claim.object.curie
    content["context"] = meant["context"]
    content["evidence"] = sorted(part.digest.hex() for part in parts)
    return Record(
        sha256(_text(content, exact=claim.effect is None).encode()).digest(),
        sha256(_encode(meant).encode()).digest(),
        topic_of(contest_id(claim, "association")),
        claim.id,
        claim.subject,
        claim.relation,
        claim.object,
        claim.context.species,
        str(claim),
        text,
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
    text = _text(content, exact=item.power is None)
    return EvidenceRecord(sha256(text.encode()).digest(), item.source, laboratory, item.finding, text)


def _contexts(claim: Claim) -> tuple[Entity, ...]:
    contexts = (claim.context, *(item.context for item in claim.evidence))
    parts = [part for context in contexts for part in (context.cell_type, context.tissue, context.disease) if part]
    return tuple({part.curie: part for part in parts}.values())


def _text(content: dict[str, object], *, exact: bool) -> str:
    """Write the canonical form; where there is no float, plain JSON with sorted keys is it, and ten times as fast."""
    return _encode(content) if exact else canonical(content).decode()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True).encode
