"""Whether a study fits its mechanism: agents that exclude each other, and parameters wherever they are used."""

from __future__ import annotations

import numpy as np

from pleio.mechanisms import Compartment, Event, Network, Observable, Parameter, Reaction, Species, parse_formula
from pleio.mechanisms.network import Participant
from pleio.simulation import integrate
from pleio.studies.check import named_problems
from pleio.studies.mechanism import Agent, Mechanism
from pleio.studies.study import read_study
from pleio.studies.subjects.occasions import multiplied, varying

F = parse_formula
NETWORK = Network(
    compartments={"V": Compartment(1.0, "L")},
    species={"S": Species("V", 1.0, "nmol")},
    parameters={"affinity": Parameter(1.0, "nM"), "clearance": Parameter(1.0, "1/h")},
    time_unit="h",
)


def agent(name: str, **parameters: float) -> Agent:
    return Agent(name, None, {"intravenous": "S"}, parameters=parameters)


def test_two_agents_of_which_the_mechanism_has_one_are_not_given_together() -> None:
    dose = "amount: 1 nmol, route: intravenous}"
    study = read_study(
        f"title: T\nmechanism: [m]\narms:\n  alone: {{agent: a, {dose}\n"
        f"  alike: [{{agent: a, {dose}, {{agent: c, {dose}]\n"
        f"  rivals: [{{agent: a, {dose}, {{agent: b, {dose}, {{agent: a, {dose}]\n"
        "horizon: 4 h\nendpoints: {level: {of: S, take: final}}"
    )
    agents = {
        "a": agent("a", affinity=1.0, clearance=2.0),
        "b": agent("b", affinity=3.0, clearance=4.0),
        "c": agent("c", affinity=1.0),
    }
    (problem,) = named_problems(study, Mechanism(NETWORK), agents)
    assert problem.where == "arms.rivals" and problem.help == "give them in two arms"
    assert problem.what == "gives 'a' and 'b', which differ in affinity, and the mechanism has one of it"


def test_what_differs_between_occasions_does_so_wherever_it_is_used() -> None:
    """With its factor at 2 a parameter is twice as large in rates, rules, triggers, delays and what is read off."""
    free = Parameter(0.0, "1", constant=False)
    network = Network(
        compartments={"V": Compartment(1.0)},
        species={"S": Species("V", 8.0)},
        parameters={"k": Parameter(0.25), "seen": free, "late": free, "sum": free, "by_rate": free},
        reactions={"lose": Reaction((Participant("S"),), rate=F("k * S"))},
        assignments={"sum": F("k + 1")},
        rates={"by_rate": F("k")},
        events={
            "e": Event(F("time > 4 * k"), {"seen": F("time")}),
            "d": Event(F("time > 0.5"), {"late": F("time")}, delay=F("4 * k"), values_at_trigger=False),
        },
        observables={"o": Observable(F("10 * k"))},
    )
    save = ["S", "seen", "late", "sum", "by_rate", "o"]
    for twice in (1.0, 2.0):
        made = multiplied(network, ["k"])
        species = {**made.species, varying("k"): Species("V", twice, "", only_substance=True)}
        found = integrate(made.replace(species=species), [4.0], members=5, save=save, rtol=1e-9)
        k = 0.25 * twice
        expected = [8 * np.exp(-4 * k), 4 * k, 0.5 + 4 * k, 1 + k, 4 * k, 10 * k]
        np.testing.assert_allclose(found.values[:, 0], np.tile(expected, (5, 1)), rtol=1e-6)
