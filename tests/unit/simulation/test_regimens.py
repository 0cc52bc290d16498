"""One-, two- and three-compartment pharmacokinetics under 500 generated regimens against closed forms, to 1e-8."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import expm

from pleio.mechanisms import Network, parse_formula
from pleio.mechanisms.network import Compartment, Parameter, Participant, Reaction, Species
from pleio.simulation import Dose, integrate, routing

REGIMENS = 170
Array = np.ndarray


def compartments(count: int) -> Network:
    """A depot, a plasma compartment that is cleared, and peripheral ones in exchange with it; amounts throughout."""
    names = ["depot", "plasma", *(f"tissue{i}" for i in range(1, count))]
    flows = [("depot", "plasma", "ka"), ("plasma", "", "ke")]
    for i in range(1, count):
        flows += [("plasma", f"tissue{i}", f"out{i}"), (f"tissue{i}", "plasma", f"back{i}")]
    reactions = {
        f"by {rate}": Reaction(
            (Participant(source),), (Participant(target),) if target else (), rate=parse_formula(f"{rate} * {source}")
        )
        for source, target, rate in flows
    }
    species = {name: Species("body", 0.0, only_substance=True) for name in names}
    values = {rate: Parameter(1.0) for _, _, rate in flows}
    return Network("pk", {"body": Compartment(1.0)}, species, values, reactions)


def matrix(network: Network, rates: dict[str, float]) -> Array:
    names = list(network.species)
    result = np.zeros((len(names), len(names)))
    for key, reaction in network.reactions.items():
        rate = key.removeprefix("by ")
        source = names.index(reaction.reactants[0].species)
        result[source, source] -= rates[rate]
        for product in reaction.products:
            result[names.index(product.species), source] += rates[rate]
    return result


def closed_form(system: Array, times: Array, given: list[tuple[int, float, float, float, float, int]]) -> Array:
    """Superpose the answers to single doses: exp(A t), or its integral for an infusion."""
    size = len(system)
    result = np.zeros((len(times), size))
    for where, amount, start, duration, every, count in given:
        for k in range(count):
            for row, since in enumerate(times - (start + k * every)):
                if since < 0:
                    continue
                unit = np.eye(size)[where]
                if duration == 0:
                    result[row] += amount * expm(system * since) @ unit
                    continue
                running = min(since, duration)
                block = np.zeros((size + 1, size + 1))
                block[:size, :size], block[:size, size] = system, unit * amount / duration
                after = expm(block * running)[:size, size]
                result[row] += expm(system * (since - running)) @ after
    return result


@pytest.mark.parametrize("count", [1, 2, 3])
def test_regimens_have_their_closed_form(count: int) -> None:
    network, r = compartments(count), np.random.default_rng(count)
    times = np.array([0.0, 1.3, 7.0, 24.0, 50.0, 96.0])
    drawn = {rate: 10 ** r.uniform(-2, 0.5, REGIMENS) for rate in network.parameters}
    size = (REGIMENS,)

    def some() -> Array:
        return r.uniform(1, 10, size) * r.integers(0, 2, size)

    doses = [  # what a member does not get has the amount 0
        Dose("plasma", some(), start=r.uniform(0, 5, size), every=12.0, times=3),
        Dose("depot", some(), start=r.uniform(0, 3, size), every=24.0, times=3),
        Dose("plasma", r.uniform(1, 10, size), start=r.uniform(0, 20, size), duration=r.uniform(0.5, 9, size),
             every=6.0, times=4),
    ]  # fmt: skip
    assert routing.reasons(network, REGIMENS) == ()
    run = integrate(network, times, parameters=drawn, doses=doses, rtol=1e-11, atol=1e-14)
    assert set(run.status) == {""}
    names = list(network.species)
    for i in range(REGIMENS):
        system = matrix(network, {rate: values[i] for rate, values in drawn.items()})
        given = [
            (names.index(d.species), d.amount[i], d.start[i], np.broadcast_to(d.duration, size)[i], d.every, d.times)
            for d in doses
        ]
        np.testing.assert_allclose(run.values[i], closed_form(system, times, given), rtol=1e-8, atol=1e-9)
