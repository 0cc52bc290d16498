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
_TIME = r"(?:h|hrs?|hours?|min(?:utes)?|s|sec(?:onds)?|days?|d|weeks?|wks?|months?|years?)"
_GIVEN = r"(?:treatment|exposure|incubation|stimulation|infusion|course|administration|treated)"
_DURATION = re.compile(
    rf"\b(?:for|over|during|lasting|throughout)\s(?:up to |at least |about |approximately )?"
    rf"(?P<a>{_NUMBER}\s?{_TIME})\b"
    rf"|\b(?P<b>{_NUMBER})[- ](?P<unit>h|hour|min|minute|day|week|month)s?[- ]{_GIVEN}"
    rf"|\bafter\s(?P<c>{_NUMBER}\s?{_TIME})\b(?!\s(?:after|later))"
    rf"|(?<=[(,;]\s)(?P<d>{_NUMBER}\s?{_TIME})(?=[);,])"
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


def doses_by_agent(found: Amounts, agents: list[tuple[int, int, str]]) -> dict[str, str]:
    """Give each dose to its agent: the one named just before it, else just after it; "" where none is near.

    Args:
        found: the amounts of a sentence.
        agents: the molecules of the sentence: start, end, and what they are called.
    """
    out: dict[str, str] = {}
    for at, dose in found.doses:
        before = [(at - end, name) for _, end, name in agents if end <= at and at - end < 45]
        after = [
            (start - at - len(dose), name) for start, _, name in agents if start > at and start - at - len(dose) < 12
        ]
        near = min(after, default=None)
        owner = near[1] if near is not None and near[0] <= 4 else min(before, default=near or (0, ""))[1]
        out.setdefault(owner, dose)
    return out
