"""Search over everything."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request

from ..search.finding import KINDS, find
from ..site import site_of
from .paging import Cursor, Limit, read_cursor, write_cursor
from .shapes import FoundShape, Page

router = APIRouter(tags=["search"])


@router.get("/search", response_model=Page[FoundShape], operation_id="search")
def search(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=200, description="Words.")],
    kind: Annotated[str, Query(max_length=20, description=f"Only one kind: {', '.join(KINDS)}.")] = "",
    limit: Limit = 20,
    cursor: Cursor = "",
) -> dict[str, Any]:
    """Find claims, contests, entities, studies, modules, references, pages and help by words."""
    skip = read_cursor(cursor, ["search", q, kind]) or 0
    found = find(site_of(request), q, kind=kind, limit=limit, skip=skip)
    following = write_cursor(skip + limit, ["search", q, kind]) if found.more else None
    return {"items": [hit.to_json() for hit in found.hits], "next": following, "total": found.total}
