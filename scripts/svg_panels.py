"""Small panels as SVG: simulated bands with the observations on them, drawn the same way every time.

A panel is a course over time or dose, or a list of labelled intervals.  Bands are the central 50 and 90 %, the line is the
median; a dot is a published figure, filled where it was kept for checking, open where a fit used it, with its spread if any.
"""

# ruff: noqa: E501  (lines of SVG are read whole)

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")  # told apart by colour-blind readers
INK, FAINT, GRID = "#1f2328", "#59636e", "#d8dee4"
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 330, 262, 54, 42, 46, 14
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Seen:
    """A published figure at a place on the x axis (or in a row of intervals)."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None
    checked: bool = True
    label: str = ""


@dataclass(frozen=True)
class Series:
    """Simulated values: rows are worlds, columns places on the x axis."""

    label: str
    x: Array
    values: Array  # shape (worlds, places)


@dataclass(frozen=True)
class Panel:
    """A course: series over x with what was seen."""

    title: str
    x: str
    y: str
    series: Sequence[Series]
    seen: Sequence[Seen] = ()
    log_x: bool = False
    log_y: bool = False
    zero: bool = False


@dataclass(frozen=True)
class Row:
    """A labelled interval: the simulated values of one quantity, and what was seen of it."""

    label: str
    values: Array
    seen: Seen | None = None
    colour: int = 0


@dataclass(frozen=True)
class Intervals:
    """A list of labelled intervals on one axis."""

    title: str
    x: str
    rows: Sequence[Row] = field(default_factory=tuple)
    at: float | None = None  # a line to compare with, such as no change


def draw(panels: Sequence[Panel | Intervals], title: str, columns: int = 2) -> str:
    """Lay panels out in columns and give the whole as one SVG."""
    columns = min(columns, len(panels))
    heights = [_height(one) for one in panels]
    tops, y = [], 0.0
    for start in range(0, len(panels), columns):
        tops += [y] * len(panels[start : start + columns])
        y += max(heights[start : start + columns])
    width = WIDTH * columns
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y:.0f}" width="{width}" height="{y:.0f}" '
        f'role="img" font-family="system-ui, sans-serif" font-size="11" fill="{INK}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{y:.0f}" fill="#ffffff"/>',
    ]
    for i, panel in enumerate(panels):
        drawn = _course(panel) if isinstance(panel, Panel) else _intervals(panel)
        parts += [f'<g transform="translate({(i % columns) * WIDTH},{tops[i]:.0f})">', *drawn, "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _height(panel: Panel | Intervals) -> float:
    return HEIGHT if isinstance(panel, Panel) else TOP + BOTTOM + 18 * len(panel.rows)


def _ticks(low: float, high: float, log: bool) -> list[float]:
    if log:
        first, last = math.ceil(low - 1e-9), math.floor(high + 1e-9)
        step = max(1, (last - first) // 4)
        return [float(value) for value in range(first, last + 1, step)]
    span = high - low
    step = 10 ** math.floor(math.log10(span / 4)) if span > 0 else 1.0
    step *= next(factor for factor in (1, 2, 2.5, 5, 10) if span / (step * factor) <= 5)
    return [float(one) for one in np.arange(math.ceil(low / step - 1e-9) * step, high + step * 1e-6, step)]


def _said(value: float, log: bool) -> str:
    value = 10**value if log else value
    if 1e3 <= abs(value) < 1e4:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 1e4 else f"{value:.0e}".replace("e+0", "e")


def _frame(title: str, x: str, y: str, width: float, height: float) -> list[str]:
    middle = TOP + (height - TOP - BOTTOM) / 2
    return [
        f'<text x="{LEFT}" y="18" font-weight="600" font-size="12">{escape(title)}</text>',
        f'<text x="{(LEFT + width - RIGHT) / 2 + 8}" y="{height - 8}" text-anchor="middle" fill="{FAINT}">{escape(x)}</text>',
        f'<text transform="translate(13,{middle:.0f}) rotate(-90)" text-anchor="middle" fill="{FAINT}">{escape(y)}</text>',
    ]


def _course(panel: Panel) -> list[str]:
    bands = [np.quantile(one.values, LEVELS, axis=0) for one in panel.series]
    along = [np.log10(one.x) if panel.log_x else one.x for one in panel.series]
    bands = [np.log10(np.maximum(one, 1e-12)) if panel.log_y else one for one in bands]

    def at_y(value: float) -> float:
        return math.log10(max(value, 1e-12)) if panel.log_y else value

    ends = [at_y(v) for one in panel.seen for v in (one.y, one.low, one.high) if v is not None]
    low = min([float(one[0].min()) for one in bands] + ends)
    high = max([float(one[4].max()) for one in bands] + ends)
    low = 0.0 if panel.zero and not panel.log_y else low
    pad = (high - low) * 0.06 or 0.5
    low, high = (low if panel.zero and not panel.log_y else low - pad), high + pad
    left, right = min(float(x.min()) for x in along), max(float(x.max()) for x in along)

    def px(value: float) -> float:
        return LEFT + (value - left) / (right - left or 1) * (WIDTH - LEFT - RIGHT)

    def py(value: float) -> float:
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    out = _frame(panel.title, panel.x, panel.y, WIDTH, HEIGHT)
    for tick in _ticks(low, high, panel.log_y):
        y = py(tick)
        out.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{GRID}" stroke-width="0.7"/>')
        out.append(
            f'<text x="{LEFT - 5}" y="{y + 4:.1f}" text-anchor="end" fill="{FAINT}">{_said(tick, panel.log_y)}</text>'
        )
    for tick in _ticks(left, right, panel.log_x):
        out.append(
            f'<text x="{px(tick):.1f}" y="{HEIGHT - BOTTOM + 15}" text-anchor="middle" fill="{FAINT}">'
            f"{_said(tick, panel.log_x)}</text>"
        )
    for i, (x, band) in enumerate(zip(along, bands, strict=True)):
        colour = COLOURS[i % len(COLOURS)]
        for lower, upper, opacity in ((0, 4, 0.13), (1, 3, 0.22)):
            there = " ".join(f"{px(a):.1f},{py(b):.1f}" for a, b in zip(x, band[upper], strict=True))
            back = " ".join(f"{px(a):.1f},{py(b):.1f}" for a, b in zip(x[::-1], band[lower][::-1], strict=True))
            out.append(f'<polygon points="{there} {back}" fill="{colour}" fill-opacity="{opacity}"/>')
        line = " ".join(f"{px(a):.1f},{py(b):.1f}" for a, b in zip(x, band[2], strict=True))
        out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.8"/>')
    for one in panel.seen:
        x, y = px(math.log10(one.x) if panel.log_x else one.x), py(at_y(one.y))
        if one.low is not None and one.high is not None:
            out.append(
                f'<path d="M{x:.1f} {py(at_y(one.low)):.1f}V{py(at_y(one.high)):.1f}" stroke="{INK}" stroke-width="1.3"/>'
            )
        out += _dot(x, y, one)
        if one.label:
            halo = 'paint-order="stroke" stroke="#fff" stroke-width="3" stroke-linejoin="round"'
            out.append(f'<text x="{x + 7:.1f}" y="{y - 6:.1f}" font-size="10" {halo}>{escape(one.label)}</text>')
    if len(panel.series) > 1:  # named in one line between title and data
        x = float(LEFT)
        for i, one in enumerate(panel.series):
            out.append(f'<path d="M{x:.0f} 33h14" stroke="{COLOURS[i % len(COLOURS)]}" stroke-width="2.4"/>')
            out.append(f'<text x="{x + 18:.0f}" y="37" font-size="10">{escape(one.label)}</text>')
            x += 34 + 5.4 * len(one.label)
    return out


def _dot(x: float, y: float, seen: Seen) -> list[str]:
    fill = INK if seen.checked else "#ffffff"
    return [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.6" fill="{fill}" stroke="{INK}" stroke-width="1.4"/>']


def _intervals(panel: Intervals) -> list[str]:
    height, label = _height(panel), 148
    bands = [np.quantile(one.values, LEVELS) for one in panel.rows]
    ends = [v for row in panel.rows if row.seen for v in (row.seen.x, row.seen.low, row.seen.high) if v is not None]
    ends += [panel.at] if panel.at is not None else []
    low, high = min([float(b[0]) for b in bands] + ends), max([float(b[4]) for b in bands] + ends)
    pad = (high - low) * 0.05 or 0.5
    low, high = low - pad, high + pad

    def px(value: float) -> float:
        return label + (value - low) / (high - low) * (WIDTH - label - RIGHT)

    out = [
        f'<text x="8" y="18" font-weight="600" font-size="12">{escape(panel.title)}</text>',
        f'<text x="{(label + WIDTH - RIGHT) / 2}" y="{height - 8}" text-anchor="middle" fill="{FAINT}">{escape(panel.x)}</text>',
    ]
    for tick in _ticks(low, high, False):
        out.append(f'<path d="M{px(tick):.1f} {TOP - 6}V{height - BOTTOM + 4}" stroke="{GRID}" stroke-width="0.7"/>')
        out.append(
            f'<text x="{px(tick):.1f}" y="{height - BOTTOM + 17}" text-anchor="middle" fill="{FAINT}">{_said(tick, False)}</text>'
        )
    if panel.at is not None:
        out.append(f'<path d="M{px(panel.at):.1f} {TOP - 6}V{height - BOTTOM + 4}" stroke="{FAINT}" stroke-width="1"/>')
    for i, (row, band) in enumerate(zip(panel.rows, bands, strict=True)):
        y, colour = TOP + 6 + 18 * i, COLOURS[row.colour % len(COLOURS)]
        out.append(f'<text x="{label - 8}" y="{y + 4}" text-anchor="end">{escape(row.label)}</text>')
        out.append(
            f'<path d="M{px(band[0]):.1f} {y}H{px(band[4]):.1f}" stroke="{colour}" stroke-opacity="0.45" stroke-width="3"/>'
        )
        out.append(f'<path d="M{px(band[1]):.1f} {y}H{px(band[3]):.1f}" stroke="{colour}" stroke-width="5"/>')
        out.append(f'<path d="M{px(band[2]):.1f} {y - 6}v12" stroke="{INK}" stroke-width="1.6"/>')
        if row.seen is not None:
            if row.seen.low is not None and row.seen.high is not None:
                out.append(
                    f'<path d="M{px(row.seen.low):.1f} {y}H{px(row.seen.high):.1f}" stroke="{INK}" stroke-width="1.2"/>'
                )
            out += _dot(px(row.seen.x), y, row.seen)
    return out
