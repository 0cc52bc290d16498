"""Where a molecule is made or found: expression, secretion, absence, and its way into the nucleus.

Rule ids: `express.in`, `express.by`, `secrete.by`, `effect.response`, `effect.active`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..clauses import Frame
from ..draft import Draft
from ..lexicon import GIVEN_NOUNS, VERBS
from ..phrases import Noun
from ..things import CELLS, Thing, things
from ..unit import Unit, actors
from ..wordclasses import DETERMINERS
from .finish import stated

_PRESENT = set(
    "enriched present absent detectable undetectable abundant expressed highest strongest restricted confined".split()
)


_GENERIC_PLACES = {"types", "tissues", "cells", "organs", "type", "tissue", "levels", "system"}


def places(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read where a verb says that a molecule is expressed, found, secreted, or goes."""
    lemma = frame.verbs.lemma
    if lemma == "lack" and not frame.verbs.passive and (frame.verbs.finite or frame.relative):
        for place in actors(unit, frame.subjects):
            for target in (t for n in frame.objects for t in things(n) if t.is_molecule and _is_source(place)):
                yield replace(stated(unit, frame, target, "expressed_in", place, "express.by"), status="refuted")
        return
    if frame.governor is not None and frame.governor.verbs.lemma == "fail":
        return
    verb = VERBS.get(lemma)
    passive = frame.verbs.passive or (frame.verbs.form == "ed" and not frame.verbs.finite)
    kind = verb.relation if verb is not None else ""
    if lemma in ("produce", "make", "release") and kind != "secretes":
        kind = "secretes"
    if kind == "expresses":
        if passive:
            for subject in actors(unit, frame.subjects, frame.elided):
                for place in _placed(unit, frame.prep("in", "by", "on", "within", "throughout"), frame):
                    yield stated(unit, frame, subject, "expressed_in", place, "express.in")
                for place in _placed(unit, frame.denied_prep("in", "by", "on"), frame):
                    yield replace(stated(unit, frame, subject, "expressed_in", place, "express.in"), status="refuted")
        elif frame.objects:
            for target in (t for n in frame.objects for t in things(n) if t.is_molecule):
                for place in actors(unit, frame.subjects, frame.elided):
                    if not place.is_molecule:
                        yield stated(unit, frame, target, "expressed_in", place, "express.by")
    elif (
        (lemma in _FOUND and passive)
        or (lemma in ("be", "remain") and frame.adjective in _PRESENT)
        or (lemma in _SITTING and not passive)
    ):
        absent = frame.adjective in ("absent", "undetectable", "missing") or frame.verbs.negated
        if not absent:
            yield from _absent_from(unit, frame)
        for subject in actors(unit, frame.subjects, frame.elided):
            for place in _placed(unit, _at(unit, frame, lemma), frame):
                enriched = lemma in _SITTING | {"enrich", "concentrate", "confine", "restrict"}
                enriched = enriched or frame.adjective in ("confined", "restricted")
                if (_is_source(place) or enriched) and (subject.is_molecule or _PROTEIN.search(subject.name)):
                    draft = stated(unit, frame, subject, "expressed_in", place, "express.in")
                    yield replace(draft, status="refuted") if absent else draft
            for place in _placed(unit, frame.denied_prep("in", "on", "at"), frame):
                if _is_source(place) and subject.is_molecule:
                    yield replace(stated(unit, frame, subject, "expressed_in", place, "express.in"), status="refuted")
    elif lemma in ("carry", "bear", "display"):
        cells = frame.prep("by") if passive else frame.subjects
        held = frame.subjects if passive else frame.objects
        for target in (t for n in held for t in (unit.referent if n.pronoun else things(n)) if t.is_molecule):
            for place in _placed(unit, cells, frame):
                if place.kind == "cell" and target.kind != "cell":
                    yield stated(unit, frame, target, "expressed_in", place, "express.by")
    elif lemma == "place" and not passive:
        for target in (t for n in frame.objects for t in things(n) if t.is_molecule):
            for place in _placed(unit, _at(unit, frame, lemma), frame):
                if _is_source(place):
                    yield stated(unit, frame, target, "expressed_in", place, "express.in")
    elif kind == "secretes":
        if passive:
            for subject in actors(unit, frame.subjects, frame.elided):
                for place in _placed(unit, frame.prep("by", "from"), frame):
                    if subject.is_molecule:
                        yield stated(unit, frame, subject, "secreted_by", place, "secrete.by")
                        yield from _in_response(unit, frame, subject)
        else:
            made = [t for n in frame.objects for t in (unit.referent if n.pronoun else things(n)) if t.is_molecule]
            for target in made:
                for place in actors(unit, frame.subjects, frame.elided):
                    if not place.is_molecule and place.kind in ("cell", "tissue", "other"):
                        yield stated(unit, frame, target, "secreted_by", place, "secrete.by")
                        yield from _in_response(unit, frame, target)
    if lemma == "enter" and not passive:
        for subject in actors(unit, frame.subjects, frame.elided):
            if subject.is_molecule and any(n.head.lower == "nucleus" for n in frame.objects):
                yield stated(
                    unit,
                    frame,
                    subject,
                    "increases",
                    Thing("nuclear translocation", kind="process"),
                    "effect.active",
                    "activity",
                )
    if lemma in ("translocate", "relocate", "move", "migrate") and not passive:
        for subject in actors(unit, frame.subjects, frame.elided):
            if subject.is_molecule and any(n.head.lower == "nucleus" for n in frame.prep("to", "into")):
                yield stated(
                    unit,
                    frame,
                    subject,
                    "increases",
                    Thing("nuclear translocation", kind="process"),
                    "effect.active",
                    "activity",
                )


