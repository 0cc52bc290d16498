"""What becomes of the drafts of one sentence: nonsense dropped, denials applied, restatements merged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .draft import Draft
from .grammar.modality import leans
from .statement import Statement
from .things import Thing

_DENIED = re.compile(
    r"\b(?:could|can) ?not be (?:reproduced|replicated|confirmed|verified)|\b(?:was|were|has|have) (?:not|never) "
    r"(?:been )?(?:reproduced|replicated|confirmed)|"
    r"\bfailed to (?:replicate|reproduce|confirm)\b|\b(?:has|have) been (?:refuted|disproved|retracted)\b|"
    r"\bcontrary to\b.{0,30}\bclaims?\b|\b(?:is|was) not (?:true|the case) that\b|\b(?:is|are|was|were) not "
    r"supported by (?:our|the|these|their|any)\b|\b(?:deny|denies|denied) that\b",
    re.I,
)
_UNSEEN = re.compile(
    r"\b(?:no|little|insufficient|lack of) (?:\w+ ){0,2}evidence (?:that|for|of)\b|"
    r"\bevidence (?:that|for|of)\b.{1,160}\b(?:is|was|remains?) (?:lacking|missing|absent|scarce)\b",
    re.I,
)
"""What says that nothing was seen of an effect: neither that it is there nor that it is not."""


def denied(text: str, drafts: list[Draft]) -> list[Draft]:
    """A finding that could not be reproduced is refuted, whatever the clause in it says.

    One of which there is no evidence is said by nobody; what was looked at and not changed stays as it was read.
    """
    if _DENIED.search(text):
        return [replace(d, status="refuted") for d in drafts]
    unseen = _UNSEEN.search(text)
    if unseen is None:
        return drafts
    return [replace(d, modality="speculative") if d.status == "asserted" else d for d in drafts]


_WITHIN_PHRASE = {"effect.nominal", "effect.noun", "effect.induced"}  # told by a noun, whatever its verb goes on to say


def hedged(text: str, body: int, drafts: list[Draft]) -> list[Draft]:
    """What is told after a hedge without a break is hedged too: "is thought to raise A by lowering B"."""
    plain = [d.modality == "asserted" and d.verb >= 0 and d.rule not in _WITHIN_PHRASE for d in drafts]
    far = [open_ and leans(text[: d.verb - body]) for d, open_ in zip(drafts, plain, strict=True)]
    return [replace(d, modality="hedged") if leaning else d for d, leaning in zip(drafts, far, strict=True)]


def joined(by_arcs: list[Draft], by_order: list[Draft]) -> list[Draft]:
    """Join two readings of a sentence.

    The second one speaks for the verbs of which the first gave nothing; of a verb that both have read it may only
    lengthen the lists, which shows in a subject and an object that they share.
    """
    null = [{d.verb for d in r if d.status == "null_result" and d.verb >= 0} for r in (by_order, by_arcs)]
    denied_ = null[0] - null[1]  # the parse loses "neither … nor" and "but not" more often than the order does
    by_arcs = [d for d in by_arcs if d.verb not in denied_]
    said = {(_pair(d), d.relation) for d in by_arcs}
    pairs = {(d.verb, _pair(d)) for d in by_arcs}
    out = list(by_arcs)
    for d in by_order:
        if (_pair(d), d.relation) in said or (d.verb >= 0 and (d.verb, _pair(d)) in pairs):
            continue
        first, second = ([x for x in r if x.verb == d.verb and d.verb >= 0] for r in (by_arcs, by_order))
        subjects = {_who(x.subject) for x in first} & {_who(x.subject) for x in second}
        shared = bool(subjects) and bool({_who(x.object) for x in first} & {_who(x.object) for x in second})
        if not first or shared:
            out.append(d)
    return out


_READOUTS = {"mRNA", "protein", "secretion", "phosphorylation"}
_EFFECT = {"increases", "decreases", "no_effect", "regulates"}
_ACTS = _EFFECT | {"treats", "under_investigation_for", "causes_adverse_event", "binds"}


def paired(text: str, body: int, drafts: list[Draft]) -> list[Draft]:
    """ "A and B raised C and D, respectively": A raised C and B raised D, not each both."""
    at = text.find("respectively") + body
    if at < body:
        return drafts
    groups: dict[tuple[int, str], list[Draft]] = {}
    for d in drafts:
        groups.setdefault((d.verb, d.relation), []).append(d)
    crossed: set[int] = set()
    for found in groups.values():
        first = sorted({_where(d.subject) for d in found})
        second = sorted({_where(d.object) for d in found})
        crosses = len(first) == len(second) > 1 and len(found) == len(first) * len(second)
        if not crosses or -1 in (first[0], second[0]):
            continue
        last = max(first[-1], second[-1])  # "by 4- and 6-fold, respectively" pairs other things
        if not last < at or re.search(r"\d[\w%-]* (?:and|or) \d", text[last - body : at - body]):
            continue
        crossed |= {id(d) for d in found if first.index(_where(d.subject)) != second.index(_where(d.object))}
    return [d for d in drafts if id(d) not in crossed]


def _where(thing: Thing) -> int:
    return thing.mention.start if thing.mention is not None else thing.start or -1


def _pair(draft: Draft) -> tuple[object, ...]:
    relation = "effect" if draft.relation in _EFFECT else draft.relation
    return (_who(draft.subject), relation, _who(draft.object))


def _who(thing: Thing) -> str:
    return thing.curie or thing.name.lower()


def settled(drafts: list[Draft]) -> list[Draft]:
    """Drop the effect, or the bare association, that restates a treatment or an adverse event."""
    taken = {(d.subject.name, d.object.name) for d in drafts if d.relation in ("treats", "causes_adverse_event")}
    bare = ("increases", "decreases", "no_effect", "associated_with")
    return [
        d
        for d in drafts
        if d.relation not in bare
        or ((d.subject.name, d.object.name) not in taken and (d.object.name, d.subject.name) not in taken)
    ]


def is_sound(draft: Draft) -> bool:
    """Leave out drafts that say nothing: empty names, pronouns, an entity acting on itself by accident."""
    if not draft.subject.name or not draft.object.name or "anaphor" in (draft.subject.kind, draft.object.kind):
        return False
    if draft.subject.start < 0 and draft.object.start < 0:
        return False  # both stand in the sentence above a list, which says it once
    if draft.relation in ("treats", "associated_with") and _CLASS_ONLY.fullmatch(draft.object.name):
        return False
    if re.search(r"\bet al\b|^(?:we|he|she|you|one|who)$", draft.subject.name):
        return False
    if draft.relation in _EFFECT and (_ASSAY.fullmatch(draft.subject.name) or _ASSAY.fullmatch(draft.object.name)):
        return False
    if draft.relation == "causes_adverse_event" and any(
        _HARMS.fullmatch(end.name) for end in (draft.subject, draft.object)
    ):
        return False
    if draft.relation in _EFFECT and draft.subject.kind == "tissue" and _given(draft.object):
        return False  # "the drug is cleared by the kidneys"
    if draft.relation in _ACTS and (_says_nothing(draft.subject) or _says_nothing(draft.object)):
        return False
    if (
        len(draft.object.name) > 160
        or len(draft.subject.name) > 100
        or not re.search(r"[A-Za-z]{2}|\d", draft.object.name)
    ):
        return False
    same = (draft.subject.curie or draft.subject.name.lower()) == (draft.object.curie or draft.object.name.lower())
    return not same or draft.relation in ("binds", "has_identifier") or draft.aspect == "phosphorylation"


# harm told of in general, which stands for what is then listed
_HARMS = re.compile(
    r"(?:(?:the )?(?:most |more |less )?[a-z-]+ ){0,3}(?:adverse|side|undesirable|unwanted)(?: drug)? "
    r"(?:reactions?|events?|effects?)",
    re.I,
)


def _given(thing: Thing) -> bool:
    return thing.name in ("drug", "antibody") or (thing.mention is not None and thing.mention.category == "drug")


_CLASS_ONLY = re.compile(
    r"(?:the |these |certain |other |several |some |many |following )*"
    r"(?:diseases?|disorders?|conditions?|indications?)",
    re.I,
)
_ASSAY = re.compile(
    r"(?:ELISAs?|(?:RT-)?q?(?:RT-)?PCR|immunoblot(?:s|ting)?|western blots?|immunofluorescence|immunohistochemistry|"
    r"immunostaining|flow cytometry|microarrays?|(?:sc)?RNA-?seq|ChIP(?:-seq)?|mass spectrometry|"
    r"co-?immunoprecipitations?|chromatin immunoprecipitation|laser doppler|reporter assays?|pull-downs?|MTT|"
    r"histology|autopsy|biopsy)",
    re.I,
)
_NOTHING = re.compile(
    r"(?:an? |the |this |that |these |those |its |their |both )?(?:[\d.]+-fold |marked |modest |slight |small |large )?"
    r"(?:increases?|decreases?|reductions?|rises?|falls?|gains?|drops?|changes?|declines?|differences?|steps?|signals?|"
    r"signs?|latter|former|matters?|indications?|uses?|lives|lots?|n\.?s\.?|(?:lesser |greater |smaller |larger )?"
    r"(?:degree|extent)|contrast|turn|part|others?|way|sequences?|hand|hint|treatment|combinations?|time|next|numerically|baseline|median|mean|average|none)|"
    r"to an? \w+ (?:degree|extent)|[a-z]{5,}ly|"
    r"[~≈<>±]?\d[\d.,]*(?:\s?(?:[-–]|to)\s?\d[\d.,]*)?\s?(?:%|[a-zµμ]{1,4}(?:/[a-z]+)*)?",
    re.I,
)


def _says_nothing(thing: Thing) -> bool:
    """Say whether a name stands for nothing of its own: "increase", "to a lesser degree", "25 mg"."""
    return not thing.curie and thing.mention is None and _NOTHING.fullmatch(thing.name.strip()) is not None


def unique(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Keep one of several statements that say the same of one span; the first rule to read it wins."""
    seen: set[tuple[object, ...]] = set()
    for s in statements:
        readout = s.aspect if s.aspect in _READOUTS else None
        key = (s.start, s.end, s.subject_id or s.subject.lower(), s.relation, s.object_id or s.object.lower(), readout)
        if key not in seen:
            seen.add(key)
            yield s
