"""Whether the answer holds for a sceptic and for a believer: the same worlds, weighted by another belief.

A band changes how probable a world is and nothing in it, so no trajectory is computed again: a world's weight is
multiplied by the ratio of its probabilities under the two posteriors, which are known exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..base.errors import Problem, StudyError
from ..studies.result import Result
from ..studies.value.information import decide
from ..studies.worlds import FEWEST_EFFECTIVE, Worlds
from .worlds import Posterior

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Answer:
    """The decision under one belief.

    Attributes:
        best: the arm with the greatest mean net benefit.
        means: arm → mean net benefit, in the utility's unit.
        chances: arm → how often it is the best.
        evpi: what knowing the world would add.
        effective: the effective sample size of the reweighted worlds.
    """

    band: str
    best: str
    means: Mapping[str, float]
    chances: Mapping[str, float]
    evpi: float
    effective: float

    @property
    def is_told(self) -> bool:
        """Whether enough worlds stand behind it."""
        return self.effective >= FEWEST_EFFECTIVE


def believed(worlds: Worlds, before: Posterior, after: Posterior, band: str) -> Worlds:
    """Give the same worlds, weighted by another belief.

    Args:
        before: the posterior that the worlds were drawn from.
        after: the other, of the same contests and assumptions.
    Raises:
        StudyError: a world of the one is impossible in the other by rule (a contest settled there only).
    """
    ratio = np.ones(len(worlds))
    for one, other in zip(before.groups, after.groups, strict=True):
        kept = [name for name in one.names if name in worlds.assumptions]
        if kept:
            index = tuple(worlds.assumptions[name].index for name in kept)
            ratio *= _over(other.marginal(kept)[index], one.marginal(kept)[index])
    for name, states in worlds.contests.items():
        if before.always.get(name) != after.always.get(name):
            raise StudyError(
                f"band '{band}'",
                Problem(
                    name, "is settled in one of the bands only, so that worlds cannot be shared", "run the band anew"
                ),
            )
        if name not in before.always:
            chances = [_chances(posterior, name, worlds) for posterior in (before, after)]
            here = np.arange(len(worlds))
            ratio *= _over(chances[1][here, states.index], chances[0][here, states.index])
    return replace(worlds.reweighted(ratio), band=band)


def answers(result: Result, posteriors: Mapping[str, Posterior]) -> tuple[Answer, ...]:
    """Give the decision of a study in each belief band.

    Args:
        posteriors: band → posterior, with the one that the worlds were drawn from among them.
    """
    before = posteriors[result.worlds.band]
    found = []
    for band, posterior in posteriors.items():
        worlds = result.worlds if band == result.worlds.band else believed(result.worlds, before, posterior, band)
        decision = decide(result.utility(), worlds.weights)
        arms = result.arms
        found.append(
            Answer(
                band,
                arms[decision.best],
                dict(zip(arms, map(float, decision.means), strict=True)),
                dict(zip(arms, map(float, decision.chances), strict=True)),
                decision.evpi,
                worlds.effective,
            )
        )
    return tuple(found)


def stability(found: tuple[Answer, ...]) -> str:
    """Say in one sentence whether the best arm is the same in every band."""
    told = [answer for answer in found if answer.is_told]
    thin = [answer.band for answer in found if not answer.is_told]
    rest = f" Too few worlds stand behind {' and '.join(thin)} to say." if thin else ""
    if not told:
        return rest.strip()
    best = {answer.best for answer in told}
    bands = ", ".join(answer.band for answer in told)
    if len(best) == 1:
        return f"'{told[0].best}' is best on average in every band told apart ({bands}).{rest}"
    parts = ", ".join(f"'{answer.best}' for the {answer.band}" for answer in told)
    return f"The arm that is best on average depends on the band: {parts}.{rest}"


def _chances(posterior: Posterior, contest: str, worlds: Worlds) -> Array:
    """Give the probability of each outcome in each world's assumptions.  Shape (worlds, outcomes)."""
    table = posterior.tables[contest]
    index = tuple(worlds.assumptions[name].index for name in table.assumptions)
    rows = table.posterior[index]
    return np.broadcast_to(rows, (len(worlds), rows.shape[-1]))


def _over(above: Array, below: Array) -> Array:
    return np.asarray(np.divide(above, below, out=np.zeros_like(above), where=below > 0))
