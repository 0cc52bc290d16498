"""What a stranger writes in a row: directions and bounds for values, doses a head, times that are not stated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pleio.base.errors import StudyError
from pleio.library.validation.rows import NotModelled, plan
from pleio.library.validation.validation import NO_NUMBER, validate
from written_rows import IL11, READOUTS, ROW, planned, row

CANCER = {"species": "human", "condition": "solid tumours after chemotherapy"}


def test_a_level_without_a_time_is_of_the_end_of_dosing_and_a_peak_of_all_that_follows(tmp_path: Path) -> None:
    week = {**ROW["regimen"], "times": 7}
    level = planned(tmp_path, readout="platelets_ratio", unit="1", time=None, regimen=week)
    peak = planned(tmp_path, readout="platelets_peak_ratio", unit="1", time=None, regimen=week)
    assert level.at == 7 * 24
    assert peak.at == 28 * 24


@pytest.mark.parametrize("spread", [None, "direction", "unstated"])
def test_a_value_in_words_is_a_direction_and_needs_no_unit(tmp_path: Path, spread: str | None) -> None:
    found = row(tmp_path, value="increase", spread=spread, unit=None)
    assert (found.direction, found.value, found.spread.kind) == ("increases", None, "direction")


def test_a_direction_may_be_of_a_count_written_as_a_fold(tmp_path: Path) -> None:
    found = row(tmp_path, readout="platelet nadir", value="higher", spread="direction", unit="fold", population=CANCER)
    assert found.direction == "increases"


@pytest.mark.parametrize(("value", "kind"), [("<10", "upper bound"), ("≥ 30", "lower bound")])
def test_a_value_may_be_a_bound(tmp_path: Path, value: str, kind: str) -> None:
    found = row(tmp_path, value=value, spread=None)
    assert (found.spread.kind, found.value) == (kind, float(value.strip("<≥ ")))


def test_a_number_with_a_spread_of_its_own_is_no_bound(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="is no number"):
        row(tmp_path, value="<10")


def test_a_bound_may_be_told_by_its_value_and_by_its_spread_if_both_say_the_same(tmp_path: Path) -> None:
    found = row(tmp_path, value="<10", spread={"kind": "upper bound"})
    assert (found.spread.kind, found.value) == ("upper bound", 10.0)
    with pytest.raises(StudyError, match="is no number"):
        row(tmp_path, value="<10", spread="at least")


@pytest.mark.parametrize("kind", [None, "null", "not significant"])
def test_a_null_may_be_written_as_yaml_writes_nothing_and_counts_with_a_margin(
    tmp_path: Path, kind: str | None
) -> None:
    change = {"readout": "platelet_count_change", "unit": "%", "value": 0}
    found = row(tmp_path, **change, spread={"kind": kind, "margin": 10})
    assert (found.spread.kind, found.spread.margin, found.counts) == ("null", 10.0, True)
    found = row(tmp_path, **change, spread={"kind": kind})
    assert (found.spread.kind, found.counts) == ("null", False)


@pytest.mark.parametrize(
    ("words", "tag"), [("figure legend", "abstract"), ("table 2, figure 3", "derived"), ("abstract or memory", "unv-L")]
)
def test_of_several_words_for_trust_the_one_that_says_least_holds(tmp_path: Path, words: str, tag: str) -> None:
    assert row(tmp_path, trust=words).trust == tag


def test_a_scar_without_a_time_is_read_when_scars_are_usually_looked_at(tmp_path: Path) -> None:
    scar = planned(
        tmp_path, module="fibrosis", readout="lung_collagen_ratio", unit="1", time=None, regimen=None,
        population={"species": "mouse", "condition": "Il11 knock-out, bleomycin"},
        comparator={"condition": "wild type"},
    )  # fmt: skip
    assert scar.at == 21 * 24


def test_a_ratio_of_nothing_is_listed_and_no_forecast_without_a_number(tmp_path: Path) -> None:
    mice = {"species": "mouse", "condition": "Il11 knock-out, lung"}
    of = row(
        tmp_path, module="inflammation", readout="il6", unit=None, value="decrease", spread=None, regimen=None,
        time="21 d", population=mice, comparator={"condition": "wild type"},
    )  # fmt: skip
    checked = validate(IL11, [of], worlds=4, subjects=1)
    assert not checked.rows
    assert [id for id, _, why in checked.not_modelled if why == NO_NUMBER] == ["One"]


DISH: dict[str, Any] = {
    "module": "inflammation", "readout": "TNF-alpha in medium_ratio", "unit": "1", "value": "decrease", "time": None,
    "spread": None, "regimen": None, "stimulus": {"agent": "IL-11"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("readout", "cells", "of"),
    [
        ("TNF-alpha in medium_ratio", "alveolar macrophages, LPS", "tnf_macrophage"),
        ("il12_in_medium_ratio", "THP-1 monocytic cells", "il12_monocyte"),
        ("IFN-γ production_ratio", "CD4 T cells", "ifng_t_cell"),
    ],
)
def test_a_product_is_read_as_that_of_the_cells_that_the_row_names(
    tmp_path: Path, readout: str, cells: str, of: str
) -> None:
    found = planned(tmp_path, **{**DISH, "readout": readout, "population": {"species": "human", "condition": cells}})
    assert found.of == of


def test_a_product_of_cells_that_are_not_named_is_not_guessed(tmp_path: Path) -> None:
    serum = {**DISH, "readout": "tnf_serum_ratio", "population": {"species": "human", "condition": "macrophages"}}
    other = {**DISH, "population": {"species": "human", "condition": "synovium"}}
    for changes in (serum, other):
        with pytest.raises(NotModelled, match="of a cell or an organ here"):
            planned(tmp_path, **changes)


def test_a_direction_in_a_dish_is_of_the_usual_time_and_amount_and_a_size_needs_its_own(tmp_path: Path) -> None:
    cells = {**DISH, "population": {"species": "human", "condition": "macrophages"}}
    found = planned(tmp_path, **cells)
    assert found.at == 24.0
    assert "IL11-in-medium" in found.side.agents
    size = {**cells, "value": 0.5, "spread": "SD 0.1"}
    with pytest.raises(NotModelled, match="needs a time"):
        planned(tmp_path, **size)
    with pytest.raises(NotModelled, match="how much of 'IL-11' was given"):
        planned(tmp_path, **{**size, "time": "24 h"})


@pytest.mark.parametrize(
    ("changes", "advice"),
    [
        ({"value": "not detectable"}, "limit of detection"),
        ({"spread": "±3.6"}, "SD 3.6"),
        ({"regimen": "rhIL-11 sc, as tolerated"}, "amount"),
        ({"population": "monkeys given carboplatin"}, "which monkey"),
        ({"population": "lung tissue"}, "species: human"),
        ({"readout": "thrombocytopenia", "spread": "direction", "value": "prevented"}, "direction: increases"),
    ],
)
def test_what_cannot_be_read_says_how_it_is_written(tmp_path: Path, changes: dict[str, Any], advice: str) -> None:
    with pytest.raises(StudyError, match=advice):
        row(tmp_path, **changes)


@pytest.mark.parametrize(
    ("given", "amount", "every", "times"),
    [
        ({"dose": "100 µg/rat/day", "days": 14}, "100 ug", "1 d", 14),
        ({"dose": "25 μg·kg-1·d-1", "days": 6}, "25 ug/kg", "1 d", 6),
        ({"dose": "10 mg/kg", "every": "3.5 days", "days": 42}, "10 mg/kg", "3.5 d", 12),
    ],
)
def test_doses_a_head_and_intervals_between_whole_days(
    tmp_path: Path, given: dict[str, Any], amount: str, every: str, times: int
) -> None:
    found = row(tmp_path, regimen={"agent": "rhIL-11", "route": "s.c.", **given}).regimen
    assert found is not None
    assert (found.amount, found.every, found.times) == (amount, every, times)


def test_animals_in_the_plural_and_trust_in_two_words(tmp_path: Path) -> None:
    found = row(tmp_path, population="normal dogs", trust="abstract seen")
    assert (found.population.species, found.population.condition, found.trust) == ("dog", "normal dogs", "abstract")
    assert row(tmp_path, population="guinea pigs").population.species == "guinea pig"


@pytest.mark.parametrize(
    ("readout", "unit", "of", "take"),
    [
        ("incidence of platelet count ≤20,000/mm3 during course 1", "%", "platelets", "ever_under"),
        ("days from start of chemotherapy to platelet recovery ≥100,000/mm3", "d", "platelets", None),
        ("day of platelet nadir", "d", "platelets", None),
    ],
)
def test_counts_and_days_as_abstracts_word_them(
    tmp_path: Path, readout: str, unit: str, of: str, take: str | None
) -> None:
    found = planned(tmp_path, readout=readout, unit=unit, value=12, population=CANCER)
    assert found.of == of
    assert take in (None, found.readout.take)


def test_during_is_no_urine(tmp_path: Path) -> None:
    with pytest.raises(NotModelled, match="rose above"):
        planned(tmp_path, readout="cycles with platelets above 400 during treatment", unit="%", value=26)
    with pytest.raises(NotModelled, match="urine"):
        planned(tmp_path, readout="urine output", unit="mL", value=26)


@pytest.mark.parametrize("species", ["rhesus", "dog", "mouse"])
def test_marrow_of_animals_after_chemotherapy_says_why_it_is_not_forecast(tmp_path: Path, species: str) -> None:
    with pytest.raises(NotModelled, match="marrow"):
        plan(
            row(tmp_path, readout="platelet nadir", population={"species": species, "condition": "carboplatin"}),
            READOUTS,
        )


@pytest.mark.parametrize(
    "condition",
    [
        "acute myeloid leukaemia after daunorubicin and cytarabine",
        "acute leukaemia, induction chemotherapy with idarubicin",
        "AML on chemotherapy, 7+3",
    ],
)
def test_the_induction_of_a_remission_is_not_forecast_as_a_cycle(tmp_path: Path, condition: str) -> None:
    people = {"species": "human", "condition": condition}
    with pytest.raises(NotModelled, match="induction of a remission"):
        planned(tmp_path, readout="days_to_platelets_20", unit="d", time=None, population=people)
    planned(tmp_path, readout="days_to_platelets_20", unit="d", time=None, population=CANCER)
