"""Worlds given data: tempered sequential Monte Carlo over assumptions, contests and parameters together, with moves.

A world is a point of uniform numbers, one for each thing that is drawn; the joint posterior of assumptions and contests
and the distributions of the parameters are what turns them into a world.  So the prior is uniform whatever the claims
say, and a proposal that keeps the uniform law keeps the prior.  The likelihood is let in by degrees; at each degree
worlds are drawn again by weight and then moved.  See docs/theory/worlds.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..base.errors import Problem, StudyError
from ..claims.belief.draw import draw
from ..studies.mechanism import Mechanism
from ..studies.subjects.draws import uniforms
from ..studies.worlds import States, Worlds, effective_size
from .worlds import Posterior

Array = NDArray[np.float64]
LogLikelihood = Callable[[Worlds], Array]
Progress = Callable[[int, float], None]

KEEP = 0.5
"""The likelihood is let in as far as worlds stay worth this share of their number."""
MOVES = 3
"""Moves of each kind at each degree."""
MOST_DEGREES = 60
TOLERABLE = (0.2, 0.5)
"""The share of accepted moves within which the step stays as it is."""


@dataclass(frozen=True, eq=False)
class Tempered:
    """Worlds given data.

    Attributes:
        worlds: distinct ones, each weighing as many as it stands for.
        degrees: how far the likelihood was let in, from 0 to 1.
        accepted: the share of moves that were accepted at each degree.
        log_evidence: the logarithm of the probability of the data.
        first: the effective sample size that weighting alone, without moves, would have left.
    """

    worlds: Worlds
    degrees: tuple[float, ...]
    accepted: tuple[float, ...]
    log_evidence: float
    first: float

    @property
    def effective(self) -> float:
        return self.worlds.effective


@dataclass(frozen=True, eq=False)
class Space:
    """How uniform numbers become worlds.

    Attributes:
        discrete, continuous: the names of the numbers, one for each assumption or contest, and for each parameter.
    """

    posterior: Posterior
    mechanism: Mechanism
    seed: int
    band: str = "neutral"

    @property
    def discrete(self) -> tuple[str, ...]:
        groups = (f"assumption/{name}" for group in self.posterior.groups for name in group.names)
        return (*groups, *(f"contest/{name}" for name in sorted(self.posterior.tables)))

    @property
    def continuous(self) -> tuple[str, ...]:
        return tuple(f"parameter {name}" for name in sorted(self.mechanism.uncertain))

    def start(self, count: int) -> dict[str, Array]:
        """Give the uniforms of worlds as a study draws them.  Each of shape (count,)."""
        numbers = np.arange(count)
        return {name: uniforms(self.seed, name, numbers) for name in (*self.discrete, *self.continuous)}

    def worlds(self, at: Mapping[str, Array]) -> Worlds:
        """Turn uniforms into worlds.

        Args:
            at: name of a draw → uniforms, strictly between 0 and 1.  Each of shape (worlds,).
        """
        posterior = self.posterior
        count = len(next(iter(at.values())))
        names = {name: tuple(beliefs) for name, beliefs in posterior.outcomes.items()}
        found = draw(posterior.groups, posterior.tables, names, posterior.states, posterior.always, dict(at))
        concerned = {*self.mechanism.settings}
        concerned |= {name for table in posterior.tables.values() for name in table.assumptions}
        return Worlds(
            self.seed,
            np.arange(count, dtype=np.int64),
            contests={name: States(names[name], index) for name, index in found.outcomes.items()},
            assumptions={
                name: States(posterior.states[name], index) for name, index in found.states.items() if name in concerned
            },
            parameters={
                name: np.asarray(law.quantile(at[f"parameter {name}"]))
                for name, law in sorted(self.mechanism.uncertain.items())
            },
            band=self.band,
        )


def temper(
    space: Space, log_likelihood: LogLikelihood, *, count: int, moves: int = MOVES, progress: Progress | None = None
) -> Tempered:
    """Draw worlds given data.

    Args:
        log_likelihood: of each world.  Shape (worlds,); −inf or NaN where the data are impossible or it failed.
        count: how many worlds.
        progress: told how many degrees are done, and how far the likelihood is let in.
    Raises:
        StudyError: the data are impossible in every world, or cannot be let in within reasonable time.
    """
    at = space.start(count)
    level = _finite(log_likelihood(space.worlds(at)))
    if not np.isfinite(level).any():
        what = "are impossible in every world"
        raise StudyError("the observations", Problem("", what, "widen the distributions of the parameters"))
    first = effective_size(np.exp(level - level.max()))
    degree, log_evidence, step = 0.0, 0.0, 0.5
    degrees, accepted = [0.0], []
    while degree < 1.0:
        if len(degrees) > MOST_DEGREES:
            what = f"only {degree:.0%} of what they say could be let in".replace("%", " %")
            raise StudyError("the observations", Problem("", what, "draw more worlds"))
        more = _next_degree(level, degree, KEEP * count)
        weights = np.exp((more - degree) * (level - level.max()))
        log_evidence += (more - degree) * float(level.max()) + math.log(weights.mean())
        degree, stage = more, len(degrees)
        chosen = _chosen(weights, float(uniforms(space.seed, f"again {stage}", np.zeros(1))[0]))
        at, level = {name: values[chosen] for name, values in at.items()}, level[chosen]
        took = []
        for k in range(moves):
            at, level, share = _move_all(space, log_likelihood, at, level, degree, step, f"{stage}.{k}")
            step = min(1.0, step * 1.5) if share > TOLERABLE[1] else step / 1.5 if share < TOLERABLE[0] else step
            at, level, other = _redraw_one(space, log_likelihood, at, level, degree, f"{stage}.{k}")
            took += [share, other]
        degrees.append(degree)
        accepted.append(float(np.mean(took)) if took else 1.0)
        if progress is not None:
            progress(stage, degree)
    return Tempered(_distinct(space, at), tuple(degrees), tuple(accepted), log_evidence, first)


def _next_degree(level: Array, degree: float, enough: float) -> float:
    """Find how far the likelihood can be let in so that worlds stay worth enough, by halving."""

    def worth(more: float) -> float:
        return effective_size(np.exp((more - degree) * (level - level.max())))

    if worth(1.0) >= enough:
        return 1.0
    low, high = degree, 1.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if worth(middle) >= enough else (low, middle)
    return max(low, degree + 1e-6)


def _chosen(weights: Array, offset: float) -> NDArray[np.int64]:
    """Draw worlds again by weight, systematically: each as often as it weighs, to within one."""
    edges = np.cumsum(weights) / weights.sum()
    places = (np.arange(len(weights)) + offset) / len(weights)
    return np.minimum(np.searchsorted(edges, places, side="right"), len(weights) - 1)


Moved = tuple[dict[str, Array], Array, float]


def _move_all(
    space: Space,
    log_likelihood: LogLikelihood,
    at: dict[str, Array],
    level: Array,
    degree: float,
    step: float,
    key: str,
) -> Moved:
    """Move every parameter of every world a little, in normal scores, so that their law stays as it is."""
    from scipy.special import ndtr, ndtri

    if not space.continuous:
        return at, level, 1.0
    numbers = np.arange(len(level))
    stay = math.sqrt(1 - step**2)
    tried = dict(at)
    for name in space.continuous:
        fresh = ndtri(uniforms(space.seed, f"move {key} {name}", numbers))
        tried[name] = np.clip(ndtr(stay * ndtri(at[name]) + step * fresh), 1e-16, 1 - 1e-16)
    return _accept(space, log_likelihood, at, tried, level, degree, f"moved {key}")


def _redraw_one(
    space: Space, log_likelihood: LogLikelihood, at: dict[str, Array], level: Array, degree: float, key: str
) -> Moved:
    """Draw one assumption or contest of every world anew."""
    if not space.discrete:
        return at, level, 1.0
    numbers = np.arange(len(level))
    which = (uniforms(space.seed, f"which {key}", numbers) * len(space.discrete)).astype(np.int64)
    tried = dict(at)
    for k, name in enumerate(space.discrete):
        fresh = uniforms(space.seed, f"redraw {key} {name}", numbers)
        tried[name] = np.where(which == k, fresh, at[name])
    return _accept(space, log_likelihood, at, tried, level, degree, f"redrawn {key}")


def _accept(
    space: Space,
    log_likelihood: LogLikelihood,
    at: dict[str, Array],
    tried: dict[str, Array],
    level: Array,
    degree: float,
    key: str,
) -> Moved:
    """Take each proposal with the probability of Metropolis; the prior is the same on both sides."""
    other = _finite(log_likelihood(space.worlds(tried)))
    with np.errstate(invalid="ignore", over="ignore"):
        ratio = np.exp(np.minimum(0.0, degree * (other - level)))
    taken = uniforms(space.seed, f"accept {key}", np.arange(len(level))) < np.nan_to_num(ratio)
    found = {name: np.where(taken, tried[name], values) for name, values in at.items()}
    return found, np.where(taken, other, level), float(taken.mean())


def _distinct(space: Space, at: Mapping[str, Array]) -> Worlds:
    """Give each world that is there several times once, with its weight: copies that never moved are no more worlds."""
    rows = np.stack(list(at.values()), axis=1)
    _, first, counts = np.unique(rows, axis=0, return_index=True, return_counts=True)
    order = np.argsort(first)
    worlds = space.worlds({name: values[first[order]] for name, values in at.items()})
    weights = counts[order].astype(np.float64)
    return replace(worlds, weights=weights / weights.mean(), importance=weights / weights.mean())


def _finite(level: Array) -> Array:
    return np.where(np.isfinite(level), level, -np.inf)
