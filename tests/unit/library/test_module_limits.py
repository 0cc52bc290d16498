"""Modules at their limits: no receptors, children, an antibody that its target takes along, huge doses, ten years."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.library import open as open_library
from pleio.simulation import Baseline, Dose, Run, integrate

LIBRARY = open_library("il11")
TEN_YEARS = 24.0 * 3652


def course(names: str, times: np.ndarray, save: list[str], doses: tuple[Dose, ...] = (), **given: float) -> Run:
    mechanism = LIBRARY.mechanism(names)
    parameters = {key: [value] for key, value in given.items()}
    baseline = Baseline(hold=mechanism.uncontested)
    return integrate(mechanism.network, times, parameters=parameters, doses=doses, baseline=baseline, save=save)


@pytest.mark.parametrize("missing", ["IL11RA_total", "GP130_total"])
def test_a_cell_without_one_chain_has_nothing_occupied(missing: str) -> None:
    run = course("receptor", np.array([0.0, 24.0]), ["occupancy", "hexamer"], il11_drug=10.0, **{missing: 0.0})
    assert run.status == ("",)
    assert run.values[0].tolist() == [[0.0, 0.0], [0.0, 0.0]]


def test_children_clear_more_for_their_weight_with_the_half_life_of_adults() -> None:
    times = np.linspace(0.0, 48.0, 481)

    def exposure(child: float, weight: float) -> tuple[float, float]:
        dose = (Dose("oprelvekin_depot", 50 * weight / 19.0),)
        run = course(
            "oprelvekin_pk", times, ["oprelvekin_plasma"], dose,
            child=child, weight=weight, oprelvekin_child_clearance=1.6,
        )  # fmt: skip
        level = run.values[0, :, 0]
        return float(np.trapezoid(level, times)), float(np.log(level[300] / level[400]))

    (adult, falls), (child, falls_too) = exposure(0.0, 70.0), exposure(1.0, 20.0)
    assert adult / child == pytest.approx(1.6, rel=1e-3)
    assert falls_too == pytest.approx(falls, rel=1e-3)


def half_life(mg: float, blocks: float) -> float:
    times = np.linspace(0.0, 24 * 42, 127)
    dose = (Dose("antibody_central", mg * 1e6 / 150e3),)
    run = course("antibody_pk", times, ["antibody"], dose, antibody_blocks_receptor=blocks)
    late = times >= 24 * 21
    return float(-np.log(2) / np.polyfit(times[late], np.log(run.values[0, late, 0]), 1)[0] / 24)


def test_its_receptor_takes_an_antibody_along_the_more_the_less_there_is() -> None:
    """Tocilizumab, against another receptor of the family, is lost so: doi:10.1177/0091270009350623."""
    assert half_life(70, 0) == pytest.approx(half_life(2800, 0), rel=1e-3)  # against IL-11: linear
    assert half_life(70, 1) < 0.6 * half_life(700, 1) < 0.6 * half_life(2800, 1)
    assert half_life(2800, 1) == pytest.approx(half_life(2800, 0), rel=0.1)


BOTH = {"antibody_neutralises": 1.0, "antibody_blocks_receptor": 1.0}


@pytest.mark.parametrize(
    ("names", "dose", "given"),
    [
        ("oprelvekin_pk+receptor+jak_stat+mapk_erk+platelets+erythroid+volume_and_acute_phase", "oprelvekin_depot", {}),
        ("antibody_pk+receptor+il11_source+il11_plasma+mapk_erk+fibrosis", "antibody_depot", BOTH),
    ],
)
def test_a_million_doses_and_ten_years_leave_no_amount_below_zero(
    names: str, dose: str, given: dict[str, float]
) -> None:
    species = list(LIBRARY.mechanism(names).network.species)
    times = np.array([0.0, 24.0, 24 * 28.0, TEN_YEARS])
    run = course(names, times, species, (Dose(dose, 2e8, every=24.0, times=14),), **given)
    assert run.status == ("",)
    assert np.isfinite(run.values).all()
    rounding = 1e-9 + 1e-6 * np.abs(run.values).max(axis=1, keepdims=True)
    assert (run.values >= -rounding).all()


def test_what_was_given_is_in_the_body_or_was_lost() -> None:
    """An injection is absorbed or lost at the site, and no antibody is made."""
    times = np.linspace(0.0, 24 * 200, 401)
    save = ["antibody_depot", "antibody_central", "antibody_peripheral"]
    run = course("antibody_pk", times, save, (Dose("antibody_depot", 100.0),), antibody_blocks_receptor=1.0)
    whole = run.values[0].sum(axis=1)
    assert whole[0] == pytest.approx(100.0)
    assert (np.diff(whole) <= 1e-9).all()
    assert whole[-1] < 1.0
