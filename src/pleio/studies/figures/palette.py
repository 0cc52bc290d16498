"""How the figures of a study look: the fixed colours, the sizes, and the Vega-Lite settings they share.

Every colour is written as one of these hexadecimal values, so that a page can give each its light and its dark form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...base.drawing import ARMS, INK, MUTED, NOTHING, PAPER, RULE, SCHEMA, rounded, settings, written
from ..regimens.dosing import Dosing

__all__ = [
    "ARMS", "EXPLAINS", "IDLE", "INK", "MUTED", "NOTHING", "PALETTE", "PAPER", "RULE", "SCHEMA", "WORTH", "arm_colours",
    "by_arm", "rounded", "settings", "told_in", "written",
]  # fmt: skip

EXPLAINS = "#5e4fa2"
WORTH = "#0072b2"
IDLE = "#afb8c1"

PALETTE = (INK, MUTED, RULE, NOTHING, *ARMS, IDLE, PAPER)
"""All colours that figures use."""


def arm_colours(arms: Mapping[str, Sequence[Dosing]]) -> dict[str, str]:
    """Give each arm its colour: grey where nothing is given, then the palette in order, from the start when it ends."""
    colours, given = {}, 0
    for name, dosings in arms.items():
        colours[name] = ARMS[given % len(ARMS)] if dosings else NOTHING
        given += bool(dosings)
    return colours


def by_arm(colours: Mapping[str, str]) -> dict[str, Any]:
    """Give the encoding that colours marks by arm, without a legend: panels and axes name the arms."""
    scale = {"domain": list(colours), "range": list(colours.values())}
    return {"field": "arm", "type": "nominal", "legend": None, "sort": None, "scale": scale}


LONG_HOURS = 48.0
"""From here on hours are told in days."""


def told_in(unit: str, values: Iterable[float | None]) -> tuple[str, float]:
    """Give the unit in which numbers of a unit are told, and by what they are multiplied for it."""
    if unit in ("", "1"):
        return "%", 100.0
    if unit == "h" and max((abs(value) for value in values if value is not None), default=0.0) >= LONG_HOURS:
        return "d", 1 / 24
    return unit, 1.0
