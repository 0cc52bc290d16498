"""What is said of weighted worlds: quantiles, means with their errors, and weights after new evidence."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.studies.endpoints.quantiles import weighted_quantiles
from pleio.studies.endpoints.replicates import mean_over_worlds
from pleio.studies.worlds import States, Worlds

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def test_quantiles_of_weighted_draws_have_no_side() -> None:
    """Of the mirrored draws each quantile is the mirrored one of the other end."""
    rng = np.random.default_rng(5)
    values, weights = rng.lognormal(size=(3, 40)), rng.uniform(0.2, 3, 40)
    values[1, 7] = np.nan
    found = weighted_quantiles(values, weights, LEVELS, axis=1)
    mirrored = weighted_quantiles(-values, weights, LEVELS, axis=1)
    np.testing.assert_allclose(found, -mirrored[::-1], rtol=1e-12)


def test_quantiles_of_weighted_draws_come_to_those_of_the_law() -> None:
    """Draws from 0 to 1 that weigh their value have the density 2x, and so the quantile √u."""
    values = np.linspace(0, 1, 4001)
    found = weighted_quantiles(values, values + 1e-12, LEVELS, axis=0)
    np.testing.assert_allclose(found, np.sqrt(LEVELS), atol=2e-3)


def test_the_error_of_a_mean_is_that_of_the_textbook() -> None:
    values = np.random.default_rng(2).normal(3, 2, 6)
    found = mean_over_worlds(values, Worlds(1, np.arange(6)))
    assert found.value == pytest.approx(values.mean())
    assert found.error == pytest.approx(values.std(ddof=1) / np.sqrt(6))
    assert found.interval[1] - found.value == pytest.approx(2.5705818 * found.error)  # Student's, 5 degrees of freedom


def test_an_interval_of_the_mean_holds_it_in_95_of_100_cases() -> None:
    rng, held = np.random.default_rng(8), 0
    for _ in range(2000):
        low, high = mean_over_worlds(rng.normal(size=4), Worlds(1, np.arange(4))).interval
        held += low <= 0 <= high
    assert held / 2000 == pytest.approx(0.95, abs=0.015)


def test_new_evidence_weighs_worlds_and_leaves_how_they_were_drawn() -> None:
    """A weight stays importance over oversampling, of which evidence changes the first only, and their mean stays 1."""
    count = 50
    extra = np.where(np.arange(count) < 10, 4.0, 0.0)
    states = States(("increases", "no_effect"), np.where(extra > 0, 0, 1), extra)
    drawn = Worlds(1, np.arange(count), contests={"c": states}, common=0.8)
    worlds = Worlds(
        1, np.arange(count), contests={"c": states}, common=0.8, weights=1 / drawn.oversampling,
        importance=np.ones(count),
    )  # fmt: skip
    worlds = worlds.reweighted(np.ones(count))
    for likelihood in (np.ones(count), np.linspace(0.1, 2, count), np.geomspace(1e-9, 1e-3, count)):
        found = worlds.reweighted(likelihood)
        assert found.weights.mean() == pytest.approx(1)
        np.testing.assert_allclose(found.weights, found.importance / found.oversampling, rtol=1e-12)
        ratio = found.weights / worlds.weights / likelihood
        np.testing.assert_allclose(ratio, ratio[0], rtol=1e-12)
