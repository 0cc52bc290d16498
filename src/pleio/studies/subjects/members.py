"""World by subject to ensemble member: the parameter values under which each trajectory runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError
from ...base.quantities import Quantity
from ...base.units import Unit
from ..formula import evaluate
from ..mechanism import Agent, Mechanism, Settings, Uncertain
from ..quantities import unit_of_name
from ..regimens.dosing import Dosing
from ..study import Study
from ..worlds import Worlds
from .cohort import draw_subjects, factor
from .stated import Cohort

Array = NDArray[np.float64]


def member_parameters(
    study: Study, mechanism: Mechanism, worlds: Worlds, own: Mapping[str, Uncertain] | None = None
) -> tuple[dict[str, Array], Array | None]:
    """Give the parameters of every subject of some worlds, without the values that an arm sets.

    A later source overrides an earlier one: the world's draw, the setting of its assumptions, the study's conditions,
    what is known of the agent given, the subject's covariates; the effects of covariates and a subject's variability
    then multiply.

    Args:
        own: what is known of the agents given; it shares its uniforms with what it takes the place of.
    Returns:
        Parameter → values.  Shape (worlds * subjects,), subjects running fastest, in the mechanism's unit.
        Body weight in kg, of the same shape, or None.
    """
    size = study.cohort.size
    of_worlds = world_parameters(study, mechanism, worlds)
    for name, law in (own or {}).items():
        of_worlds[name] = np.asarray(law.quantile(worlds.uniforms(f"parameter {name}")))
    values = {name: np.repeat(drawn, size) for name, drawn in of_worlds.items()}
    subjects = draw_subjects(study.cohort, worlds.seed, worlds.people)
    network = mechanism.network
    for name, unit in study.cohort.described.items():
        if name in network.parameters:
            values[name] = subjects[name].ravel() * _scale(unit, unit_of_name(network, name))
    for name, formula in study.cohort.effects.items():
        base = values.get(name, np.float64(stated(mechanism, name)))
        values[name] = base * _effect(name, formula, study.cohort, subjects, (len(worlds), size))
    for name in study.cohort.variability:
        base = values.get(name, np.float64(stated(mechanism, name)))
        values[name] = base * subjects[factor(name)].ravel()
    weight = study.cohort.described.get("weight")
    return values, None if weight is None else subjects["weight"].ravel() * _scale(weight, "kg")


def _effect(name: str, formula: str, cohort: Cohort, subjects: Mapping[str, Array], shape: tuple[int, int]) -> Array:
    """Give the factor that covariates put on a parameter.  Shape (worlds * subjects,)."""
    found = np.broadcast_to(evaluate(formula, subjects), shape).ravel()
    wrong = np.nonzero(~(np.isfinite(found) & (found >= 0)))[0]
    if len(wrong):
        of = {key: float(subjects[key].ravel()[wrong[0]]) for key in cohort.described if key in formula}
        what = f"is {found[wrong[0]]:g} for a subject with " + ", ".join(
            f"{key} {value:g}" for key, value in of.items()
        )
        help = "a factor is a number that is not negative"
        raise StudyError(f"cohort.effects.{name}", Problem(f"'{formula}'", what, help))
    return np.asarray(found, dtype=np.float64)


def world_parameters(study: Study, mechanism: Mechanism, worlds: Worlds) -> dict[str, Array]:
    """Give what differs between worlds: draws, signs, settings of assumptions, conditions.  Each of shape (worlds,)."""
    values = dict(worlds.parameters)
    for switch in mechanism.switches.values():
        values[switch.sign] = worlds.contests[switch.contest].signs
    for name, contest in mechanism.gates.items():
        values[name] = np.maximum(worlds.contests[contest].signs, 0.0)
    _settle(values, mechanism.settings, mechanism, worlds)
    for name, law in study.conditions.items():
        drawn = law.to(unit_of_name(mechanism.network, name))
        values[name] = drawn.quantile(worlds.uniforms(f"condition {name}"))
    return values


def _settle(values: dict[str, Array], settings: Settings, mechanism: Mechanism, worlds: Worlds) -> None:
    """Put in place what assumptions set in the states that they have in each world; arrays of shape (worlds,)."""
    for assumption, of_states in settings.items():
        if assumption in worlds.assumptions:
            states = worlds.assumptions[assumption]
            for name in dict.fromkeys(name for setting in of_states.values() for name in setting):
                start = values.get(name, np.full(len(worlds), stated(mechanism, name)))
                table = [of_states.get(state, {}).get(name) for state in states.names]
                values[name] = _choose(start, table, states.index)


def arm_parameters(
    study: Study, mechanism: Mechanism, worlds: Worlds, arm: Sequence[Dosing], agents: Mapping[str, Agent]
) -> dict[str, Array]:
    """Give the parameters that the agents of an arm set, and where an assumption decides that, as each world has it.

    Returns:
        Parameter → values.  Shape (worlds * subjects,), subjects running fastest.
    """
    values: dict[str, Array] = {}
    for agent in dict.fromkeys(dosing.agent for dosing in arm):
        values |= {name: np.full(len(worlds), value) for name, value in agents[agent].parameters.items()}
        _settle(values, agents[agent].settings, mechanism, worlds)
    return {name: np.repeat(of_worlds, study.cohort.size) for name, of_worlds in values.items()}


def arm_laws(arm: Sequence[Dosing], agents: Mapping[str, Agent]) -> dict[str, Uncertain]:
    """Give what is known of the agents of an arm."""
    return {name: law for dosing in arm for name, law in agents[dosing.agent].uncertain.items()}


def _choose(start: Array, table: list[float | None], index: NDArray[np.int64]) -> Array:
    """Take, in each world, the value that its state sets, or the starting value where it sets none."""
    value = np.array([np.nan if entry is None else entry for entry in table])[index]
    return np.where(np.isnan(value), start, value)


def stated(mechanism: Mechanism, name: str) -> float:
    """Give the value that the network states for a parameter or a start; NaN where it states none."""
    network = mechanism.network
    value = network.parameters[name].value if name in network.parameters else network.species[name].initial
    return float("nan") if value is None else float(value)


def _scale(written: Unit, unit: str) -> float:
    return Quantity(1.0, written).to(unit)
