"""Rows that must not be forecast as something else: other bodies, other groups, other thresholds; their words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pleio.base.errors import StudyError
from pleio.library.validation.rows import NotModelled
from pleio.library.validation.validation import read_all, validate
from written_rows import READOUTS, ROW, planned, row


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("severe aplastic anaemia", "marrow"),
        ("craniospinal irradiation", "the row says nothing"),
        ("healthy volunteers", "the row says nothing"),
        ("lymphoma, after autologous transplantation", "a graft"),
        ("leukaemia after chemotherapy and allogeneic PBSCT", "a graft"),
    ],
)
def test_who_was_not_on_chemotherapy_is_not_forecast_after_a_cycle(tmp_path: Path, condition: str, why: str) -> None:
    values = {"module": "platelets", "readout": "days to platelets 20", "unit": "d", "value": 30, "regimen": "none"}
    with pytest.raises(NotModelled, match=why):
        planned(tmp_path, population={"species": "human", "condition": condition}, **values)
    with pytest.raises(NotModelled, match="of rat"):
        planned(tmp_path, population={"species": "rat"}, **values)


@pytest.mark.parametrize(
    "condition",
    [
        "lung cancer",
        "irradiated, then chemotherapy",
        "hepatitis B, on cisplatin",
        "transplant-eligible lymphoma, ICE",
        "chemotherapy-naive ovarian cancer, carboplatin",
    ],
)
def test_who_was_on_chemotherapy_is(tmp_path: Path, condition: str) -> None:
    people = {"species": "human", "condition": condition}
    values = {"module": "platelets", "readout": "nadir platelet count", "unit": "10^9/L", "regimen": "none"}
    found = planned(tmp_path, population=people, value=40, **values)
    assert [dosing.agent for dosing in found.side.arms[0]] == ["chemotherapy"]


def test_events_of_people_are_not_those_of_animals_and_constants_do_not_change(tmp_path: Path) -> None:
    with pytest.raises(NotModelled, match="do not describe rat"):
        planned(tmp_path, module="adverse_events", readout="atrial fibrillation", unit="%", value=4, population="rats")
    values = {"module": "volume_and_acute_phase", "unit": "%", "value": 9}
    with pytest.raises(NotModelled, match="constant"):
        planned(tmp_path, readout="weight gain", **values)


def test_own_il11_of_the_ill_is_not_that_of_the_healthy(tmp_path: Path) -> None:
    values = {"module": "il11_plasma", "readout": "plasma IL-11", "unit": "pg/mL", "value": 3, "regimen": "none"}
    ill = planned(tmp_path, population={"species": "human", "condition": "pancreatic cancer"}, **values)
    well = planned(tmp_path, population={"species": "human", "condition": "healthy donors"}, **values)
    assert "il11_plasma_ill" in dict(ill.side.conditions)
    assert "il11_plasma_ill" not in dict(well.side.conditions)
    other = {"condition": "controls without heart disease"}
    direction = {"spread": {"kind": "direction"}, "direction": "increases", "comparator": other}
    beside = planned(tmp_path, population={"species": "human", "condition": "heart failure"}, **values, **direction)
    assert beside.against is not None and "il11_plasma_ill" not in dict(beside.against.conditions)
    direction["comparator"] = {"condition": "rheumatoid arthritis"}
    with pytest.raises(NotModelled, match="do not differ"):
        planned(tmp_path, population={"species": "human", "condition": "heart failure"}, **values, **direction)


def test_own_il11_and_a_knock_out_need_no_time_whatever_module_they_are_said_to_be_of(tmp_path: Path) -> None:
    values = {"readout": "plasma IL-11", "unit": "pg/mL", "value": 3, "regimen": "none", "time": None}
    for module in ("il11_plasma", "il11_source"):
        found = planned(tmp_path, module=module, population={"species": "human", "condition": "neonates"}, **values)
        assert found.at == 24
    lost = {"species": "mouse", "condition": "Il11ra1 knock-out"}
    said = {"module": "volume_and_acute_phase", "readout": "haematocrit_ratio", "regimen": "none", "time": None}
    found = planned(tmp_path, population=lost, comparator="wild type", unit="1", value=1, **said)
    assert found.at == 14 * 24


def test_no_fewer_than_none_are_transfused(tmp_path: Path) -> None:
    people = {"species": "human", "condition": "carboplatin and paclitaxel"}
    values = {"readout": "platelet transfusions per patient", "unit": "1", "value": 0.3, "regimen": "none", "n": 20}
    (found,) = validate(READOUTS.library, [row(tmp_path, population=people, **values)], worlds=32, subjects=4).rows
    assert found.own.low == 0 < found.own.high
    said = {"readout": "platelet transfusions ratio", "unit": "1", "value": 0.8, "comparator": "placebo"}
    ratio = planned(tmp_path, population=people, **said)
    assert ratio.against is not None and ratio.of == "platelet_transfusions"


def test_what_kits_print_is_as_wide_as_kits_differ_and_one_kit_finds_more_in_patients(tmp_path: Path) -> None:
    rows = {row.id: row for row in read_all(READOUTS.library)}
    names = ("itp", "pancreas", "haemorrhage", "lung-cancer", "volunteers", "donors")
    patients = {"species": "human", "condition": "pancreatic cancer"}
    beside = row(
        tmp_path, module="il11_plasma", readout="plasma IL-11", population=patients, direction="increases",
        value=None, unit=None, spread={"kind": "direction"}, comparator="healthy donors", regimen="none",
    )  # fmt: skip
    chosen = [rows[f"plasma-il11-{name}"] for name in names]
    *ill, well, donors, more = validate(READOUTS.library, [*chosen, beside], worlds=256).rows
    assert all(one.inside for one in (*ill, well, donors))
    for one in (*ill, well):  # kits were fitted together, and print tens of pg/mL: narrower than before that
        assert one.own.high / one.own.low < 0.2 * one.prior.high / one.prior.low
    assert 1 < well.own.low < 28 < well.own.high < 200
    assert all(1.5 * well.own.median < one.own.median < 10 * well.own.median for one in ill)
    assert more.inside and more.own.chance is not None and 0.9 < more.own.chance <= 1


def test_free_il11_is_not_what_a_kit_prints_and_a_control_beside_tells_the_kit(tmp_path: Path) -> None:
    values = {"module": "il11_plasma", "unit": "pg/mL", "value": 3, "regimen": "none"}
    patients = {"species": "human", "condition": "pancreatic cancer"}
    rows = [
        row(tmp_path, id="total", population=patients, readout="plasma IL-11", **values),
        row(tmp_path, id="free", population=patients, readout="free IL-11", **values),
        row(tmp_path, id="beside", population=patients, readout="plasma IL-11", **values,
            comparator={"condition": "healthy donors", "value": 50, "n": 30}),
    ]  # fmt: skip
    total, free, beside = validate(READOUTS.library, rows, worlds=256).rows
    assert free.own.high < total.own.median
    assert beside.own.low > 3 * total.own.low, "this kit prints much of the healthy"
    assert beside.own.high / beside.own.low < total.own.high / total.own.low


def test_a_direction_is_beside_the_other_group_whatever_the_unit(tmp_path: Path) -> None:
    said = {"spread": "direction", "direction": "up", "value": None, "comparator": "conventional therapy"}
    found = planned(tmp_path, readout="increase in platelet count", unit="%", **said)
    assert found.against is not None and found.against.arms == ((),) and found.nothing == 1
    events = planned(tmp_path, module="adverse_events", readout="oedema", unit="%", **said)
    assert events.against is not None and not events.against.agents
    people = {"species": "human", "condition": "lung cancer after chemotherapy"}
    values = {"module": "chemotherapy", "readout": "days with platelets < 50", "unit": "d", "population": people}
    days = planned(tmp_path, **{**said, "comparator": "the cycle before, no rhIL-11"}, **values)
    assert days.readout.by_difference and days.nothing == 0  # neither may have had any
    assert days.against is not None and days.against.agents == ("chemotherapy",)
    (told,) = validate(READOUTS.library, [days.row.model_copy(update={"direction": "increases"})], worlds=16).rows
    assert told.own.chance is not None and told.own.chance < 0.5


def test_a_second_group_that_was_given_the_same_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotModelled, match="given the same"):
        planned(tmp_path, unit="fold", value=2, comparator={"condition": ROW["population"]["condition"]})
    found = planned(tmp_path, unit="fold", value=2, comparator={"agent": "placebo"})
    assert found.against is not None and not found.against.agents


def test_sources_and_trust_are_worded_freely(tmp_path: Path) -> None:
    def source(text: str) -> str:
        return row(tmp_path, source=text).source

    assert source("Wu et al. 2012, Support Care Cancer") == "pleio:wu-et-al.-2012-support-care-cancer"
    assert source("NCT05740475") == "clinicaltrials:NCT05740475"
    assert source("https://example.org/a") == "url:https://example.org/a"
    assert row(tmp_path, trust="memory").trust == "unv-L"
    with pytest.raises(StudyError, match="PubMed"):
        source("pubmed:abc")


@pytest.mark.parametrize(
    ("population", "species", "condition"),
    [
        ("healthy volunteers", "human", "healthy volunteers"),
        ({"species": "C57BL/6 mice", "condition": "aged"}, "mouse", "C57BL/6 mice; aged"),
        ({"species": "adult cynomolgus monkeys"}, "cynomolgus", "adult cynomolgus monkeys"),
        ("mouse, healthy", "mouse", "healthy"),
    ],
)
def test_a_species_is_found_in_its_phrase(tmp_path: Path, population: Any, species: str, condition: str) -> None:
    found = row(tmp_path, population=population).population
    assert (found.species, found.condition) == (species, condition)
    with pytest.raises(StudyError, match="'monkey'"):
        row(tmp_path, population={"species": "monkey"})  # of which kind is not said


@pytest.mark.parametrize(
    ("module", "name", "of", "take", "beyond"),
    [
        ("platelets", "duration of PLT<20×10^9/L", "platelets", "under", 20),
        ("platelets", "days for platelets to recover to 100", "platelets", "back_over", 100),
        ("platelets", "time to platelets ≥ 50,000/µL", "platelets", "back_over", 50),
        ("platelets", "time to platelet recovery to baseline", "platelets", "back_over", 0.9),
        ("platelets", "percentage of patients with platelets <25", "platelets", "ever_under", 25),
        ("chemotherapy", "incidence of platelet transfusion", "transfused_share", "value", 0),
        ("chemotherapy", "lowest value of platelet count", "platelets", "minimum", 0),
    ],
)
def test_counts_after_chemotherapy_by_other_names(module: str, name: str, of: str, take: str, beyond: float) -> None:
    found = READOUTS.named(name, module)
    assert found is not None and (found.of, found.take, found.beyond) == (of, take, beyond)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("duration of thrombocytopenia", "below which count"),
        ("days from platelets below 75 to 100", "runs from a count"),
        ("platelet increment of responders", "responders"),
    ],
)
def test_what_a_count_does_not_say_is_asked_for(name: str, why: str) -> None:
    found = READOUTS.named(name, "platelets")
    assert found is not None and why in found.not_modelled


def test_cells_that_were_given_nothing_are_not_compared_with_themselves(tmp_path: Path) -> None:
    values = {"module": "jak_stat", "readout": "SOCS3 mRNA fold induction", "unit": "fold", "value": 40, "time": "2 h"}
    people = {"species": "mouse", "condition": "liver after partial hepatectomy"}
    with pytest.raises(NotModelled, match="nothing was given"):
        planned(tmp_path, population=people, stimulus="none", regimen=None, **values)
    given = {"agent": "IL-6", "amount": "40 ng/mL"}
    assert planned(tmp_path, population="mouse hepatocytes", stimulus=given, regimen=None, **values)


@pytest.mark.parametrize(
    ("module", "readout", "why"),
    [
        ("inflammation", "IL-12 production", "il12_monocyte"),
        ("inflammation", "IFN-gamma production", "ifng_t_cell"),
        ("inflammation", "IL-11 in synovial fluid", "joint_inflammation"),
        ("platelets", "megakaryocyte colonies", "no colonies"),
    ],
)
def test_what_no_module_has_is_told_with_what_there_is(tmp_path: Path, module: str, readout: str, why: str) -> None:
    with pytest.raises(NotModelled, match=why):
        planned(tmp_path, module=module, readout=readout, unit="fold", value=2)


def test_controls_of_the_ill_are_healthy_and_a_scarred_lung_has_more_il11(tmp_path: Path) -> None:
    ill = {"species": "mouse", "condition": "bleomycin, lung"}
    said: dict[str, Any] = {
        "module": None,
        "unit": "fold",
        "value": 5,
        "regimen": "none",
        "time": "14 d",
        "spread": None,
    }
    found = planned(tmp_path, readout="lung IL-11 ratio", population=ill, comparator="saline", **said)
    assert found.against is not None and dict(found.against.conditions) == {"TGFB": "1"} != dict(found.side.conditions)
    (scarred,) = validate(READOUTS.library, [found.row], worlds=32, subjects=2).rows
    assert scarred.own.low > 1.5
    # an organ that counts from its untreated state has nothing to say of ill and well
    said |= {"value": None, "unit": None, "direction": "increases", "spread": {"kind": "direction"}}
    kidney = planned(
        tmp_path, readout="kidney collagen", population={"species": "mouse", "condition": "ureteral obstruction"},
        comparator="sham", **said,
    )  # fmt: skip
    refused = validate(READOUTS.library, [kidney.row], worlds=32, subjects=2)
    assert not refused.rows and "counts from the untreated" in refused.not_modelled[0][2]


@pytest.mark.parametrize(
    "condition", ["neonatal rats with sepsis", "mice with graft-versus-host disease", "irradiated"]
)
def test_what_the_ill_die_of_is_not_ageing(tmp_path: Path, condition: str) -> None:
    values = {"module": "ageing", "readout": "survival", "unit": "%", "value": 40, "time": "50 d"}
    with pytest.raises(NotModelled, match="what these die of"):
        planned(tmp_path, population={"species": "mouse", "condition": condition}, **values)


def test_a_knock_out_that_is_given_is_beside_the_intact(tmp_path: Path) -> None:
    said = {"direction": "decreases", "value": None, "unit": None, "spread": {"kind": "direction"}}
    lost = {"module": "endometrium", "readout": "decidualisation", "regimen": {"agent": "Il11-deletion"}, "time": None}
    for words in ("wild-type females", "Il11ra1+/+", "littermates"):
        found = planned(tmp_path, population="mouse", comparator=words, **lost, **said)
        assert found.against is not None and found.side != found.against and not found.against.lost


def test_a_first_dose_that_waits_for_low_counts_is_of_the_day_on_which_they_are_low(tmp_path: Path) -> None:
    regimen = {**ROW["regimen"], "start": "when platelets were below 50"}
    people = {"species": "human", "condition": "lymphoma after chemotherapy"}
    values = {"readout": "days_platelets_under_50", "unit": "d", "value": 5}
    found = planned(tmp_path, regimen=regimen, population=people, **values)
    (_, drug) = found.side.arms[0]
    assert drug.start.to("d") == 10
    ill = planned(tmp_path, readout="platelets_ratio", unit="1", value=2, regimen=regimen, population="human")
    assert ill.side.arms[0][0].start.to("d") == 0
    with pytest.raises(StudyError, match="is no time"):
        row(tmp_path, regimen={**ROW["regimen"], "start": "at relapse"}, population=people, **values)


def test_il11_mrna_of_cells_is_their_synthesis_and_of_the_womb_its_own(tmp_path: Path) -> None:
    said = {"module": None, "readout": "IL-11 mRNA", "stimulus": {"agent": "TGFb1"}, "regimen": None, "time": None}
    said |= {"direction": "increases", "value": None, "unit": None, "spread": {"kind": "direction"}}
    gut = planned(
        tmp_path, population="human intestinal subepithelial myofibroblasts", comparator="unstimulated", **said
    )
    womb = planned(tmp_path, population="human endometrial stromal cells", comparator="unstimulated", **said)
    assert (gut.row.module, gut.of) == ("il11_secretion", "il11_stimulated_fibroblast")
    assert (womb.row.module, womb.of) == ("endometrium", "il11_mrna_ratio")
