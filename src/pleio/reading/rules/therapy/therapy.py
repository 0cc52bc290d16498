"""Treatment: approved and used for, under investigation for, adverse effects."""

from __future__ import annotations

from collections.abc import Iterator

from ...draft import Draft
from ...unit import Unit, frames
from .blamed import blamed, listed_after_colon
from .efficacy import efficacy
from .harm_lists import harm_lists
from .harms import harms
from .indications import approved, licensed, listed_as_approved, made_for, treated, used
from .listed_uses import listed_uses
from .prospects import potential, studied, tried, under_study
from .side_effects import side_effects
from .trial_aims import trial_aims
from .trial_outcomes import trials
from .usefulness import useful


def therapy(unit: Unit) -> Iterator[Draft]:
    """Read what a sentence says about treatment and its harms."""
    for frame in frames(unit):
        yield from approved(unit, frame)
        yield from made_for(unit, frame)
        yield from licensed(unit, frame)
        yield from used(unit, frame)
        yield from treated(unit, frame)
        yield from useful(unit, frame)
        yield from studied(unit, frame)
        yield from tried(unit, frame)
        yield from trial_aims(unit, frame)
        yield from efficacy(unit, frame)
        yield from side_effects(unit, frame)
    if (
        not unit.clauses.frames
        or (unit.bullet and unit.clauses.loose)
        or any(
            f.verbs.lemma in ("be", "represent") and n.head.lower in ("target", "candidate", "treatment", "therapy")
            for f in frames(unit)
            for n in f.objects
        )
    ):
        yield from potential(unit)
    yield from harms(unit)
    yield from blamed(unit)
    yield from listed_after_colon(unit)
    yield from harm_lists(unit)
    yield from trials(unit)
    yield from listed_as_approved(unit)
    yield from under_study(unit)
    if unit.mode in ("adverse", "indication") and unit.bullet:
        yield from listed_uses(unit)
