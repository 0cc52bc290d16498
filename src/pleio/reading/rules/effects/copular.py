"""Effects that a noun or adjective states after "is": "is an inhibitor of B", "is required for B", "is toxic to B".

Rule ids: `effect.noun`, `effect.required`, `effect.agent`, and those of `properties_of`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...plain.word import Word
from ...things import Thing, things, things_of
from ...unit import Unit
from ...words.lexicon import AGENT_NOUNS, DISPENSABLE, EFFECT_NOUNS, REQUIRED
from ..finish import effect_draft
from ..targets import objects_of
from .properties_of import properties_in
from .stated_by import leaning_of, stated_effects

_MORE = re.compile(r"\b(?:more|less|stronger|weaker|better|greater|faster)\b", re.I)
_BEING = set("be act serve function become remain prove represent appear form".split())


def copular(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A is an inhibitor of B", "A is required for B", "A is without effect on B"."""
    lemma = frame.verbs.lemma
    subjects = actors(unit, frame.subjects, frame.elided)
    if lemma in ("be", "remain") and any(n.head.lower in EFFECT_NOUNS for n in frame.prep("without")):
        yield from _without_effect(unit, frame, subjects)
    elif lemma in ("require", "need", "involve") and (frame.verbs.passive or frame.verbs.form == "ed"):
        yield from _required(unit, frame, subjects)
    elif lemma in _BEING:
        yield from _adjectival(unit, frame, subjects)
        yield from _essential(unit, frame, subjects)
        for noun in frame.objects or frame.prep("as"):
            yield from _agent(unit, frame, subjects, noun)
            yield from stated_effects(unit, frame, subjects, noun)


def _without_effect(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    for subject in subjects:
        for target in objects_of(unit, frame.prep("on", "upon"), frame):
            draft = effect_draft(unit, frame, subject, "regulates", target, None, "effect.noun")
            yield replace(draft, relation="no_effect", status="null_result")


def _required(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    """ "A is required for B", "A is involved in B"."""
    involved = frame.verbs.lemma == "involve"
    for subject in subjects:
        for target in objects_of(unit, frame.prep("for", "in"), frame):
            if target.kind == "species" or (involved and target.kind == "disease"):
                continue
            relation = "regulates" if involved else "increases"
            yield effect_draft(unit, frame, subject, relation, target, None, "effect.required")


def _essential(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    """ "A is essential for B", "A is dispensable for B"."""
    dispensable = frame.adjective in DISPENSABLE
    relation = REQUIRED.get(frame.adjective) or ("increases" if dispensable else "")
    for subject in subjects if relation else []:
        for target in objects_of(unit, frame.prep("for", "to", "in"), frame):
            draft = effect_draft(unit, frame, subject, relation, target, None, "effect.required")
            yield replace(draft, relation="increases", status="refuted") if dispensable else draft


def _agent(unit: Unit, frame: Frame, subjects: list[Thing], noun: Noun) -> Iterator[Draft]:
    """ "A is an inhibitor of B", "a B agonist", "an anti-B antibody", "a target of B"."""
    word = noun.head.lower
    leaning = AGENT_NOUNS.get(word) or AGENT_NOUNS.get(word.rstrip("s"))
    if leaning == "regulates":
        leaning = leaning_of(noun)
    if leaning:
        for subject, target, aspect in _acted_on(unit, frame, subjects, noun):
            yield effect_draft(unit, frame, subject, leaning, target, aspect, "effect.agent")
    elif word in ("antibody", "antibodies", "nanobody"):
        aimed = [things_of(w.mention) for w in noun.words if w.mention is not None and _against(w)]
        for subject in subjects:
            for target in aimed:
                yield effect_draft(unit, frame, subject, "decreases", target, "activity", "effect.agent")
    elif word == "target":
        for subject in (t for n in noun.of for t in things(n)):
            for target in subjects:
                yield effect_draft(unit, frame, subject, "regulates", target, None, "effect.agent")


def _acted_on(unit: Unit, frame: Frame, subjects: list[Thing], noun: Noun) -> Iterator[tuple[Thing, Thing, str | None]]:
    """Give who acts as the agent that a noun names, on what, and on which readout of it."""
    word = noun.head.lower
    if noun.of:
        for subject in [*subjects, *compared(unit, frame)]:
            for target in _mediated(unit, noun.of, frame):
                yield subject, target, "activity" if "agonist" in word and target.is_molecule else None
        return
    if _OWN_LOOP.search(" ".join(w.lower for w in noun.words)):
        for subject in subjects:
            for target in (t for t in unit.subject if t.name != subject.name):
                yield subject, target, "activity"
    if aims := frame.prep(*_AIMED_BY.get(word.rstrip("s"), ())):
        for subject in subjects:
            for target in objects_of(unit, aims, frame):
                yield subject, target, None
        return
    names = [i for i, w in enumerate(noun.words[:-1]) if w.is_name]
    for subject in subjects:
        for i in names:  # "an A receptor agonist" acts on the receptor
            end = -1 if any(w.lower == "receptor" for w in noun.words[i:]) else i + 1
            for target in things(Noun(noun.words[i:end])):
                yield subject, target, "activity"


def compared(unit: Unit, frame: Frame) -> list[Thing]:
    """ "A raised B more than C", "A is a stronger inducer of B than C": C does so too."""
    nouns = frame.prep("than")
    if not nouns or frame.verbs.negated or not _MORE.search(unit.text):
        return []
    return [t for t in actors(unit, nouns) if t.is_molecule]


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
