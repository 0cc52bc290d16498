"""What each world and each arm sets: outcomes that open a step, and what an assumption says of the agent given."""

from __future__ import annotations

import numpy as np

from pleio.mechanisms import Compartment, Network, Parameter, Species
from pleio.studies.mechanism import Agent, Mechanism, Switch
from pleio.studies.study import read_study
from pleio.studies.subjects.members import arm_parameters, world_parameters
from pleio.studies.worlds import States, Worlds

NETWORK = Network(
    compartments={"V": Compartment(1.0, "L")},
    species={"S": Species("V", 1.0, "nmol")},
    parameters={name: Parameter(0.5, "1") for name in ("step", "sign", "efficacy", "affinity")},
    time_unit="h",
)
STUDY = read_study(
    "title: T\nmechanism: [m]\narms: {nothing: none, drug: {agent: d, amount: 1 nmol}}\nhorizon: 4 h\n"
    "cohort: {size: 2}\nendpoints: {level: {of: S, take: final}}"
)
WORLDS = Worlds(
    1,
    np.arange(4),
    contests={
        "way": States(("increases", "decreases", "no_effect"), np.array([0, 1, 2, 1])),
        "there": States(("present", "absent"), np.array([0, 1, 0, 1])),
    },
    assumptions={"in mice": States(("agonist", "weak", "antagonist"), np.array([0, 1, 2, 1]))},
)


def test_a_step_is_there_only_where_its_claim_holds() -> None:
    """A gate is no sign: in a world where the effect is the opposite, the step is not there, and no less than that."""
    mechanism = Mechanism(NETWORK, {"s": Switch("way", "sign", "")}, gates={"step": "way"})
    found = world_parameters(STUDY, mechanism, WORLDS)
    assert found["sign"].tolist() == [1, -1, 0, -1] and found["step"].tolist() == [1, 0, 0, 0]
    by_presence = world_parameters(STUDY, Mechanism(NETWORK, gates={"step": "there"}), WORLDS)
    assert by_presence["step"].tolist() == [1, 0, 1, 0]


def test_an_assumption_sets_what_an_agent_does_in_the_worlds_where_it_holds() -> None:
    """Where a state of it says nothing of a parameter, that stays as the agent, or else the mechanism, has it."""
    settings = {"in mice": {"weak": {"efficacy": 0.1, "affinity": 9.0}, "antagonist": {"efficacy": 0.0}}, "else": {}}
    agent = Agent("d", None, {"intravenous": "S"}, parameters={"efficacy": 1.0}, settings=settings)
    found = arm_parameters(STUDY, Mechanism(NETWORK), WORLDS, STUDY.arms["drug"], {"d": agent})
    assert {name: values[::2].tolist() for name, values in found.items()} == {
        "efficacy": [1.0, 0.1, 0.0, 0.1],
        "affinity": [0.5, 9.0, 0.5, 9.0],
    }
    assert arm_parameters(STUDY, Mechanism(NETWORK), WORLDS, STUDY.arms["nothing"], {"d": agent}) == {}
