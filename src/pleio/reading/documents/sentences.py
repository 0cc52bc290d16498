"""Sentences of a passage: where they begin and end, with panel labels and list leads set apart.

A period ends a sentence only where what follows can begin one; abbreviations, initials, decimal numbers and names such
as
"activin A" do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

LONGEST = 1500  # characters; longer runs without an end are cut at a space

_END = re.compile(r"[.!?](?:[\"'”’)\]]{0,2})(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|cf|vs|approx|ca|Fig|Figs|Ref|Refs|Dr|Prof|No|Nos|Eq|St|spp|sp|resp|incl|Inc|Ltd|"
    r"Suppl|etc|a\.m|p\.m|"
    r"i\.v|i\.p|s\.c|p\.o|b\.i\.d|q\.d|Vol|pp)|\b[A-Z])\.$"
)
_LETTERED = r"[a-h](?:\s?[-–,]\s?[a-h])*,\s(?=[A-Z0-9])"  # "a, Western blot of …", "b–d, Release of …"
_MORE = r"(?:\s?[-–,]\s?(?:and\s)?|\s(?:and|to|through)\s)"  # between the letters of a label: "(A-C)", "(A and B)"
_STARTS = re.compile(
    rf"\s+(?:{_LETTERED})|\s+(?:\([a-l](?:{_MORE}[a-l]){{0,5}}\)[:.,]?\s|"
    r"[\"'“‘(\[]{0,2})(?:[A-ZΑ-Ω0-9]|[a-z]{1,3}[A-Z0-9]|[α-ω]-|rh)"
)
_PANEL = re.compile(
    rf"\s*(?:\(([A-La-l])(?:{_MORE}[A-La-l]){{0,5}}\)[:.,]?|([A-H])(?:[-–][A-H])?[.:)]|([a-h])(?:\s?[-–,]\s?[a-h])*,|"
    r"([A-H])(?:[-–][A-H])?,(?=\s[A-Z][a-z]))\s+(?=[A-Z0-9])"
)
_BARE = re.compile(rf"\s*([a-h])(?:{_MORE}[a-h]){{0,5}}\s+(?=[A-ZΑ-Ω0-9])")  # "b Cells were …", in a legend only
LEGEND = re.compile(r"\s*(?:\*\*)?(?:supplementary |extended data )?fig(?:ure|\.)?\s*S?\d", re.I)
"""How the legend of a figure begins."""
_NEXT_BARE = re.compile(rf"\s+[a-h](?:{_MORE}[a-h]){{0,5}}\s+(?=[A-ZΑ-Ω])")


@dataclass(frozen=True)
class Sentence:
    """A range of a passage's text; `panel` is the letter of the figure panel that it describes."""

    start: int
    end: int
    panel: str = ""


def sentences(text: str) -> Iterator[Sentence]:
    """Cut a passage into sentences.

    Example:
        >>> text = "It had no effect on activin A. (B) IL11 (e.g. 10 ng/ml) did."
        >>> [(text[s.start : s.end], s.panel) for s in sentences(text)]
        [('It had no effect on activin A.', ''), ('(B) IL11 (e.g. 10 ng/ml) did.', 'B')]
    """
    at = 0
    legend = LEGEND.match(text) is not None
    while at < len(text):
        end = _end_of(text, at, legend)
        start = at + len(text[at:end]) - len(text[at:end].lstrip())
        stop = len(text[:end].rstrip())
        if start < stop:
            panel = _label(text, start)
            yield Sentence(start, stop, next(letter for letter in panel.groups() if letter).upper() if panel else "")
        at = end


def letters_of(label: str) -> str:
    """Give the letters of all panels that a label names.

    Example:
        >>> letters_of("(A-C)"), letters_of("b, d")
        ('ABC', 'BD')
    """
    named = re.findall(r"\b[A-La-l]\b", label)
    out = "".join(named[:1])
    for low, high in pairwise(named):
        ranged = re.search(rf"\b{low}\s?(?:[-–]|to|through)\s?{high}\b", label)
        out += "".join(map(chr, range(ord(low) + 1, ord(high) + 1))) if ranged else high
    return out.upper()


def panel_lead(text: str, start: int) -> int:
    """Give the offset after a panel label, so that it takes no part in the reading."""
    match = _label(text, start)
    return match.end() if match else start


def _label(text: str, start: int) -> re.Match[str] | None:
    """The label of a panel at a place; a letter that nothing sets apart is one only in a legend."""
    return _PANEL.match(text, start) or (_BARE.match(text, start) if LEGEND.match(text) else None)


def _end_of(text: str, at: int, legend: bool = False) -> int:
    for match in _END.finditer(text, at, at + 2 * LONGEST):
        before = text[max(at, match.start() - 14) : match.start() + 1]
        if match[0][0] == "." and _ABBREVIATION.search(before) and not _closes_with_letter(before, text, match.end()):
            continue
        depth = text.count("(", at, match.start()) - text.count(")", at, match.end())
        if depth > 0:
            continue
        if (
            match.end() >= len(text)
            or _STARTS.match(text, match.end())
            or (legend and _NEXT_BARE.match(text, match.end()))
        ):
            return match.end()
        if match.end() - at > LONGEST:
            break
    if len(text) - at > LONGEST:
        cut = text.rfind(" ", at + LONGEST // 2, at + LONGEST)
        return cut if cut > at else at + LONGEST
    return len(text)


def _closes_with_letter(before: str, text: str, end: int) -> bool:
    """A single capital before the period ends a name ("activin A.") where a sentence begins after it."""
    if not re.search(r"[a-z]{3,}[ -][A-Z]\.$", before):
        return False
    return bool(re.match(r"\s+(?:\(|[A-Z][a-z]+\s[a-z]|[A-Z]{2,}|The|It|In)", text[end : end + 40]))
