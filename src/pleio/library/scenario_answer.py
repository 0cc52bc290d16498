"""Answering a scenario: courses over time in each arm, with their spread over worlds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..studies.endpoints.quantiles import weighted_quantiles
from .scenario import Scenario, endpoints_of, study_of, written

if TYPE_CHECKING:
    from ..mechanisms.network import Network
    from ..studies.result import Result
    from .opened import Library

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)

Array = NDArray[np.float64]
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
        digest: of the result.
    """

    arms: tuple[str, ...]
    times: Array
    time_unit: str
    courses: tuple[Course, ...]
    failed: Mapping[str, int]
    effective: float
    digest: str


def answer(library: Library, scenario: Scenario) -> Answer:
    """Simulate a scenario; what was asked before is not computed again.

    Raises:
        StudyError: it asks for too much, or for what is not there.
    """
    return _answered(library, scenario.start, written(library, scenario))


@lru_cache(maxsize=256)
def _answered(library: Library, start: str, text: str) -> Answer:
    study = study_of(library, start, text)
    result = study.run(cache=False)
    network = study.mechanism.network
    courses = tuple(_course(result, network, i, name) for i, name in enumerate(study.stated.observed))
    failed = Counter(reason for *_, reason in result.failed)
    return Answer(result.arms, result.times, result.time_unit, courses, failed, result.worlds.effective, result.digest)


def _course(result: Result, network: Network, index: int, name: str) -> Course:
    bands = weighted_quantiles(
        result.spread[:, :, index, 2, :].astype(np.float64), result.worlds.weights, LEVELS, axis=1
    )
    columns = [list(result.study.endpoints).index(endpoint) for endpoint in endpoints_of(name)]
    extremes = tuple(
        _extreme(result, called, result.values[:, :, 0, column])
        for called, column in zip(("highest", "lowest", "at the end"), columns, strict=True)
    )
    unit = result.observed_units[index]
    return Course(name, label_of(network, name), unit, np.moveaxis(bands, 0, 1), extremes)


def _extreme(result: Result, called: str, values: Array) -> Extreme:
    """Sum up one endpoint.

    Args:
        values: Shape (arms, worlds).
    """
    weights = result.worlds.weights
    ratio: Quantiles = ()
    if len(result.arms) == 2 and np.all(values[0] > 0):
        ratio = _quantiles(values[1] / values[0], weights)
    return Extreme(called, {arm: _quantiles(values[i], weights) for i, arm in enumerate(result.arms)}, ratio)


def label_of(network: Network, name: str) -> str:
    """Give what a quantity is, as its module says, or its name in words."""
    bare = name.strip("[]")
    for table in (network.species, network.parameters, network.observables):
        if bare in table and table[bare].label:
            return str(table[bare].label)
    return bare.replace("_", " ")


def _quantiles(values: Array, weights: Array) -> Quantiles:
    return tuple(map(float, weighted_quantiles(values, weights, LEVELS, axis=0)))
