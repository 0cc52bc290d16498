"""Every function at hostile arguments: compiled code gives what the interpreter gives, or says that it has no value."""

from __future__ import annotations

import ctypes
from functools import cache

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pleio.compiler.lower import lower
from pleio.compiler.spec import OPERATIONS
from pleio.mechanisms import Network
from pleio.mechanisms.expression import BINARY, UNARY, VARIADIC, Expression, apply, name, number
from pleio.mechanisms.interpret import evaluate
from pleio.mechanisms.network import Parameter
from pleio.mechanisms.writing import write_equations
from pleio.simulation.lockstep.engine import Engine

Array = np.ndarray
X, Y = name("x"), name("y")
SMALLEST_INVERTED = 2.0**-1024  # the reciprocal of a smaller number overflows
MOST_TURNED = 2.0**50
ONE_OPERAND = sorted(UNARY & OPERATIONS)
TWO_OPERANDS = sorted((BINARY | VARIADIC) & OPERATIONS)
EXPONENTS = (-9.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1 / 3, 1.0, 2.0, 3.0, 8.0, 9.0)


def formulas() -> dict[str, Expression]:
    found = {op: apply(op, X) for op in ONE_OPERAND} | {op: apply(op, X, Y) for op in TWO_OPERANDS}
    found |= {f"x^{n:g}": apply("power", X, number(n)) for n in EXPONENTS}
    found |= {f"{n:g}^x": apply("power", number(n), X) for n in (-2.0, 0.0, 0.5, 1.0)}
    found["piecewise"] = apply("piecewise", X, apply("lt", X, Y), Y)
    found["no branch"] = apply("piecewise", X, apply("lt", X, Y))
    found["if x"] = apply("piecewise", Y, X, number(3.0))
    found["0 x"] = apply("times", number(0.0), X)
    found["0 / x"] = apply("divide", number(0.0), X)
    found["x + x + y"] = apply("plus", X, X, Y)
    return found


FORMULAS = formulas()
HOSTILE = (
    0.0, -0.0, 5e-324, -5e-324, 2.0**-1023, -(2.0**-1022), 1e-200, -1e-200, 1e-17, 0.5, -0.5, 1.0, -1.0, 1.5, -1.5,
    2.0, -2.0, 3.0, -3.0, 709.9, -745.2, 710.4, 1e5, -1e15, 1e17, 1e154, -1e200, 1.7e308, -1.7e308,
    np.inf, -np.inf, np.nan, np.pi / 2,
)  # fmt: skip
numbers = st.one_of(st.sampled_from(HOSTILE), st.floats(), st.floats(-30, 30))


@cache
def engine() -> Engine:
    states = {key: Parameter(1.0, constant=False) for key in ("x", "y")}
    equations = write_equations(Network(parameters=states, rates={"x": number(0.0), "y": number(0.0)}))
    return Engine(lower(equations, FORMULAS))


def computed(x: float, y: float) -> dict[str, float]:
    made = engine()

    def lanes(count: int) -> Array:
        raw = np.zeros((count + 1) * made.width + 16)
        skip = (-raw.ctypes.data % 128) // 8
        return raw[skip : skip + count * made.width].reshape(count, made.width)

    sizes = {"p": 1, "c": len(made.program.hoisted), "y": 2, "t": 1, "o": len(FORMULAS), "g": 2, "tmp": made._scratch}
    arrays = {key: lanes(size + 1) for key, size in sizes.items()}
    arrays["y"][0], arrays["y"][1] = x, y
    made.code.function("output", *[ctypes.c_void_p] * 7)(*(array.ctypes.data for array in arrays.values()))
    saved = arrays["o"][: len(FORMULAS), 0]
    return dict(zip(made.program.outputs, saved.tolist(), strict=True))


def loss(key: str, x: float, y: float) -> float:
    """The relative error allowed: a few units in the last place, more for large exponents."""
    exponent = abs(y) if key == "power" else abs(x) if key.endswith("^x") else 0.0
    return 1e-14 * (1 + float(np.fmin(exponent, 1e6)))


def has_no_digits(key: str, x: float, y: float) -> bool:
    """Where an infinity or a NaN is allowed in place of the value, as `docs/theory/engine.md` says."""
    below = y if key == "divide" else x if key == "0 / x" else 1.0
    turned = key in ("sin", "cos", "tan") and abs(x) > MOST_TURNED
    return abs(below) <= SMALLEST_INVERTED or turned


@settings(max_examples=150, deadline=None)
@given(numbers, numbers)
@example(-1.0, 0.5)
@example(0.0, -1.0)
@example(np.nan, 1.0)
@example(1.0, np.nan)
@example(1e22, 0.0)
def test_compiled_functions_are_those_of_the_interpreter_at_any_argument(x: float, y: float) -> None:
    found = computed(x, y)
    for key, formula in FORMULAS.items():
        want = float(evaluate(formula, {"x": np.float64(x), "y": np.float64(y)}))
        got = found[key]
        if has_no_digits(key, x, y) and not np.isfinite(got):
            continue
        if key in ("power", *(f"x^{n:g}" for n in EXPONENTS)) and 0 < abs(x) < 2.0**-1022:
            continue  # a subnormal base is rounded
        if key == "tan" and abs(want) > 1e10:
            continue  # beside a pole the last digit of x decides
        np.testing.assert_allclose(got, want, rtol=loss(key, x, y), atol=1e-305, err_msg=f"{key} at {x}, {y}")


@settings(max_examples=60, deadline=None)
@given(numbers, numbers)
def test_constants_are_folded_as_the_interpreter_computes(x: float, y: float) -> None:
    from pleio.compiler.graph import Graph
    from pleio.compiler.lower import translate

    graph = Graph()
    given_values = {"x": graph.const(x), "y": graph.const(y)}
    for key, formula in FORMULAS.items():
        node = translate(graph, {key: formula}, given_values)[key]
        assert graph.op[node] == "const"
        want = float(evaluate(formula, {"x": np.float64(x), "y": np.float64(y)}))
        if x == 0 or y == 0 or has_no_digits(key, x, y):
            continue  # a constant −0 is 0
        if key == "x^0.5" and x == -np.inf:
            continue  # NumPy's own answer is NaN for a number and ∞ for an array
        np.testing.assert_allclose(graph.value[node], want, rtol=1e-13, atol=1e-305, err_msg=f"{key} at {x}, {y}")
