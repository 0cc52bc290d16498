"""Against the remission times of Freireich 1963, the worked example of the textbooks, and against laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf
from scipy.stats import logrank as scipy_logrank

from pleio.base.errors import StudyError
from pleio.studies.endpoints.survival import kaplan_meier, log_rank

# Freireich et al. 1963, Blood 21:699: weeks of remission on 6-mercaptopurine (+ is censored) and on placebo
TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
RELAPSED = [1] * 9 + [0] * 12
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_remissions_of_freireich() -> None:
    found = kaplan_meier(TREATED, RELAPSED)
    # Kleinbaum and Klein, Survival Analysis, table 2.2
    assert found.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found.share == pytest.approx([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5)
    assert found.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert (found.median, kaplan_meier(PLACEBO, [1] * 21).median) == (23, 8)
    assert found.at(5) == 1 and found.at(12) == pytest.approx(0.7529, abs=5e-5)
    test = log_rank([(TREATED, RELAPSED), (PLACEBO, [1] * 21)])
    # the same book, section 2.4: observed 9 and 21, expected 19.25 and 10.75, statistic 16.79
    assert test.observed == (9, 21)
    assert test.expected == pytest.approx((19.25, 10.75), abs=5e-3)
    assert test.statistic == pytest.approx(16.79, abs=5e-3)
    assert test.p < 1e-4


def test_intervals_agree_with_scipy() -> None:
    rng = np.random.default_rng(1)
    times, happened = np.round(rng.exponential(5, 60), 1), rng.random(60) < 0.7
    found = kaplan_meier(times, happened)
    sample = CensoredData.right_censored(times, ~happened)
    curve = ecdf(sample).sf
    interval = curve.confidence_interval(method="log-log")
    at = np.searchsorted(curve.quantiles, found.times)
    assert found.share == pytest.approx(curve.probabilities[at])
    inner = found.share > 0
    assert found.low[inner] == pytest.approx(interval.low.probabilities[at][inner])
    assert found.high[inner] == pytest.approx(interval.high.probabilities[at][inner])


def test_log_rank_agrees_with_scipy_and_knows_several_arms() -> None:
    rng = np.random.default_rng(2)
    arms = [(rng.exponential(scale, 40), rng.random(40) < 0.8) for scale in (5, 7, 7)]
    two = log_rank(arms[:2])
    theirs = scipy_logrank(*(CensoredData.right_censored(t, ~e) for t, e in arms[:2]))
    assert two.statistic == pytest.approx(theirs.statistic**2)
    assert two.p == pytest.approx(theirs.pvalue)
    three = log_rank(arms)
    assert three.freedom == 2
    assert three.statistic == pytest.approx(log_rank(arms[::-1]).statistic)
    assert sum(three.observed) == pytest.approx(sum(three.expected))


def test_the_type_one_error_is_five_per_cent() -> None:
    rng = np.random.default_rng(3)
    rejected = 0
    for _ in range(1000):
        times, happened = rng.exponential(1, 60), rng.random(60) < 0.7
        rejected += log_rank([(times[:30], happened[:30]), (times[30:], happened[30:])]).p < 0.05
    assert 32 <= rejected <= 70  # 50 ± 2.6 standard errors


def test_edges() -> None:
    none = kaplan_meier([1, 2, 3], [0, 0, 0])
    assert none.at(10) == 1 and math.isinf(none.median)
    assert kaplan_meier([1, 2], [1, 1]).share.tolist() == [0.5, 0]
    assert log_rank([([1, 2], [0, 0]), ([1, 2], [0, 0])]).p == 1
    with pytest.raises(StudyError, match="subject 1: has the time -2"):
        kaplan_meier([1, -2], [1, 1])
    with pytest.raises(StudyError, match="two arms"):
        log_rank([([1], [1])])
