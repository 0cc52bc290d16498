"""Polynomials that are as short as they can be: a Taylor series, economised on the interval where it is used.

Chebyshev's polynomial of degree n is small on the whole interval, so subtracting the right multiple of it removes the
highest term at the least cost in accuracy. The arithmetic is exact; only the result is rounded to doubles.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache

LN2 = Fraction("0.69314718055994530941723212145817656807550013436025525412068")


def economise(series: Sequence[Fraction], low: Fraction, high: Fraction, terms: int) -> tuple[float, ...]:
    """Shorten a power series to `terms` terms, for arguments from `low` to `high`; lowest power first."""
    middle, half = (high + low) / 2, (high - low) / 2
    total = _shift(series, middle, half)  # a polynomial in u, x = middle + half u, u from −1 to 1
    while len(total) > terms:
        chebyshev = _chebyshev(len(total) - 1)
        weight = total[-1] / chebyshev[-1]
        total = [a - weight * c for a, c in zip(total[:-1], chebyshev[:-1], strict=True)]
    return tuple(float(a) for a in _shift(total, -middle / half, 1 / half))


def _shift(series: Sequence[Fraction], offset: Fraction, scale: Fraction) -> list[Fraction]:
    """The coefficients of p(offset + scale u) in u."""
    total = [Fraction(0)]
    for coefficient in reversed(series):
        longer = [Fraction(0)] * (len(total) + 1)
        for power, value in enumerate(total):
            longer[power] += value * offset
            longer[power + 1] += value * scale
        longer[0] += coefficient
        total = longer
    return total[: len(series)]


@cache
def _chebyshev(degree: int) -> tuple[int, ...]:
    if degree < 2:
        return (1,) if degree == 0 else (0, 1)
    before, last = _chebyshev(degree - 2), _chebyshev(degree - 1)
    doubled = (0, *(2 * value for value in last))
    return tuple(a - b for a, b in zip(doubled, (*before, 0, 0), strict=True))


@cache
def exponential(terms: int, base: int = 0) -> tuple[float, ...]:
    """(eˣ − 1 − x)/x² on |x| ≤ ln 2 / 2; for base 2, (2ˣ − 1)/x on |x| ≤ ½."""
    factorial = Fraction(1)
    series = []
    for n in range(1, 22):
        factorial *= n
        series.append((LN2**n if base == 2 else Fraction(1)) / factorial)
    if base == 2:
        return economise(series, Fraction(-1, 2), Fraction(1, 2), terms)
    return economise(series[1:], Fraction(-347, 1000), Fraction(347, 1000), terms)


@cache
def inverse_tangent(terms: int) -> tuple[float, ...]:
    """(atanh(s)/s − 1)/s² as a polynomial in s², for s from a mantissa in [√½, √2)."""
    return economise([Fraction(1, 2 * n + 1) for n in range(1, 20)], Fraction(0), Fraction(295, 10000), terms)
