"""Words that say by how much, taken out before a sentence is cut: "raised A 6-fold and B by 57%" is "raised A, B"."""

from __future__ import annotations

import re

from .word import Word

_SIZE = re.compile(
    r"(?:(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|several|many)[- ]?fold|\d[\d.,]*\s?%)$", re.I
)
_HEDGE = set("about approximately roughly almost nearly around more less than at least over up to only some ~".split())
_ENDS = {",", ".", ";", "and", "but", "or", "whereas", "while", "in", "after", "at", "within", "on", "with", "versus"}


def without_amounts(words: list[Word]) -> list[Word]:
    """Leave out "by 57%" and "6-fold" where they stand after what changed, not before a noun ("a 6-fold rise").

    Lists go on over them: what a verb says of A it says of B in "lowered A by 57% and B by 28%".
    """
    drop: set[int] = set()
    for i, word in enumerate(words):
        if not _SIZE.match(word.text) or i == 0 or word.mention is not None:
            continue
        after = words[i + 1].lower if i + 1 < len(words) else "."
        start = i
        while start > 0 and words[start - 1].lower in _HEDGE and words[start - 1].lower != "to":
            start -= 1
        by = start > 0 and words[start - 1].lower == "by"
        if after not in _ENDS or word.parens:
            continue
        if by:
            drop.update(range(start - 1, i + 1))
        elif not word.text.endswith("%") and start > 1 and words[start - 1].lower not in ("a", "an", "the", "of"):
            drop.update(range(start, i + 1))
    return [w for k, w in enumerate(words) if k not in drop] if drop else words
