"""The phases of a run for one block of members: their starts, the baseline phase, the run itself, and what is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...compiler.lower import lower
from ...compiler.passes.locking import lock
from ...compiler.passes.switching import event_times, reached, switch_times
from ...mechanisms.equations import Equations
from ...mechanisms.expression import Expression, name, names
from ...mechanisms.interpret import Start, evaluate
from ...mechanisms.network import Network
from ...mechanisms.writing import write_equations
from ..diagnosis import cause
from ..protocol import Array, Baseline, Dose
from ..reference import LONGEST_SETTLING, with_given_amounts
from ..sizes import LEAST, SHARE, kinds_of, tolerances, too_coarse
from ..status import EXPLAINED, Limits, Reason, sentence
from .actions import actions
from .choice import PATIENCE, STIFF, Choice, lanes
from .engine import Engine
from .reducing import NOTHING, Reducers
from .settled import Settled, once
from .task import Actions, Outcome, Task

MOST_CAUSES = 200  # failed members of a block whose state is looked into
ZERO = np.zeros(())
SOONEST = 1e-300  # after time 0
SETTLING_RTOL = 1e-8  # the baseline is what every later value is compared with


@lru_cache(maxsize=32)
def _settling_engine(network: Network) -> tuple[Equations, Engine, tuple[str, ...]]:
    """The baseline phase's program: `baseline(x)` is x there, and its outputs are what each `baseline(x)` becomes."""
    baselines = write_equations(network).baselines
    equations = replace(write_equations(network, settling=True), events={})  # those that are let here wait for doses
    program = lower(equations, baselines)
    return equations, Engine(program, STIFF, lanes(program)), tuple(baselines)


