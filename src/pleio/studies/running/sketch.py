"""Quantiles of numbers that are seen once and not kept: weights in bins that are even on a logarithmic scale.

A quantile is off by at most half a per cent of its value.  Bins are fixed beforehand, so memory is flat, and parts are
added in a fixed order, so the same numbers give the same bits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ACCURACY = 0.005
SMALLEST, LARGEST = 1e-12, 1e15
"""What is smaller counts as zero; what is larger, as this."""

_STEP = math.log((1 + ACCURACY) / (1 - ACCURACY))
_BINS = math.ceil(math.log(LARGEST / SMALLEST) / _STEP)


class Sketch:
    """The weights of numbers, by bins: negative, zero, positive."""

    def __init__(self) -> None:
        self.weights = np.zeros(2 * _BINS + 1)

    def add(self, values: Array, weights: Array) -> None:
        """Count numbers in; those that are not finite are left out.

        Args:
            values: Shape (numbers,).
            weights: not negative.  Shape (numbers,).
        """
        known = np.isfinite(values)
        where = _BINS + np.sign(values[known]).astype(np.int64) * _bin(np.abs(values[known]))
        self.weights += np.bincount(where, weights=weights[known], minlength=len(self.weights))

    def quantiles(self, levels: Sequence[float]) -> list[float]:
        """Give the numbers below which shares of the weight lie; NaN where nothing was counted."""
        total = np.cumsum(self.weights)
        if total[-1] == 0:
            return [math.nan] * len(levels)
        places = np.searchsorted(total, np.asarray(levels) * total[-1], side="left")
        return [_middle(int(place) - _BINS) for place in np.minimum(places, 2 * _BINS)]


def _bin(sizes: Array) -> NDArray[np.int64]:
    """Number a size's bin from 1; 0 where it counts as zero."""
    inside = np.clip(sizes, SMALLEST, LARGEST)
    found = 1 + np.floor(np.log(inside / SMALLEST) / _STEP).astype(np.int64)
    return np.where(sizes < SMALLEST, 0, np.minimum(found, _BINS))


def _middle(place: int) -> float:
    if place == 0:
        return 0.0
    low = SMALLEST * math.exp((abs(place) - 1) * _STEP)
    return math.copysign(low * (1 + math.exp(_STEP)) / 2, place)
