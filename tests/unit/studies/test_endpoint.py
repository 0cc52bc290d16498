"""One number per subject: where nothing happens, and in what unit."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.studies.endpoints.endpoint import reduce, unit_of
from pleio.studies.study import Endpoint

TIMES = np.arange(0.0, 10.0)


@pytest.mark.parametrize("take", ["time_of_maximum", "time_of_minimum"])
def test_where_nothing_happens_the_extreme_is_at_the_first_time(take: str) -> None:
    rounding = 1e-9 * np.random.default_rng(1).normal(size=(20, 10))
    endpoint = Endpoint(of="x", take=take)  # type: ignore[arg-type]  # one of two words of it
    assert (reduce(endpoint, TIMES, 5.0 + rounding, np.full(20, 5.0), "h", "nM") == 0).all()
    assert (reduce(endpoint, TIMES, np.zeros((3, 10)), np.zeros(3), "h", "nM") == 0).all()
    bump = 5.0 + 1e-3 * np.exp(-((TIMES - 6) ** 2))[None, :] * (1 if take == "time_of_maximum" else -1)
    assert reduce(endpoint, TIMES, bump, np.full(1, 5.0), "h", "nM") == [6]


def test_the_area_under_a_share_is_a_time() -> None:
    endpoint = Endpoint(of="x", take="auc")
    assert [unit_of(endpoint, unit, "h") for unit in ("1", "", "nM", "10^9/L")] == ["h", "h", "nM*h", "(10^9/L)*h"]
