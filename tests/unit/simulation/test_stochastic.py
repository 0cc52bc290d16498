"""Exact stochastic simulation against what is known in closed form, and against itself."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.mechanisms import Network, parse_formula
from pleio.mechanisms.equations import Refused
from pleio.mechanisms.network import Compartment, Parameter, Participant, Reaction, Species
from pleio.simulation.stochastic import integrate_counts

A, B = Participant("A"), Participant("B")


def network(start: float, **reactions: Reaction) -> Network:
    values = {"k": Parameter(10.0), "d": Parameter(0.5)}
    species = {"A": Species("c", start, only_substance=True), "B": Species("c", 0.0, only_substance=True)}
    return Network("counts", {"c": Compartment(1.0)}, species, values, reactions)


BIRTH = Reaction((), (A,), rate=parse_formula("k"))
DEATH = Reaction((A,), (), rate=parse_formula("d * A"))
CHANGE = Reaction((A,), (B,), rate=parse_formula("d * A"))
PAIRING = Reaction((Participant("A", 2.0),), (B,), rate=parse_formula("d * A * (A - 1) / 2"))


def close_in_mean_and_variance(sample: np.ndarray, mean: float, variance: float) -> None:
    """Within five standard errors: once in a million by chance, and the seed is fixed."""
    n = len(sample)
    assert abs(sample.mean() - mean) < 5 * np.sqrt(variance / n)
    fourth = np.mean((sample - sample.mean()) ** 4)
    assert abs(sample.var(ddof=1) - variance) < 5 * np.sqrt((fourth - variance**2) / n)


def test_birth_and_death_is_poisson_at_every_time() -> None:
    run = integrate_counts(network(0.0, birth=BIRTH, death=DEATH), [0.0, 1.0, 12.0], members=4000, seed=1, save=["A"])
    for i, t in ((1, 1.0), (2, 12.0)):
        mean = 20 * (1 - np.exp(-0.5 * t))
        close_in_mean_and_variance(run.values[:, i, 0], mean, mean)
    assert set(run.status) == {""}


def test_decay_is_binomial_and_conserves_what_it_should() -> None:
    run = integrate_counts(network(30.0, change=CHANGE), [0.0, 0.7, 3.0], members=4000, seed=2)
    p = np.exp(-0.5 * 0.7)
    close_in_mean_and_variance(run.values[:, 1, 0], 30 * p, 30 * p * (1 - p))
    assert np.all(run.values.sum(axis=2) == 30)


def test_pairing_of_few_molecules_has_its_exact_distribution() -> None:
    """Four molecules pair at rates 6 d and then d: the second pairing is a sum of two exponential times."""
    run = integrate_counts(network(4.0, pair=PAIRING), [0.0, 1.5], members=8000, seed=3, save=["B"])
    a, b, t = 3.0, 0.5, 1.5
    none, both = np.exp(-a * t), 1 - (a * np.exp(-b * t) - b * np.exp(-a * t)) / (a - b)
    expected = np.array([none, 1 - none - both, both])
    found = np.bincount(run.values[:, 1, 0].astype(int), minlength=3) / 8000
    assert np.all(np.abs(found - expected) < 5 * np.sqrt(expected * (1 - expected) / 8000))


def test_a_member_is_the_same_in_every_ensemble_and_another_with_another_seed() -> None:
    made = network(5.0, birth=BIRTH, death=DEATH)
    times = np.linspace(0, 5, 6)
    many = integrate_counts(made, times, members=50, seed=7).values
    assert np.array_equal(integrate_counts(made, times, members=3, seed=7).values, many[:3])
    assert not np.array_equal(integrate_counts(made, times, members=50, seed=8).values, many)
    k = np.full(50, 10.0)
    assert np.array_equal(integrate_counts(made, times, members=50, seed=7, parameters={"k": k}).values, many)


def test_what_stops_stays_and_what_never_stops_is_a_status() -> None:
    gone = integrate_counts(network(2.0, death=DEATH), [0.0, 1e6], members=20, seed=1, save=["A"])
    assert np.all(gone.values[:, 1, 0] == 0)
    busy = integrate_counts(network(0.0, birth=BIRTH), [1e6], members=2, seed=1, most_events=100)
    assert all(status.startswith("took more than 100 events by time ") for status in busy.status)
    assert np.all(np.isnan(busy.values))


def test_what_counts_cannot_follow_is_refused_by_name() -> None:
    net = Reaction((A,), (B,), rate=parse_formula("d * A - k * B"))
    run = integrate_counts(network(0.0, birth=BIRTH, turn=net), [5.0], members=3, seed=1)
    assert all("write it as two" in status for status in run.status)
    half = Reaction((Participant("A", 0.5),), (B,), rate=parse_formula("d * A"))
    with pytest.raises(Refused, match="not a whole number"):
        integrate_counts(network(4.0, half=half), [1.0], members=1)
    with pytest.raises(Refused, match="depends on the time"):
        integrate_counts(network(4.0, late=Reaction((A,), (), rate=parse_formula("d * A * time"))), [1.0], members=1)
    with pytest.raises(Refused, match="not a whole number"):
        integrate_counts(network(4.5, death=DEATH), [1.0], members=1)
