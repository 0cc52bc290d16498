"""exp, log, pow, sin, cos, tanh, sinh and cosh for vectors of doubles: branch-free, the same bits on every width.

Each is made of additions, products and fused products in a stated order; the polynomials are as short as accuracy
allows (`series`). Largest errors in units in the last place, as `tests/unit/compiler/test_vector_math.py` measures:

    exp 1   log 0.9   sin, cos 2.1 (|x| < 10⁵)   tanh 3   sinh, cosh 4   pow 1 + |y| / 4

What has no value is NaN, as in C. Two differences: a subnormal base of `pow` is rounded to 2⁻¹⁰²², and `sin` and `cos`
of more than 2⁵⁰ are NaN, since such a number no longer tells where in its period it lies.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import llvmlite.ir as ir

from .emit import DOUBLE, Emitter
from .parts import SHIFT, horner, log_parts, mantissa, scale
from .powers import SMALLEST_NORMAL, any_power, power, powers
from .series import exponential
from .straight import MATH, TOGETHER
from .value import Value

LN2_HIGH: Final = float.fromhex("0x1.62e42fefa3800p-1")  # the leading bits of ln 2, so that k · LN2_HIGH is exact
LN2_LOW: Final = float.fromhex("0x1.ef35793c76730p-45")  # the rest
MOST_TURNED: Final = 2.0**50
HALF_PI: Final = tuple(map(float.fromhex, ("0x1.921fb54400000p+0", "0x1.0b4611a600000p-34", "0x1.3198a2e037073p-69")))


def write_math(module: ir.Module, width: int) -> None:
    """Write all functions into a module, under the names that `straight.MATH` gives them."""
    vector = ir.VectorType(DOUBLE, width)
    for name, build in FUNCTIONS.items():
        _write(module, name, vector, 2 if name in ("pow", "any_pow") else 1, build)
    for count in TOGETHER:
        result = ir.LiteralStructType([vector] * count)
        _write(module, f"pow{count}", result, 2 * count, _several_powers)


def _write(module: ir.Module, name: str, result: Any, count: int, build: Callable[..., Any]) -> None:
    vector = result.elements[0] if isinstance(result, ir.LiteralStructType) else result
    function = ir.Function(module, ir.FunctionType(result, [vector] * count), MATH.format(name))
    function.attributes.add("nounwind")
    function.attributes.alignstack = 8 * vector.count
    if name in RARE:
        function.attributes.add("noinline")
    emit = Emitter(function, vector.count)
    value = build(emit, *emit.args)
    emit.finish(*(value if isinstance(value, list) else [value]))


def _several_powers(emit: Emitter, *args: Value) -> list[Value]:
    return powers(emit, list(zip(args[::2], args[1::2], strict=True)))


def call(emit: Emitter, name: str, *args: Value) -> Value:
    """Call a function that `write_math` wrote, here or in another module."""
    return Value(emit, emit.call_named(MATH.format(name), emit.vector, [arg.ir for arg in args]))


def _exp_of(emit: Emitter, x: Value) -> Value:
    """exp x; where x is NaN, any number."""
    x = emit.max(emit.min(x, emit.real(720.0)), emit.real(-760.0))
    shifted = emit.fma(x, emit.real(1 / math.log(2)), emit.real(SHIFT))
    k = shifted - SHIFT
    high = emit.fma(-k, emit.real(LN2_HIGH), x)
    r = high - k * LN2_LOW
    series = horner(emit, r, exponential(10))
    return scale(emit, emit.fma(r * r, series, r) + 1.0, shifted)


def _exp(emit: Emitter, x: Value) -> Value:
    return emit.select(x.equals(x), _exp_of(emit, x), x)


def _log(emit: Emitter, x: Value) -> Value:
    tiny = x < SMALLEST_NORMAL
    m, k = mantissa(emit, emit.select(tiny, x * 2.0**54, x))
    k = emit.select(tiny, k - 54.0, k)
    f, s, t = log_parts(emit, m)
    value = emit.fma(k, emit.real(LN2_HIGH), f - (s * t - k * LN2_LOW))
    value = emit.select(x.equals(math.inf), x, value)
    value = emit.select(x.equals(0.0), emit.real(-math.inf), value)
    return emit.select(x >= 0.0, value, emit.real(math.nan))


def _reduce(emit: Emitter, x: Value) -> tuple[Value, Value]:
    """x less the nearest multiple of π/2, and which multiple."""
    shifted = emit.fma(x, emit.real(2 / math.pi), emit.real(SHIFT))
    k = shifted - SHIFT
    r = x
    for part in HALF_PI:
        r = emit.fma(-k, emit.real(part), r)
    return r, emit.bits(shifted)


def _circular(quarter: int) -> Callable[[Emitter, Value], Value]:
    def build(emit: Emitter, x: Value) -> Value:
        r, multiple = _reduce(emit, x)
        turn = multiple + quarter
        z = r * r
        sine = [(-1) ** n / math.factorial(2 * n + 1) for n in range(1, 9)]
        cosine = [(-1) ** n / math.factorial(2 * n) for n in range(2, 10)]
        s = emit.fma(z * r, horner(emit, z, sine), r)
        rough = 1.0 - z * 0.5
        c = rough + emit.fma(z * z, horner(emit, z, cosine), (1.0 - rough) - z * 0.5)
        value = emit.select((turn & 1).equals(0), s, c)
        value = emit.select((turn & 2).equals(0), value, -value)
        return emit.select(emit.abs(x) <= MOST_TURNED, value, emit.real(math.nan))

    return build


def _tanh(emit: Emitter, x: Value) -> Value:
    size = emit.abs(x)
    e = _exp_of(emit, size * -2.0)
    large = (1.0 - e) / (e + 1.0)
    z = x * x
    # sinh / cosh near 0, where 1 − e loses digits
    top = horner(emit, z, [1 / math.factorial(2 * n + 1) for n in range(10)])
    bottom = horner(emit, z, [1 / math.factorial(2 * n) for n in range(10)])
    value = emit.select(size < 0.5, size * (top / bottom), large)
    value = emit.select(x < 0.0, -value, value)
    return emit.select(x.equals(x), value, x)


def _hyperbolic(emit: Emitter, x: Value) -> tuple[Value, Value]:
    """e^|x| / 2 and e^−|x| / 2, by way of e^|x|/2, which is finite wherever the result is."""
    root = _exp_of(emit, emit.abs(x) * 0.5)
    return root * (root * 0.5), 0.5 / (root * root)


def _sinh(emit: Emitter, x: Value) -> Value:
    large, small = _hyperbolic(emit, x)
    size, z = emit.abs(x), x * x
    near = size * horner(emit, z, [1 / math.factorial(2 * n + 1) for n in range(10)])
    value = emit.select(size < 1.0, near, large - small)
    value = emit.select(x < 0.0, -value, value)
    return emit.select(x.equals(x), value, x)


def _cosh(emit: Emitter, x: Value) -> Value:
    large, small = _hyperbolic(emit, x)
    return emit.select(x.equals(x), large + small, x)


RARE: Final = frozenset({"any_pow"})
"""Functions that are kept out of those that call them, so that the usual way stays short."""

FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "exp": _exp,
    "log": _log,
    "any_pow": any_power,
    "pow": power,
    "sin": _circular(0),
    "cos": _circular(1),
    "tanh": _tanh,
    "sinh": _sinh,
    "cosh": _cosh,
}
