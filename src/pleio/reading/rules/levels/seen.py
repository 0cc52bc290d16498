"""Changes that are seen: "a fall in B was observed with A", "no difference in B was found between A and placebo".

Rule ids: `level.change`, `level.revealed`, `level.outcome`, `level.difference`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeGuard

from ...actors.actors import actors
from ...actors.agent import is_medicine
from ...actors.given import given_earlier
from ...actors.groups import GROUPS, alleles_compared
from ...draft import Draft
from ...grammar.frames import Frame
from ...things import Thing, things
from ...unit import Unit, frames
from ..finish import level_draft
from ..signed import signed_objects
from .causes import causes_of

SEEN = {
    "observe",
    "report",
    "find",
    "detect",
    "see",
    "note",
    "describe",
    "demonstrate",
    "show",
    "reveal",
    "identify",
    "document",
}


_MORE = {
    **dict.fromkeys("increase increases rise rises elevation elevations".split(), "increases"),
    **dict.fromkeys(
        "decrease decreases reduction reductions fall falls decline declines drop drops".split(), "decreases"
    ),
}


def changes_seen(unit: Unit) -> Iterator[Draft]:
    """ "Decreases in B were seen with A", "there was a fall in B with A", "A was associated with reductions in B"."""
    for frame in frames(unit):
        seen = frame.verbs.lemma in SEEN and frame.verbs.passive
        linked = frame.verbs.lemma in ("associate", "link") and bool(frame.prep("with", "to"))
        tied = [n for p, ns in frame.preps if p in ("with", "to") for n in ns]
        nouns = tied if linked else [*frame.subjects, *frame.objects]
        nouns = [n for n in nouns if n.head.lower in _MORE]
        if not nouns or not (seen or linked or frame.verbs.lemma in ("be", "occur", "follow", "cause", "produce")):
            continue
        if linked:
            causes = [t for t in actors(unit, frame.subjects) if t.is_molecule]
        else:
            around = [n for p, ns in frame.preps if p in ("with", "after", "following", "under", "on") for n in ns]
            around += [n for m in nouns for p, ns in m.preps if p in ("with", "after", "following") for n in ns]
            around += [n for p, ns in frame.lead_preps if p in ("with", "after", "following") for n in ns]
            causes = [t for t in actors(unit, around) if t.is_molecule]
        for noun in nouns:
            places = [n for p, ns in noun.preps if p in ("in", "of") for n in ns] + noun.of
            for cause in causes[:1]:
                for target in (t for n in places for t in things(n)):
                    if target.name != cause.name and target.kind not in ("species", "anaphor"):
                        yield level_draft(unit, frame, cause, _MORE[noun.head.lower], target, "level.change")


_MEASURES = {"fewer", "less", "more", "higher", "lower", "greater", "smaller", "reduced", "increased", "elevated"}


def _compared_seen(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "Fewer B were found in the lungs of A-/- mice"."""
    nouns = [n for n in frame.subjects if n.words[0].lower in _MEASURES]
    signed = [(s, t) for s, t in signed_objects(unit, nouns, frame) if s] if nouns else []
    causes = causes_of(unit, frame) if signed else []
    for cause in causes[:1]:
        for relation, target in signed:
            if target.name != cause.name and target.kind not in ("species", "anaphor", "tissue"):
                yield level_draft(unit, frame, cause, relation, target, "level.revealed")


def revealed(unit: Unit) -> Iterator[Draft]:
    """ "Flow cytometry revealed fewer B in A-/- lungs", "lysates taken after A, showing greater B"."""
    for frame in frames(unit):
        if frame.verbs.lemma not in SEEN or frame.verbs.negated:
            continue
        if frame.verbs.passive:
            yield from _compared_seen(unit, frame)
            continue
        if any(t.is_molecule for n in frame.subjects for t in things(n)):
            continue
        counted = any(w.lower in ("fewer", "more") for n in frame.objects for w in n.words[:1])
        signed = [(s, t) for s, t in signed_objects(unit, frame.objects, frame) if s and _measurable(t, counted)]
        causes = causes_of(unit, frame) or given_earlier(unit, frame) if signed else []
        for cause in causes[:1]:
            for relation, target in signed:
                yield level_draft(unit, frame, cause, relation, target, "level.revealed")


