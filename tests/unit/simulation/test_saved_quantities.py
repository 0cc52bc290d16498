"""What is saved beside the states is as the interpreter has it, also what lanes lack and what is no number."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.mechanisms import Network, parse_formula
from pleio.mechanisms.network import Observable, Parameter
from pleio.simulation import integrate, routing

F = parse_formula


def rising(**constants: float) -> Network:
    """A network in which x is the time."""
    values = {"x": Parameter(0.0, constant=False)} | {key: Parameter(value) for key, value in constants.items()}
    return Network("n", parameters=values, rates={"x": F("1")})


ORDERS = ("x, p", "p, x")


@pytest.mark.parametrize("few", [4, 1000], ids=["lanes", "reference path"])
def test_the_least_and_the_greatest_of_no_number_are_none(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(routing, "FEW", few)
    model = rising(p=0.5)
    model = model.replace(
        observables={
            f"{op}{k}": Observable(F(f"{op}({args})")) for op in ("min", "max") for k, args in enumerate(ORDERS)
        }
    )
    p = np.array([0.5, np.nan, 2.0, -1.0, 0.25])
    found = integrate(model, [1.0], parameters={"p": p}, save=list(model.observables))
    np.testing.assert_allclose(found.values[:, 0, :2], np.minimum(1.0, p)[:, None] * np.ones(2), rtol=1e-9)
    np.testing.assert_allclose(found.values[:, 0, 2:], np.maximum(1.0, p)[:, None] * np.ones(2), rtol=1e-9)


def test_what_is_only_saved_may_hold_a_function_that_lanes_do_not_have() -> None:
    model = rising(n=3.0).replace(observables={"ways": Observable(F("factorial(n)"))})
    assert routing.reasons(model, 6, ["x"]) == () and routing.reasons(model, 6, ["ways"]) == (
        "the function 'factorial'",
    )
    n = np.arange(6.0)
    found = integrate(model, [1.0], parameters={"n": n}, save=["x", "ways"])
    np.testing.assert_allclose(found.values[:, 0], np.stack([np.ones(6), [1, 1, 2, 6, 24, 120]], axis=1), rtol=1e-9)
