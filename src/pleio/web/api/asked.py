"""What operations ask of a request: parameters that they have and a body of JSON; HEAD, as GET without a body."""

from __future__ import annotations

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from ...base.errors import Problem, nearest
from ..errors import WebError

STREAMS = "/events"  # an answer that goes on for as long as somebody reads it has no head of its own


def check_asked(request: Request) -> None:
    """Refuse parameters that an operation does not have, and a body that is not JSON.

    A filter with a slip in its name would otherwise filter nothing, and nobody would know.

    Raises:
        WebError: 422 for parameters, all of them at once; 415 for the body.
    """
    route = request.scope["route"]
    assert isinstance(route, APIRoute)
    known = [each.alias for each in route.dependant.query_params]
    unknown = dict.fromkeys(name for name in request.query_params if name not in known)
    if unknown:
        problems = [
            Problem(f"query.{name}"[:200], "is no parameter of this address", _help(name, known)) for name in unknown
        ]
        first, *others = problems
        raise WebError(422, first.where, first.what, first.help, others[:20])
    if route.body_field is not None and not _is_json(request.headers.get("content-type", "")):
        stated = request.headers.get("content-type", "")[:80] or "no content-type"
        raise WebError(
            415, "content-type", f"is {stated}, and a body here is JSON", "send content-type: application/json"
        )


def _help(name: str, known: list[str]) -> str:
    return nearest(name[:200], known) or "it takes none"


def _is_json(stated: str) -> bool:
    kind, _, form = stated.partition(";")[0].strip().lower().partition("/")
    return kind == "application" and (form == "json" or form.endswith("+json"))


class Headed:
    """Answers HEAD as GET is answered; the server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD" and not scope["path"].endswith(STREAMS):
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send)
