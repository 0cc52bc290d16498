"""What is kept of a network in a Dataset: amounts, concentrations and observables, in the order of their columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..base.axes import SPECIES
from ..mechanisms.named_units import amount_unit, concentration_unit, has_size, stands_for, unit_of_name
from ..mechanisms.network import Network
from ..mechanisms.writing import write_equations

OBSERVABLE = "observable"
STANDS_FOR = "stands_for"


@dataclass(frozen=True)
class Columns:
    """The columns that a network is saved in.

    Attributes:
        species: all, as amounts.
        dense: the species that have a concentration too.
        watched: what is reported beside species.
    """

    network: Network
    species: tuple[str, ...]
    dense: tuple[str, ...]
    watched: tuple[str, ...]

    @classmethod
    def of(cls, network: Network) -> Columns:
        """Choose the columns of a network."""
        dense = (key for key, item in network.species.items() if has_size(network, item))
        return cls(network, tuple(network.species), tuple(dense), tuple(observed(network)))

    @property
    def names(self) -> tuple[str, ...]:
        """What to save, in the order of the columns."""
        return (*self.species, *(f"[{key}]" for key in self.dense), *self.watched)

    def variables(self, values: NDArray[np.float64], axes: tuple[str, ...]) -> dict[str, Any]:
        """Lay out what was saved as variables of a Dataset; a species without a concentration has NaN there.

        Args:
            values: Shape (*axes, names), each in its own unit.
            axes: the names of all axes but the last.
        """
        n, m = len(self.species), len(self.dense)
        concentrations = np.full((*values.shape[:-1], n), np.nan)
        concentrations[..., [self.species.index(key) for key in self.dense]] = values[..., n : n + m]
        found: dict[str, Any] = {
            "amounts": ((*axes, SPECIES), values[..., :n]),
            "concentrations": ((*axes, SPECIES), concentrations),
        }
        if self.watched:
            found["observables"] = ((*axes, OBSERVABLE), values[..., n + m :])
        return found

    def coordinates(self) -> dict[str, Any]:
        """Name species and observables, with their units beside them."""
        network, species = self.network, self.network.species.values()
        found: dict[str, Any] = {
            SPECIES: list(self.species),
            "species_unit": (SPECIES, [amount_unit(network, item) for item in species]),
            "concentration_unit": (SPECIES, [concentration_unit(network, item) for item in species]),
            STANDS_FOR: (SPECIES, [stands_for(network, item) for item in species]),
        }
        if self.watched:
            found[OBSERVABLE] = list(self.watched)
            found["observable_unit"] = (OBSERVABLE, [unit_of_name(network, key) for key in self.watched])
        return found


def observed(network: Network) -> list[str]:
    """Name what is reported beside species: the network's observables, and all else that rules or events change."""
    set_at_events = {target for event in network.events.values() for target in event.assignments}
    changing = {*network.assignments, *network.rates, *set_at_events}
    if network.algebraic:
        changing |= {*write_equations(network).unknowns}
    participants = [participant.id for _, participant, _ in network.participants() if participant.id]
    return [
        *network.observables,
        *(key for key in (*network.compartments, *network.parameters, *participants) if key in changing),
    ]
