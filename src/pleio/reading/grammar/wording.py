"""The words of a phrase: those that carry meaning, and how they stood in the text."""

from __future__ import annotations

from ..plain.word import Word
from ..words.wordclasses import DETERMINERS

_DROPPED = DETERMINERS | {"'s", "’s", "also", "only", "endogenous", "exogenous", "total", "own"}


def content(words: list[Word]) -> list[Word]:
    """Give the words that carry meaning: no determiners, no possessive marks."""
    return [w for w in words if w.lower not in _DROPPED or w.known or (w.text == "A" and w is words[-1] != words[0])]


def surface(words: list[Word]) -> str:
    """Write words as they stood, without what was in parentheses."""
    out = ""
    last: Word | None = None
    for word in words:
        put_back = last is not None and last.start == last.end
        gap = " " if last is not None and (word.start > last.end or last.parens or put_back) else ""
        out += ("" if word.lower in ("'s", "’s") else gap) + word.text
        last = word
    return out
