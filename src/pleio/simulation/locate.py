"""Locating, on the dense output of a step, the first moment at which a comparison or a trigger changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

Answers = tuple[list[float], list[float], list[float]]
Ask = Callable[[float], Answers]
SAMPLES = 4  # moments looked at within one step


def first_change(
    ask: Ask, begin: float, end: float, truths: Sequence[float], triggers: Sequence[float]
) -> float | None:
    """Find the first time in (begin, end] at which an answer differs from what it was at `begin`.

    Args:
        ask: gives, at a time, the truth of each comparison, the difference it compares with 0, and each trigger.
        truths: the comparisons at `begin`.
        triggers: the triggers as they were last judged.

    Returns:
        The first floating-point number at which the change is seen; None where nothing changes.
    """
    left = begin
    for k in range(1, SAMPLES + 1):
        right = end if k == SAMPLES else begin + (end - begin) * k / SAMPLES
        if right <= left:
            continue
        now = ask(right)
        moved = [i for i, truth in enumerate(now[0]) if truth != truths[i]]
        moments = [_when(ask, left, right, i, truths[i]) for i in moved]
        if not moved:
            turned = [i for i, trigger in enumerate(now[2]) if trigger != triggers[i]]
            moments = [_bisect(lambda t, i=i: ask(t)[2][i] != triggers[i], left, right) for i in turned]  # type: ignore[misc]
        if moments:
            return min(moments)
        left = right
    return None


def _when(ask: Ask, left: float, right: float, i: int, truth: float) -> float:
    """Find where comparison i changes: a root of its difference first, then the exact float around it."""
    from scipy.optimize import brentq

    def changed(time: float) -> bool:
        return ask(time)[0][i] != truth

    def difference(time: float) -> float:
        return ask(time)[1][i]

    a, b = difference(left), difference(right)
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
