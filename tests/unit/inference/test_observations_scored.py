"""Forecasts of printed numbers, their scores, and the numbers taken from courses, against closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from pleio.inference.courses import Course
from pleio.inference.prediction import Predicted, exactly, predict
from pleio.inference.scoring import (
    by_source,
    coverage,
    exact_binomial,
    gain,
    interval_score,
    mean_of_sources,
    median,
    transform,
)
from pleio.studies.subjects.cohort import draw_subjects
from pleio.studies.subjects.stated import Cohort

ONES = np.ones(400)


@given(st.floats(-5, 5), st.floats(0, 5), st.floats(-10, 10))
def test_an_interval_scores_its_width_and_twenty_times_the_miss(low: float, width: float, seen: float) -> None:
    high = low + width
    miss = max(low - seen, seen - high, 0.0)
    assert interval_score(low, high, seen) == pytest.approx(high - low + 20 * miss)


def test_the_score_is_least_in_expectation_at_the_true_quantiles() -> None:
    seen = np.random.default_rng(1).normal(size=20_000)
    z = 1.6449

    def mean(half: float) -> float:
        return float(np.mean([interval_score(-half, half, y) for y in seen]))

    assert mean(z) < min(mean(0.7 * z), mean(1.4 * z))


@given(st.integers(1, 40), st.integers(0, 40))
def test_the_binomial_probability_is_exact(trials: int, successes: int) -> None:
    k = min(successes, trials)
    assert exact_binomial(k, trials, 0.9) == pytest.approx(binomtest(k, trials, 0.9).pvalue)


def test_a_source_counts_once() -> None:
    found = coverage([("a", True)] * 50 + [("b", False), ("c", False)])
    assert (found.rows, found.inside, found.sources, found.sources_in) == (52, 50, 3, 1)
    assert not found.consistent
    assert mean_of_sources([("a", 1.0), ("a", 3.0), ("b", 8.0)]) == 5.0


def test_rows_of_one_source_make_one_share_of_it() -> None:
    pairs = [(source, held) for source in "abcd" for held in (True, True, True, False)]
    found = coverage(pairs)
    assert (found.inside, found.sources, found.sources_in) == (12, 4, 3)
    assert found.p == pytest.approx(binomtest(3, 4, 0.9).pvalue)
    assert by_source((source, float(held)) for source, held in pairs) == dict.fromkeys("abcd", 0.75)
    nothing = coverage([])
    assert (nothing.p, nothing.consistent, nothing.to_json()["share"]) == (None, None, None)


def test_a_score_is_better_by_the_share_of_the_other_that_it_saves() -> None:
    assert gain(3.0, 4.0) == pytest.approx(0.25)
    assert gain(4.0, 3.0) == pytest.approx(-1 / 3)
    assert gain(0.0, 2.0) == 1.0
    assert gain(None, 2.0) is None and gain(2.0, None) is None and gain(2.0, 0.0) is None
    assert median([None, 3.0, 1.0, None, 8.0]) == 3.0 and median([None]) is None


def test_scales_are_logarithms_and_stay_finite_at_their_ends() -> None:
    assert transform("log", math.e) == pytest.approx(1)
    assert transform("log1p", -0.5) == pytest.approx(math.log(0.5))
    assert transform("log odds", 0.5) == 0
    assert math.isfinite(transform("log odds", 0.0)) and math.isfinite(transform("log", 0.0))


def test_a_mean_of_n_is_less_certain_than_the_world_by_its_standard_error() -> None:
    for n in (4, 64):
        low, middle, high = predict("log1p", ONES, 0.4 * ONES, ONES, error=None, n=n).interval
        assert middle == pytest.approx(1, abs=0.02)
        assert (high - low) / (2 * 1.645) == pytest.approx(0.4 / math.sqrt(n), rel=0.12)


def test_a_printed_error_takes_the_place_of_the_simulated_one() -> None:
    low, _, high = predict("log", 10 * ONES, 9 * ONES, ONES, error=0.05, n=4).interval
    assert (high - low) / (2 * 1.645) == pytest.approx(0.5, rel=0.12)


def test_a_share_of_n_patients_is_binomial() -> None:
    low, middle, high = predict("log odds", 0.3 * ONES, 0 * ONES, ONES, error=None, n=40).interval
    assert middle == pytest.approx(0.3)
    assert (low, high) == (pytest.approx(0.19, abs=0.03), pytest.approx(0.42, abs=0.03))


def test_worlds_count_by_their_weight_and_failed_ones_not_at_all() -> None:
    weights = np.where(np.arange(400) < 100, 3.0, 1.0)
    means = np.where(np.arange(400) < 100, 1.0, 2.0)
    means[399] = np.nan
    truth = exactly(means, weights)
    assert truth.chance(truth.values > 1.5) == pytest.approx(299 / 600)
    assert math.isfinite(truth.interval[2])


TIMES = np.arange(0.0, 100.5, 0.5)


def course(values: np.ndarray) -> Course:
    return Course(TIMES, values[None, None, :], values[None, None, 0], 24.0)


def test_an_interval_holds_the_middle_ninety_per_cent_by_weight() -> None:
    values = np.random.default_rng(4).permutation(np.linspace(0, 1, 20_001))
    assert exactly(values, np.ones(20_001)).interval == pytest.approx((0.05, 0.5, 0.95), abs=1e-3)
    # of weights that rise with the value, the density is 2x and its quantile √u
    rising = exactly(values, values)
    assert rising.interval == pytest.approx((math.sqrt(0.05), math.sqrt(0.5), math.sqrt(0.95)), abs=1e-3)
    assert rising.chance(rising.values <= rising.interval[2]) == pytest.approx(0.95, abs=1e-3)


def test_a_printed_mean_has_the_mean_and_spread_of_its_world() -> None:
    """The mean of what is drawn is the world's, and not the median, however wide the error."""
    for scale, shift in (("log", 0.0), ("log1p", 1.0)):
        drawn = predict(scale, 2 * ONES, 1.5 * ONES, ONES, error=None, n=1)
        assert (drawn.values > -shift).all()
        assert drawn.values.mean() == pytest.approx(2, rel=0.05)
        assert drawn.values.std() == pytest.approx(1.5, rel=0.2)


