"""Parts that the vector functions share: polynomials, scaling by a power of 2, and the logarithm's two halves."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from typing import Final

from .emit import Emitter
from .series import inverse_tangent
from .value import Value

ROOT_BITS: Final = int.from_bytes(struct.pack(">d", math.sqrt(0.5)), "big")
SHIFT: Final = 1.5 * 2.0**52  # adding it rounds to a whole number and leaves that in the low bits


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


def scale(emit: Emitter, value: Value, shifted: Value) -> Value:
    """value · 2^k, k being in the low bits of `shifted`; in two steps, so that it underflows as it should."""
    whole = (emit.bits(shifted) << 32) >> 32
    half = whole >> 1
    return (value * two_to(emit, half)) * two_to(emit, whole - half)


def two_to(emit: Emitter, whole: Value) -> Value:
    """2^k for a vector of integers −1022 ≤ k ≤ 1023."""
    return emit.from_bits((whole + 1023) << 52)


def mantissa(emit: Emitter, x: Value) -> tuple[Value, Value]:
    """x = 2^k m with m in [√½, √2), for normal x > 0: m and k."""
    bits = emit.bits(x)
    offset = (bits - ROOT_BITS) >> 52
    return emit.from_bits(bits - (offset << 52)), emit.to_real(offset)


def log_parts(emit: Emitter, m: Value) -> tuple[Value, Value, Value]:
    """f, s and t of ln m = f − s t: f = m − 1 is exact, so that values near 1 keep their digits.

    With s = f / (m + 1), ln m = 2 s + 2 s³ (1/3 + s²/5 + …) = f − s (f − 2 s² (1/3 + …)).
    """
    f = m - 1.0
    s = f / (m + 1.0)
    z = s * s
    return f, s, emit.fma(-z, horner(emit, z, [2.0 * c for c in inverse_tangent(7)]), f)
