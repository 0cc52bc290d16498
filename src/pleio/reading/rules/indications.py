"""What a medicine is for: "is approved for D", "treats D", "D is treated with A".

Rule ids: `therapy.approved`, `therapy.treats`, `adverse.verb`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..clauses import Frame
from ..draft import Draft
from ..lexicon import (
    PARTICIPIAL,
)
from ..modality import modality_of
from ..phrases import Noun
from ..things import Thing, things
from ..unit import Unit, actors

_TO_TREAT = {"treat", "prevent", "alleviate", "cure", "relieve", "reduce", "ameliorate"}


def approved(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read "A is approved for D", "A is used in D"."""
    purposes = {p for p, _ in frame.preps}
    for preposition, nouns in frame.preps:
        if preposition == "in" and "for" in purposes:
            continue
        if PARTICIPIAL.get((frame.verbs.lemma, preposition)) == "treats" and frame.verbs.form == "ed":
            if frame.verbs.lemma == "use" and not any(m.category == "disease" for m in unit.mentions):
                continue
            for subject in actors(unit, frame.subjects, frame.elided):
                for target in ills_of(unit, nouns):
                    if target.kind in ("disease", "phenotype", "other"):
                        yield Draft(
                            subject, "treats", target, "therapy.approved", None, status_of(frame),
                            modality_of(frame, unit.text),
                        )  # fmt: skip


def used(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "has been used to prevent D", "treats D"."""
    lemma = frame.verbs.lemma
    if lemma not in _TO_TREAT or frame.verbs.passive:
        return
    governed = frame.governor is not None and frame.governor.verbs.lemma in (
        "use",
        "approve",
        "license",
        "indicate",
        "give",
        "administer",
    )
    if not (lemma in ("treat", "cure") or (governed and lemma in ("prevent", "treat"))):
        return
    for subject in actors(unit, frame.subjects, frame.elided):
        for target in ills_of(unit, frame.objects):
            if target.kind in ("disease", "phenotype") or any(
                m.category == "disease" for m in unit.between(target.start, target.start + 80, "disease")
            ):
                modality = modality_of(frame, unit.text)
                yield Draft(subject, "treats", target, "therapy.treats", None, status_of(frame), modality)


def treated(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "D is treated with A", "D is managed with A"; "patients given A are at risk of X"."""
    if frame.verbs.lemma in ("treat", "manage") and frame.verbs.passive:
        for target in (t for t in ills_of(unit, frame.subjects) if t.kind == "disease"):
            for subject in (t for n in frame.prep("with", "by") for t in things(n) if t.is_molecule):
                yield Draft(
                    subject, "treats", target, "therapy.treats", None, status_of(frame), modality_of(frame, unit.text),
                    verb=frame.verbs.main.start,
                )  # fmt: skip
    risk = [n for p, ns in frame.preps if p == "at" for n in ns if n.head.lower == "risk"]
    if frame.verbs.lemma == "be" and risk:
        for subject in (t for t in actors(unit, frame.subjects) if t.mention and t.mention.category == "drug"):
            for target in (t for n in [*risk[0].of, *frame.prep("for")] for t in things(n)):
                yield Draft(subject, "causes_adverse_event", target, "adverse.verb", None, status_of(frame))


def listed_as_approved(unit: Unit) -> Iterator[Draft]:
    """ "X, FDA-approved for D" without a verb."""
    if unit.clauses.frames or not re.search(r"\b(?:\w+-)?approved\b", unit.text, re.I):
        return
    for subject in (t for n in unit.clauses.loose[:1] for t in things(n) if t.is_molecule):
        for target in ills_of(unit, [n for p, ns in unit.clauses.loose_preps if p == "for" for n in ns]):
            yield Draft(subject, "treats", target, "therapy.approved")


_CARE = {"treatment", "prevention", "prophylaxis", "management", "therapy", "control", "relief"}


def ills_of(unit: Unit, nouns: list[Noun]) -> list[Thing]:
    """Give what phrases name as treated: "the treatment of D" is D, lists one by one."""
    out: list[Thing] = []
    for noun in [o for n in nouns for o in (n.of if n.head.lower in _CARE and not n.members else [n])]:
        for target in (things(m)[0] for m in noun.members) if noun.members else things(noun):
            if not target.is_molecule and target.kind not in ("anaphor", "species"):
                out.append(target)
    return out


def status_of(frame: Frame) -> str:
    """Give the status of what a verb says about treatment: denied is refuted."""
    return "refuted" if frame.verbs.negated else "asserted"
