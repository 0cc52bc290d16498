"""Global sensitivity beyond first order: Sobol' indices of a function, and Shapley shares of dependent factors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError
from ..subjects.draws import uniforms
from ..worlds import Worlds
from .factors import Factor
from .worth import Worth

Array = NDArray[np.float64]

MOST_PLAYERS = 10
MOST_FAIR = 7
"""Contests and assumptions among which what they explain together is shared: 128 sets of them."""


@dataclass(frozen=True, eq=False)
class Sobol:
    """Sobol' indices.

    Attributes:
        first, total: of each input.  Shape (inputs,), dimensionless.
        first_interval, total_interval: central 90 % of resamples.  Shape (inputs, 2).
    """

    names: tuple[str, ...]
    first: Array
    total: Array
    first_interval: Array
    total_interval: Array


def sobol(
    function: Callable[[dict[str, Array]], Array],
    names: Sequence[str],
    count: int,
    *,
    seed: int = 1,
    resamples: int = 100,
) -> Sobol:
    """Estimate first-order and total Sobol' indices by exchanging one input at a time.

    Args:
        function: takes independent uniforms between 0 and 1, each of shape (draws,), to answers of shape (draws,).
        count: draws; the function is evaluated at count × (inputs + 2).
    Source:
        Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018, table 2: (b) for first order, Jansen's (f) for the total.
    """
    numbers = np.arange(count)
    one, other = ({name: uniforms(seed, f"sobol {side} {name}", numbers) for name in names} for side in "ab")
    a, b = function(one), function(other)
    mixed = np.stack([function({**one, name: other[name]}) for name in names])
    everything = np.arange(count)
    first, total = _indices(a, b, mixed, everything)
    random = np.random.Generator(np.random.Philox(key=[seed, 0x736F626F6C]))
    again = np.array([_indices(a, b, mixed, random.integers(0, count, count)) for _ in range(resamples)])
    # of a hundred resamples the plain quantiles lie a little too far in
    low_high = np.quantile(again, (0.05, 0.95), axis=0, method="weibull")
    return Sobol(tuple(names), first, total, low_high[:, 0].T, low_high[:, 1].T)


def _indices(a: Array, b: Array, mixed: Array, draws: NDArray[np.int64]) -> tuple[Array, Array]:
    a, b, mixed = a[draws], b[draws], mixed[:, draws]
    variance = np.concatenate([a, b]).var()
    first = (b * (mixed - a)).mean(axis=1) / variance
    total = ((a - mixed) ** 2).mean(axis=1) / (2 * variance)
    return first, total


def shapley(factors: Sequence[Factor], worlds: Worlds, answer: Array) -> dict[str, float]:
    """Share what factors explain together fairly among them, also where they depend on each other.

    What a set of factors explains is the variance of the means of its joint groups, less what as many groups of worlds
    would explain by chance; each factor gets its mean contribution over all orders in which they could join.

    Args:
        factors: at most ten, with few states each.
        answer: Shape (worlds,), without NaN.
    Returns:
        Name → share of the variance; they sum to what all factors explain.
    Raises:
        StudyError: there are more than ten factors.
    Source:
        Owen 2014, doi:10.1137/130936233; Song, Nelson, Staum 2016, doi:10.1137/15M1048070.
    """
    count = len(factors)
    if count > MOST_PLAYERS:
        help = f"choose the {MOST_PLAYERS} with the largest shares"
        raise StudyError("Shapley shares", Problem("", f"{count} factors have {2**count:,} subsets", help))
    weights = worlds.weights / worlds.weights.sum()
    centred = answer - weights @ answer
    total = float(weights @ centred**2)
    sets = [frozenset(chosen) for size in range(count + 1) for chosen in combinations(range(count), size)]
    explains = {chosen: _explains(chosen, factors, weights, centred, total) for chosen in sets}
    shares = {}
    for i, factor in enumerate(factors):
        gains = (
            (explains[chosen | {i}] - explains[chosen]) / (count * comb(count - 1, len(chosen)))
            for chosen in sets
            if i not in chosen
        )
        shares[factor.name] = sum(gains)
    return shares


def fair_shares(factors: Sequence[Factor], shares: Sequence[Worth], worlds: Worlds, centred: Array) -> dict[str, float]:
    """Give the Shapley shares of the contests and assumptions that explain most on their own.

    These depend on each other: an assumption decides what several contests come to.  What they explain together, their
    interactions too, is parted among them, so that nothing is counted twice.

    Args:
        shares: of each factor on its own.
        centred: the answer, scaled so that the variance in all is 1.  Shape (worlds,).
    """
    able = [(share.value, f) for f, share in zip(factors, shares, strict=True) if f.kind in ("contest", "assumption")]
    able.sort(key=lambda one: (-one[0], one[1].name))
    chosen = [factor for _, factor in able[:MOST_FAIR]]
    if not chosen:
        return {}
    between = float(np.average(centred**2, weights=worlds.weights) - np.average(centred, weights=worlds.weights) ** 2)
    return {name: share * between for name, share in shapley(chosen, worlds, centred).items()}


def _explains(chosen: frozenset[int], factors: Sequence[Factor], weights: Array, centred: Array, total: float) -> float:
    """Give the share that a set of factors explains, as an adjusted R²."""
    if not chosen or total <= 0:
        return 0.0
    labels = np.zeros(len(centred), dtype=np.int64)
    for i in sorted(chosen):
        labels = labels * len(factors[i].levels) + factors[i].labels
    held = np.bincount(labels, weights=weights)
    filled = np.nonzero(held)[0]
    shares = held[filled]
    means = np.bincount(labels, weights=weights * centred)[filled] / shares
    left = 1.0 - float(shares @ means**2) / total
    free = 1.0 / float((weights**2).sum())
    return 1.0 - left * (free - 1) / (free - len(shares)) if free > len(shares) + 1 else 0.0
