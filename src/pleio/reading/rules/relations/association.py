"""What goes with a disease or an outcome, without a direction: "is associated with", "predicts", "is a marker of".

Rule ids: `associate`, `bind.verb`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit
from ...words.predicates import PARTICIPIAL, PREPOSITIONAL
from ..finish import stated
from ..targets import the_disease
from ..therapy.harms import is_drug
from ..therapy.ills import is_ill
from .gene_disease import gene_disease, prone, told_by_variants
from .shared_bindings import without_gapped


def associations(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read what a verb says goes with what."""
    lemma = frame.verbs.lemma
    marks = frame.objects if lemma in _MARKING and not frame.verbs.passive else []
    for noun in [*(frame.objects if lemma in ("be", "represent", "consider") else []), *frame.prep("as")]:
        if noun.head.lower in ("marker", "biomarker", "predictor", "hallmark", "indicator"):
            marks = [*noun.of, *(n for p, ns in frame.preps if p in ("for", "of") for n in ns)]
    yield from gene_disease(unit, frame)
    for subject in actors(unit, frame.subjects, frame.elided) if marks else []:
        for target in _objects(marks):
            yield stated(unit, frame, subject, "associated_with", replace(target, aspect=None), "associate")
    yield from _found_in_patients(unit, frame)
    denied = [(p, ns, True) for p, ns in frame.denied_preps]
    for preposition, nouns, null in [*((p, ns, False) for p, ns in without_gapped(unit, frame)), *denied]:
        active = PREPOSITIONAL.get((lemma, preposition))
        relation = (
            PARTICIPIAL.get((lemma, preposition), "")
            if frame.verbs.form == "ed"
            else (active.relation if active else "")
        )
        if relation != "associated_with":
            continue
        said = " ".join(w.lower for noun in nouns for w in noun.words)
        subjects = told_by_variants(unit, frame)
        if any(n.head.lower in ("diseases", "disorders", "conditions", "factors") for n in frame.subjects):
            continue  # "diseases associated with A include D"
        ills = [t for n in frame.subjects for t in prone(replace(n, preps=[*n.preps, *frame.subject_preps]))]
        subjects = ills or subjects
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
                harm = is_drug(subject) and not target.is_molecule and (_RISK.search(said) or is_ill(target))
                harm = harm and not _GOOD.search(said)
                relation, rule = ("causes_adverse_event", "adverse.verb") if harm else ("associated_with", "associate")
                draft = stated(unit, frame, subject, relation, replace(target, aspect=None), rule, subject.aspect)
                yield replace(draft, status="refuted") if null else draft


_MARKING = {"predict", "mark", "parallel", "mirror"}
_MUTATION = re.compile(
    r"\b(?:mutations?|variants?|alleles?|fusions?|translocations?|autoantibod(?:y|ies)|deletions?|[A-Z]\d{2,4}[A-Z])\b"
)
_PEOPLE = {"patients", "patient", "people", "individuals", "cases", "families", "children", "adults", "those", "half"}


def _found_in_patients(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "The X mutation is found in most patients with D": it goes with D."""
    present = frame.verbs.lemma == "be" and frame.adjective in ("present", "common", "frequent")
    if not (present or (frame.verbs.lemma in ("find", "detect", "see", "identify") and frame.verbs.passive)):
        return
    subjects = [t for t in actors(unit, frame.subjects, frame.elided) if _MUTATION.search(t.name)]
    people = [n for n in frame.prep("in") if _PEOPLE & {w.lower for o in (n, *n.of) for w in o.words}]
    if not subjects or not people:
        return
    after = unit.between(people[0].start, unit.end, "disease")
    for mention in after:
        lead = unit.passage.text[max(people[0].start, mention.start - 30) : mention.start]
        if re.search(r"\b(?:with|of|those with)\s(?:[\w-]+\s){0,2}$", lead):
            for subject in subjects:
                target = Thing(mention.text, mention.curie or None, None, "disease")
                yield stated(unit, frame, subject, "associated_with", target, "associate")


_RISK = re.compile(r"\b(?:risk|incidence|frequency|rate|occurrence|cases)\b")
_GOOD = re.compile(r"\b(?:reduc\w+|decreas\w+|lower|improve\w+|fewer|less|response|remission)\b")
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
