"""The reference backend: members one after another on the interpreter, with every construct a network may have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

import numpy as np

from ..base.errors import InputError, ModelError, Problem
from ..mechanisms.equations import Equations
from ..mechanisms.expression import apply
from ..mechanisms.network import Network
from ..mechanisms.writing import write_equations
from .doses import jumps, with_infusions
from .pieces import Along
from .plan import Plan
from .protocol import Array, Baseline, Dose, Run, unknown_name
from .reduction import Path
from .saved import saved_formula
from .scalar import Jump, Member, Options
from .sizes import guesses
from .status import Limits, Reason, Stopped

T = TypeVar("T")


class Taker(Protocol):
    """What takes the rows of members as they come: a reduction, or arrays."""

    @property
    def paths(self) -> Sequence[Path]: ...

    def take(self, some: slice, saved: Array, found: Array) -> None: ...


MOST_STATES = 5_000
SETTLING_RTOL = 1e-7  # of which LSODA is allowed a hundredth a step; less is lost in rounding in stiff networks
MORE_STEPS = 20  # times those of a first run: what a second, finer one may take
UNMOVED = 1e-6  # of a state: what counts as no change
SMALL = 1e-5  # of the largest of its kind: as which a smaller state counts
LONGEST_SETTLING = 1e9  # times the network's time unit; what has not settled by then has no steady state


def integrate_members(
    network: Network,
    times: Array,
    *,
    count: int,
    given: Mapping[str, Array],
    doses: Sequence[Dose],
    baseline: Baseline | None,
    save: Sequence[str],
    rtol: float,
    atol: float | None,
    progress: Callable[[int, int], None] | None,
    limits: Limits,
    threads: int | None = None,
    reduction: Taker | None = None,
) -> Run:
    """Integrate every member, one at a time; the arguments are those of `integrate`, checked and broadcast."""
    network = with_infusions(network, doses)
    equations = write_equations(network)
    if len(equations.states) > MOST_STATES:
        what = f"has {len(equations.states):,} states; the reference path takes up to {MOST_STATES:,}"
        raise ModelError(f"model '{network.name}'", Problem("", what, "its Jacobian would not fit in memory"))
    start = with_given_amounts(equations, given)
    paths = reduction.paths if reduction is not None else ()
    formulas = [saved_formula(equations, key) for key in save]
    plan = Plan(start, list(given), formulas, [path.formula(equations) for path in paths])
    settling, hold = None, {}
    if baseline is not None:
        hold = {key: np.broadcast_to(np.asarray(value, dtype=float), (count,)) for key, value in baseline.hold.items()}
        before = with_given_amounts(write_equations(network, settling=True), {**given, **hold})
        settling = Plan(before, list({**given, **hold}), list(equations.baselines.values()))
    options = Options(rtol, atol, limits)
    values = np.full((count if reduction is None else 0, len(times), len(save)), np.nan)
    status = [""] * count
    for i in range(count):
        phase = ""
        try:
            carried = None
            if settling is not None and baseline is not None:
                phase = "in the baseline phase: "
                chosen = [(hold[key] if key in hold else given[key])[i] for key in settling.given]
                carried = _settle(settling, equations, chosen, baseline.duration, options)
                phase = ""

            def run(member: Member, jumps: Sequence[Jump] = jumps(doses, i)) -> tuple[Array, Array]:
                member.along = along = Along(paths)
                return member.run(times.tolist(), jumps), along.found

            rows, found = _member(plan, [float(given[key][i]) for key in given], options, run, carried=carried)
        except Stopped as reason:
            status[i] = f"{phase}{reason}"
            rows, found = np.full((len(times), len(save)), np.nan), np.full((len(paths), 2), np.nan)
        if reduction is not None:
            reduction.take(slice(i, i + 1), rows[None], found[None])
        else:
            values[i] = rows
        if progress is not None:
            progress(i + 1, count)
    return Run(times, tuple(save), values, tuple(status))


def with_given_amounts(equations: Equations, given: Iterable[str]) -> Equations:
    """Let given species be amounts also where a concentration is stored.

    Raises:
        InputError: a name is not there, or cannot be varied.
    """
    from dataclasses import replace

    changed = dict(equations.initial)
    for key in given:
        if key not in changed or key in equations.assigned:
            raise unknown_name("parameters", key, [k for k in changed if k not in equations.assigned])
        if key in equations.fixed:
            raise InputError("parameters", Problem(key, "is a factor of a fast reaction and cannot be varied"))
        amount = equations.amounts.get(key)
        if amount is not None and amount.op == "times":  # stored as a concentration: divide by the size
            changed[key] = apply("divide", changed[key], amount.args[1])
    return replace(equations, initial=changed)


def _member(
    plan: Plan,
    given: Sequence[float],
    options: Options,
    run: Callable[[Member], T],
    *,
    begin: float = 0.0,
    carried: Mapping[str, float] | None = None,
) -> T:
    """Run a member, and again where a state never came near the size that it was taken to have.

    Where the second run fails the first one stands: what is so small may be the rounding error of something else.
    """
    member = Member(plan, given, options, begin=begin)
    member.begin(carried)
    found = run(member)
    if not member.was_too_coarse():
        return found
    limits = replace(options.limits, steps=min(options.limits.steps, MORE_STEPS * (100 + member.steps)))
    again = Member(plan, given, replace(options, limits=limits), begin=begin, reached=member.reached)
    try:
        again.begin(carried)
        return run(again)
    except Stopped:
        return found


def _settle(
    plan: Plan, equations: Equations, given: Sequence[float], duration: float | None, options: Options
) -> dict[str, float]:
    """Run the baseline phase; give what it leaves: states, held quantities, unknowns, and each `baseline(x)`."""
    precise = Options(min(options.rtol, SETTLING_RTOL), options.atol, options.limits)

    def run(member: Member) -> dict[str, float]:
        if duration is not None:
            member.run([0.0], ())
        else:
            _settle_down(member)
        left = {key: member.get(key) for key in (*plan.equations.held, *plan.moving)}
        values = plan.saved(member.time, member.full(member.time, member.states))
        return left | dict(zip(equations.baselines, values, strict=True))

    return _member(plan, [float(value) for value in given], precise, run, begin=-(duration or 0.0))


def _settle_down(member: Member) -> None:
    """Run over ever longer spans until a span ten times as long as the last changes nothing."""
    horizon = 1.0
    member.run([member.time], ())
    while horizon <= LONGEST_SETTLING:
        before = np.array(member.moving())
        member.run([horizon], ())
        after = np.array(member.moving())
        least = np.full(len(after), 1e-9 * np.max(np.abs(after), initial=1e-300))
        least[: member.count] = (
            SMALL * guesses(member.kinds, np.maximum(np.abs(member.states), member.reached)[None])[0]
        )
        if horizon > 10 and np.all(np.abs(after - before) <= UNMOVED * np.maximum(np.abs(after), least)):
            return
        horizon *= 10
    raise Stopped(Reason.NOT_STEADY, time=member.time)
