"""Amounts as they were printed, as doses that can be simulated: ranges at their ends, concentrations in a dish."""

from __future__ import annotations

import math

from ...base.quantities import parse_quantity
from ...base.units import parse
from ...inference.observations import ends
from ...mechanisms.network import Network


class NotModelled(Exception):
    """The modules cannot express an observation; the message says why."""


def with_middle(text: str) -> tuple[str, ...]:
    """Give an amount as it is, or both ends of a range and the middle, by ratio.

    Example:
        >>> with_middle("25 to 100 µg/kg")
        ('25 µg/kg', '50 µg/kg', '100 µg/kg')
    """
    parts = ends(text)
    if len(parts) == 1:
        return parts
    low, high = (parse_quantity(part) for part in parts)
    return (parts[0], f"{math.sqrt(low.value * high.value):.6g} {high.unit}", parts[1])


def as_dose(text: str, network: Network) -> str:
    """Write a concentration in the medium as the amount that is put into the dish; any other dose as it is.

    Raises:
        NotModelled: a concentration, and the modules have no dish.
    """
    amount = parse_quantity(text)
    for concentration, unit in (("ng/mL", "ng"), ("nM", "nmol")):
        if amount.unit.fits(parse(concentration)):
            if "medium" not in network.compartments:
                raise NotModelled("what was put into a dish is given as a concentration, and this readout has no dish")
            litres = float(network.compartments["medium"].size or 0.0)
            per_litre = amount.to(f"{unit}/L")
            return f"{per_litre * litres!r} {unit}"
    return text
