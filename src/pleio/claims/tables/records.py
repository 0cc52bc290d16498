"""A claim as rows and back: its digests, its topic, its sentence, and the JSON that it is rebuilt from.

The digests are those of `Claim.digest`, `Claim.meaning` and `Evidence.digest`.  Evidence is kept in the very bytes that
its digest is of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from ...base.digests import canonical
from ..assumption import Assumption
from ..claim import Claim, Evidence
from ..contest import contest_id
from ..entity import Entity
from ..plain import encoded, plain

Named = tuple[str, str]  # the CURIE and name of an entity


class EvidenceRecord(NamedTuple):
    """A piece of evidence as a row."""

    digest: bytes
    source: str | None
    laboratory: str | None
    finding: str
    body: str


class Record(NamedTuple):
    """A claim as a row, with its evidence; `contexts` are the entities of its context and its evidence's.

    `rests_on` are the assumptions that it or its evidence names, and those that cover its evidence.
    """

    digest: bytes
    meaning: bytes
    topic: bytes
    id: str
    subject: Named
    relation: str
    object: Named
    species: str | None
    sentence: str
    body: str
    contexts: tuple[Named, ...]
    evidence: tuple[EvidenceRecord, ...]
    rests_on: tuple[str, ...]


EVIDENCE = Record._fields.index("evidence")


def record_of(claim: Claim, assumptions: Sequence[Assumption] = ()) -> Record:
    """Write a claim as rows.

    Args:
        assumptions: those that there are, to find which cover its evidence.
    """
    content = plain(claim)
    parts = tuple(map(_evidence, claim.evidence, content.pop("evidence", ())))
    exact = claim.effect is None
    text = _text(content, exact=exact)
    meant = claim.meant
    content.pop("id")
    content["subject"], content["object"] = claim.subject.curie, claim.object.curie
    content["context"] = dict(sorted(meant["context"].items()))
    content["evidence"] = sorted([part.digest.hex() for part in parts])
    return Record(
        sha256(_text(dict(sorted(content.items())), exact=exact).encode()).digest(),
        sha256(encoded(dict(sorted({**meant, "context": content["context"]}.items())))).digest(),
        topic_of(contest_id(claim, "association")),
        claim.id,
        _named(claim.subject),
        claim.relation,
        _named(claim.object),
        claim.context.species,
        str(claim),
        text,
        _contexts(claim),
        parts,
        _rests_on(claim, assumptions),
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


def covering(assumptions: Iterable[Assumption], claim: Claim, item: Evidence) -> set[str]:
    """Name the assumptions whose `applies_to` covers a piece of evidence."""
    applied = [assumption for assumption in assumptions if assumption.applies_to]
    if not applied:
        return set()
    context = item.context.over(claim.context)
    return {each.id for each in applied if each.applies_to and each.applies_to.covers(item, context)}


def _rests_on(claim: Claim, assumptions: Sequence[Assumption]) -> tuple[str, ...]:
    names = set(claim.rests_on)
    for item in claim.evidence:
        names.update(item.rests_on)
        names.update(covering(assumptions, claim, item))
    return tuple(sorted(names))


def _evidence(item: Evidence, content: dict[str, Any]) -> EvidenceRecord:
    laboratory = None if item.secondary else item.laboratory
    text = _text(content, exact=item.power is None and item.read_right is None)
    return EvidenceRecord(sha256(text.encode()).digest(), item.source, laboratory, item.finding, text)


def _contexts(claim: Claim) -> tuple[Named, ...]:
    contexts = (claim.context, *(item.context for item in claim.evidence))
    parts = [part for context in contexts for part in (context.cell_type, context.tissue, context.disease) if part]
    return tuple({part.curie: _named(part) for part in parts}.values())


def _named(entity: Entity) -> Named:
    return entity.curie, entity.name


def _text(content: dict[str, Any], *, exact: bool) -> str:
    """Write the canonical form of an object whose keys are in order; without a float, five times as fast."""
    return (encoded(content) if exact else canonical(content)).decode()
