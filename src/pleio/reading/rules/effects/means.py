"""What an effect needs or goes through: "through C", "in a C-dependent manner", "in the absence of B, A no longer did".

Rule ids: `effect.through`, `effect.absent`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...actors.actors import actors
from ...actors.given import given_earlier
from ...actors.groups import these
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, things, things_of
from ...unit import Unit
from ...words.lexicon import ACTION_NOUNS
from ...words.predicates import VERBS
from ..finish import EFFECT, effect_draft
from ..signed import composed, signed_objects
from .nominal import DEPENDENT


def through(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A induces B through C": C does so too; "in a C-dependent manner"."""
    verb = VERBS.get(frame.verbs.lemma)
    if verb is None or verb.relation not in EFFECT or frame.verbs.negated:
        return
    means = [t for p, ns in frame.preps if p in ("through", "via") for n in ns for t in _plain_names(n)]
    doings = [n for p, ns in frame.preps if p in ("through", "via", "by") for n in ns if n.head.lower in ACTION_NOUNS]
    for noun in doings if not frame.verbs.passive else []:
        sign, aspect = ACTION_NOUNS[noun.head.lower]
        for subject in actors(unit, frame.subjects, frame.elided) if noun.of and not noun.preps else []:
            for target in (t for n in noun.of for t in things(n) if t.is_molecule and t.name != subject.name):
                yield effect_draft(unit, frame, subject, sign, target, aspect, "effect.through")
    passive = frame.verbs.passive or (frame.verbs.form == "ed" and not frame.verbs.finite)
    for p, nouns in frame.preps:
        for noun in nouns if p in ("in", "by") else []:
            if noun.head.lower in ("manner", "fashion", "way", "mechanism", "mechanisms", "process", "pathway"):
                joined = [w.mention for w in noun.words if w.mention is not None and w.suffix in DEPENDENT]
                means += [things_of(m) for m in joined]
    for subject in means:
        found = signed_objects(unit, frame.subjects if passive else frame.objects, frame)
        if not found and passive and frame.elided:
            found = [("", t) for t in unit.subject]
        for sign, target in found:
            if target.name != subject.name:
                yield effect_draft(
                    unit, frame, subject, composed(verb.relation, sign), target, verb.aspect, "effect.through"
                )


def _plain_names(noun: Noun) -> list[Thing]:
    """The molecules of "through C", not of "through C receptor antagonism"."""
    return [t for t in things(noun) if t.is_molecule and not t.loss] if not noun.of else []


def in_absence(unit: Unit, frame: Frame, found: Sequence[Draft]) -> Iterator[Draft]:
    """ "In the absence of B, A no longer did C", "in mice with deletion of B, A failed to do C": B is needed for it."""
    failed = frame.governor is not None and frame.governor.verbs.lemma == "fail" and frame.verbs.to
    if not (frame.verbs.negated or failed):
        return
    lead = [*frame.lead_preps, *(frame.governor.lead_preps if frame.governor is not None else [])]
    nouns = [n for p, ns in lead if p in ("in", "without", "after", "upon", "with") for n in ns]
    nouns += [n for p, ns in frame.preps if p in ("in", "from", "without") for n in ns]
    lost = [t if t.loss else replace(t, loss="knockout") for n in nouns for t in _missing(unit, n)]
    lost = lost or [t for t in given_earlier(unit, frame) if t.loss]
    verb = VERBS.get(frame.verbs.lemma)
    if not lost or verb is None or verb.relation not in EFFECT:
        return
    for d in found:
        if d.status != "null_result":
            continue
        for t in lost:
            if t.name != d.subject.name:
                yield replace(
                    d, subject=t, relation=verb.relation, status="asserted", system=t.loss, rule="effect.absent"
                )


def _missing(unit: Unit, noun: Noun) -> list[Thing]:
    """What is missing in "the absence of A", "mice with deletion of A", "A-null mice", "cells lacking A"."""
    if noun.head.lower in ("absence", "lack") and noun.of:
        return [t for n in noun.of for t in things(n) if t.is_molecule]
    found = [t for t in actors(unit, [noun]) if t.loss] or these(unit, noun)
    return found or [t for p, ns in noun.preps if p == "with" for n in ns for t in things(n) if t.loss]
