"""Doses and durations in a sentence: as printed, with the agent each belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"\d+(?:[.,]\d+)*(?:\s?(?:[-–]|to)\s?\d+(?:\.\d+)?)?"
_DOSE = re.compile(
    rf"(?<![\w.-])(?P<dose>{_NUMBER}\s?(?:(?:micro|milli|nano)grams?|[pnuµμm]g|mcg|ng|g|IU|U|units?|[kM]?U|[pnuµμm]mol|mol|[pnuµμm]M)"
    rf"(?:\s?(?:/|per)\s?(?:[mµμud]?[lL]|kg|m2|day|d|dose|animal|mouse|well))?(?:\s?/\s?(?:kg|day|d|h))?)(?![\w/])"
)
_RATE = re.compile(r"(?:/|per|grams?$|M$|IU|U$|units?$|mol$|[mµμ]g$)")
_WORDS = r"one|two|three|four|five|six|seven|eight|nine|ten|twelve"
_LONG = r"(?:hours?|minutes|days?|weeks?|months?|years?)"
_TIME = r"(?:h|hrs?|hours?|min(?:utes)?|s|sec(?:onds)?|days?|d|weeks?|wks?|months?|years?)"
_SPAN = rf"(?:{_NUMBER}\s?{_TIME}|(?:{_WORDS})\s{_LONG})"
_GIVEN = r"(?:treatment|exposure|incubation|stimulation|infusion|course|administration|treated)"
_DURATION = re.compile(
    rf"\b(?:for|over|during|lasting|throughout|within|at|by)\s(?:up to |at least |about |approximately |the first )?"
    rf"(?P<a>{_SPAN})\b(?!\s(?:of (?:initiation|starting|birth|onset|life|age|diagnosis|the start)|old|after birth))"
    rf"|\b(?P<b>{_NUMBER})[- ](?P<unit>h|hour|min|minute|day|week|month)s?[- ]{_GIVEN}"
    rf"|\bafter\s(?P<c>{_SPAN})\b(?!\s(?:after|later))"
    rf"|(?<=[(,;]\s)(?P<d>{_NUMBER}\s?{_TIME})(?=[);,])|\((?P<e>{_NUMBER}\s?{_TIME})\)"
    rf"|\bat (?P<f>(?:week|month) \d+)\b"
)


_EXPOSED = re.compile(
    r"\b(?:exposed|treated|stimulated|incubated|given|received|infused|cultured with|administered|dosed|challenged)\b"
    r"(?![^;]*\b(?:and then|then|before)\b)",
    re.I,
)


@dataclass(frozen=True)
class Amounts:
    """The doses of a sentence with their places, and its duration."""

    doses: tuple[tuple[int, str], ...] = ()
    duration: str | None = None
    inner: tuple[tuple[int, str], ...] = ()  # durations that belong to the agent right before them


def amounts(text: str) -> Amounts:
    """Find doses and the duration in a sentence.

    Example:
        >>> found = amounts("IL11 (100 ng/ml) for 24 h had no effect.")
        >>> found.doses, found.duration
        (((6, '100 ng/ml'),), '24 h')
    """
    doses = tuple((m.start("dose"), m["dose"].strip()) for m in _DOSE.finditer(text) if _RATE.search(m["dose"]))
    plain: list[tuple[bool, str]] = []
    inner: list[tuple[int, str]] = []
    for match in _DURATION.finditer(text):
        found = match["a"] or match["c"] or match["d"] or match["e"] or match["f"] or f"{match['b']} {match['unit']}"
        at = match.start()
        if text.count("(", 0, at) + (text[at] == "(") > text.count(")", 0, at):
            inner.append((at, found))
        else:
            plain.append((bool(_EXPOSED.search(text[max(0, at - 90) : at])), found))
    exposed = [found for given, found in plain if given]
    duration = next(iter(exposed or [found for _, found in plain]), None)
    return Amounts(doses, duration, tuple(inner))


def owner_of(at: int, length: int, agents: list[tuple[int, int, str]]) -> tuple[int, str]:
    """Give the place and name of the agent that an amount belongs to: the one just before, else just after it."""
    before = [(at - end, start, name) for start, end, name in agents if end <= at and at - end < 45]
    after = [
        (start - at - length, start, name) for start, _, name in agents if start - at > 0 and start - at - length < 12
    ]
    near = min(after, default=None)
    found = near if near is not None and near[0] <= 4 else min(before, default=near or (0, -1, ""))
    return found[1], found[2]


def doses_by_agent(
    found: Amounts, agents: list[tuple[int, int, str]], text: str = ""
) -> dict[str, list[tuple[int, str]]]:
    """Give each agent its doses, each with the place of the name it stands with; "" holds those of no agent near.

    Args:
        found: the amounts of a sentence.
        agents: the molecules of the sentence: start, end, and what they are called.
        text: the sentence, which says what stands in parentheses.
    """
    out: dict[str, list[tuple[int, str]]] = {}
    for at, dose in found.doses:
        close = text[max(0, at - 1) : at] == "("
        place, owner = owner_of(at, len(dose), [a for a in agents if not close or a[0] < at])
        out.setdefault(owner, []).append((place, dose))
    return out
