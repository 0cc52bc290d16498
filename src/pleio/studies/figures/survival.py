"""Kaplan–Meier curves of arms, with their intervals, and who is at risk under them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..endpoints.survival import Survival
from .form import NARROW, WIDE, Figure, Spec, broken, lines, names_layer, spec
from .palette import ARMS, MUTED, NOTHING, rounded

TABLE_TIMES = 5


def survival_figure(
    curves: Mapping[str, Survival],
    counts: Mapping[str, int],
    title: str,
    unit: str,
    end: float,
    *,
    colours: Mapping[str, str] | None = None,
) -> Figure:
    """Draw who is free of an event over time, in each arm.

    Args:
        curves: arm → its curve.
        counts: arm → how many subjects it began with.
        title: of being free of the event, such as `free of a relapse`.
        unit: of time.
        end: of observation.
        colours: arm → colour; grey and then the palette, in order, by default.
    """
    chosen = dict(colours or zip(curves, (NOTHING, *ARMS), strict=False))
    steps = [row for arm, curve in curves.items() for row in _steps(arm, curve, end)]
    ticks = np.linspace(0, end, TABLE_TIMES)
    table = [
        {"arm": arm, "time": rounded(float(at)), "at_risk": _at_risk(curve, counts[arm], float(at))}
        for arm, curve in curves.items()
        for at in ticks
    ]
    caption = "Steps: Kaplan–Meier estimate; bands: 95 % interval of each step. Under them: how many are still at risk."
    said = "; ".join(
        f"{arm}: {100 * curve.at(end):.0f} % at {end:g} {unit}"
        + (f", half of them by {curve.median:.3g}" if np.isfinite(curve.median) else "")
        for arm, curve in curves.items()
    )
    specs = [_spec(steps, table, chosen, title, unit, end, width, said) for width in (WIDE, NARROW)]
    return Figure("survival", f"{title[:1].upper()}{title[1:]}", caption, f"{said}.", *specs)


def _steps(arm: str, curve: Survival, end: float) -> list[dict[str, Any]]:
    times = [0.0, *curve.times.tolist(), end]
    shares, lows, highs = (
        [1.0, *np.nan_to_num(column, nan=1.0).tolist()] for column in (curve.share, curve.low, curve.high)
    )
    return [
        {"arm": arm, "time": rounded(t), "share": rounded(100 * s), "low": rounded(100 * a), "high": rounded(100 * b)}
        for t, s, a, b in zip(times, [*shares, shares[-1]], [*lows, lows[-1]], [*highs, highs[-1]], strict=True)
    ]


def _at_risk(curve: Survival, count: int, at: float) -> int:
    later = np.nonzero(curve.times >= at)[0]
    if len(later):
        return int(curve.at_risk[later[0]])
    return int(curve.at_risk[-1] - curve.events[-1]) if len(curve.times) else count


def _spec(
    steps: list[dict[str, Any]],
    table: list[dict[str, Any]],
    colours: Mapping[str, str],
    title: str,
    unit: str,
    end: float,
    width: int,
    description: str,
) -> Spec:
    wide = width == WIDE
    room = 150 if wide else 90
    panel = width - room - 26
    height = 210 if wide else 170
    names = {arm: broken(arm, room - 8) for arm in colours}
    tall = 1 + max(name.count("\n") for name in names.values())
    colour = {
        "field": "arm", "type": "nominal", "legend": None, "sort": None,
        "scale": {"domain": list(colours), "range": list(colours.values())},
    }  # fmt: skip
    across = {"domain": [0, end], "nice": False}
    x = {"field": "time", "type": "quantitative", "scale": across,
         "axis": {"title": unit, "grid": False, "tickCount": 5}}  # fmt: skip
    y = {"type": "quantitative", "scale": {"domain": [0, 100]},
         "axis": {"title": lines(f"{title}, %", height), "tickCount": 5}}  # fmt: skip
    band = {
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.14},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour},
    }
    line = {
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
        "encoding": {"x": x, "y": {**y, "field": "share"}, "color": colour},
    }
    named = [{**row, "name": names[row["arm"]]} for row in table]
    y_name = {"field": "name", "type": "nominal", "sort": list(names.values()), "title": None, "axis": None}
    count = {
        "mark": {"type": "text", "fontSize": 11, "clip": False},
        "encoding": {
            "x": {"field": "time", "type": "quantitative", "scale": across, "axis": None},
            "y": y_name,
            "text": {"field": "at_risk", "type": "quantitative"},
            "color": colour,
        },
    }
    labels = names_layer(list(names.values()), y_name)
    risk = {
        "data": {"values": named},
        "width": panel,
        "height": {"step": 14 * tall + 4},
        "title": {"text": "at risk", "fontSize": 11, "color": MUTED, "offset": 4},
        "layer": [count, {**labels, "encoding": {**labels["encoding"], "x": {"value": -18}}}],
    }
    above = {"data": {"values": steps}, "width": panel, "height": height, "layer": [band, line]}
    return spec(steps, description, vconcat=[above, risk], spacing=14)
