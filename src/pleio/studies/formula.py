"""Evaluating the formulas of a study, its utility and its inclusion criteria, on arrays.

The formulas are parsed by `mechanisms.formula`; only arithmetic, comparison, logic and `piecewise` have a meaning here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..base.errors import StudyError
from ..mechanisms.expression import CONSTANTS, Expression, walk
from ..mechanisms.formula import parse_formula

Array = NDArray[np.float64]


def _fold(function: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    return lambda *args: reduce(function, args)


def _truth(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args: np.asarray(function(*args), dtype=np.float64)


def _piecewise(*args: Any) -> Any:
    otherwise = args[-1] if len(args) % 2 else np.nan
    pieces = list(zip(args[0::2], args[1::2], strict=False))
    for value, condition in reversed(pieces):
        otherwise = np.where(np.asarray(condition) != 0, value, otherwise)
    return otherwise


OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "plus": lambda *args: reduce(np.add, args, 0.0),
    "times": lambda *args: reduce(np.multiply, args, 1.0),
    "divide": np.divide,
    "power": np.power,
    "negative": np.negative,
    "min": _fold(np.minimum),
    "max": _fold(np.maximum),
    "abs": np.abs,
    "exp": np.exp,
    "ln": np.log,
    "log10": np.log10,
    "sqrt": np.sqrt,
    "eq": _truth(np.equal),
    "neq": _truth(np.not_equal),
    "lt": _truth(np.less),
    "leq": _truth(np.less_equal),
    "gt": _truth(np.greater),
    "geq": _truth(np.greater_equal),
    "and": _truth(_fold(np.logical_and)),
    "or": _truth(_fold(np.logical_or)),
    "not": _truth(np.logical_not),
    "piecewise": _piecewise,
}


def evaluate(formula: str | Expression, values: Mapping[str, Any]) -> Array:
    """Give the value of a formula, element by element.

    Args:
        formula: its text, or the parsed formula.
        values: name → number or array; the shapes broadcast.  NaN in gives NaN out.
    Returns:
        The value, in the broadcast shape.
    Raises:
        StudyError: it uses an operation or a name that has no meaning here.
    """
    root = parse_formula(formula) if isinstance(formula, str) else formula
    done: dict[Expression, Any] = {}
    with np.errstate(all="ignore"):
        for node in walk(root):
            done[node] = _value(node, [done[arg] for arg in node.args], values)
    return np.asarray(done[root], dtype=np.float64)


def _value(node: Expression, args: list[Any], values: Mapping[str, Any]) -> Any:
    if node.op == "number":
        return node.value
    if node.op == "constant":
        return CONSTANTS[str(node.value)]
    if node.op == "name" and str(node.value) in values:
        return np.asarray(values[str(node.value)], dtype=np.float64)
    if node.op in OPERATIONS:
        return OPERATIONS[node.op](*args)
    raise StudyError(str(node), f"'{node.value or node.op}' has no meaning in a study's formula")
