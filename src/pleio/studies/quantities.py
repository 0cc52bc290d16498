"""The quantities of a mechanism that trajectories can be kept of, and their units."""

from __future__ import annotations

from ..mechanisms.network import Network


def unit_of_name(network: Network, name: str) -> str:
    """Give the unit text of what a trajectory is kept of; "1" where none is stated.

    Raises:
        KeyError: the network has no such quantity.
    """
    if name.startswith("[") and name.endswith("]"):
        species = network.species[name[1:-1]]
        volume = network.compartments[species.compartment].unit or network.volume_unit
        return f"{_bracketed(species.unit or network.substance_unit)}/{_bracketed(volume)}"
    if name in network.observables:
        return network.observables[name].unit or "1"
    if name in network.species:
        return network.species[name].unit or network.substance_unit or "1"
    return network.parameters[name].unit or "1"


def _bracketed(unit: str) -> str:
    return unit if unit.isalnum() else f"({unit or '1'})"


def known_names(network: Network) -> list[str]:
    """Name what trajectories can be kept of."""
    return [
        *network.observables,
        *network.species,
        *(f"[{name}]" for name in network.species),
        *(name for name in (*network.assignments, *network.rates) if name in network.parameters),
    ]
