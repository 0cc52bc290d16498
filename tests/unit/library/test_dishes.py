"""What biologists add to a dish: two things in it, inhibitors, antibodies, wrong cells, units of activity; disease."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from pleio.inference.observations import Observation
from pleio.library import open as open_library
from pleio.library.readouts.listed import listed
from pleio.library.readouts.readouts import LibraryReadouts, sift
from pleio.library.validation.forecasts import Forecaster
from pleio.library.validation.numbers import numbers
from pleio.library.validation.rows import NotModelled, Plan, plan

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
SECRETED = {"module": "il11_secretion", "readout": "IL-11 secretion"}


def rows(folder: Path, **parts: Any) -> tuple[Observation, ...]:
    entry = {
        "id": "one",
        "population": {"species": "human", "condition": "lung fibroblasts"},
        "direction": "decreases",
        "source": "pubmed:1",
        "trust": "abstract",
        **SECRETED,
        **parts,
    }
    (folder / "rows.yaml").write_text(yaml.safe_dump([entry], allow_unicode=True), encoding="utf-8")
    found = sift(IL11, folder / "rows.yaml")
    assert not found.problems, [str(one) for one in found.problems]
    return found.rows


def planned(folder: Path, **parts: Any) -> Plan:
    return plan(rows(folder, **parts)[0], READOUTS)


def given(one: Plan) -> tuple[list[str], list[str]]:
    """Name what the row's dish and the comparator's hold."""
    assert one.against is not None
    mine, other = ([dosing.agent for dosing in side.arms[0]] for side in (one.side, one.against))
    return mine, other


def ratios(one: Plan) -> np.ndarray:
    """Give what is read off over that of the comparator's dish, in each world as believed.  Shape (worlds,)."""
    assert one.against is not None
    forecaster = Forecaster(IL11, READOUTS, worlds=48, subjects=2, seed=3)
    wanted = {side: {one.of} for side in one.sides}
    mine, other = (numbers(one, side, forecaster, "own", "", wanted)[0] for side in (one.side, one.against))
    return np.asarray(mine / other)


def test_what_was_in_both_dishes_is_given_to_both(tmp_path: Path) -> None:
    one = planned(tmp_path, stimulus=["IL-1α", "dexamethasone"], comparator="IL-1α alone")
    assert given(one) == (["IL1-in-medium", "dexamethasone-in-medium"], ["IL1-in-medium"])


def test_an_untreated_dish_held_neither(tmp_path: Path) -> None:
    one = planned(tmp_path, stimulus=["IL-1α", "TGFβ1"], comparator="unstimulated", direction="increases")
    assert given(one) == (["TGFb1-in-medium", "IL1-in-medium"], [])


@pytest.mark.parametrize(
    "condition",
    ["A549 cells stimulated with TGF-β1", "TGF-β1-stimulated A549 cells", "A549 cells under TGF-β1 (10 ng/mL)"],
)
def test_a_condition_says_what_cells_were_under(tmp_path: Path, condition: str) -> None:
    population = {"species": "human", "condition": condition}
    one = planned(tmp_path, population=population, stimulus="dexamethasone", comparator="TGF-β1 without dexamethasone")
    assert given(one) == (["TGFb1-in-medium", "dexamethasone-in-medium"], ["TGFb1-in-medium"])


def test_what_moves_nothing_that_is_read_off_makes_no_difference_in_both(tmp_path: Path) -> None:
    population = {"species": "mouse", "condition": "peritoneal macrophages stimulated with LPS"}
    one = planned(
        tmp_path, module="inflammation", readout="tnf_in_medium", population=population, stimulus="IL-11",
        comparator="LPS alone",
    )  # fmt: skip
    assert given(one) == (["IL11-in-medium"], [])


def test_tgfb_in_both_dishes_is_what_fibroblasts_are_under(tmp_path: Path) -> None:
    one = planned(
        tmp_path, module="fibrosis", readout="ACTA2", stimulus=["TGFβ1", "SB431542"], comparator="TGFβ1 and DMSO",
    )  # fmt: skip
    assert given(one) == (["TGFbR-inhibitor-in-medium"], [])
    assert one.against is not None and dict(one.side.conditions)["TGFB"] == dict(one.against.conditions)["TGFB"] != "1"
    assert np.median(ratios(one)) < 0.99


@pytest.mark.parametrize(
    ("module", "readout", "inhibitor"),
    [
        ("mapk_erk", "pERK", "trametinib"),
        ("jak_stat", "pSTAT3", "ruxolitinib"),
        ("jak_stat", "pSTAT3", "tofacitinib"),
        ("jak_stat", "pSTAT3", "Stattic"),
        ("jak_stat", "pSTAT3", "anti-gp130 antibody"),
        ("jak_stat", "pSTAT3", "anti-IL-11 antibody"),
        ("jak_stat", "pSTAT3", "anti-IL-11Rα antibody"),
        ("jak_stat", "pSTAT3", "X209"),
    ],
)
def test_inhibitors_and_antibodies_lower_what_given_il11_does(
    tmp_path: Path, module: str, readout: str, inhibitor: str
) -> None:
    one = planned(tmp_path, module=module, readout=readout, stimulus=["IL-11", inhibitor], comparator="IL-11 alone")
    assert given(one)[1] == ["IL11-in-medium"]
    assert np.median(ratios(one)) < 0.95


