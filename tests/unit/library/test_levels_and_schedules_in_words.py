"""Levels at their lowest or highest, changes in units, schedules, and people on chemotherapy, as trials word them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pleio.base.errors import StudyError
from pleio.inference.observations import Observation
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation import validation
from pleio.library.validation.rows import NotModelled, Plan, plan

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
DAILY = "rhIL-11 50 µg/kg/d s.c. for 14 days"
CYCLE = {"population": "lung cancer on chemotherapy", "readout": "platelet nadir", "unit": "10^9/L", "value": 60}
WELL = {"population": "healthy volunteers", "regimen": DAILY, "time": "day 14"}


def read(tmp_path: Path, *rows: dict[str, Any]) -> tuple[Observation, ...]:
    path = tmp_path / "rows.yaml"
    path.write_text(yaml.safe_dump([{"source": "pubmed:1", **row} for row in rows], allow_unicode=True), "utf-8")
    return read_all(IL11, path)


def planned(tmp_path: Path, **row: Any) -> Plan:
    (found,) = read(tmp_path, {key: part for key, part in row.items() if part is not None})
    return plan(found, READOUTS)


@pytest.mark.parametrize(
    ("readout", "time", "take", "relative"),
    [
        ("platelet count", "nadir", "minimum", None),
        ("platelet count", "at the peak", "maximum", None),
        ("platelet count at nadir", None, "minimum", None),
        ("platelet nadir", "nadir", "minimum", None),
        ("fall in haemoglobin", "at nadir", "minimum", "change"),
        ("maximal decrease in haematocrit", None, "minimum", "change"),
        ("largest median rise in platelet count", None, "maximum", "change"),
    ],
)
def test_what_was_seen_at_its_nadir_is_the_lowest(
    tmp_path: Path, readout: str, time: str | None, take: str, relative: str | None
) -> None:
    unit = "%" if relative else "10^9/L"
    people = WELL if relative else CYCLE
    found = planned(tmp_path, **{**people, "readout": readout, "time": time, "value": 15, "unit": unit})
    assert (found.readout.take, found.readout.relative) == (take, relative)
    if relative and take == "minimum":
        assert found.row.value == -15


def test_the_peak_of_a_signal_needs_no_time_and_its_level_does(tmp_path: Path) -> None:
    dish = {"population": "human fibroblasts", "stimulus": "IL-11 5 ng/mL", "value": 4, "unit": "fold"}
    assert planned(tmp_path, **dish, readout="pSTAT3", time="peak").readout.take == "maximum"
    with pytest.raises(NotModelled, match="needs a time"):
        planned(tmp_path, **dish, readout="pSTAT3")


@pytest.mark.parametrize(
    "readout", ["peak plasma oprelvekin concentration", "peak serum rhIL-11", "maximum concentration of rhIL-11"]
)
def test_the_highest_concentration_of_the_drug_by_its_names(tmp_path: Path, readout: str) -> None:
    once = {"population": "healthy men", "regimen": "rhIL-11 50 µg/kg s.c. once", "value": 17, "unit": "ng/mL"}
    found = planned(tmp_path, **once, readout=readout)
    assert (found.of, found.readout.take) == ("oprelvekin_plasma", "maximum")


@pytest.mark.parametrize(
    ("people", "fell"),
    [
        ("cancer with platelets <75e9/L after chemotherapy", 75),
        ("cancer with platelets <=70 x 10^9/L after chemotherapy", 70),
        ("cancer, platelets below 50000/µL after chemotherapy", 50),
        ("cancer, platelets below 50,000/µL after chemotherapy", 50),
        ("cancer, platelets 75 × 10^9/L or less after chemotherapy", 75),
        ("cancer, platelets below 7500/µL after chemotherapy", 0),
        ("cancer after chemotherapy", 0),
    ],
)
def test_a_low_count_that_chose_people_in_whatever_form(tmp_path: Path, people: str, fell: float) -> None:
    assert planned(tmp_path, **{**CYCLE, "population": people}).side.fell == fell


@pytest.mark.parametrize(
    ("people", "after"),
    [
        ("solid tumours after the first chemotherapy cycle", True),
        ("breast cancer on cyclophosphamide and doxorubicin with G-CSF", True),
        ("receiving dose-intensive chemotherapy for breast cancer", True),
        ("chemotherapy patients", True),
        ("cancer without bleeding after chemotherapy", True),
        ("women with breast cancer before chemotherapy", False),
        ("breast cancer, prechemotherapy cycle 0", False),
        ("chemotherapy-naive lung cancer", False),
        ("cancer patients previously treated with chemotherapy", False),
        ("cancer patients, no chemotherapy for four weeks", False),
        ("rheumatoid arthritis on methotrexate", False),
    ],
)
def test_a_count_is_of_a_cycle_where_the_words_say_that_there_was_one(
    tmp_path: Path, people: str, *, after: bool
) -> None:
    row = {**CYCLE, "module": "platelets", "readout": "platelet count", "time": "day 14", "population": people}
    assert bool(planned(tmp_path, **row).readout.after) is after


def test_a_count_that_falls_and_recovers_needs_its_day_and_on_which_side_it_lies_does_not(tmp_path: Path) -> None:
    row = {**CYCLE, "readout": "mean platelet count", "regimen": DAILY, "time": "over the cycle"}
    with pytest.raises(NotModelled, match="falls and recovers"):
        planned(tmp_path, **row)
    assert planned(tmp_path, **{**row, "value": None, "unit": None}, direction="increases").at > 0


@pytest.mark.parametrize(
    ("regimen", "times", "every"),
    [
        ("rhIL-11 50 µg/kg for 10 days", [10], "1 d"),
        ("rhIL-11 for 10 days after chemotherapy", [10], "1 d"),
        ("rhIL-11 25 µg/kg s.c. for 7-14 days", [7, 14], "1 d"),
        ({"agent": "rhIL-11", "dose": "50 µg/kg", "duration": "10 days"}, [10], "1 d"),
        ("rhIL-11 50 µg/kg", [14], "1 d"),
    ],
)
def test_a_course_of_the_drug_is_daily_where_only_how_long_is_said(
    tmp_path: Path, regimen: Any, times: list[int], every: str
) -> None:
    arms = planned(tmp_path, **CYCLE, regimen=regimen).side.arms
    given = [dose for arm in arms for dose in arm if dose.agent == "oprelvekin"]
    assert [one.times for one in given] == times
    assert {f"{one.every.to('d'):g} d" for one in given if one.every} == {every}


def test_one_amount_is_one_dose_where_only_kinetics_are_told_and_how_often_is_asked_of_a_stranger(
    tmp_path: Path,
) -> None:
    kinetics = {"population": "healthy men", "readout": "Cmax", "value": 17, "unit": "ng/mL"}
    (arm,) = planned(tmp_path, **kinetics, regimen="rhIL-11 50 µg/kg").side.arms
    assert arm[0].times == 1
    weekly = {"population": "mice", "readout": "lung collagen", "direction": "decreases", "time": "3 weeks"}
    (arm,) = planned(tmp_path, **weekly, regimen="anti-IL-11 antibody for 3 weeks").side.arms
    assert (arm[0].times, arm[0].every and arm[0].every.to("d")) == (3, 7)


def test_a_change_in_units_is_forecast_in_them_and_scored_as_its_share_of_the_level(tmp_path: Path) -> None:
    fall = {**WELL, "readout": "change in haemoglobin", "n": 12}
    told = [
        {**fall, "value": -1.5, "unit": "g/dL", "spread": {"kind": "SE", "value": 0.3}},
        {**fall, "value": -15, "unit": "g/L", "spread": {"kind": "SE", "value": 3}},
    ]
    units, tenfold = validation.validate(IL11, read(tmp_path, *told), worlds=32, subjects=4).rows
    assert units.level is not None and 8 < units.level < 18
    assert tenfold.level == pytest.approx(10 * units.level)
    share = {**fall, "unit": "%", "value": -150 / units.level, "spread": {"kind": "SE", "value": 30 / units.level}}
    (same,) = validation.validate(IL11, read(tmp_path, share), worlds=32, subjects=4).rows
    for own, tens, whole in ((units.own, tenfold.own, same.own), (units.prior, tenfold.prior, same.prior)):
        assert own.score == pytest.approx(whole.score) == pytest.approx(tens.score)
        for name in ("low", "median", "high"):
            size = getattr(own, name)
            assert size == pytest.approx(getattr(whole, name) * units.level / 100)
            assert getattr(tens, name) == pytest.approx(10 * size)
    assert units.width_ratio == pytest.approx(tenfold.width_ratio) == pytest.approx(same.width_ratio)


def test_a_change_in_units_of_people_with_a_level_of_their_own_or_after_a_fall_is_refused(tmp_path: Path) -> None:
    rise = {"readout": "rise in platelet count", "value": 60, "unit": "10^9/L", "regimen": DAILY, "time": "day 14"}
    for people in ("ITP", "lung cancer on chemotherapy"):
        with pytest.raises(NotModelled):
            planned(tmp_path, **rise, population=people)
    assert planned(tmp_path, **rise, population="healthy men").readout.in_units


def test_no_row_of_the_library_is_a_change_in_units() -> None:
    """Fits weigh rows by what worlds give in the row's unit, and such a row has none before it is forecast."""
    for row in IL11.observations:
        try:
            assert not plan(row, READOUTS).readout.in_units
        except NotModelled:
            continue


