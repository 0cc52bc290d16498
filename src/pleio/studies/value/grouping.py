"""Group means under permutation and resampling: what would be seen if an answer did not depend on a factor.

The groups of all factors are rows of one sparse matrix, so that a product gives the group sums of every factor, of many
permutations at once.

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

from ..worlds import Indices, Worlds
from .factors import Factor

Array = NDArray[np.float64]

MOST_CELLS = 4096
MOST_NUMBERS = 2_000_000
"""Of so many numbers permutations are made at once, so that memory does not grow with the worlds."""


@dataclass(frozen=True)
class Means:
    """A factor's groups: their shares of the weight and their (fitted) means; of several permutations, one in a row.

    Attributes:
        shares: Shape (…, groups), summing to 1.
        means: Shape (…, groups, answers).
        whole: the means of all worlds, not fitted.  Shape (…, answers).
    """

    shares: Array
    means: Array
    whole: Array


class Grouping:
    """The groups of all factors, over the worlds of a study."""

    def __init__(self, factors: Sequence[Factor], worlds: Worlds, answers: Array) -> None:
        """Prepare the sums.

        Args:
            answers: Shape (worlds, answers).
        """
        self.factors, self.worlds, self.answers = tuple(factors), worlds, answers
        self.to_groups, self.to_cells, self.starts = _indicator(self.factors, len(worlds))
        self.weighted = _weighted(worlds.weights, answers)
        self.special = [
            i for i, f in enumerate(self.factors) if f.stratum is not None and f.name in worlds.component_of
        ]

    def observed(self) -> list[Means]:
        """Give the groups as they are."""
        return self._means(self._sum(self.weighted))

    def permuted(self, times: int, random: np.random.Generator) -> Iterator[list[Means]]:
        """Give the groups as they would be if no answer depended on any factor, many times over, some at once."""
        alike = _alike(self.worlds.component)
        for count in self._at_once(times):
            columns, own = [], []
            for _ in range(count):
                columns.append(np.take(self.weighted, _exchanged(alike, random), axis=0))
                own.append([self._own(i, random) for i in self.special])
            found = self._means(self._sums(columns))
            for i, sums in zip(self.special, zip(*own, strict=True), strict=False):
                found[i] = _smoothed(np.stack(sums), self.factors[i])
            yield found

    def resampled(self, times: int, random: np.random.Generator) -> Iterator[list[Means]]:
        """Give the groups of worlds drawn again with replacement, many times over, some at once."""
        worlds = len(self.worlds)
        for count in self._at_once(times):
            copies = [np.bincount(random.integers(0, worlds, worlds), minlength=worlds) for _ in range(count)]
            yield self._means(self._sums([self.weighted * one[:, None] for one in copies]), again=True)

    def _at_once(self, times: int) -> Iterator[int]:
        """Cut permutations into as many as are made at once."""
        step = max(1, MOST_NUMBERS // self.weighted.size)
        yield from (min(step, times - first) for first in range(0, times, step))

    def _sums(self, columns: Sequence[Array]) -> Array:
        """Sum columns of several permutations.  Shape (permutations, groups of all factors, columns)."""
        sums = self._sum(np.concatenate(columns, axis=1))
        return np.ascontiguousarray(np.moveaxis(sums.reshape(len(sums), len(columns), -1), 1, 0))

    def _sum(self, columns: Array) -> Array:
        """Sum columns by the groups of all factors.  Shape (groups of all factors, columns)."""
        return np.asarray(self.to_groups @ (self.to_cells @ columns))

    def _own(self, i: int, random: np.random.Generator) -> Array:
        """Permute for a factor that was stratified: its own stratum stays with its labels.  Shape (groups, columns)."""
        factor, worlds = self.factors[i], self.worlds
        assert factor.stratum is not None
        own = [k for k, name in enumerate(worlds.component_of) if name == factor.name]
        order = exchange(worlds.component, own, random)
        others = worlds.oversampling - factor.stratum
        weights = worlds.importance[order] / (others[order] + factor.stratum)
        sums = _weighted(weights, self.answers[order])
        size = len(factor.levels)
        return np.stack([np.bincount(factor.labels, weights=column, minlength=size) for column in sums.T], axis=1)

    def _means(self, sums: Array, again: bool = False) -> list[Means]:
        parts = [sums[..., self.starts[i] : self.starts[i + 1], :] for i in range(len(self.factors))]
        return [_smoothed(part, factor, again) for part, factor in zip(parts, self.factors, strict=True)]


def exchange(component: Indices, with_believed: Sequence[int], random: np.random.Generator) -> Indices:
    """Draw a permutation that exchanges worlds within their component.

    Args:
        component: of each world, −1 where drawn as believed.  Shape (worlds,).
        with_believed: components that are exchanged with those drawn as believed.
    """
    group = np.where(np.isin(component, with_believed), -1, component) if len(with_believed) else component
    return _exchanged(_alike(group), random)


def _alike(group: Indices) -> list[Indices]:
    """Give the worlds of each group, by the group's label."""
    return [np.nonzero(group == label)[0] for label in np.unique(group)]


