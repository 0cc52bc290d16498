"""Trajectories of every subject of every world under one regimen, and the numbers that papers take from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..simulation.ensemble import integrate
from ..simulation.protocol import Baseline, Dose
from ..studies.mechanism import Agent, Mechanism
from ..studies.regimens.dosing import Dosing
from ..studies.regimens.regimen import administrations
from ..studies.running.untreated import untreated, with_baselines
from ..studies.study import Study
from ..studies.subjects.members import arm_laws, arm_parameters, member_parameters
from ..studies.worlds import Worlds

Array = NDArray[np.float64]
Take = Literal[
    "value", "maximum", "minimum", "auc", "time_of_maximum", "time_of_minimum", "half_life", "first", "return",
    "of_peak", "again", "under", "back_over", "since_lowest", "ever_under", "furthest",
]  # fmt: skip
"""How a number is taken from a course; see `Course.take`."""

OF_RECOVERY = ("back_over", "since_lowest")
"""What is a time until a level is reached again, of those alone who fell below it."""
IN_HOURS = ("time_of_maximum", "time_of_minimum", "half_life", "first", "return", "under", *OF_RECOVERY)
GONE = 1e-6
"""The share of its highest level below which a course has no half-life."""
OF_LEVELS = ("first", "return", "under", *OF_RECOVERY, "ever_under")
EFFICACY = "il11_drug_efficacy"
"""The parameter that says how well recombinant IL-11 signals; with it at 0 the drug is there and does nothing."""


@dataclass(frozen=True, eq=False)
class Course:
    """One quantity over time.

    Attributes:
        times: rising from 0.  Shape (times,), in h.
        values: Shape (worlds, subjects, times).
        before: at the end of the baseline phase.  Shape (worlds, subjects).
        interval: between doses, in h; 0 for a single one.
    """

    times: Array
    values: Array
    before: Array
    interval: float = 0.0

    @property
    def of_groups(self) -> Course:
        """The course of each world's mean subject.  Shape (worlds, 1, times)."""
        return Course(
            self.times, self.values.mean(axis=1, keepdims=True), self.before.mean(axis=1, keepdims=True), self.interval
        )

    def relative(self, how: Literal["change", "fold"]) -> Course:
        """The same course over its start, less one for a change."""
        with np.errstate(divide="ignore", invalid="ignore"):
            values = self.values / self.before[:, :, None] - (1.0 if how == "change" else 0.0)
        before = np.full_like(self.before, 0.0 if how == "change" else 1.0)
        return Course(self.times, values, before, self.interval)

    def take(self, take: Take, *, at: float, beyond: float = 0.0) -> Array:
        """Take one number from each course.

        `value` at a time; `maximum`, `minimum`, `auc`, `time_of_maximum`, `time_of_minimum` up to it; `half_life` from
        a straight line through the logarithm of the second half, of the time in which it is above a millionth of its
        highest; `first` and `return`: when a course is first, or no longer, beyond a level on the level's side of
        zero, the last time where it never is or never returns, and 0 where it has nothing to return from; `of_peak`:
        the value over the maximum; `again`: the highest of the last dosing interval over that of the first; `under`:
        for how long in all it is below a level; `back_over`: when it is no longer below it, the last time where it
        never recovers, and 0 where it never was below; `since_lowest`: the same from when it was lowest;
        `ever_under`: 1 where it ever is below it, else 0; `furthest`: the value up to the time that is furthest from
        what was before, above or below.

        Args:
            at: the time, in h.
        Returns:
            Shape (worlds, subjects).
        """
        until = self.times <= at * (1 + 1e-9)
        times, values = self.times[until], self.values[:, :, until]
        if take == "value":
            return self._at(at)
        if take == "maximum":
            return np.asarray(values.max(axis=2))
        if take == "minimum":
            return np.asarray(values.min(axis=2))
        if take == "furthest":
            away = np.abs(np.nan_to_num(values) - np.nan_to_num(self.before)[:, :, None]).argmax(axis=2)
            return _or_nan(np.take_along_axis(values, away[:, :, None], axis=2)[:, :, 0], values)
        if take == "auc":
            return np.asarray(np.trapezoid(values, times, axis=2))
        if take == "time_of_maximum":
            return _or_nan(times[np.nan_to_num(values).argmax(axis=2)], values)
        if take == "time_of_minimum":
            return _or_nan(times[np.nan_to_num(values).argmin(axis=2)], values)
        if take == "half_life":
            return _half_life(times, values)
        if take == "of_peak":
            return np.asarray(self._at(at) / values.max(axis=2))
        if take == "again":
            last = values[:, :, (times > at - self.interval) & (times <= at)]
            return np.asarray(last.max(axis=2) / values[:, :, times <= self.interval].max(axis=2))
        if take == "under":
            return _or_nan(np.trapezoid((values < beyond).astype(np.float64), times, axis=2), values)
        if take == "ever_under":
            return np.where(np.isfinite(values).all(axis=2), values.min(axis=2) < beyond, np.nan)
        past = values < beyond if take in OF_RECOVERY else np.sign(beyond) * values > abs(beyond)
        if take == "first":
            return _or_nan(np.where(past.any(axis=2), times[past.argmax(axis=2)], times[-1]), values)
        last_past = len(times) - 1 - past[:, :, ::-1].argmax(axis=2)
        back = times[np.minimum(last_past + 1, len(times) - 1)]
        if take == "since_lowest":
            back = back - times[np.nan_to_num(values).argmin(axis=2)]
        return _or_nan(np.where(past.any(axis=2), back, 0.0), values)

    def falls_under(self, level: float) -> Array:
        """Give when each course is first below a level, in h; the last time where it never is.

        Returns:
            Shape (worlds, subjects).
        """
        under = self.values < level
        return _or_nan(np.where(under.any(axis=2), self.times[under.argmax(axis=2)], self.times[-1]), self.values)

    def _at(self, at: float) -> Array:
        after = int(np.clip(np.searchsorted(self.times, at), 1, len(self.times) - 1))
        left, right = self.times[after - 1], self.times[after]
        share = float(np.clip((at - left) / (right - left), 0.0, 1.0))
        return np.asarray(self.values[:, :, after - 1] * (1 - share) + self.values[:, :, after] * share)


