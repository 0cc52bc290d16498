"""Numbers of a study as a reader is told them: shares in per cent, long times in days, a sign on changes only."""

from __future__ import annotations

from ..studies.figures.palette import written
from ..studies.study import Endpoint

LONG_HOURS = 48.0
"""From here on hours are told in days."""


def is_change(endpoint: Endpoint) -> bool:
    """Whether an endpoint is told against its baseline, so that above zero means a rise."""
    return endpoint.relative_to is not None or endpoint.change_from is not None


def spelt(value: float, unit: str, change: bool = True) -> str:
    """Write a number with its unit.

    Args:
        unit: its own unit; "" and "1" are told in per cent, hours from two days on in days.
        change: whether it is a change, which carries its sign.
    """
    if unit in ("", "1"):
        text = f"{100 * value:+.0f} %" if change else f"{100 * value:.0f} %"
        return "0 %" if text in ("+0 %", "-0 %") else text.replace("-", "−")
    if unit == "h" and abs(value) >= LONG_HOURS:
        return f"{value / 24:.3g} d".replace("-", "−")
    return f"{value:.3g} {written(unit)}".replace("-", "−")
