"""Text put right as it is read: words that the end of a line broke, ligatures, characters read in a wrong encoding."""

from __future__ import annotations

import re
from array import array

_BROKEN = re.compile(r"(?<=\w)-[ \t]*\r?\n[ \t]*(?=\w)|[\ufb01\ufb02]")
_FIRST = re.compile(r"[^\W_]+$")
_KEEPS = set(
    "pro anti non co pre post self cross high low long short dose cell well half pan ex time placebo double open wild "
    "knock down up single multi late early left right mid re de by on off non-self like free type".split()
)


def rejoined(text: str, at: array[int]) -> tuple[str, array[int]]:
    """Join words that the end of a line broke ("upreg-", "ulates") and part ligatures; offsets are the source's."""
    if not _BROKEN.search(text):
        return text, at
    out: list[str] = []
    kept = array("l")
    last = 0
    for match in _BROKEN.finditer(text):
        out.append(text[last : match.start()])
        kept.extend(at[last : match.start()])
        if match[0] in "\ufb01\ufb02":
            out.append("fi" if match[0] == "\ufb01" else "fl")
            kept.extend([at[match.start()]] * 2)
        else:
            first = _FIRST.search(text, max(0, match.start() - 30), match.start())
            word = first[0] if first else ""
            if word.lower() in _KEEPS or not (word.isalpha() and word.islower()) or not text[match.end()].islower():
                out.append("-")
                kept.append(at[match.start()])
        last = match.end()
    kept.extend(at[last:])
    return "".join(out) + text[last:], kept


_DAMAGED = re.compile("[ÂÃÎÏâ][\\x80-\\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}|Â(?=\\s)")


def repaired(text: str, at: array[int]) -> tuple[str, array[int]]:
    """Put back characters that were read in a wrong encoding ("TGF-Î²1"); each stands where its first half stood."""
    if not _DAMAGED.search(text):
        return text, at
    out: list[str] = []
    kept = array("l")
    last = 0
    for match in _DAMAGED.finditer(text):
        right = _read_again(match[0])
        if right is None:
            continue
        out.append(text[last : match.start()] + right)
        kept.extend(at[last : match.start()])
        kept.extend([at[match.start()]] * len(right))
        last = match.end()
    kept.extend(at[last:])
    return "".join(out) + text[last:], kept


def _read_again(damaged: str) -> str | None:
    if damaged == "Â":
        return ""
    raw = b"".join(c.encode("latin-1") if ord(c) < 256 else c.encode("cp1252", "ignore") for c in damaged)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
