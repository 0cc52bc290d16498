"""Numbers of a study as a reader is told them: shares in per cent, long times in days, a sign on changes only."""

from __future__ import annotations

from collections.abc import Iterable

from ..studies.figures.palette import written
from ..studies.study import Endpoint

LONG_HOURS = 48.0
"""From here on hours are told in days."""


def is_change(endpoint: Endpoint) -> bool:
    """Whether an endpoint is told against its baseline, so that above zero means a rise."""
    return endpoint.relative_to is not None or endpoint.change_from is not None


def told_in(unit: str, values: Iterable[float | None]) -> tuple[str, float]:
    """Give the unit in which numbers of a unit are told, and by what they are multiplied for it."""
    if unit in ("", "1"):
        return "%", 100.0
    if unit == "h" and max((abs(value) for value in values if value is not None), default=0.0) >= LONG_HOURS:
        return "d", 1 / 24
    return unit, 1.0


def spelt(value: float, unit: str, change: bool = True) -> str:
    """Write a number with its unit.

    Args:
        unit: its own unit; "" and "1" are told in per cent, hours from two days on in days.
        change: whether it is a change, which carries its sign.
    """
    told, factor = told_in(unit, [value])
    if told == "%":
        text = f"{factor * value:+.0f} %" if change else f"{factor * value:.0f} %"
        return "0 %" if text in ("+0 %", "-0 %") else text.replace("-", "−")
    return f"{factor * value:.3g} {written(told)}".replace("-", "−")
