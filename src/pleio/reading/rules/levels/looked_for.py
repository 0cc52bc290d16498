"""What was looked for and not found: "no tumours were seen with A", "we saw no B after A", "A made no difference to B",
"B was insensitive to A", "B was the same with or without A".

Rule id: `level.not_found`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...actors.actors import actors
from ...actors.given import given_earlier
from ...actors.groups import set_apart
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...names.mention import Mention
from ...things import Thing, things, things_of
from ...unit import Unit, frames
from ...words.lexicon import ACTION_NOUNS, READOUTS
from ..finish import level_draft, null
from .causes import causes_of
from .changes import change_of
from .seen import SEEN

_SOUGHT = set(
    "change changes difference differences increase increases decrease decreases effect effects sign signs evidence "
    "rise fall reduction improvement loss trace traces impact influence alteration alterations".split()
)
_DEAF = {"insensitive", "unresponsive", "refractory", "indifferent", "impervious", "resistant"}
_EITHER_WAY = re.compile(
    r"\b(?:irrespective|regardless|independently) of (?:the )?(?:(?:presence|use|dose|addition|level) of )?|"
    r"\bwith (?:or|and) without (?:the )?(?:addition of |added )?|\bin the presence (?:or|and) absence of ",
    re.I,
)
_ALIKE = re.compile(r"\b(?:similar|same|equal|comparable|unchanged|identical|constant)\b")
_BARE = {*_SOUGHT, *ACTION_NOUNS, *READOUTS}  # "no induction was seen": of what was named before
_NO = {"no", "neither", "nor", "not"}


def looked_for(unit: Unit) -> Iterator[Draft]:
    """Read what a sentence says was looked for and not found."""
    either = _EITHER_WAY.search(unit.text)
    for frame in frames(unit):
        yield from _not_seen(unit, frame)
        yield from _deaf(unit, frame)
        yield from _made_none(unit, frame)
        if either is not None and either.start() >= frame.verbs.main.end - unit.body:
            yield from _either_way(unit, frame, either)


def _not_seen(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "No B was seen after A", "we did not see B in mice given A"."""
    before = max(frame.verbs.words[0].start - unit.body - 6, 0)
    exists = frame.verbs.lemma == "be" and bool(_THERE.match(unit.text, before))
    if frame.verbs.lemma not in SEEN | {"occur", "develop", "arise"} and not exists:
        return
    active = exists or (frame.verbs.lemma in SEEN and not frame.verbs.passive)
    if active and any(t.is_molecule for n in frame.subjects for t in things(n)):
        return
    nouns = frame.objects if active else frame.subjects
    if not nouns or not (frame.verbs.negated or nouns[0].words[0].lower in _NO):
        return
    if exists and not {n.head.lower for n in nouns} & _SOUGHT:
        return
    targets = [t for n in nouns for t in _sought(frame, n, active)]
    causes = (causes_of(unit, frame) or _between(unit, frame, nouns) or given_earlier(unit, frame)) if targets else []
    for cause in causes[:1]:
        for target in targets:
            if _can_be_missing(target) and target.name != cause.name:
                yield level_draft(unit, frame, cause, "no_effect", target, "level.not_found")


_THERE = re.compile(r"\W?there\s", re.I)


def _between(unit: Unit, frame: Frame, nouns: list[Noun]) -> list[Thing]:
    """ "No difference in B between A-treated and other mice": A."""
    inner = [p for n in nouns for p in (*n.preps, *(x for _, ns in n.preps for m in ns for x in m.preps))]
    around = [n for p, ns in (*frame.preps, *frame.subject_preps, *inner) if p == "between" for n in ns]
    return [t for n in around for t in (*(x for x in things(n) if x.loss), *set_apart(unit, n))]


def _sought(frame: Frame, noun: Noun, active: bool) -> list[Thing]:
    if noun.head.lower not in _SOUGHT:
        return things(noun)
    around = frame.preps if active else [*noun.preps, *frame.subject_preps]
    of = [n for p, ns in around if p in ("in", "of", "on") for n in ns]
    return [t for n in noun.of or of[:1] for t in things(n)]


def _can_be_missing(thing: Thing) -> bool:
    return thing.kind not in ("species", "tissue", "anaphor") and thing.name.lower() not in _BARE


def _deaf(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "B was insensitive to A"."""
    if frame.adjective not in _DEAF or frame.verbs.negated:
        return
    for cause in (t for t in actors(unit, frame.prep("to")) if t.is_molecule):
        for target in (t for n in frame.subjects for t in things(n) if not t.loss):
            if (target.kind in ("process", "other", "pathway") and _can_be_missing(target)) or target.aspect:
                yield level_draft(unit, frame, cause, "no_effect", target, "level.not_found")


def _made_none(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A made no difference to B", "A had no bearing on B"."""
    if frame.verbs.passive or frame.verbs.lemma not in ("make", "have", "bring", "produce", "cause", "lead"):
        return
    heads = {n.head.lower for n in frame.objects if n.words[0].lower == "no" or frame.verbs.negated}
    where = frame.prep("to", "in") if heads & {"difference", "change"} else []
    where = where or (frame.prep("on", "upon") if heads & {"bearing", "say"} else [])
    for cause in actors(unit, frame.subjects, frame.elided):
        for target in (t for n in where for t in things(n) if _can_be_missing(t)):
            yield null(level_draft(unit, frame, cause, "no_effect", target, "level.not_found"))


def _either_way(unit: Unit, frame: Frame, found: re.Match[str]) -> Iterator[Draft]:
    """ "B was similar irrespective of A", "B was the same with or without A"."""
    same = _ALIKE.search(unit.text, frame.verbs.main.end - unit.body, found.start())
    if not same and change_of(unit, frame) != "no_effect":
        return
    at = unit.body + found.end()
    agents = [m for m in unit.mentions if _starts(unit, m, at) and m.is_molecule]
    for target in (t for n in frame.subjects for t in things(n) if _can_be_missing(t)):
        for mention in agents[:1]:
            yield level_draft(unit, frame, things_of(mention), "no_effect", target, "level.not_found")


def _starts(unit: Unit, mention: Mention, at: int) -> bool:
    return at <= mention.start < at + 24 and not re.search(r"[,;]", unit.passage.text[at : mention.start])
