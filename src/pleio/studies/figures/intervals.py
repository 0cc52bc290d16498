"""Rows of intervals: the endpoints of each arm, and the forest of one comparison in parts of worlds and of subjects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..result import Result
from ..value.parts import Comparison
from .form import NARROW, WIDE, Figure, Spec, broken, figure_name, label, lines, names_layer, spec, with_unit
from .palette import INK, MUTED, PAPER, arm_colours, by_arm, rounded, told_in, written

LEAST_PER_CENT = 1.0


def endpoint_figure(result: Result, labels: Mapping[str, str]) -> Figure:
    """Draw each endpoint in each arm as a median with its intervals, worlds apart from subjects."""
    rows = endpoint_rows(result, labels)
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
    specs = [endpoint_spec(rows, colours, width, said) for width in (WIDE, NARROW)]
    return Figure("endpoints", "Endpoints by arm", caption, f"Medians with intervals. {said}.", *specs)


def endpoint_rows(result: Result, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give a row for each arm and endpoint that a trajectory came through for.

    Pure numbers are in per cent and long times in days; `scale` is what the result's own were multiplied by.
    """
    rows = []
    came_through = [row for row in result.summary() if row["median"] is not None]
    for row in came_through:
        of_all = [other["median"] for other in came_through if other["endpoint"] == row["endpoint"]]
        unit, scale = told_in(row["unit"], of_all)
        spans = {
            f"{group}_{held}_{side}": rounded(scale * row[f"{group}_{held}"][k])
            for group in ("worlds", "all")
            for held in ("50", "90")
            for k, side in enumerate(("low", "high"))
        }
        name = f"{label(row['endpoint'], labels)}, {written(unit)}"
        middle = rounded(scale * row["median"])
        rows.append(
            {"arm": row["arm"], "of": row["endpoint"], "endpoint": name, "median": middle, "scale": scale, **spans}
        )
    return rows


def endpoint_spec(
    rows: list[dict[str, Any]],
    colours: Mapping[str, str],
    width: int,
    description: str,
    seen: Sequence[Mapping[str, Any]] = (),
) -> Spec:
    """Give the specification of a panel for each endpoint and a row for each arm.

    Args:
        seen: what was observed: arm, endpoint, `seen`, and `low` and `high` where there is an interval.
    """
    endpoints = list(dict.fromkeys(row["endpoint"] for row in rows))
    columns = 1 if width < WIDE else min(2, len(endpoints))
    most = 0.36 * width / columns
    names = {arm: broken(arm, most) for arm in colours}
    longest = max(len(line) for name in names.values() for line in name.split("\n"))
    room = min(most, 6.6 * longest) + 14
    tall = max(name.count("\n") for name in names.values())
    panel = (width - 24 * columns) / columns - room
    y = {"field": "name", "type": "nominal", "sort": list(names.values()), "title": None, "axis": None}
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
        title = lines(endpoint, panel + room / 2)
        zero = {
            "data": {"values": [{"zero": 0}]},
            "mark": {"type": "rule", "color": MUTED, "strokeWidth": 1},
            "encoding": {"x": {"field": "zero", "type": "quantitative", "title": title, **domain}},
        }
        return {
            "width": panel,
            "height": {"step": 26 + 12 * tall},
            "transform": [{"filter": {"field": "endpoint", "equal": endpoint}}],
            "layer": [
                zero,
                span("all_90", 1),
                span("worlds_90", 3),
                span("worlds_50", 6),
                dot,
                *_dots(seen, endpoint, names, y),
                names_layer(list(names.values()), y),
            ],
        }

    named = [{**row, "name": names[row["arm"]]} for row in rows]
    return spec(named, description, concat=[one(endpoint) for endpoint in endpoints], columns=columns, spacing=18)


def _dots(seen: Sequence[Mapping[str, Any]], endpoint: str, names: Mapping[str, str], y: Spec) -> list[Spec]:
    """Lay what was observed of an endpoint over its panel, a little above the middle of each row."""
    here = [{**one, "name": names[one["arm"]]} for one in seen if one["endpoint"] == endpoint]
    if not here:
        return []
    data = {"values": here}
    above = {**y, "bandPosition": 0.22}
    whole = {"filter": "isValid(datum.low) && isValid(datum.high)"}
    ends = {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}, "y": above}
    diamond = {"type": "point", "shape": "diamond", "filled": True, "color": INK, "size": 46, "opacity": 1}
    return [
        {"data": data, "transform": [whole], "mark": {"type": "rule", "color": INK}, "encoding": ends},
        {"data": data, "mark": diamond, "encoding": {"x": {"field": "seen", "type": "quantitative"}, "y": above}},
    ]


