"""Variance shares: how much of an answer's spread each uncertain thing explains on its own.

A first-order share is Var(E[answer | factor]) / Var(answer), net of what permutations give.  The whole is the variance
over subjects of all worlds; the subjects' own share is taken out first, and their luck in the mean of a world with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..worlds import Worlds
from .factors import Factor
from .grouping import Grouping, Means
from .worth import Statistic, Worth, estimate

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Variance:
    """The variance of an answer, parted.

    Attributes:
        total: over subjects of all worlds.
        worlds: between worlds, the subjects' luck subtracted.
        subjects: between the subjects of one world.
        noise: what the subjects' luck adds to the mean of a world.
    """

    total: float
    worlds: float
    subjects: float
    noise: float

    @property
    def subject_share(self) -> float:
        return self.subjects / self.total if self.total > 0 else 0.0


def part(answer: Array, weights: Array) -> Variance:
    """Part the variance of an answer between worlds and subjects.

    Args:
        answer: Shape (worlds, subjects); NaN for a subject who failed.
        weights: of the worlds.  Shape (worlds,).
    """
    finite = np.isfinite(answer)
    counts = finite.sum(axis=1)
    kept = counts > 0
    filled = np.where(finite, answer, 0.0)[kept]
    counts, held = counts[kept], weights[kept] / weights[kept].sum()
    means = filled.sum(axis=1) / counts
    squares = (np.where(finite[kept], filled - means[:, None], 0.0) ** 2).sum(axis=1)
    several = counts > 1
    within = squares[several] / (counts[several] - 1)
    subjects = float(np.average(within, weights=held[several])) if several.any() else 0.0
    noise = float((held * subjects / counts).sum())
    effective = 1.0 / float((held**2).sum())
    between = float((held * (means - held @ means) ** 2).sum())
    if effective > 1:
        between *= effective / (effective - 1)
    worlds = max(0.0, between - noise)
    return Variance(worlds + subjects, worlds, subjects, noise)


def moments(answer: Array, weights: Array, total: float) -> Array:
    """Give what `explained` needs of an answer: scaled to a variance of 1 in all, and its squares.

    The squares carry what the variance in all has besides that between worlds, so that their mean is 1 in the worlds as
    they are, and varies with them where worlds are resampled.

    Args:
        answer: one number for each world.  Shape (worlds,).
        total: the variance that shares are of, positive.
    Returns:
        Shape (worlds, 2).
    """
    scaled = (answer - np.average(answer, weights=weights)) / np.sqrt(total)
    squares = scaled**2
    return np.stack([scaled, squares + 1.0 - np.average(squares, weights=weights)], axis=1)


def explained(means: Means) -> Array:
    """Give the share of the variance that lies between a factor's groups, of `moments` in the last two columns.

    Returns:
        Shape (…,).
    """
    values = means.means[..., -2]
    middle = (means.shares * values).sum(axis=-1, keepdims=True)
    between = (means.shares * (values - middle) ** 2).sum(axis=-1)
    mean, squares = means.whole[..., -2], means.whole[..., -1]
    return np.asarray(between / (squares - mean**2))


SHARE = Statistic(explained, is_share=True)


def shares_of(factors: Sequence[Factor], worlds: Worlds, answer: Array, total: float, **options: int) -> list[Worth]:
    """Give the share of the variance that each factor explains on its own.

    Args:
        answer: one number for each world.  Shape (worlds,), without NaN.
        total: the variance that shares are of, positive.
        options: of `worth.estimate`.
    Returns:
        One for each factor, dimensionless.
    """
    return estimate(Grouping(factors, worlds, moments(answer, worlds.weights, total)), [SHARE], **options)[0]


def joint_share(factors: Sequence[Factor], worlds: Worlds, answer: Array, total: float) -> float:
    """Give the share that several factors explain together by adding their effects, net of chance.

    It counts once what two dependent factors would both claim, such as a contest and the assumption it rests on.

    Args:
        answer: Shape (worlds,), without NaN.
        total: the variance that the share is of.
    """
    columns = [
        (factor.labels == level).astype(np.float64) for factor in factors for level in range(1, len(factor.levels))
    ]
    if not columns or total <= 0:
        return 0.0
    weights = worlds.weights / worlds.weights.sum()
    design = np.stack([np.ones(len(answer)), *columns], axis=1)
    centred = answer - np.average(answer, weights=worlds.weights)
    # indicators are told apart well enough in their squares, which cost far less than the columns
    sizes, axes = np.linalg.eigh(design.T @ (design * weights[:, None]))
    told = sizes > len(sizes) * np.finfo(float).eps * sizes[-1]
    rank = int(told.sum())
    along = axes[:, told].T @ (design.T @ (weights * centred)) / np.sqrt(sizes[told])
    whole = float(weights @ np.square(centred))
    left = max(0.0, whole - float(np.square(along).sum()))
    free = worlds.effective
    if free <= rank:
        return 0.0
    # as in adjusted R²: what is left is larger than it looks by the columns that were fitted to it
    adjusted = whole - left * (free - 1) / (free - rank)
    return float(max(0.0, adjusted) / total)
