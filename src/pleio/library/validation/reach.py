"""What a quantity of a network depends on: what is given to cells or bodies must be among it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from ...mechanisms.expression import names
from ...mechanisms.network import Network
from ..readouts.table import Readout

if TYPE_CHECKING:
    from ..readouts.readouts import LibraryReadouts


def depends_on(network: Network, of: str) -> set[str]:
    """Name all that the value or the course of a quantity depends on, itself among them.

    What a reaction makes or uses up depends on all that its rate names; what a formula defines, on all that it names.

    Example:
        >>> from pleio.library import open
        >>> found = depends_on(open("il11").mechanism(["culture", "receptor"]).network, "hexamer")
        >>> "added_il11" in found, "added_activin" in found
        (True, False)
    """
    moves: list[tuple[set[str], set[str]]] = [
        ({part.species for part in (*one.reactants, *one.products)}, names(one.rate))
        for one in network.reactions.values()
        if one.rate is not None
    ]
    for table in (network.assignments, network.rates):
        moves += [({key}, names(formula)) for key, formula in table.items()]
    found, before = {of}, 0
    while len(found) > before:
        before = len(found)
        for gives, needs in moves:
            if gives & found:
                found |= needs
    return found


def acts_on(network: Network, of: str, touched: Collection[str]) -> bool:
    """Whether a quantity depends on any of what an agent touches: where its doses enter, and what it sets."""
    return bool(depends_on(network, of.strip("[]")) & {*touched})


def only_kinetics(readout: Readout, readouts: LibraryReadouts) -> bool:
    """Whether a readout is of what an agent does by itself in a body: its course, its clearance."""
    return {*readout.mechanism} <= {agent.module for agent in readouts.library.agents.values()}
