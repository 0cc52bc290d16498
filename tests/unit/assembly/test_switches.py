"""Switches: neutral at sign 0, silent in the untreated steady state, in the claimed direction otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_modules import CELL, CELL_TABLE, TISSUE, TISSUE_TABLE

from pleio.assembly import Mechanism, compose
from pleio.base.yaml import load
from pleio.library.modules import make_module
from pleio.simulation.ensemble import Baseline, Run, integrate

TIMES = np.array([0.0, 1.0, 10.0, 100.0])


def mechanism(**changes: object) -> Mechanism:
    cell = make_module("cell", CELL, load(CELL_TABLE, name="cell.yaml"))
    tissue = make_module("tissue", TISSUE, load(TISSUE_TABLE, name="tissue.yaml"))
    return compose([cell, replace(tissue, switches=tuple(replace(one, **changes) for one in tissue.switches))])


MECHANISM = mechanism()


def run(network, ligand: float, before: float = 0.0, **parameters: float) -> Run:
    return integrate(
        network,
        TIMES,
        parameters={"ligand_muscle": [ligand], **{name: [value] for name, value in parameters.items()}},
        baseline=Baseline(hold={"ligand_muscle": before}),
        save=["protein", "occupancy_muscle"],
        rtol=1e-9,
    )


def test_with_sign_zero_the_network_is_the_one_without_switches() -> None:
    cell = make_module("cell", CELL, load(CELL_TABLE, name="cell.yaml"))
    tissue = make_module("tissue", TISSUE, load(TISSUE_TABLE, name="tissue.yaml"))
    without = compose([cell, replace(tissue, switches=())]).network
    assert without.reactions.keys() == MECHANISM.network.reactions.keys()
    assert np.array_equal(run(MECHANISM.network, 4.0, sign_protein=0.0).values, run(without, 4.0).values)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([-1.0, 0.0, 1.0]), st.floats(0.01, 3), st.floats(0, 10))
def test_the_untreated_steady_state_is_left_alone(sign: float, gain: float, ligand: float) -> None:
    found = run(MECHANISM.network, ligand, before=ligand, sign_protein=sign, gain_protein=gain)
    assert found.status == ("",)
    assert found.values[0, :, 0] == pytest.approx(1.0, rel=1e-6)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([-1.0, 1.0]), st.floats(0.05, 2), st.floats(0.1, 10))
def test_the_end_is_what_the_formula_says(sign: float, gain: float, ligand: float) -> None:
    found = run(MECHANISM.network, ligand, sign_protein=sign, gain_protein=gain)
    occupancy = ligand / (ligand + 3.0)
    expected = np.exp(sign * gain * occupancy / (0.2 + occupancy))
    assert found.values[0, -1, 0] == pytest.approx(expected, rel=1e-3)


def test_a_claim_about_less_turns_the_exponent() -> None:
    up, down = run(MECHANISM.network, 4.0), run(mechanism(direction=-1).network, 4.0)
    assert up.values[0, -1, 0] * down.values[0, -1, 0] == pytest.approx(1.0, rel=1e-4)
    assert up.values[0, -1, 0] > 1


def test_the_parameters_of_a_switch_are_known_and_lead_to_its_claim() -> None:
    assert {"sign_protein", "gain_protein", "half_protein"} <= set(MECHANISM.network.parameters)
    assert str(MECHANISM.priors["gain_protein"].distribution) == "range(0.5, 2)"
    for name in ("synthesis", "sign_protein", "gain_protein", "half_protein"):
        assert MECHANISM.claims[name] == ("l-raises-protein",)
