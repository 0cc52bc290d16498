"""Locating, on the dense output of a step, the first moment at which a comparison or a trigger changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

from .plan import Answers, Meeting

Ask = Callable[[float], Answers]
Moment = tuple[float, Answers]
PARTS = (1e-3, 0.25, 0.5, 0.75, 1 - 1e-3, 1.0)  # of a step, looked at in turn; those near its ends show the slope there


def first_change(ask: Ask, begin: float, end: float, before: Answers) -> tuple[float | None, Answers]:
    """Find the first time in (begin, end] at which an answer differs from what it was at `begin`.

    What changes and changes back between two moments that are looked at is found where the difference comes nearest to
    0 between them, so that only what oscillates faster than that is missed.

    Args:
        ask: gives the answers at a time.
        before: what it gave at `begin`.

    Returns:
        The first floating-point number at which a change is seen, None where nothing changes; and the last answers.
    """
    seen: list[Moment] = [(begin, before)]
    for part in PARTS:
        time = end if part == 1 else begin + (end - begin) * part
        if time <= seen[-1][0]:
            continue
        now = (time, ask(time))
        moments = _changes(ask, seen[-1], now)
        if not moments and len(seen) > 1:
            moments = [m for dip in _dips(ask, seen[-2], seen[-1], now) for m in _changes(ask, seen[-2], dip)]
        if moments:
            return min(moments), now[1]
        seen.append(now)
    return None, seen[-1][1]


def meetings(
    ask: Ask, moments: tuple[float, float, float], sides: Sequence[float], at: Sequence[int]
) -> dict[int, Meeting]:
    """Find the equalities of which one side passes the other at a moment without a jump, so that they meet there.

    Args:
        moments: the beginning of the step, the moment, and the end of the step.
        sides: those before the moment.
        at: which difference belongs to each.
    """
    begin, found, end = moments
    width = 1e-6 * (end - begin)
    now = ask(found)
    passed = [k for k, side in enumerate(sides) if now.sides[k] * side == -1]
    if not passed:
        return {}
    before, early, late = (
        ask(time).differences
        for time in (math.nextafter(found, -math.inf), max(begin, found - width), min(end, found + width))
    )
    found_at = {k: Meeting(now.differences[at[k]], abs(late[at[k]] - early[at[k]])) for k in passed}
    return {k: m for k, m in found_at.items() if abs(m.difference - before[at[k]]) <= 0.5 * m.within}


def _changes(ask: Ask, left: Moment, right: Moment) -> list[float]:
    """When what differs between two moments changes: comparisons, or triggers where none does; and equalities."""
    before, now = left[1], right[1]
    met = [i for i, side in enumerate(now.sides) if side != before.sides[i]]
    return _turns(ask, left, right) + [_bisect(_left_its_side(ask, i, before), left[0], right[0]) for i in met]


def _turns(ask: Ask, left: Moment, right: Moment) -> list[float]:
    before, now = left[1], right[1]
    compared = [i for i in range(len(now.truths)) if now.truths[i] != before.truths[i]]
    if compared:
        return [_when(ask, left[0], right[0], i, before, now) for i in compared]
    turned = [i for i, trigger in enumerate(now.triggers) if trigger != before.triggers[i]]
    return [_bisect(_turned(ask, i, before), left[0], right[0]) for i in turned]


def _dips(ask: Ask, left: Moment, middle: Moment, right: Moment) -> list[Moment]:
    """Where differences that are smallest in the middle of three moments come to 0 between them."""
    found = []
    for i, (a, b, c) in enumerate(zip(left[1].differences, middle[1].differences, right[1].differences, strict=True)):
        if (
            a * b > 0
            and b * c > 0
            and abs(a) >= abs(b) < abs(c)
            and _comes_near((left[0], middle[0], right[0]), a, b, c)
        ):
            time = _lowest(partial(_towards, ask, i, math.copysign(1.0, b)), left[0], right[0])
            answers = ask(time)
            if answers.truths[i] != left[1].truths[i] or answers.sides != left[1].sides:
                found.append((time, answers))
    return found


def _comes_near(times: tuple[float, float, float], a: float, b: float, c: float) -> bool:
    """Whether the parabola through three values comes to less than half the middle one."""
    u, v = times[0] - times[1], times[2] - times[1]
    curve = ((c - b) / v - (a - b) / u) / (v - u)
    slope = (a - b) / u - curve * u
    lowest = b - slope * slope / (4 * curve) if curve else b
    return not lowest * b > 0.5 * b * b


def _towards(ask: Ask, i: int, sign: float, time: float) -> float:
    """A difference, turned so that it is positive where nothing has changed."""
    return sign * ask(time).differences[i]


def _lowest(function: Callable[[float], float], left: float, right: float) -> float:
    from scipy.optimize import minimize_scalar

    found = minimize_scalar(function, bounds=(left, right), method="bounded", options={"xatol": 1e-9 * (right - left)})
    return float(found.x)


def _left_its_side(ask: Ask, i: int, before: Answers) -> Callable[[float], bool]:
    return lambda time: ask(time).sides[i] != before.sides[i]


def _turned(ask: Ask, i: int, before: Answers) -> Callable[[float], bool]:
    return lambda time: ask(time).triggers[i] != before.triggers[i]


def _when(ask: Ask, left: float, right: float, i: int, before: Answers, after: Answers) -> float:
    """Find where comparison i changes: a root of its difference first, then the exact float around it."""
    from scipy.optimize import brentq

    known = {left: before.differences[i], right: after.differences[i]}

    def changed(time: float) -> bool:
        return ask(time).truths[i] != before.truths[i]

    def difference(time: float) -> float:
        return known[time] if time in known else ask(time).differences[i]

    a, b = known[left], known[right]
    if not (math.isfinite(a) and math.isfinite(b)) or a * b > 0:
        return _bisect(changed, left, right)
    guess = left if a == 0 else right if b == 0 else float(brentq(difference, left, right, xtol=1e-300, rtol=1e-15))
    width = max(math.ulp(guess), math.ulp(left))
    low = high = min(max(guess, left), right)
    while low > left and changed(low):
        low = max(left, low - width)
        width *= 4
    width = max(math.ulp(guess), math.ulp(left))
    while high < right and not changed(high):
        high = min(right, high + width)
        width *= 4
    return _bisect(changed, low, high)


def _bisect(changed: Callable[[float], bool], left: float, right: float) -> float:
    """Give the first float after `left` at which `changed` holds, given that it holds at `right`."""
    while True:
        middle = left + (right - left) / 2
        if middle <= left or middle >= right:
            return right
        if changed(middle):
            right = middle
        else:
            left = middle
