"""Rates outside the domain of their functions: always a status, and never because of a mere rounding."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.mechanisms import Network, parse_formula
from pleio.mechanisms.expression import ZERO
from pleio.mechanisms.network import Event, Parameter
from pleio.simulation import integrate, routing

BOTH_PATHS = pytest.mark.parametrize("few", [4, 1000], ids=["lanes", "reference path"])


def by_rate_rules(rates: dict[str, str], start: dict[str, float], constants: dict[str, float]) -> Network:
    values = {key: Parameter(value, constant=False) for key, value in start.items()}
    values |= {key: Parameter(value) for key, value in constants.items()}
    return Network("n", parameters=values, rates={key: parse_formula(text) for key, text in rates.items()})


@BOTH_PATHS
@pytest.mark.parametrize(
    "rate, shown",
    [("x^p", "x^p with p = 0.5, x = "), ("sqrt(x)", "sqrt(x) with x = "), ("ln(x)", "ln(x) with x = ")],
)
def test_a_solution_that_leaves_the_domain_is_a_status_with_its_time_and_cause(
    monkeypatch: pytest.MonkeyPatch, few: int, rate: str, shown: str
) -> None:
    monkeypatch.setattr(routing, "FEW", few)
    network = by_rate_rules({"x": "-v", "z": rate}, {"x": 1.0, "z": 0.0}, {"v": 0.1, "p": 0.5})
    found = integrate(network, [0, 0.5, 2.0], parameters={"v": np.array([0.1, 1.0, 0.2, 0.3])}, save=["x", "z"])
    assert [bool(why) for why in found.status] == [False, True, False, False]
    assert found.status[1].startswith("could not go past time 1: ")
    assert "(the rate of 'z' is not a number: " in found.status[1] and shown in found.status[1]
    assert np.all(np.isnan(found.values[1]))
    np.testing.assert_allclose(found.values[2, :, 0], [1, 0.9, 0.6], rtol=1e-6)


@BOTH_PATHS
def test_a_whole_power_of_a_negative_number_and_a_guarded_root_have_values(
    monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(routing, "FEW", few)
    network = by_rate_rules({"x": "-1", "z": "x^n + piecewise(0, n > 5, 1) * 1e-3"}, {"x": 1.0, "z": 0.0}, {"n": 3.0})
    found = integrate(network, [0, 3.0], members=4, save=["z"], rtol=1e-8)
    assert found.status == ("",) * 4
    np.testing.assert_allclose(found.values[:, 1, 0], (1 - 16) / 4 + 3e-3, rtol=1e-6)


def test_an_amount_that_decays_below_rounding_keeps_its_root() -> None:
    rates = {"x": "-k*x", "y": "k*x - 0.1*y", "z": "x^0.5 - z + y^1.5/(1 + y^1.5)"}
    network = by_rate_rules(rates, {"x": 1.0, "y": 0.0, "z": 0.0}, {"k": 1.0})
    k = np.array([1.0, 30.0, 1e3, 1e5])
    found = integrate(network, [0, 1, 500.0], parameters={"k": k}, save=["x", "y"])
    assert found.status == ("",) * 4
    np.testing.assert_allclose(found.values[2, 1, 1], np.exp(-0.1) * 1e3 / (1e3 - 0.1), rtol=1e-5)


def test_a_balance_that_rounds_below_zero_is_not_outside_the_domain() -> None:
    rates = {"x": "a - b - x", "z": "x^0.5 - z"}  # a − b is 0 but for rounding
    network = by_rate_rules(rates, {"x": 0.0, "z": 1.0}, {"a": 0.1 + 0.2, "b": 0.3 + 1e-16})
    found = integrate(network, [0, 5.0], members=4, save=["z"], parameters={"a": np.full(4, 0.3), "b": 0.3 + 6e-17})
    assert found.status == ("",) * 4
    np.testing.assert_allclose(found.values[:, 1, 0], np.exp(-5), rtol=1e-5)
    truly = integrate(network, [0, 5.0], members=4, save=["z"], parameters={"b": np.full(4, 0.31)})
    assert all("x^0.5 with x = -" in why for why in truly.status)


def test_rows_saved_in_a_step_that_is_undone_are_written_again() -> None:
    network = by_rate_rules({"x": "-exp(x)", "z": "(x + 3)^0.5"}, {"x": 1.0, "z": 0.0}, {"v": 1.0})
    times = np.linspace(0, 19, 400)
    found = integrate(network, times, members=4, save=["x", "z"], rtol=1e-3)
    assert found.status == ("",) * 4
    np.testing.assert_allclose(found.values[0, :, 0], -np.log(np.exp(-1) + times), atol=5e-3)


@BOTH_PATHS
@pytest.mark.parametrize("target, moves", [("x", True), ("x", False), ("z", True)], ids=["state", "alone", "held"])
@pytest.mark.parametrize("value, word", [("1/(2 - x - x)", "infinite"), ("ln(0 - x)", "not a number")])
def test_an_event_that_sets_what_is_no_number_is_a_status(
    monkeypatch: pytest.MonkeyPatch, few: int, target: str, moves: bool, value: str, word: str
) -> None:
    """Also of what no rate needs, and where nothing else moves: what comes after it would mean nothing."""
    monkeypatch.setattr(routing, "FEW", few)
    values = {"x": Parameter(1.0, constant=False), "z": Parameter(1.0, constant=False)}
    rates = {"y": parse_formula("-0.1 * y")} if moves else {}
    values["y"] = Parameter(1.0, constant=False)
    event = Event(parse_formula("time > late"), assignments={target: parse_formula(value)})
    network = Network(
        "n", parameters=values | {"late": Parameter(1.0)}, rates=rates | ({"x": ZERO} if target == "x" else {}),
        events={"E": event},
    )  # fmt: skip
    found = integrate(network, [0.0, 3.0], parameters={"late": np.array([1.0, 9.0, 9.0, 1.0])}, save=["x", "z"])
    assert [bool(why) for why in found.status] == [True, False, False, True]
    assert found.status[0].startswith("could not go past time 1: its rates have no value there")
    if target == "x" or few > 4:  # lanes do not keep what is held
        assert f"('{target}' is {word})" in found.status[0]
    assert np.all(np.isnan(found.values[0])) and np.all(np.isfinite(found.values[1]))
