"""Draw every kept row as one line: its forecast, the forecast before data, and what was observed at the middle.

Positions are on the scale that a row is scored on, from what was observed: the logarithm of a level, of 1 + a change, of
the odds of a share.  So a factor of two is as long for a level in pmol as for a count, and a line that crosses the middle
held what was seen.
"""

# ruff: noqa: E501  (lines of SVG are read whole)

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from svg_panels import COLOURS, FAINT, GRID, INK

from pleio.library.validation.validation import Foretold, Row

WIDTH, LABELS, NUMBERS, TOP, LINE, HEAD = 780, 250, 110, 58, 15, 24
LEFT, RIGHT = LABELS + 8, WIDTH - NUMBERS
FACTORS = (1 / 30, 1 / 10, 1 / 3, 1, 3, 10, 30)
INSIDE, OUTSIDE = COLOURS[0], COLOURS[1]
LETTER = 6.2
"""How wide a letter of a row's name is at most, on average."""


def figure(rows: Sequence[Row]) -> str:
    """Give the rows that have a score as one SVG, by module."""
    scored = sorted((row for row in rows if row.own.score is not None), key=lambda row: row.observation.module)
    parts = groupby(scored, key=lambda row: row.observation.module)
    drawn: list[str] = []
    edge = min(0, LABELS - 8 - round(LETTER * max(len(row.observation.id) for row in scored)))
    y = float(TOP)
    for module, members in parts:
        drawn.append(f'<text x="{edge + 8}" y="{y + 14}" font-weight="600">{escape(module)}</text>')
        y += HEAD
        for row in members:
            drawn += _row(row, y)
            y += LINE
    height = y + 40
    return (
        "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{edge} 0 {WIDTH - edge} {height:.0f}" width="{WIDTH - edge}" height="{height:.0f}" '
                f'role="img" font-family="system-ui, sans-serif" font-size="11" fill="{INK}">',
                "<title>Forecasts of kept observations beside what was observed</title>",
                f'<rect x="{edge}" width="{WIDTH - edge}" height="{height:.0f}" fill="#ffffff"/>',
                *_axis(height),
                *drawn,
                "</svg>",
            )
        )
        + "\n"
    )


def _across(distance: float) -> float:
    """Give the place of a distance from what was observed; beyond the last factor it stays at the edge."""
    end = math.log(FACTORS[-1]) * 1.08
    return LEFT + (min(max(distance, -end), end) + end) / (2 * end) * (RIGHT - LEFT)


def _axis(height: float) -> Iterator[str]:
    key = (
        (LEFT, f'<path d="M{LEFT} 20h22" stroke="{INSIDE}" stroke-width="5"/>', "forecast, 90 %"),
        (LEFT + 116, f'<path d="M{LEFT + 116} 20h22" stroke="{OUTSIDE}" stroke-width="5"/>', "that missed"),
        (LEFT + 216, f'<path d="M{LEFT + 216} 20h22" stroke="{FAINT}" stroke-width="1"/>', "before data"),
        (LEFT + 316, f'<circle cx="{LEFT + 330}" cy="20" r="3" fill="#fff" stroke="{INK}"/>', "effects off"),
    )
    for x, mark, label in key:
        yield mark
        yield f'<text x="{x + 28}" y="24">{label}</text>'
    yield f'<text x="{RIGHT + 12}" y="24" fill="{FAINT}">observed</text>'
    for factor in FACTORS:
        x = _across(math.log(factor))
        said = "as observed" if factor == 1 else f"×{factor:.0f}" if factor > 1 else f"÷{1 / factor:.0f}"
        colour = INK if factor == 1 else GRID
        yield f'<path d="M{x:.1f} {TOP - 8}V{height - 34}" stroke="{colour}" stroke-width="0.8"/>'
        for y in (TOP - 13, height - 20):
            yield f'<text x="{x:.1f}" y="{y:.0f}" text-anchor="middle" fill="{FAINT}">{said}</text>'
    yield (
        f'<text x="{(LEFT + RIGHT) / 2}" y="{height - 5:.0f}" text-anchor="middle" fill="{FAINT}">'
        "forecast over observed: of levels, of 1 + change, of the odds of shares</text>"
    )


def _row(row: Row, y: float) -> Iterator[str]:
    colour, middle = INSIDE if row.inside else OUTSIDE, y + 5
    own, prior, off = (_places(row, one) for one in (row.own, row.prior, row.off))
    yield f'<text x="{LABELS}" y="{middle + 4}" text-anchor="end">{escape(row.observation.id)}</text>'
    yield f'<path d="M{prior[0]:.1f} {middle}H{prior[2]:.1f}" stroke="{FAINT}" stroke-width="1"/>'
    yield f'<path d="M{own[0]:.1f} {middle}H{own[2]:.1f}" stroke="{colour}" stroke-width="5" stroke-opacity="0.75"/>'
    yield f'<path d="M{own[1]:.1f} {middle - 5}v10" stroke="{INK}" stroke-width="1.6"/>'
    yield f'<circle cx="{off[1]:.1f}" cy="{middle}" r="3" fill="#fff" stroke="{INK}"/>'
    yield f'<text x="{RIGHT + 12}" y="{middle + 4}" fill="{FAINT}">{escape(_observed(row))}</text>'


def _places(row: Row, forecast: Foretold) -> tuple[float, float, float]:
    assert row.observation.observed is not None
    seen = row.placed(row.observation.observed)
    low, median, high = (_across(row.placed(one) - seen) for one in (forecast.low, forecast.median, forecast.high))
    return low, median, high


def _observed(row: Row) -> str:
    unit = "" if row.observation.unit == "1" else row.observation.unit
    return f"{row.observation.observed:.3g} {unit}".strip()
