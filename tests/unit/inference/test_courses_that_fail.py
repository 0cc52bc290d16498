"""A trajectory that fails is missing from the courses of its group, with its reason, and the others stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pleio.inference import courses
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation.forecasts import Forecaster
from pleio.library.validation.rows import plan


def test_a_trajectory_that_failed_is_no_number_and_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    library = open_library("il11")
    readouts = LibraryReadouts(library)
    (row,) = (row for row in read_all(library) if row.id == "oprelvekin-half-life")
    one = plan(row, readouts)
    whole = courses.integrate

    def one_fails(*given: Any, **named: Any) -> Any:
        run = whole(*given, **named)
        status = [*run.status]
        status[5] = "the step became too small"
        return replace(run, status=tuple(status))

    def half_lives(forecaster: Forecaster) -> np.ndarray:
        _, (course,) = forecaster.courses(one.side, one.of, one.at, "own", "", [one.of])
        return course.take("half_life", at=one.at)

    settings: Mapping[str, int] = {"worlds": 4, "subjects": 3}
    expected = half_lives(Forecaster(library, readouts, **settings))
    monkeypatch.setattr(courses, "integrate", one_fails)
    forecaster = Forecaster(library, readouts, **settings)
    found = half_lives(forecaster)
    assert np.isnan(found[1, 2]) and np.isnan(found).sum() == 1
    others = ~np.isnan(found)
    assert (found[others] == expected[others]).all()
    assert forecaster.failed == ["the step became too small"]
