"""Units: parsed from text into a dimension and a factor, multiplied, compared, converted.

A unit is a product of powers of base quantities times a factor to SI.  Counts keep a dimension of their own
(`item`: molecules, cells, platelets), so that 10^9/L is not 1/L of nothing; per cent and ratios are dimensionless.
Biological activity (`U`) is a dimension too: no factor leads from it to mass.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from .errors import Problem, UnitError, nearest

BASES = ("kg", "m", "s", "mol", "K", "A", "cd", "item", "U")

Dimension = tuple[Fraction, ...]
NO_DIMENSION: Dimension = (Fraction(0),) * len(BASES)


@dataclass(frozen=True, repr=False)
class Unit:
    """A unit of measurement: the factor to SI, the exponents over `BASES`, and the text it was written as."""

    factor: float
    dimension: Dimension
    text: str = field(default="", compare=False)

    def __mul__(self, other: Unit) -> Unit:
        dimension = tuple(a + b for a, b in zip(self.dimension, other.dimension, strict=True))
        return Unit(self.factor * other.factor, dimension)

    def __truediv__(self, other: Unit) -> Unit:
        return self * other**-1

    def __pow__(self, exponent: int | Fraction) -> Unit:
        power = Fraction(exponent)
        return Unit(self.factor ** float(power), tuple(d * power for d in self.dimension))

    def __repr__(self) -> str:
        return f"<Unit {self}>"

    def __str__(self) -> str:
        return self.text or _spell(self)

    @property
    def is_dimensionless(self) -> bool:
        return self.dimension == NO_DIMENSION

    def fits(self, other: Unit) -> bool:
        """Say whether both measure the same kind of quantity."""
        return self.dimension == other.dimension

    def same(self, other: Unit) -> bool:
        """Say whether both are the same unit, up to rounding of the factor."""
        return self.fits(other) and math.isclose(self.factor, other.factor, rel_tol=1e-9)

    def factor_to(self, other: Unit) -> float:
        """Give what a value in this unit is multiplied by to be in the other.

        Raises:
            UnitError: the two measure different kinds of quantity.

        Example:
            >>> round(parse("ng/mL").factor_to(parse("mg/L")), 12)
            0.001
        """
        if not self.fits(other):
            raise UnitError(
                f"'{self}'", Problem("", f"cannot be converted to '{other}'", "they measure different things")
            )
        return self.factor / other.factor


DIMENSIONLESS = Unit(1.0, NO_DIMENSION, "1")


def _base(name: str) -> Unit:
    return Unit(1.0, tuple(Fraction(int(name == base)) for base in BASES))


_KG, _M, _S, _MOL, _K, _A, _CD, _ITEM, _U = map(_base, BASES)
_LITRE = Unit(1e-3, (_M**3).dimension)

_PREFIXES = {
    "": 1.0, "f": 1e-15, "p": 1e-12, "n": 1e-9, "u": 1e-6, "m": 1e-3, "c": 1e-2, "d": 1e-1, "k": 1e3, "M": 1e6,
    "G": 1e9,
}  # fmt: skip

# symbols that take a prefix, then symbols that do not
_PREFIXED: dict[str, Unit] = {
    "g": Unit(1e-3, _KG.dimension), "m": _M, "s": _S, "mol": _MOL, "K": _K, "A": _A, "cd": _CD, "L": _LITRE,
    "l": _LITRE,
    "M": _MOL / _LITRE, "Da": Unit(1e-3, (_KG / _MOL).dimension), "U": _U, "IU": _U,
    "J": _KG * _M**2 / _S**2, "N": _KG * _M / _S**2, "W": _KG * _M**2 / _S**3, "Pa": _KG / _M / _S**2,
    "Hz": _S**-1, "Bq": _S**-1, "V": _KG * _M**2 / _S**3 / _A, "C": _A * _S, "F": _A**2 * _S**4 / _KG / _M**2,
    "S": _A**2 * _S**3 / _KG / _M**2, "ohm": _KG * _M**2 / _S**3 / _A**2, "kat": _MOL / _S,
}  # fmt: skip
_PLAIN: dict[str, Unit] = {
    "1": DIMENSIONLESS, "%": Unit(0.01, NO_DIMENSION), "dimensionless": DIMENSIONLESS, "ratio": DIMENSIONLESS,
    "fraction": DIMENSIONLESS, "fold": DIMENSIONLESS,
    "min": Unit(60.0, _S.dimension), "h": Unit(3600.0, _S.dimension), "d": Unit(86400.0, _S.dimension),
    "wk": Unit(604800.0, _S.dimension), "week": Unit(604800.0, _S.dimension), "day": Unit(86400.0, _S.dimension),
    "hour": Unit(3600.0, _S.dimension), "month": Unit(2629800.0, _S.dimension), "yr": Unit(31557600.0, _S.dimension),
    "item": _ITEM, "molecule": _ITEM, "molecules": _ITEM, "cell": _ITEM, "cells": _ITEM, "platelet": _ITEM,
    "site": _ITEM, "sites": _ITEM,
    "second": _S, "litre": _LITRE, "liter": _LITRE, "mole": _MOL, "metre": _M, "meter": _M,
    "gram": Unit(1e-3, _KG.dimension),
}  # fmt: skip

_TOKEN = re.compile(
    r"\s*(?:(?P<number>10\s*\^\s*-?\d+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?P<name>%|[A-Za-zµμ]+)|(?P<op>\*\*|\^|[*/·()×]))"
)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
LONGEST_TEXT = 120


@lru_cache(maxsize=1024)
def parse(text: str) -> Unit:
    """Parse a unit such as `nM/min`, `10^9/L`, `µg/kg/d`, `1/(nM*min)`, `mL/min/kg` or `%`.

    A space, `*` or `·` multiplies; `/` divides by the next factor only; `^`, `**` or a superscript raises to an integer
    power.

    Raises:
        UnitError: a symbol is unknown or the text is not a product of powers.

    Example:
        >>> parse("1/(nM*min)").fits(parse("L/mol/s"))
        True
        >>> parse("10^9/L") == parse("item/nL")
        False
        >>> parse("10^9 platelets/L").fits(parse("cells/uL"))
        True
    """
    if len(text) > LONGEST_TEXT:
        raise UnitError(f"'{text[:40]}…'", "is too long for a unit")
    spelled = re.sub(
        r"([A-Za-zµμ%)])([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: m[1] + "^" + m[2].translate(_SUPERSCRIPT), text.strip()
    )
    if not spelled:
        raise UnitError("''", Problem("", "is not a unit", "write 1 for a dimensionless quantity"))
    unit = _Parser(spelled, text).whole()
    return Unit(unit.factor, unit.dimension, text.strip())


class _Parser:
    """Recursive descent over at most `LONGEST_TEXT` characters, so its depth is bounded."""

    def __init__(self, spelled: str, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(spelled):
            match = _TOKEN.match(spelled, at)
            if match is None or match.end() == at:
                if not spelled[at:].strip():
                    break
                if re.match(r"-\d+", spelled[at:]):  # the exponent in s^-1
                    number = re.match(r"-\d+", spelled[at:])
                    assert number is not None
                    self.tokens.append(("number", number[0]))
                    at += number.end()
                    continue
                raise UnitError(f"'{text}'", f"'{spelled[at]}' has no place in a unit")
            kind = str(match.lastgroup)
            self.tokens.append((kind, match[kind].replace(" ", "")))
            at = match.end()
        self.at = 0

    def whole(self) -> Unit:
        unit = self.product()
        if self.at < len(self.tokens):
            raise UnitError(f"'{self.text}'", f"'{self.tokens[self.at][1]}' has no place here")
        return unit

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def product(self) -> Unit:
        unit = self.power()
        while True:
            kind, token = self.peek()
            if token in ("*", "·", "×"):
                self.at += 1
                unit = unit * self.power()
            elif token == "/":
                self.at += 1
                unit = unit / self.power()
            elif kind in ("name", "number") or token == "(":
                unit = unit * self.power()
            else:
                return unit

    def power(self) -> Unit:
        unit = self.factor()
        if self.peek()[1] in ("^", "**"):
            self.at += 1
            kind, token = self.peek()
            if kind != "number" or not re.fullmatch(r"-?\d+", token) or abs(int(token)) > 12:
                raise UnitError(f"'{self.text}'", "a power must be a small whole number")
            self.at += 1
            unit = unit ** int(token)
        return unit

    def factor(self) -> Unit:
        kind, token = self.peek()
        self.at += 1
        if token == "(":
            unit = self.product()
            if self.peek()[1] != ")":
                raise UnitError(f"'{self.text}'", "a parenthesis is not closed")
            self.at += 1
            return unit
        if kind == "number":
            base, _, exponent = token.partition("^")
            return Unit(float(base) ** int(exponent) if exponent else float(base), NO_DIMENSION)
        if kind == "name":
            return _symbol(token, self.text)
        raise UnitError(
            f"'{self.text}'", "ends where a unit symbol is needed" if kind == "end" else f"'{token}' has no place here"
        )


def _symbol(name: str, text: str) -> Unit:
    name = name.replace("µ", "u").replace("μ", "u")
    if name in _PLAIN:
        return _PLAIN[name]
    if name in _PREFIXED:
        return _PREFIXED[name]
    if name == "mcg":
        name = "ug"
    if name.endswith("s") and name[:-1] in _PLAIN:
        return _PLAIN[name[:-1]]
    prefix, symbol = name[:1], name[1:]
    if prefix in _PREFIXES and symbol in _PREFIXED:
        unit = _PREFIXED[symbol]
        return Unit(_PREFIXES[prefix] * unit.factor, unit.dimension)
    raise UnitError(f"'{text}'", Problem("", f"unknown unit '{name}'", nearest(name, [*_PLAIN, *_PREFIXED])))


def _spell(unit: Unit) -> str:
    parts = [
        base if power == 1 else f"{base}^{power}" for base, power in zip(BASES, unit.dimension, strict=True) if power
    ]
    head = [] if unit.factor == 1.0 and parts else [f"{unit.factor:g}"]
    return " ".join(head + parts) or "1"
