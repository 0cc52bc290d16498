"""What becomes of the drafts of one sentence: nonsense dropped, denials applied, restatements merged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .draft import Draft
from .statement import Statement

_DENIED = re.compile(
    r"\b(?:could|can) ?not be (?:reproduced|replicated|confirmed|verified)|\b(?:was|were|has|have) (?:not|never) "
    r"(?:been )?(?:reproduced|replicated|confirmed)|"
    r"\bfailed to (?:replicate|reproduce|confirm)\b|\b(?:has|have) been (?:refuted|disproved|retracted)\b|"
    r"\bcontrary to\b.{0,30}\bclaims?\b",
    re.I,
)


def denied(text: str, drafts: list[Draft]) -> list[Draft]:
    """A finding that could not be reproduced is refuted, whatever the clause in it says."""
    return [replace(d, status="refuted") for d in drafts] if _DENIED.search(text) else drafts


def settled(drafts: list[Draft]) -> list[Draft]:
    """Drop the effect that restates a treatment or an adverse event."""
    taken = {(d.subject.name, d.object.name) for d in drafts if d.relation in ("treats", "causes_adverse_event")}
    return [
        d
        for d in drafts
        if d.relation not in ("increases", "decreases") or (d.subject.name, d.object.name) not in taken
    ]


def is_sound(draft: Draft) -> bool:
    """Leave out drafts that say nothing: empty names, pronouns, an entity acting on itself by accident."""
    if not draft.subject.name or not draft.object.name or "anaphor" in (draft.subject.kind, draft.object.kind):
        return False
    if re.search(r"\bet al\b|^(?:we|he|she|you|one|who)$", draft.subject.name):
        return False
    if re.search(r"\bet al\b|^(?:we|he|she|you|one|who)$", draft.subject.name):
        return False
    if (
        len(draft.object.name) > 160
        or len(draft.subject.name) > 100
        or not re.search(r"[A-Za-z]{2}|\d", draft.object.name)
    ):
        return False
    same = (draft.subject.curie or draft.subject.name.lower()) == (draft.object.curie or draft.object.name.lower())
    return not same or draft.relation == "binds" or draft.aspect == "phosphorylation"


def unique(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Keep one of several statements that say the same of one span; the first rule to read it wins."""
    seen: set[tuple[object, ...]] = set()
    for s in statements:
        key = (s.start, s.end, (s.subject_id or s.subject.lower()), s.relation, (s.object_id or s.object.lower()))
        if key not in seen:
            seen.add(key)
            yield s
