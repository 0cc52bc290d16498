"""The numbers of a simulated row: what its paper would have computed in each world, and how far subjects differ.

A median of subjects is less certain than their mean by a quarter; its spread is given so much wider.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from ...base.quantities import Quantity, parse_quantity
from ...base.units import parse
from ...inference.courses import IN_HOURS, OF_RECOVERY, Course
from ...inference.observations import OF_A_MEDIAN, Observation
from ...studies.quantities import unit_of_name
from ...studies.worlds import Worlds
from .forecasts import Forecast
from .rows import Plan, Side

if TYPE_CHECKING:
    from ..opened import Library
    from ..readouts.readouts import LibraryReadouts

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Simulates(Protocol):
    """What gives the courses of a side: a forecaster, or worlds that are there already."""

    @property
    def library(self) -> Library: ...

    @property
    def readouts(self) -> LibraryReadouts: ...

    def courses(
        self, side: Side, of: str, at: float, forecast: Forecast, left_out: str, wanted: Iterable[str]
    ) -> tuple[Worlds, list[Course]]:
        """Give the worlds, and the course of a quantity under each of the side's arms."""
        ...


def natural_factor(row: Observation) -> float:
    """Give the factor to the unit that is computed in: the row's, and 1 for what is dimensionless."""
    unit = parse(row.unit)
    return unit.factor if unit.is_dimensionless else 1.0


def numbers(
    one: Plan, side: Side, forecaster: Simulates, which: Forecast, left_out: str, wanted: Mapping[Side, set[str]]
) -> tuple[Array, Array, Array]:
    """Give the mean, or the median, and the spread over the subjects of each world, arms of a printed range pooled.

    Returns:
        Means, spreads and weights.  Each of shape (worlds * arms,).
    """
    worlds, courses = forecaster.courses(side, one.of, one.at, which, left_out, wanted[side])
    factor = _factor(one, forecaster)
    means, spreads, weights = [], [], []
    others = _apart(one, side, forecaster, which, left_out, wanted)
    chosen, share = _chosen(side, forecaster, which, left_out, wanted)
    for arm, course in enumerate(courses):
        values = _taken(one, side, course, arm) * factor
        if one.readout.per_dose:
            values = values / side.arms[arm][-1].amount.to("µg/kg")
        if one.readout.of_comparator:
            assert one.row.comparator is not None and one.row.comparator.value is not None
            values = values * one.row.comparator.value * natural_factor(one.row)
        apart = values.std(axis=1, ddof=1) if values.shape[1] > 1 else np.zeros(len(values))
        apart = others[arm] * factor if others else apart
        fell = _fell(one, values)
        found = _of_chosen(values, fell, chosen, then=side.then, median=one.row.of_median)
        if one.readout.of_course:
            found = [_of_course(part, one, forecaster, worlds) for part in found]
        means += found
        spreads += [apart * OF_A_MEDIAN if one.row.of_median else apart] * len(found)
        weights += [worlds.weights * share * fell.mean(axis=1)] * len(found)
    return np.concatenate(means), np.concatenate(spreads), np.concatenate(weights)


def _fell(one: Plan, values: Array) -> Mask:
    """Say whom a number is of: a time to recovery is of those who fell, and a world counts by how many do.

    A subject whose trajectory failed stays, so that what is missing is seen.
    """
    return ~(values <= 0) if one.readout.take in OF_RECOVERY else np.ones(values.shape, dtype=bool)


def _of_chosen(values: Array, fell: Mask, chosen: Mask | None, *, then: bool, median: bool) -> list[Array]:
    """Give the mean or the median of each world's subjects, or of the chosen ones.

    Where these were chosen by another cycle, how far they are like that again is between all and nothing: no number for
    it was found.  Both ends and the middle stand, as for a dose that was printed as a range.
    """
    of_all = _middle(values, fell, median=median)
    if chosen is None or chosen.shape != values.shape:
        return [of_all]
    theirs = _middle(values, chosen & fell, median=median)
    return [theirs + (of_all - theirs) * part for part in ((0.0, 0.5, 1.0) if then else (0.0,))]


def _of_course(shares: Array, one: Plan, forecaster: Simulates, worlds: Worlds) -> Array:
    """Give the share of those to whom it happens in any, or in all, cycles of a course, from one.  Shape (worlds,)."""
    law = forecaster.readouts.table.after[one.readout.after].cycles
    assert law is not None
    cycles = law.quantile(worlds.uniforms("cycles of a course"))
    share = np.minimum(shares, 1.0)
    return np.asarray(share**cycles if one.readout.of_course == "all" else 1.0 - (1.0 - share) ** cycles)


