"""Quantiles of numbers that are seen once and not kept: counts in bins whose width grows with the value.

Bin k holds (gᵏ⁻¹, gᵏ] with g = (1 + e)/(1 − e), and stands for a number that is within e of all it holds, relatively;
so every quantile is that of the numbers, within e.  Zero has a bin of its own, and negative numbers have the same bins
mirrored.  Counts are whole numbers, so a sketch does not depend on the order in which numbers or sketches come.

Source: Masson, Rim & Lee 2019, PVLDB 12:2195, doi:10.14778/3352063.3352135.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
OFFSET = 1 << 40  # of positive bins above 0, and of negative ones below it


class Sketch:
    """Counts of numbers by size.

    Attributes:
        error: the largest relative error of a quantile.
        count: how many numbers there are; those that are not finite are left out.
    """

    def __init__(self, error: float = 1e-3) -> None:
        self.error = error
        self._log = np.log1p(2 * error / (1 - error))  # ln g
        self._bins = np.zeros(0, dtype=np.int64)  # rising with the numbers they hold
        self._counts = np.zeros(0, dtype=np.int64)

    @property
    def count(self) -> int:
        return int(self._counts.sum())

    def add(self, numbers: ArrayLike) -> None:
        """Count some numbers, of any shape."""
        given = np.ravel(np.asarray(numbers, dtype=np.float64))
        given = given[np.isfinite(given)]
        size = np.where(given == 0, 1.0, np.abs(given))
        bins = np.sign(given).astype(np.int64) * (OFFSET + np.ceil(np.log(size) / self._log).astype(np.int64))
        self._merge(*np.unique(bins, return_counts=True))

    def merge(self, other: Sketch) -> None:
        """Count what another sketch counted.

        Raises:
            ValueError: its bins are not the same.
        """
        if other.error != self.error:
            raise ValueError(f"a sketch of error {other.error:g} does not join one of error {self.error:g}")
        self._merge(other._bins, other._counts)

    def _merge(self, bins: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
        joined, where = np.unique(np.concatenate([self._bins, bins]), return_inverse=True)
        total = np.zeros(len(joined), dtype=np.int64)
        np.add.at(total, where, np.concatenate([self._counts, counts]))
        self._bins, self._counts = joined, total

    def quantile(self, probability: ArrayLike) -> Array:
        """Give the number of rank ⌊p (n − 1)⌋ in order, within the error; NaN where nothing was counted.

        Args:
            probability: 0 to 1.  Any shape, which the result has too; in the unit of what was counted.
        """
        wanted = np.asarray(probability, dtype=np.float64)
        if not len(self._bins):
            return np.full(wanted.shape, np.nan)
        rank = np.floor(wanted * (self.count - 1))
        place = np.searchsorted(np.cumsum(self._counts), rank, side="right")
        found = self._bins[place]
        middle = np.exp((np.abs(found) - OFFSET) * self._log) * (1 - self.error)
        return np.where(found == 0, 0.0, np.sign(found) * middle)
