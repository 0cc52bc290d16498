"""Differences between groups, counts, ends in brackets, denials, and what of a row contradicts itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pleio.base.errors import StudyError
from pleio.inference.observations import Observation
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation.rows import NotModelled, Plan, plan
from pleio.library.validation.told import told
from pleio.library.validation.validation import validate

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
DAILY = {"agent": "rhIL-11", "amount": "50 µg/kg", "route": "s.c.", "every": "1 d", "times": 14}
CYCLE = {"population": "cancer patients after chemotherapy", "regimen": DAILY}
WELL = {"population": "healthy volunteers", "regimen": DAILY, "readout": "platelet count", "time": "day 14"}


def read(tmp_path: Path, *rows: dict[str, Any]) -> tuple[Observation, ...]:
    path = tmp_path / "rows.yaml"
    path.write_text(json.dumps([{"source": "pubmed:1", **row} for row in rows]), "utf-8")
    return read_all(IL11, path)


def planned(tmp_path: Path, **row: Any) -> Plan:
    (found,) = read(tmp_path, row)
    return plan(found, READOUTS)


def people(condition: str) -> dict[str, str]:
    return READOUTS.settings("human", condition)


def test_percentage_points_are_a_difference_from_the_other_group(tmp_path: Path) -> None:
    row = {**CYCLE, "readout": "oedema", "value": 44, "unit": "percentage points", "comparator": "placebo", "n": 69}
    one = planned(tmp_path, **row)
    assert one.readout.by_difference and one.against is not None and not any(one.against.arms)
    (found,) = validate(IL11, read(tmp_path, row), worlds=32).rows
    assert -50 < found.own.low < found.own.median < found.own.high < 100
    assert found.off.median == pytest.approx(0, abs=5), "no effect, no difference"


def test_points_fewer_are_below_nothing(tmp_path: Path) -> None:
    one = planned(tmp_path, **CYCLE, readout="platelets under 50", value=12, unit="percentage points lower")
    assert one.readout.by_difference and one.row.value == -12


@pytest.mark.parametrize("unit", ["fold", "relative risk", "risk ratio"])
@pytest.mark.parametrize("readout", ["oedema", "platelets under 50", "transfusion-free fraction"])
def test_a_share_in_folds_is_over_the_other_groups(tmp_path: Path, unit: str, readout: str) -> None:
    one = planned(tmp_path, **CYCLE, readout=readout, value=1.9, unit=unit, comparator="placebo")
    assert one.against is not None or one.readout.relative == "fold"
    assert one.readout.scale == "log"


def test_a_ratio_of_shares_is_never_of_none(tmp_path: Path) -> None:
    row = {**CYCLE, "readout": "platelets under 20", "value": 0.5, "unit": "relative risk", "n": 40}
    (found,) = validate(IL11, read(tmp_path, row), worlds=32).rows
    assert 1e-3 < found.own.low < found.own.high < 1e3


@pytest.mark.parametrize("row", [{"readout": "days platelets under 50", "value": -3, "unit": "d"},
                                 {"readout": "oedema", "value": 130, "unit": "%"}])  # fmt: skip
def test_what_no_group_can_have_is_refused(tmp_path: Path, row: dict[str, Any]) -> None:
    with pytest.raises(NotModelled, match=r"not below 0|at most all"):
        planned(tmp_path, **CYCLE, **row)


def test_a_count_of_patients_is_a_share_of_them(tmp_path: Path) -> None:
    one = planned(tmp_path, **CYCLE, readout="oedema", value=41, unit="patients", n=69)
    assert one.row.value == pytest.approx(41 / 69) and one.row.spread.events == 41


def test_the_error_of_a_share_is_that_of_its_number(tmp_path: Path) -> None:
    row = {"readout": "remission", "population": "active Crohn's disease", "regimen": "rhIL-11 15 µg/kg s.c. weekly",
           "time": "week 6", "value": "36.7 %", "n": 49}  # fmt: skip
    printed, counted = (
        validate(IL11, read(tmp_path, one), worlds=32).rows[0] for one in (row, {**row, "value": "18/49"})
    )
    assert printed.error == pytest.approx(100 * counted.error, rel=0.01) if counted.error else False
    assert printed.own.low == pytest.approx(100 * counted.own.low, abs=0.5)


def test_a_stated_level_may_be_counts_or_in_a_unit_of_its_own(tmp_path: Path) -> None:
    other = {"value": 200000, "unit": "/µL", "condition": "baseline"}
    (row,) = read(tmp_path, {**WELL, "value": 400, "unit": "10^9/L", "comparator": other})
    assert row.comparator is not None and row.comparator.value == 200
    other = {"value": "10/67", "agent": "placebo"}
    (row,) = read(tmp_path, {**CYCLE, "readout": "oedema", "value": "41/69", "comparator": other})
    assert row.comparator is not None and row.comparator.n == 67


@pytest.mark.parametrize("level", [{}, {"comparator": {"value": 250}}])
def test_a_count_is_in_no_mass(tmp_path: Path, level: dict[str, Any]) -> None:
    with pytest.raises(StudyError, match="not measured in mg/L"):
        read(tmp_path, {**WELL, "value": 400, "unit": "mg/L", **level})


@pytest.mark.parametrize("name", ["Cmax", "oprelvekin peak"])
def test_a_concentration_is_also_an_amount_of_substance(tmp_path: Path, name: str) -> None:
    once = {"agent": "rhIL-11", "amount": "50 µg/kg", "route": "s.c.", "times": 1}
    row = {"readout": name, "population": "healthy men", "regimen": once, "value": 916, "unit": "pM", "n": 18}
    mass = {**row, "value": 17.4, "unit": "ng/mL"}
    molar, by_mass = (validate(IL11, read(tmp_path, one), worlds=32).rows[0].own for one in (row, mass))
    assert molar.median == pytest.approx(by_mass.median / 19 * 1000, rel=0.01)


@pytest.mark.parametrize("every", [{}, {"every": "1 d"}])
@pytest.mark.parametrize("lasting", ["10-14 d", "10 to 14 days", "10–14 days"])
def test_how_long_doses_were_given_may_be_two_ends(tmp_path: Path, lasting: str, every: dict[str, str]) -> None:
    given = {"agent": "rhIL-11", "amount": "50 µg/(kg·d)" if not every else "50 µg/kg", "route": "s.c.", **every}
    one = planned(tmp_path, **{**WELL, "regimen": {**given, "lasting": lasting}}, value=400, unit="10^9/L")
    assert {arm[-1].times for arm in one.side.arms} == {10, 14}


@pytest.mark.parametrize(
    ("condition", "regimen"),
    [
        ("patients after carboplatin AUC 5 and gemcitabine 1000 mg/m2", "gemcitabine-carboplatin"),
        ("NSCLC on gemcitabine-carboplatin", "gemcitabine-carboplatin"),
        ("gemcitabine and carboplatin, advanced NSCLC", "gemcitabine-carboplatin"),
        ("patients receiving ESHAP", "eshap"),
    ],
)
def test_drugs_by_name_are_a_cycle(tmp_path: Path, condition: str, regimen: str) -> None:
    who = {"species": "human", "condition": condition}
    one = planned(tmp_path, readout="platelet count", population=who, time="day 12", value=80, unit="10^9/L")
    assert one.readout.after == "chemotherapy" and one.side.regimen == regimen


@pytest.mark.parametrize(
    "condition",
    ["Crohn's disease, on methotrexate", "rheumatoid arthritis on methotrexate", "lung cancer before carboplatin",
     "patients at least 4 weeks after their last chemotherapy"],
)  # fmt: skip
def test_other_drugs_and_other_times_are_none(tmp_path: Path, condition: str) -> None:
    who = {"species": "human", "condition": condition}
    one = planned(tmp_path, readout="platelet count", population=who, time="day 12", value=80, unit="10^9/L")
    assert not one.readout.after


@pytest.mark.parametrize(
    ("denied", "said", "parameter"),
    [
        ("parents, not children", "children", "child"),
        ("mothers of children with leukaemia", "children with leukaemia", "leukaemia"),
        ("without renal impairment, not on dialysis", "on dialysis", "renal_function"),
        ("no von Willebrand disease, cancer", "von Willebrand disease", "cancer_patient"),
        ("adults without severe renal failure", "adults without fever but with severe renal failure", "renal_function"),
    ],
)
def test_what_is_denied_is_not_set(denied: str, said: str, parameter: str) -> None:
    nobody = people("")
    assert people(denied).get(parameter) == nobody.get(parameter)
    assert people(said).get(parameter) != nobody.get(parameter)


def test_infants_and_adolescents_have_their_own_weight() -> None:
    assert people("healthy infants of 8 months")["child"] == "1"
    assert "child" not in people("adolescents")
    assert people("children and adolescents") == people("children")


def test_both_sexes_are_pooled(tmp_path: Path) -> None:
    given = {"agent": "X203", "amount": "40 mg/kg", "route": "i.p.", "every": "3 wk", "start": "75 wk"}
    row = {"readout": "median lifespan", "regimen": given, "time": "until death", "value": 150, "unit": "weeks"}
    of = [planned(tmp_path, **row, population={"species": "mouse", **sex}).of
          for sex in ({"sex": "male"}, {"sex": "female"}, {}, {"condition": "both sexes"})]  # fmt: skip
    assert of == [f"median_lifespan_{sex}" for sex in ("male", "female", "both", "both")]


def test_cells_that_survive_are_no_mice(tmp_path: Path) -> None:
    dish = {
        "population": "human oligodendrocytes",
        "stimulus": "IL-11 10 ng/mL",
        "time": "2 d",
        "direction": "increases",
    }
    with pytest.raises(NotModelled, match="survival here is that of ageing mice"):
        planned(tmp_path, readout="survival of oligodendrocytes", **dish)
    with pytest.raises(StudyError, match="oligodendrocyte_death, with the opposite direction"):
        read(tmp_path, {"readout": "oligodendrocyte survival", **dish})


def test_a_text_without_quotes_is_one_text(tmp_path: Path) -> None:
    path = tmp_path / "rows.yaml"
    who = "{species: human, condition: breast cancer, transfused, on chemotherapy}"
    what = "readout: platelet count, time: 12 d, value: 80, unit: 10^9/L, source: 'pubmed:1'"
    path.write_text(f"- {{population: {who}, {what}}}\n")
    (row,) = read_all(IL11, path)
    assert row.population.condition == "breast cancer, transfused, on chemotherapy"


def test_il11_moves_what_decidual_cells_secrete(tmp_path: Path) -> None:
    dish = {"population": "human endometrial stromal cells", "stimulus": "IL-11 100 ng/mL", "time": "72 h"}
    one = planned(tmp_path, readout="IGFBP1 secretion", value=1.5, unit="fold", **dish)
    assert one.side.arms[0] and not any(one.against.arms if one.against else ())


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"value": 100, "spread": {"kind": "IQR", "low": 5, "high": 15}}, "not between its own ends, 5 and 15"),
        ({"value": 3, "unit": "fold", "direction": "decreases"}, "contradict each other"),
        ({"value": 50, "unit": "% change", "spread": {"kind": "null", "margin": 10}}, "beyond its margin 10"),
        ({"value": "71/69", "readout": "oedema"}, "71 of 69"),
        ({"value": 400, "regimen": {**DAILY, "amount": "-50 µg/kg", "every": "0 d", "times": -3}},
         "(?s)amount '-50 µg/kg'.*every '0 d'.*times -3"),
        ({"value": 400, "population": {"species": "mouse", "condition": "human cardiac fibroblasts"}}, "called human"),
        ({"stimulus": {"agent": "TGFβ1", "amount": "5 ng/mL"}, "time": "24 hurs"},
         "(?s)24 hurs.*a regimen and a stimulus.*has no value"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_told_by_the_name_of_its_row(tmp_path: Path, row: dict[str, Any], what: str) -> None:
    with pytest.raises(StudyError, match=what) as told:
        read(tmp_path, {"id": "mine", "unit": "10^9/L", **WELL, **row})
    assert all("[mine]" in problem.where for problem in told.value.problems)


def test_a_row_of_the_document_says_what_it_is_of(tmp_path: Path) -> None:
    rows = read(tmp_path, {**WELL, "value": 400, "unit": "10^9/L"}, {**WELL, "direction": "increases"})
    found = validate(IL11, rows, worlds=32)
    number, statement = (found.summary()["of_rows"][row.observation.id] for row in found.rows)
    assert (number["readout"], number["unit"], number["module"]) == ("platelet count", "10^9/L", "platelets")
    assert number["probability"] is None and 0 <= statement["probability"] <= 1


def test_a_life_span_in_per_cent_is_a_change_of_it(tmp_path: Path) -> None:
    given = {"agent": "X203", "amount": "40 mg/kg", "route": "i.p.", "every": "3 wk", "start": "75 wk"}
    row = {"readout": "median lifespan", "population": "mice", "regimen": given, "time": "until death", "unit": "%"}
    assert planned(tmp_path, **row, value=25).readout.relative == "change"
    with pytest.raises(NotModelled, match="or a change"):
        planned(tmp_path, **row, value=125)


@pytest.mark.parametrize(
    ("value", "own", "other"),
    [
        ("59% vs 15% with placebo", 59, 15),
        ("59 % versus 15 %", 59, 15),
        ("41/69 vs 10/67 on placebo", 100 * 41 / 69, 100 * 10 / 67),
    ],
)
def test_two_groups_in_one_value_are_the_row_and_its_comparator(
    tmp_path: Path, value: str, own: float, other: float
) -> None:
    unit = {"unit": "%"} if "/" in value else {}
    one = planned(tmp_path, **CYCLE, readout="oedema", value=value, n=69, comparator="placebo", **unit)
    assert one.readout.scale == "log odds" and one.against is None and one.beside is not None
    assert one.row.value == pytest.approx(own)
    assert one.row.comparator is not None and one.row.comparator.value == pytest.approx(other)
    alone = planned(tmp_path, **CYCLE, readout="oedema", value=value.replace(" with placebo", ""), n=69, **unit)
    assert alone.row.value == pytest.approx(own), "also where nobody says elsewhere who the others were"


@pytest.mark.parametrize("value", ["59% vs 3 g/L", "59% (15%) with placebo", "59% vs 15% and 20%"])
def test_more_numbers_than_can_be_told_apart_are_an_error(tmp_path: Path, value: str) -> None:
    with pytest.raises(StudyError, match="value"):
        read(tmp_path, {**CYCLE, "readout": "oedema", "value": value, "n": 69})


@pytest.mark.parametrize("value", ["10 to 15%", "10% to 15%", "10%-15%"])
def test_a_range_may_say_its_unit_twice(tmp_path: Path, value: str) -> None:
    one = planned(tmp_path, **{**WELL, "readout": "haemoglobin decrease"}, value=value)
    assert (one.row.spread.low, one.row.spread.high, one.row.unit) == (-15, -10, "%")
    assert one.readout.relative == "change"


@pytest.mark.parametrize(
    ("words", "agent", "amount"),
    [("oprelvekin 10 µg/kg/day", "oprelvekin", 10), ("10 µg/kg/day", "oprelvekin", 10)],
)
def test_a_comparator_in_words_says_what_the_others_were_given(
    tmp_path: Path, words: str, agent: str, amount: float
) -> None:
    one = planned(tmp_path, **WELL, value=1.3, unit="fold", comparator=words)
    assert one.against is not None
    ((dose,),) = one.against.arms
    assert (dose.agent, dose.amount.to("µg/kg")) == (agent, pytest.approx(amount))


@pytest.mark.parametrize("words", ["G-CSF", "romiplostim", "the other regimen"])
def test_a_second_group_of_which_nothing_is_known_is_refused_and_not_given_the_same(tmp_path: Path, words: str) -> None:
    with pytest.raises(NotModelled, match="is not known"):
        planned(tmp_path, **WELL, value=1.3, unit="fold", comparator=words)


def test_per_cent_of_normal_is_a_level_and_no_ratio_to_a_group(tmp_path: Path) -> None:
    with pytest.raises(NotModelled, match="untreated level"):
        planned(tmp_path, **{**WELL, "readout": "von Willebrand factor antigen"}, value="180% of normal")


@pytest.mark.parametrize("time", ["day -1", "week -2", "day −3"])
def test_a_day_before_the_first_is_not_one_after_it(tmp_path: Path, time: str) -> None:
    with pytest.raises(NotModelled, match="before time 0"):
        planned(tmp_path, **{**WELL, "time": time}, value=1.3, unit="fold", comparator="placebo")
    assert planned(tmp_path, **{**WELL, "time": "day-7"}, value=1.3, unit="fold", comparator="placebo").at == 7 * 24


def test_what_is_described_in_a_dish_alone_is_not_given_to_a_body(tmp_path: Path) -> None:
    with pytest.raises(NotModelled, match="in a dish alone"):
        planned(tmp_path, **{**WELL, "regimen": "sgp130 10 mg/kg"}, value=1.3, unit="fold")


@pytest.mark.parametrize("lost", ["Il11 deletion", "Il11-deletion", "Il11 knock-out"])
def test_a_gene_that_was_lost_is_gone_however_it_is_spelled(tmp_path: Path, lost: str) -> None:
    one = planned(
        tmp_path, population="female mice", regimen=lost, readout="median lifespan", value="24.9% longer",
        comparator="wild-type",
    )  # fmt: skip
    assert one.side.lost and one.against is not None and not one.against.lost


def test_a_dry_run_says_what_was_printed_as_it_was_understood(tmp_path: Path) -> None:
    fall = planned(tmp_path, **{**WELL, "readout": "haemoglobin decrease"}, value="10% to 15%")
    more = planned(tmp_path, **WELL, value="40% more than placebo")
    bound = planned(tmp_path, **WELL, value="> 20 % increase")
    seen = [told(one, READOUTS, "")["observed"] for one in (fall, more, bound)]
    assert seen == ["-15 to -10 %", "40 %", "at least 20 %"]
    assert more.against is not None and more.readout.less_one
