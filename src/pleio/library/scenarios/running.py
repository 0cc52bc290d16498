"""Running a scenario so that a move computes again only what it changes.

Between two moves the mechanism, its program, the worlds and mostly the arm without treatment stay as they are; the
numbers of an arm do not depend on which others are run with it.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...studies.endpoints.quantiles import weighted_quantiles
from .scenario import Scenario, question_of, statement

if TYPE_CHECKING:
    from ...studies.mechanism import Agent, Mechanism, Uncertain
    from ...studies.study import Study
    from ...studies.worlds import Worlds
    from ..opened import Library
    from ..question import StudyInLibrary

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST_GROUNDS = 16
MOST_MEMBERS = 16
MOST_ARMS = 64

Array = NDArray[np.float64]
Members = tuple[dict[str, Array], Array | None]


@dataclass(frozen=True, eq=False)
class ArmRun:
    """One arm.

    Attributes:
        bands: quantiles over worlds.  Shape (observed, LEVELS, times).
        values: Shape (worlds, endpoints).
        extremes: their quantiles over worlds.  Shape (LEVELS, endpoints).
        failed: why each trajectory failed that did.
    """

    bands: Array
    values: Array
    extremes: Array
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
    """What was computed last for one library.

    Attributes:
        members: the parameters of the members of an arm, and their weights.
    """

    grounds: OrderedDict[str, Ground] = field(default_factory=OrderedDict)
    members: OrderedDict[str, Members] = field(default_factory=OrderedDict)
    arms: OrderedDict[str, ArmRun] = field(default_factory=OrderedDict)


def run_arms(library: Library, scenario: Scenario, rtol: float) -> Ran:
    """Simulate the arms of a scenario that were not simulated before.

    Raises:
        StudyError: it asks for too much, or for what is not there.
    """
    from ...studies.check import check
    from ...studies.running.chunk import Setup, compute

    memory: Memory = vars(library).setdefault("scenario_memory", Memory())  # beside what cached_property keeps there
    asked = question_of(library, scenario)
    ground = _ground(memory, asked, scenario)
    check(asked.study, ground.mechanism, ground.worlds, ground.agents)
    stated = statement(library, scenario)
    given = stated.pop("arms")
    # the numbers of an arm depend on all that the scenario states, but for the other arm
    keys = {arm: json.dumps([stated, doses, rtol], default=str) for arm, doses in given.items()}
    fresh = [arm for arm in asked.study.arms if keys[arm] not in memory.arms]
    setup = Setup(asked.study, ground.mechanism, ground.agents, rtol)
    if fresh:
        arms = {arm: asked.study.arms[arm] for arm in fresh}
        some = Setup(asked.study.model_copy(update={"arms": arms}), ground.mechanism, ground.agents, rtol)
        found = compute(some, ground.worlds, draw=partial(_members, memory, json.dumps(stated, default=str)))
        for i, arm in enumerate(fresh):
            why = tuple(reason for of, *_, reason in found.failed if of == arm)
            spread = found.spread[i, :, :, 2].astype(np.float64)
            memory.arms[keys[arm]] = _arm(spread, found.endpoints[i, :, 0], ground.worlds.weights, why)
    run = {arm: memory.arms[key] for arm, key in keys.items()}
    for key in keys.values():
        memory.arms.move_to_end(key)
    _trim(memory.arms, MOST_ARMS)
    return Ran(asked, ground, run, setup.times, len(fresh))


def _arm(spread: Array, values: Array, weights: Array, failed: tuple[str, ...]) -> ArmRun:
    """Sum up one arm over worlds.

    Args:
        spread: Shape (worlds, observed, times).
        values: Shape (worlds, endpoints).
    """
    every = np.concatenate([spread.reshape(len(spread), -1), values], axis=1)  # sorted together
    quantiles = weighted_quantiles(every, weights, LEVELS, axis=0)
    bands = quantiles[:, : -values.shape[1]].reshape(len(LEVELS), *spread.shape[1:])
    return ArmRun(np.moveaxis(bands, 0, 1), values, quantiles[:, -values.shape[1] :], failed)


def _members(
    memory: Memory,
    stated: str,
    study: Study,
    mechanism: Mechanism,
    worlds: Worlds,
    own: Mapping[str, Uncertain] | None = None,
) -> Members:
    """Do as `member_parameters`, once for all doses of what is stated."""
    from ...studies.subjects.members import member_parameters

    key = stated + "".join(f"{name} {law}" for name, law in (own or {}).items())
    if key not in memory.members:
        memory.members[key] = member_parameters(study, mechanism, worlds, own)
    memory.members.move_to_end(key)
    _trim(memory.members, MOST_MEMBERS)
    return memory.members[key]


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


def _trim(kept: OrderedDict[str, Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
