"""Laws of endpoints, quantiles and regimens."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pleio.studies.endpoints.endpoint import reduce, time_under
from pleio.studies.endpoints.noncompartmental import analyse
from pleio.studies.endpoints.quantiles import weighted_quantiles
from pleio.studies.study import Endpoint
from pleio.studies.subjects.draws import uniforms

LEVELS = st.floats(0.1, 10)
CURVES = arrays(np.float64, (3, 12), elements=LEVELS)
TIMES = np.cumsum(np.linspace(0.5, 2, 12)) - 0.5


def take(values: np.ndarray, **how: object) -> np.ndarray:
    endpoint = Endpoint.model_validate({"of": "x", **how})
    return reduce(endpoint, TIMES, values, values[:, 0], "h", "nM")


@given(CURVES, LEVELS)
def test_time_below_and_above_make_the_whole(values: np.ndarray, level: float) -> None:
    below, above = time_under(TIMES, values, level), time_under(TIMES, -values, -level)
    ties = (values[:, :-1] == level) & (values[:, 1:] == level)
    expected = TIMES[-1] - TIMES[0] - (ties * np.diff(TIMES)).sum(axis=1)
    assert below + above == pytest.approx(expected)


@given(CURVES, st.floats(0.1, 100))
def test_endpoints_scale_with_their_quantity(values: np.ndarray, factor: float) -> None:
    for how in ("maximum", "minimum", "final", "mean", "auc"):
        assert take(factor * values, take=how) == pytest.approx(factor * take(values, take=how))
        relative = take(values, take=how, relative_to="baseline")
        assert take(factor * values, take=how, relative_to="baseline") == pytest.approx(relative, abs=1e-12)


@given(LEVELS)
def test_nothing_changed_is_zero_change(level: float) -> None:
    flat = np.full((2, 12), level)
    for how in ("maximum", "minimum", "final", "mean", "auc"):
        assert take(flat, take=how, relative_to="baseline") == pytest.approx(0, abs=1e-12)
        assert take(flat, take=how, change_from="baseline") == pytest.approx(0, abs=1e-9)


@given(CURVES)
def test_a_window_looks_at_its_own_times(values: np.ndarray) -> None:
    window = [f"{TIMES[3]} h", f"{TIMES[7]} h"]
    assert take(values, take="maximum", window=window) == pytest.approx(values[:, 3:8].max(axis=1))
    parts = sum(take(values, take="auc", window=[f"{a} h", f"{b} h"]) for a, b in pairwise(TIMES))
    assert parts == pytest.approx(take(values, take="auc"))


@given(arrays(np.float64, 15, elements=st.floats(-5, 5)), arrays(np.float64, 15, elements=st.floats(0.1, 3)))
def test_weighted_quantiles_rise_and_lie_within(values: np.ndarray, weights: np.ndarray) -> None:
    found = weighted_quantiles(values, weights, (0.0, 0.1, 0.5, 0.9, 1.0), axis=0)
    assert (np.diff(found) >= -1e-12).all()
    assert found[0] == values.min() and found[-1] == values.max()
    assert weighted_quantiles(values, np.ones(15), (0.3,), axis=0) == pytest.approx(np.quantile(values, [0.3]))


@given(st.integers(0, 2**60), st.text(max_size=20), st.integers(0, 2**31), st.integers(0, 2**31))
@settings(max_examples=50)
def test_draws_are_their_key_alone(seed: int, name: str, world: int, subject: int) -> None:
    alone = uniforms(seed, name, world, subject)
    among = uniforms(seed, name, np.array([0, world, 5]), np.array([[1], [subject]]))
    assert 0 < alone < 1 and among[1, 1] == alone


@given(st.floats(0.05, 2), st.floats(1, 50), st.floats(1, 1000))
@settings(max_examples=50)
def test_a_bolus_tells_clearance_and_volume(k: float, volume: float, dose: float) -> None:
    times = np.linspace(0, 6 / k, 12)
    found = analyse(times, dose / volume * np.exp(-k * times), dose, route="bolus")
    assert found.clearance == pytest.approx(k * volume)
    assert found.vss == pytest.approx(volume)
