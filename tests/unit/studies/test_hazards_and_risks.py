"""Cox's model and the comparison of two risks, against published examples and against SciPy."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from scipy.stats.contingency import odds_ratio, relative_risk
from test_survival import PLACEBO, RELAPSED, TREATED

from pleio.base.errors import InputError, StudyError
from pleio.studies.endpoints.binary import compare_risks
from pleio.studies.endpoints.cox import cox

# Freireich et al. 1963: the `gehan` data of R's MASS; coxph with Efron's ties gives 1.5721 (standard error 0.4124)
TIMES, HAPPENED = [*TREATED, *PLACEBO], [*RELAPSED, *[1] * len(PLACEBO)]
CONTROL = [0] * len(TREATED) + [1] * len(PLACEBO)


def test_the_hazard_ratio_of_freireich() -> None:
    pytest.importorskip("lifelines")
    found = cox(TIMES, HAPPENED, {"control": CONTROL})["control"]
    assert np.log(found.value) == pytest.approx(1.5721, abs=5e-5)
    expected = np.exp(1.5721 + np.array([-1, 1]) * 1.959964 * 0.4124)
    assert found.interval == pytest.approx(tuple(expected), rel=5e-4)
    assert found.p == pytest.approx(0.00014, abs=5e-6)


def test_several_covariates_and_what_cannot_be_fitted() -> None:
    pytest.importorskip("lifelines")
    random = np.random.default_rng(1)
    treated, age = random.integers(0, 2, 3000), random.normal(60, 8, 3000)
    times = random.exponential(1 / (0.1 * np.exp(-0.7 * treated + 0.03 * (age - 60))))
    found = cox(np.minimum(times, 12), times < 12, {"treated": treated, "age": age})
    assert found["treated"].interval[0] < np.exp(-0.7) < found["treated"].interval[1]
    assert found["age"].interval[0] < np.exp(0.03) < found["age"].interval[1]
    with pytest.raises(StudyError) as caught:
        cox([1, 2, 3], [1, 1, 0], {"a": [0, 0, 0], "b": [1, 2], "c": [np.nan, 1, 2]})
    assert len(caught.value.problems) == 3 and "is the same in all subjects" in str(caught.value)
    with pytest.raises(StudyError, match="has no event"):
        cox([1, 2, 3], [0, 0, 0], {"a": [0, 1, 1]})


def test_without_lifelines_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lifelines", None)
    with pytest.raises(InputError, match=r"pip install 'pleio\[survival\]'"):
        cox(TIMES, HAPPENED, {"control": CONTROL})


def test_newcombes_example() -> None:
    """Newcombe 1998, table II: 56/70 against 48/80, method 10."""
    found = compare_risks(56, 70, 48, 80)
    assert found.difference.value == pytest.approx(0.2)
    assert found.difference.interval == pytest.approx((0.0524, 0.3339), abs=5e-5)


@pytest.mark.parametrize("cells", [(56, 70, 48, 80), (3, 40, 11, 38), (9, 9, 4, 12)])
def test_ratios_agree_with_scipy(cells: tuple[int, int, int, int]) -> None:
    a, n, c, m = cells
    found = compare_risks(*cells)
    risk = relative_risk(a, n, c, m)
    assert found.ratio.value == pytest.approx(risk.relative_risk)
    assert found.ratio.interval == pytest.approx(tuple(risk.confidence_interval()), rel=1e-9)
    if n > a:
        odds = odds_ratio([[a, n - a], [c, m - c]], kind="sample")
        assert found.odds_ratio.value == pytest.approx(odds.statistic)
        assert found.odds_ratio.interval == pytest.approx(tuple(odds.confidence_interval()), rel=1e-9)


def test_empty_cells_and_bad_counts() -> None:
    nobody = compare_risks(0, 20, 5, 20)
    assert 0 < nobody.odds_ratio.value < 1 and nobody.difference.interval[0] < -0.25 < nobody.difference.interval[1]
    assert np.isnan(compare_risks(3, 20, 0, 20).ratio.value)
    with pytest.raises(StudyError) as caught:
        compare_risks(5, 4, 0, 0)
    assert len(caught.value.problems) == 2


def test_the_interval_of_a_difference_covers() -> None:
    """Newcombe's intervals hold the true difference in about 95 % of trials."""
    random = np.random.default_rng(2)
    held = [
        (i := compare_risks(a, 40, c, 40).difference.interval)[0] <= 0.25 <= i[1]
        for a, c in zip(random.binomial(40, 0.55, 4000), random.binomial(40, 0.3, 4000), strict=True)
    ]
    assert 0.94 <= np.mean(held) <= 0.965
