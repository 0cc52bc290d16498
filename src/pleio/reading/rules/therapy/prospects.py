"""What a medicine is studied for: "A is being tested in D", "a potential target", "under study".

Rule ids: `therapy.studied`, `therapy.potential`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit, frames
from ...words.lexicon import (
    STUDIED,
)
from .indications import ills_of

_GIVEN = re.compile(
    r"\b(?:recombinant|rh[A-Z]|therap\w+|treatment|agonists?|antagonists?|antibod\w+|inhibitors?|drug|clinical "
    r"trials?|administration|vectors?|gene transfer|infusion|phase (?:[0-4]|I{1,3}V?)|clinical(?:ly)?|patients?)\b",
    re.I,
)


_POTENTIAL = re.compile(
    r"\b(?:potential|promising|candidate|possible|attractive)\b.{0,40}\b(?:target|therap\w+|treatment|"
    r"applications?|agents?)\b|\b(?:may|might|could)\b.{0,30}\b(?:therapeutic )?target\b",
    re.I,
)


def studied(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read "A is being tested in D", "A has entered trials for D"."""
    under = [n for p, ns in frame.preps if p == "under" for n in ns]
    studied = (frame.verbs.lemma in STUDIED and frame.verbs.passive) or any(
        n.head.lower in ("investigation", "evaluation", "study", "development") for n in under
    )
    trial = frame.verbs.lemma in ("be", "enter", "complete") and any(
        n.head.lower in ("trial", "trials") or any(w.lower == "phase" for w in n.words)
        for _, ns in frame.preps
        for n in ns
    )
    trial = trial or (frame.verbs.lemma in _REACHING and any(_is_stage(n) for n in frame.objects))
    if not studied and not trial:
        return
    subjects = _using(unit, frame) or actors(unit, frame.subjects, frame.elided)
    if (
        not _GIVEN.search(unit.text)
        and "being" not in frame.verbs.helpers
        and not (subjects and any(s.kind == "drug" or (s.mention and s.mention.category == "drug") for s in subjects))
    ):
        return
    aimed = [n for p, ns in frame.preps if p in ("for", "in", "as") for n in ns]
    aimed += [n for o in (*frame.objects, *aimed) for p, ns in o.preps if p in ("for", "in") for n in ns]
    place = list(dict.fromkeys(t for t in ills_of(aimed, frame.preps) if t.kind in ("disease", "phenotype")))
    found = unit.between(unit.body, unit.end, "disease")
    if not place and found:
        place = [Thing(found[0].text, found[0].curie or None, None, "disease")]
    if not place and unit.disease is not None:
        place = [Thing(unit.disease.text, unit.disease.curie or None, None, "disease")]
    for subject in subjects:
        for target in place:
            yield Draft(subject, "under_investigation_for", target, "therapy.studied")


_REACHING = {"enter", "reach", "undergo", "begin", "start", "advance", "complete"}
_STAGES = {"trial", "trials", "evaluation", "testing", "development", "investigation", "study", "studies", "phase"}


def _is_stage(noun: Noun) -> bool:
    """Say whether a phrase names a stage of trying a medicine out: "phase 3", "clinical development"."""
    words = {w.lower for w in noun.words}
    return noun.head.lower in _STAGES - {"study", "studies"} or bool(words & {"phase", "clinical"} and words & _STAGES)


_TRIALS = {"trial", "trials", "study", "studies", "programme", "program"}
_TRYING = {"evaluate", "test", "assess", "investigate", "explore", "examine", "study"}
_RUNNING = {"ongoing", "underway", "recruiting", "planned", "active"}


def tried(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "Trials are evaluating A in D", "phase 2 studies of A in D are under way"."""
    noun = next((n for n in frame.subjects if n.head.lower in _TRIALS), None)
    if noun is None or frame.verbs.negated:
        return
    now = "are" in frame.verbs.helpers or "is" in frame.verbs.helpers
    if frame.verbs.lemma in _TRYING and frame.verbs.form == "ing" and now:
        drugs, preps = frame.objects, [*frame.preps, *(p for n in frame.objects for p in n.preps)]
    elif frame.verbs.lemma == "be" and (frame.adjective in _RUNNING or _UNDER_WAY.match(_after(unit, frame))):
        preps = [*noun.preps, *frame.subject_preps, *(p for n in noun.of for p in n.preps)]
        drugs = noun.of or [n for p, ns in preps if p in ("with", "of") for n in ns]
    else:
        return
    ill = ills_of([n for p, ns in preps if p in ("in", "for") for n in ns])
    for target in dict.fromkeys(t for t in ill if t.kind == "disease"):
        for subject in (t for n in drugs for t in things(n) if t.is_molecule or t.kind == "drug"):
            yield Draft(subject, "under_investigation_for", target, "therapy.studied")


_UNDER_WAY = re.compile(
    r"\s(?:now |currently |still )?(?:under ?way|in progress|being conducted|recruiting|ongoing)", re.I
)


def _after(unit: Unit, frame: Frame) -> str:
    return unit.passage.text[frame.verbs.main.end : frame.verbs.main.end + 40]


def _using(unit: Unit, frame: Frame) -> list[Thing]:
    """ "therapy approaches using A": A."""
    for other in frames(unit):
        if other.verbs.lemma == "use" and other.verbs.form == "ing" and other.objects:
            return [t for n in other.objects for t in things(n)]
    return [
        t
        for n in frame.subjects
        for w in n.words
        if w.is_name and n.head.lower in ("approaches", "approach", "therapy", "strategies")
        for t in things(Noun([w]))
    ]


def potential(unit: Unit) -> Iterator[Draft]:
    """ "Potential therapeutic target" under a disease."""
    if not _POTENTIAL.search(unit.text):
        return
    found = unit.between(unit.body, unit.end, "disease")
    place = found[0] if found else unit.disease
    if place is None:
        return
    named = [
        t
        for f in frames(unit)
        if f.verbs.lemma in ("be", "represent")
        for t in actors(unit, f.subjects, f.elided)
        if t.is_molecule
    ]
    for subject in named or unit.subject:
        target = Thing(place.text, place.curie or None, None, "disease")
        yield Draft(subject, "under_investigation_for", target, "therapy.potential", modality="speculative")


_UNDER = re.compile(
    r"\b(?:under (?:study|investigation|evaluation|development|review)|in (?:clinical )?(?:trials|development)|"
    r"in phase (?:\d|I+)\w*(?: (?:clinical )?(?:trials?|studies|development))?|being (?:tested|studied|evaluated))\b",
    re.I,
)


def under_study(unit: Unit) -> Iterator[Draft]:
    """A bullet without a verb under a disease: "A in combination with B: under study"."""
    if unit.clauses.frames or not unit.bullet or not _UNDER.search(unit.text):
        return
    found = [m for m in unit.mentions if unit.start <= m.start < unit.end]
    drug = next((m for m in found if m.category == "drug"), None)
    ill = next((m for m in found if m.category == "disease"), unit.disease)
    if drug is not None and ill is not None:
        subject = Thing(drug.text, drug.curie or None, None, "molecule", mention=drug)
        target = Thing(ill.text, ill.curie or None, None, "disease")
        yield Draft(subject, "under_investigation_for", target, "therapy.studied")
