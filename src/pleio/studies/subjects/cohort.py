"""Subjects: what is drawn for each subject of each world, and who is let in.

A subject is a pair (world, subject number): no subject is shared between worlds, and each is the same in all arms.
A subject who does not meet the inclusion criteria is drawn anew, by a further draw of the same subject.  Subjects are
independent, as patients of a trial are; where only their average is asked for, they may be spread evenly.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError
from ...base.quantities import Distribution
from ..formula import evaluate
from ..worlds import Indices
from .draws import correlate, uniforms
from .stated import Cohort
from .table import SubjectTable

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

MOST_ATTEMPTS = 1000


def draw_subjects(cohort: Cohort, seed: int, worlds: Indices) -> dict[str, Array]:
    """Draw the covariates of every subject, and the factors by which their parameters differ.

    Args:
        worlds: world numbers.  Shape (worlds,).
    Returns:
        Name → values.  Shape (worlds, subjects), covariates in the unit they were written in, factors of variability
        dimensionless under `factor(parameter)`.
    Raises:
        StudyError: no subject meets the criteria.
    """
    world, subject = np.asarray(worlds)[:, None], np.arange(cohort.size)[None, :]
    shape = (len(worlds), cohort.size)
    drawn = _draw(cohort, seed, np.broadcast_to(world, shape), np.broadcast_to(subject, shape), 0)
    outside = ~_included(cohort, drawn, shape)
    for attempt in range(1, MOST_ATTEMPTS):
        if not outside.any():
            return drawn
        where = np.nonzero(outside)
        again = _draw(cohort, seed, np.asarray(worlds)[where[0]], where[1], attempt)
        for name, values in again.items():
            drawn[name][where] = values
        accepted = _included(cohort, again, where[0].shape)
        outside[where] = ~accepted
        if attempt == MOST_ATTEMPTS // 10 and outside.all():
            break
    if not outside.any():
        return drawn
    raise StudyError(
        "cohort.include",
        Problem(
            " and ".join(cohort.include),
            f"excludes {'everyone' if outside.all() else 'nearly everyone'}: {int(outside.sum()):,} of "
            f"{outside.size:,} subjects met it in none of {attempt + 1} draws",
            "widen the criteria, or the distributions of the covariates",
        ),
    )


def factor(parameter: str) -> str:
    """Give the name under which the factor of a parameter's variability is drawn."""
    return f"factor({parameter})"


def _draw(cohort: Cohort, seed: int, worlds: Indices, subjects: Indices, attempt: int) -> dict[str, Array]:
    laws = {**cohort.covariates, **{factor(name): spread(law) for name, law in cohort.variability.items()}}
    again = f" again {attempt}" if attempt else ""
    columns = {name: uniforms(seed, f"subject {name}{again}", worlds, subjects) for name in laws}
    if cohort.even and not again:
        columns = {
            name: evenly(column, uniforms(seed, f"place of {name}", worlds, subjects))
            for name, column in columns.items()
        }
    pairs = {(_column(cohort, one), _column(cohort, other)): value for (one, other), value in cohort.pairs.items()}
    try:
        columns = correlate(columns, pairs)
    except ValueError as fault:
        raise StudyError("cohort.correlations", str(fault)) from None
    drawn = {name: laws[name].quantile(column) for name, column in columns.items()}
    return (
        drawn if cohort.subjects is None else {**drawn, **_from_table(cohort.subjects, seed, again, worlds, subjects)}
    )


def evenly(columns: Array, places: Array) -> Array:
    """Spread the numbers of each world's subjects evenly: one in each of as many equal parts (a Latin hypercube).

    Args:
        columns: independent uniforms, whose order says which subject has which part.  Shape (worlds, subjects).
        places: where each is within its part, between 0 and 1, of the same shape.
    Source:
        McKay, Beckman and Conover 1979, doi:10.1080/00401706.1979.10489755.
    """
    parts = columns.argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    return np.asarray((parts + places) / columns.shape[1])


def _from_table(table: SubjectTable, seed: int, again: str, worlds: Indices, subjects: Indices) -> dict[str, Array]:
    """Take rows of a table: subject k is row k where they are taken exactly, and else any row."""
    count = len(table.ids)
    row = subjects
    if table.take != "exactly":
        row = np.minimum(np.floor(uniforms(seed, f"subject row{again}", worlds, subjects) * count), count - 1).astype(
            int
        )
    return {name: table.column(name)[row] for name in table.units}


def _column(cohort: Cohort, name: str) -> str:
    return name if name in cohort.covariates else factor(name)


def spread(law: Distribution) -> Distribution:
    """Read a parameter's variability: a coefficient of variation means a lognormal factor with median 1."""
    if not law.is_constant:
        return law
    coefficient = law.first * law.unit.factor
    return Distribution("lognormal", 1.0, math.sqrt(math.log1p(coefficient**2)), text=f"lognormal(1, {law.text})")


def _included(cohort: Cohort, drawn: dict[str, Array], shape: tuple[int, ...]) -> Mask:
    inside = np.ones(shape, dtype=bool)
    for text in cohort.include:
        inside &= evaluate(text, drawn) != 0
    return inside
