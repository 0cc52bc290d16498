"""Where the sentence before a marker begins, in a line of Markdown tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

_BOUNDARY = re.compile(r"[.!?:][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9αβγκΑ-Ω])")
_STOP = re.compile(r"[.!?][\"”’')\]]*\s*$")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|vs|cf|al|Fig|ca|approx|no|resp|St|Dr)|\b[A-Z])\.\s*$")
_WORD = re.compile(r"\w")


def sentence_start(tokens: list[Token], level: int) -> int | None:
    """Find where the last sentence begins, and part the token it begins in, so that a span can be put before it.

    Returns:
        The index of its first token; None where nothing before the marker is text.  Only boundaries in text that stands
        outside of links and emphasis count, so that a span never crosses them.
    """
    seen = False
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.type == "made" and token.content == "</span>":
            return _from(tokens, index + 1) if seen else None
        if token.type == "text":
            cut = _last_boundary(token.content, seen) if token.level == level else None
            if cut is not None:
                return _part(tokens, index, cut)
            seen = seen or bool(_WORD.search(token.content))
        elif token.type in ("softbreak", "hardbreak"):
            if seen and token.level == level and _ends(tokens[:index]):
                return _from(tokens, index + 1)
        elif token.type in ("code_inline", "image"):
            seen = True
    return _from(tokens, 0) if seen else None


def _last_boundary(text: str, seen: bool) -> int | None:
    """Give the end of the last boundary that has words after it, in this text or (`seen`) in the tokens that follow."""
    text_with_follow = text + ("X" if seen else "")
    for match in reversed(list(_BOUNDARY.finditer(text_with_follow))):
        if match[0].startswith(":"):
            continue
        if _ABBREVIATION.search(text[: match.start() + 1]):
            continue
        if seen or _WORD.search(text[match.end() :]):
            return min(match.end(), len(text))
    return None


def _ends(tokens: Sequence[Token]) -> bool:
    """Say whether a line ends a sentence, whatever citations and marks stand after its stop."""
    text = next((token.content for token in reversed(tokens) if token.type == "text"), "")
    return bool(_STOP.search(text)) and not _ABBREVIATION.search(text)


def _part(tokens: list[Token], index: int, cut: int) -> int:
    token = tokens[index]
    before, after = token.content[:cut], token.content[cut:]
    if not after:
        return _from(tokens, index + 1)
    rest = Token("text", "", 0, level=token.level)
    rest.content = after
    token.content = before
    tokens.insert(index + 1, rest)
    return index + 1


def _from(tokens: Sequence[Token], index: int) -> int:
    """Step over marks and citations of the sentence before: they are not part of this one."""
    while index < len(tokens) and tokens[index].type == "made":
        index += 1
    return index
