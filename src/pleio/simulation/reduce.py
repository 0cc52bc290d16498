"""What to keep of each trajectory instead of the trajectory: `simulate(…, reduce={"auc": auc("drug")})`.

Areas, peaks and times below a level are taken while a trajectory is integrated, from the dense output of every step, so
they do not depend on a grid of times.  A name is what `save` of `integrate` takes: a species (its amount), `[S]` (its
concentration), a parameter, a rate, an observable, whatever a rule assigns.  Times are in the model's unit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..base.errors import InputError, Problem

BANDS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Reducer:
    """One number, or one for each of some times, of each trajectory; made by the functions below.

    Attributes:
        of: the quantity.
        take: what is made of it.
        start, end: the window; an infinite end is the last time of the simulation.
        threshold: the level, for times below or above it: a number, or the name of another quantity.
        at: the times, for values.
    """

    of: str
    take: str
    start: float = 0.0
    end: float = math.inf
    threshold: float | str = 0.0
    at: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        problems = []
        if not 0 <= self.start < self.end:
            problems.append(Problem("window", f"{self.start:g} to {self.end:g} is none", "0 ≤ start < end"))
        if self.at is not None and not (len(self.at) and all(0 <= time < math.inf for time in self.at)):
            problems.append(Problem("at", "must be finite times, not negative"))
        if isinstance(self.threshold, float | int) and not math.isfinite(self.threshold):
            problems.append(Problem("threshold", f"is {self.threshold:g}", "give a finite number or a name"))
        if problems:
            raise InputError(f"{self.take} of '{self.of}'", problems)


@dataclass(frozen=True)
class Quantiles:
    """The spread of a reducer over the members, from a sketch whose memory does not grow with them.

    Attributes:
        error: the largest relative error of a quantile (`simulation.sketch`).
    """

    of: Reducer
    probabilities: tuple[float, ...] = BANDS
    error: float = 1e-3

    def __post_init__(self) -> None:
        if not self.probabilities or not all(0 <= p <= 1 for p in self.probabilities):
            raise InputError("quantiles", Problem("probabilities", "must lie between 0 and 1"))
        if not 1e-6 <= self.error < 1:
            raise InputError("quantiles", Problem("error", f"is {self.error:g}", "give 1e-6 to 1"))


def auc(of: str, start: float = 0.0, end: float = math.inf) -> Reducer:
    """The integral of a quantity over a window."""
    return Reducer(of, "auc", start, end)


def peak(of: str, start: float = 0.0, end: float = math.inf) -> Reducer:
    """The largest value in a window."""
    return Reducer(of, "peak", start, end)


def peak_time(of: str, start: float = 0.0, end: float = math.inf) -> Reducer:
    """When the largest value in a window was first reached."""
    return Reducer(of, "peak_time", start, end)


def trough(of: str, start: float = 0.0, end: float = math.inf) -> Reducer:
    """The smallest value in a window."""
    return Reducer(of, "trough", start, end)


def trough_time(of: str, start: float = 0.0, end: float = math.inf) -> Reducer:
    """When the smallest value in a window was first reached."""
    return Reducer(of, "trough_time", start, end)


def time_below(of: str, threshold: float | str, start: float = 0.0, end: float = math.inf) -> Reducer:
    """How long a quantity is below a level, a number or another quantity's name, within a window."""
    return Reducer(of, "time_below", start, end, threshold)


def time_above(of: str, threshold: float | str, start: float = 0.0, end: float = math.inf) -> Reducer:
    """How long a quantity is above a level, a number or another quantity's name, within a window."""
    return Reducer(of, "time_above", start, end, threshold)


def value(of: str, at: float | Sequence[float]) -> Reducer:
    """The value at a time, or at each of some; at a dose, the value after it."""
    return Reducer(of, "value", at=(float(at),) if isinstance(at, float | int) else tuple(map(float, at)))


def final(of: str) -> Reducer:
    """The value at the last time of the simulation."""
    return Reducer(of, "final")


def quantiles(of: Reducer, probabilities: Sequence[float] = BANDS, error: float = 1e-3) -> Quantiles:
    """The spread of a reducer over the members: `quantiles(value("drug", at=times))` gives bands over time.

    Members that failed are left out.
    """
    return Quantiles(of, tuple(map(float, probabilities)), error)
