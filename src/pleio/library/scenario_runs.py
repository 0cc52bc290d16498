"""Running a scenario so that a move computes again only what it changes.

Between two moves the mechanism, its program, the worlds and mostly the arm without treatment stay as they are; the
numbers of an arm do not depend on which others are run with it.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..studies.endpoints.quantiles import weighted_quantiles
from .scenario import Scenario, question_of, statement

if TYPE_CHECKING:
    from ..studies.mechanism import Agent, Mechanism
    from ..studies.worlds import Worlds
    from .opened import Library
    from .question import StudyInLibrary

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST_GROUNDS = 16
MOST_ARMS = 64

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ArmRun:
    """One arm.

    Attributes:
        bands: quantiles over worlds.  Shape (observed, LEVELS, times).
        values: Shape (worlds, endpoints).
        failed: why each trajectory failed that did.
    """

    bands: Array
    values: Array
    failed: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Ground:
    """What a scenario stands on whatever its numbers are."""

    mechanism: Mechanism
    agents: Mapping[str, Agent]
    worlds: Worlds


@dataclass(frozen=True, eq=False)
class Ran:
    """The arms of a scenario, and what they stand on.

    Attributes:
        times: Shape (times,), in the mechanism's unit.
        computed: how many arms were simulated for it; the others were known.
    """

    question: StudyInLibrary
    ground: Ground
    arms: Mapping[str, ArmRun]
    times: Array
    computed: int


@dataclass
class Memory:
    """What was computed last for one library."""

    grounds: OrderedDict[str, Ground] = field(default_factory=OrderedDict)
    arms: OrderedDict[str, ArmRun] = field(default_factory=OrderedDict)


def run_arms(library: Library, scenario: Scenario, rtol: float) -> Ran:
    """Simulate the arms of a scenario that were not simulated before.

    Raises:
        StudyError: it asks for too much, or for what is not there.
    """
    from ..studies.check import check
    from ..studies.running.chunk import Setup, compute

    memory: Memory = vars(library).setdefault("scenario_memory", Memory())  # beside what cached_property keeps there
    asked = question_of(library, scenario)
    ground = _ground(memory, asked, scenario)
    check(asked.study, ground.mechanism, ground.worlds, ground.agents)
    keys = _keys(library, scenario, rtol)
    fresh = [arm for arm in asked.study.arms if keys[arm] not in memory.arms]
    setup = Setup(asked.study, ground.mechanism, ground.agents, rtol)
    if fresh:
        arms = {arm: asked.study.arms[arm] for arm in fresh}
        some = Setup(asked.study.model_copy(update={"arms": arms}), ground.mechanism, ground.agents, rtol)
        found = compute(some, ground.worlds)
        for i, arm in enumerate(fresh):
            spread = found.spread[i, :, :, 2, :].astype(np.float64)
            bands = np.moveaxis(weighted_quantiles(spread, ground.worlds.weights, LEVELS, axis=0), 0, 1)
            why = tuple(reason for of, *_, reason in found.failed if of == arm)
            memory.arms[keys[arm]] = ArmRun(bands, found.endpoints[i, :, 0], why)
    run = {arm: memory.arms[key] for arm, key in keys.items()}
    for key in keys.values():
        memory.arms.move_to_end(key)
    _trim(memory.arms, MOST_ARMS)
    return Ran(asked, ground, run, setup.times, len(fresh))


def _keys(library: Library, scenario: Scenario, rtol: float) -> dict[str, str]:
    """Name what each arm's numbers depend on: all that the scenario states, but for the other arm."""
    stated = statement(library, scenario)
    arms = stated.pop("arms")
    return {arm: json.dumps([stated, given, rtol], default=str) for arm, given in arms.items()}


def _ground(memory: Memory, asked: StudyInLibrary, scenario: Scenario) -> Ground:
    of = asked.stated
    suppose = sorted(scenario.suppose.items())
    names = [sorted(of.conditions), sorted(of.cohort.variability), sorted(of.cohort.covariates)]
    what = [of.mechanism, scenario.species, scenario.agent, names, suppose]
    key = json.dumps([*what, scenario.band, scenario.worlds, scenario.seed])
    if key not in memory.grounds:
        memory.grounds[key] = Ground(asked.mechanism, asked.agents, asked.worlds())
    memory.grounds.move_to_end(key)
    _trim(memory.grounds, MOST_GROUNDS)
    return memory.grounds[key]


def _trim(kept: OrderedDict[str, Ground] | OrderedDict[str, ArmRun], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
