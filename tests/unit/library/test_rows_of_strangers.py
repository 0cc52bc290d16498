"""Rows as somebody writes them who has not read how: keys, words, units and papers of their own."""

from __future__ import annotations

import contextlib
import math
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from pleio.base.errors import InputError, Problem, StudyError
from pleio.inference.observations import Observation
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation import validation
from pleio.library.validation.rows import NotModelled, Plan, plan
from pleio.library.validation.told import told as whole

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
ROW: dict[str, Any] = {
    "id": "one", "readout": "Cmax", "population": "healthy men", "regimen": "oprelvekin 50 µg/kg s.c. once",
    "value": 17, "unit": "ng/mL", "source": "pubmed:1", "trust": "abs", "question": "pharmacokinetics",
}  # fmt: skip


def read(tmp_path: Path, **changes: Any) -> Observation:
    entry = {key: part for key, part in {**ROW, **changes}.items() if part is not None}
    path = tmp_path / "rows.yaml"
    path.write_text(yaml.safe_dump({"observations": [entry]}, allow_unicode=True), encoding="utf-8")
    (found,) = read_all(IL11, path)
    return found


def planned(tmp_path: Path, **changes: Any) -> Plan:
    return plan(read(tmp_path, **changes), READOUTS)


def test_a_row_in_words_alone_has_the_module_of_its_agent_and_needs_no_question(tmp_path: Path) -> None:
    found = planned(tmp_path, spread=5.4, spread_type="SD", n=18)
    assert (found.row.module, found.of, found.row.question) == ("oprelvekin_pk", "oprelvekin_plasma", None)
    assert (found.row.spread.kind, found.row.spread.value, found.row.trust) == ("SD", 5.4, "abstract")
    with pytest.raises(StudyError, match="sufficiency"):
        read(tmp_path, question="suficiency")


@pytest.mark.parametrize(
    ("changes", "spread"),
    [
        ({"spread": [10, 50], "spread_type": "IQR"}, {"kind": "IQR", "low": 10, "high": 50}),
        ({"low": 10, "high": 50}, {"kind": "range", "low": 10, "high": 50}),
        ({"sem": 2}, {"kind": "SE", "value": 2}),
        ({"spread": 5}, {"kind": "unstated", "value": 5}),
        ({"spread": "binomial", "n": 10, "unit": "%", "readout": "oedema"}, {"kind": "binomial"}),
        ({}, {"kind": "unstated"}),
    ],
)
def test_a_spread_beside_its_kind_is_put_together(tmp_path: Path, changes: dict[str, Any], spread: Any) -> None:
    assert read(tmp_path, **changes).spread.model_dump(exclude_none=True) == spread


@pytest.mark.parametrize(
    ("text", "agent", "times", "start"),
    [
        ("rhIL-11 50 µg/kg/d s.c. 7 days", "rhIL-11", 7, None),
        ("50 µg/kg/d rhIL-11 s.c. for 7 days", "rhIL-11", 7, None),
        ("rhIL-11 25 µg/kg/d s.c. 7-14 days", "rhIL-11", "7 to 14", None),
        ("rhIL-11 50 µg/kg/d s.c. for 10 days from 24 h after chemotherapy", "rhIL-11", 10, "24 h"),
        ("rhIL-11 50 µg/kg/d s.c. 14 days from the day after chemotherapy", "rhIL-11", 14, "1 d"),
        ("X203 40 mg/kg every 3 weeks from 75 weeks until death", "X203", None, "75 wk"),
        ("anti-IL-11 (X203) from 75 weeks until death", "anti-IL-11 (X203)", None, "75 wk"),
        ("rhIL-11 s.c. once", "rhIL-11", 1, None),
        ("75 mcg/kg/d rhIL-11 s.c. x 14 d, no chemotherapy", "rhIL-11", 14, None),
        ("rhIL-11 10 µg/kg/day SC, days 3-14 after chemotherapy", "rhIL-11", 12, "3 d"),
        ("rhIL-11 50 µg/kg/d SC for 10 or 17 days after chemotherapy", "rhIL-11", "10 to 17", None),
        ("rhIL-11 50 µg/kg/d SC 14 days from day after chemotherapy", "rhIL-11", 14, "1 d"),
        ("single IV bolus rhIL-11 100 µg/kg", "rhIL-11", 1, None),
        ("daily SC rhIL-11 for 8 weeks", "rhIL-11", 56, None),
        ("rhIL-11 SC, 50 µg/kg daily x 5", "rhIL-11", 5, None),
        ("rhIL-11 50 µg/kg s.c. q.d., d1-d14", "rhIL-11", 14, None),
        ("rhIL-11 25 µg/kg SC daily until platelets ≥ 100", "rhIL-11", None, None),
        ("rhIL-11 added to conventional therapy", "rhIL-11", None, None),
    ],
)
def test_a_regimen_in_one_text(tmp_path: Path, text: str, agent: str, times: Any, start: str | None) -> None:
    given = read(tmp_path, regimen=text, readout="platelet count", unit="10^9/L").regimen
    assert given is not None and (given.agent, given.times, given.start) == (agent, times, start)


