"""What was observed against what is predicted: quantiles over time (a visual predictive check), and endpoints.

In a visual predictive check each world is one trial that might have been: the spread of a quantile of its subjects over
worlds is what the same quantile of those who were observed is held against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..endpoints.quantiles import weighted_quantiles
from ..result import MOST_BAND_WORLDS, Result
from ..running.chunk import QUANTILES
from .bands import over_time
from .form import NARROW, WIDE, Figure, Spec, clock, figure_name, with_unit
from .intervals import endpoint_rows, endpoint_spec
from .palette import INK, PAPER, arm_colours, by_arm, rounded

DRAWN = {"low": 0.05, "middle": 0.5, "high": 0.95}
"""The quantiles of subjects that are held against each other."""
FEWEST_FOR_TAILS = 10
"""Fewer subjects than this have no tails that could be drawn."""


@dataclass(frozen=True)
class Seen:
    """What was observed in an arm.

    Attributes:
        of: an observed quantity of the study, or an endpoint.
        value: of the middle subject or the mean, in the unit of the result.
        low, high: 5 and 95 % of subjects, or an interval of what the source gives; None where nothing is known.
        time: in the result's unit of time; None for an endpoint.
        source: a CURIE, or the name of a file.
    """

    arm: str
    of: str
    value: float
    low: float | None = None
    high: float | None = None
    time: float | None = None
    source: str = ""


def quantiles_of(arm: str, of: str, time: float, values: Sequence[float], source: str = "") -> Seen:
    """Sum up the subjects that were observed at one time; with fewer than ten, only the middle one is known."""
    low, middle, high = (float(x) for x in np.quantile(np.asarray(values, dtype=np.float64), list(DRAWN.values())))
    tails = len(values) >= FEWEST_FOR_TAILS
    return Seen(arm, of, middle, low if tails else None, high if tails else None, time, source)


def predictive_check(result: Result, quantity: str, title: str, seen: Sequence[Seen]) -> Figure:
    """Draw observed quantiles over time on the spread over worlds of the same quantiles of subjects."""
    told, column = clock(result), result.study.observed.index(quantity)
    shown = [one for one in seen if one.of == quantity and one.time is not None and one.arm in result.arms]
    arms = [arm for arm in result.arms if any(one.arm == arm for one in shown)]
    worlds = slice(0, MOST_BAND_WORLDS)
    rows: list[dict[str, Any]] = []
    for arm in arms:
        spread = result.spread[result.arms.index(arm), worlds, column].astype(np.float64)
        found = {
            name: weighted_quantiles(
                spread[:, QUANTILES.index(level)], result.worlds.weights[worlds], (0.05, 0.5, 0.95), axis=0
            )
            for name, level in DRAWN.items()
        }
        for k in told.kept:
            spans = {
                f"{name}_{end}": rounded(float(values[i, k]))
                for name, values in found.items()
                for i, end in enumerate(("from", "at", "to"))
            }
            rows.append({"arm": arm, "time": rounded(result.times[k] * told.scale), **spans})
    for one in shown:
        given = {"low": one.low, "middle": one.value, "high": one.high}
        dots = {f"seen_{name}": rounded(value) for name, value in given.items() if value is not None}
        rows.append({"arm": one.arm, "time": rounded((one.time or 0.0) * told.scale), **dots})
    axis = with_unit(title, result.observed_units[column])
    caption = (
        "Bands: 90 % of worlds of the 50th percentile of subjects, and paler, dashed, of the 5th and 95th. Dots: the "
        f"same percentiles of those who were observed; with fewer than {FEWEST_FOR_TAILS} subjects only the middle one."
    )
    inside, of = _inside(rows)
    description = f"{axis} in {len(arms)} arms: {inside} of {of} observed percentiles lie inside their band."
    colours = {arm: colour for arm, colour in arm_colours(result.study.arms).items() if arm in arms}

    def layer(x: Spec, y: Spec) -> list[Spec]:
        colour = by_arm(colours)
        marks: list[Spec] = []
        for name in DRAWN:
            opacity = 0.34 if name == "middle" else 0.14
            held = {"filter": f"isValid(datum.{name}_at)"}
            encoding = {"x": x, "y": {**y, "field": f"{name}_from"}, "y2": {"field": f"{name}_to"}, "color": colour}
            line = {"x": x, "y": {**y, "field": f"{name}_at"}, "color": colour}
            dash = {} if name == "middle" else {"strokeDash": [3, 3]}
            marks.append({"transform": [held], "mark": {"type": "area", "opacity": opacity}, "encoding": encoding})
            marks.append({"transform": [held], "mark": {"type": "line", "strokeWidth": 1, **dash}, "encoding": line})
        for name in DRAWN:
            dot = {"type": "point", "filled": True, "fill": PAPER if name != "middle" else INK, "stroke": INK,
                   "strokeWidth": 1.2, "size": 34, "opacity": 1}  # fmt: skip
            held = {"filter": f"isValid(datum.seen_{name})"}
            marks.append({"transform": [held], "mark": dot, "encoding": {"x": x, "y": {**y, "field": f"seen_{name}"}}})
        return marks

    specs = [over_time(rows, axis, told, colours, width, description, layer) for width in (WIDE, NARROW)]
    return Figure(figure_name("check", quantity), f"{title}: observed and predicted", caption, description, *specs)


def _inside(rows: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """Count the observed percentiles that lie inside the band at the time that is nearest."""
    inside = of = 0
    for row in rows:
        for name in DRAWN:
            if f"seen_{name}" not in row:
                continue
            near = min(
                (other for other in rows if other["arm"] == row["arm"] and f"{name}_at" in other),
                key=lambda other: abs(other["time"] - row["time"]),
            )
            of += 1
            inside += near[f"{name}_from"] <= row[f"seen_{name}"] <= near[f"{name}_to"]
    return inside, of


def endpoint_check(result: Result, labels: Mapping[str, str], seen: Sequence[Seen]) -> Figure:
    """Draw observed endpoints on what is predicted of them, arm by arm."""
    shown = [one for one in seen if one.time is None and one.of in result.study.endpoints and one.arm in result.arms]
    names = {one.of for one in shown}
    rows = [row for row in endpoint_rows(result, labels) if row["of"] in names]
    dots = []
    for one in shown:
        panel, scale = next((row["endpoint"], row["scale"]) for row in rows if row["of"] == one.of)
        ends = {k: rounded(scale * v) for k, v in (("low", one.low), ("high", one.high)) if v is not None}
        dots.append({"arm": one.arm, "endpoint": panel, "seen": rounded(scale * one.value), **ends})
    caption = (
        "Coloured, under: what is predicted, as in the endpoints by arm. Diamonds and lines, over: what was observed, "
        "with the interval that its source gives."
    )
    said = "; ".join(f"{dot['endpoint']} in {dot['arm']}: observed {dot['seen']:.3g}" for dot in dots)
    colours = arm_colours(result.study.arms)
    specs = [endpoint_spec(rows, colours, width, said, dots) for width in (WIDE, NARROW)]
    return Figure("check-endpoints", "Endpoints: observed and predicted", caption, f"{said}.", *specs)
