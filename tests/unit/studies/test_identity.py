"""A kept chunk is taken only where numbers would be the same: its key changes with all that they depend on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import linear_pk
import numpy as np
import pytest

from pleio.base.quantities import parse_distribution
from pleio.studies.mechanism import Switch
from pleio.studies.running.chunk import Setup
from pleio.studies.running.identity import chunk_key
from pleio.studies.worlds import States

NAME = next(dosing.agent for arm in linear_pk.study().arms.values() for dosing in arm)
SETUP = Setup(linear_pk.study(), linear_pk.MECHANISM, linear_pk.AGENTS)
WORLDS = linear_pk.some_worlds(6)
SETTINGS = {"in mice": {"weak": {"CL": 0.1}}}
OTHER = {"in mice": {"weak": {"CL": 0.2}}}


def mechanism(**changes: object) -> Callable[[Setup], Setup]:
    return lambda setup: replace(setup, mechanism=replace(setup.mechanism, **changes))  # type: ignore[arg-type]


def agent(**changes: object) -> Callable[[Setup], Setup]:
    return lambda setup: replace(
        setup,
        agents={**setup.agents, NAME: replace(setup.agents[NAME], **changes)},  # type: ignore[arg-type]
    )


def study(old: str, new: str) -> Callable[[Setup], Setup]:
    assert old in linear_pk.STUDY
    return lambda setup: replace(setup, study=linear_pk.study(linear_pk.STUDY.replace(old, new)))


NETWORK = linear_pk.MECHANISM.network
MORE = {key: replace(one, value=(one.value or 0.0) + 1) for key, one in NETWORK.parameters.items()}
CHANGED = {
    "a value of the network": mechanism(network=NETWORK.replace(parameters=MORE)),
    "a gate": mechanism(gates={"CL": "effect-contest"}),
    "another gate": mechanism(gates={"V": "effect-contest"}),
    "a switch": mechanism(switches={"other": Switch("effect-contest", "sign_other", "gain_other")}),
    "settings": mechanism(settings=SETTINGS),
    "other settings": mechanism(settings=OTHER),
    "a parameter of an agent": agent(parameters={"CL": 3.0}),
    "its molar mass": agent(molar_mass=12.5),
    "its route": agent(routes={"elsewhere": "x"}),
    "its bioavailability": agent(bioavailability={"subcutaneous": 0.5}),
    "its lag": agent(lag={"subcutaneous": 2.0}),
    "what is uncertain of it": agent(uncertain={"CL": parse_distribution("lognormal(1, 20 %)")}),
    "its settings": agent(settings=SETTINGS),
    "its other settings": agent(settings=OTHER),
    "the accuracy": lambda setup: replace(setup, rtol=1e-5),
    "the subjects": study("size: 4", "size: 5"),
}  # fmt: skip


def test_a_key_changes_with_each_thing_that_numbers_depend_on() -> None:
    keys = {"as it is": chunk_key(SETUP, WORLDS)}
    keys |= {name: chunk_key(change(SETUP), WORLDS) for name, change in CHANGED.items()}
    some = replace(WORLDS, parameters={name: values + 1 for name, values in WORLDS.parameters.items()})
    turned = {n: States(s.names, (s.index + 1) % len(s.names), s.stratum) for n, s in WORLDS.contests.items()}
    keys["parameters of worlds"] = chunk_key(SETUP, some)
    keys["outcomes of worlds"] = chunk_key(SETUP, replace(WORLDS, contests=turned))
    keys["other worlds"] = chunk_key(SETUP, replace(WORLDS, numbers=WORLDS.numbers + 6))
    keys["another seed"] = chunk_key(SETUP, replace(WORLDS, seed=WORLDS.seed + 1))
    alike = [(one, other) for one in keys for other in keys if one < other and keys[one] == keys[other]]
    assert not alike


@pytest.mark.parametrize(
    "setup",
    [
        replace(SETUP, agents={**SETUP.agents, "not given": replace(SETUP.agents[NAME], molar_mass=1.0)}),
        replace(SETUP, study=SETUP.study.model_copy(update={"title": "Another", "question": "Why?", "decision": None})),
    ],
    ids=["an agent that no arm gives", "words and the decision"],
)
def test_a_key_stays_where_numbers_do(setup: Setup) -> None:
    weighed = WORLDS.reweighted(np.linspace(0.5, 1.5, 6))
    assert chunk_key(setup, WORLDS) == chunk_key(SETUP, WORLDS) == chunk_key(SETUP, weighed)