def test_a_row_without_an_id_or_trust_is_read_and_one_with_spaces_too(tmp_path: Path) -> None:
    rows = read(tmp_path, CYCLE, {**CYCLE, "id": "the second row"}, {**CYCLE, "id": 7})
    assert [one.id for one in rows] == ["row-1", "the-second-row", "7"]
    assert {one.trust for one in rows} == {"unv-L"}


@pytest.mark.parametrize(
    "told", ["somebody 2018 (PMID 29407773)", "PMID: 29407773, cited second-hand", "doi 10.1182/blood.V97.2.465, Denis"]
)
def test_an_identifier_within_words_is_the_paper(tmp_path: Path, told: str) -> None:
    (found,) = read(tmp_path, {**CYCLE, "source": told})
    assert IL11.claims.reference(IL11.claims.paper(found.source)) is not None


@pytest.mark.parametrize(
    ("readout", "time", "at"),
    [
        ("platelet count on day 12", None, 288),
        ("CRP after 1 week", "day 7", None),
        ("haemoglobin at 5 days", None, 120),
    ],
)
def test_a_time_that_stands_in_the_readout_is_the_time(
    tmp_path: Path, readout: str, time: str | None, at: float | None
) -> None:
    row = {**WELL, "readout": readout, "time": time, "value": 30, "unit": "% change"}
    if at is None:  # it names another number than the row's time
        with pytest.raises(StudyError):
            planned(tmp_path, **row)
    else:
        assert planned(tmp_path, **row).at == at