def _or_nan(found: Array, values: Array) -> Array:
    return np.where(np.isfinite(values).all(axis=2), found, np.nan)


def _half_life(times: Array, values: Array) -> Array:
    """Give the half-life of the late slope; what is left of a dose long after is rounding and no slope."""
    with np.errstate(divide="ignore", invalid="ignore"):
        there = values > values.max(axis=2, keepdims=True) * GONE
        last = np.where(there, times, 0.0).max(axis=2, keepdims=True)
        late = (there & (times >= last / 2)).astype(np.float64)
        count = late.sum(axis=2, keepdims=True)
        t = times - (late * times).sum(axis=2, keepdims=True) / count
        logs = np.where(late > 0, np.log(np.where(values > 0, values, 1.0)), 0.0)
        slope = (late * t * logs).sum(axis=2) / (late * np.square(t)).sum(axis=2)
        return np.where((slope < 0) & np.isfinite(values).all(axis=2), np.log(2) / -slope, np.nan)


@dataclass(frozen=True, eq=False)
class Courses:
    """What was simulated under one regimen.

    Attributes:
        found: quantity → its course.
        failed: the reason of each trajectory that failed.
    """

    found: Mapping[str, Course]
    failed: tuple[str, ...] = ()


def simulate(
    study: Study,
    mechanism: Mechanism,
    agents: Mapping[str, Agent],
    worlds: Worlds,
    arm: Sequence[Dosing],
    save: Sequence[str],
    times: Array,
    *,
    off: bool = False,
    lost: Collection[str] = (),
    threads: int | None = None,
) -> Courses:
    """Simulate every subject of every world under one regimen.

    Args:
        study: says who is simulated, and which conditions hold.
        save: names of quantities, parameters or species.
        times: Shape (times,), in h.
        off: every effect of IL-11 is off: contested effects at 0, and the drug without efficacy.
        lost: parameters that are 0 from time 0 on, in a knock-out.  They are there in the baseline phase, so that what
            is read off is over that of a body that has them.
    """
    members, size = len(worlds) * study.cohort.size, study.cohort.size
    values, weight = member_parameters(study, mechanism, worlds, arm_laws(arm, agents))
    values |= arm_parameters(study, mechanism, worlds, arm, agents)
    if off:
        silent = [switch.sign for switch in mechanism.switches.values()]
        silent += mechanism.gates
        silent += [EFFICACY] if EFFICACY in mechanism.network.parameters else []
        values |= {name: np.zeros(members) for name in silent}
    had: dict[str, float | Array] = {
        name: values.get(name, mechanism.network.parameters[name].value or 0.0) for name in lost
    }
    values |= {name: np.zeros(members) for name in lost}
    series = administrations(arm, mechanism.network, agents, weight, values, members)
    run = integrate(
        with_baselines(mechanism.network, save),
        times,
        members=members,
        parameters=values,
        doses=[Dose(s.species, s.amount, s.start, s.duration, s.every, s.times) for s in series],
        baseline=Baseline(hold={**{switch.sign: 0.0 for switch in mechanism.switches.values()}, **had}),
        save=(*save, *(untreated(name) for name in save)),
        threads=threads,
    )
    kept = np.asarray(run.values, dtype=np.float64)
    kept[[bool(reason) for reason in run.status]] = np.nan
    shaped = kept.reshape(len(worlds), size, len(times), -1)
    interval = max((s.every for s in series), default=0.0)
    found = {
        name: Course(times, shaped[..., k], shaped[:, :, 0, len(save) + k], interval) for k, name in enumerate(save)
    }
    return Courses(found, tuple(reason for reason in run.status if reason))
