"""The mean of an endpoint with an interval that holds for quasi-random worlds: from how far their replicates differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError
from ..worlds import Worlds

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Mean:
    """A mean over worlds.

    Attributes:
        error: its standard error.
        interval: 95 %.
    """

    value: float
    error: float
    interval: tuple[float, float]


def mean_over_worlds(values: Array, worlds: Worlds) -> Mean:
    """Give the weighted mean of one number of each world, with an interval of the mean.

    Quasi-random worlds are not independent, but their replicates are: the mean is that of the replicates' means, and
    its interval Student's.  Independent worlds are replicates of one.

    Args:
        values: such as the mean over a world's subjects; NaN where the world has none.  Shape (worlds,).
    Raises:
        StudyError: fewer than two replicates have a number.
    """
    from scipy.special import stdtrit

    known = np.isfinite(values)
    weighed = np.where(known, values, 0.0) * worlds.weights
    if worlds.net is None:
        which, count = np.arange(len(worlds)), len(worlds)
    else:
        which, count = worlds.net.replicate(worlds.numbers), worlds.net.replicates
    total = np.bincount(which, worlds.weights * known, count)
    sums = np.bincount(which, weighed, count)
    used = total > 0
    if used.sum() < 2:
        raise StudyError("mean", Problem("", "needs two replicates or more that came through", "draw more worlds"))
    value = float(sums.sum() / total.sum())
    n = int(used.sum())
    # a ratio of sums: each replicate's share of the deviation from the whole
    apart = (sums - value * total)[used] / (total.sum() / n)
    error = float(np.sqrt(np.square(apart).sum() / (n * (n - 1))))
    width = float(stdtrit(n - 1, 0.975)) * error
    return Mean(value, error, (value - width, value + width))
