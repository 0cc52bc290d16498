"""Whom the beliefs of a study are about: its subjects, and another species where the mechanism has something of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base.errors import Problem, StudyError
from ..claims.vocabulary import plural

if TYPE_CHECKING:
    from .question import StudyInLibrary


def species_elsewhere(asked: StudyInLibrary) -> dict[str, str]:
    """Give contest → the species whose effect it is in a study, where that is not the subjects' own.

    Raises:
        StudyError: two switches ask one contest of two species.
    """
    mine = asked.stated.cohort.species
    found: dict[str, set[str]] = {}
    for one in asked.assembled.switches:
        found.setdefault(asked.mechanism.switches[one.id].contest, set()).add(one.species or mine)
    twice = [
        Problem(name, f"is asked of {' and of '.join(sorted(species))}", "give its switches one species")
        for name, species in sorted(found.items())
        if len(species) > 1
    ]
    if twice:
        raise StudyError(f"study '{asked.name}'", twice)
    return {name: next(iter(species)) for name, species in found.items() if species != {mine}}


def believed_of(asked: StudyInLibrary) -> str:
    """Say whom a study's beliefs are about, such as `mice`."""
    mine = plural(asked.stated.cohort.species)
    others = sorted({plural(species) for species in asked.elsewhere.values()})
    return f"{mine}, and about {' and '.join(others)} in what the mechanism has of them" if others else mine
