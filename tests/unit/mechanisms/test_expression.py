"""Expressions: equal ones are one object, walking needs no recursion, and substitution is simultaneous."""

from __future__ import annotations

import pickle

import pytest

from pleio.mechanisms.expression import apply, name, names, number, rate_of, rewrite, substitute, walk
from pleio.mechanisms.formula import parse_formula


def test_equal_expressions_are_one_object() -> None:
    assert parse_formula("k * S + 1") is parse_formula("k*S + 1.0")
    assert number(0.0) is not number(-0.0)
    assert number(float("nan")) is number(float("nan"))
    assert number(1, "nM") is not number(1)


def test_an_expression_is_not_changed() -> None:
    with pytest.raises(AttributeError, match="make another one"):
        name("a").value = "b"


def test_pickling_gives_the_same_object() -> None:
    formula = parse_formula('piecewise(3 "nM" * x, x > 2, f(time))')
    assert pickle.loads(pickle.dumps(formula)) is formula  # noqa: S301 - our own bytes


def test_an_operation_takes_the_operands_it_takes() -> None:
    for op, args in [("divide", (number(1),)), ("sin", ()), ("min", ()), ("unheard-of", (number(1),))]:
        with pytest.raises(ValueError, match="cannot be applied"):
            apply(op, *args)


def test_walking_a_very_deep_expression() -> None:
    formula = name("x")
    for _ in range(50_000):
        formula = apply("sin", formula)
    assert sum(1 for _ in walk(formula)) == 50_001
    assert len(formula.digest) == 32


def test_walk_gives_operands_first_and_each_node_once() -> None:
    formula = parse_formula("(a + b) * (a + b)")
    nodes = list(walk(formula))
    assert len(nodes) == len(set(nodes)) == 4
    assert nodes[-1] is formula


def test_substitution_is_simultaneous() -> None:
    swapped = substitute(parse_formula("a - b"), {"a": name("b"), "b": name("a")})
    assert swapped is parse_formula("b - a")


def test_a_rate_follows_a_renaming_but_not_a_formula() -> None:
    assert substitute(rate_of("x"), {"x": name("y")}) is rate_of("y")
    with pytest.raises(ValueError, match="takes the name of a quantity"):
        substitute(rate_of("x"), {"x": number(2)})


def test_names_sees_inside_rates_and_baselines() -> None:
    assert names(parse_formula("a + rateOf(b) * baseline(c) + time")) == {"a", "b", "c"}


def test_rewriting_with_nothing_to_change_gives_the_same_object() -> None:
    formula = parse_formula("-(a^2) + f(b, 3)")
    assert rewrite(formula, lambda node: node) is formula
