"""What the constants imply about replication: a check of the model against the one figure that has been measured."""

from __future__ import annotations

import math

from ..vocabulary import SIGN_OUTCOMES
from .constants import values
from .reports import Class, Report
from .tree import likelihood, prior

REPLICATION_POWER = 0.9  # of a replication, which is sized for the effect and published whatever it finds


def expected_replication(band: str, kind: str, outcome: str) -> float:
    """Give the probability that a careful replication elsewhere reports what a published paper reported.

    Args:
        band: of the constants.
        kind: of the claim.
        outcome: what the first paper, of unstated power, reported: increases, decreases or no_effect.
    Returns:
        P(second report = first | first report), the second not selected by its result.
    """
    k = values(band, kind)
    before, here = prior(SIGN_OUTCOMES, k["null"]), Class((), 1.0)

    def report(source: str, power: float, *, selected: bool = True) -> Report:
        rho = k["replicates_without_power"] + power * (k["replicates_with_power"] - k["replicates_without_power"])
        return Report(frozenset({outcome}), source, source, here, rho * k["read_file"], power, selected=selected)

    truth = likelihood([report("first", k["power"])], SIGN_OUTCOMES, before, k).posterior(before)
    again = likelihood([report("second", REPLICATION_POWER, selected=False)], SIGN_OUTCOMES, before, k)
    return math.exp(again.log_scale) * math.fsum(p * q for p, q in zip(truth, again.values, strict=True))
