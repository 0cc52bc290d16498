"""A quantity over time: its spread over worlds as bands, that of subjects as dotted lines; and some worlds as lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..result import MOST_BAND_WORLDS, Result
from ..running.chunk import QUANTILES
from .form import NARROW, WIDE, Clock, Figure, Spec, broken, clock, figure_name, header, lines, panels, spec, with_unit
from .palette import arm_colours, by_arm, rounded

MOST_LINES = 60
"""Worlds that are drawn as lines."""
FEWEST_LINE_POINTS = 60


def band_figure(result: Result, quantity: str, title: str) -> Figure:
    """Draw a quantity over time, one panel for each arm: the spread over worlds as bands, that of subjects as lines."""
    rows, told, unit = _band_rows(result, quantity)
    axis = with_unit(title, unit)
    caption = (
        f"Line: median over {len(result.worlds):,} worlds of the median subject. Bands: 50 and 90 % of worlds. "
        "Dotted: 5 and 95 % of the subjects of a middling world."
    )
    last = {row["arm"]: row for row in rows}
    ends = "; ".join(
        f"{arm}: {row['middle']:.3g}, 90 % of worlds {row['low']:.3g} to {row['high']:.3g}" for arm, row in last.items()
    )
    description = f"{axis} over {told.unit} in {len(last)} arms. At the end, {ends}."
    colours = arm_colours(result.study.arms)
    dotted = {"strokeWidth": 1, "strokeDash": [1.5, 2.5], "opacity": 0.9}

    def layer(x: Spec, y: Spec) -> list[Spec]:
        colour = by_arm(colours)

        def area(low: str, high: str, opacity: float) -> Spec:
            return {
                "mark": {"type": "area", "opacity": opacity},
                "encoding": {"x": x, "y": {**y, "field": low}, "y2": {"field": high}, "color": colour},
            }

        def line(field: str, **mark: Any) -> Spec:
            return {"mark": {"type": "line", **mark}, "encoding": {"x": x, "y": {**y, "field": field}, "color": colour}}

        return [
            area("low", "high", 0.18),
            area("lower", "upper", 0.28),
            line("subject_low", **dotted),
            line("subject_high", **dotted),
            line("middle", strokeWidth=2),
        ]

    specs = [over_time(rows, axis, told, colours, width, description, layer) for width in (WIDE, NARROW)]
    return Figure(figure_name("bands", quantity), f"{title} over time", caption, description, *specs)


def spaghetti_figure(result: Result, quantity: str, title: str, *, lines: int = MOST_LINES) -> Figure:
    """Draw a quantity over time in some worlds, one line for each one's median subject; the arms share worlds."""
    worlds = some_worlds(result, lines)
    told, column = clock(result), result.study.observed.index(quantity)
    kept = told.kept[:: max(1, len(told.kept) // FEWEST_LINE_POINTS)]
    middle = result.spread[:, worlds, column, QUANTILES.index(0.5)]
    rows: list[dict[str, Any]] = [
        {
            "arm": arm, "world": int(result.worlds.numbers[world]), "time": rounded(result.times[k] * told.scale),
            "value": rounded(float(middle[i, j, k])),
        }
        for i, arm in enumerate(result.arms)
        for j, world in enumerate(worlds)
        for k in kept
        if np.isfinite(middle[i, j, k])
    ]  # fmt: skip
    axis = with_unit(title, result.observed_units[column])
    caption = (
        f"Each line is the median subject of one world; {len(worlds)} of {len(result.worlds):,} worlds, "
        "as probable as they weigh, the same in every arm."
    )
    lowest, highest = (rounded(pick(row["value"] for row in rows)) for pick in (min, max))
    description = f"{axis} over {told.unit} in {len(worlds)} worlds and {len(result.arms)} arms, {lowest} to {highest}."
    colours = arm_colours(result.study.arms)

    def layer(x: Spec, y: Spec) -> list[Spec]:
        encoding = {"x": x, "y": {**y, "field": "value"}, "color": by_arm(colours), "detail": {"field": "world"}}
        return [{"mark": {"type": "line", "strokeWidth": 0.9, "opacity": 0.45}, "encoding": encoding}]

    specs = [over_time(rows, axis, told, colours, width, description, layer) for width in (WIDE, NARROW)]
    return Figure(figure_name("spaghetti", quantity), f"{title} in single worlds", caption, description, *specs)


def some_worlds(result: Result, most: int = MOST_LINES) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Choose worlds evenly along their cumulated weight, so that each stands for as much belief as any other."""
    count = min(len(result.worlds), MOST_BAND_WORLDS, result.spread.shape[1])
    share = np.cumsum(result.worlds.weights[:count])
    wanted = (np.arange(min(most, count)) + 0.5) / min(most, count) * share[-1]
    return np.unique(np.searchsorted(share, wanted)).astype(np.int64)


def over_time(
    rows: list[dict[str, Any]],
    axis: str,
    told: Clock,
    colours: Mapping[str, str],
    width: int,
    description: str,
    layer: Any,
) -> Spec:
    """Give a specification with time across and one panel for each arm.

    Args:
        layer: takes the encodings of x and y to the marks.
    """
    columns, panel = panels(len(colours), width)
    height = 170 if width == WIDE else 130
    titles = {arm: broken(arm, panel * 0.95) for arm in colours}
    x = {"field": "time", "type": "quantitative", "axis": {"title": told.unit, "grid": False, "tickCount": 4}}
    y = {
        "type": "quantitative",
        "axis": {"title": lines(axis, 1.1 * height), "tickCount": 5},
        "scale": {"zero": False},
    }
    return spec(
        [{**row, "panel": titles[row["arm"]]} for row in rows],
        description,
        facet={"field": "panel", "type": "nominal", "sort": list(titles.values()), "header": header()},
        columns=columns,
        spacing=14,
        spec={"width": panel, "height": height, "layer": layer(x, y)},
    )


def _band_rows(result: Result, quantity: str) -> tuple[list[dict[str, Any]], Clock, str]:
    told, (worlds, subjects) = clock(result), result.bands_of(quantity)
    rows = []
    for i, arm in enumerate(result.arms):
        for k in told.kept:
            low, lower, middle, upper, high = (rounded(x) for x in worlds[i, :, k])
            rows.append(
                {
                    "arm": arm, "time": rounded(result.times[k] * told.scale), "low": low, "lower": lower,
                    "middle": middle, "upper": upper, "high": high, "subject_low": rounded(subjects[i, 0, k]),
                    "subject_high": rounded(subjects[i, -1, k]),
                }
            )  # fmt: skip
    return rows, told, result.observed_units[result.study.observed.index(quantity)]