NOTHINGS = (
    "no rhIL-11 (same chemotherapy)", "observation only", "no treatment", "placebo", "placebo after chemotherapy",
    "placebo SC daily x 14", "chemotherapy alone", "chemotherapy + placebo",
    "same chemotherapy without rhIL-11",
)  # fmt: skip


@pytest.mark.parametrize("text", NOTHINGS)
def test_what_names_nothing_is_nothing(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, regimen=text, readout="platelet count", unit="10^9/L").regimen is None


@pytest.mark.parametrize("text", ["rhIL-11 s.c., as tolerated", "IL-11 and IL-6 s.c.", "three days of IL-11"])
def test_what_is_no_one_agent_is_not_taken_for_one(tmp_path: Path, text: str) -> None:
    with pytest.raises(StudyError, match="could not be read as one regimen"):
        read(tmp_path, regimen=text)


@pytest.mark.parametrize(
    ("text", "species", "sex"),
    [
        ("active Crohn's disease", "human", None),
        ("breast cancer, cyclophosphamide 1500 mg/m² + doxorubicin 60 mg/m²", "human", None),
        ("female C57BL/6 mice", "mouse", "female"),
        ("men and women on dialysis", "human", None),
        ("Sprague-Dawley, splenectomised", "rat", None),
    ],
)
def test_people_are_people_without_the_word(tmp_path: Path, text: str, species: str, sex: str | None) -> None:
    found = read(tmp_path, population=text).population
    assert (found.species, found.condition, found.sex) == (species, text, sex)


@pytest.mark.parametrize("text", ["-/- fibroblasts", "wild-type animals", "purified receptor", "sheep in spring"])
def test_what_may_be_of_any_species_has_to_say_whose_it_is(tmp_path: Path, text: str) -> None:
    with pytest.raises(StudyError, match="names no species"):
        read(tmp_path, population=text)


@pytest.mark.parametrize(
    ("readout", "unit", "value", "change"),
    [
        ("platelet count", "% over the control", 30, 30),
        ("platelet count over control", "%", 30, 30),
        ("platelet count", "% below baseline", 30, -30),
        ("platelet count increase", "%", 30, 30),
        ("increase in platelets", "%", 30, 30),
    ],
)
def test_by_how_much_it_is_more_is_a_change(
    tmp_path: Path, readout: str, unit: str, value: float, change: float
) -> None:
    rats = {"population": "normal rats", "regimen": "rhIL-11 20 µg/rat/d s.c. for 14 days", "time": "day 15"}
    found = planned(tmp_path, **rats, readout=readout, unit=unit, value=value)
    assert (found.row.value, found.nothing, found.of) == (change, 0.0, "platelets")


