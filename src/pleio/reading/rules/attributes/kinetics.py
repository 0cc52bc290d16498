"""Kinetics told in pairs and in times: "half-lives of 13 and 85 minutes, respectively", "the peak came after 4 h".

Rule id: `property.kinetics`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...draft import Draft
from ...things import Thing
from ...unit import Unit

_UNIT = (
    r"(?:%(?!\w)|(?:hours?|h|min(?:utes)?|days?|weeks?|months?|lit(?:er|re)s?|(?:[mµμnp]|mc)?g/m?[lL]|"
    r"[mµμ]?[lL]/(?:h|min|day|kg|hour)(?:/kg)?|L)\b)"
)
_VALUE = r"\d[\d.,]*(?:\s?(?:[-–]|to|and)\s?\d[\d.,]*)?"
_WHAT = re.compile(
    r"\b(?P<what>half-?li(?:fe|ves)|bioavailabilit(?:y|ies)|clearances?|volumes? of distribution|C ?max|T ?max|AUC|"
    r"(?:peak|steady-state|trough|maximum) (?:plasma |serum )?(?:concentrations?|levels?))\b",
    re.I,
)
_PAIR = re.compile(
    rf"(?P<first>\d[\d.,]*)\s?(?:{_UNIT})?\s(?:and|or)\s(?P<second>\d[\d.,]*)\s?(?P<unit>{_UNIT}),? respectively", re.I
)
_NAMES = re.compile(r"\b(?P<first>[a-z][\w-]+) and (?P<second>[a-z][\w-]+)\b", re.I)
_PEAK = re.compile(
    r"\b(?P<peak>(?:peak|maximum|maximal)(?: (?:plasma|serum|blood))?(?: (?:concentrations?|levels?))?|C ?max)\b"
    r"(?P<gap>(?:(?!\.\s)[^;]){0,70}?)\b(?:reached|achieved|attained|occur(?:red|s)?|observed|seen|peaks|peaked)\b"
    rf"[^.;\d]{{0,40}}?(?P<value>{_VALUE}\s?(?:hours?|h|days?|min(?:utes)?|weeks?)\b)",
    re.I,
)
_ONE = {"half-lives": "half-life", "bioavailabilities": "bioavailability", "clearances": "clearance",
        "volumes of distribution": "volume of distribution"}  # fmt: skip


def pharmacokinetics(unit: Unit, owner: Callable[[Unit, int], list[Thing]]) -> Iterator[Draft]:
    """Read the kinetics that a sentence tells in pairs, and when a peak is reached."""
    for at, names in (*_paired(unit.text), *_peaks(unit.text)):
        for subject in owner(unit, at)[:1]:
            yield from (Draft(subject, "has_property", Thing(name), "property.kinetics") for name in names)


def is_paired(text: str, at: int) -> bool:
    """Say whether what stands at a place has two values, told with "respectively"."""
    pair = _PAIR.search(text, at)
    return pair is not None and ". " not in text[at : pair.start()] and ";" not in text[at : pair.start()]


def is_of_time(match: re.Match[str]) -> bool:
    """Say whether a peak is given as a time, which tells when it was reached and not how high it was."""
    timed = re.search(r"(?:h|hours?|days?|min(?:utes)?|weeks?)$", match["value"]) is not None
    return timed and re.match(r"peak|maxim|C ?max", match["what"], re.I) is not None


def _paired(text: str) -> list[tuple[int, list[str]]]:
    out = []
    for pair in _PAIR.finditer(text):
        told = [m for m in _WHAT.finditer(text, 0, pair.start()) if ". " not in text[m.end() : pair.start()]]
        if not told:
            continue
        what = _ONE.get(told[-1]["what"].lower(), told[-1]["what"])
        of = next(reversed([*_NAMES.finditer(text, 0, pair.start())]), None)
        names = [
            f"{of[side] + ' ' if of else ''}{what} {pair[side]} {pair['unit']}" for side in ("first", "second")
        ]  # fmt: skip
        out.append((told[-1].start(), names))
    return out


def _peaks(text: str) -> list[tuple[int, list[str]]]:
    found = [*_PEAK.finditer(text)]
    kept = [m for m in found if not re.search(r"\b(?:effect|response|count|expression|mRNA)", m["gap"])]
    return [(m.start(), [f"{m['peak']} {m['value']}"]) for m in kept]
