"""One-, two- and three-compartment pharmacokinetics against closed forms, over 510 generated regimens and 45 data sets.

The system is linear, so the closed form of a regimen is a sum of matrix exponentials over its administrations; a first-
order absorption with a lag is a bolus into a depot at a later time, a zero-order one an infusion.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.linalg import expm

from pleio.mechanisms import Compartment, Network, Parameter, Participant, Reaction, Species, parse_formula
from pleio.simulation import Dose, integrate

TIMES = np.array([0.0, 0.7, 2.0, 5.0, 9.0, 16.0, 30.0])
REGIMENS = 170


def network(compartments: int) -> Network:
    """A depot, a central and so many peripheral compartments; amounts throughout."""
    names = ["depot", "central", "shallow", "deep"][: compartments + 1]
    flows = [("depot", "central"), ("central", "")]
    flows += [pair for other in names[2:] for pair in (("central", other), (other, "central"))]
    parameters, reactions = {}, {}
    for i, (source, target) in enumerate(flows):
        parameters[f"k{i}"] = Parameter(1.0)
        products = (Participant(target),) if target else ()
        reactions[f"flow{i}"] = Reaction((Participant(source),), products, rate=parse_formula(f"k{i} * {source}"))
    species = {key: Species("body", 0.0, only_substance=True) for key in names}
    return Network("pk", {"body": Compartment()}, species, parameters, reactions)


def rate_matrix(model: Network, rates: np.ndarray) -> np.ndarray:
    names = list(model.species)
    matrix = np.zeros((len(names), len(names)))
    for reaction, participant, sign in model.participants():
        source = model.reactions[reaction].reactants[0].species
        matrix[names.index(participant.species), names.index(source)] += sign * rates[int(reaction[4:])]
    return matrix


def closed_form(matrix: np.ndarray, into: int, amount: float, start: float, duration: float) -> np.ndarray:
    """Amounts at TIMES after one administration."""
    size = len(matrix)
    rows = np.zeros((len(TIMES), size))
    unit = np.eye(size)[into]
    for i, time in enumerate(TIMES):
        if time < start:
            continue
        if duration == 0:
            rows[i] = expm(matrix * (time - start)) @ unit * amount
            continue
        during = min(time - start, duration)
        block = np.zeros((size + 1, size + 1))  # the integral of the exponential as a block of a larger one
        block[:size, :size], block[:size, size] = matrix, unit * amount / duration
        rows[i] = expm(matrix * (time - start - during)) @ expm(block * during)[:size, size]
    return rows


@pytest.mark.parametrize("compartments", [1, 2, 3])
def test_regimens_agree_with_their_closed_forms(compartments: int) -> None:
    model = network(compartments)
    random = np.random.default_rng(compartments)
    rates = {key: random.uniform(0.05, 1.5, REGIMENS) for key in model.parameters}
    amount = random.uniform(0.5, 20, (3, REGIMENS))
    start = random.uniform(0, 4, (3, REGIMENS))
    duration = random.uniform(0.1, 3, REGIMENS)
    doses = [
        Dose("central", amount[0], start[0], every=6.0, times=3),
        Dose("depot", amount[1], start[1], every=8.0, times=2),  # oral, with a lag
        Dose("central", amount[2], start[2], duration, every=5.0, times=4),
    ]
    run = integrate(model, TIMES, parameters=rates, doses=doses, rtol=1e-11, atol=1e-13)
    assert set(run.status) == {""}
    names = list(model.species)
    for i in range(REGIMENS):
        matrix = rate_matrix(model, np.array([rates[key][i] for key in model.parameters]))
        expected = np.zeros((len(TIMES), len(names)))
        for j, dose in enumerate(doses):
            for k in range(dose.times):
                length = duration[i] if j == 2 else 0.0
                into = names.index(dose.species)
                expected += closed_form(matrix, into, amount[j, i], start[j, i] + k * dose.every, length)
        np.testing.assert_allclose(run.values[i], expected, rtol=1e-8, atol=1e-8, err_msg=f"regimen {i}")


@pytest.mark.parametrize("compartments", [1, 2, 3])
def test_data_sets_agree_with_superposition(compartments: int) -> None:
    """Random data sets with all kinds of events; `python -m bench.regimens` runs 510 of them."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from bench.regimens import largest_error

    assert largest_error(compartments, 15, seed=2) < 1e-8
