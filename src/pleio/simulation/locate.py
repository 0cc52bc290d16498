"""Locating, on the dense output of a step, the first moment at which a comparison or a trigger changes."""

from __future__ import annotations

import math
from collections.abc import Callable

Answers = tuple[list[float], list[float], list[float]]
Ask = Callable[[float], Answers]
SAMPLES = 4  # moments looked at within one step


def first_change(ask: Ask, begin: float, end: float, before: Answers) -> tuple[float | None, Answers]:
    """Find the first time in (begin, end] at which an answer differs from what it was at `begin`.

    Args:
        ask: gives, at a time, the truth of each comparison, the difference it compares with 0, and each trigger.
        before: what it gave at `begin`.

    Returns:
        The first floating-point number at which a change is seen, None where nothing changes; and the last answers.
    """
    left = begin
    for k in range(1, SAMPLES + 1):
        right = end if k == SAMPLES else begin + (end - begin) * k / SAMPLES
        if right <= left:
            continue
        now = ask(right)
        moments = [_when(ask, left, right, i, before, now) for i in range(len(now[0])) if now[0][i] != before[0][i]]
        if not moments:
            turned = [i for i, trigger in enumerate(now[2]) if trigger != before[2][i]]
            moments = [_bisect(_turned(ask, i, before), left, right) for i in turned]
        if moments:
            return min(moments), now
        left, before = right, now
    return None, before


def _turned(ask: Ask, i: int, before: Answers) -> Callable[[float], bool]:
    return lambda time: ask(time)[2][i] != before[2][i]


def _when(ask: Ask, left: float, right: float, i: int, before: Answers, after: Answers) -> float:
    """Find where comparison i changes: a root of its difference first, then the exact float around it."""
    from scipy.optimize import brentq

    known = {left: before[1][i], right: after[1][i]}

    def changed(time: float) -> bool:
        return ask(time)[0][i] != before[0][i]

    def difference(time: float) -> float:
        return known[time] if time in known else ask(time)[1][i]

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
