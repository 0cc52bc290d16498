"""What goes with a disease or an outcome, without a direction: "is associated with", "predicts", "is a marker of".

Rule ids: `associate`, `bind.verb`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..clauses import Frame
from ..draft import Draft
from ..lexicon import PARTICIPIAL, PREPOSITIONAL
from ..phrases import Noun
from ..things import Thing, things
from ..unit import Unit, actors
from .finish import stated
from .targets import the_disease


def associations(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read what a verb says goes with what."""
    lemma = frame.verbs.lemma
    marks = frame.objects if lemma in ("predict", "mark", "parallel", "mirror") and not frame.verbs.passive else []
    for noun in frame.objects if lemma in ("be", "represent", "serve") else frame.prep("as"):
        if noun.head.lower in ("marker", "biomarker", "predictor", "hallmark", "indicator"):
            marks = [*noun.of, *(n for p, ns in frame.preps if p in ("for", "of") for n in ns)]
    for subject in actors(unit, frame.subjects, frame.elided) if marks else []:
        for target in _objects(marks):
            yield stated(unit, frame, subject, "associated_with", replace(target, aspect=None), "associate")
    denied = [(p, ns, True) for p, ns in frame.denied_preps]
    for preposition, nouns, null in [*((p, ns, False) for p, ns in frame.preps), *denied]:
        active = PREPOSITIONAL.get((lemma, preposition))
        relation = (
            PARTICIPIAL.get((lemma, preposition), "")
            if frame.verbs.form == "ed"
            else (active.relation if active else "")
        )
        if relation != "associated_with":
            continue
        subjects = actors(unit, frame.subjects, frame.elided)
        if lemma == "implicate" or not subjects:
            subjects = subjects or unit.subject
        for subject in subjects:
            for target in _the_disease_or(unit, nouns):
                if re.search(
                    r"^(?:increases?|decreases?|reductions?|rises?|falls?)$|side effects?|adverse|mechanisms?$|"
                    r"processes$|outcomes?$",
                    target.name,
                    re.I,
                ):
                    continue
                if subject.is_molecule and target.is_molecule and _PRECIPITATED.search(unit.text):
                    yield stated(unit, frame, subject, "binds", replace(target, aspect=None), "bind.verb")
                    continue
                draft = stated(
                    unit, frame, subject, "associated_with", replace(target, aspect=None), "associate", subject.aspect
                )
                yield replace(draft, status="refuted") if null else draft


_PRECIPITATED = re.compile(r"immunoprecipit|co-?precipit|pull-?down|\bcomplex(?:es)?\b|\bconstitutively\b", re.I)


def _the_disease_or(unit: Unit, nouns: list[Noun]) -> list[Thing]:
    return [t for n in nouns for t in (the_disease(unit, n) or _objects([n]))]


def _objects(nouns: list[Noun]) -> list[Thing]:
    out: list[Thing] = []
    for noun in nouns:
        if noun.members:
            out += [t for t in things(Noun(noun.words, noun.of, [])) if t.kind == "disease"]
            out += [t for m in noun.members for t in things(m)]
        else:
            out += things(noun)
    return out
