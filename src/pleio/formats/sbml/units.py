"""SBML's units spelt as unit text: `[["mole", 1, -9, 1], ["litre", -1, 0, 1]]` is `nmol/L`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from ...base.units import BASES, parse

_SYMBOLS: Final = {
    "mole": "mol", "litre": "L", "liter": "L", "metre": "m", "meter": "m", "second": "s", "gram": "g", "kilogram": "kg",
    "item": "item", "ampere": "A", "kelvin": "K", "candela": "cd", "joule": "J", "newton": "N", "watt": "W",
    "pascal": "Pa", "hertz": "Hz", "becquerel": "Bq", "volt": "V", "coulomb": "C", "farad": "F", "siemens": "S",
    "ohm": "ohm", "katal": "kat",
}  # fmt: skip
_PREFIXES: Final = {-15: "f", -12: "p", -9: "n", -6: "u", -3: "m", 0: "", 3: "k", 6: "M", 9: "G"}
_DERIVED: Final = {"radian": "", "steradian": "", "dimensionless": "", "avogadro": "6.02214179e23"}
_PLAIN: Final = ("item", "kg")  # take no prefix
_KINDS: Final = {
    "kg": "kilogram", "m": "metre", "s": "second", "mol": "mole", "K": "kelvin", "A": "ampere", "cd": "candela",
    "item": "item",
}  # fmt: skip
_TIMES: Final = {1.0: "s", 60.0: "min", 3600.0: "h", 86400.0: "d", 604800.0: "wk"}


def spell(parts: Sequence[Sequence[Any]]) -> str:
    """Spell a unit definition; "" where it uses something that unit text cannot say.

    Args:
        parts: of each unit its kind, exponent, scale (a power of ten) and multiplier.

    Example:
        >>> spell([["mole", 1, -9, 1], ["litre", -1, 0, 1], ["second", -1, 0, 3600]])
        'nmol/L/h'
    """
    above: list[str] = []
    below: list[str] = []
    for kind, exponent, scale, multiplier in parts:
        if not math.isfinite(exponent) or abs(scale) > 300 or not 0 < multiplier * 10.0**scale < math.inf:
            return ""
        symbol = _symbol(kind, int(scale), float(multiplier))
        if symbol is None or exponent != int(exponent):
            return ""
        if not symbol or not exponent:
            continue
        power = abs(int(exponent))
        if power > 12:
            return ""
        (above if exponent > 0 else below).append(symbol if power == 1 else f"({symbol})^{power}")
    return " ".join(above or ["1"]) + "".join(f"/{symbol}" for symbol in below)


def define(text: str) -> str:
    """Write a unit text as the `listOfUnits` of an SBML unit definition; "" where SBML has no such unit.

    Example:
        >>> define("nM/h").count("<unit ")
        3
    """
    unit = parse(text)
    powers = dict(zip(BASES, unit.dimension, strict=True))
    if powers.pop("U") or any(power.denominator != 1 for power in powers.values()):
        return ""
    kinds = {_KINDS[base]: int(power) for base, power in powers.items() if power}
    factor = unit.factor
    if kinds.get("metre", 0) % 3 == 0 and "metre" in kinds:  # volumes in litres
        kinds["litre"] = kinds.pop("metre") // 3
        factor *= 1000.0 ** kinds["litre"]
    seconds = next((s for s in _TIMES if _is_round(factor / s ** kinds.get("second", 0))), 1.0)
    factor /= seconds ** kinds.get("second", 0)
    rows = [(kind, power, 0, seconds if kind == "second" else 1.0) for kind, power in kinds.items()]
    scaled = next((i for i, row in enumerate(rows) if abs(row[1]) == 1 and row[0] != "second"), None)
    if _is_round(factor) and scaled is not None:
        kind, power, _, multiplier = rows[scaled]
        rows[scaled] = (kind, power, round(math.log10(factor)) * power, multiplier)
    elif not math.isclose(factor, 1.0, rel_tol=1e-12) or not rows:
        rows.append(("dimensionless", 1, 0, factor))
    units = "".join(f'<unit kind="{k}" exponent="{p}" scale="{s}" multiplier="{m!r}"/>' for k, p, s, m in rows)
    return f"<listOfUnits>{units}</listOfUnits>"


def _is_round(factor: float) -> bool:
    """Whether a factor is a power of ten."""
    return factor > 0 and math.isclose(factor, 10.0 ** round(math.log10(factor)), rel_tol=1e-9)


def _symbol(kind: str, scale: int, multiplier: float) -> str | None:
    if kind in _DERIVED:
        factor = multiplier * 10.0**scale
        text = _DERIVED[kind]
        return text if factor == 1 else f"({factor!r} {text})".replace(" )", ")")
    symbol = _SYMBOLS.get(kind)
    if symbol is None:
        return None
    if kind == "second" and multiplier * 10.0**scale in _TIMES:
        return _TIMES[multiplier * 10.0**scale]
    if multiplier == 1 and scale == 0:
        return symbol
    if multiplier == 1 and scale in _PREFIXES and symbol not in _PLAIN:
        return _PREFIXES[scale] + symbol
    return f"({multiplier * 10.0**scale!r} {symbol})"
