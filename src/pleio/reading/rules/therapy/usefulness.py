"""Whether a medicine helps: "A is effective in D", "patients with D responded to A", "A missed its endpoint in D".

Rule ids: `therapy.useful`, `therapy.option`, `therapy.failed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import modality_of
from ...things import Thing
from ...unit import Unit
from .ills import is_medicine_name
from .indications import ills_of, status_of


def useful(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A is effective in D": treats; "A could prove useful in D": a prospect."""
    modality = modality_of(frame, unit.text)
    yield from _answered(unit, frame, modality)
    yield from _missed(unit, frame, modality)
    yield from _option(unit, frame, modality)
    yield from _better(unit, frame, modality)
    if frame.adjective not in ("useful", "beneficial", "effective", "efficacious", "helpful", "ineffective", "active"):
        return
    for subject in actors(unit, frame.subjects, frame.elided):
        for target in _helped(unit, frame):
            if modality == "asserted":
                status = "refuted" if frame.adjective == "ineffective" else status_of(frame)
                yield Draft(subject, "treats", target, "therapy.useful", None, status)
            else:
                yield Draft(subject, "under_investigation_for", target, "therapy.useful", modality="speculative")


def _better(unit: Unit, frame: Frame, modality: str) -> Iterator[Draft]:
    """ "A was superior to placebo in patients with D", "A was not superior to B in D"."""
    if frame.adjective not in ("superior", "inferior", "noninferior", "non-inferior", "equivalent"):
        return
    status = "asserted"
    if frame.adjective in ("superior", "inferior"):
        against = any(n.head.lower in _NOTHING for n in frame.prep("to", "than"))
        bad = (frame.adjective == "superior") == frame.verbs.negated
        if bad and not against:
            return  # worse than another medicine, it may still help
        status = "refuted" if bad else "asserted"
    ill = [t for t in ills_of(frame.prep("in", "for"), frame.preps) if t.kind == "disease"]
    for subject in actors(unit, frame.subjects, frame.elided):
        for target in ill if is_medicine_name(subject) else []:
            yield Draft(
                subject, "treats", target, "therapy.useful", None, status, modality, verb=frame.verbs.main.start
            )  # fmt: skip


_NOTHING = {"placebo", "sham", "vehicle", "control", "controls"}


def _helped(unit: Unit, frame: Frame) -> list[Thing]:
    """What a medicine is effective for: the disease that the sentence names, else that of the heading."""
    found = [t for p in ("for", "against", "in") for t in ills_of(frame.prep(p), frame.preps)]
    if not found:
        found = [t for p, ns in frame.lead_preps if p in ("in", "for", "against") for t in ills_of(ns)]
    ill = [t for t in found if t.kind in ("disease", "phenotype") or _SYMPTOM.search(t.name)]
    if not ill and unit.disease is not None and not frame.prep("than"):
        ill = [Thing(unit.disease.text, unit.disease.curie or None, None, "disease")]
    return ill[:1] if frame.prep("for") else ill


_SYMPTOM = re.compile(r"\b(?:pain|symptoms?|flares?|relapses?|fatigue|itch|pruritus|cough|nausea)\b", re.I)


_OPTIONS = {"option", "options", "treatment", "therapy", "remedy", "choice", "candidate", "approach"}


def _option(unit: Unit, frame: Frame, modality: str) -> Iterator[Draft]:
    """ "A could be a therapeutic option in D", "A is the treatment of choice for D"."""
    if frame.verbs.lemma not in ("be", "become", "represent", "remain", "offer", "provide"):
        return
    for noun in frame.objects:
        if noun.head.lower not in _OPTIONS:
            continue
        nouns = [
            *frame.prep("in", "for", "of"),
            *noun.of,
            *(n for p, ns in noun.preps if p in ("in", "for") for n in ns),
        ]
        for subject in actors(unit, frame.subjects, frame.elided):
            for target in ills_of(nouns)[:1] if subject.is_molecule else []:
                if target.kind == "disease":
                    yield Draft(
                        subject, "treats", target, "therapy.option", None, status_of(frame), modality,
                        verb=frame.verbs.main.start,
                    )  # fmt: skip


_ENDPOINTS = {"endpoint", "endpoints", "outcome", "end", "point", "goal"}


def _answered(unit: Unit, frame: Frame, modality: str) -> Iterator[Draft]:
    """ "Patients with D responded to A", "D responds to A"."""
    if frame.verbs.lemma not in ("respond", "remit", "benefit"):
        return
    ill = ills_of(frame.subjects)
    ill += [t for p, ns in frame.subject_preps if p in ("with", "of") for t in ills_of(ns)]
    ill = [t for t in ill if t.kind == "disease"]
    if not ill and any(n.head.lower in ("disorders", "diseases", "patients") for n in frame.subjects):
        found = unit.between(unit.body, unit.body + frame.verbs.start - unit.body, "disease")
        ill = [Thing(m.text, m.curie or None, None, "disease") for m in found[-1:]]
    for subject in actors(unit, frame.prep("from" if frame.verbs.lemma == "benefit" else "to")):
        mention = subject.mention
        for target in ill if mention is not None and mention.category == "drug" else []:
            yield Draft(subject, "treats", target, "therapy.useful", None, status_of(frame), modality)


def _is_no_better(unit: Unit, frame: Frame) -> bool:
    """ "A was no better than placebo in D"."""
    no = frame.verbs.negated or frame.degree == "no" or "no better" in unit.text
    return no and bool(re.search(r"\bthan (?:\w+ )?(?:placebo|sham|vehicle|control)", unit.text))


def _missed(unit: Unit, frame: Frame, modality: str) -> Iterator[Draft]:
    """ "A failed in a trial in D", "A did not meet its primary endpoint in D", "A was not approved"."""
    nouns = [*frame.objects, *(n for _, ns in frame.preps for n in ns)]
    heads = {n.head.lower for n in nouns}
    failed = frame.verbs.lemma == "fail" and bool(heads & {"trial", "trials", "study", "studies"})
    missed = heads & _ENDPOINTS and (
        frame.verbs.negated
        or frame.verbs.lemma in ("miss", "fail")
        or (frame.governor is not None and frame.governor.verbs.lemma == "fail")
    )
    in_ill = [t for t in ills_of(frame.prep("in", "for")) if t.kind == "disease"]
    failed = failed or (frame.verbs.lemma == "fail" and bool(in_ill) and not frame.objects)
    failed = failed or (frame.verbs.lemma in ("work", "help") and frame.verbs.negated and bool(in_ill))
    failed = failed or (frame.adjective == "better" and _is_no_better(unit, frame))
    refused = frame.verbs.lemma in ("approve", "license") and frame.verbs.passive and frame.verbs.negated
    if not (failed or missed or (refused and not frame.prep("for"))):
        return
    place = [t for t in ills_of(nouns) if t.kind == "disease"]
    near = unit.between(unit.body, unit.end, "disease") or ([unit.disease] if unit.disease is not None else [])
    place = place or [Thing(m.text, m.curie or None, None, "disease") for m in near[:1]]
    for subject in actors(unit, frame.subjects, frame.elided):
        for target in place[:1] if subject.is_molecule else []:
            yield Draft(subject, "treats", target, "therapy.failed", None, "refuted", modality)
