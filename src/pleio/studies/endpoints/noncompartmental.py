"""Non-compartmental analysis: what a concentration profile says of a drug without a model.

Areas follow straight lines while the concentration rises and, by default, exponentials while it falls.  The terminal
slope is fitted to the last points of the logarithm: as many, at least three, as give the best adjusted R², more points
being preferred where it is within 0.0001 of the best.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...base.errors import Problem, StudyError

Array = NDArray[np.float64]
Route = Literal["bolus", "infusion", "extravascular"]

FEWEST = 3
INDIFFERENT = 1e-4


@dataclass(frozen=True)
class Profile:
    """What a profile says; a number that it cannot tell is NaN.

    Attributes:
        cmax, tmax: the highest concentration and its first time.
        tlast: the last time with a concentration above zero.
        auc_last, auc_inf: area to `tlast`, and beyond by the terminal slope.
        extrapolated: the share of `auc_inf` that lies beyond `tlast`.
        aumc_inf: area under time × concentration.
        lambda_z, half_life: terminal slope and half-life; `points` is how many it was fitted to, `r2` the adjusted R².
        clearance: dose / auc_inf; apparent (per bioavailability) after an extravascular dose.
        vz, vss: volume in the terminal phase, and at steady state; the latter not after an extravascular dose.
        mrt: mean residence time, less half the infusion.
        c0: the concentration at time 0 of a bolus, extrapolated where it was not measured.
    """

    cmax: float
    tmax: float
    tlast: float
    auc_last: float
    auc_inf: float
    extrapolated: float
    aumc_inf: float
    lambda_z: float
    half_life: float
    points: int
    r2: float
    clearance: float
    vz: float
    vss: float
    mrt: float
    c0: float


def analyse(
    times: ArrayLike,
    concentrations: ArrayLike,
    dose: float,
    *,
    route: Route = "extravascular",
    duration: float = 0.0,
    falling: Literal["log", "linear"] = "log",
) -> Profile:
    """Analyse one profile after one dose.

    Args:
        times: since the dose, rising.  Shape (times,).
        concentrations: not negative; NaN where not measured.  Shape (times,).
        dose: in units whose ratio to the concentration's is a volume.
        duration: of an infusion, in the unit of `times`.
        falling: how areas are taken where the concentration falls.
    Raises:
        StudyError: times do not rise, a concentration is negative, or fewer than two were measured.
    """
    measured, seen = _checked(times, concentrations)
    top = int(seen.argmax())
    above = np.nonzero(seen > 0)[0]
    if not len(above):
        return _nothing(float(measured[0]))
    t, c = measured[: above[-1] + 1], seen[: above[-1] + 1]
    c0 = _at_zero(t, c) if route == "bolus" else float("nan")
    # a bolus falls from its first measured point on; the peak of an absorbed drug is no part of its decline
    first = 0 if route == "bolus" else top + 1
    slope, points, r2 = terminal(t[first:], c[first:])
    if route == "bolus" and t[0] > 0:
        t, c = np.concatenate([[0.0], t]), np.concatenate([[c0], c])
    auc, aumc = areas(t, c, falling)
    beyond = float(c[-1]) / slope
    auc_inf = auc + beyond
    aumc_inf = aumc + beyond * float(t[-1]) + beyond / slope
    mrt = aumc_inf / auc_inf - duration / 2
    clearance = dose / auc_inf
    return Profile(
        cmax=float(seen[top]),
        tmax=float(measured[top]),
        tlast=float(t[-1]),
        auc_last=auc,
        auc_inf=auc_inf,
        extrapolated=beyond / auc_inf,
        aumc_inf=aumc_inf,
        lambda_z=slope,
        half_life=math.log(2) / slope,
        points=points,
        r2=r2,
        clearance=clearance,
        vz=clearance / slope,
        vss=clearance * mrt if route != "extravascular" else float("nan"),
        mrt=mrt,
        c0=c0,
    )


def areas(times: Array, values: Array, falling: Literal["log", "linear"] = "log") -> tuple[float, float]:
    """Give the areas under a profile and under time × profile.

    Args:
        times: rising.  Shape (times,), in any unit.
        values: Shape (times,), in any unit.
        falling: the rule where the profile falls; where it rises, straight lines.

    Returns:
        In value × time, and in value × time².
    Source:
        Gabrielsson and Weiner, Pharmacokinetic and Pharmacodynamic Data Analysis, the linear and the log trapezoidal
        rules.
    """
    step, left, right = np.diff(times), values[:-1], values[1:]
    area = step * (left + right) / 2
    moment = step * (times[:-1] * left + times[1:] * right) / 2
    if falling == "log":
        falls = (right < left) & (right > 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.log(left / right) / step
            area = np.where(falls, (left - right) / rate, area)
            curved = (times[:-1] * left - times[1:] * right) / rate + (left - right) / rate**2
            moment = np.where(falls, curved, moment)
    return float(area.sum()), float(moment.sum())


def terminal(times: Array, values: Array) -> tuple[float, int, float]:
    """Fit the terminal slope.

    Args:
        times: rising.  Shape (times,), in any unit.
        values: Shape (times,); those that are not positive are left out.
    Returns:
        The rate of decline, in one over the unit of time; how many points it was fitted to; and the adjusted R².  NaN,
        0 and NaN where the profile does not fall, or has fewer than three points.
    """
    kept = values > 0
    t, y = times[kept], np.log(values[kept])
    found = []
    for count in range(FEWEST, len(t) + 1):
        slope, r2 = _line(t[-count:], y[-count:])
        if slope < 0:
            found.append((-slope, count, r2))
    if not found:
        return float("nan"), 0, float("nan")
    best = max(r2 for _, _, r2 in found)
    return max((fit for fit in found if fit[2] >= best - INDIFFERENT), key=lambda fit: fit[1])


def _line(x: Array, y: Array) -> tuple[float, float]:
    """Fit a straight line; slope and adjusted R²."""
    dx, dy = x - x.mean(), y - y.mean()
    slope = float(dx @ dy / (dx @ dx))
    whole, left = float(dy @ dy), float(np.square(dy - slope * dx).sum())
    r2 = 1 - left / whole if whole > 0 else 0.0
    return slope, 1 - (1 - r2) * (len(x) - 1) / (len(x) - 2)


def _at_zero(t: Array, c: Array) -> float:
    """Extrapolate a bolus to time 0 through its first two points, where it falls; else take the first."""
    if t[0] == 0 or len(t) < 2 or not c[0] > c[1] > 0:
        return float(c[0])
    return float(c[0] * (c[0] / c[1]) ** (t[0] / (t[1] - t[0])))


def _checked(times: ArrayLike, concentrations: ArrayLike) -> tuple[Array, Array]:
    t, c = np.asarray(times, dtype=np.float64), np.asarray(concentrations, dtype=np.float64)
    if t.ndim != 1 or t.shape != c.shape:
        raise StudyError("profile", "times and concentrations must be two lists of one length")
    kept = np.isfinite(c)
    t, c = t[kept], c[kept]
    problems: Sequence[Problem] = [
        *(
            Problem(f"time {t[i + 1]:g}", "does not come after the time before it")
            for i in np.nonzero(np.diff(t) <= 0)[0]
        ),
        *(Problem(f"time {t[i]:g}", f"has the negative concentration {c[i]:g}") for i in np.nonzero(c < 0)[0]),
    ]
    if len(t) < 2:
        problems = [*problems, Problem("", "has fewer than two measured concentrations")]
    if problems:
        raise StudyError("profile", problems)
    return t, c


def _nothing(time: float) -> Profile:
    unknown = float("nan")
    return Profile(0.0, time, *(unknown,) * 2, *(unknown,) * 5, 0, *(unknown,) * 6)