class Ensemble:
    """What all phases share: the members, what was given for them, the tolerances."""

    def __init__(
        self,
        network: Network,
        count: int,
        given: Mapping[str, Array],
        rtol: float,
        atol: float | None,
        limits: Limits,
        threads: int,
    ) -> None:
        self.network, self.count, self.given = network, count, given
        self.rtol, self.atol, self.limits, self.threads = rtol, atol, limits, threads
        self.ended = np.zeros(count, dtype=np.int64)  # how each member ended, 0 for those that the baseline phase did

    def start(self, equations: Equations, hold: Mapping[str, Array]) -> dict[str, Array]:
        """The start of every stored quantity, for all members; each of shape (members,) or ()."""
        given = {**self.given, **hold}
        stored, start = _start(equations, tuple(given))
        with np.errstate(all="ignore"):
            found = start(0.0, list(given.values()))
        return {key: np.asarray(value, dtype=float) for key, value in zip(stored, found, strict=True)}

    def run(
        self,
        equations: Equations,
        engine: Choice,
        times: Array,
        doses: Sequence[Dose],
        baseline: Baseline | None,
        report: Callable[[int], None],
        reducers: Reducers = NOTHING,
        saved: Array | None = None,
    ) -> tuple[Array, Array, list[str]]:
        """Run the baseline phase, if there is one, and then the members: what is saved, what is reduced, statuses.

        Args:
            saved: where what is saved is to lie, if that is somewhere already.
        """
        start = self.start(equations, {})
        before = [""] * self.count
        if baseline is not None:
            settled, keys, before = self.settled(baseline, float(times[-1]))
            start |= dict(zip((*equations.states, *equations.unknowns), settled.final.T, strict=True))
            start |= dict(zip(keys, settled.saved[:, 0].T, strict=True))
        slots = {name: slot for slot, name in enumerate((*equations.constants, *equations.held))}
        states = {name: slot for slot, name in enumerate(equations.states)}
        switches = self.switches(equations, start)
        what = actions(doses, self.count, states, slots, switches)
        task = self.task(equations, start, times, what, 0.0, float(times[-1]))
        task = replace(task, reducers=reducers)
        outcome = self.integrate(equations, engine, task, report, saved)
        told = [first or then for first, then in zip(before, self.tell(equations, task, outcome), strict=True)]
        self.ended = np.where([bool(why) for why in before], 0, outcome.status)
        return outcome.saved, outcome.reduced, told

    def switches(self, equations: Equations, start: Mapping[str, Array]) -> list[Array]:
        """Known times at which rates jump or triggers turn; what holds after a moment holds from the next float on."""
        times = [evaluate_start(at, start) for at in switch_times(equations)]
        for at, after in event_times(equations):
            time = evaluate_start(at, start)
            times.append(
                np.maximum(np.nextafter(time, np.inf), np.where(time >= 0, SOONEST, -np.inf)) if after else time
            )
        return times

    def taken_over(self, equations: Equations) -> tuple[Reason, ...]:
        """The ends for which the reference path is asked: beyond a turn, smooth rates may have no value."""
        beyond = (Reason.STEP_SIZE, Reason.NOT_FINITE, Reason.NO_VALUE) if lock(equations).modes else ()
        return (Reason.ELSEWHERE, *beyond)

    def tell(self, equations: Equations, task: Task, outcome: Outcome) -> list[str]:
        """The status of every member; what probably caused a failure is looked up in the state it left."""
        told = [""] * len(outcome.status)
        for looked_into, i in enumerate(np.flatnonzero(outcome.status).tolist()):
            reason, time, why = Reason(int(outcome.status[i])), float(outcome.work[i, 2]), ""
            final = outcome.final[i]
            what_events_set = equations.held if reason == Reason.NO_VALUE else _set_by_events(equations)
            known = not what_events_set or not np.all(np.isfinite(final))  # what events had set is not kept
            if looked_into < MOST_CAUSES and reason in EXPLAINED and known:
                why = cause(equations, time, task.values_at(i, time).tolist(), final.tolist())
            limit = self.limits.events if reason == Reason.EVENTS else self.limits.steps
            told[i] = sentence(reason, time=time, limit=limit, cause=why)
        return told

    def settled(self, baseline: Baseline, horizon: float) -> Settled:
        """Give the end of the baseline phase, NaN where it failed; a small ensemble's is remembered."""
        hold = {f"hold {key}": np.asarray(value, dtype=float) for key, value in baseline.hold.items()}
        further = (self.network, baseline.duration, horizon, self.rtol, self.atol, self.limits)
        return once(lambda: self.settle(baseline, horizon), self.count, {**self.given, **hold}, *further)

    def settle(self, baseline: Baseline, horizon: float) -> Settled:
        """Run the baseline phase, once for members that are alike in it."""
        equations, engine, keys = _settling_engine(self.network)
        hold = {key: np.broadcast_to(np.asarray(v, dtype=float), (self.count,)) for key, v in baseline.hold.items()}
        duration = baseline.duration
        begin, end = (-duration, 0.0) if duration is not None else (0.0, LONGEST_SETTLING)
        start = self.start(equations, hold)
        stops = actions((), self.count, {}, {}, self.switches(equations, start))
        task = self.task(
            equations, start, np.array([end]), stops, begin, end,
            settle=duration is None, span=10.0 * max(horizon, 1.0),
        )  # fmt: skip
        alike, where = _distinct(np.hstack([task.start, task.values]))
        task = task.of(alike)
        outcome = self.integrate(equations, engine, task)
        told = [f"in the baseline phase: {why}" if why else "" for why in self.tell(equations, task, outcome)]
        outcome.final[outcome.status != 0] = np.nan
        return outcome.of(where), keys, [told[i] for i in where]

    def task(
        self,
        equations: Equations,
        start: Mapping[str, Array],
        times: Array,
        what: Actions,
        begin: float,
        end: float,
        *,
        settle: bool = False,
        span: float = 0.0,
    ) -> Task:
        guesses = {key: np.where(np.isfinite(start[key]), start[key], 1.0) for key in equations.unknowns}
        states = self._stack((*equations.states, *equations.unknowns), {**start, **guesses})
        modes = lock(equations).modes
        rtol = min(self.rtol, SETTLING_RTOL) if settle or begin < 0 else self.rtol
        return Task(
            start=states,
            values=self._stack(
                (*equations.constants, *equations.held, *modes), {**start, **dict.fromkeys(modes, ZERO)}
            ),
            times=times,
            actions=what,
            t_start=begin,
            t_end=end,
            rtol=rtol,
            atol=self._absolute(equations, states, rtol),
            amounts=kinds_of(equations).amounts,
            settle=settle,
            span=span,
            max_steps=self.limits.steps,
            max_events=self.limits.events,
        )

    def _stack(self, keys: Sequence[str], values: Mapping[str, Array]) -> Array:
        stacked = np.empty((self.count, len(keys)))
        for i, key in enumerate(keys):
            stacked[:, i] = values[key]
        return stacked

    def _absolute(self, equations: Equations, states: Array, rtol: float) -> Array:
        if self.atol is not None:
            return np.full(states.shape, self.atol)
        return tolerances(kinds_of(equations), np.abs(states), rtol)

    def integrate(
        self,
        equations: Equations,
        engine: Choice | Engine,
        task: Task,
        report: Callable[[int], None] | None = None,
        saved: Array | None = None,
    ) -> Outcome:
        """Run a task, and members again in which a state never came near the size that it was taken to have.

        Where the second run fails the first one stands: what is so small may be the rounding error of something else.
        """
        outcome = engine.run(task, self.threads, progress=report, saved=saved)
        if self.atol is not None:
            return outcome
        kinds, start = kinds_of(equations), np.abs(task.start)
        with np.errstate(invalid="ignore"):
            reached = np.fmax(outcome.reached, np.abs(outcome.final))
            coarse = too_coarse(kinds, start, reached) & (outcome.status == 0)[:, None]
        members = np.flatnonzero(coarse.any(axis=1))
        if not len(members):
            return outcome
        again, most = task.of(members), kinds.largest(reached[members])
        finer = SHARE * task.rtol * np.maximum(start[members], LEAST * most)
        atol = np.where(coarse[members], finer, again.atol)
        patience = PATIENCE * (100 + int(outcome.work[members, :2].sum(axis=1).max()))
        second = engine.run(replace(again, atol=atol, max_steps=min(task.max_steps, patience)), self.threads)
        good = np.flatnonzero(second.status == 0)
        outcome.put(members[good], second.of(good))
        return outcome


