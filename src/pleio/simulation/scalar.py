"""The reference path: one member integrated at a time, with every construct that a network may have.

LSODA steps the states (DOP853 where a `delay` asks for the past); algebraic rules are solved inside the rates; whatever
may jump (a comparison in a rate or a trigger) is located on the dense output, to the last bit of time.
"""

from __future__ import annotations

import math
import time as clock
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from .algebra import AlgebraicSolver, Array
from .diagnosis import cause
from .locate import Ask, first_change, meetings
from .pieces import Along
from .plan import NONE_MET, Answers, Meeting, Plan
from .queue import EventQueue
from .sizes import LEAST, SHARE, guesses, kinds_of, too_coarse
from .status import EXPLAINED, Limits, Reason, Stopped

Dense = Callable[[float], Array]
CRAWLING, MOST_CRAWLED = 1e-8, 200  # of what is left: a careful step that hardly goes on; how many are taken
MOST_STALLED = 500
NOTHING_ASKED = Answers([], [], [], [])
PER_STEP = 0.01  # of the error asked for: LSODA delivers ten to a hundred times what it is allowed per step


@dataclass(frozen=True)
class Jump:
    """A change from outside at a time: quantities that are set, and amounts that are added."""

    time: float
    set: Mapping[str, float] = field(default_factory=dict)
    add: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Options:
    """How exactly to integrate, and what a member may use."""

    rtol: float = 1e-6
    atol: float | None = None
    limits: Limits = field(default_factory=Limits)


