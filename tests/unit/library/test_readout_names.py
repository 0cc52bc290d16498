"""Readouts by rule: everyday names, endings, the modules and the cell that they are read off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleio.inference.observations import Observation
from pleio.library import open as open_library
from pleio.library.readout_names import ENDINGS, part
from pleio.library.readouts import LibraryReadouts
from pleio.library.rows import NotModelled, plan

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
ORDINARY = [
    ("platelets", "platelet_count_change", "platelets", "%"),
    ("platelets", "platelets_day_of_peak", "platelets", "d"),
    ("volume_and_acute_phase", "hematocrit_change", "haematocrit", "%"),
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
