"""Powers of vectors, several at a time: independent chains of operations, which a processor takes side by side.

x^y is 2^(y log₂ x), with log₂ x in two parts so that large y lose no digits. What is not a normal number raised to a
normal number goes a longer way, in a function of its own.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from typing import Final

from .emit import Emitter
from .parts import SHIFT, halves, log_parts, mantissa, scale
from .series import exponential
from .straight import MATH
from .value import Value

ANY: Final = MATH.format("any_pow")
BEYOND: Final = 1100.0  # 2 to a power beyond this is infinite, or zero
NORMAL: Final = 1021.0  # 2 to a power below this, and ½ to it, are normal numbers
SMALLEST_NORMAL: Final = 2.0**-1022
LOG2E_HIGH: Final = float.fromhex("0x1.71547652b82fep+0")
LOG2E_LOW: Final = float.fromhex("0x1.777d0ffda0d24p-56")
LOWEST, HIGHEST = (int.from_bytes(struct.pack(">d", edge), "big") for edge in (SMALLEST_NORMAL, math.inf))


def power(emit: Emitter, x: Value, y: Value) -> Value:
    """x^y."""
    return powers(emit, [(x, y)])[0]


def powers(emit: Emitter, pairs: Sequence[tuple[Value, Value]]) -> list[Value]:
    """x^y of several pairs; the longer way is taken by all where any needs it, and gives the others the same bits."""
    values, all_plain, plain = [], None, []
    for x, y in pairs:
        value, shifted, exponent = _two_parts(emit, x, y)
        values.append(emit.from_bits(emit.bits(value) + (emit.bits(shifted) << 52)))
        normal = (emit.bits(x) - LOWEST).below(HIGHEST - LOWEST) & (emit.abs(exponent) < NORMAL)
        plain.append(normal)
        all_plain = normal if all_plain is None else all_plain & normal
    assert all_plain is not None

    def rare() -> list[Value]:
        longer = [Value(emit, emit.call_named(ANY, emit.vector, [x.ir, y.ir])) for x, y in pairs]
        return [emit.select(*choice) for choice in zip(plain, values, longer, strict=True)]

    return emit.unless(~all_plain, values, rare)


def _two_parts(emit: Emitter, x: Value, y: Value) -> tuple[Value, Value, Value]:
    """x^y of a normal x > 0 as 2^r · 2^k: 2^r, k in the low bits of a shifted number, and y log₂ x.

    log₂ x = k + f log₂ e − s t log₂ e. What waits for t, which is known last, is one fused operation.
    """
    m, k = mantissa(emit, x)
    f, s, t = log_parts(emit, m)
    part = f * LOG2E_HIGH
    lost = emit.fma(f, emit.real(LOG2E_LOW), emit.fma(f, emit.real(LOG2E_HIGH), -part))
    large = k + part
    product = y * large
    early = emit.fma(y, (part - (large - k)) + lost, emit.fma(y, large, -product))
    rest = emit.fma(y * (s * -LOG2E_HIGH), t, early)
    exponent = product + rest
    shifted = exponent + SHIFT
    r = (product - (shifted - SHIFT)) + rest
    return emit.fma(r, halves(emit, r, exponential(11, base=2)), emit.real(1.0)), shifted, exponent


def any_power(emit: Emitter, x: Value, y: Value) -> Value:
    """x^y with the values at the edges as C has them."""
    size, zero, infinite = emit.abs(x), emit.real(0.0), emit.real(math.inf)
    value, shifted, exponent = _two_parts(emit, emit.max(size, emit.real(SMALLEST_NORMAL)), y)
    value = scale(emit, value, shifted)
    grows = (size > 1.0) & (y > 0.0) | (size < 1.0) & (y < 0.0)
    extreme = size.equals(0.0) | size.equals(math.inf) | ~(emit.abs(exponent) < BEYOND)
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
