"""Derivatives and conserved sums of rates: their values, and how many evaluations they take."""

from __future__ import annotations

import numpy as np
import pytest

import pleio
from pleio.mechanisms import Network
from pleio.mechanisms.writing import write_equations
from pleio.simulation.rates import Rates, conserved


def ring(links: int) -> Network:
    """S0 → S1 → … → S0: one sum never changes."""
    steps = [f"J{i}: S{i} -> S{(i + 1) % links}; k*S{i};" for i in range(links)]
    species = ", ".join(f"S{i}" for i in range(links))
    return pleio.load(
        f"species {species}; k = 0.1; S0 = 1; {' '.join(f'S{i} = 0;' for i in range(1, links))} {' '.join(steps)}"
    )


def test_derivatives_of_every_member_are_those_of_the_member_alone() -> None:
    """Of mass action and saturation, with a constant that differs; against the closed form."""
    model = pleio.load("species A, B; A = 1; B = 2; k = 1; r: A -> B; k*A*B/(3 + A);")
    equations = write_equations(model)
    k = np.array([0.5, 1.0, 4.0])
    y = np.array([[1.0, 2.0, 3.0], [5.0, 0.5, 1.0]])
    still = {key: np.asarray(k if key == "k" else 1.0) for key in (*equations.constants, *equations.held)}
    matrix = Rates(equations, still).matrix(y, np.abs(y))
    by_a, by_b = k * y[1] * 3 / (3 + y[0]) ** 2, k * y[0] / (3 + y[0])
    rows = np.stack([-by_a, -by_b], axis=1)
    assert matrix == pytest.approx(np.stack([rows, -rows], axis=1), rel=1e-9)
    alone = Rates(equations, {key: value[1:2] if value.ndim else value for key, value in still.items()})
    assert np.array_equal(alone.matrix(y[:, 1:2], np.abs(y[:, 1:2])), matrix[1:2])


def test_evaluations_do_not_grow_with_the_number_of_states(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derivatives by all states come from one call, and draws end once they show no further direction."""
    calls: list[int] = []
    evaluate = Rates.__call__

    def counted(self: Rates, y: np.ndarray) -> np.ndarray:
        calls.append(self.size)
        return evaluate(self, y)

    monkeypatch.setattr(Rates, "__call__", counted)
    equations = write_equations(ring(60))
    still = {key: np.asarray(0.1 if key == "k" else 1.0) for key in (*equations.constants, *equations.held)}
    sums = conserved(Rates(equations, still), np.ones(60), np.ones(60))
    assert np.abs(sums) == pytest.approx(np.full((1, 60), 60**-0.5))
    assert len(calls) < 50
