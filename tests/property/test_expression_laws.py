"""Laws of expressions: the printer and the parser are inverse, and renaming commutes with evaluation."""

from __future__ import annotations

import math
import pickle

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pleio.mechanisms.expression import (
    BINARY,
    CONSTANTS,
    UNARY,
    VARIADIC,
    Expression,
    apply,
    baseline,
    call,
    constant,
    name,
    names,
    number,
    rate_of,
    substitute,
    time,
)
from pleio.mechanisms.formula import parse_formula
from pleio.mechanisms.interpret import Interpreter, evaluate
from pleio.mechanisms.network import Network, Parameter
from pleio.mechanisms.printing import print_formula
from pleio.mechanisms.writing import write_equations

IDS = st.sampled_from(["a", "b", "k_1", "S", "pi", "time", "sin", "inf"])
NUMBERS = st.floats(allow_nan=False) | st.integers(-5, 5).map(float)
LEAVES = st.one_of(
    st.builds(number, NUMBERS, st.sampled_from(["", "nM", "nmol/L"])),
    IDS.map(name),
    st.sampled_from(sorted(CONSTANTS)).map(constant),
    st.just(time()),
    IDS.map(rate_of),
    IDS.map(baseline),
)


def grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    def several(op: str) -> st.SearchStrategy[Expression]:
        least = 1 if op in ("min", "max") else 0
        return st.lists(inner, min_size=least, max_size=4).map(lambda args: apply(op, *args))

    return st.one_of(
        st.builds(apply, st.sampled_from(sorted(UNARY)), inner),
        st.builds(apply, st.sampled_from(sorted(BINARY)), inner, inner),
        st.sampled_from(sorted(VARIADIC)).flatmap(several),
        st.lists(inner, min_size=1, max_size=5).map(lambda args: apply("piecewise", *args)),
        st.builds(lambda x, lag: apply("delay", x, lag), inner, inner),
        st.builds(call, st.sampled_from(["f", "sin"]), inner),
    )


FORMULAS = st.recursive(LEAVES, grown, max_leaves=25)


@settings(max_examples=400, deadline=None)
@given(FORMULAS)
def test_parsing_what_is_printed_gives_the_same_object(formula: Expression) -> None:
    assert parse_formula(print_formula(formula)) is formula


@settings(max_examples=50, deadline=None)
@given(FORMULAS)
def test_pickling_gives_the_same_object(formula: Expression) -> None:
    assert pickle.loads(pickle.dumps(formula)) is formula  # noqa: S301 - our own bytes


ARITHMETIC = st.recursive(
    st.one_of(st.floats(-4, 4).map(number), st.sampled_from(["a", "b"]).map(name)),
    lambda inner: st.one_of(
        st.builds(
            apply, st.sampled_from(["divide", "power", "plus", "times", "lt", "geq", "min", "xor"]), inner, inner
        ),
        st.builds(apply, st.sampled_from(["exp", "ln", "sqrt", "sin", "floor", "arctan", "negative", "not"]), inner),
        st.builds(lambda x, c, y: apply("piecewise", x, c, y), inner, inner, inner),
    ),
    max_leaves=20,
)
VALUES = st.floats(-3, 3)


@settings(max_examples=150, deadline=None)
@given(ARITHMETIC, VALUES, VALUES)
def test_one_member_and_many_members_mean_the_same(formula: Expression, a: float, b: float) -> None:
    network = Network(parameters={"a": Parameter(a), "b": Parameter(b)})
    interpreter = Interpreter(write_equations(network), [formula])
    interpreter.bind([a, b])
    (one,) = interpreter(0.0, [])
    many = np.asarray(evaluate(formula, {"a": np.array([a, 1.0]), "b": np.array([b, 1.0])})) * np.ones(2)
    if math.isfinite(one) and abs(one) < 1e6:
        np.testing.assert_allclose(many[0], one, rtol=1e-9, atol=1e-9)
    else:
        assert not (math.isfinite(many[0]) and abs(many[0]) < 1e5)


@settings(max_examples=100, deadline=None)
@given(ARITHMETIC, VALUES, VALUES)
def test_renaming_changes_nothing(formula: Expression, a: float, b: float) -> None:
    renamed = substitute(formula, {"a": name("x"), "b": name("y")})
    assert names(renamed) <= {"x", "y"}
    one, two = evaluate(formula, {"a": a, "b": b}), evaluate(renamed, {"x": a, "y": b})
    assert one == two or (np.isnan(one) and np.isnan(two))
