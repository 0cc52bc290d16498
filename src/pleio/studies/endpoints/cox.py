"""Hazard ratios by Cox's proportional hazards model, through lifelines: `pip install 'pleio[survival]'`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...base.errors import InputError, Problem, StudyError


@dataclass(frozen=True)
class HazardRatio:
    """The hazard per unit of a covariate, relative.

    Attributes:
        interval: 95 %.
        p: of the Wald test that it is 1.
    """

    value: float
    interval: tuple[float, float]
    p: float


def cox(times: ArrayLike, happened: ArrayLike, covariates: Mapping[str, ArrayLike]) -> dict[str, HazardRatio]:
    """Estimate hazard ratios; ties by Efron's method.

    Args:
        times: of the event, or of the end of observation.  Shape (subjects,).
        happened: whether the event happened then.  Shape (subjects,).
        covariates: name → values, such as 1 in the treatment arm and 0 in the other.  Each of shape (subjects,).
    Returns:
        Covariate → hazard ratio.
    Raises:
        StudyError: the lists do not fit, a covariate does not vary, or the model cannot be fitted.
        InputError: lifelines is not installed.
    Source:
        Cox 1972, doi:10.1111/j.2517-6161.1972.tb00899.x; Efron 1977, doi:10.1080/01621459.1977.10480613.
    """
    from .survival import checked

    t, event = checked(times, happened)
    columns = {name: np.asarray(values, dtype=np.float64) for name, values in covariates.items()}
    problems = [Problem(name, what) for name, values in columns.items() for what in _wrong(values, len(t))]
    if not columns:
        problems.append(Problem("", "names no covariate", "give {'treated': …}"))
    if not event.any():
        problems.append(Problem("", "has no event, so that hazards cannot be compared"))
    if problems:
        raise StudyError("Cox model", problems)
    try:
        import pandas
        from lifelines import CoxPHFitter  # type: ignore[import-untyped]  # it ships no types
        from lifelines.exceptions import ConvergenceError  # type: ignore[import-untyped]  # likewise
    except ImportError:
        help = "pip install 'pleio[survival]'"
        raise InputError("Cox model", Problem("", "needs lifelines, which is not installed", help)) from None
    table = pandas.DataFrame({"time of the event": t, "it happened": event.astype(int), **columns})
    try:
        fitted = CoxPHFitter().fit(table, "time of the event", "it happened").summary
    except (ConvergenceError, ValueError) as fault:
        first = str(fault).splitlines()[0]
        raise StudyError("Cox model", Problem("", f"cannot be fitted: {first}", "leave a covariate out")) from None
    return {
        str(name): HazardRatio(
            float(row["exp(coef)"]),
            (float(row["exp(coef) lower 95%"]), float(row["exp(coef) upper 95%"])),
            float(row["p"]),
        )
        for name, row in fitted.iterrows()
    }


def _wrong(values: NDArray[np.float64], subjects: int) -> list[str]:
    if values.shape != (subjects,):
        return [f"has {values.size} values for {subjects} subjects"]
    if not np.isfinite(values).all():
        return ["holds what is no number"]
    return ["is the same in all subjects"] if values.min() == values.max() else []
