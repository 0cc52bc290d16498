"""Signed effects that a sentence states, by every way to say them.

Rule ids: those of `acting`, `told`, `means`, `mutants`, `light_verbs`, `copular` and `nominal`, and `adverse.verb`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...unit import Unit, frames
from .acting import acting
from .copular import copular
from .light_verbs import given_signals, light_verbs
from .means import in_absence, through
from .mutants import mutants
from .nominal import within_phrases
from .told import answers, becoming, ellipsis, follows, left, made_to, responsible, shown

VAGUE_SUBJECTS = set(
    "target targets approach approaches strategy strategies method methods evidence study studies data research "
    "results findings selection considerations trial trials disease disorder condition analysis analyses work "
    "report reports review efforts experiments patients people individuals controls participants carriers "
    "volunteers mice rats animals humans subjects adults children women men it they we model models group groups "
    "patient author authors finding observations observation understanding regions levels signal signals genes "
    "cells molecules factors order act ability capacity step steps interaction interactions novel assay assays "
    "experiment way fact possibility question aim purpose objective discovery role roles use lack presence "
    "absence need case example addition result conclusion hypothesis mechanism mechanisms dosage sentence table "
    "figure panel lane cases body attempt events reactions manifestations technology ".split()
)


def effects(unit: Unit) -> Iterator[Draft]:
    """Read the signed effects of a sentence."""
    for frame in frames(unit):
        if frame.elided and frame.verbs.form == "ed" and _IS_TOLD_OF.match(unit.passage.text, frame.verbs.main.end):
            continue  # "phosphorylated A was …": no verb
        if frame.verbs.form == "ing" and unit.passage.text[: frame.verbs.start].endswith(("without ", "without\u00a0")):
            frame.verbs.negated = True
        found = (
            *acting(unit, frame),
            *shown(unit, frame),
            *made_to(unit, frame),
            *becoming(unit, frame),
            *ellipsis(unit, frame),
            *answers(unit, frame),
            *left(unit, frame),
            *responsible(unit, frame),
            *mutants(unit, frame),
            *follows(unit, frame),
            *through(unit, frame),
            *light_verbs(unit, frame),
            *copular(unit, frame),
            *given_signals(unit, frame),
            *within_phrases(unit, frame),
        )
        found = (*found, *in_absence(unit, frame, found))
        yield from (
            replace(_harmful(frame, d), verb=frame.verbs.main.start)
            for d in found
            if not _CONTROL.match(d.subject.name)
            if d.subject.name.lower().split()[-1:] and d.subject.name.lower().split()[-1] not in VAGUE_SUBJECTS
        )


_CONTROL = re.compile(r"(?:wild[- ]type|control|untreated|vehicle|sham)\s", re.I)
_IS_TOLD_OF = re.compile(r"\s[^\s,;.]+(?: [^\s,;.]+)?\s(?:was|were|is|are|rose|fell|remained|became|had)\b")
_CAUSING = set("cause induce trigger provoke precipitate elicit produce lead exacerbate worsen aggravate".split())


_USES = {"use", "overuse", "administration", "overdose", "therapy"}


def _is_use(noun: Noun) -> bool:
    """Say whether a phrase tells of the use of something: "long-term use of A", "their use"."""
    return noun.head.lower in _USES and (bool(noun.of) or noun.words[0].lower in ("its", "their"))


def _harmful(frame: Frame, draft: Draft) -> Draft:
    """A medicine that causes a disease does harm."""
    mention = draft.subject.mention
    drug = draft.subject.kind == "drug" or (mention is not None and mention.category == "drug")
    ill = draft.object.kind in ("disease", "phenotype") and not draft.object.is_molecule
    drug = drug or (draft.subject.is_molecule and any(_is_use(n) for n in frame.subjects))
    told = frame.verbs.lemma in ("cause", "provoke", "precipitate") and draft.object.kind in ("other", "process")
    told = told and not re.search(
        r"apoptosis|death|differentiation|proliferation|increase|rise|release", draft.object.name
    )
    risk = any(n.head.lower in ("risk", "incidence", "odds", "likelihood") for n in frame.objects)
    risk = risk and frame.verbs.lemma in ("increase", "raise", "elevate") and not draft.object.is_molecule
    if drug and risk and draft.relation == "increases":
        return replace(draft, relation="causes_adverse_event", aspect=None, rule="adverse.verb")
    if frame.verbs.lemma in _CAUSING and drug and (ill or told) and draft.relation == "increases":
        return replace(draft, relation="causes_adverse_event", aspect=None, rule="adverse.verb")
    return draft
