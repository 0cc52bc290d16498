"""What a study's answer does not say: guesses, contests that nobody has tested, endpoints that nothing leads to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...claims.belief.contest_belief import NO_EVIDENCE
from ...studies.result import Result
from ...studies.value.valuation import Valuation

if TYPE_CHECKING:
    from ..question import StudyInLibrary

MOST_LISTED = 6
"""Names in one sentence of what is not known."""


def limits(asked: StudyInLibrary, result: Result, value: Valuation | None) -> list[str]:
    """List what the answer does not say, a sentence each.

    Args:
        value: what decides the study; None where it was refused.
    """
    from ..publishing import studies as published

    priors = asked.assembled.priors.values()
    guessed = sum(prior.trust.startswith("unv") for prior in priors)
    said = [
        f"{guessed} of the mechanism's {len(priors)} numbers are unverified or guesses, drawn from wide ranges.",
        "It is a simulation of what the literature allows, not evidence from patients.",
        *_unheard(asked, result),
        *published.limits(asked, result),
    ]
    if result.failed:
        said.append(f"{len(result.failed):,} of {result.trajectories:,} trajectories failed and count nowhere.")
    if result.worlds.effective < 0.5 * len(result.worlds):
        said.append(f"The weighted worlds are worth {result.worlds.effective:.0f} equal ones.")
    if value is not None and asked.study.decision is not None:
        weighed = published.utility_told(asked, result.labels)
        said.append(f"Better means more of: {weighed}. Other prices may choose another arm.")
    return said


def _unheard(asked: StudyInLibrary, result: Result) -> list[str]:
    """Name the contests of the study that nobody has tested, and those that one laboratory alone has."""
    contests = asked.beliefs(result.worlds.band).contests
    entering = [contests[name] for name in result.worlds.contests if name in contests]
    untested = [asked.titles[one.contest.id] for one in entering if one.status == NO_EVIDENCE]
    single = [
        asked.titles[one.contest.id]
        for one in entering
        if not one.observations and len({report.laboratory for report in one.reports if report.primary}) == 1
    ]
    said = []
    if untested:
        said.append(f"No evidence was found, so that the prior stands alone: {_listed(untested)}.")
    if single:
        said.append(f"Tested by one laboratory alone, as far as the library knows: {_listed(single)}.")
    return said


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_LISTED
    return "; ".join(names[:MOST_LISTED]) + (f"; and {more} more" if more > 0 else "")
