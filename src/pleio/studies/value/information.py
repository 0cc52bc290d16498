"""The value of information: what knowing a contest, an assumption or a parameter would add to the decision.

The decision is made per population, so the net benefit of an arm in a world is the mean over its subjects; what is not
known is which world holds.  EVPPI is exact for what has states, since group means then are conditional means; for a
parameter it is taken from a spline through the means of bins.  The theory is in docs/theory/value.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError
from ..worlds import FEWEST_EFFECTIVE, Worlds
from .factors import Factor
from .grouping import Grouping, Means
from .worth import Statistic, Worth, estimate

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Decision:
    """The decision under all worlds, and what perfect information would add.

    Attributes:
        means: the mean net benefit of each arm.  Shape (arms,).
        best: which arm has the greatest.
        chances: how often each arm is the best.  Shape (arms,), summing to 1.
        evpi: the mean gain of choosing in each world the arm that is best there.
        evpi_held_out: the same, each world's arm chosen on half of its subjects and paid by the other half; lower,
            since the subjects' luck cannot pose as knowledge.
    """

    means: Array
    best: int
    chances: Array
    evpi: float
    evpi_held_out: float


def decide(benefit: Array, weights: Array) -> Decision:
    """Choose the arm with the greatest mean net benefit, and say what perfect information would add.

    Args:
        benefit: net benefit.  Shape (arms, worlds, subjects), in the utility's unit; NaN for a subject who failed, who
            then counts in no arm.
        weights: of the worlds.  Shape (worlds,).
    Raises:
        StudyError: no world has a subject who came through in every arm.
    """
    paired = population(benefit)
    usable = np.isfinite(paired).all(axis=0)
    if not usable.any():
        raise StudyError("decision", "no subject came through in every arm, so that arms cannot be compared")
    means, best = _means(paired[:, usable], weights[usable])
    winner = paired[:, usable].argmax(axis=0)
    chances = np.bincount(winner, weights=weights[usable], minlength=len(paired)) / weights[usable].sum()
    gain = paired[:, usable].max(axis=0) - paired[best, usable]
    return Decision(means, best, chances, float(np.average(gain, weights=weights[usable])), _held_out(benefit, weights))


def population(benefit: Array) -> Array:
    """Give the mean over the subjects who came through in every arm.  Shape (arms, worlds); NaN where there is none."""
    whole = np.isfinite(benefit).all(axis=0)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(whole, benefit, 0.0).sum(axis=2) / whole.sum(axis=1))


def _means(paired: Array, weights: Array) -> tuple[Array, int]:
    means = np.average(paired, axis=1, weights=weights)
    return means, int(means.argmax())


def _held_out(benefit: Array, weights: Array) -> float:
    if benefit.shape[2] < 2:
        return float("nan")
    halves = [population(benefit[:, :, start::2]) for start in (0, 1)]
    usable = np.isfinite(halves[0]).all(axis=0) & np.isfinite(halves[1]).all(axis=0)
    if not usable.any():
        return float("nan")
    one, other = (half[:, usable] for half in halves)
    _, best = _means(one + other, weights[usable])
    columns = np.arange(one.shape[1])
    gains = [paid[chosen.argmax(axis=0), columns] - paid[best] for chosen, paid in ((one, other), (other, one))]
    return float(np.average(0.5 * (gains[0] + gains[1]), weights=weights[usable]))


def evppi(means: Means) -> Array:
    """Give the value of knowing a factor's group: Σ p max E[benefit | group] − max E[benefit].  Shape (…,)."""
    known = (means.shares * means.means.max(axis=-1)).sum(axis=-1)
    unknown = (means.shares[..., None, :] @ means.means)[..., 0, :].max(axis=-1)
    return np.asarray(known - unknown)


def values_of(factors: Sequence[Factor], worlds: Worlds, benefit: Array, **options: int) -> list[Worth]:
    """Give the expected value of perfect information about each factor.

    Args:
        benefit: of each arm, averaged over subjects.  Shape (arms, worlds), in the utility's unit, without NaN.
        options: of `worth.estimate`.
    Returns:
        One for each factor, in the utility's unit.
    Raises:
        StudyError: the worlds weigh less than 400 equal ones.
    """
    require_enough(worlds)
    return estimate(Grouping(factors, worlds, gains(benefit, worlds.weights).T), [Statistic(evppi)], **options)[0]


def gains(benefit: Array, weights: Array) -> Array:
    """Give each arm's benefit less that of the arm that is best on average.

    The value of information is the same, and an arm that is best everywhere has exactly none to add.

    Args:
        benefit: Shape (arms, worlds).
    """
    return np.asarray(benefit - benefit[np.average(benefit, axis=1, weights=weights).argmax()])


def require_enough(worlds: Worlds) -> None:
    """Refuse to value information from too few worlds.

    Raises:
        StudyError: their effective sample size is below 400.
    """
    if worlds.effective < FEWEST_EFFECTIVE:
        need = int(np.ceil(FEWEST_EFFECTIVE / max(worlds.effective, 1.0) * len(worlds) / 256) * 256)
        raise StudyError(
            "value of information",
            Problem(
                f"{len(worlds)} worlds",
                f"weigh as {worlds.effective:.0f} equal ones; at least {FEWEST_EFFECTIVE} are needed",
                f"run with about {need:,} worlds",
            ),
        )
