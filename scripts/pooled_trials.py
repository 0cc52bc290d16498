"""What trials make of events that they counted, with a drug and without it, when trials differ.

Each event has a mean log odds without the drug and an effect of it, each with a wide prior around a mean of all events,
which is not known either; at less than the reference the effect goes with a saturating share.  A trial is off by an
amount that all its events have in common, since trials count more or less, by one of each event of its own, and its
effect by a third.  Counts are binomial.  The three standard deviations are shared over trials and events; a grid of
them, and of the concentration at half effect, is summed over, and on each point the log odds are integrated out by
Laplace's approximation.  No chance is in it, so it has no seed.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

REFERENCE = 0.52  # nM on average on 50 ug/kg a day: `ae_reference` of `adverse_events`
MEAN, EFFECT, SHIFT = 2.4, 2.0, 2.0  # prior standard deviations; on the drug 3.1 together, as Jeffreys' of a chance
ALL = (2.4, 2.0)  # those of the mean of all events and of the mean of all effects
DEVIATIONS = (0.1, 0.3, 0.5, 0.75, 1.0, 1.35, 1.8, 2.4)  # with a half-normal prior of 1
HALVES = tuple(float(x) for x in np.exp(np.quantile(np.log([0.01, 1.0]), (0.1, 0.3, 0.5, 0.7, 0.9))))
NEWTON = 60


@dataclass(frozen=True)
class Count:
    """So many patients of a group with an event.

    Attributes:
        event: whose effect it is; `background` is the event whose log odds it has without the drug.
        concentration: mean of the drug, in nM.
        shifted: whether the group is one in which the log odds are others, by a shift that all such counts share.
        alone: the drug alone causes it, in proportion to its share.
    """

    trial: str
    source: str
    event: str
    background: str
    concentration: float
    events: int
    patients: int
    shifted: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Known:
    """What was known of an event before: means and standard deviations, without the drug and of its effect.

    Attributes:
        like, effect_like: whether it is around the mean of all events, and its effect around the mean of all effects.
    """

    mean: float = 0.0
    deviation: float = MEAN
    effect: float = 0.0
    effect_deviation: float = EFFECT
    like: bool = True
    effect_like: bool = True


@dataclass(frozen=True)
class Apart:
    """How far trials are apart: in all events, in one, in the effect on one; and the concentration at half effect."""

    trial: float
    event: float
    effect: float
    half: float

    @property
    def log_prior(self) -> float:
        return -0.5 * (self.trial**2 + self.event**2 + self.effect**2)

    def share(self, concentration: float) -> float:
        """Give the effect as a share of that at the reference."""
        return concentration / (self.half + concentration) * (self.half + REFERENCE) / REFERENCE


@dataclass(frozen=True)
class Unseen:
    """Log odds of an event in a trial that was not seen: means, variances, covariance, without the drug and on it."""

    placebo: float
    drug: float
    of_placebo: float
    of_drug: float
    both: float

    @property
    def ends(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Mean and variance without the drug, and on it."""
        return (self.placebo, self.of_placebo), (self.drug, self.of_drug)


@dataclass(frozen=True)
class Fit:
    """What counts make of each event.

    Attributes:
        points: how far trials may be apart, with `weights` after the counts.
        shift: mean and standard deviation of the shift.
        between: mean of the variance between trials without the drug, and of that of the effect.
    """

    points: tuple[Apart, ...]
    weights: Array
    events: Mapping[str, Unseen]
    shift: tuple[float, float]
    between: tuple[float, float]

    def mean(self, name: str) -> tuple[float, float]:
        """Give mean and standard deviation of one of the numbers of `Apart`."""
        values = np.array([getattr(point, name) for point in self.points])
        middle = float(self.weights @ values)
        return middle, math.sqrt(float(self.weights @ np.square(values - middle)))


def grid(deviations: Sequence[float] = DEVIATIONS, halves: Sequence[float] = HALVES) -> list[Apart]:
    return [Apart(*point) for point in itertools.product(deviations, deviations, deviations, halves)]


def fit(counts: Sequence[Count], known: Mapping[str, Known], points: Iterable[Apart]) -> Fit:
    """Weigh each point by the counts, and give what is expected of every known event in a trial that was not seen."""
    chosen = tuple(points)
    names = list(known)
    logs, found = [], []
    for point in chosen:
        evidence, values = _at(counts, known, point)
        logs.append(evidence + point.log_prior + math.log(_step(point, chosen)))
        found.append(values)
    weights = np.exp(np.array(logs) - np.logaddexp.reduce(logs))
    mixed = np.stack(found)  # points, events and the shifted, five numbers each
    means = mixed[:, :, :2]
    middle = np.einsum("p,pek->ek", weights, means)
    off = means - middle
    spread = np.einsum("p,pek->ek", weights, mixed[:, :, 2:4] + np.square(off))
    both = np.einsum("p,pe->e", weights, mixed[:, :, 4] + off[:, :, 0] * off[:, :, 1])
    events = {name: Unseen(*(float(x) for x in (*middle[k], *spread[k], both[k]))) for k, name in enumerate(names)}
    shift = (float(middle[-1, 0]), math.sqrt(float(spread[-1, 0])))
    variances = np.array([(p.trial**2 + p.event**2, p.effect**2) for p in chosen])
    own, of_effect = weights @ variances
    return Fit(chosen, weights, events, shift, (float(own), float(of_effect)))


