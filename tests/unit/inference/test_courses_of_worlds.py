"""Courses of a small mechanism whose answer is known: effects that are off, and what a knock-out loses at time 0."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.inference.courses import simulate
from pleio.mechanisms import Compartment, Network, Parameter, Participant, Reaction, Species, parse_formula
from pleio.studies.mechanism import Mechanism, Switch
from pleio.studies.study import Study, read_study
from pleio.studies.worlds import States, Worlds

NETWORK = Network(
    "turnover",
    compartments={"V": Compartment(1.0, "L")},
    species={"S": Species("V", 1.0, "nmol"), "ligand": Species("V", 0.0, "nmol")},
    parameters={
        "made_of": Parameter(2.0, "nmol/h"),
        "lose": Parameter(0.5, "1/h"),
        "step": Parameter(1.0, "1"),
        "sign_s": Parameter(1.0, "1"),
    },
    reactions={
        "made": Reaction(
            products=(Participant("S"),),
            rate=parse_formula("made_of * (1 + step) * exp(sign_s * (1 - baseline(S) / S))"),
        ),
        "lost": Reaction((Participant("S"),), rate=parse_formula("lose * S")),
    },
    time_unit="h",
)
MECHANISM = Mechanism(NETWORK, {"s": Switch("effect", "sign_s", "")}, {}, {}, {"step": "is there"})
TIMES = np.array([0.0, 1.0, 4.0])


@pytest.fixture
def study() -> Study:
    return read_study(
        "title: Turnover\nmechanism: [m]\narms: {nothing: none}\nhorizon: 4 h\n"
        "cohort: {size: 2}\nendpoints: {level: {of: S, take: final}}"
    )


@pytest.fixture
def worlds() -> Worlds:
    """Of four, two in which the step is there, and two in which the effect is."""
    there, effect = (
        States(("present", "absent"), np.array([0, 0, 1, 1])),
        States(("increases", "no_effect"), np.array([0, 1, 0, 1])),
    )
    return Worlds(1, np.arange(4), contests={"is there": there, "effect": effect})


def test_with_effects_off_no_contested_step_is_there(study: Study, worlds: Worlds) -> None:
    found = {off: simulate(study, MECHANISM, {}, worlds, (), ["S"], TIMES, off=off).found["S"] for off in (False, True)}
    np.testing.assert_allclose(found[False].before, np.array([[8.0], [8.0], [4.0], [4.0]]) * np.ones(2), rtol=1e-6)
    np.testing.assert_allclose(found[True].before, 4.0, rtol=1e-6)
    np.testing.assert_allclose(found[True].values, 4.0, rtol=1e-6)


def test_a_knock_out_loses_at_time_zero_what_it_had_before(study: Study, worlds: Worlds) -> None:
    """What is read off is over a body that has it: S falls from where it stood, and does not begin at nothing."""
    course = simulate(study, MECHANISM, {}, worlds, (), ["S"], TIMES, lost=["made_of"]).found["S"]
    stood = np.array([8.0, 8.0, 4.0, 4.0])[:, None] * np.ones(2)
    np.testing.assert_allclose(course.before, stood, rtol=1e-6)
    np.testing.assert_allclose(course.values, stood[:, :, None] * np.exp(-0.5 * TIMES), rtol=1e-5)
    np.testing.assert_allclose(course.relative("fold").take("value", at=4.0), np.exp(-2.0), rtol=1e-5)
