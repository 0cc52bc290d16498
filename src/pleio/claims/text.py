"""Text as claims hold it: one form of a line end, nothing at the edges, no control characters.

So every format of exchange can carry it, and what differs only in such things is one piece of evidence.
"""

from __future__ import annotations

_CONTROLS = {code: " " for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}


def clean(text: str) -> str:
    """Give a text with line ends as `\\n`, other control characters as spaces, and without space around it.

    Raises:
        ValueError: nothing is left.

    Example:
        >>> clean(" rose,\\r\\ntwice\\x00 ")
        'rose,\\ntwice'
    """
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    text = text.strip()
    if not text:
        raise ValueError("is empty")
    return text


def one_line(text: str) -> str:
    """Give a name on one line: control characters, tabs and line ends as spaces, and no space around it.

    Raises:
        ValueError: nothing is left.
    """
    return clean(text).replace("\n", " ").replace("\t", " ")
