"""A result as people see it: its size in words, its endpoints in a notebook, its subjects as a data frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..base.html import heading, table

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    from .result import Result


def size(result: Result) -> str:
    """Say how many worlds and subjects there were, and how many trajectories failed."""
    failed = len(result.failed)
    return f"{len(result.worlds):,} worlds × {result.values.shape[2]} subjects, {failed} trajectories failed"


def html(result: Result) -> str:
    """Write the median and the interval over worlds of each endpoint in each arm."""

    def said(row: dict[str, Any]) -> tuple[str, ...]:
        if row["median"] is None:
            return (row["arm"], row["label"], "no trajectory came through", "", row["unit"])
        low, high = row["worlds_90"]
        return (row["arm"], row["label"], f"{row['median']:.4g}", f"{low:.3g} to {high:.3g}", row["unit"])

    columns = ["arm", "endpoint", "median world", "90 % of worlds", "unit"]
    return heading(result.study.title, size(result)) + table(columns, map(said, result.summary()))


def by_subject(result: Result) -> DataFrame:
    """Give one row for each arm, world and subject: weight, then an endpoint in each column, then the status."""
    import pandas

    arms, worlds, subjects = result.values.shape[:3]
    columns = {
        "arm": np.repeat(list(result.arms), worlds * subjects),
        "world": np.tile(np.repeat(result.worlds.numbers, subjects), arms),
        "subject": np.tile(np.arange(subjects), arms * worlds),
        "weight": np.tile(np.repeat(result.worlds.weights, subjects), arms),
    }
    endpoints = {name: result.values[..., i].ravel() for i, name in enumerate(result.study.endpoints)}
    return pandas.DataFrame({**columns, **endpoints, "status": status_of(result).ravel()})


def status_of(result: Result) -> NDArray[np.str_]:
    """Give why each trajectory failed, "" where it came through.  Shape (arms, worlds, subjects)."""
    status = np.full(result.values.shape[:3], "", dtype=object)
    where = {int(number): i for i, number in enumerate(result.worlds.numbers)}
    for arm, world, subject, reason in result.failed:
        status[result.arms.index(arm), where[world], subject] = reason
    return status.astype("U")