@pytest.mark.parametrize("unit", ["% of control", "fold over control", "x baseline"])
def test_how_many_times_it_is_is_a_ratio(tmp_path: Path, unit: str) -> None:
    rats = {"population": "normal rats", "regimen": "rhIL-11 20 µg/rat/d s.c. for 14 days", "time": "day 15"}
    assert planned(tmp_path, **rats, readout="platelet count", unit=unit, value=1.3).nothing == 1.0


def test_an_activity_in_per_cent_of_normal_is_no_ratio_to_the_patients_own(tmp_path: Path) -> None:
    given = {
        "population": "type 1 von Willebrand disease",
        "regimen": "rhIL-11 25 µg/kg/d s.c. 7 days",
        "time": "day 4",
    }
    with pytest.raises(NotModelled, match="comparator"):
        planned(tmp_path, **given, readout="VWF:RCo", unit="%", value=179)
    for readout in ("VWF:RCo", "VWF:Ag"):
        found = planned(tmp_path, **given, readout=readout, unit="fold", value=1.7)
        assert (found.of, found.nothing) == ("vwf", 1.0)


def test_whom_a_low_count_chose_is_followed_from_then(tmp_path: Path) -> None:
    people = {"population": "gastrointestinal cancer with platelets under 75 after chemotherapy", "unit": "d"}
    drug = "rhIL-11 25 µg/kg/d s.c. for 7 days"
    found = planned(tmp_path, **people, readout="days to platelets of 100", regimen=drug, value=8)
    assert found.side.fell == 75 and found.side.arms[0][1].start.to("d") == 10
    before = {**people, "population": "cancer after chemotherapy"}
    assert (
        planned(tmp_path, **before, readout="days to platelets of 100", regimen=drug).side.arms[0][1].start.to("d") == 1
    )


def test_what_differs_from_the_modules_people_is_told_unless_it_is_in_both_groups(tmp_path: Path) -> None:
    mice = {
        "population": "splenectomised C57BL/6 mice",
        "regimen": "rhIL-11 150 µg/kg/d s.c. for 7 days",
        "time": "day 10",
    }
    with pytest.raises(NotModelled, match="spleen"):
        planned(tmp_path, **mice, readout="platelet count", unit="% change", value=20)
    beside = planned(tmp_path, **mice, readout="platelet count", unit="% change", value=20, comparator="vehicle")
    assert beside.against is not None


def test_activin_raises_what_the_stroma_of_the_womb_secretes(tmp_path: Path) -> None:
    cells = {"population": "human endometrial stromal cells", "regimen": None, "time": "24 h"}
    stimulus = "activin A 50 ng/mL"
    for readout in ("secreted IL-11", "IL-11 secretion", "IL-11 in medium"):
        found = planned(tmp_path, **cells, stimulus=stimulus, readout=readout, direction="up", value=None, unit=None)
        assert found.of == "il11_secretion" and "activin-A" in found.side.agents


def test_a_mouse_without_a_gene_is_beside_one_that_has_it(tmp_path: Path) -> None:
    mice = {"population": "Il11ra1 knock-out mice", "regimen": "none"}
    found = planned(tmp_path, **mice, readout="platelet count", direction="no change", value=None, unit=None)
    assert found.against is not None and found.row.spread.kind == "null"


def test_an_antibody_of_no_printed_amount_is_given_to_mice_by_weight(tmp_path: Path) -> None:
    mice = {"population": "ovariectomised mice", "regimen": "anti-murine IL-11 antibody i.p. daily for 21 days"}
    found = planned(tmp_path, **mice, readout="cancellous bone volume", direction="up", value=None, unit=None)
    assert str(found.side.arms[0][0].amount) == "10 mg/kg"


