"""Steady states: where a network comes to rest, polished by Newton's method, with their stability.

A network may have several steady states.  The one that is given is the one the trajectory from the member's own start
comes to: members are integrated until nothing moves, and then Newton's method, on the rates together with the sums that
never change, finds the state to rounding.  For a member that does not come to rest (it oscillates, say) Newton's method
is tried from its mean state; what it finds is given with `reached` false.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..base.errors import ModelError, Problem
from ..mechanisms.equations import Equations
from ..mechanisms.expression import walk
from ..mechanisms.interpret import Interpreter
from ..mechanisms.network import Network
from ..mechanisms.writing import write_equations
from .diagnosis import cause
from .ensemble import integrate
from .protocol import Baseline, given_numbers
from .rates import Rates, conserved
from .reduce import auc
from .sizes import guesses, kinds_of
from .status import Limits, Reason, sentence

Array = NDArray[np.float64]
MOST_STATES: Final = 1_000  # whose matrices are solved in seconds
BLOCK: Final = 512  # members whose matrices are held at once, at most
MATRICES: Final = 8_000_000  # numbers of the matrices that are held at once
SECONDS: Final = 60.0  # of a member on its way to rest, on the reference path
SMALLEST: Final = 1e-9  # of the largest of its kind: as which a smaller state counts
MOST_CAUSES: Final = 200  # members without a start that are looked into
ROUNDS: Final = 30  # of Newton's method
CLOSE: Final = 1e-9  # a correction, relative to the state, after which Newton's method has converged
NEAR: Final = 0.01  # how far, relatively, it may take a state that integration came to
STEPS: Final = 20_000  # of a member on its way to rest
MEAN: Final = 30.0  # of the slowest time scale: over how long a restless member's mean is taken
NEUTRAL: Final = 1e-10  # of the largest eigenvalue: a real part smaller than this is 0 to what differences can tell
NONE: Final = "no steady state was found: the trajectory does not come to rest, and Newton's method finds no other"


@dataclass(frozen=True)
class SteadyStates:
    """The steady states of an ensemble.

    Attributes:
        names: what the values are of: all that was asked for.
        values: NaN where there is none.  Shape (members, names).
        slowest: the largest real part of an eigenvalue, sums that never change left out.  Shape (members,), in 1/time.
        stable: whether that is negative.  Shape (members,).
        reached: whether the trajectory from the member's start comes to it.  Shape (members,).
        status: "" or why there is none.
    """

    names: tuple[str, ...]
    values: Array
    slowest: Array
    stable: NDArray[np.bool_]
    reached: NDArray[np.bool_]
    status: tuple[str, ...]


def find_steady_states(
    network: Network,
    *,
    members: int | None = None,
    parameters: Mapping[str, ArrayLike] | None = None,
    save: tuple[str, ...] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> SteadyStates:
    """Find a steady state of every member.

    Args:
        members, parameters, save, threads, progress: as in `integrate`.

    Raises:
        ModelError: the rates depend on the time itself or on the past, so that nothing is ever steady.
        InputError: names or shapes do not fit.
    """
    equations = write_equations(network, settling=True)
    _check(network, equations)
    given = given_numbers(parameters)
    chosen = tuple(network.species) if save is None else save
    start = _start(network, equations, given, members)
    count = len(start[0].T)
    pace = _pace(equations, *start)
    came_to, status = _integrate(network, equations, given, start[0], pace, threads, progress)
    reached = np.array([not why for why in status])
    guess = np.where(reached, came_to, _middle(network, equations, given, start[0], reached, MEAN * pace, threads))
    y, slowest = np.full(guess.shape, np.nan), np.full(count, np.nan)
    values = np.full((count, len(chosen)), np.nan)
    for some in _alike(start[1], guess):
        still = {key: value if value.ndim == 0 else value[some] for key, value in start[1].items()}
        found = _polish(equations, still, guess[:, some], start[0][:, some], reached[some])
        y[:, some], slowest[some], reached[some] = found
        values[some] = _values(equations, still, y[:, some], chosen)
    there = np.isfinite(slowest)
    told = _told(equations, *start, status)
    status = tuple("" if known else why or NONE for known, why in zip(there, told, strict=True))
    return SteadyStates(chosen, values, slowest, slowest < 0, reached & there, status)


def _check(network: Network, equations: Equations) -> None:
    used = {node.op for node in walk(*equations.rates.values(), *equations.assigned.values(), *equations.algebraic)}
    problems = [
        Problem("", f"{what}, so that nothing in it is ever steady", "give the input a constant value")
        for op, what in (("time", "depends on the time itself"), ("delay", "depends on its own past"))
        if op in used
    ]
    if equations.events:
        problems.append(Problem("", "has events, which steady states leave out", "simulate it until it rests"))
    if (size := len(equations.states) + len(equations.unknowns)) > MOST_STATES:
        what = f"has {size:,} states; steady states are found of up to {MOST_STATES:,}"
        problems.append(Problem("", what, "simulate it until it rests"))
    if problems:
        raise ModelError(f"model '{network.name}'" if network.name else "model", problems)


def _start(
    network: Network, equations: Equations, given: Mapping[str, Array], members: int | None
) -> tuple[Array, dict[str, Array]]:
    """Give the start of states and unknowns, shape (size, members), and of everything that does not move."""
    from .lockstep.phases import Ensemble

    count = members or max((len(value) for value in given.values() if value.ndim), default=1)
    start = Ensemble(network, count, given, 1e-6, None, Limits(), 1).start(equations, {})
    rows = [np.broadcast_to(start[key], (count,)) for key in (*equations.states, *equations.unknowns)]
    still = {key: start[key] for key in (*equations.constants, *equations.held)}
    return np.array(rows, dtype=float).reshape(len(rows), count), still


def _pace(equations: Equations, y: Array, still: Mapping[str, Array]) -> float:
    """The slowest time scale of the first members at their start: over less than it, rest cannot be told."""
    some = {key: value if value.ndim == 0 else value[:16] for key, value in still.items()}
    y = np.where(np.isfinite(y[:, :16]), y[:, :16], 1.0)
    matrix = Rates(equations, some).matrix(y, _scale(y, _floor(equations, y)))
    speeds = np.abs(np.linalg.eigvals(np.where(np.isfinite(matrix), matrix, 0.0)))
    moving = speeds[speeds > 1e-9 * np.max(speeds, initial=0.0)]
    return float(np.clip(1 / np.min(moving), 1e-3, 1e7)) if len(moving) else 1.0


def _integrate(
    network: Network,
    equations: Equations,
    given: Mapping[str, Array],
    start: Array,
    pace: float,
    threads: int | None,
    progress: Callable[[int, int], None] | None,
) -> tuple[Array, tuple[str, ...]]:
    """Go on until nothing moves, and then for the slowest time scale: states of shape (size, members), and statuses."""
    keys = [_as_saved(equations, key) for key in (*equations.states, *equations.unknowns)]
    run = integrate(
        network, [0.0, pace], members=start.shape[1], parameters=given, baseline=Baseline(), save=keys, threads=threads,
        progress=progress, limits=Limits(steps=STEPS, seconds=SECONDS),
    )  # fmt: skip
    scale = _scale(run.values[:, 1].T, _floor(equations, run.values[:, 1].T, start))
    with np.errstate(invalid="ignore"):
        moved = np.max(np.abs(run.values[:, 1] - run.values[:, 0]).T / scale, axis=0, initial=0.0) > NEAR
    return run.values[:, 1].T, tuple(why or (NONE if far else "") for why, far in zip(run.status, moved, strict=True))


def _as_saved(equations: Equations, key: str) -> str:
    """The name under which `integrate` saves a state as it is stored: an amount, or a concentration."""
    amount = equations.amounts.get(key)
    return f"[{key}]" if amount is not None and amount.op == "times" else key


def _middle(
    network: Network,
    equations: Equations,
    given: Mapping[str, Array],
    start: Array,
    reached: NDArray[np.bool_],
    span: float,
    threads: int | None,
) -> Array:
    """The mean state of the members that do not come to rest; the start where there is none."""
    restless = np.flatnonzero(~reached)
    middle = start.copy()
    if not len(restless) or equations.baselines:
        return middle
    keys = [_as_saved(equations, key) for key in (*equations.states, *equations.unknowns)]
    run = integrate(
        network, span, members=len(restless), threads=threads, limits=Limits(steps=STEPS, seconds=SECONDS),
        parameters={key: value[restless] if value.ndim else value for key, value in given.items()},
        reduce={key: auc(key) for key in keys},
    )  # fmt: skip
    means = np.array([run.reduced[key] / span for key in keys])
    middle[:, restless] = np.where(np.isfinite(means), means, start[:, restless])
    return middle


def _floor(equations: Equations, *states: Array) -> Array:
    """How large a state counts as at least: a share of the largest of its kind.  Shape (size, members)."""
    sizes = np.max([np.where(np.isfinite(y), np.abs(y), 0.0) for y in states], axis=0)
    return SMALLEST * guesses(kinds_of(equations), sizes.T).T


def _scale(y: Array, floor: Array) -> Array:
    return np.maximum(np.abs(y), floor)


def _alike(still: Mapping[str, Array], guess: Array) -> list[NDArray[np.int64]]:
    """Members in blocks, those together that have the same constants at 0: so they conserve the same sums."""
    size, count = guess.shape
    known = [np.broadcast_to(value, (count,)) == 0 for value in still.values()]
    kinds: dict[bytes, list[int]] = {}
    for i, row in enumerate(np.stack([*known, np.all(np.isfinite(guess), axis=0)], axis=1)):
        kinds.setdefault(row.tobytes(), []).append(i)
    block = max(1, min(BLOCK, MATRICES // max(size * size, 1)))
    return [np.array(own[i : i + block]) for own in kinds.values() for i in range(0, len(own), block)]


def _polish(
    equations: Equations, still: Mapping[str, Array], guess: Array, start: Array, reached: NDArray[np.bool_]
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Newton's method on the rates and the sums that never change.

    A member that came to rest must be found near to where it rests. One whose rates do not vanish there only moves too
    slowly to be seen: what is found is its steady state, and it was not reached.

    Returns:
        The states, NaN where there are none; the largest real part; and whether the member came to them.
    """
    rates = Rates(equations, still)
    one = Rates(equations, {key: value if value.ndim == 0 else value[:1] for key, value in still.items()})
    floor = _floor(equations, guess, start)
    sums = conserved(one, guess[:, 0], floor[:, 0] / SMALLEST)
    y = guess.copy()
    last = np.full(y.shape[1], np.inf)
    for _ in range(ROUNDS):
        scale = _scale(y, floor)
        matrix = rates.matrix(y, scale)
        correction = _correction(matrix, rates(y), sums, sums @ (start - y), scale)
        size = np.max(np.abs(correction), axis=0, initial=0.0)
        go = np.isfinite(size) & (last > CLOSE)
        damping = np.minimum(1.0, 1.0 / np.maximum(size, 1.0))
        y = np.where(go, y + damping * correction * scale, y)
        last = np.where(go, size, np.where(np.isfinite(size), last, np.nan))
        if not np.any(go):
            break
    with np.errstate(invalid="ignore"):
        moved = np.max(np.abs(y - guess) / _scale(guess, floor), axis=0, initial=0.0)
        negative = np.any(y < -floor, axis=0) & ~np.any(guess < 0, axis=0)
        good = _vanish(rates, y, floor) & (last <= 100 * CLOSE) & ~negative
        reached = reached & ((moved <= NEAR) | ~good | _vanish(rates, guess, floor))
    y = np.where(good & (~reached | (moved <= NEAR)), y, np.where(reached, guess, np.nan))
    return y, _slowest(rates.matrix(y, _scale(y, floor)), sums, rates.states), reached


