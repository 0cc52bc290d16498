"""Which backend runs a network: one table of reasons, decided before anything is integrated.

The lockstep engine takes every ensemble that `compiler.spec` allows; what it refuses, and runs of a few members, which
would not repay compiling, go to the reference path. The choice depends on the network and the number of members only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from ..compiler.spec import refusals
from ..mechanisms.expression import ZERO, Expression
from ..mechanisms.network import Network
from ..mechanisms.writing import write_equations

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
    if baseline and not wait_for_doses(network):
        found = (*found, "events with a baseline phase")
    return found if members >= FEW else (*found, f"fewer than {FEW} members")


@lru_cache(maxsize=64)
def _refusals(network: Network, save: tuple[str, ...], dosed: tuple[str, ...]) -> tuple[str, ...]:
    equations = write_equations(network)
    still = [species for species in dosed if species in network.species and species not in equations.states]
    return (*refusals(equations, save), *(f"a dose into '{species}', which nothing changes" for species in still))


def wait_for_doses(network: Network) -> bool:
    """Whether no event can happen before a dose: each trigger asks for more than 0 of what only doses and events add.

    Such a network has none of its events in the baseline phase.
    """
    return all(_waits(network, event.trigger) for event in network.events.values())


def _waits(network: Network, trigger: Expression | None) -> bool:
    parts = trigger.args if trigger is not None and trigger.op == "and" else (trigger,)
    return any(
        part is not None and part.op == "gt" and part.args[1] is ZERO and _only_dosed(network, part.args[0])
        for part in parts
    )


def _only_dosed(network: Network, node: Expression) -> bool:
    key = str(node.value) if node.op == "name" else ""
    species = network.species.get(key)
    if species is None or species.initial != 0 or key in network.initial:
        return False
    moved = (reaction for reaction, participant, _ in network.participants() if participant.species == key)
    still = all(network.reactions[reaction].rate is ZERO for reaction in moved)
    return still and key not in network.assignments and key not in network.rates and not network.algebraic
