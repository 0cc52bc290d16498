"""Cells that a spreadsheet would run: marked when we write them, unmarked when we read them back, refused otherwise."""

from __future__ import annotations

import re

STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


def guarded(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run.

    Example:
        >>> guarded("=1+1"), guarded("-0.5"), guarded("IL11")
        ("'=1+1", '-0.5', 'IL11')
    """
    return f"'{cell}" if is_formula(cell) or _is_marked(cell) else cell


def unguarded(cell: str) -> str:
    """Take the apostrophe away again; undoes `guarded`."""
    return cell[1:] if _is_marked(cell) else cell


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet would run a cell; a number is none."""
    return cell.startswith(STARTS) and not _NUMBER.fullmatch(cell)


def _is_marked(cell: str) -> bool:
    rest = cell.lstrip("'")
    return len(rest) < len(cell) and is_formula(rest)
