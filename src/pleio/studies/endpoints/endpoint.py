"""Trajectories to endpoints: one number per member, taken from a grid of times."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...mechanisms.named_units import one_word
from ..study import Endpoint

Array = NDArray[np.float64]

TOLD_APART = 1e-6
"""Of the largest value: the relative error that the integration allows itself."""


def reduce(endpoint: Endpoint, times: Array, values: Array, baseline: Array, time_unit: str, unit: str) -> Array:
    """Take an endpoint from trajectories.

    Areas and times above a threshold follow straight lines between the grid's points.

    Args:
        times: rising from 0.  Shape (times,), in `time_unit`.
        values: of the quantity that the endpoint is of.  Shape (members, times), in `unit`.
        baseline: the value at the end of the baseline phase.  Shape (members,), in `unit`.
    Returns:
        Shape (members,), in the unit that `unit_of` gives.  NaN for a member whose trajectory is NaN.
    """
    inside = slice(None)
    if endpoint.window is not None:
        first, last = (end.to(time_unit) for end in endpoint.window)
        slack = 1e-9 * max(1.0, float(times[-1]))
        kept = np.nonzero((times >= first - slack) & (times <= last + slack))[0]
        inside = slice(int(kept[0]), int(kept[-1]) + 1) if len(kept) else slice(0, 0)
    times, values = times[inside], values[:, inside]
    taken = _take(endpoint, times, values, unit)
    if endpoint.relative_to == "baseline":
        taken = _per_time(endpoint, times, taken)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(baseline == 0, np.nan, (taken - baseline) / baseline)
    if endpoint.change_from == "baseline":
        return taken - baseline * (times[-1] - times[0] if endpoint.take == "auc" else 1.0)
    return taken


def _per_time(endpoint: Endpoint, times: Array, taken: Array) -> Array:
    """An area relative to baseline is relative to the area under the baseline."""
    return taken / (times[-1] - times[0]) if endpoint.take == "auc" else taken


def _take(endpoint: Endpoint, times: Array, values: Array, unit: str) -> Array:
    failed = ~np.isfinite(values).all(axis=1)
    if endpoint.take == "maximum":
        result = values.max(axis=1)
    elif endpoint.take == "minimum":
        result = values.min(axis=1)
    elif endpoint.take == "final":
        result = values[:, -1].copy()
    elif endpoint.take == "time_of_maximum":
        result = times[_first_greatest(np.nan_to_num(values))]
    elif endpoint.take == "time_of_minimum":
        result = times[_first_greatest(-np.nan_to_num(values))]
    elif endpoint.take in ("auc", "mean"):
        area = np.trapezoid(values, times, axis=1)
        result = area if endpoint.take == "auc" else area / (times[-1] - times[0])
    else:
        assert endpoint.threshold is not None
        level = endpoint.threshold.to(unit) if unit else endpoint.threshold.value
        sign = 1.0 if endpoint.take == "time_below" else -1.0
        result = time_under(times, sign * values, sign * level)
    return np.where(failed, np.nan, result)


def _first_greatest(values: Array) -> NDArray[np.int64]:
    """Give the first time at which each trajectory is as great as it gets, as far as the integration tells that.

    Where nothing happens, that is the first time of all, and not where rounding is greatest.
    """
    apart = TOLD_APART * np.abs(values).max(axis=1, keepdims=True)
    return np.asarray((values >= values.max(axis=1, keepdims=True) - apart).argmax(axis=1))


def time_under(times: Array, values: Array, level: float) -> Array:
    """Give how long piecewise straight trajectories are below a level.

    Args:
        times: Shape (times,).
        values: Shape (members, times).
    Returns:
        Shape (members,), in the unit of `times`.
    """
    left, right = values[:, :-1] - level, values[:, 1:] - level
    low, high = np.minimum(left, right), np.maximum(left, right)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = -low / (high - low)
    share = np.where(high <= 0, np.where(low < 0, 1.0, 0.0), np.where(low >= 0, 0.0, crossing))
    total: Array = (share * np.diff(times)).sum(axis=1)
    return total


def unit_of(endpoint: Endpoint, unit: str, time_unit: str) -> str:
    """Give the unit of an endpoint from that of the quantity it is of."""
    if endpoint.take.startswith("time_"):
        return time_unit
    if endpoint.relative_to:
        return "1"
    if endpoint.take == "auc":
        return time_unit if unit in ("", "1") else f"{one_word(unit)}*{time_unit}"
    return unit
