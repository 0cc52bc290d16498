"""exp, log, pow, sin, cos, tanh, sinh and cosh for vectors of doubles: branch-free, the same bits on every width.

Each is made of additions, products and fused products in a stated order; the polynomials are as short as accuracy
allows (`series`). Largest errors in units in the last place, as `tests/unit/compiler/test_vector_math.py` measures:

    exp 1   log 0.9   sin, cos 2.1 (|x| < 10⁵)   tanh 3   sinh, cosh 4   pow 1 + |y| / 4

What has no value is NaN, as in C. Two differences: a subnormal base of `pow` is rounded to 2⁻¹⁰²², and `sin` and `cos`
of more than 2⁵⁰ are NaN, since such a number no longer tells where in its period it lies.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Sequence
from typing import Any, Final

import llvmlite.ir as ir

from .emit import DOUBLE, Emitter
from .series import exponential, inverse_tangent
from .straight import MATH
from .value import Value

LN2_HIGH: Final = float.fromhex("0x1.62e42fefa3800p-1")  # the leading bits of ln 2, so that k · LN2_HIGH is exact
LN2_LOW: Final = float.fromhex("0x1.ef35793c76730p-45")  # the rest
ROOT_BITS: Final = int.from_bytes(struct.pack(">d", math.sqrt(0.5)), "big")
BEYOND: Final = 1100.0  # 2 to a power beyond this is infinite, or zero
NORMAL: Final = 1021.0  # 2 to a power below this, and ½ to it, are normal numbers
SMALLEST_NORMAL: Final = 2.0**-1022
LOG2E_HIGH: Final = float.fromhex("0x1.71547652b82fep+0")
LOG2E_LOW: Final = float.fromhex("0x1.777d0ffda0d24p-56")
MOST_TURNED: Final = 2.0**50
SHIFT: Final = 1.5 * 2.0**52  # adding it rounds to a whole number and leaves that in the low bits
HALF_PI: Final = tuple(map(float.fromhex, ("0x1.921fb54400000p+0", "0x1.0b4611a600000p-34", "0x1.3198a2e037073p-69")))


def write_math(module: ir.Module, width: int) -> None:
    """Write all functions into a module, under the names that `straight.MATH` gives them."""
    vector = ir.VectorType(DOUBLE, width)
    for name, build in FUNCTIONS.items():
        count = 2 if name in ("pow", "any_pow") else 1
        function = ir.Function(module, ir.FunctionType(vector, [vector] * count), MATH.format(name))
        function.attributes.add("nounwind")
        if name in RARE:
            function.attributes.add("noinline")
        emit = Emitter(function, width)
        emit.finish(build(emit, *emit.args))


def call(emit: Emitter, name: str, *args: Value) -> Value:
    """Call a function that `write_math` wrote, here or in another module."""
    return Value(emit, emit.call_named(MATH.format(name), emit.vector, [arg.ir for arg in args]))


def horner(emit: Emitter, x: Value, coefficients: Sequence[float]) -> Value:
    """Evaluate a polynomial, lowest coefficient first."""
    total = emit.real(coefficients[-1])
    for coefficient in reversed(coefficients[:-1]):
        total = emit.fma(total, x, emit.real(coefficient))
    return total


def halves(emit: Emitter, x: Value, coefficients: Sequence[float]) -> Value:
    """A polynomial whose high even and odd powers do not wait for each other; the lowest, which decide, come last."""
    square, (lowest, *high) = x * x, coefficients
    upper = emit.fma(horner(emit, square, high[1::2]), x, horner(emit, square, high[::2]))
    return emit.fma(upper, x, emit.real(lowest))


def _scale(emit: Emitter, value: Value, shifted: Value) -> Value:
    """value · 2^k, k being in the low bits of `shifted`; in two steps, so that it underflows as it should."""
    whole = (emit.bits(shifted) << 32) >> 32
    half = whole >> 1
    return (value * _two_to(emit, half)) * _two_to(emit, whole - half)


def _two_to(emit: Emitter, whole: Value) -> Value:
    """2^k for a vector of integers −1022 ≤ k ≤ 1023."""
    return emit.from_bits((whole + 1023) << 52)


def _exp_of(emit: Emitter, x: Value) -> Value:
    """exp x; where x is NaN, any number."""
    x = emit.max(emit.min(x, emit.real(720.0)), emit.real(-760.0))
    shifted = emit.fma(x, emit.real(1 / math.log(2)), emit.real(SHIFT))
    k = shifted - SHIFT
    high = emit.fma(-k, emit.real(LN2_HIGH), x)
    r = high - k * LN2_LOW
    series = horner(emit, r, exponential(10))
    return _scale(emit, emit.fma(r * r, series, r) + 1.0, shifted)


def _exp(emit: Emitter, x: Value) -> Value:
    return emit.select(x.equals(x), _exp_of(emit, x), x)


def _mantissa(emit: Emitter, x: Value) -> tuple[Value, Value]:
    """x = 2^k m with m in [√½, √2), for normal x > 0: m and k."""
    bits = emit.bits(x)
    offset = (bits - ROOT_BITS) >> 52
    return emit.from_bits(bits - (offset << 52)), emit.to_real(offset)


def _rest(emit: Emitter, m: Value) -> tuple[Value, Value]:
    """f = m − 1 and f − ln m: the first is exact, so that values near 1 keep their digits.

    With s = f / (m + 1), ln m = 2 s + 2 s³ (1/3 + s²/5 + …) = f − s (f − 2 s² (1/3 + …)).
    """
    f = m - 1.0
    s = f / (m + 1.0)
    z = s * s
    return f, s * emit.fma(-z, horner(emit, z, [2.0 * c for c in inverse_tangent(7)]), f)


def _log(emit: Emitter, x: Value) -> Value:
    tiny = x < SMALLEST_NORMAL
    m, k = _mantissa(emit, emit.select(tiny, x * 2.0**54, x))
    k = emit.select(tiny, k - 54.0, k)
    f, rest = _rest(emit, m)
    value = emit.fma(k, emit.real(LN2_HIGH), f - (rest - k * LN2_LOW))
    value = emit.select(x.equals(math.inf), x, value)
    value = emit.select(x.equals(0.0), emit.real(-math.inf), value)
    return emit.select(x >= 0.0, value, emit.real(math.nan))


def _log2(emit: Emitter, x: Value) -> tuple[Value, Value]:
    """log₂ x of a normal x > 0 in two parts."""
    m, k = _mantissa(emit, x)
    f, rest = _rest(emit, m)
    large = f * LOG2E_HIGH
    lost = emit.fma(f, emit.real(LOG2E_HIGH), -large)
    small = emit.fma(-rest, emit.real(LOG2E_HIGH), emit.fma(f, emit.real(LOG2E_LOW), lost))
    sum_of_large = k + large
    small = (large - (sum_of_large - k)) + small
    high = sum_of_large + small
    return high, small - (high - sum_of_large)


def _power(emit: Emitter, x: Value, y: Value) -> tuple[Value, Value, Value]:
    """x^y of a normal x > 0 as 2^r · 2^k: 2^r, k in the low bits of a shifted number, and y log₂ x."""
    high, low = _log2(emit, x)
    product = y * high
    rest = emit.fma(y, low, emit.fma(y, high, -product))
    shifted = product + SHIFT
    r = (product - (shifted - SHIFT)) + rest
    return emit.fma(r, halves(emit, r, exponential(11, base=2)), emit.real(1.0)), shifted, product


def _pow(emit: Emitter, x: Value, y: Value) -> Value:
    """2^(y log₂ x); what is not a normal number raised to a normal number is left to `_any_pow`."""
    value, shifted, product = _power(emit, x, y)
    value = emit.from_bits(emit.bits(value) + (emit.bits(shifted) << 52))
    plain = (x >= SMALLEST_NORMAL) & (x < math.inf) & (emit.abs(product) < NORMAL)
    return emit.unless(~plain, value, lambda: emit.select(plain, value, call(emit, "any_pow", x, y)))


def _any_pow(emit: Emitter, x: Value, y: Value) -> Value:
    """x^y with the values at the edges as C has them."""
    size, zero, infinite = emit.abs(x), emit.real(0.0), emit.real(math.inf)
    power, shifted, product = _power(emit, emit.max(size, emit.real(SMALLEST_NORMAL)), y)
    value = _scale(emit, power, shifted)
    grows = (size > 1.0) & (y > 0.0) | (size < 1.0) & (y < 0.0)
    extreme = size.equals(0.0) | size.equals(math.inf) | ~(emit.abs(product) < BEYOND)
    value = emit.select(extreme, emit.select(grows, infinite, zero), value)
    value = emit.select(size.equals(1.0), emit.real(1.0), value)
    whole = emit.intrinsic("floor", y).equals(y)
    half = y * 0.5
    odd = whole & ~emit.intrinsic("floor", half).equals(half)
    negative = emit.bits(x) < 0
    value = emit.select(negative & odd, -value, value)
    value = emit.select((x < 0.0) & ~whole & (size < math.inf), emit.real(math.nan), value)
    value = emit.select(x.equals(x) & y.equals(y), value, emit.real(math.nan))
    return emit.select(x.equals(1.0) | y.equals(0.0), emit.real(1.0), value)


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
    "any_pow": _any_pow,
    "pow": _pow,
    "sin": _circular(0),
    "cos": _circular(1),
    "tanh": _tanh,
    "sinh": _sinh,
    "cosh": _cosh,
}