class Member:
    """One trajectory: its time, what is held, states and unknowns, and what waits to happen."""

    def __init__(
        self,
        plan: Plan,
        given: Sequence[float],
        options: Options,
        *,
        begin: float = 0.0,
        reached: Array | None = None,
    ) -> None:
        self.plan, self.options, self.time = plan, options, begin
        self.given = given
        self.algebra = AlgebraicSolver()
        self.steps = 0
        self.longest = np.inf  # of a step, where something may jump
        self.careful = np.inf  # of a step, where a longer one left the domain of the rates
        self.stalled = 0  # steps in a row that hardly changed the time
        self.taken = self.crawled = 0  # careful steps since it was changed, and tiny ones in all
        self.deadline = clock.monotonic() + options.limits.seconds
        plan.history.watch = self._watch
        self.index = {key: i for i, key in enumerate(plan.still)}
        self.count = len(plan.equations.states)
        self.kinds = kinds_of(plan.equations).first(self.count)
        self.reached = (
            np.zeros(self.count) if reached is None else reached
        )  # the largest magnitude of each state so far
        self.states, self.unknowns = np.empty(0), np.empty(0)
        self.still: list[float] = []
        self.along: Along | None = None  # what is reduced along the way
        self.met: Mapping[int, Meeting] = NONE_MET  # equalities in triggers that hold at this moment

    def begin(self, carried: Mapping[str, float] | None = None) -> None:
        """Set every quantity to its start, what was carried over from a baseline phase taking precedence."""
        equations = self.plan.equations
        given = dict(zip(self.plan.given, self.given, strict=True)) | dict(carried or {})
        self._take(given)
        free = [key for key in equations.unknowns if key not in equations.relaxation]
        for _ in range(10 if free else 0):  # what starts from an unknown follows once that is solved
            before = self.unknowns.tolist()
            self._take(given | {key: self.get(key) for key in free})
            if self.unknowns.tolist() == before:
                break
        self.queue = EventQueue(self.plan, self)
        self.sizes = np.maximum(np.abs(self.states), self.reached)  # what is known of each state's size at the start

    def _take(self, given: Mapping[str, float]) -> None:
        plan = self.plan
        start = plan.start(self.time, given)
        self.still = [start[key] for key in plan.still]
        self.states = np.array([start[key] for key in plan.equations.states], dtype=float)
        self.unknowns = np.array([start[key] for key in plan.equations.unknowns], dtype=float)
        self.unknowns[~np.isfinite(self.unknowns)] = 1.0
        plan.bind(self.still)
        if plan.equations.sums:
            self._take_sums()
        if len(self.unknowns):
            self._solve_after_jump()
        plan.history.now = (self.still, self.moving())

    def moving(self) -> list[float]:
        return [*self.states.tolist(), *self.unknowns.tolist()]

    # reading and changing quantities

    def get(self, key: str) -> float:
        """The stored value of a quantity."""
        if key in self.index:
            return self.still[self.index[key]]
        moving = self.plan.moving
        return float(self.moving()[moving.index(key)])

    def set(self, changes: Mapping[str, float]) -> None:
        """Set stored quantities at once, and solve what follows from them."""
        equations = self.plan.equations
        self.still = [*self.still]
        for key, value in changes.items():
            if key in self.index:
                self.still[self.index[key]] = value
            elif key in equations.states:
                self.states[equations.states.index(key)] = value
            elif key in equations.unknowns:
                self.unknowns[equations.unknowns.index(key)] = value
            else:
                raise Stopped(Reason.FOLLOWS, time=self.time, cause=f"'{key}'")
        self.plan.bind(self.still)
        if equations.sums and any(key in equations.unknowns for key in changes):
            self._take_sums()
        if len(equations.unknowns):
            self._solve_after_jump()
        self.plan.history.now = (self.still, self.moving())

    def _take_sums(self) -> None:
        equations = self.plan.equations
        for key, value in zip(equations.sums, self.plan.sums(self.time, self.moving()), strict=True):
            self.states[equations.states.index(key)] = value

    def _solve_after_jump(self) -> None:
        self.algebra.forget()
        if self.plan.equations.relaxation:
            self._relax()
        self.unknowns = self._solve(self.time, self.states)

    def _relax(self) -> None:
        """Let fast reactions run by themselves until they are at equilibrium, so that the right root is found."""
        from scipy.integrate import LSODA

        count = self.count
        states = self.states.tolist()

        def rate(_: float, u: Array) -> Array:
            return np.array(self.plan.relaxation(self.time, [*states, *u.tolist()]))

        solver = LSODA(rate, 0.0, self.unknowns, 1e12, rtol=1e-9, atol=1e-12 * (1 + np.max(np.abs(self.unknowns))))
        for _ in range(2000):
            if solver.status != "running" or len(self.unknowns) != len(solver.y):
                break
            solver.step()
        if np.all(np.isfinite(solver.y)) and count >= 0:
            self.unknowns = np.array(solver.y)

    # the right-hand side

    def _solve(self, time: float, states: Array) -> Array:
        plan = self.plan
        if not len(plan.equations.unknowns):
            return self.unknowns
        known = states.tolist()
        found = self.algebra.solve(lambda u: np.array(plan.residuals(time, [*known, *u.tolist()])), self.unknowns)
        if found is None:
            raise Stopped(Reason.RULES, time=time)
        self.unknowns = found
        return found

    def full(self, time: float, states: Array) -> list[float]:
        """States and unknowns together."""
        values: list[float] = states.tolist()
        if len(self.plan.equations.unknowns):
            values += self._solve(time, states).tolist()
        if self.plan.uses_delay:
            self.plan.history.now = (self.still, values)
        return values

    def _rate(self, time: float, states: Array) -> Array:
        rates = np.array(self.plan.rates(time, self.full(time, states)), dtype=float)
        if np.all(np.isfinite(rates)):
            return rates
        if self.plan.modes:  # beyond a turn, what held before it may have no value
            rates = np.array(self.plan.live_rates(time, self.full(time, states)), dtype=float)
            if np.all(np.isfinite(rates)):
                return rates
        # an amount that should be 0 comes out a rounding error below it, where a root has no value
        clipped = np.where((states < 0) & (states >= -self._absolute(self.options.rtol)), 0.0, states)
        return np.array(self.plan.rates(time, self.full(time, clipped)), dtype=float)

    # going forward

    def run(self, times: Sequence[float], jumps: Sequence[Jump]) -> Array:
        """Integrate over `times` (increasing, the first not before now) and give the saved formulas at each."""
        rows = np.full((len(times), len(self.plan.saved.outputs)), np.nan)
        self.longest = _shortest_gap(self.time, times)
        waiting = sorted(jumps, key=lambda jump: jump.time)
        turns = self._turns()
        saved = 0
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            while True:
                while waiting and waiting[0].time <= self.time:
                    jump = waiting.pop(0)
                    self.set({**jump.set, **{key: self.get(key) + value for key, value in jump.add.items()}})
                self.queue.happen()
                while saved < len(times) and times[saved] <= self.time:
                    rows[saved] = self.plan.saved(self.time, self.full(self.time, self.states))
                    saved += 1
                if saved == len(times):
                    return rows
                while turns and turns[0] <= self.time:
                    turns.pop(0)
                stop = min([times[-1], *turns[:1], *(jump.time for jump in waiting[:1]), *self.queue.next_time()])
                saved = self._go(stop, times, saved, rows)

    def _turns(self) -> list[float]:
        """Known times at which comparisons turn: no step passes over one, or over the float after it."""
        found = [float(at) for at in self.plan.turns(self.time, self.full(self.time, self.states))]
        return sorted({at for time in found if math.isfinite(time) for at in (time, math.nextafter(time, math.inf))})

    def _go(self, stop: float, times: Sequence[float], saved: int, rows: Array) -> int:
        """Integrate to `stop` or to the first time something jumps; save what lies before."""
        plan = self.plan
        self.careful, self.crawled = np.inf, 0
        jumpy = bool(plan.compared or plan.events)
        before = plan.ask(self.time, self.full(self.time, self.states)) if jumpy else NOTHING_ASKED
        sides = before.sides
        plan.hold(before.truths)
        solver = self._solver(stop)
        while self.time < stop:
            begin = self.time
            end, states, dense = solver(begin)
            self._account()
            if not np.all(np.isfinite(states)):
                self._shorten(end - begin, stop)
                solver = self._solver(stop)
                continue
            self.stalled = self.stalled + 1 if end - begin <= 4 * math.ulp(end) < stop - begin else 0
            if self.stalled > MOST_STALLED:
                raise self._stopped(Reason.STEP_SIZE)
            if self.careful < np.inf and self._lengthen(end - begin, stop):
                solver = self._solver(stop)
            if plan.uses_delay:
                plan.history.record(end, partial(self._past, dense), self.still)
            found, before = first_change(self._asking(dense), begin, end, before) if jumpy else (None, before)
            if found is not None:
                self.met = meetings(self._asking(dense), (begin, found, end), sides, plan.equalities)
                end, states = found, dense(found)
            while saved < len(times) and times[saved] < end:
                rows[saved] = plan.saved(times[saved], self.full(times[saved], dense(times[saved])))
                saved += 1
            if self.along is not None and self.along.paths:
                self.along.step(begin, end, partial(self._reduced, dense))
            self.time, self.states = end, np.array(states, dtype=float)
            self.reached = np.maximum(self.reached, np.abs(self.states))
            if plan.uses_delay:
                plan.history.trim(end)
            if found is not None:
                break
        self.full(self.time, self.states)
        return saved

    def _shorten(self, step: float, stop: float) -> None:
        """After a step that left the domain of the rates: try a shorter one from where it began."""
        self.careful, self.taken = step / 8, 0
        if self.careful <= 1e-15 * abs(self.time) + 1e-30 * (stop - self.time):
            raise self._stopped(Reason.NOT_FINITE)

    def _lengthen(self, step: float, stop: float) -> bool:
        """Count careful steps; after twenty good ones longer ones may be tried, from a new start."""
        self.taken += 1
        self.crawled += step < CRAWLING * (stop - self.time)
        if self.crawled > MOST_CRAWLED:
            raise self._stopped(Reason.NO_VALUE)
        if self.taken < 20:
            return False
        self.careful, self.taken = self.careful * 8, 0
        return True

    def _reduced(self, dense: Dense, time: float) -> Sequence[float]:
        return self.plan.along(time, self.full(time, dense(time)))

    def _past(self, dense: Dense, time: float) -> list[float]:
        states = dense(time)
        return [*states.tolist(), *(self._solve(time, states).tolist() if len(self.plan.equations.unknowns) else [])]

    def _asking(self, dense: Dense) -> Ask:
        return lambda time: self.plan.ask(time, self.full(time, dense(time)))

    def _stopped(self, reason: Reason, *, limit: float = 0) -> Stopped:
        """The end of this member at its last good state, with what probably caused it."""
        why = self._cause() if reason in EXPLAINED else ""
        return Stopped(reason, time=self.time, limit=limit, cause=why)

    def _cause(self) -> str:
        return cause(self.plan.equations, self.time, self.still, self.moving(), self.plan.history.past)

    def _account(self) -> None:
        self.steps += 1
        if self.steps > self.options.limits.steps:
            raise self._stopped(Reason.STEPS, limit=self.options.limits.steps)
        if self.steps % 64 == 0:
            self._watch()

    def _watch(self) -> None:
        if clock.monotonic() > self.deadline:
            raise self._stopped(Reason.CLOCK, limit=self.options.limits.seconds)

    def _solver(self, stop: float) -> Callable[[float], tuple[float, Array, Dense]]:
        """Make a function that takes one step from a time and gives (end, states, dense output)."""
        longest = min(self.careful, self.longest if self.plan.compared or self.plan.events else np.inf)
        if not self.count:
            return self._standing_still(stop, longest)
        rates = self._rate(self.time, self.states)
        if not np.all(np.isfinite(rates)) or not np.all(np.isfinite(self.states)):
            raise self._stopped(Reason.NO_VALUE)
        if stop - self.time <= 8 * math.ulp(stop):  # to the float after a known time: no integrator steps so little
            begin, states = self.time, self.states
            return lambda _: (stop, states + (stop - begin) * rates, lambda at: states + (at - begin) * rates)
        rtol = max(PER_STEP * self.options.rtol, 3e-14)
        atol = self._absolute(rtol)
        if self.plan.uses_delay:
            return self._delayed(stop, rtol, atol, longest)
        from scipy.integrate import LSODA

        solver = LSODA(self._rate, self.time, self.states, stop, rtol=rtol, atol=atol, max_step=longest)

        def step(_: float) -> tuple[float, Array, Dense]:
            solver.step()
            if solver.status == "failed":
                raise self._stopped(Reason.STEP_SIZE)
            return float(solver.t), solver.y, solver.dense_output()

        return step

    def _standing_still(self, stop: float, longest: float) -> Callable[[float], tuple[float, Array, Dense]]:
        states = self.states
        return lambda time: (min(stop, time + longest), states, lambda _: states)

    def _delayed(
        self, stop: float, rtol: float, atol: Any, longest: float
    ) -> Callable[[float], tuple[float, Array, Dense]]:
        from scipy.integrate import DOP853

        history = self.plan.history
        solver = DOP853(self._rate, self.time, self.states, stop, rtol=max(rtol, 1e-12), atol=atol)

        def step(_: float) -> tuple[float, Array, Dense]:
            solver.max_step = min(longest, max(history.shortest, 1e-9 * abs(stop)))
            solver.h_abs = min(solver.h_abs, solver.max_step)
            history.shortest = float("inf")
            solver.step()
            if solver.status == "failed":
                raise self._stopped(Reason.STEP_SIZE)
            return float(solver.t), solver.y, solver.dense_output()

        return step

    def _absolute(self, rtol: float) -> Any:
        if self.options.atol is not None:
            return self.options.atol
        size = np.abs(self.states)[None]
        most = guesses(self.kinds, np.maximum(size, self.reached))
        return SHARE * rtol * np.maximum(size, LEAST * most)[0]

    def was_too_coarse(self) -> bool:
        """Whether some states never came near the size that they were taken to have."""
        if self.options.atol is not None or not self.count:
            return False
        return bool(too_coarse(self.kinds, self.sizes[None], self.reached[None]).any())


def _shortest_gap(begin: float, times: Sequence[float]) -> float:
    """How far a step may go where something may jump: a hundredth of the whole; less where outputs stand closer."""
    gaps = np.diff([begin, *times])
    whole = times[-1] - begin
    return float(min(whole / 100, max(np.min(gaps[gaps > 0]), whole / 5000))) if whole > 0 else np.inf