def _measurable(thing: Thing, counted: bool) -> bool:
    return thing.is_molecule or thing.kind in ("cell", "process") or (counted and thing.kind in ("tissue", "other"))


_OUTCOMES = dict.fromkeys(("recovery", "improvement", "regeneration", "survival", "remission", "benefit"), "increases")


def outcomes(unit: Unit) -> Iterator[Draft]:
    """ "Functional recovery was observed with A": an outcome under a treatment."""
    for frame in frames(unit):
        if frame.verbs.lemma not in SEEN or not frame.verbs.passive:
            continue
        for noun in frame.subjects:
            relation = _OUTCOMES.get(noun.head.lower)
            if noun.head.lower in ("phosphorylation", "activation", "induction") and not frame.verbs.negated:
                relation = "increases"
            around = [ns for p, ns in frame.preps if p in ("with", "after", "following", "upon", "by")]
            causes = [t for ns in around for t in actors(unit, ns) if t.is_molecule]
            moved = signed_objects(unit, [noun], frame) if noun.head.lower in ("translocation", "entry") else []
            for cause in causes:
                for sign, target in moved:
                    yield level_draft(unit, frame, cause, sign or "increases", target, "level.outcome")
            for cause in causes if relation else []:
                for target in things(noun):
                    yield level_draft(unit, frame, cause, relation or "", target, "level.outcome")


def differences(unit: Unit) -> Iterator[Draft]:
    """ "No difference in B was found between A and placebo": A has no effect on B."""
    for frame in frames(unit):
        if frame.verbs.lemma not in SEEN | {"be", "differ"}:
            continue
        around = [*frame.subject_preps, *frame.preps]
        heads = {n.head.lower for n in (*frame.subjects, *frame.objects)}
        differs = frame.verbs.lemma == "differ" or frame.adjective in ("different", "similar", "comparable", "equal")
        if differs and (any(p == "between" for p, _ in around) or alleles_compared(unit, frame.verbs.main.end)):
            yield from _same_between(unit, frame)
            continue
        if not (heads & {"difference", "differences"} or frame.verbs.lemma == "differ"):
            continue
        none = frame.verbs.negated or any(n.words[0].lower == "no" for n in (*frame.subjects, *frame.objects))
        arms = [t for p, ns in around if p == "between" for t in actors(unit, ns) if t.is_molecule]
        places = [n for p, ns in around if p in ("in", "for") for n in ns if n.head.lower not in GROUPS]
        if none and not arms and not any(p == "between" for p, _ in around):
            arms = [t for p, ns in around if p in ("with", "after") for t in actors(unit, ns) if t.is_molecule]
            arms = arms or ([unit.last] if _is_given(unit.last) else [])
        if none and not arms:
            arms = alleles_compared(unit, unit.body)
        for cause in arms if none else []:
            for target in (t for n in places for t in things(n) if t.kind not in ("species", "cell", "tissue")):
                yield level_draft(unit, frame, cause, "no_effect", target, "level.difference")


def _same_between(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "B was not different between A and placebo", "B was similar between A and control"."""
    if (frame.adjective in ("similar", "comparable", "equal")) == frame.verbs.negated:
        return
    compared = [n for p, ns in frame.preps if p == "between" for n in ns]
    arms = [t for t in actors(unit, compared) if t.is_molecule]
    arms = arms or alleles_compared(unit, frame.verbs.main.end)
    if not arms and _TREATED_OR_NOT.search(unit.text):
        given = unit.agent if is_medicine(unit.agent) else unit.topic
        arms = [given] if given is not None and given.is_molecule else []
        compared = []
    with_it = [n for p, ns in frame.preps if p == "with" and compared for n in ns] + [
        n for m in compared for p, ns in m.preps if p == "with" for n in ns
    ]
    arms = arms or [t for n in with_it for t in things(n) if t.kind == "disease"]  # "between women with D and controls"
    for cause in arms[:1]:
        for target in actors(unit, frame.subjects):
            if target.kind not in ("species", "cell", "tissue", "anaphor"):
                yield level_draft(unit, frame, cause, "no_effect", target, "level.difference")


_TREATED_OR_NOT = re.compile(r"\b(?:un)?treated and (?:un)?treated\b", re.I)


def _is_given(thing: Thing | None) -> TypeGuard[Thing]:
    return thing is not None and thing.mention is not None and thing.mention.category == "drug"
