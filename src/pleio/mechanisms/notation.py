"""The words of formulas: relations, reserved words, and what each function builds from the small vocabulary.

Text (`formula.py`, `printing.py`) and MathML (`formats/sbml`) share this table, so `sec(x)` means the same in both.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Final

from .expression import BINARY, CONSTANTS, ONE, UNARY, VARIADIC, Expression, apply, baseline, number, rate_of

RELATIONS: Final = {"==": "eq", "!=": "neq", "<": "lt", "<=": "leq", ">": "gt", ">=": "geq"}
RESERVED: Final = {"time", "inf", "infinity", "nan", "notanumber", *CONSTANTS}


def _chain(op: str) -> Callable[..., Expression]:
    """`a < b < c` means `a < b && b < c`."""

    def build(*args: Expression) -> Expression:
        if len(args) == 2 or op == "neq":
            return apply(op, *args)
        return apply("and", *(apply(op, a, b) for a, b in pairwise(args)))

    return build


def _minus(a: Expression, *rest: Expression) -> Expression:
    if not rest:
        return apply("negative", a)
    (b,) = rest
    return apply("plus", a, apply("negative", b))


def _root(a: Expression, *rest: Expression) -> Expression:
    if not rest or (a.op == "number" and a.value == 2.0):
        return apply("sqrt", *(rest or (a,)))
    (radicand,) = rest
    return apply("power", radicand, apply("divide", ONE, a))


def _log(a: Expression, *rest: Expression) -> Expression:
    if not rest or (a.op == "number" and a.value == 10.0):
        return apply("log10", *(rest or (a,)))
    (argument,) = rest
    return apply("divide", apply("ln", argument), apply("ln", a))


def _quotient(a: Expression, b: Expression) -> Expression:
    ratio = apply("divide", a, b)
    return apply("piecewise", apply("floor", ratio), apply("geq", ratio, number(0)), apply("ceiling", ratio))


def remainder(a: Expression, b: Expression) -> Expression:
    """What is left of a after whole times b, with the sign of a."""
    return apply("plus", a, apply("negative", apply("times", b, _quotient(a, b))))


def _over(op: str) -> Callable[[Expression], Expression]:
    return lambda x: apply("divide", ONE, apply(op, x))


def _of_inverse(op: str) -> Callable[[Expression], Expression]:
    return lambda x: apply(op, apply("divide", ONE, x))


def _rate_of(x: Expression) -> Expression:
    if x.op != "name":
        raise ValueError("'rateOf' takes the name of a quantity")
    return rate_of(str(x.value))


def _baseline(x: Expression) -> Expression:
    if x.op != "name":
        raise ValueError("'baseline' takes the name of a quantity")
    return baseline(str(x.value))


# every word that may stand before a parenthesis, or that MathML has as an element, and what it builds
FUNCTIONS: Final[dict[str, Callable[..., Expression]]] = {
    **{op: partial(apply, op) for op in sorted(UNARY | BINARY | VARIADIC | {"piecewise"})},
    **{op: _chain(op) for op in RELATIONS.values()},
    "delay": lambda x, lag: apply("delay", x, lag),
    "rateOf": _rate_of,
    "baseline": _baseline,
    "minus": _minus,
    "root": _root,
    "log": _log,
    "quotient": _quotient,
    "rem": remainder,
    "implies": lambda a, b: apply("or", apply("not", a), b),
    "pow": lambda a, b: apply("power", a, b),
    "sqr": lambda x: apply("power", x, number(2)),
    "ceil": lambda x: apply("ceiling", x),
    **{f"a{op}": partial(apply, f"arc{op}") for op in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{word: _over(op) for word, op in [("sec", "cos"), ("csc", "sin"), ("cot", "tan")]},
    **{word: _over(op) for word, op in [("sech", "cosh"), ("csch", "sinh"), ("coth", "tanh")]},
    **{f"arc{word}": _of_inverse(f"arc{op}") for word, op in [("sec", "cos"), ("csc", "sin"), ("cot", "tan")]},
    **{f"arc{word}": _of_inverse(f"arc{op}") for word, op in [("sech", "cosh"), ("csch", "sinh"), ("coth", "tanh")]},
}  # fmt: skip