@pytest.mark.parametrize(
    ("people", "species"),
    [
        ("endometrial stromal cells", "human"),
        ("bone marrow stromal cells in culture", "human"),
        ("cardiac fibroblasts", "human"),
        ("A549 cells", "human"),
        ("H9c2 cells", "rat"),
        ("RAW264.7 macrophages", "mouse"),
    ],
)
def test_cells_by_their_kind_alone_are_of_people_and_a_line_is_of_its_animal(
    tmp_path: Path, people: str, species: str
) -> None:
    row = {"population": people, "readout": "pSTAT3", "stimulus": "IL-11 10 ng/mL", "direction": "increases"}
    (found,) = read(tmp_path, row)
    assert found.population.species == species


@pytest.mark.parametrize("people", ["Il11ra1-/- fibroblasts", "lung tissue", "transgenic cardiac fibroblasts"])
def test_whose_cells_of_a_strain_or_a_tissue_are_has_to_be_said(tmp_path: Path, people: str) -> None:
    row = {"population": people, "readout": "pSTAT3", "stimulus": "IL-11 10 ng/mL", "direction": "increases"}
    with pytest.raises(StudyError, match="names no species"):
        read(tmp_path, row)


def test_a_weekly_amount_in_several_doses_is_given_in_them(tmp_path: Path) -> None:
    crohn = {"population": "active Crohn's disease", "readout": "CDAI remission", "value": 42, "unit": "%", "n": 20}
    (arm,) = planned(tmp_path, **crohn, regimen="rhIL-11 16 µg/kg/wk in 5 doses weekly", time="week 3").side.arms
    assert arm[0].amount.to("µg/kg") == pytest.approx(3.2)
    assert arm[0].every is not None and arm[0].every.to("d") == pytest.approx(1.4)
    assert arm[0].times == 15


@pytest.mark.parametrize("value", [-120, 120])
def test_how_far_something_fell_is_above_nothing_by_its_own_name(tmp_path: Path, value: float) -> None:
    fell = {"population": "IPF patients", "readout": "FVC decline at 52 weeks", "value": value, "unit": "mL"}
    assert planned(tmp_path, **fell, regimen="none").row.value == 120