@pytest.mark.parametrize("scale", ["log", "log1p", "log odds"])
def test_a_world_that_failed_is_in_no_forecast(scale: str) -> None:
    means = np.where(np.arange(400) % 2 == 0, 0.3, np.nan)
    drawn = predict(scale, means, 0.01 * ONES, ONES, error=None, n=40)  # type: ignore[arg-type]
    whole = predict(scale, 0.3 * ONES, 0.01 * ONES, ONES, error=None, n=40)  # type: ignore[arg-type]
    assert np.isnan(drawn.values).sum() == drawn.values.size // 2
    assert drawn.interval == pytest.approx(whole.interval)


def test_a_share_beyond_none_or_all_is_none_or_all() -> None:
    """A mean of smoothed chances can come out a rounding error outside."""
    for share, seen in ((-1e-12, 0.0), (1 + 1e-12, 1.0)):
        assert predict("log odds", share * ONES, 0 * ONES, ONES, error=None, n=10).interval == (seen,) * 3


def test_a_half_life_is_that_of_the_late_slope() -> None:
    values = np.exp(-TIMES * math.log(2) / 7) - np.exp(-TIMES * 2)
    assert course(values).take("half_life", at=100.0)[0, 0] == pytest.approx(7, rel=1e-6)


def test_a_half_life_is_found_long_before_the_end() -> None:
    times = np.linspace(0.0, 48.0, 481)
    gone = np.exp2(-times / 0.5) + np.where(times > 20, -1e-15, 0.0)  # what is left is rounding, and below 0
    course = Course(times, gone[np.newaxis, np.newaxis], np.zeros((1, 1)))
    assert course.take("half_life", at=48.0)[0, 0] == pytest.approx(0.5, rel=1e-6)


def test_first_and_last_times_beyond_a_level() -> None:
    rise = course(1 + np.clip(TIMES - 20, 0, None) * (TIMES < 60) / 100).relative("change")
    assert rise.take("first", at=100, beyond=0.102)[0, 0] == pytest.approx(30.5)
    assert rise.take("return", at=100, beyond=0.1)[0, 0] == pytest.approx(60)
    flat = course(np.ones_like(TIMES)).relative("change")
    assert flat.take("first", at=100, beyond=0.1)[0, 0] == 100
    assert flat.take("return", at=100, beyond=0.1)[0, 0] == 0


def test_values_areas_and_ratios_of_a_course() -> None:
    ramp = course(1 + TIMES)
    assert ramp.take("value", at=10.25)[0, 0] == pytest.approx(11.25)
    assert ramp.take("auc", at=10.0)[0, 0] == pytest.approx(60)
    assert ramp.take("of_peak", at=50.0)[0, 0] == pytest.approx(1)
    assert ramp.relative("fold").take("maximum", at=9.0)[0, 0] == pytest.approx(10)
    assert ramp.take("again", at=96.0)[0, 0] == pytest.approx(97 / 25)
    fall = course(np.exp(-TIMES / 24))  # of which the highest of the last interval, from 72 h on, is its first
    assert fall.take("again", at=96.0)[0, 0] == pytest.approx(np.exp(-72.5 / 24))
    assert fall.take("of_peak", at=48.0)[0, 0] == pytest.approx(np.exp(-2))


@pytest.mark.parametrize("n", [20, 100])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.63])
def test_a_printed_share_is_off_by_the_chance_among_its_patients_and_not_among_those_simulated(
    n: int, share: float
) -> None:
    # every world is the same, so that all that differs is who is drawn
    def spread(*, even: bool) -> float:
        cohort = Cohort.model_validate({"size": 16, "weight": "uniform(0 kg, 1 kg)", "even": even})
        means = (draw_subjects(cohort, n, np.arange(2000))["weight"] < share).mean(axis=1)
        return float(predict("log odds", means, np.zeros(2000), np.ones(2000), error=None, n=n).values.std())

    exact = math.sqrt(share * (1 - share) / n)
    assert 0.9 * exact < spread(even=True) < 1.25 * exact
    assert spread(even=False) == pytest.approx(exact * math.sqrt(1 + n / 16), rel=0.1)


def test_a_number_of_nobody_is_no_forecast() -> None:
    assert all(map(math.isnan, Predicted(np.array([0.0, 4.0]), np.zeros(2)).interval))
    assert Predicted(np.array([0.0, 4.0, 4.0]), np.array([0.0, 1.0, 1.0])).interval == (4.0, 4.0, 4.0)
