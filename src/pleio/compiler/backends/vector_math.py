"""exp, log, pow, sin, cos and tanh for vectors of doubles: branch-free, the same bits on every width.

Each is a function of the module it is used in, made of additions, products and fused products in a stated order. The
series are Taylor's, long enough that what is left out is below a tenth of a unit in the last place. Largest errors
measured against 64-bit significands (`tests/unit/compiler/test_vector_math.py`), in units in the last place:

    exp 0.9   log 0.6   sin, cos 2.1 (|x| < 10⁵)   tanh 3   pow 1 + |y ln x| / 50

`pow` takes a negative base with a whole exponent, as C does; a negative base with any other exponent is NaN.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import llvmlite.ir as ir

from .emit import DOUBLE, Emitter, Value
from .straight import MATH

LN2_HIGH: Final = float.fromhex("0x1.62e42fefa3800p-1")  # the leading bits of ln 2, so that k · LN2_HIGH is exact
LN2_LOW: Final = float.fromhex("0x1.ef35793c76730p-45")  # the rest
SQRT_HALF: Final = math.sqrt(0.5)
SHIFT: Final = 1.5 * 2.0**52  # adding it rounds to a whole number and leaves that in the low bits
HALF_PI: Final = tuple(map(float.fromhex, ("0x1.921fb54400000p+0", "0x1.0b4611a600000p-34", "0x1.3198a2e037073p-69")))


def write_math(module: ir.Module, width: int) -> None:
    """Write all functions into a module, under the names that `straight.MATH` gives them."""
    vector = ir.VectorType(DOUBLE, width)
    for name, build in FUNCTIONS.items():
        count = 2 if name == "pow" else 1
        function = ir.Function(module, ir.FunctionType(vector, [vector] * count), MATH.format(name))
        function.attributes.add("nounwind")
        emit = Emitter(function, width)
        emit.finish(build(emit, *emit.args))


def call(emit: Emitter, name: str, *args: Value) -> Value:
    """Call a function that `write_math` wrote, here or in another module."""
    return Value(emit, emit.call_named(MATH.format(name), emit.vector, [arg.ir for arg in args]))


def horner(emit: Emitter, x: Value, coefficients: list[float]) -> Value:
    """Evaluate a polynomial, lowest coefficient first."""
    total = emit.real(coefficients[-1])
    for coefficient in reversed(coefficients[:-1]):
        total = emit.fma(total, x, emit.real(coefficient))
    return total


def _two_to(emit: Emitter, whole: Value) -> Value:
    """2^k for a vector of integers −1022 ≤ k ≤ 1023."""
    return emit.from_bits((whole + 1023) << 52)


def _exp_parts(emit: Emitter, x: Value, low: Value | None) -> Value:
    """exp(x + low), |low| small."""
    x = emit.select(x < 720.0, x, emit.real(720.0))  # NaN becomes 720 here and is put back at the end
    x = emit.select(x > -760.0, x, emit.real(-760.0))
    shifted = emit.fma(x, emit.real(1 / math.log(2)), emit.real(SHIFT))
    k = shifted - SHIFT
    r = emit.fma(-k, emit.real(LN2_HIGH), x)
    rest = k * -LN2_LOW
    if low is not None:
        rest = rest + low
    r2 = r + rest
    tail = (r - r2) + rest  # what rounding of r2 lost
    series = horner(emit, r2, [1 / math.factorial(n) for n in range(2, 14)])
    value = emit.fma(r2 * r2, series, tail) + r2
    value = value + 1.0
    whole = (emit.bits(shifted) << 32) >> 32  # the low 32 bits hold k
    half = whole >> 1
    return (value * _two_to(emit, half)) * _two_to(emit, whole - half)


def _exp(emit: Emitter, x: Value) -> Value:
    return emit.select(x.equals(x), _exp_parts(emit, x, None), x)


def _log_parts(emit: Emitter, x: Value) -> tuple[Value, Value, Value]:
    """ln x for x > 0 as high + low, and the exponent-free mantissa less one."""
    tiny = x < 2.0**-1022
    scaled = emit.select(tiny, x * 2.0**54, x)
    bits = emit.bits(scaled)
    offset = (bits - int.from_bytes(_double_bytes(SQRT_HALF), "big")) >> 52
    mantissa = emit.from_bits(bits - (offset << 52))  # in [√½, √2)
    k = emit.wrap(emit.builder.sitofp(offset.ir, emit.vector))
    k = emit.select(tiny, k - 54.0, k)
    f = mantissa - 1.0
    below = f + 2.0
    s = f / below
    lost = f - (below - 2.0)  # below + lost is exactly f + 2
    s_low = (emit.fma(-s, below, f) - s * lost) / below
    z = s * s
    series = horner(emit, z, [2 / (2 * n + 1) for n in range(1, 12)])
    small = (z * s) * series
    # ln x = k ln 2 + 2 s + 2 s_low + small, the two large parts first
    base = k * LN2_HIGH
    twice = s + s
    high = base + twice
    part = high - base
    error = (base - (high - part)) + (twice - part)
    low = emit.fma(k, emit.real(LN2_LOW), error + ((s_low + s_low) + small))
    total = high + low
    return total, (high - total) + low, f


def _double_bytes(value: float) -> bytes:
    import struct

    return struct.pack(">d", value)


def _log_domain(emit: Emitter, x: Value, value: Value) -> Value:
    value = emit.select(x.equals(math.inf), x, value)
    value = emit.select(x.equals(0.0), emit.real(-math.inf), value)
    return emit.select(x >= 0.0, value, emit.real(math.nan))


def _log(emit: Emitter, x: Value) -> Value:
    return _log_domain(emit, x, _log_parts(emit, x)[0])


def _pow(emit: Emitter, x: Value, y: Value) -> Value:
    size = emit.abs(x)
    high, low, _ = _log_parts(emit, size)
    high = emit.select(size.equals(0.0), emit.real(-math.inf), emit.select(size.equals(math.inf), size, high))
    finite = emit.abs(high) < math.inf
    product = y * high
    rest = emit.fma(y, low, emit.fma(y, high, -product))
    value = _exp_parts(emit, product, emit.select(finite & (emit.abs(product) < 1e300), rest, emit.real(0.0)))
    value = emit.select(product.equals(product), value, product)
    value = emit.select(x.equals(x), value, x)
    whole = emit.intrinsic("floor", y).equals(y)
    half = y * 0.5
    odd = whole & ~emit.intrinsic("floor", half).equals(half)
    negative = x < 0.0
    value = emit.select(negative & odd, -value, value)
    value = emit.select(negative & ~whole, emit.real(math.nan), value)
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
        return emit.select((turn & 2).equals(0), value, -value)

    return build


def _tanh(emit: Emitter, x: Value) -> Value:
    size = emit.abs(x)
    e = _exp_parts(emit, size * -2.0, None)
    large = (1.0 - e) / (e + 1.0)
    z = x * x
    # sinh / cosh near 0, where 1 − e loses digits
    top = horner(emit, z, [1 / math.factorial(2 * n + 1) for n in range(10)])
    bottom = horner(emit, z, [1 / math.factorial(2 * n) for n in range(10)])
    value = emit.select(size < 0.5, size * (top / bottom), large)
    value = emit.select(x < 0.0, -value, value)
    return emit.select(x.equals(x), value, x)


FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "exp": _exp,
    "log": _log,
    "pow": _pow,
    "sin": _circular(0),
    "cos": _circular(1),
    "tanh": _tanh,
}