def test_patients_who_needed_platelets_before_are_those_of_the_module(tmp_path: Path) -> None:
    before = "cancer patients who had required transfusion in the preceding cycle of chemotherapy"
    row = {**CYCLE, "readout": "patients avoiding platelet transfusions", "value": "8/27", "unit": None}
    side = planned(tmp_path, **{**row, "population": before}).side
    assert (dict(side.conditions)["chemotherapy_share"], side.fell) == ("1", 0)


@pytest.mark.parametrize(
    ("told", "n"), [("12 per group", 12), ("n = 8 mice", 8), ("30 in both arms together", None), ("3-5", None)]
)
def test_the_size_of_a_group_in_words(tmp_path: Path, told: str, n: int | None) -> None:
    (found,) = read(tmp_path, {**CYCLE, "n": told})
    assert found.n == n


def test_what_is_null_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    nothing = dict.fromkeys(("value", "unit", "spread", "spread_kind", "n", "module", "comparator"))
    (found,) = read(tmp_path, {**CYCLE, **nothing, "direction": "up", "regimen": DAILY})
    assert (found.spread.kind, found.direction, found.unit) == ("direction", "increases", "1")


def test_words_that_a_comma_cut_off_are_told_and_not_dropped(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="aorta and spleen"):
        read(tmp_path, {**CYCLE, "aorta and spleen": None})


def test_a_first_dose_so_long_after_an_injury_starts_then(tmp_path: Path) -> None:
    (found,) = read(tmp_path, {**CYCLE, "regimen": "rhIL-11 50 µg/kg daily for 5 days from 24 h after irradiation"})
    assert found.regimen is not None and (found.regimen.start, found.regimen.times) == ("24 h", 5)


def test_patients_of_so_many_are_a_share(tmp_path: Path) -> None:
    (found,) = read(tmp_path, {**CYCLE, "readout": "transfused patients", "value": 4, "unit": "patients of 20"})
    assert (found.value, found.spread.kind, found.spread.events, found.spread.of) == (0.2, "binomial", 4, 20)


@pytest.mark.parametrize(
    "nothing", ["control without rhIL-11", "vehicle control after nephrotoxic serum", "sham operation, saline"]
)
def test_a_control_in_words_was_given_nothing(tmp_path: Path, nothing: str) -> None:
    (found,) = read(tmp_path, {**CYCLE, "regimen": nothing})
    assert found.regimen is None


@pytest.mark.parametrize(
    ("regimen", "agent", "amount"),
    [
        ("rhIL-11 100 µg/kg IV 30 min after LPS", "rhIL-11", "100 ug/kg"),
        ("rhIL-11 50 µg/kg once at resuscitation", "rhIL-11", "50 ug/kg"),
        ("rhIL-11 75 µg/kg/day for a median of 17 days", "rhIL-11", "75 ug/kg"),
        ("rhIL-11 750 µg/kg/day IV by pump 3 days", "rhIL-11", "750 ug/kg"),
    ],
)
def test_what_a_regimen_says_of_an_injury_is_no_part_of_it(
    tmp_path: Path, regimen: str, agent: str, amount: str
) -> None:
    (found,) = read(tmp_path, {**CYCLE, "regimen": regimen})
    assert found.regimen is not None and (found.regimen.agent, found.regimen.amount) == (agent, amount)


def test_a_cycle_that_the_drug_preceded_by_a_day_begins_with_it(tmp_path: Path) -> None:
    row = {**CYCLE, "regimen": "rhIL-11 50 µg/kg/day SC from the day before chemotherapy"}
    (given,) = [one for one in planned(tmp_path, **row).side.arms[0] if one.agent == "oprelvekin"]
    assert given.start.value == 0


def test_a_time_from_the_nadir_is_shorter_than_from_the_cycle_and_both_end_together(tmp_path: Path) -> None:
    days = {**CYCLE, "unit": "days", "value": 6, "time": "until recovery"}
    rows = read(
        tmp_path,
        {**days, "readout": "days from platelet nadir to 50e9/L"},
        {**days, "readout": "days to platelets ≥ 50 × 10^9/L"},
        {**days, "readout": "day of platelet nadir"},
    )
    after, back, lowest = validation.validate(IL11, rows, worlds=32, subjects=4).rows
    assert 0 < after.own.median < back.own.median
    assert after.own.median == pytest.approx(back.own.median - lowest.own.median, rel=0.35)


