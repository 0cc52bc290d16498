"""Which backend runs a network: one table of reasons, decided before anything is integrated.

The lockstep engine takes every ensemble that `compiler.spec` allows; what it refuses, and runs of a few members, which
would not repay compiling, go to the reference path. The choice depends on the network and the number of members only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from ..compiler.spec import refusals
from ..mechanisms.equations import write_equations
from ..mechanisms.network import Network

FEW: Final = 4  # members below which compiling costs more than it saves


def reasons(
    network: Network, members: int, save: Sequence[str] = (), dosed: Sequence[str] = (), baseline: bool = False
) -> tuple[str, ...]:
    """Say why a network goes to the reference path; empty where it goes to the lockstep engine.

    Args:
        save: what is to be saved.
        dosed: the species that doses go into.
        baseline: whether there is a baseline phase.

    Example:
        >>> from pleio.mechanisms import Network
        >>> reasons(Network(), 1000)
        ('no rates',)
    """
    found = _refusals(network, tuple(save), tuple(dict.fromkeys(dosed)))
    if baseline and network.events:
        found = (*found, "events with a baseline phase")
    return found if members >= FEW else (*found, f"fewer than {FEW} members")


@lru_cache(maxsize=64)
def _refusals(network: Network, save: tuple[str, ...], dosed: tuple[str, ...]) -> tuple[str, ...]:
    equations = write_equations(network)
    still = [species for species in dosed if species in network.species and species not in equations.states]
    return (*refusals(equations, save), *(f"a dose into '{species}', which nothing changes" for species in still))
