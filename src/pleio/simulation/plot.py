"""Trajectories as a chart: one panel for each quantity, a line for one member, median and bands for several."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..base.drawing import ARMS, MUTED, SCHEMA, draw, draw_png, rounded, settings, written
from ..base.errors import InputError, Problem, nearest

if TYPE_CHECKING:
    import xarray

WIDE, PANEL_HEIGHT = 680, 120
MOST_PANELS, MOST_POINTS, FEWEST_FOR_BANDS = 12, 200, 5
BANDS = (0.05, 0.25, 0.5, 0.75, 0.95)
COLOUR = ARMS[0]


@dataclass(frozen=True, repr=False)
class Plot:
    """A chart; it shows itself in a notebook.

    Attributes:
        specification: Vega-Lite, with its data.
        description: what is seen, in words.
    """

    specification: dict[str, Any]
    description: str

    def __repr__(self) -> str:
        return f"<Plot: {self.description}>"

    def svg(self) -> str:
        """Draw it."""
        return draw(self.specification)

    def _repr_svg_(self) -> str:
        return self.svg()

    def save(self, path: str | Path) -> Path:
        """Write it as .svg, .png, or .json (the specification).

        Raises:
            InputError: the ending is none of these.
            StoreError: the file cannot be written.
        """
        from ..store import write_file

        path = Path(path)
        if path.suffix == ".svg":
            data = self.svg().encode()
        elif path.suffix == ".png":
            data = draw_png(self.specification)
        elif path.suffix == ".json":
            data = json.dumps(self.specification, ensure_ascii=False, indent=1).encode()
        else:
            raise InputError(str(path), Problem("", f"'{path.suffix}' is not known", "end it in .svg, .png or .json"))
        write_file(path, data)
        return path


def plot(run: xarray.Dataset, names: Sequence[str] | str | None = None) -> Plot:
    """Draw the trajectories of a run.

    Args:
        run: from `pleio.simulate`, not reduced.
        names: species (concentrations, or amounts where their names stand for these) and observables; by default all
            observables, then all species, up to twelve. One alone need not be in a list.

    Raises:
        InputError: a name is unknown, there is nothing to draw, or there are more than twelve.
    """
    quantities = _quantities(run)
    chosen = _chosen(quantities, [names] if isinstance(names, str) else names)
    good = [not why for why in run["status"].values]
    if not any(good):
        raise InputError("plot", Problem("", "every member failed", "the status says why"))
    many = sum(good) >= FEWEST_FOR_BANDS
    panels, ends = [], []
    for key in chosen:
        values, unit = quantities[key]
        rows = _rows(run["time"].values, values[good], many)
        ends.append(f"{key} ends at {rows[-1]['middle']:.3g}{f' {_plain(unit)}' if unit else ''}")
        time = run["time"].attrs.get("units", "") if key == chosen[-1] else None
        panels.append(_panel(key, unit, rows, time, many))
    failed = len(good) - sum(good)
    caption = "Line: median over members. Bands: 50 and 90 % of them." if many else ""
    left_out = f"{failed} of {len(good)} members failed and are left out." if failed else ""
    subtitle = " ".join(filter(None, (caption, left_out)))
    title = {"text": str(run.attrs.get("model", "")).replace("_", " ").strip() or "Trajectories"}
    members = f"{sum(good)} member{'s' if sum(good) > 1 else ''}"
    description = f"{len(chosen)} quantities over time, {members}; {'; '.join(ends)}. {left_out}".strip()
    look = settings()
    specification = {
        "$schema": SCHEMA,
        "description": description,
        "title": {**title, "fontWeight": "bold", "fontSize": 13, **({"subtitle": subtitle} if subtitle else {})},
        "config": {**look, "title": {**look["title"], "subtitleColor": MUTED, "subtitlePadding": 4}},
        "spacing": 10,
        "vconcat": panels,
    }
    return Plot(specification, description)


def _quantities(run: xarray.Dataset) -> dict[str, tuple[np.ndarray[Any, Any], str]]:
    """Every quantity's values, shape (members, times), and unit; observables first."""
    from .trajectories import species_values

    found: dict[str, tuple[np.ndarray[Any, Any], str]] = {}
    if "observables" in run:
        for i, key in enumerate(run["observable"].values):
            found[str(key)] = run["observables"].values[:, :, i], str(run["observable_unit"].values[i])
    if "amounts" in run:
        values, units = species_values(run)
        for i, key in enumerate(run["species"].values):
            found.setdefault(str(key), (values[:, :, i], str(units[i])))
    if not found:
        raise InputError("plot", Problem("", "has no trajectories", "simulate without `reduce`"))
    return found


def _chosen(quantities: dict[str, Any], names: Sequence[str] | None) -> list[str]:
    if names is None:
        return list(quantities)[:MOST_PANELS]
    problems = [
        Problem("", f"there is no quantity '{key}'", nearest(key, list(quantities)))
        for key in names
        if key not in quantities
    ]
    if len(names) > MOST_PANELS or not names:
        problems.append(Problem("", f"{len(names)} quantities", f"1 to {MOST_PANELS} are drawn at once"))
    if problems:
        raise InputError("plot", problems)
    return list(names)


def _rows(times: np.ndarray[Any, Any], values: np.ndarray[Any, Any], many: bool) -> list[dict[str, float]]:
    kept = np.unique(np.linspace(0, len(times) - 1, min(len(times), MOST_POINTS)).round().astype(int))
    if not many:
        return [
            {"time": rounded(times[i]), "middle": rounded(line[i]), "member": m}
            for m, line in enumerate(values)
            for i in kept
        ]
    quantiles = np.quantile(values[:, kept], BANDS, axis=0)
    keys = ("low", "lower", "middle", "upper", "high")
    return [
        {"time": rounded(times[i]), **{key: rounded(row[k]) for key, row in zip(keys, quantiles, strict=True)}}
        for k, i in enumerate(kept)
    ]


def _plain(unit: str) -> str:
    """Write a unit as print does, without the parentheses that only a reader of formulas needs."""
    return written(re.sub(r"\((\w+)\)", r"\1", unit))


def _panel(key: str, unit: str, rows: list[dict[str, float]], time_unit: str | None, many: bool) -> dict[str, Any]:
    label = key.replace("_", " ") + (f", {_plain(unit)}" if unit not in ("", "1", "dimensionless") else "")
    time = f"time, {written(time_unit)}" if time_unit else "time" if time_unit is not None else None
    x = {"field": "time", "type": "quantitative", "title": time, "axis": {"grid": False}}
    y = {"field": "middle", "type": "quantitative", "title": None, "scale": {"zero": True}}
    line: dict[str, Any] = {
        "mark": {"type": "line", "color": COLOUR, "strokeWidth": 2},
        "encoding": {"x": x, "y": y, **({} if many else {"detail": {"field": "member"}})},
    }
    bands = [
        {
            "mark": {"type": "area", "color": COLOUR, "opacity": opacity},
            "encoding": {"x": x, "y": {**y, "field": low}, "y2": {"field": high}},
        }
        for low, high, opacity in (("low", "high", 0.18), ("lower", "upper", 0.3))
    ]
    return {
        "title": label,
        "width": WIDE - 80,
        "height": PANEL_HEIGHT,
        "data": {"values": rows},
        "layer": [*(bands if many else []), line],
    }