def test_a_dry_run_tells_which_words_count_and_which_source_is_left_out(tmp_path: Path) -> None:
    after = "days to platelets of 100"
    rows = [
        {
            "population": "children after ICE",
            "readout": after,
            "unit": "d",
            "regimen": "none",
            "source": "pubmed:15606549",
        },
        {"population": "dancers with a cold", "readout": "platelet count", "unit": "% increase", "time": "day 14"},
        {"population": "female C57BL/6 mice", "readout": "median lifespan", "unit": "weeks", "regimen": "X203"},
        {"population": "mice", "readout": "platelet count", "unit": "% over control", "time": "day 7"},
    ]
    told = [whole(planned(tmp_path, **one), READOUTS, str(k)) for k, one in enumerate(rows)]
    assert "chemotherapy: ice" in told[0]["people"] and told[0]["given"] == "nothing" and told[0]["left_out"] == "0"
    assert told[0]["reads"] == "when platelets is 100 again"
    assert told[1]["people"] == "human; 'dancers with a cold' sets nothing" and told[1]["beside"] == "its own start"
    assert told[2]["people"].startswith("female mouse") and told[2]["given"].startswith(
        "X203 40 mg/kg intraperitoneal × 27"
    )
    assert told[3]["reads"] == "change of platelets at 7 d" and told[3]["beside"] == "nothing"


@pytest.mark.parametrize(
    ("changes", "value", "unit", "error"),
    [
        ({"value": "17.4 ± 5.4 ng/mL", "unit": None}, 17.4, "ng/mL", 5.4),
        ({"value": "17,400 pg/mL", "unit": None}, 17400, "pg/mL", None),
        ({"readout": "oedema", "value": "66.7%", "unit": None}, 66.7, "%", None),
        ({"readout": "oedema", "value": "4/8 (50 %)", "unit": "%"}, 50, "%", 50 / math.sqrt(8)),
    ],
)
def test_a_value_may_hold_its_unit_its_spread_and_its_counts(
    tmp_path: Path, changes: dict[str, Any], value: float, unit: str, error: float | None
) -> None:
    found = read(tmp_path, **changes)
    assert (found.value, found.unit) == (value, unit)
    assert found.error == (None if error is None else pytest.approx(error))


def test_what_a_value_holds_is_told_apart_from_what_the_entry_says(tmp_path: Path) -> None:
    rise = planned(tmp_path, readout="platelet count", value="+40%", unit=None, time="day 7")
    assert (rise.row.value, rise.nothing) == (40, 0.0)
    ends = read(tmp_path, value="10-50", unit="ng/mL")
    assert (ends.value, ends.spread.kind, ends.spread.low) == (None, "range", 10)
    below = read(tmp_path, value="10 of 11 below 85", unit="ng/mL")
    assert (below.value, below.spread.kind) == (85, "upper bound")
    with pytest.raises(StudyError, match="no number"):
        read(tmp_path, value="17.4 ng/mL", unit="µg/L")


@pytest.mark.parametrize("use", ["test", "validation", "held out"])
def test_rows_that_are_kept_by_another_word_are_kept(tmp_path: Path, use: str) -> None:
    assert read(tmp_path, use=use).use == "check"


@pytest.mark.parametrize(
    ("readout", "of", "value"),
    [
        ("platelets, maximum % increase over baseline", "platelets", 30),
        ("platelet count, percent change", "platelets", 30),
        ("haematocrit, % fall", "haematocrit", -30),
        ("CDAI, % change", "cdai_relative_change", 30),
    ],
)
def test_what_stands_behind_a_comma_is_of_the_unit(tmp_path: Path, readout: str, of: str, value: float) -> None:
    people = "active Crohn's disease" if "CDAI" in readout else "women with breast cancer"
    given = {"population": people, "regimen": "rhIL-11 50 µg/kg/d SC for 14 days", "time": "day 14"}
    found = planned(tmp_path, **given, readout=readout, value=30, unit="%")
    assert (found.of, found.row.value, found.nothing) == (of, value, 1.0 if "CDAI" in readout else 0.0)


@pytest.mark.parametrize(
    ("readout", "unit", "value", "nothing"),
    [
        ("platelet count, increase", "fold", 2.0, 1.0),
        ("platelet count, ratio to baseline", "1", 2.0, 1.0),
        ("platelet count, % increase", None, 40, 0.0),
        ("platelet count, relative increase", "%", 40, 0.0),
    ],
)
def test_words_behind_a_comma_do_not_change_the_unit_that_is_stated(
    tmp_path: Path, readout: str, unit: str | None, value: float, nothing: float
) -> None:
    given = {"population": "women with breast cancer", "regimen": "rhIL-11 50 µg/kg/d SC for 14 days", "time": "day 14"}
    found = planned(tmp_path, **given, readout=readout, value=value, unit=unit)
    assert (found.of, found.row.value, found.nothing) == ("platelets", value, nothing)


