"""Characters that mislead: text decoded with the wrong character set, and invisible ones that reorder it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import INFO, WARNING, Edit, Finding
from .page import Page

_MOJIBAKE = re.compile(
    r"[ÂÃ][\u0080-\u00bf]|â[\u0080-\u00bf€‚„…†‡ˆ‰Š‹Œ™š›œžŸ][\u0080-\u00bf‘’“”•–—˜™¢\"']|Î[\u00b1-\u00bf]|Â(?=\s|$)",
    re.M,
)
HIDDEN = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u200b\u2060]+")


def check_characters(page: Page) -> Iterator[Finding]:
    """Report mojibake, with the text it stood for where that is certain, and hidden characters."""
    for match in _MOJIBAKE.finditer(page.text):
        meant = _meant(match[0])
        start, end = match.span()
        yield page.finding(
            "mojibake",
            INFO,
            start,
            end,
            f"{match[0]!r} is text decoded with the wrong character set",
            repr(meant) if meant else "remove it",
            "UTF-8 read as Windows-1252",
            edits=(Edit(start, end, meant),) if meant is not None else (),
        )
    for match in HIDDEN.finditer(page.text):
        names = ", ".join(f"U+{ord(c):04X}" for c in match[0][:4])
        yield page.finding(
            "hidden_character",
            WARNING,
            match.start(),
            match.end(),
            f"invisible characters that change how the text is shown: {names}",
            "remove them",
            "Unicode direction controls",
            edits=(Edit(match.start(), match.end(), ""),),
        )


def _meant(text: str) -> str | None:
    if text == "Â":
        return ""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        try:
            return text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return None
