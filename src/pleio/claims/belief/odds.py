"""The log odds of an outcome, in which the weight of evidence is counted."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping

SMALLEST = sys.float_info.min


def log_odds(outcomes: Mapping[str, float], name: str) -> float:
    """Give the log odds of an outcome, in nats, from the sum of the others so that near certainty is not rounded away.

    Example:
        >>> log_odds({"present": 0.5, "absent": 0.5}, "present")
        0.0
    """
    others = math.fsum(p for other, p in outcomes.items() if other != name)
    return math.log(max(outcomes[name], SMALLEST)) - math.log(max(others, SMALLEST))
