"""Effects that a noun or adjective states after a light verb: "has no effect on B", "is an inhibitor of B".

Rule ids: `effect.noun`, `effect.required`, `effect.agent`, and those of `properties_of`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import is_potential, modality_of
from ...grammar.phrases import Noun
from ...plain.masked import Word
from ...things import Thing, things, things_of
from ...unit import Unit
from ...words.lexicon import (
    AGENT_NOUNS,
    DISPENSABLE,
    EFFECT_NOUNS,
    LIGHT_VERBS,
    REQUIRED,
    ROLE_NOUNS,
)
from ..finish import effect_draft, stated
from ..targets import objects_of
from ..therapy.ills import is_medicine_name
from .properties_of import properties_in

_MORE = re.compile(r"\b(?:more|less|stronger|weaker|better|greater|faster)\b", re.I)
_NO_EFFECT = re.compile(r"\b(?:no|without|little|not any|lack of|minimal|negligible)\b", re.I)


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


def light_verbs(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A had no effect on B", "A plays a role in B", "A exerts anti-inflammatory effects"."""
    if frame.verbs.lemma in ("be", "act", "serve", "function"):
        yield from _with_roles(unit, frame)
    if frame.verbs.main.lower not in LIGHT_VERBS and frame.verbs.lemma not in (
        "have",
        "recognize",
        "know",
        "emerge",
        "describe",
        "act",
        "function",
        "discover",
        "identify",
        "call",
    ):
        return
    subjects = actors(unit, frame.subjects, frame.elided)
    yield from _in_disease(unit, frame, subjects)
    nouns = [*frame.objects, *(n for p, ns in frame.preps if p in ("for", "as", "with") for n in ns)]
    for noun in nouns:
        head = noun.head.lower
        yield from stated_effects(unit, frame, subjects, noun)
        if head in EFFECT_NOUNS | ROLE_NOUNS and not properties_in(noun):
            denied = bool(_NO_EFFECT.search(" ".join(w.text for w in noun.words))) or frame.verbs.negated
            relation = leaning_of(noun)
            places = (
                ("on", "upon", "against")
                if head in EFFECT_NOUNS
                else ("in", "for", "during")
                if noun in frame.objects
                else ("in", "during")
            )
            where = frame.prep(*places)
            if not where and denied and head in EFFECT_NOUNS:
                where = [n for n in frame.prep("in") if any(t.kind == "disease" for t in things(n))]
            targets = (
                [m for n in where for m in (n.members or [n])]
                if any(n.head.lower in ("body", "processes", "functions") for n in where)
                else where
            )
            for subject in subjects:
                for target in objects_of(unit, targets, frame):
                    if target.kind == "species" or (head in ROLE_NOUNS and target.kind == "disease"):
                        continue
                    draft = effect_draft(unit, frame, subject, relation, target, None, "effect.noun")
                    yield replace(draft, relation="no_effect", status="null_result") if denied else draft


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


def leaning_of(noun: Noun) -> str:
    words = {w.lower for w in noun.words}
    if words & {"inhibitory", "suppressive", "negative", "antagonistic", "repressive"}:
        return "decreases"
    if words & {"stimulatory", "positive", "stimulating", "activating", "trophic", "mitogenic"}:
        return "increases"
    return "regulates"


def stated_effects(
    unit: Unit,
    frame: Frame | None,
    subjects: list[Thing],
    noun: Noun,
    preps: list[tuple[str, list[Noun]]] | None = None,
) -> Iterator[Draft]:
    """The effects that the adjectives of an object state ("has anti-inflammatory properties")."""
    found = properties_in(noun)
    around = preps if preps is not None else (frame.preps if frame else [])
    text = " ".join(w.text for w in noun.words)
    for subject in subjects:
        for property_ in found:
            modality = modality_of(frame, unit.text) if frame is not None else modality_of(None, unit.text)
            if is_potential(text) or any(w.lower in ("potentially", "possibly") for w in noun.words):
                modality = "hedged" if modality == "asserted" else modality
            if property_.pending:
                against = [n for p, ns in around if p in ("against", "from") for n in ns]
                for target in (
                    objects_of(unit, against, frame) if against and frame else [t for n in against for t in things(n)]
                ):
                    yield Draft(subject, "decreases", target, property_.rule, "process", modality=modality)
                if not against:
                    yield from _protected(unit, subject, noun, around, modality, property_.rule)
                continue
            status, relation = "asserted", property_.relation
            if (frame is not None and frame.verbs.negated) or re.match(r"no\b", text, re.I):
                status, relation = "null_result", "no_effect"
            yield Draft(subject, relation, property_.object, property_.rule, "process", status, modality)


