"""Effects that a noun states after a light verb: "has no effect on B", "plays a role in B", "provides signals".

Rule ids: `effect.noun`, `effect.agent`, and those of `properties_of`.
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
from ...words.lexicon import EFFECT_NOUNS, LIGHT_VERBS, ROLE_NOUNS
from ..finish import effect_draft, stated
from ..targets import objects_of
from ..therapy.ills import is_medicine_name
from .properties_of import properties_in
from .stated_by import leaning_of, stated_effects

_NO_EFFECT = re.compile(r"\b(?:no|without|little|not any|lack of|minimal|negligible)\b", re.I)
_LIGHT_LEMMAS = set("have recognize know emerge describe act function discover identify call".split())


def light_verbs(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A had no effect on B", "A plays a role in B", "A exerts anti-inflammatory effects"."""
    if frame.verbs.lemma in ("be", "act", "serve", "function"):
        yield from _with_roles(unit, frame)
    if frame.verbs.main.lower not in LIGHT_VERBS and frame.verbs.lemma not in _LIGHT_LEMMAS:
        return
    subjects = actors(unit, frame.subjects, frame.elided)
    yield from _in_disease(unit, frame, subjects)
    for noun in [*frame.objects, *(n for p, ns in frame.preps if p in ("for", "as", "with") for n in ns)]:
        yield from stated_effects(unit, frame, subjects, noun)
        if noun.head.lower in EFFECT_NOUNS | ROLE_NOUNS and not properties_in(noun):
            yield from _effect_on(unit, frame, subjects, noun)


def _effect_on(unit: Unit, frame: Frame, subjects: list[Thing], noun: Noun) -> Iterator[Draft]:
    """ "A has no effect on B", "A plays a role in B"."""
    head, relation = noun.head.lower, leaning_of(noun)
    denied = bool(_NO_EFFECT.search(" ".join(w.text for w in noun.words))) or frame.verbs.negated
    if head in EFFECT_NOUNS:
        where = frame.prep("on", "upon", "against")
        if not where and denied:
            where = [n for n in frame.prep("in") if any(t.kind == "disease" for t in things(n))]
    else:
        where = frame.prep("in", "for", "during") if noun in frame.objects else frame.prep("in", "during")
    if any(n.head.lower in ("body", "processes", "functions") for n in where):
        where = [m for n in where for m in (n.members or [n])]
    for subject in subjects:
        for target in objects_of(unit, where, frame):
            if target.kind == "species" or (head in ROLE_NOUNS and target.kind == "disease"):
                continue
            draft = effect_draft(unit, frame, subject, relation, target, None, "effect.noun")
            yield replace(draft, relation="no_effect", status="null_result") if denied else draft


def _with_roles(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A is a cytokine with roles in B", "a survival factor for B"."""
    if frame.verbs.negated:
        return
    roles = [n for p, ns in frame.preps if p == "with" for n in ns if n.head.lower in ROLE_NOUNS | EFFECT_NOUNS]
    for subject in actors(unit, frame.subjects, frame.elided) if roles else []:
        for target in objects_of(unit, frame.prep("in", "on"), frame):
            yield effect_draft(unit, frame, subject, "regulates", target, None, "effect.noun")
    for noun in [*frame.objects, *frame.prep("as")]:
        kind = next((w.lower for w in noun.words if w.lower in _FACTOR_OF), "")
        if not kind or noun.head.lower not in ("factor", "signal", "cue", "stimulus"):
            continue
        for subject in actors(unit, frame.subjects, frame.elided):
            for target in objects_of(unit, frame.prep("for"), frame):
                whole = replace(target, name=f"{kind} of {target.name}", curie=None, kind="process")
                yield effect_draft(unit, frame, subject, "increases", whole, "process", "effect.agent")


_FACTOR_OF = {"survival", "growth", "differentiation", "maturation", "proliferation"}


_COURSE = {"pathogenesis", "pathophysiology", "etiology", "aetiology", "immunopathogenesis", "pathology"}


def _in_disease(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    """ "A plays a central part in the pathogenesis of D", "A has a role in D"."""
    roles = [n for n in frame.objects if n.head.lower in ROLE_NOUNS | {"part"}]
    if not roles or frame.verbs.negated or roles[0].words[0].lower == "no":
        return
    where = [n for p, ns in (*frame.preps, *roles[0].preps) if p in ("in", "to") for n in ns]
    ill = [t for n in where for inner in (n.of if n.head.lower in _COURSE else [n]) for t in things(inner)]
    for subject in (t for t in subjects if t.is_molecule and not t.loss and not is_medicine_name(t)):
        for target in dict.fromkeys(t for t in ill if t.kind == "disease"):
            yield stated(unit, frame, subject, "associated_with", replace(target, aspect=None), "associate")


def given_signals(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "provides survival signals": survival goes up."""
    if frame.verbs.lemma not in ("provide", "deliver", "transmit", "generate"):
        return
    for noun in frame.objects:
        if noun.head.lower in ("signals", "signal", "support", "stimulus", "cues") and not noun.of:
            modifiers = [w for w in noun.words[:-1] if w.tag.startswith("NN") or w.mention]
            for subject in actors(unit, frame.subjects, frame.elided):
                for target in things(Noun(modifiers)) if modifiers else []:
                    yield effect_draft(unit, frame, subject, "increases", target, None, "effect.noun")