def _exchanged(alike: Sequence[Indices], random: np.random.Generator) -> Indices:
    """Draw a permutation that exchanges worlds within their group."""
    order = np.empty(sum(map(len, alike)), dtype=np.int64)
    for where in alike:
        order[where] = where[random.permutation(len(where))]
    return order


def _weighted(weights: Array, answers: Array) -> Array:
    return np.concatenate([weights[:, None], weights[:, None] * answers], axis=1)


def _smoothed(sums: Array, factor: Factor, again: bool = False) -> Means:
    """Give a factor's groups from their sums; those of worlds that were drawn again are fitted anew.

    Args:
        sums: of weights, then of weighted answers.  Shape (…, groups, 1 + answers).
    """
    total = sums[..., 0]
    there = total[..., None] > 0
    means = np.divide(sums[..., 1:], total[..., None], out=np.zeros_like(sums[..., 1:]), where=there)
    whole = total.sum(axis=-1, keepdims=True)
    shares = total / whole
    if factor.smoother is not None:
        means = factor.smoother.fit(means, shares if again else None)
    return Means(shares, means, sums[..., 1:].sum(axis=-2) / whole)


def _indicator(factors: Sequence[Factor], worlds: int) -> tuple[Any, Any, Indices]:
    """Write the groups of all factors as two sparse matrices whose product sums worlds by group.

    Several factors share one joint grouping into cells, so that a world is added once for all of them.

    Returns:
        Cells to groups, of shape (groups of all factors, cells); worlds to cells, of shape (cells, worlds); and where
        each factor's groups start.
    """
    from scipy.sparse import block_diag, csr_matrix, vstack

    to_groups, to_cells = [], []
    for pack in _packs(factors, min(MOST_CELLS, worlds // 8)):
        sizes = [len(factor.levels) for factor in pack]
        cells = np.ravel_multi_index([factor.labels for factor in pack], sizes)
        count = int(np.prod(sizes))
        to_cells.append(csr_matrix((np.ones(worlds), (cells, np.arange(worlds))), shape=(count, worlds)))
        levels = np.unravel_index(np.arange(count), sizes)
        groups = [
            csr_matrix((np.ones(count), (level, np.arange(count))), shape=(size, count))
            for level, size in zip(levels, sizes, strict=True)
        ]
        to_groups.append(vstack(groups))
    starts = np.cumsum([0, *(len(factor.levels) for factor in factors)])
    return block_diag(to_groups, format="csr"), vstack(to_cells, format="csr"), starts


def _packs(factors: Sequence[Factor], most: int) -> list[list[Factor]]:
    """Part factors, in order, into packs whose joint grouping has at most so many cells, or of one factor."""
    packs: list[list[Factor]] = []
    cells = 1
    for factor in factors:
        if not packs or cells * len(factor.levels) > most:
            packs.append([])
            cells = 1
        packs[-1].append(factor)
        cells *= len(factor.levels)
    return packs
