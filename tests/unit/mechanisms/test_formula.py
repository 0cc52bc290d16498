"""Formula text: precedence, refusals with their whole message, and the inverse pair of parser and printer."""

from __future__ import annotations

import pytest

from pleio.base.errors import ModelError
from pleio.mechanisms.formula import parse_formula
from pleio.mechanisms.interpret import evaluate
from pleio.mechanisms.printing import print_formula


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-2^2", -4),
        ("2^-1", 0.5),
        ("-!0", -1),
        ("!-3", 0),
        ("!-0", 1),
        ("7 - 2 - 1", 4),
        ("8 / 4 / 2", 1),
        ("2 * 3 + 4 * 5", 26),
        ("1 < 2 && 3 < 2 + 2", 1),
        ("!0 && 1", 1),
        ("lt(1, 2, 2)", 0),
        ("leq(1, 2, 2)", 1),
        ("log(1000)", 3),
        ("log(2, 8)", 3),
        ("root(3, 27)", 3),
        ("root(16)", 4),
        ("quotient(-7, 2)", -3),
        ("rem(-7, 2)", -1),
        ("7 % 4", 3),
        ("implies(1, 0)", 0),
        ("sec(0) + arccot(inf)", 1),
        ("piecewise(1, 0 > 1, 2)", 2),
        ("factorial(5)", 120),
        ("xor(1, 1, 1)", 1),
        ("plus() + times()", 1),
        ("min(3, 1, 2) * max(3, 1, 2)", 3),
        ("avogadro / 6.02214179e23", 1),
    ],
)
def test_what_a_formula_means(text: str, value: float) -> None:
    assert float(evaluate(parse_formula(text), {})) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a^b^c", "'a^b^c': column 4: a power of a power; write (a^b)^c or a^(b^c)"),
        ("a && b || c", "'a && b || c': column 8: mixes && and ||; put parentheses around one of them"),
        ("1 < x < 2", "'1 < x < 2': column 7: compares more than two things; join two comparisons with &&"),
        ("(a + b", "'(a + b': column 1: '(' is not closed"),
        ("a +", "'a +': ends where a value is needed"),
        ("a $ b", "'a $ b': column 3: '$' has no place in a formula"),
        ("sin(1, 2)", "'sin(1, 2)': column 1: 'sin' cannot be applied to 2 operand(s)"),
        ("delay(x)", "'delay(x)': column 1: 'delay' cannot take 1 argument(s)"),
        ("rateOf(2 * x)", "'rateOf(2 * x)': column 1: 'rateOf' takes the name of a quantity"),
        ("", "'': is empty; write a formula such as k * S"),
    ],
)
def test_what_is_refused_and_how(text: str, message: str) -> None:
    with pytest.raises(ModelError) as caught:
        parse_formula(text)
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["(" * 300 + "a" + ")" * 300, "-" * 20_000 + "a", "sin(" * 5_000 + "a" + ")" * 5_000])
def test_depth_is_bounded(text: str) -> None:
    with pytest.raises(ModelError, match="nests deeper than 256 levels; split it into assignments"):
        parse_formula(text)


def test_a_long_sum_is_not_deep() -> None:
    assert parse_formula(" + ".join(["a"] * 20_000)).depth == 2


def test_reserved_words_can_be_ids_in_quotes() -> None:
    formula = parse_formula("`pi` + pi + `time` + `sin`(x)")
    assert print_formula(formula) == "`pi` + pi + `time` + `sin`(x)"


def test_a_number_keeps_its_unit() -> None:
    assert print_formula(parse_formula("3 nM * x")) == '3 "nM" * x'
    assert parse_formula('2 "nmol/L"').unit == "nmol/L"