def test_soluble_gp130_undoes_what_the_soluble_receptor_does(tmp_path: Path) -> None:
    one = planned(
        tmp_path, module="jak_stat", readout="pSTAT3", population={"species": "human", "condition": "hepatocytes"},
        stimulus=["IL-11 10 ng/mL", "soluble IL-11Rα 1 µg/mL", "sgp130Fc 10 µg/mL"],
        comparator="IL-11 and soluble IL-11Rα",
    )  # fmt: skip
    assert np.median(ratios(one)) < 0.9


@pytest.mark.parametrize(
    ("agent", "side"),
    [
        ("LPS", 1), ("histamine", 1), ("1,25(OH)2D3", 1), ("indomethacin", -1), ("dexamethasone", -1),
        ("IFN-γ", -1), ("interferon-alpha", -1), ("PD98059", -1),
    ],
)  # fmt: skip
def test_each_has_a_contest_that_leans_to_its_evidence(tmp_path: Path, agent: str, side: int) -> None:
    one = planned(
        tmp_path, population={"species": "human", "condition": "bone marrow stromal cells with TGFβ1"}, stimulus=agent,
        direction="increases" if side > 0 else "decreases", comparator="TGFβ1 alone",
    )  # fmt: skip
    way = np.log(ratios(one)) * side
    assert np.mean(way > 0.01) > np.mean(way < -0.01)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"module": "endometrium", "readout": "IGFBP-1", "stimulus": "IL-11",
          "population": "human, endometrial epithelial cells"}, "womb's stroma"),
        ({"stimulus": "PTH", "population": "human, gingival fibroblasts"}, "bone's cells alone"),
        ({"stimulus": {"agent": "IL-1", "amount": "10 U/mL"}, "value": 3, "unit": "1", "time": "24 h",
          "direction": None, "spread": "unstated"}, "units of activity"),
        ({"stimulus": "bradykinin"}, "no agent 'bradykinin'"),
    ],
)  # fmt: skip
def test_what_nothing_is_known_of_is_not_modelled(tmp_path: Path, parts: dict[str, Any], why: str) -> None:
    parts = {key: part for key, part in parts.items() if part is not None}
    (row,) = rows(tmp_path, comparator="untreated", **parts)
    if "value" in parts:
        row = row.model_copy(update={"direction": None})
    with pytest.raises(NotModelled, match=why):
        plan(row, READOUTS)


@pytest.mark.parametrize(
    "cells", ["endometrial stromal cells", "stromal and epithelial cells of endometrium", "decidua"]
)
def test_stroma_of_the_womb_is_taken(tmp_path: Path, cells: str) -> None:
    one = planned(tmp_path, module="endometrium", readout="IGFBP-1", stimulus="W147A", population=f"human, {cells}")
    assert one.side.agents == ("W147A-in-medium",)


def test_a_direction_is_forecast_whatever_units_of_activity_were_added(tmp_path: Path) -> None:
    one = planned(tmp_path, stimulus={"agent": "IFN-α", "amount": "10 U/mL"}, comparator="untreated")
    assert one.side.agents == ("IFNa-in-medium",)


def test_a_disease_is_beside_health_and_no_other_disease(tmp_path: Path) -> None:
    parts: dict[str, Any] = {
        "module": "il11_plasma",
        "readout": "serum IL-11",
        "regimen": "none",
        "direction": "increases",
    }
    one = planned(
        tmp_path, population="human, chronic heart failure", comparator="controls without heart disease", **parts
    )
    assert one.against is not None and "il11_plasma_ill" in dict(one.side.conditions)
    assert "il11_plasma_ill" not in dict(one.against.conditions)
    with pytest.raises(NotModelled, match="do not differ"):
        planned(tmp_path, population="human, NYHA class IV", comparator="NYHA class II", **parts)


def test_a_vector_in_the_brain_is_given_there(tmp_path: Path) -> None:
    one = planned(
        tmp_path, module="neuro", readout="microglia", population="mouse, cuprizone", time="35 d",
        regimen={"agent": "lentiviral IL-11", "route": "injected into the brain"}, comparator="eGFP vector",
    )  # fmt: skip
    assert given(one) == (["IL11-vector"], [])


def test_the_list_of_readouts_says_what_may_be_added() -> None:
    agents = {one["agent"]: one for one in listed(READOUTS)["agents"]}
    assert "PD98059" in agents["MEK-inhibitor-in-medium"]["names"]
    assert agents["anti-gp130-in-medium"]["routes"] == ["medium"]
    assert all(one["usual"] for one in agents.values() if one["routes"] == ["medium"])
