"""From predicted survivors to a Kaplan–Meier curve: one animal for each world, dying as that world's survivors say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..endpoints.survival import Survival, kaplan_meier
from ..result import MOST_BAND_WORLDS, Result
from ..running.chunk import QUANTILES
from .form import Figure, clock, label
from .palette import arm_colours
from .survival import survival_figure

Array = NDArray[np.float64]
MOST_SUBJECTS = 400
"""Subjects of an arm: enough that chance hides little, few enough that a page can draw every step."""
ROUNDING = 1e-4


def survival_figures(result: Result, labels: Mapping[str, str]) -> Iterator[Figure]:
    """Draw the Kaplan–Meier curve of each share of survivors that an endpoint takes a time from, such as of one sex."""
    timed = {one.of for one in result.study.endpoints.values() if one.take == "time_above"}
    for quantity in result.study.observed:
        if quantity in timed and is_survival(result, quantity):
            yield _figure(result, quantity, labels)


def is_survival(result: Result, quantity: str) -> bool:
    """Say whether an observed quantity is a share of survivors: a pure number that begins at 1 and never rises."""
    column = result.study.observed.index(quantity)
    if result.observed_units[column] not in ("", "1") or not result.spread.shape[1]:
        return False
    shares = _shares(result, column)
    shares = shares[np.isfinite(shares).all(axis=-1)]
    begins = bool(len(shares)) and bool(np.allclose(shares[:, 0], 1.0, atol=ROUNDING))
    return begins and bool((np.diff(shares, axis=1) <= ROUNDING).all()) and bool((shares >= -ROUNDING).all())


def death_times(result: Result, quantity: str) -> list[tuple[Array, NDArray[np.bool_]]]:
    """Draw when subjects die, one in each of some worlds, the same ones in every arm.

    Each subject's place in the order of deaths is one of evenly spaced ones, shuffled with the seed of the worlds, and
    the same in every arm, so that arms differ by what was given and not by chance.

    Returns:
        Of each arm: times in the result's unit, and whether the subject died then (else it was alive at the end).
        Each of shape (subjects,).
    """
    shares = _shares(result, result.study.observed.index(quantity))
    worlds = _drawn_worlds(result, np.asarray(np.isfinite(shares).all(axis=(0, 2))))
    places = np.random.default_rng(result.worlds.seed).permutation((np.arange(len(worlds)) + 0.5) / len(worlds))
    return [_deaths(arm[worlds], places, result.times) for arm in shares]


def _drawn_worlds(result: Result, came_through: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Choose worlds evenly along their cumulated weight; one that weighs much may be chosen more than once."""
    weight = np.where(came_through, result.worlds.weights[: len(came_through)], 0.0)
    reached = np.cumsum(weight)
    count = min(int((weight > 0).sum()), MOST_SUBJECTS)
    wanted = (np.arange(count) + 0.5) / max(1, count) * reached[-1]
    return np.asarray(np.searchsorted(reached, wanted), dtype=np.int64)


def _deaths(shares: Array, places: Array, times: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Find where each falling curve passes its place.  `shares` has shape (subjects, times)."""
    passed = shares <= places[:, None]
    died = np.asarray(passed.any(axis=1))
    after = np.where(died, passed.argmax(axis=1), len(times) - 1)
    before, rows = np.maximum(after - 1, 0), np.arange(len(shares))
    high, low = shares[rows, before], shares[rows, after]
    part = np.divide(high - places, high - low, out=np.zeros_like(high), where=high > low)
    moment = times[before] + part * (times[after] - times[before])
    return np.where(died, moment, times[-1]), died


def _shares(result: Result, column: int) -> Array:
    """The median subject's survivors.  Shape (arms, worlds, times)."""
    return result.spread[:, :MOST_BAND_WORLDS, column, QUANTILES.index(0.5)].astype(np.float64)


def _figure(result: Result, quantity: str, labels: Mapping[str, str]) -> Figure:
    told, drawn = clock(result), death_times(result, quantity)
    curves: dict[str, Survival] = {
        # whole days or hours, as deaths are counted
        arm: kaplan_meier(np.ceil(times * told.scale), died)
        for arm, (times, died) in zip(result.arms, drawn, strict=True)
    }
    counts = {arm: len(times) for arm, (times, _) in zip(result.arms, drawn, strict=True)}
    name = label(quantity, labels)
    made = survival_figure(
        curves, counts, name, told.unit, float(result.times[-1]) * told.scale, colours=arm_colours(result.study.arms)
    )
    count = next(iter(counts.values()))
    caption = (
        f"{count:,} predicted subjects in each arm, one from each of as many draws of a world; what differs between "
        f"worlds is in the curve. {made.caption}"
    )
    return replace(made, name=f"survival-{quantity}", title=f"{made.title}: Kaplan–Meier", caption=caption)