def test_per_cent_behind_a_comma_and_a_fraction_do_not_agree(tmp_path: Path) -> None:
    with pytest.raises(StudyError):
        read(tmp_path, readout="platelet count, % increase", value=0.4, unit="1", population="women with breast cancer")


def test_a_time_that_says_no_more_than_the_readout_is_none(tmp_path: Path) -> None:
    people = {"population": "breast cancer after chemotherapy", "regimen": "placebo", "value": 67000}
    found = read(tmp_path, **people, readout="platelet nadir", time="nadir", unit="cells/µL")
    assert found.time is None and found.unit == "1/µL"


def test_how_long_cells_were_under_something_is_the_time(tmp_path: Path) -> None:
    cells = {"population": "human lung fibroblasts", "regimen": None, "readout": "collagen", "unit": "fold", "value": 2}
    found = read(tmp_path, **cells, stimulus="TGFβ1 5 ng/ml for 24 h")
    assert found.stimulus is not None and (found.stimulus.agent, found.time) == ("TGFβ1", "24 h")
    assert read(tmp_path, **cells, stimulus="TGFβ1 5 ng/ml 24 h", time="2 d").time == "2 d"


def test_an_affinity_needs_no_amount(tmp_path: Path) -> None:
    found = planned(tmp_path, readout="Kd of IL-11 for soluble IL-11 receptor", population="mouse", regimen=None,
                    stimulus={"agent": "IL-11"}, value=22, unit="nM")  # fmt: skip
    assert found.of == "il11_kd"


def test_weekly_doses_go_on_until_it_was_seen(tmp_path: Path) -> None:
    people = {"population": "active Crohn's disease", "readout": "clinical remission", "value": 20, "unit": "%"}
    weekly = planned(
        tmp_path, **people, regimen={"agent": "rhIL-11", "amount": "1 mg", "every": "weekly"}, time="week 4"
    )
    assert weekly.side.arms[0][0].times == 4
    mice = {"population": "male mice", "readout": "median lifespan", "value": 150, "unit": "weeks"}
    assert planned(tmp_path, **mice, regimen="anti-IL-11 from 75 weeks until death").side.arms[0][0].times > 10


def test_a_text_of_a_thousand_words_is_no_print_and_costs_no_time(tmp_path: Path) -> None:
    long = "rhIL-11 " + "5 ng/mL and " * 4000
    parts = ("readout", "regimen", "value", "unit", "population", "spread", "source")
    with pytest.raises(StudyError, match="letters") as fault:
        read(tmp_path, **dict.fromkeys(parts, long))
    assert {problem.where.rpartition(".")[2] for problem in fault.value.problems} == {*parts}
    began = time.perf_counter()
    for text in (long[:590], "1" * 590, "a" * 590, "fall in " * 70, "over " * 110, "µg" * 280):
        for part in (*parts, "time", "stimulus", "comparator"):
            with contextlib.suppress(StudyError):
                read(tmp_path, **{part: text})
    assert time.perf_counter() - began < 60


def test_kinetics_are_timed_from_the_first_dose_whenever_that_was(tmp_path: Path) -> None:
    for readout, seen in (("Cmax", None), ("half-life", None), ("plasma rhIL-11", "3 h")):
        unit = "h" if "life" in readout else "ng/mL"
        regimen = "rhIL-11 25 µg/kg/d SC days 6-33"
        found = planned(
            tmp_path, readout=readout, regimen=regimen, time=seen, unit=unit, population="children after ICE"
        )
        assert found.side.arms[0][0].start.value == 0


