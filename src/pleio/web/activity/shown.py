"""One view of a simulated pathway: which study, arm and cell type, at what time; and how full each box is then."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from ...base.errors import Problem, nearest
from ...library.content import Pathway
from ..errors import WebError
from ..render.marks import number, unit_word
from ..render.pathway import Level

STOPS = 6  # links to times, beside the start
DAYS = 72.0  # hours from which a course is told in days


@dataclass(frozen=True)
class Row:
    """One place of the diagram, for the table under it."""

    id: str
    place: str
    label: str
    unit: str
    value: str
    low: str
    high: str
    changes: bool


@dataclass(frozen=True)
class Shown:
    """A view.

    Attributes:
        found: what the child gave (`parts.activity`).
        arm: of `found["arms"]`.
        at: index into `found["times"]`.
    """

    page: str
    pathway: Pathway
    found: Mapping[str, Any]
    arm: int
    at: int

    @property
    def arms(self) -> Sequence[str]:
        named: Sequence[str] = self.found["arms"]
        return named

    @property
    def times(self) -> Sequence[float]:
        hours: Sequence[float] = self.found["times"]
        return hours

    @property
    def arm_name(self) -> str:
        return self.arms[self.arm]

    @property
    def time_word(self) -> str:
        return time_word(self.times[self.at], self.times[-1])

    def query(self, **changes: str) -> str:
        """Write a view as a query; a change of the arm or the cell type keeps the time."""
        held = {"study": self.found["study"], "arm": self.arm_name, "cell": self.found["cell"]}
        held |= {"at": f"{self.times[self.at]:g}"} | changes
        return urlencode({key: value for key, value in held.items() if value})

    @property
    def stops(self) -> list[tuple[str, str, bool]]:
        """A few times: what each is called, its query, and whether it is the one shown."""
        last = self.times[-1]
        chosen = sorted({_closest(self.times, last * k / STOPS) for k in range(STOPS + 1)})
        return [(time_word(self.times[i], last), self.query(at=f"{self.times[i]:g}"), i == self.at) for i in chosen]

    @property
    def levels(self) -> dict[str, Level]:
        """How full each box is: from 0 at the lowest to 1 at the highest value in any arm, at any time."""
        levels = {}
        for row in self.rows:
            course = self.found["courses"][row.id]
            value, low, high = course["values"][self.arm][self.at], course["low"], course["high"]
            share = (value - low) / (high - low) if course["changes"] and value is not None else None
            levels[row.id] = Level(share, f"{row.label}: {row.value} {row.unit}".rstrip())
        return levels

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The places that the study computes, in the order of the diagram."""
        names = {node.id: node.name for node in self.pathway.nodes}
        return tuple(self._row(id, names[id], self.found["courses"][id]) for id in names if id in self.found["courses"])

    def _row(self, id: str, place: str, course: Mapping[str, Any]) -> Row:
        now, low, high = (
            number(value) for value in (course["values"][self.arm][self.at], course["low"], course["high"])
        )
        unit = "" if course["unit"] == "1" else unit_word(course["unit"])
        return Row(id, place, course["label"], unit, now, low, high, course["changes"])

    def as_json(self) -> dict[str, Any]:
        """Give the view as values: the courses of the arm, and the times in hours."""
        courses = self.found["courses"]
        places = {
            row.id: {**courses[row.id], "place": row.place, "values": courses[row.id]["values"][self.arm]}
            for row in self.rows
        }
        return {
            "page": self.page, "study": self.found["study"], "arm": self.arm_name, "cell": self.found["cell"],
            "worlds": self.found["worlds"], "at": self.times[self.at], "times": self.times, "places": places,
        }  # fmt: skip


def view(page: str, pathway: Pathway, found: Mapping[str, Any], query: QueryParams) -> Shown:
    """Choose what an address asks for: the last arm and a third of the time where it does not say.

    Raises:
        WebError: 400, there is no such arm, or the time is no number.
    """
    arms, times = found["arms"], found["times"]
    arm = query.get("arm", arms[-1])
    if arm not in arms:
        raise WebError(400, "arm", f"'{arm[:60]}' is no arm of '{found['study']}'", nearest(arm[:60], arms) or arms[0])
    text = query.get("at", "")
    try:
        at = float(text) if text else times[-1] / 3
    except ValueError:
        at = math.nan
    if not 0 <= at < math.inf:
        raise WebError(400, "at", f"'{text[:40]}' is no time", "a number of hours, such as 24", [])
    return Shown(page, pathway, found, arms.index(arm), _closest(times, at))


def choose_study(named: str, published: Sequence[str], known: Sequence[str]) -> str:
    """Choose the study of a view: the one named, else the page's first.

    Raises:
        WebError: 404, the library has none of that name.
    """
    if named and named not in known:
        more: list[Problem] = []
        raise WebError(404, "study", f"'{named[:60]}' is no study of the library", nearest(named[:60], known), more)
    return named or next((name for name in published if name in known), known[0] if known else "")


def time_word(hours: float, last: float) -> str:
    """Say when it is, in days where the whole takes days.

    Example:
        >>> time_word(336.0, 1008.0), time_word(1.5, 24.0), time_word(0.0, 24.0)
        ('day 14', '1.5 h', '0 h')
    """
    return f"day {number(hours / 24)}" if last > DAYS else f"{number(hours)} h"


def _closest(times: Sequence[float], at: float) -> int:
    after = min(bisect_left(times, at), len(times) - 1)
    return after - 1 if after and at - times[after - 1] < times[after] - at else after
