"""Rows as scientists word them: what is read from the words, what is simulated then, and what stays refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pleio.base.errors import StudyError
from pleio.base.quantities import parse_quantity
from pleio.inference.wording import interval, moment, prescribed, worded_unit
from pleio.library.readouts.wording import wordings
from pleio.library.validation.controls import is_control, says_only_that
from pleio.library.validation.rows import NotModelled, plan
from written_rows import READOUTS, ROW, planned, row


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("once daily", 1),
        ("QD", 1),
        ("q24h", 1),
        ("daily", 1),
        ("twice daily", 0.5),
        ("b.i.d.", 0.5),
        ("every other day", 2),
        ("qod", 2),
        ("three times a week", 7 / 3),
        ("3x/week", 7 / 3),
        ("twice weekly", 3.5),
        ("once weekly", 7),
        ("Q3W", 21),
        ("every 3 weeks", 21),
        ("every three weeks", 21),
        ("fortnightly", 14),
        ("monthly", 30.4375),
    ],
)
def test_how_often_is_worded_in_many_ways(words: str, days: float) -> None:
    found = interval(words)
    assert found is not None and parse_quantity(found).to("h") / 24 == pytest.approx(days)


@pytest.mark.parametrize("words", ["biweekly", "as needed", "daily unless febrile", "q3"])
def test_what_has_two_meanings_or_none_is_not_guessed(words: str) -> None:
    assert interval(words) is None and prescribed(words) is None


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("5 mg/kg i.p. twice weekly", {"amount": "5 mg/kg", "every": "3.5 d", "route": "intraperitoneal"}),
        ("once daily for 5 days", {"every": "1 d", "times": 5}),
        ("300 mg Q4W for 24 weeks", {"amount": "300 mg", "every": "4 wk", "times": 6}),
        ("IV infusion over 1 h", {"duration": "1 h", "route": "intravenous"}),
        (
            "rhIL-11 50 µg/kg/d s.c. x 14 days",
            {"agent": "rhIL-11", "amount": "50 ug/kg", "every": "1 d", "times": 14, "route": "subcutaneous"},
        ),
        (
            "10 mg/kg IP every 4 days for 2 doses, starting on day 4",
            {"amount": "10 mg/kg", "every": "4 d", "times": 2, "route": "intraperitoneal", "start": "4 d"},
        ),
        ("25-100 µg/kg", {"amount": "25 to 100 ug/kg"}),
        ("single dose", {"times": 1}),
    ],
)
def test_a_phrase_of_a_prescription_is_taken_apart(phrase: str, found: dict[str, Any]) -> None:
    assert prescribed(phrase) == found


@pytest.mark.parametrize(
    ("words", "time"),
    [("day 21", "21 d"), ("at week 4", "4 wk"), ("two weeks", "2 wk"), ("days 14-21", "17.5 d"), ("24h", "24 h"),
     ("14 days after the last dose", None), ("soon", None)],
)  # fmt: skip
def test_a_time_from_the_first_dose_is_read_and_no_other(words: str, time: str | None) -> None:
    assert moment(words) == time


def test_a_regimen_in_words_is_the_one_in_the_form(tmp_path: Path) -> None:
    plain = planned(tmp_path)
    worded = [
        {"agent": "recombinant human IL-11", "amount": "50 mcg/kg/day", "route": "subcutaneous injection", "times": 14},
        {"agent": "oprelvekin", "dose": "50 µg/kg", "route": "SC", "frequency": "once daily", "duration": "2 weeks"},
        "Neumega 50 µg/kg s.c. daily for 14 days",
    ]
    for regimen in worded:
        arms = planned(tmp_path, regimen=regimen, time="day 14").side.arms
        (dosing,), (other,) = arms[0], plain.side.arms[0]
        assert (dosing.agent, dosing.route, dosing.times) == (other.agent, other.route, other.times)
        assert dosing.amount.to("mg/kg") == pytest.approx(other.amount.to("mg/kg"))
        assert dosing.every is not None and dosing.every.to("d") == 1


def test_an_infusion_lasts_as_long_as_is_said(tmp_path: Path) -> None:
    given = {"agent": "rhIL-11", "amount": "50 µg/kg", "route": "intravenous infusion over 2 h"}
    one = planned(tmp_path, module="oprelvekin_pk", readout="serum IL-11", unit="ng/mL", regimen=given, time="1 h")
    (dosing,) = one.side.arms[0]
    assert one.of == "oprelvekin_plasma" and dosing.duration is not None and dosing.duration.to("h") == 2


@pytest.mark.parametrize("unit", ["x10^9/L", "×10⁹/L", "10E9/L", "10*9/L", "K/µL", "10^3/mm3", "giga/L"])
def test_a_count_is_the_same_in_every_spelling_of_its_unit(tmp_path: Path, unit: str) -> None:
    found = row(tmp_path, unit=unit)
    assert parse_quantity(f"{found.value!r} {found.unit}").to("10^9/L") == pytest.approx(400)


def test_the_words_of_a_unit_say_what_is_compared(tmp_path: Path) -> None:
    change = planned(tmp_path, unit="% increase", value=60).readout
    assert (change.relative, change.scale) == ("change", "log1p")
    share = planned(tmp_path, unit="% of baseline", value=160).readout
    assert (share.relative, share.against) == ("fold", None)
    beside = planned(tmp_path, unit="fold vs vehicle", value=1.6)
    assert beside.readout.against == "untreated" and beside.against is not None and beside.against.arms == ((),)
    assert worded_unit("% of peak").ending == "_over_peak" and worded_unit("mg/L").unit == "mg/L"


def test_a_fall_is_a_change_below_zero(tmp_path: Path) -> None:
    values = {
        "module": "volume_and_acute_phase",
        "unit": "%",
        "value": 19,
        "spread": {"kind": "IQR", "low": 12, "high": 25},
    }
    for readout in ("fall in hematocrit", "haematocrit reduction", "decrease of haematocrit"):
        found = row(tmp_path, readout=readout, **values)
        assert (found.value, found.spread.low, found.spread.high) == (-19, -25, -12)
        assert plan(found, READOUTS).readout.relative == "change"
    worded = row(tmp_path, **{**values, "readout": "haematocrit", "unit": "% decrease"})
    assert (worded.value, worded.unit) == (-19, "%")
    least = row(tmp_path, **{**values, "readout": "fall in haematocrit", "spread": {"kind": "at least"}})
    assert least.spread.kind == "upper bound"


def test_a_change_in_units_from_a_stated_level_is_that_in_per_cent(tmp_path: Path) -> None:
    values = {"module": "volume_and_acute_phase", "unit": "g/dL", "value": -1.5, "spread": {"kind": "SD", "value": 0.6}}
    found = row(tmp_path, readout="haemoglobin", comparator={"value": 12.0, "condition": "baseline"}, **values)
    assert (found.value, found.unit, found.spread.value) == (-12.5, "%", 5.0)
    with pytest.raises(NotModelled, match="change in per cent"):
        planned(tmp_path, readout="haemoglobin", **values)


def test_spreads_species_sources_and_people_are_worded_in_many_ways(tmp_path: Path) -> None:
    found = row(
        tmp_path, spread="SEM 14", source="PMID 123", population={"species": "mice", "strain": "C57BL/6", "sex": "F"}
    )
    assert (found.spread.kind, found.spread.value, found.source) == ("SE", 14, "pubmed:123")
    who = found.population
    assert (who.species, who.sex, who.condition) == ("mouse", "female", "C57BL/6")
    assert row(tmp_path, spread={"kind": "CV", "value": 20}).spread.value == 80
    assert row(tmp_path, spread="95% CI 350-450").error == pytest.approx(100 / 2 / 1.96, rel=1e-3)
    ninety = row(tmp_path, spread={"kind": "90% CI", "low": 350, "high": 450})
    assert ninety.error == pytest.approx(100 / 2 / 1.645, rel=1e-3)
    shares = {"readout": "patients requiring platelet transfusion", "module": "chemotherapy", "unit": "%", "value": 30}
    assert row(tmp_path, spread={"kind": "binomial", "successes": 8, "total": 27}, **shares).group == 27


@pytest.mark.parametrize(
    ("module", "name", "of", "take"),
    [
        ("platelets", "mean platelet count", "platelets", "value"),
        ("platelets", "peak platelet count", "platelets", "maximum"),
        ("platelets", "megakaryocytes in bone marrow", "megakaryocytes", "value"),
        ("chemotherapy", "patients requiring platelet transfusion", "transfused_share", "value"),
        ("chemotherapy", "proportion of patients without platelet transfusion", "transfusion_free", "value"),
        ("chemotherapy", "days to platelet recovery above 75", "platelets", "back_over"),
        ("oprelvekin_pk", "AUC(0-inf)", "oprelvekin_plasma", "auc"),
        ("oprelvekin_pk", "time to maximum concentration", "oprelvekin_plasma", "time_of_maximum"),
        ("oprelvekin_pk", "apparent clearance (CL/F)", "oprelvekin_apparent_clearance", "value"),
        ("antibody_pk", "elimination half-life", "antibody", "half_life"),
        ("antibody_pk", "serum trough concentration", "antibody", "value"),
        ("volume_and_acute_phase", "serum fibrinogen", "fibrinogen", "value"),
        ("neuro", "IL-11 in cerebrospinal fluid", "il11_csf", "value"),
        ("jak_stat", "STAT3 phosphorylation (Y705)", "pSTAT3_fraction", "value"),
        ("mapk_erk", "phospho-ERK1/2", "pERK", "value"),
        ("receptor", "IL-11/IL-11Rα affinity (KD)", "il11_kd", "value"),
        ("fibrosis", "α-SMA positive cells", "myofibroblasts", "value"),
        ("organs", "hydroxyproline in lung", "lung_collagen_mouse", "value"),
        ("organs", "FVC decline", "fvc_loss", "value"),
        ("bone", "trabecular bone volume (BV/TV)", "bone_mass", "value"),
        ("ageing", "median survival", "median_lifespan_{sex}", "value"),
        (
            "adverse_events",
            "proportion of patients with atrial fibrillation",
            "atrial_fibrillation_frequency",
            "furthest",
        ),
        ("adverse_events", "ankle swelling", "peripheral_oedema_frequency", "furthest"),
    ],
)
def test_everyday_names_are_understood(module: str, name: str, of: str, take: str) -> None:
    found = READOUTS.named(name, module)
    assert found is not None and not found.not_modelled
    assert (found.of, found.take) == (of, take)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("platelets", "mean platelet volume"),
        ("platelets", "number of platelet units"),
        ("platelets", "platelet-derived growth factor"),
        ("receptor", "sIL-11Rα in serum"),
        ("fibrosis", "IL-11 mRNA"),
        ("fibrosis", "IL-11 secretion into medium"),
        ("fibrosis", "ACTA2 mRNA"),
        ("fibrosis", "serum TGFβ1"),
        ("volume_and_acute_phase", "serum sodium"),
        ("adverse_events", "severe dyspnoea"),
        ("adverse_events", "grade 3 oedema"),
        ("organs", "kidney collagen area"),
        ("il11_plasma", "IL-11 in urine"),
        ("oprelvekin_pk", "renal clearance"),
        ("oprelvekin_pk", "distribution half-life"),
        ("cancer", "overall survival"),
        ("inflammation", "serum IL-6"),
        ("antibody_pk", "anti-drug antibodies"),
    ],
)
def test_no_name_is_taken_for_another_quantity(module: str, name: str) -> None:
    found = READOUTS.named(name, module)
    assert found is None or found.not_modelled


@pytest.mark.parametrize("ending", ["", "_ratio", "_change", "_auc"])
def test_no_word_of_any_module_ends_a_file(ending: str) -> None:
    for module in ("", *READOUTS.library.module_names):
        for name in (*READOUTS.table.words, *READOUTS.table.readouts):
            READOUTS.named(f"{name}{ending}", module)
    assert READOUTS.homes("tissue_il11_ratio") == ("il11_source",)


def test_an_area_is_up_to_the_time_that_its_name_states() -> None:
    found = READOUTS.named("AUC0-24h", "oprelvekin_pk")
    assert found is not None and found.take == "auc" and found.at is not None and found.at.to("h") == 24


def test_a_name_is_tried_as_written_first_and_not_for_ever() -> None:
    ways = list(wordings("mean serum platelet count", READOUTS.table.loosened))
    assert ways[0] == "mean_serum_platelet_count" and len(ways) == len(set(ways)) < 70


@pytest.mark.parametrize(
    ("name", "dish", "body"),
    [
        ("IL-11", "IL11-in-medium", "oprelvekin"),
        ("Interleukin-11", "IL11-in-medium", "oprelvekin"),
        ("anti-IL-11 monoclonal antibody", "anti-IL11-in-medium", "anti-IL11"),
        ("anti-IL-11Rα antibody", "anti-IL11RA-in-medium", "anti-IL11RA"),
        ("PEGylated IL-11 (20 kDa)", "PEG-IL11", "PEG-IL11"),
        ("IL-11 mutein", "W147A-in-medium", "IL11-mutein"),
        ("mouse IL-11", "mouse IL-11", "mouse IL-11"),
    ],
)
def test_an_agent_is_known_by_its_words(name: str, dish: str, body: str) -> None:
    assert (READOUTS.agent(name, in_dish=True), READOUTS.agent(name)) == (dish, body)


def test_a_control_was_given_nothing_and_is_of_the_row_s_own_people(tmp_path: Path) -> None:
    for words in ("unstimulated", "PBS", "IgG isotype control", "no IL-11", "vehicle-treated mice"):
        assert is_control(words, READOUTS.table) and says_only_that(words, READOUTS.table)
    assert not says_only_that("healthy controls", READOUTS.table)
    assert not is_control("wild-type littermates", READOUTS.table)
    dish = {"agent": "IL-11", "amount": "10 ng/mL"}
    cells = {"species": "human", "cells": "lung fibroblasts"}
    one = planned(
        tmp_path, module="jak_stat", readout="pSTAT3", unit="fold over unstimulated", population=cells, regimen=None,
        stimulus=dish, time="15 min", value=5,
    )  # fmt: skip
    assert [dosing.agent for dosing in one.side.arms[0]] == ["IL11-in-medium"]
    assert one.against is not None and one.against.arms == ((),)


def test_a_ratio_beside_a_control_is_over_the_control(tmp_path: Path) -> None:
    given = {"agent": "X203", "amount": "10 mg/kg", "route": "i.p.", "every": "twice weekly", "times": 8}
    mice = {"species": "mouse", "strain": "aged C57BL/6"}
    found = planned(
        tmp_path, module="organs", readout="liver collagen", unit="ratio", value=0.6, population=mice, regimen=given,
        comparator="IgG", time=None,
    )  # fmt: skip
    assert found.readout.against == "untreated" and found.at == 28 * 24  # the end of dosing, where no time is stated


def test_a_level_in_per_cent_says_what_would_make_it_clear(tmp_path: Path) -> None:
    with pytest.raises(NotModelled, match="'% change' or '% of control'"):
        planned(tmp_path, unit="%", value=60, comparator={"condition": "vehicle"})


def test_what_is_not_understood_is_still_an_error(tmp_path: Path) -> None:
    given = {**ROW["regimen"], "every": "biweekly"}
    with pytest.raises(StudyError) as fault:
        row(tmp_path, regimen=given, time="eventually", readout="platelet glamour", spread={"kind": "SDs", "value": 1})
    told = str(fault.value)
    for part in ("biweekly", "'eventually' is no time", "platelet glamour", "SDs"):
        assert part in told


def test_what_keeps_scarring_an_organ_is_given_with_a_row(tmp_path: Path) -> None:
    mice = {"species": "mouse", "condition": "unilateral ureteral obstruction"}
    told = {"module": "organs", "readout": "kidney hydroxyproline", "unit": "fold vs vehicle", "value": 0.7}
    found = planned(tmp_path, population=mice, **told)
    assert found.against is not None
    assert dict(found.side.conditions)["TGFB"] == dict(found.against.conditions)["TGFB"] == "range(2, 8)"


@pytest.mark.parametrize(
    ("module", "readout", "condition", "why"),
    [
        ("organs", "heart hydroxyproline", "myocardial infarct", "not the lasting stimulus"),
        ("epithelium", "crypt survival", "14 Gy irradiation", "cannot give this injury"),
        ("platelets", "platelet count", "5-FU 150 mg/kg", "in no module of animals"),
    ],
)
def test_no_healthy_body_stands_for_an_injured_one(
    tmp_path: Path, module: str, readout: str, condition: str, why: str
) -> None:
    mice = {"species": "mouse", "condition": condition}
    with pytest.raises(NotModelled, match=why):
        planned(tmp_path, module=module, readout=readout, unit="fold vs vehicle", value=0.7, population=mice)
    healthy = planned(tmp_path, module=module, readout=readout, unit="fold vs vehicle", value=1, population="mouse")
    assert healthy.against is not None
