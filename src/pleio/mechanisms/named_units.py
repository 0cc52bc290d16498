"""What the names of a network are measured in, as text: an amount, `[S]` its concentration, or any other quantity."""

from __future__ import annotations

import re

from .network import Compartment, Network, Species


def unit_of_name(network: Network, name: str) -> str:
    """Spell the unit of what a trajectory is kept of; "" where none is stated, or for a name that has none."""
    if name.startswith("[") and name[1:-1] in network.species:
        return concentration_unit(network, network.species[name[1:-1]])
    if name in network.species:
        return amount_unit(network, network.species[name])
    if name in network.compartments:
        return size_unit(network, network.compartments[name])
    for table in (network.parameters, network.observables):
        if name in table:
            return str(table[name].unit)
    return ""


def amount_unit(network: Network, species: Species) -> str:
    """Spell the unit of a species' amount: its own, else the network's; "" where neither is stated."""
    return species.unit or network.substance_unit


def size_unit(network: Network, place: Compartment) -> str:
    """Spell the unit of a compartment's size: its own, else the network's for so many dimensions; "" without either."""
    theirs = {3.0: network.volume_unit, 2.0: network.area_unit, 1.0: network.length_unit}
    return place.unit or theirs.get(place.dimensions, "")


def concentration_unit(network: Network, species: Species) -> str:
    """Spell the unit of a species' concentration; "" where one of its parts is not stated."""
    place = network.compartments.get(species.compartment)
    amount, size = amount_unit(network, species), size_unit(network, place) if place is not None else ""
    return f"{one_word(amount)}/{one_word(size)}" if amount and size else ""


def one_word(unit: str) -> str:
    """Put a unit in parentheses unless it is a single word, so that it can be a part of another."""
    return unit if re.fullmatch(r"\w+", unit) else f"({unit})"


def has_size(network: Network, species: Species) -> bool:
    """Say whether a species has a concentration: its compartment has a size."""
    place = network.compartments.get(species.compartment)
    return place is not None and place.dimensions != 0


def stands_for(network: Network, species: Species) -> str:
    """Say what a species' name means in a formula: its `concentration`, or its `amount`."""
    return "concentration" if has_size(network, species) and not species.only_substance else "amount"
