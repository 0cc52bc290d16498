"""Doses and durations in a sentence: as printed, with the agent each belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"\d+(?:[.,]\d+)*(?:\s?(?:[-–]|to)\s?\d+(?:\.\d+)?)?"
_DOSE = re.compile(
    rf"(?<![\w.-])(?P<dose>{_NUMBER}\s?(?:[pnuµμm]g|mcg|ng|g|IU|U|units?|[kM]?U|[pnuµμm]mol|mol|[pnuµμm]M)"
    rf"(?:\s?(?:/|per)\s?(?:[mµμud]?[lL]|kg|m2|day|d|dose|animal|mouse|well))?(?:\s?/\s?(?:kg|day|d|h))?)(?![\w/])"
)
_RATE = re.compile(r"(?:/|per|M$|IU|U$|units?$|mol$|[mµμ]g$)")
_DURATION = re.compile(
    rf"\b(?:for|over|during|lasting|throughout)\s(?:up to |at least |about |approximately )?(?P<a>{_NUMBER}\s?(?:h|hrs?|hours?|min(?:utes)?|s|sec(?:onds)?|days?|d|weeks?|wks?|months?|years?))\b"
    rf"|\b(?P<b>{_NUMBER})[- ](?P<unit>h|hour|min|minute|day|week|month)s?[- ](?:treatment|exposure|incubation|stimulation|infusion|course|administration|treated)"
    rf"|\bafter\s(?P<c>{_NUMBER}\s?(?:h|hrs?|hours?|min(?:utes)?|days?|weeks?|months?))\b(?!\s(?:after|later))"
    rf"|(?<=[(,;]\s)(?P<d>{_NUMBER}\s?(?:h|hrs?|hours?|min|days?|weeks?))(?=[);,])"
)


@dataclass(frozen=True)
class Amounts:
    """The doses of a sentence with their places, and its duration."""

    doses: tuple[tuple[int, str], ...] = ()
    duration: str | None = None


def amounts(text: str) -> Amounts:
    """Find doses and the duration in a sentence.

    Example:
        >>> found = amounts("IL11 (100 ng/ml) for 24 h had no effect.")
        >>> found.doses, found.duration
        (((6, '100 ng/ml'),), '24 h')
    """
    doses = tuple((m.start("dose"), m["dose"].strip()) for m in _DOSE.finditer(text) if _RATE.search(m["dose"]))
    match = _DURATION.search(text)
    duration = None
    if match:
        duration = match["a"] or match["c"] or match["d"] or f"{match['b']} {match['unit']}"
    return Amounts(doses, duration)


def dose_for(found: Amounts, subject_start: int) -> str | None:
    """Give the dose that stands nearest after a subject, else the nearest."""
    if not found.doses:
        return None
    after = [d for at, d in found.doses if at >= subject_start]
    return after[0] if after else found.doses[-1][1]
