"""Simulated trials: how often a trial of a given size would find an effect, over worlds, subjects and chance.

Each replicate takes one world, as probable as it weighs, and draws the subjects of each arm from those simulated in
that world, independently in the two arms, as randomisation would.  The answer is the assurance: power averaged over
what is not known.  Draw more subjects in a world than two or three before trusting it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError, nearest
from ..result import Result
from ..study import Study
from .survival import log_rank

Array = NDArray[np.float64]

FEWEST_SUBJECTS = 2


@dataclass(frozen=True)
class Trial:
    """The design of a two-arm trial.

    Attributes:
        endpoint: of the study.
        treatment, control: arms of the study.
        size: subjects who are randomised to each arm.
        lost: the share of them who drop out before the endpoint, at random.
        responds: a subject responds when the endpoint is at least this, and shares of responders are compared; None:
            means are compared.
        until: the endpoint is the time of an event, in its unit, and who reaches this time has had none; hazards are
            compared by the log-rank test.
        level: of the two-sided test.
    """

    endpoint: str
    treatment: str
    control: str
    size: int
    lost: float = 0.0
    responds: float | None = None
    until: float | None = None
    level: float = 0.05


@dataclass(frozen=True)
class Assurance:
    """What simulated trials found.

    Attributes:
        significant: the share of trials with a significant difference, in either direction; `interval` holds its 95 %.
        higher, lower: the share that found the treatment arm significantly higher, and lower.
        replicates: how many trials were simulated.
    """

    significant: float
    interval: tuple[float, float]
    higher: float
    lower: float
    replicates: int


def simulate_trials(result: Result, trial: Trial, *, replicates: int = 2000, seed: int | None = None) -> Assurance:
    """Simulate a trial many times.

    Raises:
        StudyError: the arms or the endpoint are not the study's, or nobody is left to compare.
    """
    check_trial(result.study, trial)
    random = np.random.Generator(np.random.Philox(key=[result.worlds.seed if seed is None else seed, 0x747269616C]))
    names = list(result.study.endpoints)
    values = [
        result.values[result.arms.index(arm), :, :, names.index(trial.endpoint)]
        for arm in (trial.treatment, trial.control)
    ]
    usable = np.nonzero(np.isfinite(values[0]).any(axis=1) & np.isfinite(values[1]).any(axis=1))[0]
    if not len(usable):
        raise StudyError("trial", f"no subject came through in '{trial.treatment}' and '{trial.control}'")
    weights = result.worlds.weights[usable] / result.worlds.weights[usable].sum()
    worlds = random.choice(usable, size=replicates, p=weights)
    arms = [_enrol(value[worlds], trial, random) for value in values]
    statistic, p = _compare(trial, arms, random)
    found = p < trial.level
    high, low = float((found & (statistic > 0)).mean()), float((found & (statistic < 0)).mean())
    return Assurance(high + low, _interval(int(found.sum()), replicates), high, low, replicates)


def null_of(trial: Trial) -> Trial:
    """Give the same trial of two arms that are given what the control is: what it finds is chance."""
    return replace(trial, treatment=trial.control)


def _compare(trial: Trial, arms: list[Array], random: np.random.Generator) -> tuple[Array, Array]:
    """Test each replicate; give by how much the treatment arm is higher, and p.  Each of shape (replicates,)."""
    if trial.until is not None:
        return _times(arms[0], arms[1], trial.until, random)
    return _means(*arms) if trial.responds is None else _shares(*arms)


def _enrol(values: Array, trial: Trial, random: np.random.Generator) -> Array:
    """Draw the subjects of one arm in each replicate.  Shape (replicates, size), NaN for those who were lost."""
    # a subject whose trajectory failed cannot be enrolled; the others take the place
    order = np.argsort(np.isnan(values), axis=1, kind="stable")
    counts = np.isfinite(values).sum(axis=1)
    picked = (random.random((len(values), trial.size)) * counts[:, None]).astype(np.int64)
    taken = np.take_along_axis(np.take_along_axis(values, order, axis=1), picked, axis=1)
    if trial.responds is not None:
        taken = (taken >= trial.responds).astype(np.float64)
    return np.where(random.random(taken.shape) < trial.lost, np.nan, taken)


def _means(one: Array, other: Array) -> tuple[Array, Array]:
    """Welch's test of each replicate."""
    from scipy.special import stdtr

    (n, mean, spread), (m, mean_other, spread_other) = (_moments(arm) for arm in (one, other))
    with np.errstate(divide="ignore", invalid="ignore"):  # of a trial in which nobody is left nothing is found
        part, part_other = spread / n, spread_other / m
        t = (mean - mean_other) / np.sqrt(part + part_other)
        freedom = (part + part_other) ** 2 / (part**2 / (n - 1) + part_other**2 / (m - 1))
        p = 2 * stdtr(freedom, -np.abs(t))
    return _certain(mean - mean_other, part + part_other, t, p)


