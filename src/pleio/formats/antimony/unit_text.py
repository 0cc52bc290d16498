"""A unit of Antimony, `1e-9 mole / litre` or `1 / (3600 second)`, as the parts of an SBML unit definition."""

from __future__ import annotations

import math
import re
from typing import Any

from ..sbml.units import spell
from .forms import NUMBER, NotPlain

KINDS = frozenset(
    "ampere becquerel candela coulomb dimensionless farad gram henry hertz item joule katal kelvin kilogram litre "
    "lumen lux metre mole newton ohm pascal radian second siemens sievert steradian tesla volt watt weber".split()
)
SPECIAL = frozenset("substance volume area length time time_unit extent".split())
"""Names that set a default of the whole model."""

_FACTOR = re.compile(rf"\s*(?:({NUMBER})\s*\*?\s*)?([a-z]+)(?:\s*\^\s*(-?\d+))?\s*", re.ASCII)
_INVERSE = re.compile(r"\s*1(?:\.0*)?\s*/(.*)", re.ASCII)


def unit_text(text: str) -> str:
    """Spell a unit.

    Raises:
        NotPlain: it is made of more than kinds of SBML, their powers, and a number before a kind.

    Example:
        >>> unit_text("1e-9 mole / (litre * second)")
        'nmol/L/s'
    """
    sign = 1
    if match := _INVERSE.fullmatch(text):
        sign, text = -1, match[1]
    parts: list[list[Any]] = []
    within = 0
    after = sign
    while True:
        text = text.lstrip()
        if text.startswith("("):
            if within or (parts and not after):
                raise NotPlain
            within, text = after, text[1:]
        match = _FACTOR.match(text)
        if match is None or match[2] not in KINDS:
            raise NotPlain
        parts.append(_part(match, after))
        text = text[match.end() :]
        if within and text.startswith(")"):
            within, text = 0, text[1:].lstrip()
        if not text:
            break
        if text[0] not in "*/" or (within and text[0] == "/"):
            raise NotPlain
        after = (-1 if text[0] == "/" else 1) * (within or 1)
        text = text[1:]
    if within or len({part[0] for part in parts}) < len(parts):
        raise NotPlain
    return spell(parts)


def _part(match: re.Match[str], sign: int) -> list[Any]:
    """Kind, exponent, power of ten and multiplier."""
    exponent = int(match[3] or 1)
    factor = float(match[1] or 1)
    if factor <= 0 or (factor != 1 and exponent != 1):
        raise NotPlain
    scale = math.floor(math.log10(factor) + 1e-12)
    return [match[2], sign * exponent, scale, float(f"{factor / 10.0**scale:.12g}")]
