"""Two arms with a binary endpoint: risk difference, risk ratio and odds ratio, each with a 95 % interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...base.errors import Problem, StudyError

Z = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """A number with its 95 % interval."""

    value: float
    interval: tuple[float, float]


@dataclass(frozen=True)
class Comparison:
    """How two arms compare.

    Attributes:
        risks: of the treatment and the control arm.
        difference: of the risks.
        ratio: of the risks; NaN where nobody of the control arm responds.
        odds_ratio: with ½ added to every cell where one is empty.
    """

    risks: tuple[float, float]
    difference: Estimate
    ratio: Estimate
    odds_ratio: Estimate


def compare_risks(responders: int, of: int, control_responders: int, control_of: int) -> Comparison:
    """Compare the shares of two arms who respond.

    Args:
        responders, of: who responds in the treatment arm, and how many are in it.
    Raises:
        StudyError: an arm is empty, or has more responders than subjects.
    Source:
        The difference: Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, method 10.
        The ratio: Katz et al. 1978, doi:10.2307/2530610.  The odds ratio: Woolf 1955,
        doi:10.1111/j.1469-1809.1955.tb01348.x, with Haldane's correction.
    """
    problems = [
        Problem(arm, f"has {found} responders of {size}", "count responders among at least one subject")
        for arm, found, size in (("treatment", responders, of), ("control", control_responders, control_of))
        if size < 1 or not 0 <= found <= size
    ]
    if problems:
        raise StudyError("risks", problems)
    one, other = responders / of, control_responders / control_of
    low, high = _wilson(one, of)
    low_other, high_other = _wilson(other, control_of)
    difference = one - other
    below = math.hypot(one - low, high_other - other)
    above = math.hypot(high - one, other - low_other)
    cells = [responders, of - responders, control_responders, control_of - control_responders]
    return Comparison(
        (one, other),
        Estimate(difference, (difference - below, difference + above)),
        _ratio(responders, of, control_responders, control_of),
        _odds(cells),
    )


def _wilson(share: float, size: int) -> tuple[float, float]:
    middle, spread = share + Z**2 / (2 * size), Z * math.sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
    whole = 1 + Z**2 / size
    return (middle - spread) / whole, (middle + spread) / whole


def _ratio(a: int, n: int, c: int, m: int) -> Estimate:
    if a == 0 or c == 0:
        value = math.nan if c == 0 else 0.0
        return Estimate(value, (0.0, math.inf))
    value, error = a / n / (c / m), math.sqrt(1 / a - 1 / n + 1 / c - 1 / m)
    return Estimate(value, (value * math.exp(-Z * error), value * math.exp(Z * error)))


def _odds(cells: list[int]) -> Estimate:
    a, b, c, d = (cell + 0.5 for cell in cells) if 0 in cells else cells
    value, error = a * d / (b * c), math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return Estimate(value, (value * math.exp(-Z * error), value * math.exp(Z * error)))