def _vanish(rates: Rates, y: Array, floor: Array) -> NDArray[np.bool_]:
    """Whether rates are 0 next to what their terms can be, and not only as small as Newton's method can make them."""
    scale = _scale(y, floor)
    terms = np.max(np.abs(rates.matrix(y, scale)) * scale.T[:, None, :], axis=2, initial=0.0).T
    small: NDArray[np.bool_] = np.all(np.abs(rates(y)) <= 1e-6 * terms, axis=0)
    return small


def _correction(matrix: Array, f: Array, sums: Array, off: Array, scale: Array) -> Array:
    """Solve J δ = −f together with the sums, by least squares, in units of `scale`.  Shape (size, members)."""
    scaled = matrix * scale.T[:, None, :]
    rows = np.max(np.abs(scaled), axis=2, keepdims=True)
    rows = np.where(rows > 0, rows, 1.0)
    kept = sums[None] * scale.T[:, None, :]
    weights = np.max(np.abs(kept), axis=2, keepdims=True)
    left = np.concatenate([scaled / rows, kept / weights], axis=1)
    right = np.concatenate([-f.T[:, :, None] / rows, off.T[:, :, None] / weights], axis=1)
    whole = np.all(np.isfinite(left), axis=(1, 2)) & np.all(np.isfinite(right), axis=(1, 2))
    solved = np.full((len(left), left.shape[2], 1), np.nan)
    if np.any(whole):
        solved[whole] = np.linalg.pinv(left[whole], rcond=1e-13) @ right[whole]
    return solved[:, :, 0].T


