"""How much each world counts once the number of the group beside a row is known: its placebo, or its other dose.

A trial's control arm says how hard its chemotherapy was and how often its patients have the event anyway; a study's
healthy people say what its kit makes of their IL-11.  Every forecast of a row hears it alike, with effects or without.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...inference.prediction import MODEL_ERROR, UNSTATED_GROUP
from ...inference.scoring import transform
from .numbers import Simulates, natural_factor, numbers
from .rows import Plan, Side

if TYPE_CHECKING:
    from .forecasts import Forecast

Array = NDArray[np.float64]
LEAST_WORLDS = 8.0
"""Worlds' worth of weight that is kept: where fewer are like the group beside, its number counts for less.  A guess:
each prints several numbers, so that eight have ends; to keep sixteen let worlds in that were nothing like it."""


def weighed(
    one: Plan, weights: Array, forecaster: Simulates, which: Forecast, left_out: str, wanted: Mapping[Side, set[str]]
) -> Array:
    """Weigh worlds by how near each comes to the number of the group beside; as they were, where none is printed.

    Args:
        weights: of the row's own group, arms and choices of people one after another.  Shape (arms * parts * worlds,).
    """
    if one.beside is None:
        return weights
    means, spreads, _ = numbers(one, one.beside, forecaster, which, left_out, wanted)
    parts = 3 if one.beside.then else 1
    worlds = len(means) // (parts * len(one.beside.arms))
    surprise = _surprise(one, means, spreads).reshape(len(one.beside.arms), parts * worlds)
    # arms of a printed range are equally likely: their likelihoods are averaged, not their surprises
    least = surprise.min(axis=0)
    near = least - np.log(np.exp(least - surprise).mean(axis=0))
    return _held(weights, np.tile(near, len(weights) // len(near)))


def _surprise(one: Plan, means: Array, spreads: Array) -> Array:
    """Give minus the logarithm of the likelihood of the printed number; infinite where a world failed."""
    other, scale = one.row.comparator, one.readout.scale
    assert other is not None and other.value is not None
    factor, n = natural_factor(one.row), other.n or one.row.group or UNSTATED_GROUP
    smallest = 0.5 / (n + 1) if scale == "log odds" else 1e-6
    stated = other.spread * factor / (1.0 if one.row.spread.kind == "SE" else math.sqrt(n)) if other.spread else None
    seen = transform(scale, other.value * factor, smallest=smallest)
    if scale == "log odds":  # the binomial error of what was printed: at a world's own share none would be near to all
        share = min(max(other.value * factor, smallest), 1 - smallest)
        sampling = np.full(len(means), 1 / math.sqrt(n * share * (1 - share)))
    else:
        level = np.maximum(means + (1.0 if scale == "log1p" else 0.0), 1e-9)
        sampling = (spreads / math.sqrt(n) if stated is None else stated) / level
    error = np.hypot(sampling, MODEL_ERROR)
    placed = np.array([transform(scale, float(mean), smallest=smallest) for mean in means])
    found = 0.5 * np.square((placed - seen) / error) + np.log(error)
    return np.where(np.isfinite(means), found, np.inf)


def _held(weights: Array, surprise: Array) -> Array:
    """Weigh by a likelihood, to such a power that the weight of at least `LEAST_WORLDS` stays."""
    held = np.isfinite(surprise) & (weights > 0)
    if not held.any():
        return weights
    near = np.where(held, surprise - surprise[held].min(), np.inf)

    def to_power(power: float) -> Array:
        return np.asarray(np.where(held, weights * np.exp(-power * np.where(held, near, 0.0)), 0.0))

    least = min(LEAST_WORLDS, _worth(weights))
    low, high = 0.0, 1.0
    if _worth(to_power(1.0)) >= least:
        return to_power(1.0)
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if _worth(to_power(middle)) >= least else (low, middle)
    return to_power(low)


def _worth(weights: Array) -> float:
    """Give how many equal worlds weights are worth (Kish)."""
    return float(weights.sum() ** 2 / np.square(weights).sum())