def forest_figure(found: Comparison, title: str) -> Figure:
    """Draw one comparison in all worlds, by what each claim turns out to be, and by what subjects are.

    Args:
        title: of the endpoint, for a reader.
    """
    scale, unit = (100.0, "%") if found.unit in ("", "1") else (1.0, found.unit)
    rows = [
        {
            "group": part.of, "part": part.name, "whole": part.of == "",
            "said": f"{part.of}: {part.name}" if part.of else part.name, "share": rounded(100 * part.share),
            "median": rounded(scale * part.median),
            **{k: rounded(scale * v) for k, v in zip(("low", "high"), part.interval_90, strict=True)},
            **{k: rounded(scale * v) for k, v in zip(("lower", "upper"), part.interval_50, strict=True)},
        }
        for part in found.parts
    ]  # fmt: skip
    axis = f"{with_unit(title, '')}, {written(unit)}: '{found.arm}' less '{found.control}'"
    caption = (
        f"'{found.arm}' against '{found.control}', each subject with itself. Square: median over worlds of the mean "
        "subject, its area the share of worlds or subjects. Thick and thin lines: 50 and 90 % of worlds."
    )
    said = "; ".join(f"{r['said']} {r['median']:.3g} ({r['low']:.3g} to {r['high']:.3g})" for r in rows)
    specs = [_forest_spec(rows, axis, width, said) for width in (WIDE, NARROW)]
    return Figure(
        figure_name("forest", found.endpoint), f"{title}: who and in which worlds", caption, f"{said}.", *specs
    )


def _forest_spec(rows: list[dict[str, Any]], axis: str, width: int, description: str) -> Spec:
    room = 250 if width == WIDE else 160
    panel = width - room - 30
    drawn: list[dict[str, Any]] = []
    order: list[str] = []
    for row in rows:
        if row["group"] and row["group"] not in {one["of"] for one in drawn}:
            order.append(f"§{row['group']}")
        name = row["part"] if row["whole"] else f"{row['group']}§{row['part']}"
        order.append(name)
        drawn.append({**row, "of": row["group"], "name": name})
    # a row of its own for what the parts below are parts of; a sign that is not seen tells equal names apart
    heads = [name for name in order if name.startswith("§")]
    texts = {name: broken(name.strip("§").split("§")[-1], room) + "\u200b" * k for k, name in enumerate(order)}
    rows = [{**row, "name": texts[row["name"]]} for row in drawn]
    tall = max(text.count("\n") for text in texts.values())
    sort = list(texts.values())
    y = {"field": "name", "type": "nominal", "sort": sort, "title": None, "scale": {"domain": sort}, "axis": None}
    labels = names_layer(sort, y, bold={texts[name] for name in heads})

    def span(low: str, high: str, thickness: float) -> Spec:
        x = {"field": low, "type": "quantitative", "axis": {"title": lines(axis, panel + 40), "tickCount": 5}}
        return {
            "mark": {"type": "rule", "strokeWidth": thickness, "color": INK},
            "encoding": {"x": x, "x2": {"field": high}, "y": y},
        }

    zero = {
        "data": {"values": [{"zero": 0}]},
        "mark": {"type": "rule", "color": MUTED, "strokeWidth": 1},
        "encoding": {"x": {"field": "zero", "type": "quantitative"}},
    }
    square = {
        "mark": {"type": "point", "shape": "square", "filled": True, "color": INK, "opacity": 1},
        "encoding": {
            "x": {"field": "median", "type": "quantitative"},
            "y": y,
            "size": {"field": "share", "type": "quantitative", "legend": None,
                     "scale": {"domain": [0, 100], "range": [12, 130]}},
        },
    }  # fmt: skip
    layer = [zero, span("low", "high", 1.2), span("lower", "upper", 3.5), square, labels]
    return spec(rows, description, width=panel, height={"step": max(22, 10 + 8 * tall)}, layer=layer)
