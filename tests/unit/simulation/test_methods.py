"""Coefficients are believed only after their order is measured: on a nonlinear problem that depends on the time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from pleio.simulation.method.explicit import DORMAND_PRINCE
from pleio.simulation.method.rosenbrock import RODAS4, RODAS5P, Rosenbrock

Array = np.ndarray


def rates(t: float, y: Array) -> Array:
    """A driven Brusselator."""
    a, b = y
    return np.array([1 + a * a * b - 2.5 * a + 0.3 * np.sin(3 * t), 1.5 * a - a * a * b])


def slopes(t: float, y: Array) -> tuple[Array, Array]:
    a, b = y
    return np.array([[2 * a * b - 2.5, a * a], [1.5 - 2 * a * b, -a * a]]), np.array([0.9 * np.cos(3 * t), 0.0])


def rosenbrock_step(m: Rosenbrock, t: float, y: Array, h: float) -> tuple[Array, Array, Callable[[float], Array]]:
    """The formulas of `method.rosenbrock`, spelt out."""
    jacobian, drift = slopes(t, y)
    matrix = np.eye(len(y)) / (h * m.gamma) - jacobian
    u: list[Array] = []
    for s in range(m.stages):
        argument = y + sum((a * u[j] for j, a in enumerate(m.a[s])), np.zeros_like(y))
        right = rates(t + m.nodes[s] * h, argument) + h * m.drift[s] * drift
        right = right + sum((c / h * u[j] for j, c in enumerate(m.coupling[s])), np.zeros_like(y))
        u.append(np.linalg.solve(matrix, right))
    new = argument + u[-1]
    d = [sum(w * stage for w, stage in zip(row, u, strict=True)) for row in m.dense]

    def between(theta: float) -> Array:
        inner = d[-1]
        for row in reversed(d[:-1]):
            inner = row + theta * inner
        return (1 - theta) * y + theta * (new + (1 - theta) * inner)

    return new, u[-1], between


def go(m: Rosenbrock, steps: int) -> tuple[Array, Array, float]:
    """Value at t = 2, value in the middle of the last step, size of the error estimate of the first step."""
    y, h = np.array([1.2, 3.1]), 2.0 / steps
    first = 0.0
    for k in range(steps):
        y, error, between = rosenbrock_step(m, k * h, y, h)
        first = first or float(np.abs(error).max())
    return y, between(0.37), first


def measured_order(errors: list[float]) -> float:
    return float(np.log2(errors[0] / errors[1]))


@pytest.mark.parametrize("method", [RODAS4, RODAS5P], ids=lambda m: m.name)
def test_rosenbrock_methods_have_their_order_at_the_ends_and_one_less_in_between(method: Rosenbrock) -> None:
    exact = go(RODAS5P, 1500)[0]
    ends, insides, estimates = [], [], []
    for steps in (60, 120):
        end, inside, estimate = go(method, steps)
        h = 2.0 / steps
        y, _, _ = go_to(2.0 - h, 1500)
        fine = integrate_finely(2.0 - h, y, 0.37 * h)
        ends.append(float(np.abs(end - exact).max()))
        insides.append(float(np.abs(inside - fine).max()))
        estimates.append(estimate)
    assert measured_order(ends) == pytest.approx(method.order, abs=0.35)
    assert measured_order(insides) > method.order - 0.35  # that of the interpolant's local error
    assert measured_order(estimates) == pytest.approx(method.order, abs=0.35)  # the embedded method's local error


def go_to(t: float, steps: int) -> tuple[Array, float, float]:
    y, h = np.array([1.2, 3.1]), t / steps
    for k in range(steps):
        y, _, _ = rosenbrock_step(RODAS5P, k * h, y, h)
    return y, t, h


def integrate_finely(t: float, y: Array, span: float) -> Array:
    for k in range(20):
        y, _, _ = rosenbrock_step(RODAS5P, t + k * span / 20, y, span / 20)
    return y


@pytest.mark.parametrize("method", [RODAS4, RODAS5P], ids=lambda m: m.name)
def test_rosenbrock_methods_are_l_stable(method: Rosenbrock) -> None:
    """On y' = λ y the new value vanishes as hλ goes to −∞."""
    for z in (-1e6, -1e9):
        u: list[float] = []
        for s in range(method.stages):
            argument = 1.0 + sum(a * u[j] for j, a in enumerate(method.a[s]))
            right = z * argument + sum(c * u[j] for j, c in enumerate(method.coupling[s]))
            u.append(right / (1 / method.gamma - z))
        assert abs(argument + u[-1]) < 1e-4


def explicit_step(t: float, y: Array, h: float) -> tuple[Array, Array, Callable[[float], Array]]:
    """The formulas of `method.explicit` and of its interpolant, spelt out."""
    m = DORMAND_PRINCE
    k: list[Array] = []
    for s in range(m.stages):
        argument = y + h * sum((a * k[j] for j, a in enumerate(m.a[s])), np.zeros_like(y))
        k.append(rates(t + m.nodes[s] * h, argument))
    error = h * sum((w * stage for w, stage in zip(m.error, k, strict=True)), np.zeros_like(y))
    last = h * sum((w * stage for w, stage in zip(m.dense, k, strict=True)), np.zeros_like(y))
    change = argument - y
    bend = h * k[0] - change

    def between(x: float) -> Array:
        return y + x * (change + (1 - x) * (bend + x * (change - h * k[-1] - bend + (1 - x) * last)))

    return argument, error, between


def test_dormand_prince_has_its_order_at_the_ends_and_in_between() -> None:
    ends, insides, estimates = [], [], []
    exact = go(RODAS5P, 1500)[0]
    for steps in (60, 120):
        y, h = np.array([1.2, 3.1]), 2.0 / steps
        for k in range(steps):
            y, error, _ = explicit_step(k * h, y, h)
            if k == 0:
                estimates.append(float(np.abs(error).max()))
        ends.append(float(np.abs(y - exact).max()))
        fine, _, _ = go_to(2.0 - h, 1500)
        inside = explicit_step(2.0 - h, fine, h)[2](0.37)
        insides.append(float(np.abs(inside - integrate_finely(2.0 - h, fine, 0.37 * h)).max()))
    assert measured_order(ends) > 5 - 0.35
    assert measured_order(insides) > 5 - 0.35  # of the local error
    assert measured_order(estimates) == pytest.approx(5, abs=0.35)
