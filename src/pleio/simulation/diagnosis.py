"""What probably stopped a member: the rate that has no value and the operation it comes from, or what runs away."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..mechanisms.equations import Equations
from ..mechanisms.expression import Expression, names
from ..mechanisms.interpret import Interpreter, Past, trace, unknown_past
from ..mechanisms.printing import print_formula

HUGE = 1e12
DEEPEST = 12  # nesting beyond which an operation is named and not written out


def cause(
    equations: Equations,
    time: float,
    still: Sequence[float],
    moving: Sequence[float],
    past: Past = unknown_past,
) -> str:
    """Say what is wrong with a state that cannot be left; "" where nothing is found.

    Args:
        still: constants and held quantities; `moving`: states and unknowns.
        past: answers `delay`.
    """
    lost = [key for key, value in zip(equations.states, moving, strict=False) if not math.isfinite(value)]
    if lost:
        value = moving[equations.states.index(lost[0])]
        return f"'{lost[0]}' is {'not a number' if math.isnan(value) else 'infinite'}"
    with np.errstate(all="ignore"):
        formulas = [*equations.rates.values(), *equations.algebraic]
        interpreter = Interpreter(equations, formulas, past=past)
        interpreter.bind(list(still))
        rates = interpreter(time, list(moving))
        for i, rate in enumerate(rates):
            if not math.isfinite(rate):
                return _without_value(equations, i, formulas[i], rate, time, still, moving, past)
        if not equations.states:
            return ""
        fastest, speed = _fastest(equations, rates, moving)
        if abs(moving[fastest]) > HUGE:
            return _runs_away(equations, fastest, rates, moving)
        for power in range(-15, 1):  # a little further on
            step = 10.0**power / speed if speed else 0.0
            beyond = [y + step * r for y, r in zip(moving, rates, strict=False)] + list(moving[len(equations.states) :])
            there = interpreter(time + step, beyond[: len(moving)])
            for k, rate in enumerate(there):
                if not math.isfinite(rate):
                    at, values = time + step, beyond[: len(moving)]
                    return _without_value(equations, k, formulas[k], rate, at, still, values, past)
    return _runs_away(equations, fastest, rates, moving)


def _without_value(
    equations: Equations,
    i: int,
    formula: Expression,
    rate: float,
    time: float,
    still: Sequence[float],
    moving: Sequence[float],
    past: Past,
) -> str:
    keys = list(equations.states)
    what = f"the rate of '{keys[i]}'" if i < len(keys) else "an algebraic rule"
    is_what = "is not a number" if math.isnan(rate) else "is infinite"
    found = trace(equations, formula, time, still, moving, past)
    if found is None:
        return f"{what} {is_what}"
    node, known = found
    if node.op == "name":
        return f"{what} {is_what}, since '{node.value}' is {known.get(str(node.value), math.nan):g}"
    shown = print_formula(node) if node.depth <= DEEPEST else f"'{node.op}'"
    listed = ", ".join(f"{key} = {known[key]:.6g}" for key in sorted(names(node))[:4] if key in known)
    return f"{what} {is_what}: {shown}" + (f" with {listed}" if listed else "")


def _fastest(equations: Equations, rates: Sequence[float], moving: Sequence[float]) -> tuple[int, float]:
    """The state that changes fastest for its size, and how many times its size per unit of time."""
    size = max((abs(value) for value in moving), default=0.0) or 1.0
    count = len(equations.states)
    speeds = [abs(r) / max(abs(y), 1e-9 * size) for r, y in zip(rates[:count], moving[:count], strict=True)]
    i = int(np.argmax(speeds))
    return i, speeds[i]


def _runs_away(equations: Equations, i: int, rates: Sequence[float], moving: Sequence[float]) -> str:
    why = "the solution diverges" if abs(moving[i]) > HUGE else "the fastest for its size"
    return f"'{equations.states[i]}' is {moving[i]:.6g} and changes by {rates[i]:.3g} per unit of time: {why}"
