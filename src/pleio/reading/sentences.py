"""Sentences of a passage: where they begin and end, with panel labels and list leads set apart.

A period ends a sentence only where what follows can begin one; abbreviations, initials, decimal numbers and names such
as
"activin A" do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 1500  # characters; longer runs without an end are cut at a space

_END = re.compile(r"[.!?](?:[\"'”’)\]]{0,2})(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|cf|vs|approx|ca|Fig|Figs|Ref|Refs|Dr|Prof|No|Nos|Eq|St|spp|sp|resp|incl|Inc|Ltd|"
    r"Suppl|etc|a\.m|p\.m|"
    r"i\.v|i\.p|s\.c|p\.o|b\.i\.d|q\.d|Vol|pp)|\b[A-Z])\.$"
)
_LETTERED = r"[a-h](?:\s?[-–,]\s?[a-h])*,\s(?=[A-Z0-9])"  # "a, Western blot of …", "b–d, Release of …"
_STARTS = re.compile(
    rf"\s+(?:{_LETTERED})|" + r"\s+(?:\([a-h]\)\s|[\"'“‘(\[]{0,2})(?:[A-ZΑ-Ω0-9]|[a-z]{1,3}[A-Z0-9]|[α-ω]-|rh)"
)
_PANEL = re.compile(
    r"\s*(?:\(([A-Ha-h])(?:[-–,]\s?([A-Ha-h]))?\)|([A-H])[.:)]|([a-h])(?:\s?[-–,]\s?[a-h])*,|([A-H]),(?=\s[A-Z][a-z]))"
    r"\s+(?=[A-Z0-9])"
)


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
    while at < len(text):
        end = _end_of(text, at)
        start = at + len(text[at:end]) - len(text[at:end].lstrip())
        stop = len(text[:end].rstrip())
        if start < stop:
            panel = _PANEL.match(text, start)
            yield Sentence(
                start, stop, next((letter for letter in panel.group(1, 3, 4, 5) if letter), "").upper() if panel else ""
            )
        at = end


def panel_lead(text: str, start: int) -> int:
    """Give the offset after a panel label, so that it takes no part in the reading."""
    match = _PANEL.match(text, start)
    return match.end() if match else start


def _end_of(text: str, at: int) -> int:
    for match in _END.finditer(text, at, at + 2 * LONGEST):
        before = text[max(at, match.start() - 14) : match.start() + 1]
        if match[0][0] == "." and _ABBREVIATION.search(before) and not _closes_with_letter(before, text, match.end()):
            continue
        depth = text.count("(", at, match.start()) - text.count(")", at, match.end())
        if depth > 0:
            continue
        if match.end() >= len(text) or _STARTS.match(text, match.end()):
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
