"""How far each factor alone moves an answer: its mean where the factor is at one end, and at the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..result import Result
from ..worlds import Worlds
from .factors import Factor, factors_of
from .grouping import Grouping, Means
from .information import decide, population
from .valuation import Valuation, reference_arm

Array = NDArray[np.float64]

END = 0.1
"""The share of belief that is an end of a parameter."""


@dataclass(frozen=True)
class Swing:
    """What one factor does to an answer.

    Attributes:
        low, high: the lowest and the highest mean answer.
        low_name, high_name: the states, or the values of a parameter, where they are.
        is_positive: whether the factor explains more than chance.
    """

    name: str
    title: str
    kind: str
    low: float
    high: float
    low_name: str
    high_name: str
    is_positive: bool


def swings(result: Result, value: Valuation) -> tuple[list[Swing], float]:
    """Give how far each factor moves the net benefit of the best arm over the reference, the farthest first.

    Args:
        value: of the result; it says what is told from chance.
    Returns:
        The swings, and the mean answer over all worlds.
    """
    benefit = result.utility()
    mean = population(benefit)
    usable = np.isfinite(mean).all(axis=0)
    worlds = result.worlds.take(np.nonzero(usable)[0])
    decision = decide(benefit[:, usable], worlds.weights)
    answer = mean[decision.best, usable] - mean[reference_arm(result, decision), usable]
    told = {f.name: f for f in value.findings}
    factors = [f for f in factors_of(worlds, result.gains) if f.kind != "dummy"]
    names: Mapping[str, str] = {name: finding.title.replace("_", " ") for name, finding in told.items()}
    means = Grouping(factors, worlds, answer[:, None]).observed()
    found = [
        _swing(f, m, worlds, names[f.name], told[f.name].share.is_positive) for f, m in zip(factors, means, strict=True)
    ]
    found.sort(key=lambda one: (not one.is_positive, -(one.high - one.low), one.name))
    return found, float(np.average(answer, weights=worlds.weights))


def _swing(factor: Factor, means: Means, worlds: Worlds, title: str, told: bool) -> Swing:
    if factor.smoother is None:
        values, names = means.means[:, 0], [level.replace("_", " ") for level in factor.levels]
        low, high = int(values.argmin()), int(values.argmax())
        return Swing(factor.name, title, factor.kind, float(values[low]), float(values[high]), names[low], names[high],
                     told)  # fmt: skip
    middle = np.cumsum(means.shares) - 0.5 * means.shares
    ends = (middle <= END, middle >= 1 - END)
    lower, upper = (float(np.average(means.means[end, 0], weights=means.shares[end])) for end in ends)
    drawn = worlds.parameters[factor.name]
    spans = [_span(drawn[np.isin(factor.labels, np.nonzero(end)[0])]) for end in ends]
    if lower <= upper:
        return Swing(factor.name, title, factor.kind, lower, upper, f"up to {spans[0][1]}", f"from {spans[1][0]}", told)
    return Swing(factor.name, title, factor.kind, upper, lower, f"from {spans[1][0]}", f"up to {spans[0][1]}", told)


def _span(values: Array) -> tuple[str, str]:
    return f"{values.min():.3g}", f"{values.max():.3g}"
