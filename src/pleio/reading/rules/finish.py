"""Finish a draft: modality, denial, the sign of what was taken away, the default readout."""

from __future__ import annotations

import re
from dataclasses import replace

from ..draft import Draft
from ..grammar.frames import Frame
from ..grammar.modality import denial, modality_of
from ..things import Thing
from ..unit import Unit

FLIP = {"increases": "decreases", "decreases": "increases"}
EFFECT = {"increases", "decreases", "regulates"}

_ON_ACTIVITY = {
    "inhibit",
    "block",
    "stimulate",
    "suppress",
    "neutralize",
    "neutralise",
    "antagonize",
    "antagonise",
    "trigger",
    "silence",
}


_DOING = {"produce", "secrete", "release", "express", "generate", "develop", "form", "show", "respond", "make"}


def effect_draft(
    unit: Unit, frame: Frame, subject: Thing, relation: str, target: Thing, aspect: str | None, rule: str
) -> Draft:
    """Draft an effect that a verb states: its modality, its sign after losses and denials, its readout."""
    modality = modality_of(frame, unit.text)
    if aspect is None and target.is_molecule and frame.verbs.lemma in _ON_ACTIVITY:
        aspect = "activity"
    if aspect is None and target.kind == "pathway":
        aspect = "activity"
    if aspect == "activity" and target.kind == "process":
        aspect = "process"
    if frame.verbs.lemma in ("improve", "normalize", "normalise", "heal") and is_ill(target):
        relation = "decreases"
    draft = finish(Draft(subject, relation, target, rule, target.aspect or aspect, modality=modality))
    if is_denied(frame) and subject.loss and frame.verbs.lemma in _DOING:
        # "cells lacking A no longer make B": A is what makes them
        return replace(draft, relation=FLIP.get(draft.relation, draft.relation))
    if is_denied(frame):
        relation, status = denial(draft.relation, draft.rule)
        draft = replace(draft, relation=relation, status=status)
    return draft


_ILLS = re.compile(
    r"\b(?:symptoms?|resistance|deficits?|lesions?|dysfunction|impairments?|injur(?:y|ies)|damage|inflammation|fibrosis|"
    r"pain|intolerance|\w+itis|severity)$",
    re.I,
)


def is_ill(target: Thing) -> bool:
    """Say whether to improve a thing is to lessen it: a disease, a symptom, a lesion."""
    return target.kind in ("disease", "phenotype") or bool(_ILLS.search(target.name))


def finish(draft: Draft) -> Draft:
    """Turn the sign where the subject was taken away, and give the readout its default."""
    relation, system = draft.relation, draft.system
    if draft.subject.loss:
        relation, system = FLIP.get(relation, relation), draft.subject.loss
    aspect = draft.aspect
    if aspect == "abundance" and draft.object.kind in ("process", "cell", "disease", "phenotype", "pathway"):
        aspect = "process"
    if aspect is None:
        aspect = "abundance" if draft.object.is_molecule else "process"
    return replace(draft, relation=relation, aspect=aspect, system=system)


def stated(
    unit: Unit, frame: Frame | None, a: Thing, relation: str, b: Thing, rule: str, aspect: str | None = None
) -> Draft:
    """Draft a relation without a sign that a verb states or denies."""
    denied = frame is not None and frame.verbs.negated
    verb = frame.verbs.main.start if frame is not None else -1
    modality = modality_of(frame, unit.text)
    return Draft(a, relation, b, rule, aspect, "refuted" if denied else "asserted", modality, verb=verb)


def _fails(governor: Frame) -> bool:
    """ "Failed to", "has not been shown to"."""
    shown = governor.verbs.lemma in ("show", "demonstrate", "prove", "find") and governor.verbs.passive
    return governor.verbs.lemma == "fail" or (shown and governor.verbs.negated)


def level_draft(unit: Unit, frame: Frame | None, subject: Thing, relation: str, target: Thing, rule: str) -> Draft:
    """Draft a change of level; `subject` is the disease it is seen in, or what it comes after."""
    modality = modality_of(frame, unit.text)
    status = "asserted"
    if relation == "no_effect" or (frame is not None and is_denied(frame)):
        relation, status = "no_effect", "null_result"
    default = "abundance" if target.is_molecule else "process"
    if subject.loss:
        relation = FLIP.get(relation, relation)
    return Draft(
        subject,
        relation,
        target,
        rule,
        target.aspect or default,
        status,
        modality,
        subject.loss,
        frame.verbs.main.start if frame is not None else -1,
    )


def is_denied(frame: Frame) -> bool:
    """Say whether what a verb tells did not happen: "did not rise", "failed to rise"."""
    above = frame.governor
    failed = above is not None and (_fails(above) or above.adjective in ("unable", "powerless"))
    return bool(frame.verbs.negated or (failed and frame.verbs.to))


def null(draft: Draft) -> Draft:
    """Make an effect one that was looked for and not found."""
    return replace(draft, relation="no_effect", status="null_result")
