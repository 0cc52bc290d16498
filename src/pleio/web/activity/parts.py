"""What a child process computes for the diagram, as JSON values."""

from __future__ import annotations

from typing import Any

from ...library import open as open_library
from ...library.diagrams.activity import Course
from ...library.diagrams.activity import activity as computed

DIGITS = 5


def activity(library: str, study: str, cell: str) -> dict[str, Any]:
    """Run a study of the library for the diagram.

    Raises:
        StudyError: there is no such study, or no such cell type in it.
    """
    found = computed(open_library(library), study, cell)
    return {
        "study": found.study,
        "cell": found.cell,
        "cells": dict(found.cells),
        "arms": list(found.arms),
        "worlds": found.worlds,
        "times": [_short(time) for time in found.times.tolist()],
        "courses": {entity: _as_json(course) for entity, course in found.courses.items()},
    }


def _as_json(course: Course) -> dict[str, Any]:
    return {
        "name": course.name,
        "label": course.label,
        "unit": course.unit,
        "low": _short(course.low),
        "high": _short(course.high),
        "changes": course.changes,
        "values": [[_short(value) for value in arm] for arm in course.values.tolist()],
    }


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
