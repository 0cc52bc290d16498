"""What each operation of an expression computes, for one number (fast) and for arrays of members (the meaning).

Every function takes two operands and ignores the second where the operation has one; none raises: what has no value is
NaN and what overflows is infinite, as IEEE 754 has it.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any, Final

import numpy as np

Operation = Callable[[Any, Any], Any]
NAN, INF = math.nan, math.inf


def _divide(a: float, b: float) -> float:
    try:
        return a / b
    except ZeroDivisionError:
        return NAN if a == 0 or a != a else math.copysign(INF, a) * math.copysign(1.0, b)


def _power(a: float, b: float) -> float:
    try:
        return math.pow(a, b)
    except OverflowError:
        return -INF if a < 0 and b % 2 == 1 else INF
    except ValueError:
        if a != 0:
            return NAN
        return math.copysign(INF, a) if b % 2 == 1 else INF


def _quiet(function: Callable[[float], float], over: float = INF) -> Operation:
    def quiet(a: float, _: float) -> float:
        try:
            return function(a)
        except OverflowError:
            return over
        except ValueError:
            return NAN

    return quiet


def _log(function: Callable[[float], float]) -> Operation:
    return lambda a, _: function(a) if a > 0 else (-INF if a == 0 else NAN)


def _sinh(a: float, _: float) -> float:
    try:
        return math.sinh(a)
    except OverflowError:
        return math.copysign(INF, a)


def _whole(function: Callable[[float], int]) -> Operation:
    return lambda a, _: float(function(a)) if math.isfinite(a) else a


def _arctanh(a: float, _: float) -> float:
    if abs(a) < 1:
        return math.atanh(a)
    return math.copysign(INF, a) if abs(a) == 1 else NAN


def _factorial(a: float, _: float) -> float:
    if not math.isfinite(a):
        return INF if a > 0 else NAN
    if a >= 0 and a == math.floor(a) and a <= 170:
        return float(math.factorial(int(a)))
    try:
        return math.gamma(a + 1)
    except (OverflowError, ValueError):
        return INF if a > 0 else NAN


def _truth(relation: Callable[[float, float], bool]) -> Operation:
    return lambda a, b: 1.0 if relation(a, b) else 0.0


def _pair(a: Any, b: Any) -> Any:
    return (a, b)


SCALAR: Final[dict[str, Operation]] = {
    "plus": operator.add,
    "times": operator.mul,
    "divide": _divide,
    "power": _power,
    "negative": lambda a, _: -a,
    "abs": lambda a, _: abs(a),
    "exp": _quiet(math.exp),
    "ln": _log(math.log),
    "log10": _log(math.log10),
    "sqrt": lambda a, _: math.sqrt(a) if a >= 0 else NAN,
    "floor": _whole(math.floor),
    "ceiling": _whole(math.ceil),
    "factorial": _factorial,
    "sin": _quiet(math.sin),
    "cos": _quiet(math.cos),
    "tan": _quiet(math.tan),
    "sinh": _sinh,
    "cosh": _quiet(math.cosh),
    "tanh": lambda a, _: math.tanh(a),
    "arcsin": _quiet(math.asin),
    "arccos": _quiet(math.acos),
    "arctan": lambda a, _: math.atan(a),
    "arcsinh": lambda a, _: math.asinh(a),
    "arccosh": _quiet(math.acosh),
    "arctanh": _arctanh,
    "not": lambda a, _: 0.0 if a else 1.0,
    "and": lambda a, b: 1.0 if a and b else 0.0,
    "or": lambda a, b: 1.0 if a or b else 0.0,
    "xor": lambda a, b: 1.0 if bool(a) != bool(b) else 0.0,
    "eq": _truth(operator.eq),
    "neq": _truth(operator.ne),
    "lt": _truth(operator.lt),
    "leq": _truth(operator.le),
    "gt": _truth(operator.gt),
    "geq": _truth(operator.ge),
    "min": lambda a, b: NAN if a != a or b != b else min(a, b),
    "max": lambda a, b: NAN if a != a or b != b else max(a, b),
    "pair": _pair,
    "choose": lambda condition, pair: pair[0] if condition else pair[1],
}


def _array_factorial(a: Any, _: Any) -> Any:
    return np.vectorize(lambda x: _factorial(x, 0.0), otypes=[float])(a)


def _one(function: Callable[[Any], Any]) -> Operation:
    return lambda a, _: function(a)


def _as_truth(function: Callable[[Any, Any], Any]) -> Operation:
    return lambda a, b: np.asarray(function(a, b), dtype=float)


ARRAY: Final[dict[str, Operation]] = {
    "plus": np.add,
    "times": np.multiply,
    "divide": np.divide,
    "power": np.power,
    "negative": _one(np.negative),
    "abs": _one(np.abs),
    "exp": _one(np.exp),
    "ln": _one(np.log),
    "log10": _one(np.log10),
    "sqrt": _one(np.sqrt),
    "floor": _one(np.floor),
    "ceiling": _one(np.ceil),
    "factorial": _array_factorial,
    **{op: _one(getattr(np, op)) for op in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{op: _one(getattr(np, op)) for op in ("arcsin", "arccos", "arctan", "arcsinh", "arccosh", "arctanh")},
    "not": lambda a, _: np.asarray(np.equal(a, 0), dtype=float),
    "and": _as_truth(np.logical_and),
    "or": _as_truth(np.logical_or),
    "xor": _as_truth(np.logical_xor),
    "eq": _as_truth(np.equal),
    "neq": _as_truth(np.not_equal),
    "lt": _as_truth(np.less),
    "leq": _as_truth(np.less_equal),
    "gt": _as_truth(np.greater),
    "geq": _as_truth(np.greater_equal),
    "min": np.minimum,
    "max": np.maximum,
    "pair": _pair,
    "choose": lambda condition, pair: np.where(np.not_equal(condition, 0), pair[0], pair[1]),
}
