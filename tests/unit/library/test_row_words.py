"""What a row's words make of it: names with an entry before names by rule, who was given chemotherapy, medians."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from pleio.inference.observations import OF_A_MEDIAN, Comparator, Observation
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation.forecasts import Forecaster
from pleio.library.validation.numbers import numbers
from pleio.library.validation.rows import NotModelled, Plan, plan
from pleio.library.validation.validation import validate

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
ROWS = {row.id: row for row in read_all(IL11)}


def changed(id: str, **values: Any) -> Observation:
    return ROWS[id].model_copy(update=values)


def people(condition: str) -> Any:
    return ROWS["platelets-onset"].population.model_copy(update={"condition": condition})


def count(condition: str, **values: Any) -> Plan:
    row = changed("cirrhosis-platelets-day-7", readout="platelet_count", unit="1e9/L", population=people(condition))
    return plan(row.model_copy(update=values), READOUTS)


@pytest.mark.parametrize("name", ["platelet_nadir", "platelet_count_nadir", "lowest_platelet_count", "plt_nadir"])
def test_a_nadir_is_after_chemotherapy_however_it_is_called(name: str) -> None:
    entry = READOUTS.named("platelets_nadir", "platelets")
    assert READOUTS.named(name, "platelets") == entry and entry is not None and entry.after == "chemotherapy"


@pytest.mark.parametrize("name", ["palpitation_frequency", "peripheral_edema_frequency", "pyrexia_frequency"])
def test_an_adverse_event_has_other_names(name: str) -> None:
    found = READOUTS.named(name, "adverse_events")
    assert found is not None and found.of in IL11.modules["adverse_events"].network.assignments


def test_what_has_an_entry_can_be_set_in_relation_to_another_group() -> None:
    one = plan(ROWS["prevention-nadir-ratio"], READOUTS)
    assert one.against is not None and one.readout.take == "minimum"
    agents = [[dosing.agent for dosing in side.arms[0]] for side in (one.side, one.against)]
    assert agents == [["chemotherapy", "oprelvekin"], ["chemotherapy"]]


def test_a_count_in_patients_on_chemotherapy_is_one_after_a_cycle() -> None:
    def given(condition: str) -> list[str]:
        return [dosing.agent for dosing in count(condition).side.arms[0]]

    assert given("lung cancer, after chemotherapy") == ["chemotherapy", "oprelvekin"]
    assert given("breast cancer, before chemotherapy") == ["oprelvekin"]


def test_a_level_of_people_who_have_one_of_their_own_needs_the_untreated_one() -> None:
    with pytest.raises(NotModelled, match="untreated count of these people is their own"):
        count("cirrhosis with thrombocytopenia")
    known = Comparator(value=60, condition="before treatment")
    assert count("cirrhosis with thrombocytopenia", comparator=known).readout.of_comparator


def test_before_data_a_regimen_is_as_hard_as_was_guessed() -> None:
    side = plan(ROWS["carboplatin-nadir"], READOUTS).side
    share: Mapping[str, str] = dict(side.conditions)
    before: Mapping[str, str] = dict(side.before_data.conditions)
    assert before["chemotherapy_share"] == "uniform(0.3, 1.05)" != share["chemotherapy_share"]
    same = plan(ROWS["transfusion-free-50"], READOUTS).side
    assert same.before_data == same


def test_a_median_is_of_the_middle_patient_and_a_quarter_less_certain_than_a_mean() -> None:
    row = ROWS["carboplatin-paclitaxel-nadir"]
    assert row.of_median and row.error is not None
    mean = row.model_copy(update={"statistic": "mean"})
    assert mean.error == pytest.approx(row.error / OF_A_MEDIAN)
    forecaster = Forecaster(IL11, READOUTS, worlds=16, subjects=5)
    found = []
    for one in (plan(row, READOUTS), plan(mean, READOUTS)):
        found.append(numbers(one, one.side, forecaster, "own", "", {one.side: {one.of}}))
        _, (course,) = forecaster.courses(one.side, one.of, one.at, "own", "", [one.of])
        values = course.take("minimum", at=one.at)
        middle = np.median(values, axis=1) if one.row.of_median else values.mean(axis=1)
        assert np.allclose(found[-1][0], middle)
    assert np.allclose(found[0][1], found[1][1] * OF_A_MEDIAN)
    assert ROWS["sgp130-healthy"].of_median  # beside an IQR


def test_nothing_lasts_less_than_no_time() -> None:
    row = changed("platelets-continue", value=0.5)  # with an error of 2 d, of either sign
    (found,) = validate(IL11, [row], worlds=32, subjects=2).rows
    assert 0 <= found.own.low < found.own.high


def test_a_fall_that_a_quantity_is_itself_is_below_nothing() -> None:
    (found,) = validate(IL11, [ROWS["crohn-cdai-15-weekly"]], worlds=32, subjects=2).rows
    assert found.own.low < found.own.median < -5


@pytest.mark.parametrize(
    ("module", "name", "of", "beyond"),
    [
        ("platelets", "platelet count", "platelets", 0.0),
        ("platelets", "days_to_platelets_75", "platelets", 75.0),
        ("platelets", "platelets_under_10_fraction", "platelets", 10.0),
        ("platelets", "grade 4 thrombocytopenia", "platelets", 25.0),
        ("adverse_events", "edema", "oedema_frequency", 0.0),
        ("adverse_events", "atrial fibrillation", "atrial_fibrillation_frequency", 0.0),
        ("adverse_events", "conjunctival injection", "conjunctival_redness_frequency", 0.0),
        ("oprelvekin_pk", "half-life", "oprelvekin_plasma", 0.0),
        ("neuro", "CSF IL-11", "il11_csf", 0.0),
        ("volume_and_acute_phase", "vWF:Ag", "vwf", 0.0),
        ("inflammation", "clinical remission", "crohn_remission_fraction", 0.0),
        ("ageing", "frailty index", "frailty", 0.0),
    ],
)
def test_names_as_papers_write_them(module: str, name: str, of: str, beyond: float) -> None:
    found = READOUTS.named(name, module)
    assert found is not None and not found.not_modelled
    assert (found.of, found.beyond) == (of, beyond)


def test_a_threshold_is_that_of_the_name() -> None:
    other, entry = (READOUTS.named(f"days_to_platelets_{level}", "platelets") for level in (75, 50))
    assert other is not None and entry is not None
    assert other.model_copy(update={"beyond": entry.beyond}) == entry


def test_a_stated_untreated_level_is_taken_with_and_without_words() -> None:
    for condition in ("", "baseline", "initial", "before treatment"):
        one = count("cirrhosis", comparator=Comparator(value=50, condition=condition))
        assert one.readout.of_comparator and one.readout.relative == "fold"
    other = count("healthy", comparator=Comparator(value=50, condition="placebo"))
    assert not other.readout.of_comparator


def test_a_level_below_zero_is_a_change_and_a_fold_is_a_fold() -> None:
    less = count("healthy", value=-20, unit="%").readout
    assert (less.relative, less.scale) == ("change", "log1p")
    assert count("healthy", value=1.3, unit="fold").readout.relative == "fold"
    with pytest.raises(NotModelled, match="not below 0"):
        count("healthy", value=-20)
