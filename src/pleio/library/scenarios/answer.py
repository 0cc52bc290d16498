"""Answering a scenario: courses over time in each arm, with their spread over worlds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ...base.digests import digest
from ...studies.endpoints.quantiles import weighted_quantiles
from ...studies.labels import label_of
from ...studies.quantities import unit_of_name
from ...studies.unmoved import same_values, told
from .running import LEVELS, Array, Ran, run_arms
from .scenario import Scenario, endpoints_of, statement

if TYPE_CHECKING:
    from ...mechanisms.network import Network
    from ..opened import Library

__all__ = ["LEVELS", "RTOL", "Answer", "Course", "Extreme", "answer"]

RTOL = 1e-4
"""Per step; the study as written is run at 1e-6.  A drawing and its table show three digits."""

STEPS_APART = 0.1
"""What doses alone move a value by, since they decide where steps end, relative to the tolerance."""

Quantiles = tuple[float, ...]


@dataclass(frozen=True)
class Extreme:
    """The highest, the lowest or the last value of a quantity.

    Attributes:
        values: arm → quantiles over worlds, at LEVELS.
        ratio: quantiles of the value where treated over that where untreated, world by world; empty where nothing is
            given, or where there is nothing without it.
    """

    name: str
    values: Mapping[str, Quantiles]
    ratio: Quantiles


@dataclass(frozen=True, eq=False)
class Course:
    """One quantity over time.

    Attributes:
        bands: quantiles over worlds.  Shape (arms, LEVELS, times), in `unit`.
        extremes: highest, lowest, last.
    """

    name: str
    label: str
    unit: str
    bands: Array
    extremes: tuple[Extreme, ...]


@dataclass(frozen=True, eq=False)
class Answer:
    """What a scenario gave.

    Attributes:
        times: Shape (times,), in `time_unit`.
        failed: reason → how many trajectories.
        effective: the effective number of worlds.
        digest: of what was asked.
        unmoved: quantities that what is given leaves as they are in every world, since nothing leads to them.
    """

    arms: tuple[str, ...]
    times: Array
    time_unit: str
    courses: tuple[Course, ...]
    failed: Mapping[str, int]
    effective: float
    digest: str
    unmoved: tuple[str, ...] = ()

    @property
    def limits(self) -> tuple[str, ...]:
        """What the answer cannot show, a sentence each."""
        missed = [course.label for course in self.courses if course.name in self.unmoved]
        return (told(f"'{self.arms[-1]}'", missed),) if missed else ()


def answer(library: Library, scenario: Scenario, rtol: float = RTOL) -> Answer:
    """Simulate a scenario; what was asked before is not computed again.

    Raises:
        StudyError: it asks for too much, or for what is not there.
    """
    return _answered(
        library, scenario.start, json.dumps(statement(library, scenario), default=str), _Asked(scenario), rtol
    )


@dataclass(frozen=True)
class _Asked:
    """A scenario, which is known by what it states."""

    scenario: Scenario = field(compare=False)


@lru_cache(maxsize=256)
def _answered(library: Library, start: str, text: str, asked: _Asked, rtol: float) -> Answer:
    # the cache tells questions apart by `start` and `text`; `asked` equals any other and carries the scenario
    ran = run_arms(library, asked.scenario, rtol)
    network = ran.ground.mechanism.network
    ratios = _ratios(ran)
    courses = tuple(_course(ran, network, ratios, i, name) for i, name in enumerate(ran.question.stated.observed))
    failed = Counter(reason for arm in ran.arms.values() for reason in arm.failed)
    unit, effective = network.time_unit or "h", ran.ground.worlds.effective
    return Answer(
        tuple(ran.arms), ran.times, unit, courses, failed, effective, digest([text, rtol]), _unmoved(ran, rtol)
    )


def _unmoved(ran: Ran, rtol: float) -> tuple[str, ...]:
    """Name the quantities whose extremes are as without treatment in every world, but for where steps end."""
    if len(ran.arms) != 2:
        return ()
    without, treated = (arm.values for arm in ran.arms.values())
    shares = np.zeros(without.shape[-1], dtype=np.bool_)
    same = dict(
        zip(ran.question.study.endpoints, same_values(treated, without, shares, STEPS_APART * rtol), strict=True)
    )
    return tuple(name for name in ran.question.stated.observed if all(same[one] for one in endpoints_of(name)))


def _course(ran: Ran, network: Network, ratios: Mapping[str, Quantiles], index: int, name: str) -> Course:
    endpoints = list(ran.question.study.endpoints)
    extremes = tuple(
        Extreme(called, _quantiles(ran, endpoints.index(endpoint)), ratios.get(endpoint, ()))
        for called, endpoint in zip(("highest", "lowest", "at the end"), endpoints_of(name), strict=True)
    )
    bands = np.stack([arm.bands[index] for arm in ran.arms.values()])
    return Course(name, label_of(network, name), unit_of_name(network, name), bands, extremes)


def _quantiles(ran: Ran, endpoint: int) -> dict[str, Quantiles]:
    return {name: tuple(arm.extremes[:, endpoint].tolist()) for name, arm in ran.arms.items()}


def _ratios(ran: Ran) -> dict[str, Quantiles]:
    """Compare the treated arm with the other, world by world, in the endpoints in which nothing is zero without it."""
    if len(ran.arms) != 2:
        return {}
    without, treated = (arm.values for arm in ran.arms.values())
    compared = np.all(without > 0, axis=0)
    found = weighted_quantiles(treated[:, compared] / without[:, compared], ran.ground.worlds.weights, LEVELS, axis=0)
    names = [name for name, whether in zip(ran.question.study.endpoints, compared, strict=True) if whether]
    return {name: tuple(found[:, i].tolist()) for i, name in enumerate(names)}
