"""Doses as changes in time: a bolus adds an amount, an infusion is a reaction whose rate is set and unset."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..base.errors import InputError, Problem, nearest
from ..mechanisms.expression import apply, name
from ..mechanisms.network import Network, Parameter, Participant, Reaction
from .protocol import Dose
from .scalar import Jump

MOST_REPEATS = 100_000


def infusion(species: str) -> str:
    """The parameter that holds the rate at which a species is infused."""
    return f"infusion into {species}"


def with_infusions(network: Network, doses: Sequence[Dose]) -> Network:
    """Add a reaction for each species that is infused.

    Raises:
        InputError: a dose goes into something that is not a species, or that a rule sets.
    """
    problems = []
    parameters, reactions = dict(network.parameters), dict(network.reactions)
    for i, dose in enumerate(doses):
        species = network.species.get(dose.species)
        if species is None:
            problems.append(
                Problem(f"doses[{i}]", f"'{dose.species}' is not a species", nearest(dose.species, network.species))
            )
            continue
        if dose.species in network.assignments or dose.species in network.rates:
            problems.append(
                Problem(f"doses[{i}]", f"a rule sets '{dose.species}'", "dose a species that reactions change")
            )
            continue
        if dose.times > 1 and not dose.every > 0:
            problems.append(Problem(f"doses[{i}]", "is repeated without an interval", "give `every`"))
        if not 0 < dose.times <= MOST_REPEATS:
            problems.append(
                Problem(f"doses[{i}]", f"is given {dose.times:,} times", f"1 to {MOST_REPEATS:,} are allowed")
            )
        if np.any(np.asarray(dose.start) < 0) or np.any(np.asarray(dose.duration) < 0):
            problems.append(Problem(f"doses[{i}]", "starts before time 0 or lasts a negative time"))
        if np.any((np.asarray(dose.amount) != 0) & np.isnan(np.add(dose.start, dose.duration))):
            problems.append(Problem(f"doses[{i}]", "starts at, or lasts for, a time that is not a number"))
        if np.any(np.asarray(dose.duration) > 0):
            if species.boundary or species.constant:
                problems.append(Problem(f"doses[{i}]", f"reactions do not change '{dose.species}'", "give a bolus"))
            key = infusion(dose.species)
            parameters[key] = Parameter(0.0)
            conversion = species.conversion or network.conversion
            rate = apply("divide", name(key), name(conversion)) if conversion else name(key)
            reactions[f"{key}: rate"] = Reaction(products=(Participant(dose.species),), rate=rate)
    if problems:
        raise InputError("doses", problems)
    if len(reactions) == len(network.reactions):
        return network  # itself, so that what is known of it (digest, compiled program) is not worked out again
    return network.replace(parameters=parameters, reactions=reactions)


def jumps(doses: Sequence[Dose], member: int) -> list[Jump]:
    """List the changes that one member's doses make, in order of time."""
    found: list[Jump] = []
    running: dict[str, list[tuple[float, float, float]]] = {}
    for dose in doses:
        amount, start, duration = (_of(value, member) for value in (dose.amount, dose.start, dose.duration))
        for k in range(dose.times):
            begin = start + k * dose.every
            if duration > 0:
                running.setdefault(dose.species, []).append((begin, begin + duration, amount / duration))
            else:
                found.append(Jump(begin, add={dose.species: amount}))
    for species, spans in running.items():
        for moment in sorted({edge for begin, end, _ in spans for edge in (begin, end)}):
            rate = sum(rate for begin, end, rate in spans if begin <= moment < end)
            found.append(Jump(moment, set={infusion(species): rate}))
    return sorted(found, key=lambda jump: jump.time)


def _of(value: object, member: int) -> float:
    array = np.asarray(value, dtype=float)
    return float(array[member]) if array.ndim else float(array)
