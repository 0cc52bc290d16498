"""What makes a molecule: "A is secreted by B", "B releases A in response to C", "A comes from B", "C does so too".

Rule ids: `secrete.by`, `express.by`, `effect.response`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit, frames
from ...words.lexicon import GIVEN_NOUNS
from ...words.predicates import VERBS
from ..finish import stated
from .places import is_passive
from .where import at_of, is_source, sites

_MAKING = {"produce", "make", "release", "supply", "manufacture", "generate"}
# "production of A takes place in B", "is confined to B"
_WHERE = {
    **dict.fromkeys(("confine", "restrict", "limit"), ("to",)), **dict.fromkeys(("take", "occur", "locate"), ("in",)),
}  # fmt: skip
_COMING = {"come", "derive", "originate", "stem", "arise", "emanate", "comes", "came", "derives"}
_AMOUNTS = re.compile(
    r"\b(?:amounts?|quantit(?:y|ies)|contributions?|most|much|rest|remainder|share|bulk|some)\b", re.I
)


def sources(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read what a verb says about what makes a molecule."""
    lemma = frame.verbs.lemma
    verb = VERBS.get(lemma)
    if (verb is not None and verb.relation == "secretes") or lemma in _MAKING:
        yield from _made(unit, frame)
    elif lemma in _COMING and not (frame.verbs.passive and lemma != "derive"):
        yield from _coming(unit, frame)
    elif _is_making(frame.subjects) and (names := _WHERE.get(lemma)):
        for target in (t for n in frame.subjects for t in things(n) if t.is_molecule):
            nouns = [n for group in at_of(unit, frame, names) for n in group]
            for place in (p for p in sites(unit, nouns, frame) if is_source(p) or p.kind == "other"):
                yield stated(unit, frame, target, "secreted_by", place, "secrete.by")
    elif lemma == "do":
        yield from _so_too(unit, frame)


def _is_making(nouns: list[Noun]) -> bool:
    return any(n.head.lower in ("production", "secretion", "synthesis", "release") for n in nouns)


def _made(unit: Unit, frame: Frame) -> Iterator[Draft]:
    if is_passive(frame):
        for subject in actors(unit, frame.subjects, frame.elided):
            if not subject.is_molecule:
                continue
            groups = at_of(unit, frame, ("by", "from"))
            within = at_of(unit, frame, ("in",)) if not groups and frame.verbs.lemma in _BUILDING else []
            places = sites(unit, [n for group in groups for n in group], frame)
            places += [p for g in within for p in sites(unit, g, frame) if is_source(p) and not _FLUID.search(p.name)]
            for place in places:
                if not _HELD.search(place.name):
                    yield stated(unit, frame, subject, "secreted_by", place, "secrete.by")
                    yield from _in_response(unit, frame, subject)
            for place in sites(unit, frame.denied_prep("by", "from"), frame):
                if is_source(place):
                    draft = stated(unit, frame, subject, "secreted_by", place, "secrete.by")
                    yield replace(draft, status="refuted")
        return
    for target in _made_things(unit, frame):
        for place in (p for p in sites(unit, frame.denied_subjects, frame) if is_source(p)):
            yield replace(stated(unit, frame, target, "secreted_by", place, "secrete.by"), status="refuted")
        for place in actors(unit, frame.subjects, frame.elided):
            generic = place.name.lower() in ("cells", "cell types", "tissues", "organs")
            if not place.is_molecule and place.kind in ("cell", "tissue", "other") and not generic:
                yield stated(unit, frame, target, "secreted_by", place, "secrete.by")
                yield from _in_response(unit, frame, target)


_BUILDING = {"synthesize", "synthesise", "produce", "make", "manufacture", "generate"}
_FLUID = re.compile(r"\b(?:serum|plasma|blood|urine|saliva|fluid|culture|patients?|mice|milk|circulation)\b", re.I)
_HELD = re.compile(r"\b(?:complex(?:es)?|granules?|stores?|vesicles?|matrix|precursor|depots?|site|form)$", re.I)


