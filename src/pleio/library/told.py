"""Numbers of a study as a reader is told them: shares in per cent, long times in days, a sign on changes only."""

from __future__ import annotations

from ..studies.figures.palette import told_in, written
from ..studies.study import Endpoint

__all__ = ["is_change", "spelt", "told_in"]


def is_change(endpoint: Endpoint) -> bool:
    """Whether an endpoint is told against its baseline, so that above zero means a rise."""
    return endpoint.relative_to is not None or endpoint.change_from is not None


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
    return f"{float(f'{factor * value:.3g}'):,.10g} {written(told)}".replace("-", "−")