def _middle(values: Array, those: Mask, *, median: bool) -> Array:
    """Give the mean or the median of some subjects of each world, of all where there is none.  Shape (worlds,).

    NaN where one of them failed.
    """
    those = those | ~those.any(axis=1, keepdims=True)
    if median:
        held = np.where(those, values, np.inf)
        failed = (those & ~np.isfinite(values)).any(axis=1)
        ordered, number = np.sort(held, axis=1), those.sum(axis=1)
        ends = [np.take_along_axis(ordered, k[:, None], axis=1)[:, 0] for k in ((number - 1) // 2, number // 2)]
        return np.where(failed, np.nan, (ends[0] + ends[1]) / 2)
    return np.asarray(np.where(those, values, 0.0).sum(axis=1) / those.sum(axis=1))


def _chosen(
    side: Side, forecaster: Simulates, which: Forecast, left_out: str, wanted: Mapping[Side, set[str]]
) -> tuple[Mask | None, Array | float]:
    """Give which subjects of each world are of a row's people, where these were chosen by how low they had fallen.

    A world counts by the share of its subjects who would have been chosen.  Of one in which nobody would, whose share
    is 0, the one who fell lowest stands.

    Returns:
        Whether each is, of shape (worlds, subjects), and the shares, of shape (worlds,); None and 1 where all are.
    """
    others = side.chosen_by
    if others is None:
        return None, 1.0
    table = forecaster.readouts.table
    by = next(cycle.chosen for name, cycle in table.after.items() if name == others.arms[0][0].agent)
    assert by is not None
    of, at = by.of, by.at.to("h")
    _, (course,) = forecaster.courses(others, of, at, which, left_out, {of, *wanted.get(others, set())})
    low = course.take("minimum", at=at)
    fell = low < side.fell
    return fell | (~fell.any(axis=1, keepdims=True) & (low <= low.min(axis=1, keepdims=True))), fell.mean(axis=1)


def _apart(
    one: Plan, side: Side, forecaster: Simulates, which: Forecast, left_out: str, wanted: Mapping[Side, set[str]]
) -> list[Array]:
    """Give how far apart the subjects behind a number of the whole group are, for each arm.  Each of shape (worlds,).

    A change is over a control group of the same size, which is as uncertain.
    """
    if not one.readout.apart:
        return []
    name = one.of_sex(one.readout.apart)
    _, groups = forecaster.courses(side, one.of, one.at, which, left_out, {*wanted[side], name})
    _, courses = forecaster.courses(side, name, one.at, which, left_out, {*wanted[side], name})
    found = []
    for group, course in zip(groups, courses, strict=True):
        now, before = course.of_groups.take("value", at=one.at)[:, 0], course.of_groups.before[:, 0]
        if one.readout.relative:
            untreated = group.of_groups.before[:, 0]
            fold = group.of_groups.take("value", at=one.at)[:, 0] / untreated
            now = np.hypot(now, fold * before) / untreated
        found.append(np.asarray(now))
    return found


def _taken(one: Plan, side: Side, course: Course, arm: int) -> Array:
    readout = one.readout
    course = course.of_groups if readout.level == "group" else course
    course = course.relative(readout.relative) if readout.relative else course
    values = course.take(readout.take, at=one.at, beyond=readout.beyond)
    if readout.take == "back_over" and side.fell and not side.then:  # who was chosen by falling is followed from then
        values = np.maximum(values - course.falls_under(side.fell), 0.0)
    if readout.from_last_dose and side.arms[arm]:
        last = side.arms[arm][-1]
        end = last.start.to("h") + (last.every.to("h") * (last.times - 1) if last.every else 0.0)
        values = np.maximum(values - end, 0.0)
    return values


def _factor(one: Plan, forecaster: Simulates) -> float:
    """Give the factor from the simulated number to the natural unit of the row."""
    readout, row = one.readout, one.row
    target = parse(row.unit)
    if readout.times != 1.0:
        return readout.times
    per = parse_quantity(readout.per) if readout.per else Quantity(1.0, parse("1"))
    if readout.take in IN_HOURS:
        unit = parse("h")
    elif readout.relative or readout.take in ("of_peak", "again", "ever_under") or one.against is not None:
        return 1.0
    else:
        text = unit_of_name(forecaster.library.mechanism(readout.mechanism).network, one.of)
        unit = parse(f"({text})*h" if readout.take == "auc" else text)
    unit = unit * per.unit
    if row.spread.kind == "direction" and target.is_dimensionless and not unit.is_dimensionless:
        target = parse(readout.unit)  # a direction needs no unit; what is forecast has that of the readout
    if target.is_dimensionless:
        return unit.factor * per.value
    return Quantity(per.value, unit).to(target)


def compared(
    above: Array,
    above_spread: Array,
    weights: Array,
    below: Array,
    below_spread: Array,
    below_weights: Array,
    *,
    by_difference: bool = False,
) -> tuple[Array, Array, Array]:
    """Divide two groups of the same worlds, every arm of one by every arm of the other, or give how far they differ.

    A world counts by the geometric mean of what it counts in each: not at all where one of them has nobody to tell of,
    or where the second has none of what is counted, so that no ratio would have been printed.
    """
    worlds = math.gcd(len(above), len(below))
    first = [slice(a, a + worlds) for a in range(0, len(above), worlds)]
    second = [slice(b, b + worlds) for b in range(0, len(below), worlds)]
    pairs = [(above[a], above_spread[a], below[b], below_spread[b]) for a in first for b in second]
    with np.errstate(divide="ignore", invalid="ignore"):
        if by_difference:
            means = np.concatenate([a - b for a, _, b, _ in pairs])
            spreads = np.concatenate([np.hypot(s, t) for _, s, _, t in pairs])
        else:
            means = np.concatenate([a / b for a, _, b, _ in pairs])
            spreads = np.concatenate([np.abs(a / b) * np.hypot(s / a, t / b) for a, s, b, t in pairs])
    both = np.concatenate([np.sqrt(weights[a] * below_weights[b]) for a in first for b in second])
    nothing = (
        np.zeros(len(both), dtype=bool) if by_difference else np.concatenate([below == 0 for _, _, below, _ in pairs])
    )
    return means, spreads, np.where(nothing, 0.0, both)
