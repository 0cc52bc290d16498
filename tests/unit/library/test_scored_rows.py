"""How a row is scored, and how likely it is, from the numbers of its worlds alone: nothing is simulated here."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom, norm

from pleio.inference.observations import Observation
from pleio.inference.prediction import MODEL_ERROR
from pleio.library.validation import validation
from pleio.library.validation.evidence import WRONG, log_likelihood
from pleio.library.validation.numbers import compared
from pleio.library.validation.rows import Plan

ROW: dict[str, Any] = {
    "id": "one", "module": "platelets", "readout": "rise", "value": 2.0, "unit": "fold", "n": 16,
    "population": {"species": "human"}, "spread": {"kind": "SE", "value": 0.3}, "source": "pubmed:1",
    "trust": "abstract", "use": "check",
}  # fmt: skip
ONES = np.ones(200)
KNOWN: Any = SimpleNamespace(left_out=lambda row: row.source if row.use == "check" else "")
"""A forecaster that has heard of every source."""


def row(**changes: Any) -> Observation:
    return Observation.model_validate({**ROW, **changes})


def planned(of: Observation, scale: str = "log", **readout: Any) -> Plan:
    like = {"relative": None, "less_one": False, "by_difference": False, "in_units": False, "take": "value", **readout}
    one = Plan(of, SimpleNamespace(scale=scale, **like), None, "x", 1.0)  # type: ignore[arg-type]
    assert one.nothing == (0.0 if like["relative"] == "change" or like["less_one"] or like["by_difference"] else 1.0)
    return one


def forecast(
    monkeypatch: pytest.MonkeyPatch, one: Plan, means: np.ndarray, weights: np.ndarray | None = None
) -> validation.Row:
    """Score a row as if these were the means of its worlds, without any difference between subjects."""
    numbers = means, np.zeros(len(means)), np.ones(len(means)) if weights is None else weights
    monkeypatch.setattr(validation, "numbers", lambda *_: numbers)
    return validation.compare(one, KNOWN, {})


@pytest.mark.parametrize("direction", ["increases", "decreases"])
@pytest.mark.parametrize(("share", "counts"), [(0.79, False), (0.81, True)])
def test_a_direction_counts_from_four_in_five_on_and_no_change_is_none(
    monkeypatch: pytest.MonkeyPatch, direction: str, share: float, counts: bool
) -> None:
    up = 1 if direction == "increases" else -1
    worlds = np.arange(200)
    means = 1 + up * np.where(worlds < 200 * share, 0.5, np.where(worlds % 2 == 0, 0.0, -0.2))
    one = planned(row(spread={"kind": "direction"}, direction=direction, value=None))
    found = forecast(monkeypatch, one, means)
    assert found.own.chance == pytest.approx(share) and found.inside is counts and found.own.score is None
    changes = planned(one.row, scale="log1p", relative="change")
    assert forecast(monkeypatch, changes, means - 1).own.chance == pytest.approx(share)
    # a world counts by its weight, and one that failed bears nothing out
    heavy = np.where(worlds < 200 * share, 3.0, 1.0)
    assert forecast(monkeypatch, one, means, heavy).own.chance == pytest.approx(3 * share / (3 * share + 1 - share))
    failed = forecast(monkeypatch, one, np.where(worlds < 20, np.nan, means))
    assert failed.own.chance == pytest.approx(share - 0.1)


@pytest.mark.parametrize(("kind", "low", "high"), [("lower bound", 0.0, 1.0), ("upper bound", 1.0, 0.0)])
def test_a_bound_holds_on_its_own_side(monkeypatch: pytest.MonkeyPatch, kind: str, low: float, high: float) -> None:
    for value, unit in ((2.0, "fold"), (200.0, "%")):
        one = planned(row(spread={"kind": kind}, value=value, unit=unit))
        assert forecast(monkeypatch, one, 1.5 * ONES).own.chance == low
        assert forecast(monkeypatch, one, 2.5 * ONES).own.chance == high
        assert forecast(monkeypatch, one, 2.0 * ONES).own.chance == 1.0


def test_a_null_is_one_where_the_whole_interval_lies_within_its_margin(monkeypatch: pytest.MonkeyPatch) -> None:
    def held(spread: float, middle: float = 1.0, margin: float | None = 0.2) -> bool:
        one = planned(row(spread={"kind": "null", "margin": margin}, value=1.0))
        return forecast(monkeypatch, one, middle + np.linspace(-spread, spread, 200)).inside

    assert held(0.1)
    assert not held(0.3)  # it holds what was seen, and says too little
    assert not held(0.1, middle=1.15) and not held(0.1, middle=0.85)
    assert not held(0.1, margin=None)


def test_only_a_source_that_is_kept_is_left_out_of_its_own_forecast(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def numbers(one: Plan, side: Any, forecaster: Any, which: str, left_out: str, wanted: Any) -> Any:
        asked.append((which, left_out))
        return ONES, 0 * ONES, ONES

    monkeypatch.setattr(validation, "numbers", numbers)
    for use, source in (("check", "pubmed:1"), ("fit", "")):
        asked.clear()
        validation.compare(planned(row(use=use)), KNOWN, {})
        assert asked == [("own", source), ("off", source), ("prior", source)]


@pytest.mark.parametrize("unit", ["fold", "%"])
def test_a_score_is_of_the_logarithm_and_knows_no_unit(monkeypatch: pytest.MonkeyPatch, unit: str) -> None:
    whole = 100.0 if unit == "%" else 1.0
    spread = {"kind": "SE", "value": 0.3 * whole}
    means = np.exp(np.random.default_rng(2).normal(0, 0.5, 4000))
    found = forecast(monkeypatch, planned(row(value=2.0 * whole, unit=unit, spread=spread)), means)
    # of a mean m its paper prints a log-normal value with the relative error that it printed
    wide = math.sqrt(0.5**2 + math.log1p(0.15**2))
    low, high = np.exp(norm.ppf([0.05, 0.95]) * wide - math.log1p(0.15**2) / 2)
    assert found.own.low == pytest.approx(low * whole, rel=0.04)
    assert found.own.high == pytest.approx(high * whole, rel=0.04)
    assert found.inside and found.own.score == pytest.approx(math.log(high / low), abs=0.06)
    assert found.width_ratio == pytest.approx((high - low) / 0.3, rel=0.06)
    above = forecast(monkeypatch, planned(row(value=8.0 * whole, unit=unit, spread=spread)), 2 * ONES)
    missed = math.log(8 * whole / above.own.high)
    assert not above.inside and missed > 0
    assert above.own.score == pytest.approx(math.log(above.own.high / above.own.low) + 20 * missed)


def test_a_share_of_few_patients_is_kept_half_a_patient_from_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def score(n: int) -> float:
        none = row(value=0.0, unit="%", n=n, spread={"kind": "binomial"})
        found = forecast(monkeypatch, planned(none, scale="log odds"), 0 * ONES + 1e-9).own.score
        assert found is not None
        return found

    assert score(10) == score(1000) == 0.0
    one_of_ten = row(value=10.0, unit="%", n=10, spread={"kind": "binomial"})
    missed = forecast(monkeypatch, planned(one_of_ten, scale="log odds"), 0 * ONES + 1e-9).own
    half = 0.5 / 11
    assert missed.score == pytest.approx(20 * (math.log(0.1 / 0.9) - math.log(half / (1 - half))))


def test_every_group_is_compared_with_every_other_in_the_same_worlds() -> None:
    random = np.random.default_rng(1)
    above, below = random.uniform(2, 3, (2, 50)), random.uniform(1, 2, (3, 50))
    s, t, weights = 0.02 * above, 0.03 * below, random.uniform(0, 1, 50)
    given = above.ravel(), s.ravel(), np.tile(weights, 2), below.ravel(), t.ravel(), np.tile(weights, 3)
    for by_difference in (False, True):
        means, spreads, weighed = compared(*given, by_difference=by_difference)
        combine = np.subtract if by_difference else np.divide
        assert means == pytest.approx(np.concatenate([combine(a, b) for a in above for b in below]))
        assert weighed == pytest.approx(np.tile(weights, 6))
        # what two independent groups differ by, drawn
        a, b = (random.normal(m[0, 0], e[0, 0], 200_000) for m, e in ((above, s), (below, t)))
        assert spreads[0] == pytest.approx(combine(a, b).std(), rel=0.02)


def test_a_world_in_which_one_group_has_nobody_to_tell_of_counts_for_no_comparison() -> None:
    one, none = np.ones(4), np.zeros(4)
    first, second = np.array([1.0, 0.0, 1.0, 0.5]), np.array([1.0, 1.0, 0.0, 0.5])
    below = np.array([2.0, 2.0, 2.0, 0.0])  # the last has nothing to divide by
    *_, weighed = compared(one, none, first, below, none, second)
    assert weighed == pytest.approx([1, 0, 0, 0])
    *_, weighed = compared(one, none, first, below, none, second, by_difference=True)
    assert weighed == pytest.approx([1, 0, 0, 0.5])


def test_the_likelihood_is_that_of_the_printed_error_and_of_the_models() -> None:
    means = np.array([1.0, 1.9, 2.0, 3.0, np.nan])
    found = log_likelihood(planned(row()), means, ONES[:5])
    exact = norm.logpdf(math.log(2), np.log(means), math.hypot(0.15, MODEL_ERROR))
    assert np.isnan(found[4]) and found[:4] - found[0] == pytest.approx(exact[:4] - exact[0])
    # without a printed error, the subjects' spread says how sure the mean is: worlds then differ in that too
    bare, spreads = row(spread={"kind": "unstated"}), np.array([0.1, 0.5, 1.0, 4.0])
    found = log_likelihood(planned(bare), 1.5 + 0 * spreads, spreads)
    exact = norm.logpdf(math.log(2), math.log(1.5), np.hypot(spreads / 4 / 1.5, MODEL_ERROR))
    assert found - found[0] == pytest.approx(exact - exact[0])


def test_the_likelihood_of_a_share_is_binomial() -> None:
    chances = np.array([0.05, 0.25, 0.5])
    of = [row(value=5.0 * k, unit="%", n=20, spread={"kind": "binomial"}) for k in range(21)]
    found = np.array([log_likelihood(planned(one, scale="log odds"), chances, 0 * chances) for one in of])
    assert np.exp(found).sum(axis=0) == pytest.approx(1)
    assert found[5] == pytest.approx(binom.logpmf(5, 20, chances))
    never = log_likelihood(planned(of[1], scale="log odds"), np.array([0.0]), np.zeros(1))
    assert np.isfinite(never).all()  # no world is ruled out by one patient


def test_a_statement_is_more_likely_where_it_holds() -> None:
    means = np.array([0.8, 1.0, 1.2, np.nan])
    for direction, holds in (("increases", [0, 0, 1]), ("decreases", [1, 0, 0])):
        said = planned(row(spread={"kind": "direction"}, direction=direction, value=None))
        found = log_likelihood(said, means, 0 * means)
        assert np.isnan(found[3])
        assert np.exp(found[:3]) == pytest.approx(np.where(holds, 1 - WRONG, WRONG))
    for kind, holds in (("lower bound", [0, 1, 1]), ("upper bound", [1, 1, 0])):
        found = log_likelihood(planned(row(spread={"kind": kind}, value=1.0)), means, 0 * means)
        assert np.exp(found[:3]) == pytest.approx(np.where(holds, 1 - WRONG, WRONG))


def test_a_null_stands_with_the_statements_and_is_no_part_of_coverage(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(margin: float | None) -> Any:
        null = planned(row(id="null", spread={"kind": "null", "margin": margin}, value=1.0))
        wide = forecast(monkeypatch, null, np.linspace(0.5, 1.5, 200))
        number = forecast(monkeypatch, planned(row(value=1.0)), np.linspace(0.5, 1.5, 200))
        return validation.summed([wide, number])

    part = found(0.2)
    assert (part["coverage"]["rows"], part["coverage"]["inside"]) == (1, 1)
    assert (part["statements"], part["statements_held"]) == (1, 0)
    assert found(None)["statements"] == 0
