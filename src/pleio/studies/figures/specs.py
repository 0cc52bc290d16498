"""The figures of a study, as Vega-Lite specifications that carry their data: bands over time, endpoints, value.

Each comes wide and narrow, with a title, a caption and a description in words for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...base.drawing import draw as draw
from ...base.drawing import draw_png as draw_png
from ...base.quantities import Quantity
from ...base.units import parse
from ..result import Result
from ..value.valuation import Finding, Valuation
from .palette import (
    EXPLAINS,
    IDLE,
    INK,
    MUTED,
    PAPER,
    RULE,
    SCHEMA,
    WORTH,
    arm_colours,
    by_arm,
    rounded,
    settings,
    written,
)

WIDE, NARROW = 680, 330  # points across, the text column and a telephone
MOST_POINTS = 120
LEAST_PER_CENT = 1.0
FEWEST_FINDINGS, MOST_FINDINGS = 4, 8

Spec = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """A figure: its words, and its specification for a wide and for a narrow page."""

    name: str
    title: str
    caption: str
    description: str
    wide: Spec
    narrow: Spec


def figures(
    result: Result, value: Valuation | None = None, *, labels: Mapping[str, str] | None = None
) -> tuple[Figure, ...]:
    """Draw a study: bands over time for each observed quantity, its endpoints, and its value where it has one.

    Args:
        labels: quantity or endpoint → what a reader calls it.
    """
    names = labels or {}
    drawn = [band_figure(result, quantity, label(quantity, names)) for quantity in result.study.observed]
    drawn.append(endpoint_figure(result, names))
    if value is not None:
        drawn.append(value_figure(value))
    return tuple(drawn)


def label(name: str, labels: Mapping[str, str]) -> str:
    """Give what a reader calls a quantity: its label, or its name in words."""
    return labels.get(name, name.strip("[]").replace("_", " "))


def band_figure(result: Result, quantity: str, title: str) -> Figure:
    """Draw a quantity over time, one panel for each arm: the spread over worlds as bands, that of subjects as lines."""
    rows, days, unit = _band_rows(result, quantity)
    axis = f"{title}, {written(unit)}" if unit not in ("", "1") else title
    colours = arm_colours(result.study.arms)
    caption = (
        f"Line: median over {len(result.worlds):,} worlds of the median subject. Bands: 50 and 90 % of worlds. "
        "Dotted: 5 and 95 % of the subjects of a middling world."
    )
    last = {row["arm"]: row for row in rows}
    ends = "; ".join(
        f"{arm}: {row['middle']:.3g}, 90 % of worlds {row['low']:.3g} to {row['high']:.3g}" for arm, row in last.items()
    )
    description = f"{axis} over {days} in {len(last)} arms. At the end, {ends}."
    specs = [_band_spec(rows, axis, days, colours, width, description) for width in (WIDE, NARROW)]
    return Figure(f"bands-{quantity}", f"{title} over time", caption, description, *specs)


def _band_rows(result: Result, quantity: str) -> tuple[list[dict[str, Any]], str, str]:
    bands = result.bands().sel(observed=quantity)
    long = Quantity(float(result.times[-1]), parse(result.time_unit)).to("d") >= 3
    unit_of_time = "d" if long else "h"
    scale = parse(result.time_unit).factor_to(parse(unit_of_time))
    count = len(result.times)
    kept = np.unique(np.linspace(0, count - 1, min(count, MOST_POINTS)).round().astype(int))
    worlds, subjects = bands["worlds"].values, bands["subjects"].values
    rows = []
    for i, arm in enumerate(result.arms):
        for k in kept:
            low, lower, middle, upper, high = (rounded(x) for x in worlds[i, :, k])
            rows.append(
                {
                    "arm": arm, "time": rounded(result.times[k] * scale), "low": low, "lower": lower, "middle": middle,
                    "upper": upper, "high": high, "subject_low": rounded(subjects[i, 0, k]),
                    "subject_high": rounded(subjects[i, -1, k]),
                }
            )  # fmt: skip
    return rows, "days" if long else "hours", str(bands["unit"].item())


def _band_spec(
    rows: list[dict[str, Any]], axis: str, days: str, colours: Mapping[str, str], width: int, description: str
) -> Spec:
    columns = min(len(colours), 2 if width < WIDE else 4)
    panel = (width - 52) // columns - 14
    x = {"field": "time", "type": "quantitative", "axis": {"title": days, "grid": False, "tickCount": 4}}
    y = {"type": "quantitative", "axis": {"title": axis, "tickCount": 5}, "scale": {"zero": False}}
    colour = by_arm(colours)

    def area(low: str, high: str, opacity: float) -> Spec:
        return {
            "mark": {"type": "area", "opacity": opacity},
            "encoding": {"x": x, "y": {**y, "field": low}, "y2": {"field": high}, "color": colour},
        }

    def line(field: str, **mark: Any) -> Spec:
        return {"mark": {"type": "line", **mark}, "encoding": {"x": x, "y": {**y, "field": field}, "color": colour}}

    dotted = {"strokeWidth": 1, "strokeDash": [1.5, 2.5], "opacity": 0.9}
    return {
        "$schema": SCHEMA,
        "description": description,
        "config": settings(),
        "data": {"values": rows},
        "facet": {"field": "arm", "type": "nominal", "sort": list(colours), "header": {}},
        "columns": columns,
        "spacing": 14,
        "spec": {
            "width": panel,
            "height": 170 if width == WIDE else 130,
            "layer": [
                area("low", "high", 0.18),
                area("lower", "upper", 0.28),
                line("subject_low", **dotted),
                line("subject_high", **dotted),
                line("middle", strokeWidth=2),
            ],
        },
    }


def endpoint_figure(result: Result, labels: Mapping[str, str]) -> Figure:
    """Draw each endpoint in each arm as a median with its intervals, worlds apart from subjects."""
    rows = []
    for row in result.summary():
        if row["median"] is None:
            continue
        scale, unit = (100.0, "%") if row["unit"] == "1" else (1.0, written(row["unit"]))
        spans = {
            f"{group}_{held}_{side}": rounded(scale * row[f"{group}_{held}"][k])
            for group in ("worlds", "all")
            for held in ("50", "90")
            for k, side in enumerate(("low", "high"))
        }
        name = f"{label(row['endpoint'], labels)}, {unit}"
        rows.append({"arm": row["arm"], "endpoint": name, "median": rounded(scale * row["median"]), **spans})
    caption = (
        "Dot: median over worlds of the mean subject. Thick and middle lines: 50 and 90 % of worlds. "
        "Thin line: 90 % of all subjects of all worlds."
    )
    said = "; ".join(
        f"{r['endpoint']} in {r['arm']}: {r['median']:.3g}, 90 % of worlds {r['worlds_90_low']:.3g} to "
        f"{r['worlds_90_high']:.3g}"
        for r in rows
    )
    colours = arm_colours(result.study.arms)
    specs = [_endpoint_spec(rows, colours, width, said) for width in (WIDE, NARROW)]
    return Figure("endpoints", "Endpoints by arm", caption, f"Medians with intervals. {said}.", *specs)


def _endpoint_spec(rows: list[dict[str, Any]], colours: Mapping[str, str], width: int, description: str) -> Spec:
    endpoints = list(dict.fromkeys(row["endpoint"] for row in rows))
    columns = 1 if width < WIDE else min(2, len(endpoints))
    labels = 8 * max(len(arm) for arm in colours)
    panel = (width - 24 * columns) // columns - labels
    y = {
        "field": "arm", "type": "nominal", "sort": list(colours), "title": None,
        "axis": {"domain": False, "ticks": False, "labelColor": INK, "labelPadding": 8, "labelLimit": 140},
    }  # fmt: skip
    colour = by_arm(colours)

    def span(field: str, thickness: float) -> Spec:
        x = {"field": f"{field}_low", "type": "quantitative", "axis": {"tickCount": 5}}
        return {
            "mark": {"type": "rule", "strokeWidth": thickness, "strokeCap": "round"},
            "encoding": {"x": x, "x2": {"field": f"{field}_high"}, "y": y, "color": colour},
        }

    def one(endpoint: str) -> Spec:
        # a change of a millionth must not fill the panel as one of a half would
        spans = [abs(row[f"all_90_{side}"]) for row in rows if row["endpoint"] == endpoint for side in ("low", "high")]
        tiny = endpoint.endswith("%") and max(spans) < LEAST_PER_CENT
        domain = {"scale": {"domain": [-LEAST_PER_CENT, LEAST_PER_CENT]}} if tiny else {}
        dot = {
            "mark": {"type": "point", "filled": True, "size": 60, "fill": PAPER, "strokeWidth": 2, "opacity": 1},
            "encoding": {"x": {"field": "median", "type": "quantitative"}, "y": y, "stroke": {**colour}},
        }
        zero = {
            "data": {"values": [{"zero": 0}]},
            "mark": {"type": "rule", "color": MUTED, "strokeWidth": 1},
            "encoding": {"x": {"field": "zero", "type": "quantitative", "title": endpoint, **domain}},
        }
        return {
            "transform": [{"filter": {"field": "endpoint", "equal": endpoint}}],
            "width": panel,
            "height": {"step": 26},
            "layer": [zero, span("all_90", 1), span("worlds_90", 3), span("worlds_50", 6), dot],
        }

    return {
        "$schema": SCHEMA,
        "description": description,
        "config": settings(),
        "data": {"values": rows},
        "concat": [one(endpoint) for endpoint in endpoints],
        "columns": columns,
        "spacing": 18,
    }


def value_figure(value: Valuation) -> Figure:
    """Draw what each factor explains beside what knowing it is worth; they need not agree."""
    rows = [_value_row(finding) for finding in chosen(value.findings)]
    unit = f", {value.unit}" if value.unit else ""
    caption = (
        f"Left: share of the variance of {value.about}. Right: value of knowing the answer beforehand. "
        "Lines: 90 % of resampled worlds. Grey tick: what chance alone reaches in 1 of 20; a grey bar is not told from "
        "chance. The dummy claim is about nothing and is the control."
    )
    said = "; ".join(
        f"{row['name']}: explains {row['share']:.0f} %, worth {row['worth']:.2g}"
        + ("" if row["tested"] else ", not told from chance")
        for row in rows
    )
    specs = [_value_spec(rows, f"value of knowing it{unit}", width, said) for width in (WIDE, NARROW)]
    return Figure(
        "value", "What explains most, and what is worth testing", caption, f"{value.sentence} {said}.", *specs
    )


def chosen(findings: Sequence[Finding]) -> list[Finding]:
    """Choose what is drawn: the most valuable and the most explaining in turn, then the control."""
    real = [finding for finding in findings if finding.kind != "dummy"]
    by_worth = sorted(real, key=lambda f: (not f.worth.is_positive, -f.worth.value, f.name))
    by_share = sorted(real, key=lambda f: (-f.share.value, f.name))
    above = [finding.name for finding in real if finding.worth.is_positive or finding.share.is_positive]
    turns = [finding for pair in zip(by_worth, by_share, strict=True) for finding in pair]
    shown = min(MOST_FINDINGS, max(FEWEST_FINDINGS, len(above)))
    picked = list(dict.fromkeys(finding.name for finding in turns))[:shown]
    kept = [finding for finding in real if finding.name in picked]
    kept.sort(key=lambda f: (-max(0.0, f.worth.value) if f.worth.is_positive else 0.0, -f.share.value))
    return kept + [finding for finding in findings if finding.kind == "dummy"]


def _value_row(finding: Finding) -> dict[str, Any]:
    kinds = {"contest": "", "assumption": "assumption: ", "gain": "size: ", "parameter": "parameter: ", "dummy": ""}
    title = "dummy claim (control)" if finding.kind == "dummy" else finding.title.replace("_", " ")
    share, worth = finding.share, finding.worth
    return {
        "name": f"{kinds[finding.kind]}{title}",
        "share": rounded(100 * max(0.0, share.value)),
        "share_low": rounded(100 * share.interval[0]),
        "share_high": rounded(100 * share.interval[1]),
        "share_chance": rounded(100 * max(0.0, share.net_chance)),
        "explains": share.is_positive,
        "worth": rounded(max(0.0, worth.value)),
        "worth_low": rounded(worth.interval[0]),
        "worth_high": rounded(worth.interval[1]),
        "worth_chance": rounded(max(0.0, worth.net_chance)),
        "tested": worth.is_positive,
    }


def _value_spec(rows: list[dict[str, Any]], worth_title: str, width: int, description: str) -> Spec:
    wide = width == WIDE
    order = [row["name"] for row in rows]
    room = 250 if wide else 0
    panel = (width - room - 30) // 2 if wide else (width - 40) // 2

    def bars(field: str, held: str, colour: str, title: str, labels: bool) -> Spec:
        y: Spec = {"field": "name", "type": "nominal", "sort": order, "title": None}
        y["axis"] = {"domain": False, "ticks": False, "labelColor": INK, "labelLimit": room - 10} if labels else None
        x = {"field": field, "type": "quantitative", "axis": {"title": title, "tickCount": 4}}
        shade = {"condition": {"test": f"datum.{held}", "value": colour}, "value": IDLE}
        layer = [
            {"mark": {"type": "bar", "height": 12 if wide else 9}, "encoding": {"x": x, "y": y, "color": shade}},
            {
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.2},
                "encoding": {
                    "x": {"field": f"{field}_low", "type": "quantitative"},
                    "x2": {"field": f"{field}_high"},
                    "y": y,
                },
            },
            {
                "mark": {"type": "tick", "color": MUTED, "thickness": 1, "size": 16 if wide else 13},
                "encoding": {"x": {"field": f"{field}_chance", "type": "quantitative"}, "y": y},
            },
        ]
        return {"width": panel, "height": {"step": 24 if wide else 34}, "layer": layer}

    left = bars("share", "explains", EXPLAINS, "share of variance, %", wide)
    right = bars("worth", "tested", WORTH, worth_title if wide else "worth knowing", False)
    if not wide:
        names = {
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "bottom",
                "dy": -6,
                "fontSize": 11,
                "color": INK,
                "limit": width - 20,
            },
            "encoding": {
                "x": {"value": 0},
                "y": {"field": "name", "type": "nominal", "sort": order},
                "text": {"field": "name"},
            },
        }
        left["layer"].append(names)
    return {
        "$schema": SCHEMA,
        "description": description,
        "config": {**settings(), "axisY": {"grid": False}, "rule": {"color": RULE}},
        "data": {"values": rows},
        "hconcat": [left, right],
        "spacing": 22 if wide else 16,
    }
