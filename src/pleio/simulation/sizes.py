"""How large each state is, as far as it is known: what an absolute tolerance is a share of.

States of one *kind* are changed by the same reactions, directly or through others: what one loses another gets, so
that they are counted in one unit and tell of each other. States of different kinds may be of different units, a number
of cells beside a concentration in mol/L, and say nothing of each other. An unknown, or a sum that fast reactions
conserve, is of no kind and looks at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..mechanisms.equations import Equations

Array = NDArray[np.float64]

SHARE = 1e-3
"""Absolute tolerance: of `rtol` of a state's size."""
LEAST = 1e-6
"""Of the largest of its kind: as which a smaller state counts."""
TOO_COARSE = 1e-8
"""Of the size that a kind was taken for of which nothing was known: if it never came to more, that was too coarse."""
NOTHING = 1e-200
"""What is smaller is still at 0, perhaps by one float after it, and says nothing of its size."""
ROUNDING = 1e-18
"""Of the largest state: what is smaller is the rounding error of something else."""


@dataclass(frozen=True, eq=False)
class Kinds:
    """Which states tell of each other's size.

    Attributes:
        of: the kind of each state, -1 for none.  Shape (states,).
        amounts: 1 for the amount of a species that reactions change, which does not go below 0 by them, else 0.
            Shape (states,).
    """

    of: NDArray[np.int64]
    amounts: Array

    def first(self, count: int) -> Kinds:
        """The same of the first states alone."""
        return Kinds(self.of[:count], self.amounts[:count])

    def largest(self, sizes: Array) -> Array:
        """Give the largest size of each state's kind, of all states where it is of none.  Both (members, states)."""
        found = np.zeros_like(sizes)
        if sizes.shape[1]:
            found[:] = sizes.max(axis=1, keepdims=True)
        for kind in range(int(self.of.max(initial=-1)) + 1):
            own = self.of == kind
            found[:, own] = sizes[:, own].max(axis=1, keepdims=True)
        return found


@lru_cache(maxsize=64)
def kinds_of(equations: Equations) -> Kinds:
    """Sort the states and unknowns of a network into kinds."""
    places = {name: k for k, name in enumerate((*equations.states, *equations.unknowns))}
    first = {name: name for name in equations.states if name not in equations.sums}

    def root(name: str) -> str:
        while first[name] != name:
            first[name] = name = first[first[name]]
        return name

    changed: set[str] = set()
    for reaction in equations.network.reactions.values():
        touched = [part.species for part in (*reaction.reactants, *reaction.products) if part.species in first]
        changed |= set(touched)
        for name in touched[1:]:
            first[root(name)] = root(touched[0])
    numbers: dict[str, int] = {}
    of = np.full(len(places), -1, dtype=np.int64)
    for name in first:
        of[places[name]] = numbers.setdefault(root(name), len(numbers))
    return Kinds(of, np.array([float(name in changed) for name in places]))


def tolerances(kinds: Kinds, sizes: Array, rtol: float) -> Array:
    """Give absolute tolerances: a thousandth of `rtol` of each state's size, and at least of a millionth of its kind's.

    Of a kind that is at 0 nothing is known yet; it counts as the largest state does, and as 1 where all are at 0.

    Args:
        sizes: magnitudes.  Shape (members, states).
    """
    most = guesses(kinds, sizes)
    return np.asarray(SHARE * rtol * np.maximum(sizes, LEAST * most))


def guesses(kinds: Kinds, sizes: Array) -> Array:
    """Give the size that each state's kind is taken for.  Both of shape (members, states)."""
    largest = kinds.largest(sizes)
    of_all = sizes.max(axis=1, keepdims=True, initial=0.0)
    of_all = np.where(of_all > NOTHING, of_all, 1.0)
    return np.where(largest > NOTHING, largest, of_all)


def too_coarse(kinds: Kinds, sizes: Array, reached: Array) -> NDArray[np.bool_]:
    """Say which states were integrated with a tolerance that is none for what they came to.

    Args:
        sizes: what tolerances were a share of.  Shape (members, states).
        reached: the largest magnitudes on the way.  Shape (members, states).
    Returns:
        Shape (members, states).
    """
    most = kinds.largest(reached)
    of_all = reached.max(axis=1, keepdims=True, initial=0.0)
    unknown = (kinds.largest(sizes) <= NOTHING) & (kinds.of >= 0)
    something = (most > ROUNDING * of_all) & (most > NOTHING)
    return np.asarray(unknown & something & (most < TOO_COARSE * guesses(kinds, sizes)))
