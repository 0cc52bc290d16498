"""The lockstep run behind forward sensitivities: the extended program, and how its slopes start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ...compiler.lower import lower
from ...compiler.passes.sensitivity import slope_names, with_states
from ...compiler.passes.switching import switch_times
from ...mechanisms.equations import Equations
from ..doses import infusion
from ..protocol import Array, Dose
from ..saved import saved_formula
from ..status import Limits, sentence
from .actions import actions
from .choice import STIFF, lanes
from .engine import Engine
from .phases import Ensemble, evaluate_start

STEP = 1e-5  # relative change of a parameter for the slope of an initial amount, which is exact where it is linear


def integrate_sensitive(
    equations: Equations,
    times: Array,
    to: tuple[str, ...],
    *,
    count: int,
    given: Mapping[str, Array],
    doses: Sequence[Dose],
    save: Sequence[str],
    rtol: float,
    atol: float | None,
    limits: Limits,
    threads: int | None,
) -> tuple[Array, tuple[str, ...]]:
    """Give the saved values and then their slopes by each parameter, and how each member fared."""
    inputs = [infusion(dose.species) for dose in doses if infusion(dose.species) in equations.constants]
    program = lower(equations, {key: saved_formula(equations, key) for key in save}, inputs, to)
    ensemble = Ensemble(equations.network, count, given, rtol, atol, limits, threads or 1)
    start = ensemble.start(equations, {})
    extended = with_states(equations, to)
    slots = {name: slot for slot, name in enumerate(program.parameters)}
    switches = [evaluate_start(at, start) for at in switch_times(equations)]
    what = actions(doses, count, {name: i for i, name in enumerate(program.states)}, slots, switches)
    slopes = _start_slopes(ensemble, equations, (*extended.states, *extended.unknowns), start, to)
    guesses = {key: np.where(np.isfinite(start[key]), start[key], 1.0) for key in equations.unknowns}
    task = ensemble.task(with_slopes(extended, to), start | guesses | slopes, times, what, 0.0, float(times[-1]))
    outcome = Engine(program, STIFF, lanes(program)).run(task, ensemble.threads)
    ended = zip(outcome.status.tolist(), outcome.work[:, 2].tolist(), strict=True)
    return outcome.saved, tuple(sentence(reason, time=at, limit=limits.steps) for reason, at in ended)


def with_slopes(equations: Equations, to: Sequence[str]) -> Equations:
    """Name the slopes as states, for their start values to be stacked in order."""
    moving = (*equations.states, *equations.unknowns)
    return replace(equations, states=(*moving, *slope_names(moving, to)), unknowns=())


def _start_slopes(
    ensemble: Ensemble, equations: Equations, states: Sequence[str], start: Mapping[str, Array], to: Sequence[str]
) -> dict[str, Array]:
    """∂ start / ∂ parameter, by central differences; 1 for the parameter itself."""
    slopes: dict[str, Array] = {}
    for key in to:
        step = STEP * np.where(start[key] != 0, np.abs(start[key]), 1.0)
        up, down = (ensemble.start(equations, {key: start[key] + sign * step}) for sign in (1, -1))
        for name in states:
            slope = (up[name] - down[name]) / (2 * step)
            slopes[f"∂{name}/∂{key}"] = np.where(np.isfinite(slope), slope, 0.0)  # of an unknown, a guess
    return slopes
