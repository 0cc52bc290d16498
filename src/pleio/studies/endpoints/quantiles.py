"""Quantiles and moments of weighted draws."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def weighted_quantiles(values: Array, weights: Array, levels: Sequence[float], axis: int) -> Array:
    """Give quantiles of weighted draws; with equal weights, those of `numpy.quantile`.

    The draws stand at the shares of weight below them plus half their own, rescaled so that the least and the greatest
    draw are the quantiles 0 and 1; between them the quantile runs straight.

    Args:
        values: draws along `axis`.  NaN draws are left out, with their weight.
        weights: Shape (draws,), not negative.
        levels: between 0 and 1.
    Returns:
        `values` with `axis` removed and the levels in front.
    """
    moved = np.moveaxis(np.asarray(values, dtype=np.float64), axis, -1)
    rows = moved.reshape(-1, moved.shape[-1])
    if np.all(weights == weights[0]) and not np.isnan(rows).any():
        return np.quantile(rows, levels, axis=1).reshape(len(levels), *moved.shape[:-1])
    order = np.argsort(rows, axis=1)  # NaN comes last
    ordered = np.take_along_axis(rows, order, axis=1)
    weight = np.where(np.isnan(ordered), 0.0, weights[order])
    total = np.cumsum(weight, axis=1)
    place = total - 0.5 * weight
    result = np.full((len(levels), len(rows)), np.nan)
    whole = np.all(weight > 0, axis=1) & (place[:, -1] > place[:, 0])
    result[:, whole] = _between(place[whole], ordered[whole], levels)
    for i in np.flatnonzero(~whole):
        held = weight[i] > 0
        if held.any():
            at, what = place[i][held], ordered[i][held]
            share = (at - at[0]) / (at[-1] - at[0]) if at[-1] > at[0] else np.zeros(1)
            result[:, i] = np.interp(levels, share, what[: len(share)])
    return result.reshape(len(levels), *moved.shape[:-1])


def _between(place: Array, ordered: Array, levels: Sequence[float]) -> Array:
    """Interpolate each row, as `numpy.interp` does, where all draws of the row count.  Shape (levels, rows)."""
    share = (place - place[:, :1]) / (place[:, -1:] - place[:, :1])
    rows = np.arange(len(place))
    found = np.empty((len(levels), len(place)))
    for i, level in enumerate(levels):
        left = np.clip(np.sum(share <= level, axis=1) - 1, 0, share.shape[1] - 2)
        low, slope = share[rows, left], ordered[rows, left + 1] - ordered[rows, left]
        slope = slope / (share[rows, left + 1] - low)
        found[i] = np.where(level >= share[:, -1], ordered[:, -1], slope * (level - low) + ordered[rows, left])
    return found
