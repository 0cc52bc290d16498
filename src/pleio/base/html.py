"""Small pieces of HTML for notebooks: everything escaped, no style and no script of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def heading(text: str, note: str = "") -> str:
    """Write a title with a note beside it."""
    return f"<p><strong>{escape(text)}</strong>{' · ' + escape(note) if note else ''}</p>"


def paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def table(head: Sequence[str], rows: Iterable[Sequence[object]], *, most: int = 60) -> str:
    """Write a table; rows beyond `most` are counted and not shown.

    Example:
        >>> table(["a"], [["<b>"]])
        '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
    """
    every = list(rows)
    shown = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in every[:most])
    rest = len(every) - most
    more = f'<tr><td colspan="{len(head)}">… and {rest:,} more</td></tr>' if rest > 0 else ""
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    return f"<table><thead><tr>{names}</tr></thead><tbody>{shown}{more}</tbody></table>"
