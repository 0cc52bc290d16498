"""What an answer may depend on, each as a grouping of worlds: by outcome, by state, or by bins of a parameter.

A parameter's bins are joined by a spline, so that a smooth dependence costs few degrees of freedom; an outcome's or a
state's groups are taken as they are.  The spline runs over normal scores, in which most parameters are straight or
nearly so, and bins are narrow in the tails: much of what a parameter explains lies there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..subjects.draws import uniforms
from ..worlds import Indices, States, Worlds

Array = NDArray[np.float64]

BINS = 128
KNOTS = 7
DUMMY = "dummy"
DUMMY_SHARES = (0.5, 0.25, 0.25)
KINDS = ("contest", "assumption", "gain", "parameter", "dummy")


@dataclass(frozen=True, eq=False)
class Smoother:
    """A cubic spline through group means, by weighted least squares.

    Attributes:
        basis: of the splines, orthonormal where the groups weigh `shares`.  Shape (groups, splines).
        shares: the weight of each group.  Shape (groups,), summing to 1.
    """

    basis: Array
    shares: Array

    def fit(self, means: Array, shares: Array | None = None) -> Array:
        """Fit group means.

        Args:
            means: Shape (…, groups, answers).
            shares: the weight of each group, zero where it has no mean, of worlds that were drawn again; that of the
                worlds as they are where it is not given.  Shape (…, groups).
        """
        if shares is None:
            return np.asarray(self.basis @ ((self.basis.T * self.shares) @ means))
        # the least squares are those of the worlds' own weights, or their spread is too large
        weighted = self.basis.T * shares[..., None, :]
        turned = np.linalg.pinv(weighted @ self.basis, hermitian=True)
        return np.asarray(self.basis @ (turned @ (weighted @ means)))


@dataclass(frozen=True, eq=False)
class Factor:
    """A grouping of worlds.

    Attributes:
        kind: a word of `KINDS`.
        levels: what the groups are called.
        labels: each world's group.  Shape (worlds,).
        smoother: takes group means to fitted means; None: the group means themselves.
        stratum: by how much each world was drawn more often because of this factor.  Shape (worlds,), or None.
    """

    name: str
    kind: str
    levels: tuple[str, ...]
    labels: Indices
    smoother: Smoother | None = None
    stratum: Array | None = None


def factors_of(worlds: Worlds, gains: Iterable[str] = ()) -> tuple[Factor, ...]:
    """Give every factor that differs between worlds, and a dummy that nothing depends on."""
    magnitudes = set(gains)
    found: list[Factor | None] = [discrete(name, "contest", states) for name, states in worlds.contests.items()]
    found += [discrete(name, "assumption", states) for name, states in worlds.assumptions.items()]
    found += [
        continuous(name, "gain" if name in magnitudes else "parameter", values, worlds.weights)
        for name, values in worlds.parameters.items()
    ]
    kept = [factor for factor in found if factor is not None and len(np.unique(factor.labels)) > 1]
    return (*kept, dummy(worlds))


def discrete(name: str, kind: str, states: States) -> Factor:
    """Group worlds by the state of a contest or assumption; states that no world has are left out."""
    present, labels = np.unique(states.index, return_inverse=True)
    return Factor(name, kind, tuple(states.names[i] for i in present), labels, stratum=states.stratum)


def continuous(name: str, kind: str, values: Array, weights: Array) -> Factor | None:
    """Group worlds by bins of a parameter, joined by a cubic spline; None for a constant.

    Args:
        values: of the parameter, in its own unit.  Shape (worlds,).
        weights: positive.  Shape (worlds,).
    """
    from scipy.special import ndtri

    if np.ptp(values) == 0:
        return None
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = (np.cumsum(weights[order]) - 0.5 * weights[order]) / weights.sum()
    scores = ndtri(ranks)
    # as even in rank as in score: the middle is not crowded, and a tail is not one bin
    places = 0.5 * ranks + 0.5 * (scores - scores.min()) / np.ptp(scores)
    bins = max(2, min(BINS, len(values) // 4))
    present, labels = np.unique(np.minimum((places * bins).astype(np.int64), bins - 1), return_inverse=True)
    shares: Array = np.bincount(labels, weights=weights) / weights.sum()
    middles = np.bincount(labels, weights=weights * scores) / (shares * weights.sum())
    edges = [f"{values[labels == i].min():.3g} to {values[labels == i].max():.3g}" for i in range(len(present))]
    return Factor(name, kind, tuple(edges), labels, smoother(middles, shares))


def smoother(places: Array, shares: Array) -> Smoother:
    """Prepare a cubic spline through group means.

    Args:
        places: where each group stands, rising.  Shape (groups,).
        shares: the weight of each group.  Shape (groups,), summing to 1.
    Returns:
        A fit that keeps the weighted mean; the means themselves where there are too few groups for a spline.
    """
    root = np.sqrt(shares)[:, None]
    if len(places) <= KNOTS + 4:
        return Smoother(np.diag(1 / root[:, 0]), shares)
    knots = np.interp(np.arange(1, KNOTS + 1) / (KNOTS + 1), np.cumsum(shares) - 0.5 * shares, places)
    powers, pieces = places[:, None] ** np.arange(4), np.maximum(places[:, None] - knots, 0.0) ** 3
    orthonormal, _ = np.linalg.qr(np.concatenate([powers, pieces], axis=1) * root)
    return Smoother(orthonormal / root, shares)


def dummy(worlds: Worlds) -> Factor:
    """A claim that is about nothing, drawn like any other: the negative control of every report."""
    share = uniforms(worlds.seed, DUMMY, worlds.numbers)
    labels = np.searchsorted(np.cumsum(DUMMY_SHARES)[:-1], share, side="right").astype(np.int64)
    return Factor(DUMMY, "dummy", ("increases", "decreases", "no_effect"), labels)


def names_of(factors: Sequence[Factor], kind: str) -> tuple[str, ...]:
    """Name the factors of a kind."""
    return tuple(factor.name for factor in factors if factor.kind == kind)
