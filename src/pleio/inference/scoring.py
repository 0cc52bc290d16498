"""Scores of forecasts: how wide an interval was, whether it held what was seen, whether sources as a whole agree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Scale = Literal["log", "log1p", "log odds"]

LEVEL = 0.90
"""The share that an interval is meant to hold."""
SIGNIFICANT = 0.05


def transform(scale: Scale, value: float, *, smallest: float = 1e-6) -> float:
    """Put a value on the scale it is scored on.

    Args:
        scale: `log` for what is positive, `log1p` for a relative change or a number of days, `log odds` for a share.
        smallest: what is kept from the ends of the scale, where its logarithm would be infinite.
    """
    if scale == "log":
        return math.log(max(value, smallest))
    if scale == "log1p":
        return math.log(max(1 + value, smallest))
    share = min(max(value, smallest), 1 - smallest)
    return math.log(share / (1 - share))


def interval_score(low: float, high: float, observed: float, level: float = LEVEL) -> float:
    """Score a central interval: its width, and what was missed by, weighed by 2 / (1 − level).  Less is better.

    Source:
        Gneiting, Raftery, J Am Stat Assoc 102:359 (2007). doi:10.1198/016214506000001437
    """
    penalty = 2 / (1 - level)
    return (high - low) + penalty * max(low - observed, 0.0) + penalty * max(observed - high, 0.0)


@dataclass(frozen=True)
class Coverage:
    """How often intervals held what was seen, over rows and over sources.

    Rows of one source miss together, so a source counts once: with the share of its rows that were inside.
    `sources_in` is the sum of those shares, rounded, and `p` the exact two-sided binomial probability of it at 90 %.
    """

    rows: int
    inside: int
    sources: int
    sources_in: int
    p: float | None

    @property
    def consistent(self) -> bool | None:
        """Whether it agrees with 90 %; None where there is no row."""
        return None if self.p is None else self.p >= SIGNIFICANT

    def to_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "inside": self.inside,
            "share": self.inside / self.rows if self.rows else None,
            "sources": self.sources,
            "sources_in": self.sources_in,
            "p": self.p,
            "consistent": self.consistent,
        }


def coverage(inside: Iterable[tuple[str, bool]], level: float = LEVEL) -> Coverage:
    """Count what was inside, from pairs of source and whether."""
    pairs = list(inside)
    if not pairs:
        return Coverage(0, 0, 0, 0, None)
    shares = by_source((source, float(held)) for source, held in pairs)
    within = round(sum(shares.values()))
    return Coverage(
        len(pairs), sum(held for _, held in pairs), len(shares), within, exact_binomial(within, len(shares), level)
    )


def by_source(values: Iterable[tuple[str, float]]) -> Mapping[str, float]:
    """Average values within each source."""
    groups: dict[str, list[float]] = {}
    for source, value in values:
        groups.setdefault(source, []).append(value)
    return {source: float(np.mean(group)) for source, group in groups.items()}


def mean_of_sources(values: Iterable[tuple[str, float]]) -> float | None:
    """Average over sources, each counted once."""
    found = list(by_source(values).values())
    return float(np.mean(found)) if found else None


def exact_binomial(successes: int, trials: int, chance: float) -> float:
    """Give the two-sided probability of counts no more likely than this one."""
    masses = [math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(trials + 1)]
    seen = masses[successes] * (1 + 1e-9)
    return min(1.0, sum(mass for mass in masses if mass <= seen))


def median(values: Iterable[float | None]) -> float | None:
    """Give the median of what is there."""
    found = [value for value in values if value is not None]
    return float(np.median(found)) if found else None


def gain(own: float | None, other: float | None) -> float | None:
    """Say by what share one score is better than another."""
    return None if own is None or not other else 1 - own / other