@pytest.mark.parametrize("people", ["BeWo cells", "HTR-8/SVneo cells", "SW480 colon cancer cells"])
def test_a_line_by_its_name_is_of_people(tmp_path: Path, people: str) -> None:
    row = {"population": people, "readout": "STAT3 activity", "stimulus": "IL-11 10 ng/mL", "direction": "increases"}
    assert planned(tmp_path, **row).row.population.species == "human"


def test_people_against_others_are_the_row_and_its_comparator(tmp_path: Path) -> None:
    row = {"population": "rheumatoid arthritis patients versus healthy controls", "readout": "serum IL-11"}
    (found,) = read(tmp_path, {**row, "regimen": "none", "value": 2.5, "unit": "fold"})
    assert found.population.condition == "rheumatoid arthritis patients"
    assert found.comparator is not None and found.comparator.condition == "healthy controls"


@pytest.mark.parametrize(
    ("readout", "time", "of_course", "of"),
    [
        ("patients avoiding platelet transfusion", "two cycles", "all", "transfusion_free"),
        ("patients avoiding platelet transfusion over two cycles", None, "all", "transfusion_free"),
        ("patients needing platelet transfusion in any cycle", None, "any", "transfused_share"),
        ("grade 4 thrombocytopenia", "over all courses of chemotherapy", "any", "platelets"),
        ("patients avoiding platelet transfusion", "one cycle", None, "transfusion_free"),
    ],
)
def test_a_share_over_several_cycles_is_of_a_course(
    tmp_path: Path, readout: str, time: str | None, of_course: str | None, of: str
) -> None:
    found = planned(tmp_path, **{**CYCLE, "readout": readout, "time": time, "value": 40, "unit": "%"})
    assert (found.readout.of_course, found.of) == (of_course, of)


def test_who_needs_none_in_all_cycles_is_who_does_not_need_one_in_any(tmp_path: Path) -> None:
    share = {**CYCLE, "unit": "%", "value": 40, "n": 10_000, "time": "three cycles"}
    rows = read(
        tmp_path,
        {**share, "readout": "patients avoiding platelet transfusion"},
        {**share, "readout": "patients needing platelet transfusion"},
        {**share, "readout": "patients avoiding platelet transfusion", "time": "one cycle"},
    )
    free, needed, once = validation.validate(IL11, rows, worlds=32, subjects=4).rows
    assert free.own.median + needed.own.median == pytest.approx(100, abs=0.5)
    assert free.own.low + needed.own.high == pytest.approx(100, abs=0.5)
    assert free.own.low < once.own.low and free.own.median <= once.own.median


@pytest.mark.parametrize(
    ("readout", "unit", "module", "of", "take"),
    [
        ("anti-oprelvekin antibodies", "%", "adverse_events", "antibody_formation_frequency", "furthest"),
        ("risk ratio of oedema", "ratio", "adverse_events", "oedema_frequency", "maximum"),
        ("time to onset of platelet increase", "days", "platelets", "platelets", "first"),
        ("platelet count return to baseline", "days after last dose", "platelets", "platelets", "return"),
        ("apparent clearance CL/F", "mL/min/kg", "oprelvekin_pk", "oprelvekin_apparent_clearance", "value"),
    ],
)
def test_readouts_as_a_label_names_them(
    tmp_path: Path, readout: str, unit: str, module: str, of: str, take: str
) -> None:
    row = {"population": "cancer patients", "regimen": DAILY, "value": 5, "unit": unit, "comparator": "placebo"}
    found = planned(tmp_path, **row, readout=readout)
    assert (found.row.module, found.readout.take) == (module, take) and found.of.startswith(of)
    assert take != "maximum" or found.at == 21 * 24


def test_an_amount_first_and_a_dose_of_the_agent_after_it(tmp_path: Path) -> None:
    told = {"population": "healthy men", "readout": "Cmax", "value": 9, "unit": "ng/mL"}
    (arm,) = planned(tmp_path, **told, regimen="single 25 µg/kg SC dose of rhIL-11").side.arms
    assert (arm[0].agent, arm[0].amount.to("µg/kg"), arm[0].times) == ("oprelvekin", 25, 1)