def _slowest(matrix: Array, sums: Array, states: int) -> Array:
    """The largest real part of the eigenvalues within the space in which the sums do not change."""
    result = np.full(len(matrix), np.nan)
    whole = np.all(np.isfinite(matrix), axis=(1, 2))
    if states < matrix.shape[1] and np.any(whole):  # unknowns follow at once
        across = np.linalg.solve(matrix[whole][:, states:, states:], matrix[whole][:, states:, :states])
        matrix = matrix.copy()
        matrix[whole, :states, :states] -= matrix[whole][:, :states, states:] @ across
    basis = np.linalg.svd(sums[:, :states], full_matrices=True)[2][len(sums) :].T if len(sums) else np.eye(states)
    if not basis.shape[1]:
        result[whole] = -np.inf
        return result
    inner = basis.T @ matrix[whole][:, :states, :states] @ basis
    values = np.linalg.eigvals(inner)
    largest = np.max(values.real, axis=1)
    result[whole] = np.where(np.abs(largest) <= NEUTRAL * np.max(np.abs(values), axis=1), 0.0, largest)
    return result


def _values(equations: Equations, still: Mapping[str, Array], y: Array, names: tuple[str, ...]) -> Array:
    """What was asked for, at the states.  Shape (members, names)."""
    from .saved import saved_formula

    function = Interpreter(equations, [saved_formula(equations, key) for key in names], arrays=True)
    function.bind([still[key] for key in function.still])
    with np.errstate(all="ignore"):
        values = function(0.0, list(y))
    return np.stack([np.broadcast_to(value, y.shape[1:]) for value in values], axis=1).astype(float)


def _told(equations: Equations, y: Array, still: Mapping[str, Array], status: tuple[str, ...]) -> tuple[str, ...]:
    """What a member died of, where that is not only that it does not come to rest; and why it cannot start."""
    told = [NONE if why.startswith("in the baseline phase: ") else why for why in status]
    count = len(equations.states)
    lost = ~np.all(np.isfinite(Rates(equations, still)(y)[:count]) & np.isfinite(y[:count]), axis=0)
    for looked_into, i in enumerate(np.flatnonzero(lost).tolist()):
        own = [float(value if value.ndim == 0 else value[i]) for value in still.values()]
        why = cause(equations, 0.0, own, y[:, i].tolist()) if looked_into < MOST_CAUSES else ""
        told[i] = sentence(Reason.NO_VALUE, time=0.0, cause=why)
    return tuple(told)
