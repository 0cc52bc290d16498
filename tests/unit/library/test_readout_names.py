"""Readouts by rule: everyday names, endings, the modules and the cell that they are read off."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleio.inference.observations import Observation
from pleio.library import open as open_library
from pleio.library.readouts.names import ENDINGS, part
from pleio.library.readouts.readouts import LibraryReadouts
from pleio.library.validation.numbers import _factor
from pleio.library.validation.rows import NotModelled, plan

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
ORDINARY = [
    ("platelets", "platelet_count_change", "platelets", "%"),
    ("platelets", "platelets_day_of_peak", "platelets", "d"),
    ("volume_and_acute_phase", "hematocrit_change", "haematocrit", "%"),
    ("volume_and_acute_phase", "Hb_change", "haemoglobin", "%"),
    ("volume_and_acute_phase", "crp_ratio", "crp", "1"),
    ("volume_and_acute_phase", "fibrinogen_fold", "fibrinogen", "1"),
    ("volume_and_acute_phase", "vwf_antigen_ratio", "vwf", "1"),
    ("oprelvekin_pk", "oprelvekin_cmax", "oprelvekin_plasma", "ng/mL"),
    ("oprelvekin_pk", "oprelvekin_tmax", "oprelvekin_plasma", "h"),
    ("oprelvekin_pk", "oprelvekin_clearance", "oprelvekin_clearance", "L/h/kg"),
    ("antibody_pk", "antibody_half_life", "antibody", "h"),
    ("il11_plasma", "total_il11_ratio", "il11_plasma_total", "1"),
    ("jak_stat", "pstat3_over_peak", "pSTAT3_fraction", "1"),
    ("mapk_erk", "perk_time_of_peak", "pERK", "h"),
    ("fibrosis", "collagen_ratio", "collagen", "1"),
    ("fibrosis", "alpha_sma", "myofibroblasts", "1"),
    ("organs", "lung_hydroxyproline_ratio", "lung_collagen_mouse", "1"),
    ("organs", "fvc_loss", "fvc_loss", "mL"),
    ("ageing", "survival", "survivors_{sex}", "1"),
    ("bone", "bone_resorption_ratio", "osteoclasts", "1"),
    ("adipose", "adipocyte_number_ratio", "fat_cells", "1"),
    ("cancer", "tumour_burden_ratio", "gastric_tumour", "1"),
    ("endometrium", "decidualization_fold", "decidualisation", "1"),
    ("endometrium", "activin_a_secretion_ratio", "activin_secretion", "1"),
]


def row(**changes: object) -> Observation:
    """Make an observation from outside the library."""
    stated = {
        "id": "one",
        "module": "platelets",
        "readout": "platelet_count_change",
        "population": {"species": "human", "condition": "healthy volunteers"},
        "regimen": {"agent": "rhIL-11", "amount": "25 µg/kg", "route": "subcutaneous", "every": "1 d", "times": 7},
        "time": "10 d",
        "value": 30,
        "unit": "%",
        "spread": {"kind": "SD", "value": 20},
        "n": 10,
        "question": "sufficiency",
        "source": "pleio:mine",
        "trust": "abstract",
    }
    return Observation.model_validate({**stated, **changes})


@pytest.mark.parametrize(("module", "name", "quantity", "unit"), ORDINARY)
def test_ordinary_names_are_understood(module: str, name: str, quantity: str, unit: str) -> None:
    found = READOUTS.named(name, module)
    assert found is not None and found.by_rule
    assert (found.of, found.unit) == (quantity, unit)


@given(st.sampled_from(["platelets", "tpo", "crp"]), st.sampled_from(["", *ENDINGS]))
def test_taking_a_name_apart_undoes_putting_it_together(quantity: str, ending: str) -> None:
    parted = part(quantity + ending, ["platelets", "tpo", "crp"], {})
    assert parted is not None
    assert (parted.quantity, ENDINGS.get(parted.ending)) == (quantity, ENDINGS.get(ending))


def test_longer_endings_come_before_those_that_they_end_in() -> None:
    names = list(ENDINGS)
    for k, long in enumerate(names):
        assert not any(long.endswith(short) for short in names[:k])


def test_what_brings_the_agent_and_the_cell_type_join() -> None:
    given = {"agent": "IL-6", "amount": "40 ng/mL"}
    seen = row(
        module="jak_stat", readout="pstat3", population={"species": "mouse", "condition": "primary hepatocytes"},
        regimen=None, stimulus=given, time="18 min",
    )  # fmt: skip
    side = plan(seen, READOUTS).side
    assert side.mechanism == ("culture", "receptor", "il6_family", "jak_stat", "hepatocyte")
    assert side.agents == ("IL6-in-medium",)


def test_an_age_is_counted_from_the_first_dose() -> None:
    seen = row(
        module="ageing", readout="survival", population={"species": "mouse", "sex": "female"}, time="100 weeks",
        regimen={"agent": "X203", "amount": "40 mg/kg", "route": "intraperitoneal", "start": "75 weeks"},
        unit="%", value=80, spread={"kind": "binomial", "of": 40},
    )  # fmt: skip
    planned = plan(seen, READOUTS)
    assert planned.of == "survivors_female" and planned.readout.scale == "log odds"
    assert planned.at == pytest.approx(25 * 7 * 24)


def test_a_ratio_to_another_regimen_divides_two_groups() -> None:
    lower = row(module="volume_and_acute_phase", readout="crp_ratio", unit="1", comparator={"amount": "10 µg/kg"})
    assert plan(lower, READOUTS).against is not None
    assert plan(lower.model_copy(update={"comparator": None}), READOUTS).against is None


def test_events_over_more_than_a_cycle_are_not_what_the_module_describes() -> None:
    weeks = row(module="adverse_events", readout="oedema_frequency", time="12 weeks")
    with pytest.raises(NotModelled, match="within 42"):
        plan(weeks, READOUTS)


def test_an_agent_that_is_not_known_is_named_with_the_nearest() -> None:
    with pytest.raises(NotModelled, match="no agent 'oprelvekine'; did you mean 'oprelvekin'"):
        plan(row(regimen={"agent": "oprelvekine", "amount": "25 µg/kg", "route": "subcutaneous"}), READOUTS)


PK = {"species": "human", "condition": "healthy men"}
IGG = {"agent": "LASN01", "amount": "600 mg", "route": "iv"}


@pytest.mark.parametrize(
    ("module", "name", "unit", "of", "factor"),
    [
        ("antibody_pk", "cmax", "ug/mL", "antibody", 0.15),
        ("antibody_pk", "antibody_auc", "ug*d/mL", "antibody", 0.15 / 24),
        ("antibody_pk", "clearance", "mL/d/kg", "antibody_clearance_by_weight", 24_000),
        ("antibody_pk", "volume_of_distribution", "L", "antibody_volume", 1),
    ],
)
def test_a_quantity_is_had_in_the_unit_of_the_row(module: str, name: str, unit: str, of: str, factor: float) -> None:
    seen = row(module=module, readout=name, unit=unit, population=PK, regimen=IGG, time="28 d", value=1)
    planned = plan(seen, READOUTS)
    assert planned.of == of
    assert _factor(planned, SimpleNamespace(library=IL11)) == pytest.approx(factor)  # type: ignore[arg-type]


def test_what_the_modules_have_as_a_fold_needs_the_level_that_it_is_of() -> None:
    crp = row(module="volume_and_acute_phase", readout="crp", unit="mg/L", value=40)
    with pytest.raises(NotModelled, match="that level is not stated"):
        plan(crp, READOUTS)
    told = plan(row(module="volume_and_acute_phase", readout="crp", unit="mg/L", comparator={"value": 4}), READOUTS)
    assert told.readout.of_comparator and told.readout.relative == "fold"
    with pytest.raises(NotModelled, match="per cent"):
        plan(row(module="volume_and_acute_phase", readout="fibrinogen_change", unit="g/L", value=1), READOUTS)


def test_where_own_il11_acts_a_ratio_is_over_the_untreated_at_the_same_time() -> None:
    seen = row(
        module="organs", readout="lung_hydroxyproline_change",
        population={"species": "mouse", "condition": "bleomycin"},
        regimen={"agent": "X203", "amount": "20 mg/kg", "route": "i.p.", "every": "3 d", "times": 7}, value=-40,
    )  # fmt: skip
    planned = plan(seen, READOUTS)
    assert planned.against is not None and planned.against.arms == ((),)
    assert planned.nothing == 0 and planned.readout.less_one and planned.readout.relative is None
    with pytest.raises(NotModelled, match="do not differ"):
        plan(seen.model_copy(update={"regimen": None}), READOUTS)


def test_a_knock_out_has_no_own_il11_and_its_controls_have() -> None:
    seen = row(
        module="organs", readout="lung_collagen_ratio", unit="1", value=0.5, regimen=None,
        population={"species": "mouse", "condition": "Il11-/-, bleomycin"},
        comparator={"condition": "bleomycin, wild type"},
    )  # fmt: skip
    planned = plan(seen, READOUTS)
    assert planned.against is not None
    assert "il11_resting_fibroblast" in planned.side.lost
    assert planned.against.lost == ()


def test_a_stimulus_sets_what_cells_are_under_and_control_cells_are_under_none() -> None:
    seen = row(
        module="fibrosis", readout="asma_ratio", unit="1", value=2, time="24 h", regimen=None,
        stimulus={"agent": "TGFb1", "amount": "5 ng/mL"},
        population={"species": "human", "condition": "lung fibroblasts"},
    )  # fmt: skip
    planned = plan(seen, READOUTS)
    assert planned.against is not None
    assert dict(planned.side.conditions)["TGFB"] != dict(planned.against.conditions)["TGFB"] == "1"
    with pytest.raises(NotModelled, match="acts on nothing"):
        plan(seen.model_copy(update={"readout": "decidualisation_ratio"}), READOUTS)  # of endometrium, without TGFb


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("time_to_platelets_50", "days_to_platelets_50"),
        ("platelet_transfusion_fraction", "transfused_fraction"),
        ("transfusion_avoided", "transfusion_free_fraction"),
        ("days_below_20", "days_platelets_under_20"),
        ("grade_4_thrombocytopenia", "platelets_under_25_fraction"),
    ],
)
def test_after_chemotherapy_every_group_has_the_cycle(name: str, entry: str) -> None:
    unit = READOUTS.unit_of(entry, "platelets")
    who = {"species": "human", "condition": "lung cancer, a cycle of carboplatin"}
    seen = row(readout=name, unit=unit, value=0.5, population=who)
    planned = plan(seen, READOUTS)
    assert planned.readout == READOUTS.named(entry, "platelets")
    cycle, drug = planned.side.arms[0]
    assert (cycle.agent, drug.agent) == ("chemotherapy", "oprelvekin")
    assert drug.start.to("d") == 1
    placebo = plan(seen.model_copy(update={"regimen": None}), READOUTS)
    assert [one.agent for one in placebo.side.arms[0]] == ["chemotherapy"]


def test_how_hard_a_regimen_is_depends_on_who_was_transfused_before() -> None:
    seen = row(
        readout="platelets_nadir",
        unit="1e9/L",
        value=30,
        population={"species": "human", "condition": "transfused before"},
    )
    assert dict(plan(seen, READOUTS).side.conditions)["chemotherapy_share"] == "1"
    usual = {"species": "human", "condition": "lung cancer"}
    other = row(readout="platelets_nadir", unit="1e9/L", value=30, population=usual)
    assert dict(plan(other, READOUTS).side.conditions)["chemotherapy_share"].startswith("truncated(lognormal")


@pytest.mark.parametrize("name", ["ferritin_ratio", "pstat3_ec50", "ashcroft_score", "injection_site_frequency"])
def test_what_is_understood_and_in_no_module_is_refused_with_the_reason(name: str) -> None:
    found = READOUTS.named(name, "organs")
    assert found is not None and found.not_modelled
    with pytest.raises(NotModelled, match=found.not_modelled.split(";")[0][:20]):
        plan(row(module="organs", readout=name, unit="1"), READOUTS)


def test_a_quantity_of_another_module_is_found() -> None:
    found = READOUTS.named("bnp_ratio", "volume_and_acute_phase")
    assert found is not None and found.of == "bnp"


def test_a_silent_time_is_the_usual_one_for_what_needs_none() -> None:
    seen = row(module="antibody_pk", readout="half_life", unit="d", population=PK, regimen=IGG, time=None)
    assert plan(seen, READOUTS).at == 120 * 24
