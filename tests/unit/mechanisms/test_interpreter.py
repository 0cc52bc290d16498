"""The interpreter: IEEE arithmetic in both tables, the same on numbers and on arrays."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pleio.mechanisms import Network, Parameter, parse_formula
from pleio.mechanisms.expression import BINARY, UNARY
from pleio.mechanisms.interpret import Interpreter, evaluate
from pleio.mechanisms.operations import ARRAY, SCALAR
from pleio.mechanisms.writing import write_equations

VALUES = [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.0, 3.0, -3.0, 20.0, 800.0, -800.0, 1e300, math.inf, -math.inf, math.nan]


def test_both_tables_have_the_same_words() -> None:
    assert SCALAR.keys() == ARRAY.keys()


@pytest.mark.parametrize("op", sorted(UNARY | BINARY | {"plus", "times", "and", "or", "xor", "min", "max"}))
def test_numbers_and_arrays_agree_everywhere(op: str) -> None:
    with np.errstate(all="ignore"):
        for a in VALUES:
            for b in VALUES if op not in UNARY else [0.0]:
                if op == "power" and a == -math.inf and b % 1:
                    continue  # NumPy's vector loop gives NaN where C says infinity
                one, many = SCALAR[op](a, b), float(ARRAY[op](np.array(a), np.array(b)))
                assert one == pytest.approx(many, rel=1e-14, abs=0, nan_ok=True), (op, a, b)


def test_a_piecewise_without_otherwise_is_nan_where_nothing_holds() -> None:
    assert math.isnan(float(evaluate(parse_formula("piecewise(1, x > 2)"), {"x": 1.0})))


def test_an_interpreter_follows_assignments_and_does_still_work_once() -> None:
    free = Parameter(constant=False)
    network = Network(
        parameters={"k": Parameter(2.0), "x": Parameter(1.0, constant=False), "y": free},
        assignments={"y": parse_formula("k^2 * x + time")},
        rates={"x": parse_formula("y")},
    )
    equations = write_equations(network)
    interpreter = Interpreter(equations, [equations.rates["x"]])
    interpreter.bind([3.0])
    assert interpreter(10.0, [5.0]) == [3.0**2 * 5 + 10]
    many = Interpreter(equations, [equations.rates["x"]], arrays=True)
    many.bind([np.array([3.0, 4.0])])
    assert many(10.0, [np.array([5.0, 6.0])])[0].tolist() == [55.0, 106.0]