def _shares(one: Array, other: Array) -> tuple[Array, Array]:
    """The pooled test of two proportions, of each replicate."""
    from scipy.special import ndtr

    (n, share, _), (m, share_other, _) = (_moments(arm) for arm in (one, other))
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (n * share + m * share_other) / (n + m)
        variance = pooled * (1 - pooled) * (1 / n + 1 / m)
        z = (share - share_other) / np.sqrt(variance)
        p = 2 * ndtr(-np.abs(z))
    return _certain(share - share_other, variance, z, p)


def _times(one: Array, other: Array, until: float, random: np.random.Generator) -> tuple[Array, Array]:
    """The log-rank test of each replicate; who was lost is followed to some moment before the end.

    Returns:
        Expected less observed events in the first arm, so that later is higher; and p.
    """
    statistic, p = np.zeros(len(one)), np.ones(len(one))
    for i, pair in enumerate(zip(one, other, strict=True)):
        followed = [np.where(np.isnan(times), until * random.random(times.shape), until) for times in pair]
        seen = [np.fmin(times, end) for times, end in zip(pair, followed, strict=True)]
        events = [times < end for times, end in zip(pair, followed, strict=True)]
        if any(happened.any() for happened in events):
            found = log_rank(list(zip(seen, events, strict=True)))
            statistic[i], p[i] = found.expected[0] - found.observed[0], found.p
    return statistic, p


def _certain(difference: Array, variance: Array, statistic: Array, p: Array) -> tuple[Array, Array]:
    """Where nothing varies, a difference is certain and equality is no difference; where nobody is left, nothing is."""
    sure = variance == 0
    statistic = np.where(sure, difference, statistic)
    p = np.where(sure, np.where(difference == 0, 1.0, 0.0), p)
    return np.nan_to_num(statistic), np.where(np.isnan(p), 1.0, p)


def _moments(values: Array) -> tuple[Array, Array, Array]:
    """Give count, mean and variance of those who stayed, in each replicate."""
    there = np.isfinite(values)
    count = there.sum(axis=1).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(there, values, 0.0).sum(axis=1) / count
        variance = (np.where(there, values - mean[:, None], 0.0) ** 2).sum(axis=1) / (count - 1)
    return count, mean, variance


def _interval(found: int, of: int) -> tuple[float, float]:
    """The exact interval of a share, Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404."""
    from scipy.special import betaincinv

    low = float(betaincinv(found, of - found + 1, 0.025)) if found else 0.0
    high = float(betaincinv(found + 1, of - found, 0.975)) if found < of else 1.0
    return low, high


def check_trial(study: Study, trial: Trial) -> None:
    """Refuse a trial that cannot be simulated.

    Raises:
        StudyError: all that is wrong with it.
    """
    problems = [
        Problem(kind, f"'{name}' is none of the study's", nearest(name, known))
        for kind, name, known in (
            ("endpoint", trial.endpoint, study.endpoints),
            ("treatment", trial.treatment, study.arms),
            ("control", trial.control, study.arms),
        )
        if name not in known
    ]
    if trial.size < FEWEST_SUBJECTS:
        problems.append(Problem("size", f"{trial.size} in an arm cannot be compared", "enrol two or more"))
    if trial.until is not None and trial.responds is not None:
        problems.append(Problem("endpoint", "is either a response or the time of an event", "give one of them"))
    if trial.until is not None and not trial.until > 0:
        problems.append(Problem("until", f"{trial.until:g} is no time to follow subjects for", "write a positive time"))
    if not 0 <= trial.lost < 1:
        problems.append(Problem("lost", f"{trial.lost:g} is no share", "write 0.1 for one in ten"))
    if not 0 < trial.level < 1:
        problems.append(Problem("level", f"{trial.level:g} is no level", "write 0.05"))
    if problems:
        raise StudyError("trial", problems)
