"""The answer as a piece of page, as JSON and as a table: what a child process makes of a scenario."""

from __future__ import annotations

import csv
import io
from typing import Any

from starlette.datastructures import QueryParams

from ...library import open as open_library
from ...library.scenarios.answer import LEVELS, Answer, answer
from ...library.scenarios.scenario import Scenario, study_of, written
from ..templates import environment
from .address import days, read, write
from .draw import MOST_DOSES, draw


def play(library: str, query: str) -> dict[str, Any]:
    """Answer the scenario of an address.

    Raises:
        StudyError: the address is wrong, or the scenario cannot be asked.
    """
    opened = open_library(library)
    scenario = read(QueryParams(query), opened)
    found = answer(opened, scenario)
    doses = _dose_times(scenario)
    drawings = [draw(course, found, doses) for course in found.courses]
    template = environment().get_template("playground_answer.html")
    drawn = list(zip(found.courses, drawings, strict=True))
    html = template.render(a=found, s=scenario, drawn=drawn, query=write(scenario, opened))
    return {"html": str(html)}


def play_json(library: str, query: str) -> dict[str, Any]:
    """Answer the scenario of an address, as values."""
    opened = open_library(library)
    return as_json(answer(opened, read(QueryParams(query), opened)))


def play_csv(library: str, query: str) -> str:
    """Answer the scenario of an address, as a long table."""
    opened = open_library(library)
    found = answer(opened, read(QueryParams(query), opened))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("quantity", "unit", "arm", f"time_{found.time_unit}", *(f"q{level:g}" for level in LEVELS)))
    for course in found.courses:
        for i, arm in enumerate(found.arms):
            for k, time in enumerate(found.times):
                values = (f"{value:.8g}" for value in course.bands[i, :, k])
                table.writerow((course.name, course.unit, arm, f"{time:.8g}", *values))
    return text.getvalue()


def play_sbml(library: str, query: str) -> str:
    """Give the treated arm of the scenario of an address, in its typical world, as SBML."""
    from ...formats.sbml.write import write_sbml
    from ...library.results.plain_network import plain_network

    opened = open_library(library)
    scenario = read(QueryParams(query), opened)
    asked = study_of(opened, scenario.start, written(opened, scenario))
    return write_sbml(plain_network(asked, list(asked.study.arms)[-1]))


def as_json(found: Answer) -> dict[str, Any]:
    """Write an answer as JSON values; quantiles over worlds stand in the order of `levels`."""
    return {
        "arms": list(found.arms),
        "levels": list(LEVELS),
        "times": found.times,
        "time_unit": found.time_unit,
        "effective_worlds": round(found.effective, 1),
        "failed": dict(found.failed),
        "unmoved": list(found.unmoved),
        "limits": list(found.limits),
        "digest": found.digest,
        "quantities": [
            {
                "name": course.name,
                "label": course.label,
                "unit": course.unit,
                **{one.name: {"values": dict(one.values), "ratio": list(one.ratio)} for one in course.extremes},
                "bands": {arm: course.bands[i] for i, arm in enumerate(found.arms)},
            }
            for course in found.courses
        ],
    }


def _dose_times(scenario: Scenario) -> list[float]:
    if not scenario.agent:
        return []
    every, last = days(scenario.every), days(scenario.horizon)
    return [k * every for k in range(min(scenario.times, MOST_DOSES)) if k * every <= last]
