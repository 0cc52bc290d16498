"""The files that pages are made of: asked for by digest they are kept for good, else asked after each time."""

from __future__ import annotations

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from .templates import STATIC, static_address


class Static(StaticFiles):
    """Serves `static/`; an address that carries the file's own digest never means another file."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code in (200, 304):
            asked = QueryParams(scope["query_string"]).get("v", "")
            for_good = bool(asked) and static_address(path).endswith(f"?v={asked}")
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if for_good else "no-cache"
        return response