@lru_cache(maxsize=32)
def _start(equations: Equations, given: tuple[str, ...]) -> tuple[tuple[str, ...], Start]:
    """The stored quantities, and how they start for members that are given some; rates are not asked for."""
    stored = (*equations.constants, *equations.held, *equations.states, *equations.unknowns)
    return stored, Start(with_given_amounts(equations, given), given, [name(key) for key in stored], arrays=True)


@lru_cache(maxsize=32)
def _set_by_events(equations: Equations) -> frozenset[str]:
    """The quantities in rates that are not states and that events set."""
    return frozenset(names(*reached(equations))) & frozenset(equations.held)


def evaluate_start(formula: Expression, values: Mapping[str, Array]) -> Array:
    """Evaluate a formula over start values, for all members."""
    if formula.op == "number":
        return np.asarray(formula.value, dtype=float)
    result: Array = evaluate(formula, {key: values[key] for key in names(formula)}, time=0.0)
    return result


def _distinct(rows: Array) -> tuple[NDArray[Any], NDArray[Any]]:
    """Give the first of each kind of row, and the kind of every row; by their bytes, which is far faster than to sort.

    Returns:
        Row numbers of shape (kinds,) and kinds of shape (rows,).
    """
    kinds: dict[bytes, int] = {}
    where = np.array([kinds.setdefault(row.tobytes(), len(kinds)) for row in rows], dtype=np.int64)
    return np.unique(where, return_index=True)[1], where