def _protected(
    unit: Unit, subject: Thing, noun: Noun, around: list[tuple[str, list[Noun]]], modality: str, rule: str
) -> Iterator[Draft]:
    """ "protective effects in neuronal injury models": protection of what is named there."""
    place = " ".join(w.lower for p, ns in around if p in ("in", "on") for n in ns for w in n.words)
    for stem, name in (
        ("neuro", "neuroprotection"),
        ("cardi", "cardioprotection"),
        ("hepat", "hepatoprotection"),
        ("renal", "renoprotection"),
    ):
        if stem in place or stem in unit.label.lower() or (stem == "neuro" and "nerv" in unit.intro.lower()):
            yield Draft(subject, "increases", Thing(name, kind="process"), rule, "process", modality=modality)
            return
    survival = re.search(r"\b([\w-]+ (?:neuron|cell|hepatocyte|cardiomyocyte|cell)s? survival)\b", unit.text)
    yield Draft(
        subject,
        "increases",
        Thing(survival[1] if survival else "protection", kind="process"),
        rule,
        "process",
        modality=modality,
    )


def compared(unit: Unit, frame: Frame) -> list[Thing]:
    """ "A raised B more than C", "A is a stronger inducer of B than C": C does so too."""
    nouns = frame.prep("than")
    if not nouns or frame.verbs.negated or not _MORE.search(unit.text):
        return []
    return [t for t in actors(unit, nouns) if t.is_molecule]


def copular(unit: Unit, frame: Frame) -> Iterator[Draft]:
    lemma = frame.verbs.lemma
    subjects = actors(unit, frame.subjects, frame.elided)
    without = frame.prep("without") if lemma in ("be", "remain") else []
    if any(n.head.lower in EFFECT_NOUNS for n in without):
        for subject in subjects:
            for target in objects_of(unit, frame.prep("on", "upon"), frame):
                draft = effect_draft(unit, frame, subject, "regulates", target, None, "effect.noun")
                yield replace(draft, relation="no_effect", status="null_result")
        return
    if lemma in ("require", "need", "involve") and (frame.verbs.passive or frame.verbs.form == "ed"):
        relation = "regulates" if lemma == "involve" else "increases"
        for subject in subjects:
            for target in objects_of(unit, frame.prep("for", "in"), frame):
                if target.kind == "species" or (lemma == "involve" and target.kind == "disease"):
                    continue
                yield effect_draft(unit, frame, subject, relation, target, None, "effect.required")
        return
    if lemma not in ("be", "act", "serve", "function", "become", "remain", "prove", "represent", "appear", "form"):
        return
    adjective = frame.adjective
    yield from _adjectival(unit, frame, subjects)
    relation = REQUIRED.get(adjective) or ("increases" if adjective in DISPENSABLE else "")
    if relation:
        for subject in subjects:
            for target in objects_of(unit, frame.prep("for", "to", "in"), frame):
                draft = effect_draft(unit, frame, subject, relation, target, None, "effect.required")
                yield replace(draft, relation="increases", status="refuted") if adjective in DISPENSABLE else draft
    for noun in frame.objects or frame.prep("as"):
        for word in noun.words[-1:]:
            leaning = AGENT_NOUNS.get(word.lower) or AGENT_NOUNS.get(word.lower.rstrip("s"))
            if leaning == "regulates":
                leaning = leaning_of(noun)
            if leaning and not noun.of and _OWN_LOOP.search(" ".join(w.lower for w in noun.words)):
                for subject in subjects:
                    for target in (t for t in unit.subject if t.name != subject.name):
                        yield effect_draft(unit, frame, subject, leaning, target, "activity", "effect.agent")
            if leaning and noun.of:
                for subject in [*subjects, *compared(unit, frame)]:
                    for target in _mediated(unit, noun.of, frame):
                        aspect = "activity" if "agonist" in word.lower and target.is_molecule else None
                        yield effect_draft(unit, frame, subject, leaning, target, aspect, "effect.agent")
            elif leaning and not noun.of and (aims := frame.prep(*_AIMED_BY.get(word.lower.rstrip("s"), ()))):
                for subject in subjects:
                    for target in objects_of(unit, aims, frame):
                        yield effect_draft(unit, frame, subject, leaning, target, None, "effect.agent")
            elif leaning and len(noun.words) > 1:
                names = [i for i, w in enumerate(noun.words[:-1]) if w.is_name]
                for subject in subjects:
                    for i in names:  # "an A receptor agonist" acts on the receptor
                        end = -1 if any(w.lower == "receptor" for w in noun.words[i:]) else i + 1
                        for target in things(Noun(noun.words[i:end])):
                            yield effect_draft(unit, frame, subject, leaning, target, "activity", "effect.agent")
            elif word.lower in ("antibody", "antibodies", "nanobody"):
                for subject in subjects:
                    for aimed in (things_of(w.mention) for w in noun.words if w.mention is not None and _against(w)):
                        yield effect_draft(unit, frame, subject, "decreases", aimed, "activity", "effect.agent")
            elif word.lower == "target" and noun.of:
                for subject in (t for n in noun.of for t in things(n)):
                    for target in subjects:
                        yield effect_draft(unit, frame, subject, "regulates", target, None, "effect.agent")
        yield from stated_effects(unit, frame, subjects, noun)


