"""An estimate beside chance: less the mean of its permutations, and positive only above their 95th percentile.

A share of a whole is measured on what chance leaves of the whole, (raw − chance)/(1 − chance), as an adjusted R² is:
of what is explained chance adds nothing, so that taking all of it off would make large shares too small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .grouping import Grouping, Means

Array = NDArray[np.float64]

PERMUTATIONS = 200
RESAMPLES = 100
ROUNDING = 1e-12


@dataclass(frozen=True)
class Worth:
    """An estimate with what it would be by chance.

    Attributes:
        value: the estimate less the mean of its permutations; for a share, on what these leave of the whole.
        interval: its central 90 %, by resampling worlds.
        raw: the estimate as it came.
        chance: the 95th percentile of the permutations.
        is_positive: whether the raw estimate lies above it.
    """

    value: float
    interval: tuple[float, float]
    raw: float
    chance: float
    is_positive: bool

    @property
    def net_chance(self) -> float:
        """The 95th percentile of the permutations less their mean: what `value` may be compared with."""
        return self.chance - (self.raw - self.value)


@dataclass(frozen=True)
class Statistic:
    """A number that is taken from a factor's groups.

    Attributes:
        of: takes the groups to the number, or those of several permutations to one each.
        is_share: it is a share of a whole, 1 where the factor explains everything.
    """

    of: Callable[[Means], Array]
    is_share: bool = False


def estimate(
    grouping: Grouping,
    statistics: Sequence[Statistic],
    *,
    permutations: int = PERMUTATIONS,
    resamples: int = RESAMPLES,
    seed: int | None = None,
) -> list[list[Worth]]:
    """Estimate statistics of the groups of every factor, with their chance and their interval.

    Args:
        seed: of the permutations and resamples; that of the worlds by default.
    Returns:
        One list for each statistic, with one estimate for each factor.
    """
    random = generator(grouping.worlds.seed if seed is None else seed)

    def measure(found: list[Means]) -> Array:
        """Give each statistic of each factor.  Shape (statistics, factors, …)."""
        return np.array([[statistic.of(means) for means in found] for statistic in statistics])

    def measured(several: Iterable[list[Means]], times: int) -> Array:
        """Give each statistic of each factor.  Shape (statistics, factors, times)."""
        shape = (len(statistics), len(grouping.factors), 0)
        found = np.concatenate([np.empty(shape), *map(measure, several)], axis=2)
        assert found.shape[2] == times
        return found

    raw = measure(grouping.observed())
    chance = measured(grouping.permuted(permutations, random), permutations)
    again = measured(grouping.resampled(resamples, random), resamples)
    return [
        [worth_of(float(raw[k, i]), chance[k, i], again[k, i], one.is_share) for i in range(len(grouping.factors))]
        for k, one in enumerate(statistics)
    ]


def worth_of(value: float, chance: Array, again: Array, is_share: bool = False) -> Worth:
    """Put an estimate beside its permutations and its resamples.

    Args:
        chance: the estimate after permutation.  Shape (permutations,), not empty.
        again: the estimate from resampled worlds.  Shape (resamples,).
    """
    limit = float(np.quantile(chance, 0.95, method="higher"))
    mean = float(chance.mean())
    net = (value - mean) / (1 - mean) if is_share and mean < 1 else value - mean
    if len(again):
        low, high = np.quantile(again - again.mean(), (0.05, 0.95), method="weibull") + net
    else:
        low = high = net
    # where no group changes the best arm the estimate is zero up to rounding, and so are its permutations
    is_positive = value > limit and value > ROUNDING
    return Worth(net, (max(0.0, float(low)), max(0.0, float(high))), value, limit, is_positive)


def generator(seed: int) -> np.random.Generator:
    """Give the generator of permutations and resamples; the draws of worlds do not come from it."""
    return np.random.Generator(np.random.Philox(key=[seed & 0xFFFFFFFFFFFFFFFF, 0x76616C7565]))
