"""Starts that are given as concentrations, `[S]`, as the amounts that a network is run with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..base.errors import InputError, Problem
from .named_units import has_size
from .network import Network


def as_amounts(network: Network, given: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    """Replace each `[S]` by `S`: its numbers times the size of its compartment, as stated or as given beside it.

    Args:
        network: whose species they are.
        given: values by name, one for each member.

    Raises:
        InputError: `[S]` is no species with a concentration, its compartment's size is not a number, or `S` is given
            too.
    """
    found = {key: [*values] for key, values in given.items() if not key.startswith("[")}
    problems = []
    for key, values in given.items():
        if not key.startswith("["):
            continue
        name = key[1:-1]
        species = network.species.get(name)
        if species is None or not has_size(network, species):
            problems.append(Problem(key, "is no species with a concentration", "an amount is given as S=1"))
            continue
        place = species.compartment
        size = network.compartments[place].size
        ruled = place in network.assignments or place in network.initial
        if name in found:
            problems.append(Problem(key, f"is given, and so is the amount '{name}'", "keep one"))
        elif place in given:
            found[name] = [value * one for value, one in zip(values, given[place], strict=True)]
        elif ruled or size is None:
            what = f"needs the size of '{place}', which is not a number"
            problems.append(Problem(key, what, f"give the amount: {name}=1"))
        else:
            found[name] = [value * size for value in values]
    if problems:
        raise InputError("settings", problems)
    return found