def _step(point: Apart, points: Sequence[Apart]) -> float:
    """Give how much of the deviations a point stands for: the product of the widths of its cells."""
    width = 1.0
    for name in ("trial", "event", "effect"):
        places = sorted({getattr(one, name) for one in points})
        if len(places) > 1:
            width *= float(np.gradient(places)[places.index(getattr(point, name))])
    return width


def _at(counts: Sequence[Count], known: Mapping[str, Known], at: Apart) -> tuple[float, Array]:
    """Give the log evidence where trials are so far apart, and the five numbers of each event; the shift comes last."""
    shares = np.array([0.0 if one.alone else at.share(one.concentration) for one in counts])
    offsets = np.array([math.log(at.share(one.concentration)) if one.alone else 0.0 for one in counts])
    on = np.array([1.0 if one.alone else share for one, share in zip(counts, shares, strict=True)])
    trial, event, background = (_same([getattr(one, of) for one in counts]) for of in ("trial", "event", "background"))
    shifted = np.array([float(one.shifted) for one in counts])
    means = np.array([known[one.background].mean for one in counts])
    effects = np.array([known[one.event].effect for one in counts])
    variance = np.array([known[one.background].deviation ** 2 for one in counts])
    of_effect = np.array([known[one.event].effect_deviation ** 2 for one in counts])
    alike = np.array([float(known[one.background].like) for one in counts])
    alike_effect = shares * np.array([float(known[one.event].effect_like) for one in counts])
    of_all, of_all_effects = np.square(ALL)
    prior = (
        background * variance
        + trial * (at.trial**2 + background * at.event**2)
        + event * (np.outer(shares, shares) * of_effect + trial * np.outer(on, on) * at.effect**2)
        + np.outer(shifted, shifted) * SHIFT**2
        + np.outer(alike, alike) * of_all
        + np.outer(alike_effect, alike_effect) * of_all_effects
    )
    centre = means + shares * effects + offsets
    evidence, pull, shrink = _laplace(counts, centre, prior)
    rows = []
    for name, one in known.items():
        of = next((count.background for count in counts if count.event == name), name)
        before = known[of]
        placebo = np.array([count.background == of for count in counts]) * before.deviation**2
        placebo = placebo + before.like * alike * of_all
        effect = shares * np.array([count.event == name for count in counts]) * one.effect_deviation**2
        drug = placebo + effect + one.effect_like * alike_effect * of_all_effects
        own = before.deviation**2 + before.like * of_all + at.trial**2 + at.event**2
        own_effect = one.effect_deviation**2 + one.effect_like * of_all_effects + at.effect**2
        rows.append(
            (
                before.mean + placebo @ pull,
                before.mean + one.effect + drug @ pull,
                own - placebo @ shrink @ placebo,
                own + own_effect - drug @ shrink @ drug,
                own - placebo @ shrink @ drug,
            )
        )
    shift = shifted * SHIFT**2
    rows.append((shift @ pull, 0.0, SHIFT**2 - shift @ shrink @ shift, 0.0, 0.0))
    return evidence, np.array(rows)


def _same(names: Sequence[str]) -> Array:
    every = np.array(names)
    return np.asarray(every[:, None] == every[None, :], dtype=np.float64)


def _laplace(counts: Sequence[Count], centre: Array, prior: Array) -> tuple[float, Array, Array]:
    """Find the likeliest log odds under a normal prior and binomial counts (Rasmussen & Williams 2006, algorithm 3.1).

    Returns:
        The log evidence; what moves a mean, times its covariances; and what takes from a variance, between them.
    """
    seen = np.array([one.events for one in counts], dtype=np.float64)
    size = np.array([one.patients for one in counts], dtype=np.float64)
    eye = np.eye(len(counts))
    pull, odds, level = np.zeros(len(counts)), centre, -np.inf
    for _ in range(NEWTON):
        chance = 1 / (1 + np.exp(-odds))
        weight = size * chance * (1 - chance) + 1e-12
        root = np.sqrt(weight)
        lower = np.linalg.cholesky(eye + root[:, None] * prior * root)
        wanted = weight * (odds - centre) + seen - size * chance
        solved = np.linalg.solve(lower.T, np.linalg.solve(lower, root * (prior @ wanted)))
        step = wanted - root * solved - pull
        for length in (1.0, 0.5, 0.25, 0.1, 0.02):  # shorter where a whole step goes too far
            tried = pull + length * step
            at = centre + prior @ tried
            new = float(-0.5 * tried @ (at - centre) + seen @ at - size @ np.logaddexp(0, at))
            if new >= level:
                break
        gained, pull, odds, level = new - level, tried, at, new
        if abs(gained) < 1e-9:
            break
    half = np.linalg.solve(lower, root[:, None] * eye)
    return level - float(np.log(np.diag(lower)).sum()), pull, half.T @ half
