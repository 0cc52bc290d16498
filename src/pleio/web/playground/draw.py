"""A course over time as a small SVG: for each arm the median world, and bands that hold half and nine tenths of them.

Drawn here and not through Vega, since a drawing must follow a slider.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from ...library.scenarios.answer import Answer, Course
from ..render.marks import number

WIDTH, HEIGHT = 440, 230
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 10, 34
MOST_POINTS = 180
MOST_DOSES = 60

Array = NDArray[np.float64]


def draw(course: Course, answer: Answer, doses: Sequence[float] = ()) -> Markup:
    """Draw one quantity.

    Args:
        doses: when something is given, in days; a tick each under the time axis.
    """
    days = _days(answer)
    unit, scale = ("d", 1.0) if days[-1] > 3 else ("h", 24.0)
    keep = np.unique(np.linspace(0, len(days) - 1, min(len(days), MOST_POINTS)).round().astype(int))
    time = days[keep] * scale
    bands = course.bands[:, :, keep]
    finite = bands[np.isfinite(bands)]
    if not finite.size:
        return Markup('<p class="empty">No trajectory came through.</p>')
    low, high = _range(float(finite.min()), float(finite.max()))

    def x(values: Array) -> Array:
        return np.asarray(LEFT + (WIDTH - LEFT - RIGHT) * values / (time[-1] or 1.0))

    def y(values: Array) -> Array:
        return np.asarray(TOP + (HEIGHT - TOP - BOTTOM) * (high - values) / (high - low))

    # what is put together here is numbers alone, which need no escaping
    parts = [_frame(low, high, float(time[-1]), unit)]
    across = x(time)
    for i, _ in enumerate(answer.arms):
        if np.isfinite(bands[i]).all():
            heights = y(bands[i])
            parts.append(
                f'<g class="arm arm-{i}"><path class="outer" d="{_area(across, heights[0], heights[4])}"/>'
                f'<path class="inner" d="{_area(across, heights[1], heights[3])}"/>'
                f'<path class="middle" d="{_line(across, heights[2])}"/></g>'
            )
    given = x(np.array(doses[:MOST_DOSES]) * scale).tolist()
    parts += [
        f'<line class="dose" x1="{at:.1f}" x2="{at:.1f}" y1="{HEIGHT - BOTTOM + 1}" y2="{HEIGHT - BOTTOM + 6}"/>'
        for at in given
    ]
    return Markup(
        '<svg class="course" viewBox="0 0 {w} {h}" role="img" aria-label="{label}" data-quantity="{name}">{parts}</svg>'
    ).format(w=WIDTH, h=HEIGHT, label=describe(course), name=course.name, parts=Markup("".join(parts)))


def describe(course: Course) -> str:
    """Say in words what the drawing shows."""
    ends = [
        f"{arm}: ends at {number(end[2])} (nine tenths of worlds between {number(end[0])} and {number(end[4])})"
        for arm, end in course.extremes[-1].values.items()
    ]
    return f"{course.label} in {course.unit}. " + "; ".join(ends)


def _days(answer: Answer) -> Array:
    from ...base.units import parse

    return answer.times * parse(answer.time_unit).factor_to(parse("d"))


def _range(low: float, high: float) -> tuple[float, float]:
    """Leave room above and below; begin at zero where zero is near."""
    if high - low < 1e-9 * max(abs(high), abs(low), 1e-300):
        pad = abs(high) * 0.1 or 1.0
        return low - pad, high + pad
    pad = 0.05 * (high - low)
    return (0.0 if 0 <= low < 0.4 * high else low - pad), high + pad


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Give round numbers within a range, at most so many.

    Example:
        >>> ticks(0, 43)
        [0.0, 10.0, 20.0, 30.0, 40.0]
    """
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * nice for nice in (1, 2, 2.5, 5, 10) if power * nice >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [round(k * step, 12) + 0.0 for k in range(first, math.floor(high / step + 1e-9) + 1)]


def _frame(low: float, high: float, last: float, unit: str) -> str:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = []
    for value in ticks(low, high):
        at = round(TOP + (bottom - TOP) * (high - value) / (high - low), 1)
        parts.append(
            f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{at}" y2="{at}"/>'
            f'<text class="tick end" x="{LEFT - 6}" y="{at + 4}">{number(value, 4)}</text>'
        )
    for value in ticks(0.0, last, 7):
        at = round(LEFT + (right - LEFT) * value / (last or 1.0), 1)
        parts.append(f'<text class="tick mid" x="{at}" y="{bottom + 18}">{number(value, 4)}</text>')
    word = {"d": "days", "h": "hours"}[unit]
    parts.append(
        f'<line class="axis" x1="{LEFT}" x2="{right}" y1="{bottom}" y2="{bottom}"/>'
        f'<text class="tick end" x="{right}" y="{HEIGHT - 3}">{word}</text>'
    )
    return "".join(parts)


def _line(x: Array, y: Array) -> str:
    pairs = np.stack([x, y], axis=1).ravel().tolist()
    return ("M" + "L".join(["%.1f,%.1f"] * len(x))) % tuple(pairs)  # one call: a drawing has thousands of points


def _area(x: Array, lower: Array, upper: Array) -> str:
    return _line(np.concatenate([x, x[::-1]]), np.concatenate([upper, lower[::-1]])) + "Z"
