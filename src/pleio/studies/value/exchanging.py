"""Sobol' shares of a study: first order and total, of groups of draws, from worlds that share all but one group.

Three sets of worlds are compared: one, another, and the first with one group of draws taken from the second.  Draws are
independent of each other by their keys, contests too once the assumptions that they rest on are drawn.  A group on
which nothing depends leaves every bit as it was, so that chance adds nothing to a total.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError
from .attribution import part
from .worth import PERMUTATIONS, generator

Array = NDArray[np.float64]

RESAMPLES = 200
FEWEST = 16
"""Worlds that came through everywhere."""


@dataclass(frozen=True)
class Share:
    """What a group of draws explains.

    Attributes:
        kind: assumptions, contests, magnitudes, parameters, module, conditions, subjects, assumption, contest.
        first: the share of the variance that the group explains on its own, less the mean of its permutations.
        total: the share that the group has a part in: its own and that of all its interactions.
        first_interval, total_interval: central 90 %, by resampling worlds.
        chance: the 95th percentile of the permutations of `first`, less their mean.
        draws: how many draws the group has.
    """

    name: str
    title: str
    kind: str
    first: float
    first_interval: tuple[float, float]
    total: float
    total_interval: tuple[float, float]
    chance: float
    draws: int

    @property
    def is_positive(self) -> bool:
        """Whether it explains more on its own than its permutations do in 95 of 100 cases."""
        return self.first > max(self.chance, 1e-12)


@dataclass(frozen=True)
class Shares:
    """The Sobol' shares of a study's answer, over subjects of all worlds.

    Attributes:
        about: the answer, in words.
        worlds, subjects: of each run.
        trajectories: of all runs together.
        left_out: worlds in which a subject failed in one of the runs.
    """

    about: str
    worlds: int
    subjects: int
    trajectories: int
    left_out: int
    shares: tuple[Share, ...]

    def to_json(self) -> dict[str, Any]:
        rows = [{**asdict(share), "is_positive": share.is_positive} for share in self.shares]
        return {**{key: value for key, value in asdict(self).items() if key != "shares"}, "shares": rows}


@dataclass(frozen=True)
class Group:
    """Draws that are exchanged together."""

    name: str
    title: str
    kind: str
    draws: frozenset[str]


def shares_of_groups(
    about: str, one: Array, other: Array, mixed: Mapping[Group, Array], swapped: Array, people: Group, seed: int
) -> Shares:
    """Estimate the shares of groups of draws and of the subjects.

    Args:
        one, other: the answer in two sets of worlds that share nothing.  Each of shape (worlds, subjects); NaN where a
            subject failed.
        mixed: group → the answer where its draws are the other set's, and all else, subjects too, is the one set's.
        swapped: the answer in the other worlds for the subjects of the one.
        people: the group of what is drawn for subjects.
        seed: of permutations and resamples.
    Raises:
        StudyError: too few worlds came through, or the answer is the same for all.
    Source:
        Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018, table 2: (b) for the first order, Jansen's (f) for the
        total.
    """
    every = [one, other, swapped, *mixed.values()]
    whole = np.all([np.isfinite(values).all(axis=1) for values in every], axis=0)
    if whole.sum() < FEWEST:
        what = f"came through in {int(whole.sum())} of {len(one)} worlds"
        raise StudyError("Sobol' shares", Problem("all subjects", what, f"at least {FEWEST} are needed"))
    a, b, c = one[whole], other[whole], swapped[whole]
    variance = 0.5 * (part(a, np.ones(len(a))).total + part(b, np.ones(len(b))).total)
    if variance <= 1e-24 * max(1.0, float(np.abs(a).max()) ** 2):
        raise StudyError("Sobol' shares", "the answer is the same in all worlds and subjects, so nothing explains it")
    random = generator(seed)
    copies = np.stack([np.bincount(random.integers(0, len(a), len(a)), minlength=len(a)) for _ in range(RESAMPLES)])
    orders = np.stack([random.permutation(len(a)) for _ in range(PERMUTATIONS)])
    middle = 0.5 * (a.mean() + b.mean())
    square = 0.5 * (_spread(a, middle) + _spread(b, middle))

    def share(group: Group, left: Array, change: Array, totals: Array) -> Share:
        """Estimate from each world's product, whose mean is the first order, and its square, whose mean is the total.

        Args:
            left, change: Shape (worlds, answers of a world).
            totals: Shape (worlds,).
        """
        product = (left * change).mean(axis=1)
        chance = np.array([(left[order] * change).mean() for order in orders]) / variance
        scale = variance * (copies @ square) / (square.mean() * len(a))
        again = copies @ np.stack([product, totals], axis=1) / len(a) / scale[:, None]
        mean = float(chance.mean())
        low, high = np.quantile(again - (mean, 0.0), (0.05, 0.95), axis=0, method="weibull")
        first, total = (_clipped(low[k], high[k]) for k in (0, 1))
        limit = float(np.quantile(chance, 0.95, method="higher")) - mean
        net, whole = float(product.mean()) / variance - mean, float(totals.mean()) / variance
        return Share(group.name, group.title, group.kind, net, first, whole, total, limit, len(group.draws))

    answer, own = (values.mean(axis=1, keepdims=True) for values in (b - middle, a))
    found = []
    for group, values in mixed.items():
        theirs = values[whole]
        totals = 0.5 * ((theirs - a) ** 2).mean(axis=1)
        found.append(share(group, answer, theirs.mean(axis=1, keepdims=True) - own, totals))
    # what differs within a world is free of what worlds do; another's people share nothing, and take off noise
    count = a.shape[1]
    fair = count / (count - 1) if count > 1 else 0.0
    first, second, again = (values - values.mean(axis=1, keepdims=True) for values in (a, b, c))
    totals = 0.5 * fair * ((first**2).mean(axis=1) + (second**2).mean(axis=1))
    found.append(share(people, fair * first, again - second, totals))
    trajectories = sum(values.size for values in every)
    return Shares(about, int(whole.sum()), count, trajectories, int((~whole).sum()), tuple(found))


def _spread(values: Array, middle: float) -> Array:
    return np.asarray(((values - middle) ** 2).mean(axis=1))


def _clipped(low: float, high: float) -> tuple[float, float]:
    return max(0.0, float(low)), max(0.0, float(high))
