"""A study as a sceptic, a neutral reader and a believer read it, and which subjects answer most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...base.errors import StudyError
from ...claims.vocabulary import BANDS
from ...inference.bands import believed
from ...studies.endpoints.quantiles import weighted_quantiles
from ...studies.subjects.cohort import draw_subjects
from ...studies.value.information import decide
from ...studies.worlds import FEWEST_EFFECTIVE

if TYPE_CHECKING:
    from ...studies.result import Result
    from ..question import StudyInLibrary

Array = NDArray[np.float64]
MOST_COVARIATES = 6


def as_read(asked: StudyInLibrary, result: Result) -> Iterator[tuple[str, Result, bool]]:
    """Give each belief band with the same worlds weighted by it, and whether enough of them stand behind it.

    A band in which the worlds cannot be weighed, because a contest is settled in one of the two only, is left out.
    """
    before = asked.posterior(result.worlds.band)
    for band in BANDS:
        if band == result.worlds.band:
            yield band, result, True
            continue
        try:
            worlds = believed(result.worlds, before, asked.posterior(band), band)
        except StudyError:
            continue
        yield band, replace(result, worlds=worlds), worlds.effective >= FEWEST_EFFECTIVE


def chances(result: Result) -> tuple[str, dict[str, float]]:
    """Give the arm that is best on the mean, and how often each is; nothing where the study makes no decision."""
    if result.study.decision is None:
        return "", {}
    decided = decide(result.utility(), result.worlds.weights)
    return result.arms[decided.best], dict(zip(result.arms, map(float, decided.chances), strict=True))


def answering(asked: StudyInLibrary, result: Result, arm: str, endpoint: str) -> list[tuple[str, Array]]:
    """Say how the answer of subjects goes with what they are: against the first arm, each subject with itself.

    Returns:
        For each covariate the mean answer of the lower half of a world's subjects, of the upper half, and 5, 50 and
        95 % over worlds of the difference, in the unit of the endpoint; those first that divide subjects most.
    """
    control = result.arms[0]
    column = list(result.study.endpoints).index(endpoint)
    if arm == control or result.values.shape[2] < 4:
        return []
    answer = result.values[result.arms.index(arm), :, :, column] - result.values[0, :, :, column]
    kept = np.isfinite(answer).all(axis=1)
    if kept.sum() < FEWEST_EFFECTIVE:
        return []
    subjects = draw_subjects(asked.study.cohort, result.worlds.seed, result.worlds.numbers)
    weights = result.worlds.weights[kept]
    found = []
    for name, values in subjects.items():
        halves = _halves(np.asarray(values, dtype=np.float64)[kept], answer[kept])
        if halves is not None:
            low, high = (float(np.average(half, weights=weights)) for half in halves)
            apart = weighted_quantiles(halves[1] - halves[0], weights, (0.05, 0.5, 0.95), axis=0)
            found.append((name, np.array([low, high, *map(float, apart)])))
    return sorted(found, key=lambda one: (-abs(one[1][1] - one[1][0]), one[0]))[:MOST_COVARIATES]


def _halves(values: Array, answer: Array) -> tuple[Array, Array] | None:
    """Give the mean answer of the lower and of the upper half of each world's subjects.  Each of shape (worlds,)."""
    if np.all(values == values[:, :1]):
        return None
    ordered = np.take_along_axis(answer, np.argsort(values, axis=1, kind="stable"), axis=1)
    half = ordered.shape[1] // 2
    return ordered[:, :half].mean(axis=1), ordered[:, -half:].mean(axis=1)
