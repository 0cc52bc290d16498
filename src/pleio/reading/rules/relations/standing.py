"""Places that stand beside a molecule without a verb of their own: "A, a receptor present on B", "A on B and C on D",
"cells that express A include B", "the main sites of A expression are B and C", "as is D".

Rule ids: `express.in`, `express.by`, `secrete.by`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...draft import Draft
from ...grammar.apposed import beside
from ...grammar.frames import Frame
from ...grammar.lists import pieces
from ...grammar.phrases import Noun, Piece
from ...things import Thing, things, things_of
from ...unit import Unit, frames
from ...words.predicates import VERBS
from ..finish import stated
from .place_lists import places_in
from .where import is_source, sites

_STANDING = {"present", "abundant", "absent", "detectable", "enriched", "expressed", "found"}
_AT = {"in", "on", "from", "by"}
_LISTING = {"include", "be", "comprise", "encompass"}
_SITES = {"sites", "site", "tissues", "tissue", "organs", "cells", "places", "locations", "types", "type"}
_HAVING = {"show", "have", "display", "exhibit"}
_MOST = {"highest", "strongest", "high", "strong", "abundant", "greatest", "robust", "low", "weak", "moderate"}


def standing(unit: Unit) -> Iterator[Draft]:
    """Read the places that descriptions, lists and sentences without a verb of their own give."""
    words = {w.lower for w in unit.words}
    cut = pieces(unit.words) if words & _STANDING and words & _AT else []
    yield from _described(unit, cut)
    for frame in frames(unit):
        yield from _holders(unit, frame)
        yield from _sites_of(unit, frame)
        yield from _show_most(unit, frame)
        yield from _as_is(unit, frame)
        yield from _products(unit, frame)


def _products(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A is a product of B cells": they make it."""
    for noun in frame.objects if frame.verbs.lemma == "be" else []:
        if noun.head.lower not in ("product", "products") or any(w.is_name for w in noun.words):
            continue
        for place in (p for p in sites(unit, noun.of, frame) if is_source(p)):
            for what in (t for n in frame.subjects for t in things(n) if t.is_molecule):
                yield stated(unit, frame, what, "secreted_by", place, "secrete.by")


def _described(unit: Unit, cut: list[Piece]) -> Iterator[Draft]:
    """ "A, a receptor present on B and C, …"."""
    for i, piece in enumerate(cut[1:-2], start=1):
        words = piece.text.split()
        told = piece.kind == "adj" and bool(words) and words[0] in ("present", "abundant", "absent", "detectable")
        if not told or cut[i - 1].kind != "np" or cut[i + 1].kind != "prep" or cut[i + 2].kind != "np":
            continue
        holder = cut[i - 1].nouns[-1]
        name = beside(holder, unit.passage.text, unit.mentions)
        what = [things_of(name)] if name is not None else [t for t in things(holder) if t.is_molecule]
        nouns = cut[i + 2].nouns
        for place, absent in places_in(unit.passage.text[nouns[0].start : nouns[-1].end]):
            for target in what[:1]:
                status = "refuted" if absent or words[0] == "absent" else "asserted"
                yield Draft(target, "expressed_in", place, "express.in", status=status)


def _holders(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "Cells that express A include B and C", "A-expressing cells are B and C", "B are the main A+ cells"."""
    if frame.verbs.lemma not in _LISTING or frame.verbs.negated or frame.verbs.passive:
        return
    for noun, others in ((n, frame.objects) for n in frame.subjects[:1]):
        yield from _held_by(unit, frame, noun, others)
    if frame.verbs.lemma == "be":
        for noun in frame.objects[:1]:
            yield from _held_by(unit, frame, noun, frame.subjects)


def _held_by(unit: Unit, frame: Frame, noun: Noun, others: list[Noun]) -> Iterator[Draft]:
    if noun.head.lower not in _SITES | {"population", "subset", "subsets", "populations"}:
        return
    for what, relation in _held(unit, noun):
        for place in (p for p in sites(unit, others, frame) if is_source(p)):
            yield stated(unit, frame, what, relation, place, "express.by")


def _held(unit: Unit, noun: Noun) -> Iterator[tuple[Thing, str]]:
    """What the cells of a phrase are said to express or to make."""
    for word in noun.words:
        if word.mention is not None and word.suffix == "-expressing":
            yield from ((t, "expressed_in") for t in things(Noun([replace(word, suffix="")])))
    for other in frames(unit):
        verb = VERBS.get(other.verbs.lemma)
        own = any(n.head is noun.head for n in other.subjects) and other.verbs.start > noun.start
        making = other.verbs.lemma in ("produce", "make", "generate")
        told = making or (verb is not None and verb.relation in ("expresses", "secretes"))
        if own and told and not other.verbs.passive and other.objects:
            relation = "expressed_in" if verb is not None and verb.relation == "expresses" else "secreted_by"
            yield from ((t, relation) for n in other.objects for t in things(n) if t.is_molecule and not t.loss)


def _sites_of(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "The main sites of A expression are B and C", "tissues with the highest A expression are B and C"."""
    if frame.verbs.lemma not in _LISTING or frame.verbs.negated:
        return
    for noun in (n for n in frame.subjects[:1] if n.head.lower in _SITES):
        told = [*noun.of, *(n for p, ns in [*noun.preps, *frame.subject_preps] if p in ("with", "of") for n in ns)]
        levels = [n for n in told if _is_expression(n)]
        for place in (p for p in sites(unit, frame.objects, frame) if is_source(p) or p.kind == "other"):
            for what in dict.fromkeys(t for n in levels for t in things(n) if t.is_molecule):
                yield stated(unit, frame, what, "expressed_in", place, "express.in")


def _is_expression(noun: Noun) -> bool:
    return noun.head.lower in ("expression", "mrna", "transcripts", "levels", "transcription")


def _show_most(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "B and C show the highest A expression", "B had high levels of A mRNA"."""
    if frame.verbs.lemma not in _HAVING or frame.verbs.passive or frame.verbs.negated:
        return
    nouns = [n for n in frame.objects if _is_expression(n) and any(w.lower in _MOST for w in n.words)]
    what = [t for n in nouns for t in things(n) if t.is_molecule and t.aspect != "phosphorylation"]
    for place in (p for p in sites(unit, frame.subjects, frame) if p.kind in ("cell", "tissue")):
        for target in what if not _is_compared(place) else []:
            yield stated(unit, frame, target, "expressed_in", place, "express.in")


def _is_compared(place: Thing) -> bool:
    """Say whether cells or organs are those of an experiment, whose levels are a result."""
    return bool(
        re.search(r"\b(?:treated|patients?|mice|rats|injured|infected|tumou?rs?|mutant|deficient)\b", place.name)
    )


_AS_IS = re.compile(r",? as (?:is|are|was|were) (?:the )?")


def _as_is(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A is expressed by B and C, as is D": D too."""
    verb = VERBS.get(frame.verbs.lemma)
    if not frame.verbs.passive or verb is None or verb.relation not in ("expresses", "secretes"):
        return
    match = _AS_IS.search(unit.passage.text, frame.verbs.main.end, unit.end)
    name = next((m for m in unit.mentions if match and m.start == match.end() and m.is_molecule), None)
    if name is None:
        return
    places = [n for p, ns in frame.preps if p in _AT for n in ns if n.end < name.start]
    relation = "expressed_in" if verb.relation == "expresses" else "secreted_by"
    for place in (p for p in sites(unit, places, frame) if is_source(p)):
        yield stated(unit, frame, things_of(name), relation, place, "express.in")