def _made_things(unit: Unit, frame: Frame) -> list[Thing]:
    nouns = [o for n in frame.objects for o in (n.of if _AMOUNTS.fullmatch(n.head.lower) and n.of else [n])]
    if not nouns and _AMOUNTS.match(unit.text, frame.verbs.main.end + 1 - unit.body):
        nouns = frame.prep("of")  # "supply most of the A"
    return [t for n in nouns for t in (unit.referent if n.pronoun else things(n)) if t.is_molecule]


def _coming(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A comes mainly from B", "smaller amounts come from B but not from C"."""
    what = [t for t in actors(unit, frame.subjects, frame.elided) if t.is_molecule]
    if not what and any(_AMOUNTS.search(n.head.lower) for n in frame.subjects):
        inner = [t for n in frame.subjects for o in n.of for t in things(o)]
        what = [t for t in inner if t.is_molecule] or said_to_be_made(unit)
    groups = at_of(unit, frame, ("from", "in") if frame.verbs.lemma in ("originate", "arise") else ("from",))
    for nouns, refuted in ([n for g in groups for n in g], False), (frame.denied_prep("from"), True):
        for place in (p for p in sites(unit, nouns, frame) if is_source(p)):
            for target in what[:1]:
                draft = stated(unit, frame, target, "secreted_by", place, "secrete.by")
                yield replace(draft, status="refuted") if refuted else draft


def said_to_be_made(unit: Unit) -> list[Thing]:
    """What "the source" and "smaller amounts" are of: what the sentence has said to be made, else its topic."""
    for frame in frames(unit):
        verb = VERBS.get(frame.verbs.lemma)
        if (verb is not None and verb.relation == "secretes") or frame.verbs.lemma in _MAKING:
            nouns = frame.subjects if is_passive(frame) else frame.objects
            made = [t for t in actors(unit, nouns) if t.is_molecule]
            if made:
                return made
    return unit.subject or unit.referent


_AS_DO = re.compile(r"\b(?:as|so) (?:do|does|did)\s")


def _so_too(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "Monocytes release A, as do mast cells", "… while fibroblasts do so after B"."""
    at = frame.verbs.start - unit.body
    inverted = _AS_DO.match(unit.text, max(0, at - 3)) is not None
    so = "so" in frame.particles or unit.text[at:].split(" ", 2)[1:2] == ["so"]
    if not (inverted or so or not frame.objects):
        return
    said = [
        (f, VERBS[f.verbs.lemma].relation)
        for f in frames(unit)
        if f.verbs.start < frame.verbs.start
        and f.verbs.lemma in VERBS
        and VERBS[f.verbs.lemma].relation in ("secretes", "expresses")
        and not is_passive(f)
    ]
    if not said:
        return
    before, kind = said[-1]
    relation, rule = ("secreted_by", "secrete.by") if kind == "secretes" else ("expressed_in", "express.by")
    nouns = frame.objects if inverted and frame.objects else frame.subjects
    for place in (p for p in sites(unit, nouns, frame) if is_source(p)):
        for target in _made_things(unit, before):
            yield stated(unit, frame, target, relation, place, rule)


def _in_response(unit: Unit, frame: Frame, target: Thing) -> Iterator[Draft]:
    """ "cells release A in response to B", "upon stimulation with B", "after stimulation of B"."""
    aspect = "secretion" if frame.verbs.lemma in ("release", "secrete") else "abundance"
    for preposition, nouns in frame.preps:
        for noun in nouns if preposition in ("upon", "after", "following", "on") else []:
            if noun.head.lower in ("stimulation", "activation", "engagement", "ligation", "crosslinking", "binding"):
                for cause in actors(unit, noun.of):
                    if cause.is_molecule:
                        yield stated(unit, frame, cause, "increases", target, "effect.response", aspect)
    for (preposition, nouns), (following, given) in pairwise(frame.preps):
        answers = preposition == "in" and nouns and nouns[0].head.lower == "response" and following == "to"
        event = preposition in ("upon", "after", "following", "on") and nouns and nouns[0].head.lower in GIVEN_NOUNS
        if answers or (event and following in ("with", "to", "by")):
            for cause in actors(unit, given):
                if cause.kind not in ("cell", "tissue"):
                    yield stated(unit, frame, cause, "increases", target, "effect.response", aspect)
