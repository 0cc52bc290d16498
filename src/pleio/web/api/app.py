"""The interface for programs, assembled: its routes, its error shape, its description."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.requests import Request
from starlette.responses import Response

from ... import __version__
from ...base.errors import Problem
from ..errors import HANDLERS, WebError, respond
from ..site import Site
from . import artifacts, claims, documents, graph, jobs, knowledge, models, reviews, searching, studies
from .asked import Headed, check_asked
from .shapes import Error

DESCRIPTION = """\
Claims with evidence, the contests between them, models, studies and artifacts: what the `pleio` commands do, for
programs. Reading is open. Reviews need an account, and so does starting work where others reach the server; a program
sends a token of one as `Authorization: Bearer …`.

Lists are given in pages: `next` is the cursor of the following one, or null. Every JSON answer to GET has an `ETag`;
name it in `If-None-Match` and what has not changed is answered 304. Every error is
`{"error": {"status", "where", "what", "help", "more"}}`.
"""
_ERRORS = {
    400: "the input is wrong",
    401: "an account is needed, or the token does not stand",
    403: "sent from another site",
    404: "there is no such thing",
    408: "the body came too slowly",
    413: "the body is too large",
    415: "the body is of a kind that is not taken",
    422: "a parameter is missing, unknown or out of range; or the work took too long",
    429: "too many requests of this kind",
    503: "busy, or the data directory cannot be used",
}
ROUTERS = (claims, graph, documents, models, studies, jobs, artifacts, searching, reviews, knowledge)


def create_api(site: Site) -> FastAPI:
    """Make the interface over a site."""
    responses: dict[int | str, dict[str, Any]] = {
        status: {"model": Error, "description": text} for status, text in _ERRORS.items()
    }
    api = FastAPI(
        title="pleio",
        version=__version__,
        summary="Claims with evidence, assembled into a runnable mechanism.",
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": "/api/v1"}],
        root_path_in_servers=False,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        responses=responses,
        default_response_class=JSONResponse,
        redirect_slashes=False,
        dependencies=[Depends(check_asked)],
    )
    api.add_middleware(Headed)
    api.state.site = site
    api.state.reader = site.reader
    for module in ROUTERS:
        api.include_router(module.router)
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
    api.add_exception_handler(RequestValidationError, on_invalid)
    return api


async def on_invalid(request: Request, fault: Exception) -> Response:
    """Say every parameter that is wrong, with where it stands."""
    assert isinstance(fault, RequestValidationError)
    problems = [Problem(_where(each["loc"]), _said(each), "") for each in fault.errors()]
    first, *others = problems
    help = "the description of the interface says what is taken: openapi.json"
    return respond(request, WebError(422, first.where[:200], first.what[:500], help, others[:20]))


def _where(place: Iterable[str | int]) -> str:
    """Where something stands, without the types that it was tried as."""
    return ".".join(part for part in map(str, place) if not re.match(r"constrained-|list\[", part))


def _said(wrong: Mapping[str, Any]) -> str:
    """What is wrong in the words of what found it, and of text that is not JSON also how it is not."""
    return f"is not JSON: {wrong['ctx']['error']}" if wrong["type"] == "json_invalid" else str(wrong["msg"])
