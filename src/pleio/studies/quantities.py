"""The quantities of a mechanism that trajectories can be kept of, and their units."""

from __future__ import annotations

from ..base.errors import ModelError, Problem, nearest
from ..mechanisms import named_units
from ..mechanisms.network import Network


def unit_of_name(network: Network, name: str) -> str:
    """Give the unit text of what a trajectory is kept of; "1" where none is stated.

    Raises:
        ModelError: the network has no such quantity.
    """
    if name not in network.parameters and name not in known_names(network):
        what = f"'{name}' is not in it"
        raise ModelError(f"model '{network.name}'", Problem("", what, nearest(name, known_names(network))))
    return named_units.unit_of_name(network, name) or "1"


def known_names(network: Network) -> list[str]:
    """Name what trajectories can be kept of."""
    return [
        *network.observables,
        *network.species,
        *(f"[{name}]" for name in network.species),
        *(name for name in (*network.assignments, *network.rates) if name in network.parameters),
    ]
