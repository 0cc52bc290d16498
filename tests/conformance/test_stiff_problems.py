"""Stiff problems with known solutions, on both backends: the error delivered follows the error asked for.

Reference values: Mazzia and Magherini, Test Set for Initial Value Problem Solvers, release 2.4 (2008).
"""

from __future__ import annotations

import numpy as np
import pytest

from pleio.mechanisms import Network, Parameter, parse_formula
from pleio.simulation import integrate


def problem(rates: dict[str, str], starts: list[float]) -> Network:
    parameters = {k: Parameter(v, constant=False) for k, v in zip(rates, starts, strict=True)}
    return Network("stiff", parameters=parameters, rates={key: parse_formula(text) for key, text in rates.items()})


ROBER = problem(
    {"a": "-0.04*a + 1e4*b*c", "b": "0.04*a - 1e4*b*c - 3e7*b^2", "c": "3e7*b^2"}, [1, 0, 0]
), 1e11, {"a": 0.2083340149701255e-7, "b": 0.8333360770334713e-13, "c": 0.9999999791665050}, 1e-24  # fmt: skip
HIRES = problem(
    {
        "y1": "-1.71*y1 + 0.43*y2 + 8.32*y3 + 0.0007",
        "y2": "1.71*y1 - 8.75*y2",
        "y3": "-10.03*y3 + 0.43*y4 + 0.035*y5",
        "y4": "8.32*y2 + 1.71*y3 - 1.12*y4",
        "y5": "-1.745*y5 + 0.43*y6 + 0.43*y7",
        "y6": "-280*y6*y8 + 0.69*y4 + 1.71*y5 - 0.43*y6 + 0.69*y7",
        "y7": "280*y6*y8 - 1.81*y7",
        "y8": "-280*y6*y8 + 1.81*y7",
    },
    [1, 0, 0, 0, 0, 0, 0, 0.0057],
), 321.8122, {
    "y1": 0.7371312573325668e-3, "y2": 0.1442485726316185e-3, "y3": 0.5888729740967575e-4, "y4": 0.1175651343283149e-2,
    "y5": 0.2386356198831331e-2, "y6": 0.6238968252742796e-2, "y7": 0.2849998395185769e-2, "y8": 0.2850001604814231e-2,
}, 1e-14  # fmt: skip
OREGO = problem(
    {"a": "77.27*(b + a*(1 - 8.375e-6*a - b))", "b": "(c - (1 + a)*b)/77.27", "c": "0.161*(a - c)"}, [1, 2, 3]
), 360.0, {"a": 0.1000814870318523e1, "b": 0.1228178521549917e4, "c": 0.1320554942846706e3}, 1e-14  # fmt: skip
VDPOL = problem({"a": "b", "b": "((1 - a^2)*b - a)/1e-6"}, [2, 0]), 2.0, {
    "a": 0.1706167732170483e1, "b": -0.8928097010247975
}, 1e-14  # fmt: skip
PROBLEMS = {"ROBER": ROBER, "HIRES": HIRES, "OREGO": OREGO, "VDPOL": VDPOL}


@pytest.mark.parametrize("members", [1, 4], ids=["reference", "lockstep"])
@pytest.mark.parametrize("rtol", [1e-4, 1e-6, 1e-8])
@pytest.mark.parametrize("key", PROBLEMS)
def test_as_many_digits_as_asked_for_but_one(key: str, rtol: float, members: int) -> None:
    network, end, expected, atol = PROBLEMS[key]
    run = integrate(network, [end], members=members, save=list(expected), rtol=rtol, atol=atol)
    assert set(run.status) == {""}
    np.testing.assert_allclose(run.values[:, 0], [list(expected.values())] * members, rtol=10 * rtol)
