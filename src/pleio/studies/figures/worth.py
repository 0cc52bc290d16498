"""What explains the answer beside what is worth knowing, and the tornado: how far each factor alone moves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..value.swings import Swing
from ..value.valuation import Finding, Valuation
from .form import NARROW, WIDE, Figure, Spec, broken, lines, names_layer, spec
from .palette import EXPLAINS, IDLE, INK, MUTED, RULE, WORTH, rounded, settings

FEWEST_FINDINGS, MOST_FINDINGS = 4, 8
MOST_SWINGS = 10
KINDS = {"contest": "", "assumption": "assumption: ", "gain": "size: ", "parameter": "parameter: ", "dummy": ""}
CONTROL = "dummy claim (control)"


def called(finding: Finding) -> str:
    """Give what a figure calls a factor."""
    title = CONTROL if finding.kind == "dummy" else finding.title.replace("_", " ")
    prefix = KINDS[finding.kind]
    return title if title.lower().startswith(prefix.rstrip(": ") or "\0") else f"{prefix}{title}"


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
    share, worth = finding.share, finding.worth
    return {
        "name": called(finding),
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
    room = 260 if wide else 0
    panel = (width - room - 40) / 2
    names = {row["name"]: broken(row["name"], room or width - 10) for row in rows}
    tall = 1 + max(name.count("\n") for name in names.values())
    step = max(24, 12 * tall + 8) if wide else 24 + 12 * tall
    drawn = [{**row, "name": names[row["name"]]} for row in rows]
    order, thick = list(names.values()), 12 if wide else 9

    def bars(field: str, held: str, colour: str, title: str, labels: bool) -> Spec:
        y: Spec = {"field": "name", "type": "nominal", "sort": order, "title": None}
        y["axis"] = None
        place = {} if wide else {"yOffset": {"value": step - 16}}
        x = {"field": field, "type": "quantitative", "axis": {"title": lines(title, panel + 16), "tickCount": 4}}
        shade = {"condition": {"test": f"datum.{held}", "value": colour}, "value": IDLE}
        ends = {"x": {"field": f"{field}_low", "type": "quantitative"}, "x2": {"field": f"{field}_high"}, "y": y}
        chance = {"x": {"field": f"{field}_chance", "type": "quantitative"}, "y": y}
        layer = [
            {
                "mark": {"type": "bar", "height": 12 if wide else 9},
                "encoding": {"x": x, "y": y, "color": shade, **place},
            },
            {"mark": {"type": "rule", "color": INK, "strokeWidth": 1.2}, "encoding": {**ends, **place}},
            {
                "mark": {"type": "tick", "color": MUTED, "thickness": 1, "size": thick + 4},
                "encoding": {**chance, **place},
            },
        ]
        if labels:
            layer.append(names_layer(order, y))
        return {"width": panel, "height": {"step": step}, "layer": layer}

    left = bars("share", "explains", EXPLAINS, "share of variance, %", wide)
    right = bars("worth", "tested", WORTH, worth_title if wide else "value of knowing it", False)
    if not wide:
        left["layer"].append(_above_bars(order, step / 2 - 22))
    config = {**settings(), "axisY": {"grid": False}, "rule": {"color": RULE}}
    # names that stand over the bars reach over both panels, which are laid by their own sizes then
    bounds = {} if wide else {"bounds": "flush"}
    return spec(drawn, description, hconcat=[left, right], spacing=22, **bounds) | {"config": config}


def _above_bars(order: list[str], down: float) -> Spec:
    """Write each name over its bars, where there is no room beside them.

    Args:
        down: how far below the middle of the row its last line ends.
    """
    mark = {
        "type": "text", "align": "left", "baseline": "bottom", "fontSize": 11, "color": INK, "lineBreak": "\n",
        "lineHeight": 12, "dy": {"expr": f"{down} - 12 * (length(split(datum.name, '\\n')) - 1)"},
    }  # fmt: skip
    y = {"field": "name", "type": "nominal", "sort": order}
    return {"mark": mark, "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "name"}}}


def tornado_figure(swings: Sequence[Swing], about: str, unit: str, middle: float) -> Figure:
    """Draw how far each factor alone moves the answer, the farthest first.

    Args:
        about: the answer, in words.
        middle: its mean over all worlds.
    """
    rows = [
        {
            "name": swing.title, "low": rounded(swing.low), "high": rounded(swing.high), "low_name": swing.low_name,
            "high_name": swing.high_name, "told": swing.is_positive,
        }
        for swing in swings[:MOST_SWINGS]
    ]  # fmt: skip
    axis = f"mean of {about}" + (f", {unit}" if unit else "")
    caption = (
        "Each bar: the mean answer where one factor alone is at one end and at the other; a parameter's ends are the "
        "lowest and the highest tenth of what is believed of it. The line is the mean of all worlds. Grey: not told "
        "from chance."
    )
    said = "; ".join(
        f"{r['name']}: {r['low']:.3g} ({r['low_name']}) to {r['high']:.3g} ({r['high_name']})" for r in rows
    )
    specs = [_tornado_spec(rows, axis, rounded(middle), width, said) for width in (WIDE, NARROW)]
    return Figure("tornado", "What moves the answer", caption, f"{axis}. {said}.", *specs)


def _tornado_spec(rows: list[dict[str, Any]], axis: str, middle: float, width: int, description: str) -> Spec:
    wide = width == WIDE
    room = 230 if wide else 0
    panel = width - room - 30
    names = {row["name"]: broken(row["name"], room or panel) for row in rows}
    tall = 1 + max((name.count("\n") for name in names.values()), default=0)
    step = max(34, 12 * tall + 10) if wide else 36 + 13 * tall
    order = list(names.values())
    drawn = [{**row, "name": names[row["name"]]} for row in rows]
    ends = [row[side] for row in rows for side in ("low", "high")] + [middle]
    spare = 0.06 * (max(ends) - min(ends) or 1.0)
    domain = [min(ends) - spare, max(ends) + spare]
    y = {"field": "name", "type": "nominal", "sort": order, "title": None, "axis": None}
    scale = {"zero": False, "domain": domain, "nice": False}
    x = {"field": "low", "type": "quantitative", "scale": scale, "axis": {"title": lines(axis, panel), "tickCount": 5}}
    shade = {"condition": {"test": "datum.told", "value": EXPLAINS}, "value": IDLE}
    down = 0 if wide else step / 2 - 22
    bar = {
        "mark": {"type": "bar", "height": 10, "yOffset": down - 5},
        "encoding": {"x": x, "x2": {"field": "high"}, "y": y, "color": shade},
    }
    rule = {
        "data": {"values": [{"mean": middle}]},
        "mark": {"type": "rule", "color": MUTED, "strokeWidth": 1},
        "encoding": {"x": {"field": "mean", "type": "quantitative"}},
    }
    layer = [rule, bar, *(_end(side, domain, y, down + 8) for side in ("low", "high"))]
    layer.append(names_layer(order, y) if wide else _above_bars(order, down - 14))
    return spec(drawn, description, width=panel, height={"step": step}, layer=layer)


def _end(side: str, domain: list[float], y: Spec, down: float) -> Spec:
    """Write what one end of a bar stands for under it, turned inwards where it would leave the panel."""
    third = (domain[1] - domain[0]) / 3
    left, right = f"datum.{side} < {domain[0] + third}", f"datum.{side} > {domain[1] - third}"
    outer = "right" if side == "low" else "left"
    align = {"expr": f"{left} ? 'left' : {right} ? 'right' : '{outer}'"}
    mark = {"type": "text", "fontSize": 10, "color": MUTED, "align": align, "baseline": "middle", "yOffset": down}
    return {"mark": mark, "encoding": {"x": {"field": side, "type": "quantitative"}, "y": y,
                                       "text": {"field": f"{side}_name"}}}  # fmt: skip
