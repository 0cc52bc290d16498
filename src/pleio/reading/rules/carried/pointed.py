"""What is done to an effect told before: "this effect was blocked by C", "B is needed for this effect".

Rule ids: `carried.effect`, `carried.needed`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...actors.agent import is_agent
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import modality_of
from ...grammar.phrases import Noun
from ...grammar.pointing import points_back
from ...unit import Unit
from ...words.predicates import DECREASES, INCREASES, PHRASAL, VERBS
from ..finish import FLIP, finish


def blocked(unit: Unit, frame: Frame, before: list[Draft]) -> Iterator[Draft]:
    """ "This effect was blocked by C", "C abolished the response", "an effect that C mimicked"."""
    relation = VERBS[frame.verbs.lemma].relation if frame.verbs.lemma in VERBS else ""
    relation = relation if relation in (INCREASES, DECREASES) else _phrasal(frame)
    needs = frame.verbs.lemma in ("require", "depend", "rely")
    if not relation and not needs:
        return
    passive = frame.verbs.passive or (frame.verbs.form == "ed" and not frame.verbs.finite)
    pointed = frame.subjects if passive or needs else frame.objects
    agents = frame.prep("by") if passive else frame.prep("on", "upon") or frame.objects if needs else frame.subjects
    if not any(_points(n) for n in pointed) or not agents:
        return
    denied = frame.denied_prep("by") if passive else frame.denied_subjects
    for nouns, null in ((agents, frame.verbs.negated), (denied, True)):
        for subject in actors(unit, nouns):
            if not is_agent(subject):
                continue
            for d in before:
                sign = d.relation if not d.system else FLIP.get(d.relation, d.relation)
                if sign not in FLIP:
                    continue
                found = sign if relation == INCREASES or needs else FLIP[sign]
                draft = Draft(
                    subject, found, d.object, "carried.effect", d.aspect, "asserted",
                    modality_of(frame, unit.text), verb=frame.verbs.main.start,
                )  # fmt: skip
                yield replace(draft, relation="no_effect", status="null_result") if null else finish(draft)


def needed(unit: Unit, frame: Frame, before: list[Draft]) -> Iterator[Draft]:
    """ "B is needed for this effect", "this effect was independent of B"."""
    word = frame.adjective or (frame.verbs.main.lower if frame.verbs.passive else "")
    if word == "independent":
        agents, pointed, status = frame.prep("of"), frame.subjects, "refuted"
    elif word in ("needed", "required", "necessary", "essential", "indispensable", "crucial"):
        agents, pointed = frame.subjects, frame.prep("for", "to")
        status = "refuted" if frame.verbs.negated else "asserted"
    elif word in ("dispensable", "redundant"):
        agents, pointed, status = frame.subjects, frame.prep("for", "in"), "refuted"
    elif word == "dependent":
        agents, pointed, status = frame.prep("on"), frame.subjects, "refuted" if frame.verbs.negated else "asserted"
    else:
        return
    if not any(_points(n) for n in pointed):
        return
    for subject in (t for t in actors(unit, agents) if is_agent(t)):
        for d in before:
            sign = FLIP.get(d.relation, d.relation) if d.system else d.relation
            if sign in FLIP:
                yield Draft(
                    subject, sign, d.object, "carried.needed", d.aspect, status, modality_of(frame, unit.text),
                    verb=frame.verbs.main.start,
                )  # fmt: skip


def _phrasal(frame: Frame) -> str:
    return next((PHRASAL[frame.verbs.lemma, p] for p in frame.particles if (frame.verbs.lemma, p) in PHRASAL), "")


def _points(noun: Noun) -> bool:
    return noun.head.lower in ("this", "that", "it") if noun.pronoun else points_back(noun)
