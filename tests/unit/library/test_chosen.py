"""Patients whom a trial chose by how low they fell: who of the simulated ones counts, and which worlds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pleio.inference.observations import Observation
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts
from pleio.library.validation.forecasts import Forecaster
from pleio.library.validation.numbers import numbers
from pleio.library.validation.rows import Plan, plan
from pleio.library.validation.validation import validate

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
NADIR: dict[str, Any] = {
    "id": "one", "module": "platelets", "readout": "platelets_nadir", "value": 40, "unit": "1e9/L", "n": 400,
    "population": {"species": "human", "condition": "solid tumours"}, "question": "sufficiency",
    "spread": {"kind": "SD", "value": 20}, "source": "pleio:mine", "trust": "abstract",
}  # fmt: skip


def planned(condition: str, **changes: Any) -> Plan:
    people = {"species": "human", "condition": condition}
    return plan(Observation.model_validate({**NADIR, **changes, "population": people}), READOUTS)


@pytest.mark.parametrize(
    ("condition", "fell", "then"),
    [
        ("lung cancer, platelets at most 70 after chemotherapy", 70, False),
        ("lung cancer, PLT < 75 x 10^9/L in the previous cycle", 75, True),
        ("lung cancer, platelets had been 75 or less in the prior cycle", 75, True),
        ("lung cancer, severe thrombocytopenia in the cycle before", 50, True),
        ("lung cancer with chemotherapy-induced thrombocytopenia", 100, False),
        ("lung cancer", 0, False),
        ("lung cancer, at risk of thrombocytopenia", 0, False),
        ("lung cancer without thrombocytopenia", 0, False),
        ("cancer, transfused for severe thrombocytopenia in the cycle before", 0, False),
    ],
)
def test_words_say_whom_a_trial_chose(condition: str, fell: float, then: bool) -> None:
    side = planned(condition).side
    assert (side.fell, side.then) == (fell, then)
    assert (side.chosen_by is not None) == bool(fell)


def test_they_are_chosen_by_the_cycle_without_the_drug() -> None:
    given = {"agent": "oprelvekin", "amount": "25 µg/kg", "route": "subcutaneous", "every": "1 d", "times": 10}
    one = planned("solid tumours, severe thrombocytopenia in the cycle before", regimen=given)
    assert one.side.agents == ("chemotherapy", "oprelvekin")
    by = one.side.chosen_by
    assert by is not None and by.agents == ("chemotherapy",) and by in one.sides and by.chosen_by is None


def test_the_chosen_are_below_the_level_and_a_world_counts_by_how_many_are() -> None:
    one = planned("solid tumours, platelets under 50 in this cycle")
    forecaster = Forecaster(IL11, READOUTS, worlds=48, subjects=6)
    wanted = {side: {one.of} for side in one.sides}
    means, _, weights = numbers(one, one.side, forecaster, "own", "", wanted)
    worlds, (course,) = forecaster.courses(one.side, one.of, one.at, "own", "", [one.of])
    low = course.take("minimum", at=one.at)
    assert np.allclose(weights, worlds.weights * (low < 50).mean(axis=1))
    assert 0 < (weights > 0).sum() < len(weights) and (means[weights > 0] < 50).all()
    everybody = planned("solid tumours")
    others, _, same = numbers(everybody, everybody.side, forecaster, "own", "", {everybody.side: {one.of}})
    assert np.allclose(others, low.mean(axis=1)) and np.allclose(same, worlds.weights)
    assert (means <= others + 1e-9).all() and np.isfinite(means).all()


def test_in_another_cycle_they_are_between_that_and_everybody() -> None:
    words = ("", ", platelets under 50 in the prior cycle", ", platelets under 50 in this cycle")
    rows = [planned(f"solid tumours{word}", id=f"row-{k}").row for k, word in enumerate(words)]
    found = {row.observation.id: row.own for row in validate(IL11, rows, worlds=64, subjects=6).rows}
    everybody, then, now = (found[f"row-{k}"] for k in range(3))
    assert now.median < then.median < everybody.median and now.high < then.high


def test_a_ratio_is_of_the_same_chosen_people() -> None:
    given = {"agent": "oprelvekin", "amount": "50 µg/kg", "route": "subcutaneous", "every": "1 d", "times": 14}
    condition = "solid tumours, severe thrombocytopenia in the cycle before"
    words = {"readout": "platelets_nadir_ratio", "unit": "1", "value": 1.5, "comparator": {"condition": "placebo"}}
    one = planned(condition, regimen=given, **words, spread={"kind": "SD", "value": 0.2})
    assert one.against is not None and one.against.fell == one.side.fell == 50
    (row,) = validate(IL11, [one.row], worlds=32, subjects=6).rows
    assert 0.9 < row.own.low <= row.own.median < 6


@pytest.mark.parametrize("statistic", ["mean", "median"])
def test_a_time_to_recovery_is_of_those_who_fell_and_a_world_counts_by_how_many_do(statistic: str) -> None:
    words = {"readout": "days_to_platelets_50", "unit": "d", "value": 15, "spread": {"kind": "SD", "value": 4}}
    one = planned("solid tumours", **words, statistic=statistic)
    forecaster = Forecaster(IL11, READOUTS, worlds=48, subjects=7)
    means, _, weights = numbers(one, one.side, forecaster, "own", "", {one.side: {one.of}})
    worlds, (course,) = forecaster.courses(one.side, one.of, one.at, "own", "", [one.of])
    days = course.take("back_over", at=one.at, beyond=50)
    fell = course.take("minimum", at=one.at) < 50
    assert ((days > 0) == fell).all() and 0 < fell.any(axis=1).sum() < len(fell)
    assert np.allclose(weights, worlds.weights * fell.mean(axis=1))
    for world in np.flatnonzero(fell.any(axis=1)):
        own = days[world][fell[world]] / 24
        assert means[world] == pytest.approx(own.mean() if statistic == "mean" else np.median(own))
