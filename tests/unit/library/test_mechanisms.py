"""The IL-11 mechanisms as they run: alone and together, units, the untreated state, and what experiments found."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.assembly import Mechanism
from pleio.library import open as open_library
from pleio.library.modules.members import draw_members
from pleio.mechanisms.check import check
from pleio.simulation import Baseline, Dose, Run, integrate

IL11 = open_library("il11")
BLOOD = "oprelvekin_pk+receptor+jak_stat+platelets+erythroid+volume_and_acute_phase"
PERSON = f"{BLOOD}+antibody_pk+il11_source+mapk_erk+pi3k_akt+pkc+fibrosis+bone+adverse_events+cns_exposure"
TISSUE = "antibody_pk+il11_source+receptor+jak_stat+mapk_erk+fibrosis+platelets"
WORLDS = 200
DAY = 24.0


def run(mechanism: Mechanism, times, save, doses=(), count=WORLDS, hold=None, draw=True, **fixed: float) -> Run:
    values = draw_members(mechanism, count, 3) if draw else {}
    values |= {name: np.full(count, value) for name, value in fixed.items()}
    start = Baseline(hold=hold or {})
    return integrate(
        mechanism.network, times, members=count, parameters=values, doses=doses, baseline=start, save=save, rtol=1e-6
    )


@pytest.mark.parametrize("name", IL11.module_names)
def test_each_module_is_well_formed_and_runs_alone(name: str) -> None:
    mechanism = IL11.mechanism([name])
    check(mechanism.network)
    found = integrate(mechanism.network, [0.0, 24.0, 240.0], baseline=Baseline(duration=1000.0))
    assert found.status == ("",)
    assert np.all(np.isfinite(found.values))
    assert np.all(found.values >= -1e-9)


@pytest.mark.parametrize("names", [BLOOD, TISSUE, PERSON, "receptor+jak_stat+platelets"])
def test_modules_join_with_their_units(names: str) -> None:
    check(IL11.mechanism(names).network)


def test_a_unit_that_differs_by_a_factor_is_found_across_the_seam() -> None:
    from dataclasses import replace

    network = IL11.mechanism(BLOOD).network
    parameters = dict(network.parameters)
    parameters["il11_drug"] = replace(parameters["il11_drug"], unit="pM")  # given by one module, taken by another
    with pytest.raises(ValueError, match=r"drug_at_cell_megakaryocyte.*factor of 1000"):
        check(network.replace(parameters=parameters))


@pytest.mark.parametrize("names", [BLOOD, TISSUE])
@pytest.mark.parametrize("sign", [-1.0, 0.0, 1.0])
def test_without_treatment_nothing_moves_whatever_the_signs(names: str, sign: float) -> None:
    mechanism = IL11.mechanism(names)
    signs = {f"sign_{switch.id}": sign for switch in mechanism.switches}
    save = ["platelets", "collagen"] if names == TISSUE else ["platelets", "haematocrit", "vwf", "crp"]
    found = run(mechanism, [0.0, 10 * DAY, 50 * DAY], save, count=20, **signs)
    assert set(found.status) == {""}
    assert found.values == pytest.approx(np.repeat(found.values[:, :1], 3, axis=1), rel=1e-4)


def test_signs_do_not_change_the_untreated_state() -> None:
    mechanism = IL11.mechanism(TISSUE)
    ends = []
    for sign in (-1.0, 0.0, 1.0):
        signs = {f"sign_{switch.id}": sign for switch in mechanism.switches}
        ends.append(run(mechanism, [0.0], ["collagen", "platelets", "pERK_fibroblast"], count=10, **signs).values)
    assert ends[0] == pytest.approx(ends[1], rel=1e-6)
    assert ends[2] == pytest.approx(ends[1], rel=1e-6)


def stimulated() -> Run:
    """IL-11 at 10 ng/mL on a cell, in worlds that differ in every parameter."""
    mechanism = IL11.mechanism("receptor+jak_stat+mapk_erk")
    times = np.concatenate([[0.0], np.arange(0.05, 1.0, 0.05), [2.0, 4.0, 8.0, 24.0]])
    return run(mechanism, times, ["pSTAT3_fraction", "pERK"], hold={"il11": 0.0}, il11=10 / 19)


def test_nearly_all_worlds_conduct_from_the_receptor_to_stat3_and_erk() -> None:
    found = stimulated()
    assert set(found.status) == {""}
    rest, peak = found.values[:, 0], found.values.max(axis=1)
    assert np.mean(peak[:, 0] > 2 * rest[:, 0]) >= 0.95
    assert np.mean(peak[:, 1] > 2 * rest[:, 1]) >= 0.95


def test_stat3_is_transient_and_erk_is_sustained() -> None:
    found = stimulated()
    late = (found.values[:, -1] - found.values[:, 0]) / (found.values.max(axis=1) - found.values[:, 0])
    assert np.median(late[:, 0]) < 0.25  # the soft figure is 0.20
    assert np.mean(late[:, 1] > 0.5) >= 0.95
    peak = found.values[:, :, 0].argmax(axis=1)
    assert 0.15 <= np.median(peak) * 0.05 <= 0.5  # 10 to 30 min


def oprelvekin(dose: float, save: list[str], until: float = 42.0, names: str = BLOOD, **more: float) -> Run:
    doses = [Dose("oprelvekin_depot", dose * 70 / 19, every=DAY, times=14)]
    return run(IL11.mechanism(names), np.arange(0.0, until + 0.1, 0.5) * DAY, save, doses, **more)


def test_kinetics_of_a_typical_man() -> None:
    times = np.arange(0.0, 40.0, 0.1)
    doses = [Dose("oprelvekin_depot", 50 * 70 / 19)]
    found = run(IL11.mechanism("oprelvekin_pk"), times, ["oprelvekin_plasma"], doses, count=1, draw=False)
    plasma = found.values[0, :, 0]
    assert plasma.max() == pytest.approx(17.4, abs=5.4 / 18**0.5)
    assert times[plasma.argmax()] == pytest.approx(3.2, abs=2.4 / 18**0.5)
    assert np.log(2) * 10 / np.log(plasma[300] / plasma[399]) * 0.99 == pytest.approx(6.9, abs=1.7 / 18**0.5)


@pytest.mark.parametrize(("dose", "seen"), [(10, 0.76), (25, 0.93), (50, 1.08)])
def test_platelets_rise_as_far_as_in_patients_in_some_worlds(dose: float, seen: float) -> None:
    # these rises are kept for checking and set no number: docs/library/validation.md says how good the forecast is
    count = oprelvekin(dose, ["platelets"], 30.0).values[:, :, 0]
    low, high = np.quantile(count.max(axis=1) / count[:, 0] - 1, [0.05, 0.95])
    assert low < seen < high


def test_platelets_rise_further_on_a_higher_dose() -> None:
    rises = []
    for dose in (10, 25, 50):
        count = oprelvekin(dose, ["platelets"], 30.0).values[:, :, 0]
        rises.append((count.max(axis=1) / count[:, 0] - 1).mean())
    assert 0.1 < rises[0] < rises[1] < rises[2]


def test_platelets_rise_between_day_five_and_nine_and_return() -> None:
    count = oprelvekin(50, ["platelets"]).values[:, :, 0].mean(axis=0)
    rise = count / count[0] - 1
    days = np.arange(len(rise)) * 0.5
    assert 5 <= days[np.argmax(rise > 0.1)] <= 9
    assert 14 <= days[rise.argmax()] <= 21
    assert rise[days == 42] < 0.05


def test_haematocrit_falls_by_dilution_and_red_cells_stay() -> None:
    save = ["haematocrit", "red_cell_volume", "plasma_volume"]
    names = "oprelvekin_pk+volume_and_acute_phase"  # `erythroid` lets the mass move: test_blood.py
    found = oprelvekin(50, save, 14.0, names=names, cancer_patient=0.0)
    share, cells, plasma = np.moveaxis(found.values, 2, 0)
    assert cells == pytest.approx(np.repeat(cells[:, :1], cells.shape[1], axis=1), rel=1e-6)
    assert share == pytest.approx(cells / (cells + plasma), rel=1e-6)
    week = plasma[:, :15]  # volunteers had a week of doses
    assert (week.max(axis=1) / plasma[:, 0] - 1).mean() == pytest.approx(0.20, abs=0.05)


def test_an_antagonist_blocks_and_does_not_act() -> None:
    mutein = IL11.agents["IL11-mutein"].given_in(IL11.mechanism(BLOOD).network).parameters
    assert mutein["il11_drug_efficacy"] == 0
    found = oprelvekin(50, ["platelets", "haematocrit", "trimers_megakaryocyte"], 30.0, count=20, **mutein)
    assert found.values[:, :, :2] == pytest.approx(np.repeat(found.values[:, :1, :2], 61, axis=1), rel=1e-5)
    assert np.abs(found.values[:, :, 2]).max() < 1e-9


def test_little_of_a_drug_reaches_the_brain() -> None:
    names = "oprelvekin_pk+antibody_pk+cns_exposure"
    mean = oprelvekin(50, ["[brain_drug]", "il11_drug"], 14.0, names=names).values.mean(axis=1)
    assert np.median(mean[:, 0] / mean[:, 1]) == pytest.approx(0.001, abs=0.002)


def test_bone_stays_as_it_is_without_il11_acting_on_it() -> None:
    mechanism = IL11.mechanism("oprelvekin_pk+receptor+bone")
    found = run(mechanism, [0.0, 365 * DAY], ["bone_mass", "osteoclasts"], count=20)
    assert found.values == pytest.approx(1.0, rel=1e-6)


def antibody(kind: str, species: str = "human", weight: float = 70.0) -> Run:
    mechanism = IL11.mechanism(TISSUE).of(species)
    agent = IL11.agents[kind].given_in(mechanism.network)
    doses = [Dose("antibody_central", 10 * weight * 1e6 / agent.molar_mass, every=28 * DAY, times=6)]
    save = ["platelets", "collagen", "pERK_fibroblast", "[il11_fibroblast]", "il11_total_fibroblast"]
    return run(mechanism, np.arange(0, 169, 14) * DAY, save, doses, **agent.parameters)


@pytest.mark.parametrize(
    ("kind", "species", "weight"),
    [("anti-IL11", "human", 70.0), ("anti-IL11RA", "human", 70.0), ("X203", "mouse", 0.025), ("X209", "mouse", 0.025)],
)
def test_negative_control_platelets_stay_under_an_antibody(kind: str, species: str, weight: float) -> None:
    found = antibody(kind, species, weight)
    assert (found.values[:, 1, 2] < found.values[:, 0, 2]).mean() > 0.95  # it does reach its target: less pERK
    platelets = found.values[:, :, 0]
    within = np.abs(platelets / platelets[:, :1] - 1).max(axis=1) < 0.10
    assert within.mean() >= 0.95


def test_without_endogenous_il11_platelets_are_normal() -> None:
    mechanism = IL11.mechanism("il11_source+receptor+platelets")
    hold = {"il11_resting_megakaryocyte": 0.0}
    found = run(mechanism, [0.0], ["platelets"], hold=hold).values[:, 0, 0]
    normal = draw_members(mechanism, WORLDS, 3)["platelets_normal"]
    assert found == pytest.approx(normal, rel=1e-6)


def test_an_antibody_lowers_free_il11_raises_total_and_lowers_collagen() -> None:
    found = antibody("anti-IL11")
    _, collagen, erk, free, total = np.moveaxis(found.values, 2, 0)
    assert np.median(free[:, -1] / free[:, 0]) < 0.2
    assert np.mean(total[:, -1] > total[:, 0]) >= 0.95
    assert np.mean(erk[:, -1] < erk[:, 0]) >= 0.95
    assert np.mean(collagen[:, -1] < collagen[:, 0]) >= 0.95  # the sign stands at what the claim claims


def test_a_tissue_without_the_loop_is_left_alone() -> None:
    mechanism = IL11.mechanism(TISSUE)
    agent = IL11.agents["anti-IL11"].given_in(mechanism.network)
    doses = [Dose("antibody_central", 4000.0)]
    found = run(
        mechanism, [0.0, 60 * DAY], ["collagen"], doses, count=20, **agent.parameters,
        il11_tgfb_gain=0.0, il11_self_gain=0.0, il11_resting_fibroblast=0.0,
    )  # fmt: skip
    assert found.values[:, 1] == pytest.approx(found.values[:, 0], rel=1e-4)
