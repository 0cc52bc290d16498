"""How trials went: "the phase 3 trial of A was negative", "three trials were stopped for lack of efficacy".

Rule id: `therapy.trial`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import modality_of
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit, frames
from .harms import HAPPEN, is_drug

_TRIALS = {"trial", "trials", "study", "studies", "rct", "programme", "program"}
_GOOD = {"positive", "successful"}
_BAD = {"negative", "unsuccessful", "disappointing", "futile"}
_STOP = {"stop", "terminate", "halt", "discontinue", "abandon", "end", "withdraw", "suspend"}
_WHY = re.compile(
    r"\b(?:lack of (?:efficacy|effect|benefit)|futility|inefficacy|insufficient efficacy|no benefit)\b", re.I
)


def trials(unit: Unit) -> Iterator[Draft]:
    """Read how trials went: what they say about the medicine in the disease at hand."""
    before: tuple[str, list[Thing]] | None = None
    for frame in frames(unit):
        yield from _no_benefit(unit, frame)
        heads = [n for n in frame.subjects if n.head.lower in _TRIALS]
        if not heads:
            continue
        outcome = _outcome(unit, frame, before[0] if before else "")
        if not outcome:
            continue
        noun = heads[0]
        around = [*noun.preps, *frame.subject_preps]
        named = [t for n in noun.of for t in things(n) if t.is_molecule]
        named += [t for p, ns in around if p in ("of", "with") for n in ns for t in things(n) if t.is_molecule]
        named += [t for w in noun.words if w.is_name for t in things(Noun([w])) if t.is_molecule]
        drugs = named or (before[1] if before else []) or _trialled(unit)
        before = (outcome, drugs)
        ill = [t for p, ns in [*around, *frame.preps] if p in ("in", "for") for n in ns for t in things(n)]
        ill = [t for t in ill if t.kind in ("disease", "phenotype")] or _disease(unit)
        for drug in drugs[:1]:
            for target in ill[:1]:
                yield Draft(
                    drug, "treats", target, "therapy.trial", None, outcome, modality_of(frame, unit.text),
                    verb=frame.verbs.main.start,
                )  # fmt: skip


_BENEFIT = {"benefit", "efficacy", "improvement", "response", "advantage"}


def _no_benefit(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "No benefit was seen in D": the medicine at hand does not treat it."""
    nouns = [n for n in (*frame.subjects, *frame.objects) if n.head.lower in _BENEFIT and n.words[0].lower == "no"]
    if not nouns or frame.verbs.lemma not in HAPPEN | {"be", "show", "find", "have", "demonstrate"}:
        return
    around = [*nouns[0].preps, *frame.subject_preps, *frame.preps]
    ill = [t for p, ns in around if p in ("in", "for") for n in ns for t in things(n) if t.kind == "disease"]
    own = [t for t in actors(unit, frame.subjects) if t.is_molecule] if frame.objects else []
    with_ = [t for p, ns in around if p in ("with", "of", "from") for n in ns for t in things(n) if t.is_molecule]
    for drug in (own or with_ or _trialled(unit) or [t for t in unit.subject if is_drug(t)])[:1]:
        for target in ill[:1]:
            yield Draft(drug, "treats", target, "therapy.trial", None, "refuted", verb=frame.verbs.main.start)


def _trialled(unit: Unit) -> list[Thing]:
    """The medicine that a label, or the sentence so far, names."""
    found = [m for m in unit.mentions if unit.start <= m.start < unit.end and m.category == "drug"]
    if found:
        m = found[0]
        return [Thing(m.text, m.curie or None, None, "molecule", mention=m)]
    return [unit.last] if unit.last is not None and is_drug(unit.last) else []


def _disease(unit: Unit) -> list[Thing]:
    found = unit.between(unit.body, unit.end, "disease") or ([unit.disease] if unit.disease is not None else [])
    return [Thing(m.text, m.curie or None, None, "disease") for m in found[:1]]


def _outcome(unit: Unit, frame: Frame, before: str) -> str:
    lemma = frame.verbs.lemma
    if lemma in _STOP and _WHY.search(unit.text):
        return "refuted"
    if lemma == "fail" and not frame.objects:
        return "refuted"
    if lemma not in ("be", "prove", "turn"):
        return ""
    word = frame.adjective
    if word in _GOOD | _BAD:
        good = (word in _GOOD) != frame.verbs.negated
        return "asserted" if good else "refuted"
    if frame.verbs.negated and not frame.objects and not word and before:
        return "refuted" if before == "asserted" else "asserted"  # "…; the phase 3 trial was not"
    return ""
