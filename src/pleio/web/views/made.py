"""Pages as they were made, compressed: making and compressing one takes longer than all the rest, and is done once."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ...base.digests import digest

MOST_KEPT = 64


def kept_page(request: Request, made: dict[str, bytes], state: object, make: Callable[[], HTMLResponse]) -> Response:
    """Answer with the page of a state, made where it was not before; 304 where the asker has it.

    Args:
        made: the pages that are kept, by tag.
        state: all that the page depends on.
    """
    tag = f'"{digest([state, request.app.state.build])[:32]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    page = made.get(tag)
    if page is None:
        page = gzip.compress(bytes(make().body), mtime=0)
        while len(made) >= MOST_KEPT:
            made.pop(next(iter(made)), None)
        made[tag] = page
    headers = {"ETag": tag, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return HTMLResponse(page, headers={**headers, "Content-Encoding": "gzip"})
    return HTMLResponse(gzip.decompress(page), headers=headers)
