"""Switches: neutral at sign 0, silent in the untreated steady state, in the claimed direction otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pleio.assembly import Input, Mechanism, Module, compose
from pleio.mechanisms.network import Network, Parameter
from pleio.simulation import Baseline, Run, integrate

TIMES = np.array([0.0, 1.0, 10.0, 100.0])


@pytest.fixture(scope="module")
def switched(cell: Module, tissue: Module) -> Mechanism:
    return compose([cell, tissue])


def run(network, ligand: float, before: float = 0.0, **parameters: float) -> Run:
    return integrate(
        network,
        TIMES,
        parameters={"ligand_muscle": [ligand], **{name: [value] for name, value in parameters.items()}},
        baseline=Baseline(hold={"ligand_muscle": before}),
        save=["protein", "occupancy_muscle"],
        rtol=1e-9,
    )


def test_with_sign_zero_the_network_is_the_one_without_switches(
    cell: Module, tissue: Module, switched: Mechanism
) -> None:
    without = compose([cell, replace(tissue, switches=())]).network
    assert without.reactions.keys() == switched.network.reactions.keys()
    assert np.array_equal(run(switched.network, 4.0, sign_protein=0.0).values, run(without, 4.0).values)


@settings(max_examples=20, deadline=None)
@given(sign=st.sampled_from([-1.0, 0.0, 1.0]), gain=st.floats(0.01, 3), ligand=st.floats(0, 10))
def test_the_untreated_steady_state_is_left_alone(switched: Mechanism, sign: float, gain: float, ligand: float) -> None:
    found = run(switched.network, ligand, before=ligand, sign_protein=sign, gain_protein=gain)
    assert found.status == ("",)
    assert found.values[0, :, 0] == pytest.approx(1.0, rel=1e-6)


@settings(max_examples=20, deadline=None)
@given(sign=st.sampled_from([-1.0, 1.0]), gain=st.floats(0.05, 2), ligand=st.floats(0.1, 10))
def test_the_end_is_what_the_formula_says(switched: Mechanism, sign: float, gain: float, ligand: float) -> None:
    found = run(switched.network, ligand, sign_protein=sign, gain_protein=gain)
    occupancy = ligand / (ligand + 3.0)
    expected = np.exp(sign * gain * occupancy / (0.2 + occupancy))
    assert found.values[0, -1, 0] == pytest.approx(expected, rel=1e-3)


def test_a_claim_about_less_turns_the_exponent(cell: Module, tissue: Module, switched: Mechanism) -> None:
    turned = replace(tissue, switches=tuple(replace(one, direction=-1) for one in tissue.switches))
    up, down = run(switched.network, 4.0), run(compose([cell, turned]).network, 4.0)
    assert up.values[0, -1, 0] * down.values[0, -1, 0] == pytest.approx(1.0, rel=1e-4)
    assert up.values[0, -1, 0] > 1


def test_the_parameters_of_a_switch_are_known_and_lead_to_its_claim(switched: Mechanism) -> None:
    assert {"sign_protein", "gain_protein", "half_protein"} <= set(switched.network.parameters)
    assert str(switched.priors["gain_protein"].distribution) == "range(0.5, 2)"
    for name in ("synthesis", "sign_protein", "gain_protein", "half_protein"):
        assert switched.claims[name] == ("l-raises-protein",)


def of_loss(cell: Module, tissue: Module) -> Network:
    switches = tuple(replace(one, of_loss=True) for one in tissue.switches)
    return compose([cell, replace(tissue, switches=switches)]).network


@settings(max_examples=15, deadline=None)
@given(gain=st.floats(0.05, 2), own=st.floats(0.05, 20), left=st.floats(0.0, 1.0))
def test_the_gain_of_a_loss_is_what_losing_all_of_the_driver_does(
    cell: Module, tissue: Module, gain: float, own: float, left: float
) -> None:
    found = run(of_loss(cell, tissue), own * left, before=own, sign_protein=1.0, gain_protein=gain)
    h, now = (x / (x + 3.0) / (x / (x + 3.0) + 0.2) for x in (own, own * left))
    assert found.values[0, -1, 0] == pytest.approx(np.exp(gain * (now - h) / h), rel=1e-3)


def test_where_there_is_nothing_to_lose_a_loss_does_nothing(cell: Module, tissue: Module) -> None:
    assert run(of_loss(cell, tissue), 0.0, sign_protein=1.0, gain_protein=2.0).values[0, -1, 0] == pytest.approx(
        1.0, rel=1e-6
    )


@settings(max_examples=15, deadline=None)
@given(gain=st.floats(0.05, 2), own=st.sampled_from([0.0, 1e-6, 0.5, 5.0]), more=st.floats(1.0, 1e6))
def test_a_rise_does_no_more_than_the_loss_of_all_would(
    cell: Module, tissue: Module, gain: float, own: float, more: float
) -> None:
    found = run(of_loss(cell, tissue), own + more, before=own, sign_protein=1.0, gain_protein=gain)
    assert found.status == ("",)
    assert 1.0 < found.values[0, -1, 0] <= np.exp(gain) * (1 + 1e-6)


@settings(max_examples=15, deadline=None)
@given(own=st.floats(0.05, 20), left=st.floats(0.0, 2.0), given=st.floats(0.0, 10))
def test_what_makes_up_for_a_loss_does_so_and_no_more(
    cell: Module, tissue: Module, own: float, left: float, given: float
) -> None:
    switches = tuple(replace(one, made_up_by="stand_in") for one in tissue.switches)
    stand_in = Input(given, "1")
    network = compose([cell, replace(tissue, switches=switches, inputs={**tissue.inputs, "stand_in": stand_in},
        network=tissue.network.replace(
            parameters={**tissue.network.parameters, "stand_in": Parameter(given, "1")}
        ))]).network  # fmt: skip
    found = run(network, own * left, before=own, sign_protein=1.0, gain_protein=1.0)
    before, now = (x / (x + 3.0) for x in (own, own * left))
    kept = max(now, min(now + given, before))
    h, k = (x / (x + 0.2) for x in (before, kept))
    assert found.status == ("",)
    assert found.values[0, -1, 0] == pytest.approx(np.exp(k - h), rel=1e-3)
