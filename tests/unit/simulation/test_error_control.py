"""What a tolerance promises: steps that err are not taken, what is settled is still, an undone step leaves nothing."""

from __future__ import annotations

import numpy as np
import pytest

import pleio.simulation.reduce as r
from pleio.compiler.lower import lower
from pleio.mechanisms import Network, parse_formula
from pleio.mechanisms.network import Parameter
from pleio.mechanisms.writing import write_equations
from pleio.simulation import Baseline, integrate
from pleio.simulation.lockstep.engine import METHODS, Engine
from pleio.simulation.lockstep.task import Actions, Task


def by_rate_rules(rates: dict[str, str], start: float, **constants: float) -> Network:
    """Write any ordinary differential equations; all that changes starts alike."""
    values = {key: Parameter(start, constant=False) for key in rates}
    values |= {key: Parameter(value) for key, value in constants.items()}
    return Network(parameters=values, rates={key: parse_formula(text) for key, text in rates.items()})


@pytest.mark.parametrize("method", METHODS)
def test_a_sudden_peak_of_the_rate_is_passed_within_the_tolerance(method: str) -> None:
    """A resonance w / ((t − t₀)² + w²): its tails tell that it comes, and steps that are too long by then are many."""
    equations = write_equations(by_rate_rules({"x": "w/((time - at)^2 + w^2)"}, 0.0, at=1.0, w=0.02))
    engine = Engine(lower(equations, {"x": equations.meaning["x"]}), method)
    at, w, end = np.linspace(3, 7, 200), 0.02, 10.0
    values = {"at": at, "w": np.full_like(at, w)}
    table = np.stack([values[name] for name in engine.program.parameters], axis=1)
    exact = np.arctan((end - at) / w) + np.arctan(at / w)
    errors = []
    for tolerance in (1e-5, 1e-7):
        start, allowed = np.zeros((len(at), 1)), np.full((len(at), 1), tolerance)
        task = Task(start, table, np.array([end]), Actions.none(len(at)), 0.0, end, 1e-12, allowed)
        outcome = engine.run(task)
        assert not outcome.status.any()
        errors.append(float(np.quantile(np.abs(outcome.saved[:, 0, 0] - exact), 0.9)))
    assert errors[0] <= 3e-5 and errors[1] <= 3e-7


def test_what_is_settled_is_where_it_stays() -> None:
    """A slow mode beside a fast one: however slow, the baseline is its end, and not where it hardly moves any more."""
    network = by_rate_rules({"x": "k*(2 - x)", "y": "x - y"}, 0.0, k=1.0)
    found = integrate(
        network, [0.0, 1.0], parameters={"k": np.geomspace(1e-7, 1.0, 15)}, baseline=Baseline(), save=["x", "y"]
    )
    assert found.status == ("",) * 15
    np.testing.assert_allclose(found.values[:, 0], 2.0, rtol=1e-10)


def test_what_comes_to_rest_ever_more_slowly_is_not_taken_for_settled() -> None:
    """With x' = (2 − x)³ the distance falls as 1/√(2t): what is left hardly moves and is still there."""
    network = by_rate_rules({"x": "k*(2 - x)^3", "y": "x - y"}, 0.0, k=1.0)
    found = integrate(network, [0.0, 1.0], parameters={"k": np.geomspace(0.1, 100, 8)}, baseline=Baseline(), save=["x"])
    assert all("has no steady state that could be reached" in why for why in found.status)


def test_a_step_that_is_undone_counts_once_in_what_is_reduced() -> None:
    """√(x − 1) has no value where a step lands below 1 by less than the tolerance: it is tried again, shorter."""
    network = by_rate_rules({"x": "-k*(x - 1)", "z": "sqrt(x - 1) + cos(5*time)"}, 2.0, k=1.0)
    k, end = np.linspace(0.5, 30, 600), 20.0
    wanted = {"area": r.auc("x"), "below": r.time_below("x", 1.5)}
    found = integrate(network, end, parameters={"k": k}, reduce=wanted, rtol=1e-2)
    assert found.status == ("",) * 600
    np.testing.assert_allclose(found.reduced["area"], end + 1 / k, atol=1e-3)
    np.testing.assert_allclose(found.reduced["below"], end - np.log(2) / k, atol=1e-3)
