"""One comparison taken apart: in the worlds where each claim turns out one way, and among subjects of one kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..endpoints.quantiles import weighted_quantiles
from ..labels import in_words
from ..result import Result
from ..subjects.cohort import draw_subjects
from .valuation import Finding

Array = NDArray[np.float64]

MOST_FACTORS = 4
MOST_COVARIATES = 3
FEWEST_WORLDS = 20
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Part:
    """A comparison in some worlds or some subjects.

    Attributes:
        of: the claim or covariate that parts them; "" for the whole.
        share: of the weight of worlds, or of the subjects.
        median, interval_50, interval_90: over worlds, of the mean subject.
    """

    of: str
    name: str
    share: float
    median: float
    interval_50: tuple[float, float]
    interval_90: tuple[float, float]


@dataclass(frozen=True)
class Comparison:
    """An arm against another in one endpoint, each subject with itself; the whole comes first."""

    endpoint: str
    arm: str
    control: str
    unit: str
    parts: tuple[Part, ...]


def comparison(
    result: Result,
    endpoint: str,
    *,
    arm: str | None = None,
    findings: Sequence[Finding] = (),
    labels: Mapping[str, str] | None = None,
) -> Comparison | None:
    """Take a comparison apart; None where nothing can be compared.

    Args:
        arm: the last by default; it is compared with the first in which nothing is given, or else the first.
        findings: what explains most comes from here; contests and assumptions above chance part the worlds.
        labels: covariate → what a reader calls it.
    """
    arms = result.arms
    chosen = arms.index(arm) if arm else len(arms) - 1
    control = next((i for i, given in enumerate(result.study.arms.values()) if not given and i != chosen), 0)
    if chosen == control:
        return None
    column = list(result.study.endpoints).index(endpoint)
    difference = result.values[chosen, :, :, column] - result.values[control, :, :, column]
    kept = np.isfinite(difference).all(axis=1)
    if kept.sum() < FEWEST_WORLDS:
        return None
    worlds, difference = result.worlds.take(np.nonzero(kept)[0]), difference[kept]
    means, weights = difference.mean(axis=1), worlds.weights
    parts = [_part("", "all", means, weights, 1.0)]
    telling = [f for f in findings if f.kind in ("contest", "assumption") and f.share.is_positive]
    telling.sort(key=lambda f: -f.share.value)
    for finding in telling[:MOST_FACTORS]:
        states = {**worlds.contests, **worlds.assumptions}[finding.name]
        for k, state in enumerate(states.names):
            here = states.index == k
            if here.sum() >= FEWEST_WORLDS:
                share = float(weights[here].sum() / weights.sum())
                parts.append(_part(finding.title, state.replace("_", " "), means[here], weights[here], share))
    subjects = draw_subjects(result.study.cohort, worlds.seed, worlds.numbers)
    covariates = [name for name in result.study.cohort.covariates if name in subjects]
    halves = [(name, _halves(np.asarray(subjects[name], dtype=np.float64), difference)) for name in covariates]
    shown = [(name, found) for name, found in halves if found is not None]
    shown.sort(key=lambda one: -abs(float(np.average(one[1][1] - one[1][0], weights=weights))))
    for name, found in shown[:MOST_COVARIATES]:
        called = (labels or {}).get(name) or in_words(name)
        for side, answer in zip(("lower half", "upper half"), found, strict=True):
            parts.append(_part(called, side, answer, weights, 0.5))
    return Comparison(endpoint, arms[chosen], arms[control], result.units[column], tuple(parts))


def _part(of: str, name: str, means: Array, weights: Array, share: float) -> Part:
    low, lower, middle, upper, high = map(float, weighted_quantiles(means, weights, LEVELS, axis=0))
    return Part(of, name, share, middle, (lower, upper), (low, high))


def _halves(values: Array, answer: Array) -> tuple[Array, Array] | None:
    """Give the mean answer of the lower and the upper half of each world's subjects.  Each of shape (worlds,)."""
    if answer.shape[1] < 4 or np.all(values == values[:, :1]):
        return None
    ordered = np.take_along_axis(answer, np.argsort(values, axis=1, kind="stable"), axis=1)
    half = ordered.shape[1] // 2
    return ordered[:, :half].mean(axis=1), ordered[:, -half:].mean(axis=1)
