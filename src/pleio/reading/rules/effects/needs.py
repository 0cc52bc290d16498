"""Needs that a verb states: "B requires A", "B depends on A", "B occurs independently of A".

Rule id: `effect.required`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...grammar.pointing import points_back
from ...things import Thing, things
from ...unit import Unit
from ...words.lexicon import ACTION_NOUNS, EFFECT_NOUNS
from ..finish import effect_draft
from ..targets import VAGUE


def needed(unit: Unit, frame: Frame) -> Iterator[Draft] | None:
    """Read what the subject of a verb needs or goes on without; none of a verb that tells neither."""
    if _is_free(frame) and not frame.verbs.negated:
        return _independent(unit, frame)
    needs = frame.objects if frame.verbs.lemma == "require" else frame.prep("on", "upon") if _depends(frame) else []
    if not needs or frame.verbs.passive or any(n.head.lower in EFFECT_NOUNS for n in frame.subjects):
        return None
    return _required(unit, frame, needs)


def _is_free(frame: Frame) -> bool:
    """Say whether a verb tells that something goes on without another: "occurs independently of A"."""
    lemma = frame.verbs.lemma
    if lemma in ("be", "occur", "proceed") and "independently" in frame.particles:
        return True
    return lemma == "be" and frame.adjective == "independent"


def _independent(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "B occurs independently of A": that A is needed is refuted."""
    for subject in (t for n in frame.prep("of", "from") for t in things(n) if t.is_molecule and not t.loss):
        for target in _needing(unit, frame):
            if not _is_vague(target) and target.kind != "anaphor":
                draft = effect_draft(unit, frame, subject, "increases", target, None, "effect.required")
                yield replace(draft, status="refuted")


def _required(unit: Unit, frame: Frame, needs: list[Noun]) -> Iterator[Draft]:
    """ "B requires A", "B depends on A": A raises B."""
    cells = any(n.head.known == "cell" for n in frame.subjects)
    for need in needs:
        for subject in (t for t in things(need) if t.is_molecule or t.kind in ("process", "pathway", "cell")):
            for target in _needing(unit, frame):
                if target.kind == "cell" and not cells:
                    continue  # "the response of B cells to A requires C": the response
                if not _is_vague(target):
                    yield effect_draft(unit, frame, subject, "increases", target, None, "effect.required")


def _is_vague(thing: Thing) -> bool:
    return thing.name.lower().split(" ")[-1] in VAGUE


def _needing(unit: Unit, frame: Frame) -> list[Thing]:
    """What needs something: of "activation of B by A" it is B, not the A that does it."""
    out: list[Thing] = []
    for noun in (n for n in frame.subjects if not points_back(n)):
        done = noun.head.lower in ACTION_NOUNS and bool(noun.of)
        by = any(p == "by" for p, _ in (*noun.preps, *frame.subject_preps))
        out += things(noun) if done and by else actors(unit, [noun])
    return out or actors(unit, [], frame.elided)


def _depends(frame: Frame) -> bool:
    """ "B depends on A", "B is dependent on A"."""
    told = frame.verbs.lemma == "be" and frame.adjective in ("dependent", "reliant", "contingent", "conditional")
    return told or frame.verbs.lemma in ("depend", "rely", "hinge")