def test_desmopressin_is_in_no_module_and_those_whom_it_did_not_help_are(tmp_path: Path) -> None:
    given = {"regimen": "rhIL-11 25 µg/kg/d s.c. 7 days", "time": "day 7", "readout": "VWF:Ag", "unit": "fold"}
    with pytest.raises(NotModelled, match="desmopressin"):
        planned(tmp_path, **given, population="type 1 VWD, after DDAVP 0.3 µg/kg IV on day 7")
    assert planned(tmp_path, **given, population="von Willebrand disease unresponsive to desmopressin").of == "vwf"


def test_a_womb_is_looked_at_when_it_decidualises_and_not_after_an_hour(tmp_path: Path) -> None:
    mice = {"population": "female Il11ra1-/- mice", "regimen": "untreated", "comparator": "wild type"}
    found = planned(tmp_path, **mice, readout="decidualization", direction="decreased", value=None, unit=None)
    assert found.at > 48


@pytest.mark.parametrize(
    ("source", "paper"),
    [
        ("https://www.nature.com/articles/s41598-021-93623-9", "doi:10.1038/s41598-021-93623-9"),
        ("Zhonghua Zhong Liu Za Zhi 2003;25:272", "pubmed:12839693"),
        ("Blood 87:3615", "doi:10.1182/blood.V87.9.3615.bloodjournal8793615"),
        ("https://standardofcare.com/oprelvekin-neumega", "pleio:neumega-label"),
        ("Neumega label table 3, rxlist", "pleio:neumega-label"),
        ("Blood 1996", "pleio:blood-1996"),
    ],
)
def test_a_paper_is_known_by_its_address_and_by_where_it_was_printed(tmp_path: Path, source: str, paper: str) -> None:
    assert IL11.claims.paper(read(tmp_path, source=source).source) == paper


def test_after_a_remission_only_what_the_drug_does_beside_others_is_forecast(tmp_path: Path) -> None:
    people = {"population": "AML in first complete remission, post-consolidation chemotherapy", "comparator": "placebo"}
    with pytest.raises(NotModelled, match="remission"):
        planned(tmp_path, **people, readout="number of platelet transfusions", value=3, unit="transfusions")
    lower = {"direction": "decreases", "value": None, "unit": None}
    assert planned(tmp_path, **people, readout="number of platelet transfusions", **lower).against is not None


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ("one cycle", None), ("over the cycle", None), ("baseline", None), ("not printed", None),
        ("on treatment", None),
        ("terminal phase", None), ("end of treatment", None), ("28 days observed", "28 d"), ("median day 13", "13 d"),
    ],
)  # fmt: skip
def test_a_time_in_words_is_the_one_it_names_or_none(tmp_path: Path, told: str, seen: str | None) -> None:
    people = {"population": "cancer after chemotherapy", "readout": "platelet nadir", "unit": "10^9/L", "value": 60}
    assert read(tmp_path, **people, time=told).time == seen


@pytest.mark.parametrize(
    "told", ["soon", "5 days after the last dose", "day 3 to week 9 and day 80", "3 months after relapse"]
)
def test_a_time_that_is_none_or_from_something_else_is_told(tmp_path: Path, told: str) -> None:
    people = {"population": "cancer after chemotherapy", "readout": "platelet nadir", "unit": "10^9/L", "value": 60}
    with pytest.raises(StudyError, match="is no time"):
        read(tmp_path, **people, time=told)


def test_a_direction_in_no_unit_is_in_none_and_no_row_ends_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = {
        "population": "women with breast cancer",
        "regimen": "rhIL-11 50 µg/kg/d SC for 14 days",
        "time": "day 14",
    }
    told = {"readout": "platelet count", "value": None, "direction": "increases"}
    found = read(tmp_path, **people, **told, unit="direction")
    assert found.unit == "1"

    def fails(*_: object) -> None:
        raise InputError("some unit", Problem("", "is unknown"))

    monkeypatch.setattr(validation, "compare", fails)
    done = validation.validate(IL11, [found], worlds=8, subjects=1)
    assert done.rows == () and [problem.where for problem in done.refused] == ["one"]
