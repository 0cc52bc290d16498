"""What every figure is: its words, its sizes, and labels that are broken into lines and never cut off."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...base.quantities import Quantity
from ...base.units import parse
from ..labels import in_words
from ..result import Result
from .palette import INK, SCHEMA, settings, written

WIDE, NARROW = 680, 330  # points across, the text column and a telephone
MOST_POINTS = 120
LETTER, LINE = 6.2, 12
"""Points that a letter of 11 points takes across, on the whole, and a line of them down."""

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


def figure_name(kind: str, of: str) -> str:
    """Name a figure by its kind and what it is of, in letters that the name of an artifact may have.

    Example:
        >>> figure_name("bands", "platelets"), figure_name("bands", "[il11_lung]"), figure_name("forest", "rise in %")
        ('bands-platelets', 'bands-il11_lung-concentration', 'forest-rise-in')
    """
    concentration = "-concentration" if of.startswith("[") else ""
    return f"{kind}-{re.sub('[^A-Za-z0-9_.]+', '-', of).strip('-')}{concentration}"


def label(name: str, labels: Mapping[str, str]) -> str:
    """Give what a reader calls a quantity: its label, or its name in words."""
    return labels.get(name) or in_words(name)


def with_unit(title: str, unit: str) -> str:
    """Write a quantity with its unit; a pure number has none."""
    return f"{title}, {written(unit)}" if unit not in ("", "1") else title


def spec(rows: list[dict[str, Any]], description: str, **parts: Any) -> Spec:
    """Give a whole specification that carries its data."""
    return {"$schema": SCHEMA, "description": description, "config": settings(), "data": {"values": rows}, **parts}


def lines(text: str, width: float) -> list[str]:
    """Break a text into lines that are so many points wide; a word that is longer is broken as well."""
    return textwrap.wrap(text, max(8, int(width / LETTER))) or [""]


def broken(text: str, width: float) -> str:
    """Break a text into lines, as one string."""
    return "\n".join(lines(text, width))


def names_layer(names: Sequence[str], y: Spec, *, bold: Collection[str] = ()) -> Spec:
    """Write the name of each row to its left, the lines of a long one around the row's middle.

    An axis would hang them from it.
    """
    values = [{"name": name, "bold": name in bold} for name in names]
    mark = {
        "type": "text", "align": "right", "baseline": "middle", "fontSize": 11, "color": INK, "lineBreak": "\n",
        "lineHeight": LINE, "clip": False, "dy": {"expr": f"-{LINE / 2} * (length(split(datum.name, '\\n')) - 1)"},
        "fontWeight": {"expr": "datum.bold ? 'bold' : 'normal'"},
    }  # fmt: skip
    place = {"x": {"value": -10}, "y": {**y, "axis": None}, "text": {"field": "name"}}
    return {"data": {"values": values}, "mark": mark, "encoding": place}


def header() -> Spec:
    """Give the heading of panels."""
    return {"labelExpr": "split(datum.label, '\\n')", "labelLimit": 0, "labelLineHeight": 14, "title": None}


def panels(count: int, width: int) -> tuple[int, float]:
    """Give how many panels stand side by side, and how wide each is."""
    columns = min(count, 2 if width < WIDE else 4)
    return columns, (width - 52) / columns - 14


@dataclass(frozen=True)
class Clock:
    """How a figure tells the time.

    Attributes:
        kept: which of the result's times are drawn.  Shape (points,).
        scale: from the result's unit of time to that of the figure.
        unit: days or hours.
    """

    kept: Any
    scale: float
    unit: str


def clock(result: Result) -> Clock:
    """Choose times and a unit of time for a figure."""
    long = Quantity(float(result.times[-1]), parse(result.time_unit)).to("d") >= 3
    count = len(result.times)
    kept = np.unique(np.linspace(0, count - 1, min(count, MOST_POINTS)).round().astype(int))
    return Clock(kept, parse(result.time_unit).factor_to(parse("d" if long else "h")), "days" if long else "hours")