_FOUND = {"find", "detect", "localize", "locate", "localise", "enrich", "concentrate", "confine", "restrict", "see"}


_SITTING = {"reside", "localize", "localise", "predominate", "prevail", "abound"}


_PROTEIN = re.compile(r"receptor|^(?:soluble )?isoform|\b(?:transcript|variant|subunit|protein)s?\b", re.I)


_AGAIN = re.compile(r"(?:\band|\bor|,)\s+(?:\w+\s)?(?:in|on|by|from|to)\s+(?:\w+\s){0,2}$")


def _at(unit: Unit, frame: Frame, lemma: str) -> list[Noun]:
    """The places that follow a verb: those of its first preposition, and of those that go on with "and"."""
    narrow = lemma in ("confine", "restrict") or frame.adjective in ("confined", "restricted")
    names = ("to", "in", "on") if narrow or lemma.startswith("locali") else ("in", "on", "at", "from")
    first = frame.prep(*names)
    out = list(first)
    for name, nouns in frame.preps:
        before = unit.passage.text[max(unit.body, nouns[0].start - 30) : nouns[0].start] if nouns else ""
        if name in names and nouns and not any(n in out for n in nouns) and _AGAIN.search(before):
            out += nouns
    return out


def _placed(unit: Unit, nouns: list[Noun], frame: Frame) -> list[Thing]:
    out: list[Thing] = []
    for noun in nouns:
        if noun.members:
            out += [t for m in noun.members for t in things(m)]
        elif noun.head.lower in _GENERIC_PLACES and all(
            w is noun.head or w.lower in DETERMINERS | {"cell", "tissue"} for w in noun.words
        ):
            lead = [t for p, ns in frame.lead_preps if p == "in" for n in ns for t in things(n)]
            out += lead
        else:
            out += things(noun)
    return [t for t in out if not t.is_molecule and t.kind not in ("anaphor",)]


_ABSENT = re.compile(
    r"\b(?:but|and|yet|though) (?:is |was |were |are )?(?:absent|missing|lost|undetectable) (?:from|in|on)\s"
)


def _absent_from(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A is found on B but absent from C": C does not express A."""
    match = _ABSENT.search(unit.text, max(0, frame.verbs.main.end - unit.body))
    if match is None:
        return
    low = unit.body + match.end()
    stop = re.search(r"[,;.]", unit.passage.text[low : unit.end])
    for mention in unit.between(low, low + stop.start() if stop else unit.end, "cell", "tissue"):
        place = Thing(mention.text, mention.curie or None, None, mention.category, mention=mention)
        for subject in actors(unit, frame.subjects, frame.elided):
            if subject.is_molecule or _PROTEIN.search(subject.name):
                yield replace(stated(unit, frame, subject, "expressed_in", place, "express.in"), status="refuted")


def _is_source(place: Thing) -> bool:
    return place.kind in ("cell", "tissue") or bool(CELLS.search(place.name))


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
