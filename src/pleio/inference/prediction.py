"""What a paper would have printed: from the mean and the spread of each world's subjects to a predictive distribution.

A printed mean of n subjects is less certain than the world's mean by the standard error, and a printed share of n
patients by binomial chance.  Each world gives a handful of equally likely printed values; all of them, weighted as
their worlds are, are the predictive distribution.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..studies.endpoints.quantiles import weighted_quantiles
from .scoring import Scale

Array = NDArray[np.float64]

UNSTATED_GROUP = 12
"""Size taken for a group whose size was not printed.  A guess: animal and cell experiments have fewer, trials more."""
MODEL_ERROR = 0.2
"""What a module is off by beyond the error that was printed, on the scale of the readout, all that one source reports
together.  A guess: no module of this kind is right to better than a fifth.  It weighs sources where several set one
number; `scripts/fit_between_studies.py` finds no more between studies than forecasts hold already."""
PRINTED = 15
"""Equally likely printed values per world."""
QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Predicted:
    """A predictive distribution, in the unit of what was observed.

    Attributes:
        values: Shape (draws,).
        weights: Shape (draws,).
    """

    values: Array
    weights: Array

    @property
    def interval(self) -> tuple[float, float, float]:
        """The 5 %, 50 % and 95 % quantiles; NaN where no world with a weight could be simulated."""
        held = np.isfinite(self.values) & (self.weights > 0)
        if not held.any():
            return (math.nan, math.nan, math.nan)
        low, middle, high = weighted_quantiles(self.values[held], self.weights[held], QUANTILES, axis=0)
        return (float(low), float(middle), float(high))

    def chance(self, holds: NDArray[np.bool_]) -> float:
        """Give the probability of what holds in some of the draws; a failed world holds nothing.

        Args:
            holds: Shape (draws,), as `values`.
        """
        return float(self.weights[holds].sum() / self.weights.sum())


def predict(
    scale: Scale,
    means: Array,
    spreads: Array,
    weights: Array,
    *,
    error: float | None,
    n: int | None,
) -> Predicted:
    """Predict a printed mean or share.

    Args:
        scale: `log odds` marks a share, whose chance is binomial.
        means: of each world's subjects.  Shape (worlds,), dimensionless where the scale is of a change or a share.
        spreads: standard deviation between each world's subjects.  Shape (worlds,).
        weights: Shape (worlds,).
        error: the standard error as printed, relative to the mean where the scale is `log`, else in the unit of
            `means`; from `spreads` and `n` where None.
        n: size of the group.
    """
    levels = (np.arange(PRINTED) + 0.5) / PRINTED
    size = n or UNSTATED_GROUP
    if scale == "log odds":
        values = _shares(means, size, levels)
    else:
        stated = np.full(len(means), error or 0.0) * (means if scale == "log" else 1.0)
        errors = spreads / math.sqrt(size) if error is None else stated
        values = _means(scale, means, errors, levels)
    return Predicted(values.ravel(), np.repeat(weights / PRINTED, PRINTED))


def exactly(means: Array, weights: Array) -> Predicted:
    """Predict without any error of sampling or measurement: for statements about the truth.

    Args:
        means: in the unit of what is predicted, NaN where a world failed.  Shape (draws,).
        weights: not negative.  Shape (draws,).
    """
    return Predicted(np.asarray(means), np.asarray(weights))


def _means(scale: Scale, means: Array, errors: Array, levels: Array) -> Array:
    """Draw positive means as log-normal with the given mean and standard deviation.  Shape (worlds, PRINTED)."""
    from scipy.special import ndtri

    shift = 1.0 if scale == "log1p" else 0.0
    centre = np.maximum(means + shift, 1e-9)
    variance = np.log1p(np.square(errors / centre))
    drawn = np.exp(np.log(centre)[:, None] - variance[:, None] / 2 + np.sqrt(variance)[:, None] * ndtri(levels))
    values: Array = np.where(np.isfinite(means)[:, None], drawn - shift, np.nan)
    return values


def _shares(chances: Array, size: int, levels: Array) -> Array:
    from scipy.stats import binom

    held = np.isfinite(chances)
    chance = np.clip(np.where(held, chances, 0.5), 0, 1)[:, None]
    counts = binom.ppf(levels[None, :], size, chance)
    return np.where(held[:, None], counts / size, np.nan)
