"""Times to an event: the Kaplan–Meier curve with its interval, and the log-rank test of two or more arms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...base.errors import Problem, StudyError

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Survival:
    """A Kaplan–Meier curve: a step at each event time.

    Attributes:
        times: of the events, rising.  Shape (steps,).
        share: who is still free of the event just after each.  Shape (steps,).
        low, high: a 95 % interval of each.  Shape (steps,).
        at_risk, events: who was at risk just before each, and who had the event then.  Shape (steps,).
    """

    times: Array
    share: Array
    low: Array
    high: Array
    at_risk: Array
    events: Array

    @property
    def median(self) -> float:
        """The first time at which half or fewer are free of the event; infinite if that time is not reached."""
        reached = np.nonzero(self.share <= 0.5)[0]
        return float(self.times[reached[0]]) if len(reached) else float("inf")

    def at(self, time: float) -> float:
        """Give the share who are free of the event at a time."""
        passed = np.searchsorted(self.times, time, side="right")
        return float(self.share[passed - 1]) if passed else 1.0


def kaplan_meier(times: ArrayLike, happened: ArrayLike) -> Survival:
    """Estimate who stays free of an event.

    Args:
        times: of the event, or of the end of observation.  Shape (subjects,), not negative.
        happened: whether the event happened then.  Shape (subjects,).
    Raises:
        StudyError: the lists differ in length, are empty, or a time is negative or not finite.
    Source:
        Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452; Greenwood's variance, and the interval of the
        complementary log-log, Kalbfleisch and Prentice 2002, section 1.4.
    """
    t, event = checked(times, happened)
    steps, at_risk, events = _table(t, event)
    with np.errstate(divide="ignore", invalid="ignore"):
        share: Array = np.cumprod(1.0 - events / at_risk).astype(np.float64)
        greenwood = np.cumsum(events / (at_risk * (at_risk - events)))
        width = 1.959963984540054 * np.sqrt(greenwood) / np.abs(np.log(share))
        low, high = share ** np.exp(width), share ** np.exp(-width)
    ended = share <= 0
    return Survival(steps, share, np.where(ended, 0.0, low), np.where(ended, 0.0, high), at_risk, events)


@dataclass(frozen=True)
class LogRank:
    """The log-rank test.

    Attributes:
        statistic: chi-squared with `freedom` degrees of freedom if the arms have one hazard.
        p: the chance of a statistic at least as large.
        observed, expected: events in each arm.  Shape (arms,).
    """

    statistic: float
    freedom: int
    p: float
    observed: tuple[float, ...]
    expected: tuple[float, ...]


def log_rank(groups: Sequence[tuple[ArrayLike, ArrayLike]]) -> LogRank:
    """Test whether arms have the same hazard.

    Args:
        groups: (times, happened) of each arm, as in `kaplan_meier`: each of shape (subjects,).
    Raises:
        StudyError: there are fewer than two arms, or one of them is malformed.
    Source:
        Mantel 1966; Peto and Peto 1972, doi:10.2307/2344317, with the hypergeometric variance for ties.
    """
    if len(groups) < 2:
        raise StudyError("log-rank test", Problem("", "needs two arms or more"))
    from scipy.special import chdtrc

    arms = [checked(times, happened) for times, happened in groups]
    steps, risk, events = _table(np.concatenate([t for t, _ in arms]), np.concatenate([e for _, e in arms]))
    at_risk = np.stack([(t[None, :] >= steps[:, None]).sum(axis=1) for t, _ in arms]).astype(np.float64)
    observed = np.array([float(e.sum()) for _, e in arms])
    expected = (at_risk * events / risk).sum(axis=1)
    share = at_risk / risk
    spread = events * np.divide(risk - events, risk - 1, out=np.zeros_like(risk), where=risk > 1)
    variance = np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T
    apart = (observed - expected)[:-1]
    freedom = len(groups) - 1
    # a hazard that is the same in all arms leaves nothing to compare where no event happened
    statistic = float(apart @ np.linalg.pinv(variance[:-1, :-1]) @ apart)
    return LogRank(statistic, freedom, float(chdtrc(freedom, statistic)), tuple(observed), tuple(expected))


def _table(t: Array, event: NDArray[np.bool_]) -> tuple[Array, Array, Array]:
    """Give event times, who is at risk just before each, and how many events happen then."""
    steps, counts = np.unique(t[event], return_counts=True)
    ordered = np.sort(t)
    at_risk = len(t) - np.searchsorted(ordered, steps, side="left")
    return steps, at_risk.astype(np.float64), counts.astype(np.float64)


def checked(times: ArrayLike, happened: ArrayLike) -> tuple[Array, NDArray[np.bool_]]:
    """Give times and events as arrays.

    Args:
        times: not negative.  Shape (subjects,).
        happened: whether it did, or the subject was lost then.  Shape (subjects,).
    Raises:
        StudyError: the lists differ in length, are empty, or a time is negative or not finite.
    """
    t, event = np.asarray(times, dtype=np.float64), np.asarray(happened).astype(bool)
    if t.ndim != 1 or t.shape != event.shape or not len(t):
        raise StudyError("times to an event", "times and events must be two lists of one length, not empty")
    wrong = np.nonzero(~np.isfinite(t) | (t < 0))[0]
    if len(wrong):
        raise StudyError("times to an event", [Problem(f"subject {i}", f"has the time {t[i]:g}") for i in wrong[:20]])
    return t, event
