"""Worlds as a value: for each world its outcomes, assumptions and parameters, and how much it weighs.

`inference` draws them; this file only says what they are, so that a study can run any set of weighted worlds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..base.digests import digest_bytes
from .subjects.draws import uniforms
from .subjects.nets import Net

Array = NDArray[np.float64]
Indices = NDArray[np.int64]

FEWEST_EFFECTIVE = 400
"""The least number of equal worlds that weighted ones must be worth for the value of information."""
SIGNS: Mapping[str, float] = {"increases": 1.0, "decreases": -1.0, "no_effect": 0.0, "present": 1.0, "absent": 0.0}


@dataclass(frozen=True)
class Exchange:
    """Draws that are taken from another world, so that two worlds share all but some of their draws.

    Attributes:
        names: of the draws; `SUBJECTS` stands for all that is drawn for subjects.
        by: how much higher the number of that other world is.
    """

    names: frozenset[str] = frozenset()
    by: int = 0

    def numbers(self, name: str, numbers: Indices) -> Indices:
        """Give the worlds from which a draw is taken."""
        return numbers + self.by if name in self.names else numbers


SUBJECTS = "subjects"


@dataclass(frozen=True, eq=False)
class States:
    """One discrete thing that is uncertain, a contest or an assumption, and its state in each world.

    Attributes:
        names: its possible states.
        index: which one holds.  Shape (worlds,).
        stratum: by how much each world was drawn more often because of this thing; see `Worlds.weights`.  Shape
            (worlds,), zero where it was not stratified.
    """

    names: tuple[str, ...]
    index: Indices
    stratum: Array | None = None

    @property
    def signs(self) -> Array:
        """The sign of each world's outcome.  Shape (worlds,): 1, 0 or −1."""
        return np.array([SIGNS[name] for name in self.names])[self.index]

    def take(self, worlds: Any) -> States:
        return States(self.names, self.index[worlds], None if self.stratum is None else self.stratum[worlds])


@dataclass(frozen=True, eq=False, repr=False)
class Worlds:
    """A set of weighted worlds.

    Attributes:
        seed: the seed that keys every draw, also those of subjects.
        numbers: each world's number, the key of its draws.  Shape (worlds,).
        contests: contest id → its outcome in each world.
        assumptions: assumption id → its state in each world.
        parameters: parameter of the mechanism → its value in each world, in the mechanism's unit.  Shape (worlds,).
        weights: importance weights with mean 1.  Shape (worlds,).  Where rare outcomes were drawn more often than
            believed, a world weighs `importance / oversampling`.
        importance: the part of the weights that has nothing to do with stratification.  Shape (worlds,).
        common: the share of worlds that were drawn as believed.
        component: which rare outcome a world was drawn for; −1 where it was drawn as believed.  Shape (worlds,).
        component_of: component → the contest it belongs to.
        band: the belief band of the priors.
        net: where the draws are quasi-random; None where each is independent.
        exchange: the draws that are another world's; None where all are its own.
    """

    seed: int
    numbers: Indices
    contests: Mapping[str, States] = field(default_factory=dict)
    assumptions: Mapping[str, States] = field(default_factory=dict)
    parameters: Mapping[str, Array] = field(default_factory=dict)
    weights: Array = field(default_factory=lambda: np.zeros(0))
    importance: Array = field(default_factory=lambda: np.zeros(0))
    common: float = 1.0
    component: Indices = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    component_of: tuple[str, ...] = ()
    band: str = "neutral"
    net: Net | None = None
    exchange: Exchange | None = None

    def __repr__(self) -> str:
        drawn = f"contests {len(self.contests)}, assumptions {len(self.assumptions)}, parameters {len(self.parameters)}"
        return f"<Worlds: {len(self.numbers):,} of seed {self.seed}, {self.band}; {drawn}>"

    def __post_init__(self) -> None:
        count = len(self.numbers)
        for name, empty in (
            ("weights", np.ones(count)),
            ("importance", np.ones(count)),
            ("component", np.full(count, -1, dtype=np.int64)),
        ):
            if len(getattr(self, name)) != count:
                object.__setattr__(self, name, empty)

    def __len__(self) -> int:
        return len(self.numbers)

    def uniforms(self, name: str) -> Array:
        """Give each world's number of a name, keyed by seed, world and name.  Shape (worlds,), between 0 and 1."""
        numbers = self.exchange.numbers(name, self.numbers) if self.exchange else self.numbers
        return uniforms(self.seed, name, numbers, net=self.net)

    @property
    def people(self) -> Indices:
        """The numbers that key what is drawn for the subjects.  Shape (worlds,)."""
        return self.exchange.numbers(SUBJECTS, self.numbers) if self.exchange else self.numbers

    @property
    def effective(self) -> float:
        """The effective sample size of the weights, (Σw)²/Σw²."""
        return effective_size(self.weights)

    @property
    def oversampling(self) -> Array:
        """How many times more often than believed a world like each was drawn.  Shape (worlds,)."""
        strata = [states.stratum for states in self.contests.values() if states.stratum is not None]
        return np.add.reduce(strata, axis=0) + self.common if strata else np.full(len(self), self.common)

    @property
    def digest(self) -> str:
        """The identity of the draws: every number, name and weight."""
        key = f"{self.seed}" if self.net is None else f"{self.seed} in {self.net.replicates} nets"
        if self.exchange:
            key += f" with {sorted(self.exchange.names)} of {self.exchange.by} on"
        parts = [key.encode(), self.numbers.tobytes(), self.weights.tobytes()]
        for group in (self.contests, self.assumptions):
            parts += [
                f"{name}{states.names}".encode() + states.index.tobytes() for name, states in sorted(group.items())
            ]
        parts += [name.encode() + values.tobytes() for name, values in sorted(self.parameters.items())]
        return digest_bytes(b"\0".join(parts))

    def take(self, worlds: Sequence[int] | Indices | slice) -> Worlds:
        """Give some of the worlds, with the weights they have."""
        return replace(
            self,
            numbers=self.numbers[worlds],
            contests={name: states.take(worlds) for name, states in self.contests.items()},
            assumptions={name: states.take(worlds) for name, states in self.assumptions.items()},
            parameters={name: values[worlds] for name, values in self.parameters.items()},
            weights=self.weights[worlds],
            importance=self.importance[worlds],
            component=self.component[worlds],
        )

    def reweighted(self, likelihood: Array) -> Worlds:
        """Give the same worlds, weighted by a likelihood as well.

        Args:
            likelihood: not negative, not all zero.  Shape (worlds,).
        """
        importance = self.importance * likelihood / np.mean(self.weights * likelihood)
        weights = self.weights * likelihood
        return replace(self, importance=importance, weights=weights / weights.mean())


def effective_size(weights: Array) -> float:
    """Give the number of equally weighted draws that weighted draws are worth: (Σw)²/Σw².

    Args:
        weights: Shape (draws,), not negative.
    """
    return float(weights.sum() ** 2 / np.square(weights).sum())
