"""Cursors: opaque, and only good for the list that they were given with."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Query

from ...base.digests import digest
from ..errors import WebError

MOST = 200
T = TypeVar("T")
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
Cursor = Annotated[str, Query(max_length=400, description="`next` of the page before; empty for the first.")]


def write_cursor(after: int, of: Any) -> str:
    """Write where a page ended, in the list that a query gives."""
    text = json.dumps([digest(of)[:16], after], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, of: Any) -> int | None:
    """Read where the page before ended; None for the first page.

    Raises:
        WebError: 400 where it is no cursor of this list.
    """
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        name, after = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
    except (binascii.Error, UnicodeError, ValueError, TypeError, RecursionError):
        raise _wrong() from None
    if name != digest(of)[:16] or type(after) is not int or not 0 <= after < 2**31:
        raise _wrong()
    return after


def numbered(found: Sequence[T], limit: int, of: Any, number: Callable[[T], int]) -> tuple[list[T], str | None]:
    """Give one page of a list whose items carry numbers, and the cursor of the next.

    The cursor is the last item's number, so nothing is given twice or left out where others come or go in between.

    Args:
        found: the page, and one item more if there is one.
    """
    page = list(found[:limit])
    return page, write_cursor(number(page[-1]), of) if len(found) > limit else None


def cut(items: Sequence[Any], limit: int, cursor: str, of: Any) -> dict[str, Any]:
    """Give one page of a list that is at hand."""
    skip = read_cursor(cursor, of) or 0
    page = list(items[skip : skip + limit])
    more = skip + limit < len(items)
    return {"items": page, "next": write_cursor(skip + limit, of) if more else None, "total": len(items)}


def _wrong() -> WebError:
    return WebError(400, "cursor", "is none of this list", "take `next` of the page before, with the same filters")