_ADJECTIVES = {
    "chemotactic": "increases", "mitogenic": "increases", "conducive": "increases", "permissive": "increases",
    "stimulatory": "increases", "protective": "decreases", "inhibitory": "decreases", "detrimental": "decreases",
    "suppressive": "decreases", "toxic": "decreases", "cytotoxic": "decreases", "lethal": "decreases",
    "deleterious": "decreases", "antagonistic": "decreases", "instrumental": "increases", "causative": "increases",
    "trophic": "increases", "beneficial": "increases",
}  # fmt: skip


def _adjectival(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    """ "A is chemotactic for B", "A is protective against B"."""
    relation = _ADJECTIVES.get(frame.adjective, "")
    where = (
        frame.prep("for", "to", "against", "in", "towards") if frame.adjective != "toxic" else frame.prep("to", "for")
    )
    for subject in subjects if relation else []:
        for target in objects_of(unit, where, frame):
            if target.kind not in ("species", "tissue", "anaphor", "disease") or frame.adjective == "protective":
                yield effect_draft(unit, frame, subject, relation, target, "process", "effect.agent")


def _against(word: Word) -> bool:
    return word.mention is not None and word.mention.is_molecule and word.prefix.lower().startswith("anti")


# the preposition that says what an agent acts on, where that is not "of"
_AIMED_BY = {
    "chemoattractant": ("for",), "attractant": ("for",), "contributor": ("to",), "stimulus": ("for",),
    "trigger": ("for",), "brake": ("on",), "barrier": ("to", "against"), "mitogen": ("for",),
    "antagonist": ("to", "for"), "stimulant": ("for",), "stimulator": ("for",),
    "inhibitor": ("for", "to"), "agonist": ("for", "at"),
}  # fmt: skip
_OWN_LOOP = re.compile(r"\b(?:feedback|natural|endogenous|physiological|negative|competitive) (?:\w+ )?\w+$")


def _mediated(unit: Unit, nouns: list[Noun], frame: Frame) -> list[Thing]:
    """ "a mediator of IL-11's protective effects": the protection."""
    out: list[Thing] = []
    for noun in nouns:
        stated = properties_in(noun)
        if stated:
            out += [
                Thing(
                    "neuroprotection" if p.pending and _neural(unit) else p.object.name, p.object.curie, None, "process"
                )
                for p in stated
            ]
        else:
            out += objects_of(unit, [noun], frame)
    return out


def _neural(unit: Unit) -> bool:
    return any(
        m.category in ("disease", "tissue", "cell")
        and re.search(r"neur|spinal|brain|alzheimer|parkinson|sclerosis", m.label, re.I)
        for m in [*unit.mentions, *([unit.disease] if unit.disease else [])]
    )
