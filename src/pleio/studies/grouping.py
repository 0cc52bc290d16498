"""Group means under permutation and resampling: what would be seen if an answer did not depend on a factor.

All factors' groups are rows of one sparse matrix, so that one product gives the group sums of every factor.

Permuting: a world's answer and its importance travel together, its label and what it was stratified for stay.  Worlds
that were drawn given a rare outcome are exchanged among themselves, for only those are alike; for the factor that the
outcome belongs to, also with the worlds that were drawn as believed.  See docs/theory/value.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .factors import Factor
from .worlds import Indices, Worlds

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Means:
    """A factor's groups: their shares of the weight and their (fitted) means.

    Attributes:
        shares: Shape (groups,), summing to 1.
        means: Shape (groups, answers).
    """

    shares: Array
    means: Array


class Grouping:
    """The groups of all factors, over the worlds of a study."""

    def __init__(self, factors: Sequence[Factor], worlds: Worlds, answers: Array) -> None:
        """Prepare the sums.

        Args:
            answers: Shape (worlds, answers).
        """
        self.factors, self.worlds, self.answers = tuple(factors), worlds, answers
        self.matrix, self.starts = _indicator(self.factors, len(worlds))
        self.weighted = _weighted(worlds.weights, answers)
        self.special = [
            i for i, f in enumerate(self.factors) if f.stratum is not None and f.name in worlds.component_of
        ]

    def observed(self) -> list[Means]:
        """Give the groups as they are."""
        return self._means(self.matrix @ self.weighted)

    def permuted(self, times: int, random: np.random.Generator) -> Iterator[list[Means]]:
        """Give the groups as they would be if no answer depended on any factor, many times over."""
        for _ in range(times):
            order = exchange(self.worlds.component, (), random)
            found = self._means(self.matrix @ self.weighted[order])
            for i in self.special:
                found[i] = self._own(i, random)
            yield found

    def resampled(self, times: int, random: np.random.Generator) -> Iterator[list[Means]]:
        """Give the groups of worlds drawn again with replacement, many times over."""
        count = len(self.worlds)
        for _ in range(times):
            copies = np.bincount(random.integers(0, count, count), minlength=count)
            yield self._means(self.matrix @ (self.weighted * copies[:, None]))

    def _own(self, i: int, random: np.random.Generator) -> Means:
        """Permute for a factor that was stratified: its own stratum stays with its labels."""
        factor, worlds = self.factors[i], self.worlds
        assert factor.stratum is not None
        own = [k for k, name in enumerate(worlds.component_of) if name == factor.name]
        order = exchange(worlds.component, own, random)
        others = worlds.oversampling - factor.stratum
        weights = worlds.importance[order] / (others[order] + factor.stratum)
        sums = _weighted(weights, self.answers[order])
        rows = self.matrix[self.starts[i] : self.starts[i + 1]] @ sums
        return _smoothed(rows, factor)

    def _means(self, sums: Array) -> list[Means]:
        return [_smoothed(sums[self.starts[i] : self.starts[i + 1]], factor) for i, factor in enumerate(self.factors)]


def exchange(component: Indices, with_believed: Sequence[int], random: np.random.Generator) -> Indices:
    """Draw a permutation that exchanges worlds within their component.

    Args:
        component: of each world, −1 where drawn as believed.  Shape (worlds,).
        with_believed: components that are exchanged with those drawn as believed.
    """
    group = np.where(np.isin(component, with_believed), -1, component) if len(with_believed) else component
    order = np.arange(len(group))
    for label in np.unique(group):
        where = np.nonzero(group == label)[0]
        order[where] = where[random.permutation(len(where))]
    return order


def _weighted(weights: Array, answers: Array) -> Array:
    return np.concatenate([weights[:, None], weights[:, None] * answers], axis=1)


def _smoothed(sums: Array, factor: Factor) -> Means:
    total = sums[:, 0]
    means = np.divide(sums[:, 1:], total[:, None], out=np.zeros_like(sums[:, 1:]), where=total[:, None] > 0)
    if factor.smoother is not None:
        means = factor.smoother @ means
    return Means(total / total.sum(), means)


def _indicator(factors: Sequence[Factor], worlds: int) -> tuple[Any, Indices]:
    """Write every factor's groups as rows of one sparse matrix.  Shape (groups of all factors, worlds)."""
    from scipy.sparse import csr_matrix, vstack

    blocks, starts = [], [0]
    for factor in factors:
        size = len(factor.levels)
        ones = (np.ones(worlds), (factor.labels, np.arange(worlds)))
        blocks.append(csr_matrix(ones, shape=(size, worlds)))
        starts.append(starts[-1] + size)
    return vstack(blocks, format="csr"), np.array(starts)
