"""What a medicine is for: "is approved for D", "treats D", "D is treated with A".

Rule ids: `therapy.approved`, `therapy.treats`, `adverse.verb`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import modality_of
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit
from ...words.predicates import PARTICIPIAL
from .ills import is_ill

Prep = tuple[str, list[Noun]]
_TO_TREAT = {"treat", "prevent", "alleviate", "cure", "relieve", "reduce", "ameliorate"}


def approved(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read "A is approved for D", "A is used in D"."""
    purposes = {p for p, ns in frame.preps if not all(n.head.lower in _SPANS for n in ns)}
    opening = [prep for prep in frame.lead_preps if prep[0] == "for"]  # "For D, A is used with B"
    for at, (preposition, nouns) in enumerate([*frame.preps, *opening]):
        if preposition == "in" and "for" in purposes:
            continue
        if preposition == "for" and at and any(n.head.lower == "risk" for n in frame.preps[at - 1][1]):
            continue  # "women at high risk for fracture"
        if preposition == "as" and not any(n.head.lower in _CARE for n in nouns):
            continue
        if PARTICIPIAL.get((frame.verbs.lemma, preposition)) == "treats" and frame.verbs.form == "ed":
            if frame.verbs.lemma == "use" and not any(m.category == "disease" for m in unit.mentions):
                continue
            after = _until(preposition, frame.preps[at + 1 :])
            for subject in _used(unit, frame):
                for target in ills_of(nouns, after):
                    told = target.kind in ("disease", "phenotype") or (target.kind == "other" and not _is_span(target))
                    if told:
                        yield Draft(
                            subject, "treats", target, "therapy.approved", None, status_of(frame),
                            modality_of(frame, unit.text),
                        )  # fmt: skip


_SPANS = {"decade", "decades", "year", "years", "month", "months", "week", "weeks", "day", "days", "time", "long"}


def _is_span(target: Thing) -> bool:
    return target.name.split()[-1].lower() in _SPANS


_LICENSING = {"approve", "license", "licence", "authorize", "authorise", "recommend", "register"}
_LICENCES = {"approval", "authorization", "authorisation", "licence", "license", "licensure", "clearance"}


def licensed(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A received approval for D", "the data do not support the use of A in D"."""
    if frame.verbs.passive:
        return
    for noun in frame.objects:
        around = [*noun.preps, *frame.preps]
        where = [n for p, ns in around if p in ("for", "in") for n in ns]
        if noun.head.lower in _LICENCES and frame.verbs.lemma in ("receive", "gain", "obtain", "get", "win", "have"):
            drugs = actors(unit, frame.subjects, frame.elided)
        elif noun.head.lower == "use" and frame.verbs.lemma == "support" and frame.verbs.negated:
            drugs = [t for n in noun.of for t in things(n)]
        else:
            continue
        for target in (t for t in ills_of(where) if t.kind == "disease"):
            for subject in (t for t in drugs if t.is_molecule):
                yield Draft(
                    subject, "treats", target, "therapy.approved", None, status_of(frame),
                    modality_of(frame, unit.text), verb=frame.verbs.main.start,
                )  # fmt: skip


def _until(preposition: str, preps: list[Prep]) -> list[Prep]:
    return [*takewhile(lambda prep: prep[0] != preposition, preps)]


def _used(unit: Unit, frame: Frame) -> list[Thing]:
    """What is used: "A is a B approved for D" speaks of A."""
    if frame.objects and not frame.verbs.passive and frame.verbs.lemma in _LICENSING:
        return [t for n in frame.objects for t in things(n) if t.is_molecule]  # "the agency approved A for D"
    governor = frame.governor
    holder = governor if governor is not None and governor.verbs.lemma == "be" and governor.subjects else frame
    text = unit.passage.text
    alone = [n for n in holder.subjects if not _BESIDE.search(text, max(unit.body, n.start - 60), n.start)]
    return actors(unit, alone, frame.elided)


_BESIDE = re.compile(
    r"\b(?:in combination with|together with|with or without|combined with|plus|added to)\s(?:\w+\s)?$"
)


def made_for(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A is an antibody for the treatment of D"."""
    if frame.verbs.lemma != "be" or frame.verbs.negated or not frame.objects:
        return
    around = [*frame.preps, *(p for n in frame.objects for p in n.preps)]
    cares = [n for p, ns in around if p == "for" for n in ns if n.head.lower in _TREATING and n.of]
    for subject in (
        t for t in actors(unit, frame.subjects, frame.elided) if t.mention and t.mention.category == "drug"
    ):
        for target in ills_of(cares[:1]):
            if is_ill(target):
                modality = modality_of(frame, unit.text)
                yield Draft(
                    subject, "treats", target, "therapy.approved", None, "asserted", modality,
                    verb=frame.verbs.main.start,
                )  # fmt: skip


_TREATING = {"treatment", "prevention", "prophylaxis", "management", "relief"}


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
        for target in ills_of(frame.objects, frame.preps):
            if target.kind in ("disease", "phenotype") or any(
                m.category == "disease" for m in unit.between(target.start, target.start + 80, "disease")
            ):
                modality = modality_of(frame, unit.text)
                yield Draft(subject, "treats", target, "therapy.treats", None, status_of(frame), modality)


def treated(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "D is treated with A", "D is managed with A"; "patients given A are at risk of X"."""
    if frame.verbs.lemma in ("treat", "manage") and frame.verbs.passive:
        for target in (t for t in ills_of(frame.subjects) if t.kind == "disease"):
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
        for target in ills_of([n for p, ns in unit.clauses.loose_preps if p == "for" for n in ns]):
            yield Draft(subject, "treats", target, "therapy.approved")


_CARE = set(
    "treatment prevention prophylaxis management therapy control relief reduction improvement alleviation use sign "
    "signs symptom symptoms manifestations".split()
)
_PEOPLE = set(
    "patients patient adults adult children people persons adolescents infants women men individuals subjects "
    "recipients".split()
)
_DEEPEST = 4  # "reduction in the symptoms of adults with D"


def ills_of(nouns: list[Noun], after: Sequence[Prep] = ()) -> list[Thing]:
    """Give what phrases name as treated, lists one by one: "the treatment of adults with D" is D.

    `after`: the prepositional phrases that follow, which may belong to the last of them.
    """
    out: list[Thing] = []
    for noun in (ill for held in nouns for ill in _ailments(held, after)):
        for target in (things(m)[0] for m in noun.members) if noun.members else things(noun):
            if not target.is_molecule and target.kind not in ("anaphor", "species"):
                out.append(target)
    return out


def _ailments(noun: Noun, after: Sequence[Prep], depth: int = 0) -> list[Noun]:
    head = noun.head.lower
    if noun.members or head not in _CARE | _PEOPLE:
        return [noun]
    around = [*noun.preps, *after]
    inner = list(noun.of) if head in _CARE else [n for p, ns in around if p == "with" for n in ns]
    if head in _CARE and not inner:
        inner = [n for p, ns in around if p == "in" for n in ns]
    return [ill for n in inner for ill in _ailments(n, after, depth + 1)] if depth < _DEEPEST else []


def status_of(frame: Frame) -> str:
    """Give the status of what a verb says about treatment: denied is refuted."""
    return "refuted" if frame.verbs.negated else "asserted"
