"""The printed number of the group beside a row weighs worlds: whose it is, what it says, that intervals stay true."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pleio.inference.prediction import predict
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation import beside
from pleio.library.validation.beside import LEAST_WORLDS, weighed
from pleio.library.validation.rows import Plan, plan
from pleio.library.validation.told import told
from pleio.library.validation.validation import Row, validate

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
DAILY = {"agent": "rhIL-11", "amount": "50 µg/kg", "route": "s.c.", "every": "1 d", "times": 14}
TREATED = {
    "population": "cancer patients after chemotherapy", "regimen": DAILY, "readout": "platelets_under_50_fraction",
    "value": 20, "unit": "%", "n": 60, "source": "pubmed:1",
}  # fmt: skip


def planned(tmp_path: Path, **row: Any) -> Plan:
    path = tmp_path / "rows.yaml"
    path.write_text(json.dumps([{**TREATED, **row}]), "utf-8")
    (found,) = read_all(IL11, path)
    return plan(found, READOUTS)


def forecast(tmp_path: Path, **row: Any) -> Row:
    one = planned(tmp_path, **row)
    (found,) = validate(IL11, [one.row], worlds=128).rows
    return found


@pytest.mark.parametrize(
    "comparator",
    [
        {"value": 30, "condition": "placebo"},
        {"agent": "placebo", "value": "18/60"},
        {"value": 30, "condition": "cycle without rhIL-11"},
    ],
)
def test_a_control_whose_number_is_printed_stands_beside(tmp_path: Path, comparator: dict[str, Any]) -> None:
    one = planned(tmp_path, comparator=comparator)
    assert one.beside is not None and one.beside in one.sides
    assert {dose.agent for arm in one.beside.arms for dose in arm} == {"chemotherapy"}
    assert told(one, READOUTS, "")["beside"] == "30 % of nothing"


@pytest.mark.parametrize(
    "comparator",
    [{"condition": "placebo"}, {"value": 30, "condition": "prednisolone"}, {"value": 90, "condition": "baseline"}],
)
def test_no_number_another_drug_and_an_own_start_are_none(tmp_path: Path, comparator: dict[str, Any]) -> None:
    assert planned(tmp_path, comparator=comparator).beside is None


def test_another_dose_stands_beside_as_it_was_given(tmp_path: Path) -> None:
    one = planned(tmp_path, comparator={"value": 25, "amount": "25 µg/kg"})
    assert one.beside is not None
    drug = [dose for arm in one.beside.arms for dose in arm if dose.agent == "oprelvekin"]
    assert [dose.amount.to("µg/kg") for dose in drug] == [pytest.approx(25)]


def test_hard_chemotherapy_in_the_control_arm_is_hard_in_the_treated_one_and_with_effects_off(tmp_path: Path) -> None:
    mild, hard = (forecast(tmp_path, comparator={"agent": "placebo", "value": share, "n": 60}) for share in (10, 80))
    alone = forecast(tmp_path, comparator="placebo")
    for which in ("own", "off", "prior"):
        low, high = getattr(mild, which), getattr(hard, which)
        assert low.median < high.median
    assert mild.off.median == pytest.approx(10, abs=8) and hard.off.median == pytest.approx(80, abs=15)
    assert mild.own.high - mild.own.low < 0.7 * (alone.own.high - alone.own.low)
    assert mild.own.median < alone.own.median < hard.own.median


def test_the_larger_the_control_group_the_nearer_it_is_taken(tmp_path: Path) -> None:
    few, many = (forecast(tmp_path, comparator={"agent": "placebo", "value": 10, "n": n}) for n in (4, 200))
    assert abs(many.off.median - 10) < abs(few.off.median - 10) + 2
    assert many.off.high - many.off.low < few.off.high - few.off.low


def test_a_number_that_no_world_comes_near_leaves_enough_worlds(tmp_path: Path) -> None:
    found = forecast(tmp_path, comparator={"agent": "placebo", "value": 100, "n": 5000})
    assert found.own.low < found.own.high, "an interval, not one world"
    assert found.own.median > 30 and found.off.median > 60, (
        "of worlds that come nearest, not of those that are farthest"
    )


def test_intervals_that_hear_a_control_hold_nine_in_ten_of_what_worlds_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of many worlds in turn is the truth: it prints both groups, and the others forecast one from the other."""
    rng = np.random.default_rng(5)
    hard = rng.normal(-0.5, 1.5, 600)
    chance = [1 / (1 + np.exp(-odds)) for odds in (hard, hard - 1 + 0.4 * rng.normal(size=600))]
    control, treated = chance
    even = np.full(600, 1 / 600)
    monkeypatch.setattr(beside, "numbers", lambda *_: (control, np.zeros(600), even))
    inside, widths, plain = [], [], []
    for truth in range(200):
        seen = rng.binomial(60, control[truth]) / 60
        one = planned(tmp_path, comparator={"agent": "placebo", "value": 100 * seen, "n": 60})
        weights = weighed(one, even, None, "own", "", {})  # type: ignore[arg-type]  # numbers are those above
        intervals = [
            predict("log odds", treated, np.zeros(600), given, error=None, n=60).interval for given in (weights, even)
        ]
        printed = rng.binomial(60, treated[truth]) / 60
        inside.append(intervals[0][0] <= printed <= intervals[0][2])
        widths.append(intervals[0][2] - intervals[0][0])
        plain.append(intervals[1][2] - intervals[1][0])
    assert 0.86 <= np.mean(inside) <= 0.99
    assert np.mean(widths) < 0.6 * np.mean(plain)


def test_weights_keep_so_many_worlds() -> None:
    kept = beside._held(np.ones(64), np.square(np.linspace(0, 100, 64)))
    assert kept.sum() ** 2 / np.square(kept).sum() == pytest.approx(LEAST_WORLDS, rel=0.01)
    assert (np.diff(kept) <= 0).all()
    failed = np.where(np.arange(64) < 60, np.inf, 1.0)
    assert beside._held(np.ones(64), failed)[:60].sum() == 0, "a world that could not be simulated says nothing"
