"""What came of a PEtab problem: sums for each observable, what was not judged and why, and a table of simulations."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import numpy as np

from .evaluate import Evaluated
from .problem import Petab

COLUMNS = ("observableId", "preequilibrationConditionId", "simulationConditionId", "time", "simulation")


def report(problem: Petab, found: Evaluated) -> dict[str, Any]:
    """Give the likelihood, in all and for each observable, and each reason why a measurement was not judged."""
    of = np.array([one.observable for one in problem.measurements])
    judged = np.array([not why for why in found.status], dtype=bool)
    reasons: dict[str, dict[str, Any]] = {}
    for one, why in zip(problem.measurements, found.status, strict=True):
        if why:
            reason = reasons.setdefault(why, {"why": why, "count": 0, "first": one.where})
            reason["count"] += 1
    return {
        "measurements": len(of),
        "estimated": len(problem.estimated),
        "log_likelihood": found.log_likelihood,
        "chi2": found.chi2,
        "observables": [_of(name, (of == name), judged, found) for name in problem.observables],
        "not_judged": list(reasons.values()),
    }


def simulations(problem: Petab, found: Evaluated) -> str:
    """Write the simulation of each measurement as PEtab's table of simulations; those that failed are left out."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter="\t", lineterminator="\n")
    lines.writerow(COLUMNS)
    for one, value in zip(problem.measurements, found.simulated.tolist(), strict=True):
        if np.isfinite(value):
            lines.writerow([one.observable, one.before, one.condition, f"{one.time:.17g}", repr(value)])
    return text.getvalue()


def _of(name: str, rows: Any, judged: Any, found: Evaluated) -> Mapping[str, Any]:
    return {
        "observable": name,
        "measurements": int(rows.sum()),
        "judged": int((rows & judged).sum()),
        "chi2": float(np.nansum(found.residuals[rows] ** 2)),
        "log_likelihood": float(np.nansum(found.log_likelihoods[rows])),
    }
