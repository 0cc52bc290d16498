"""The one shape of an error, as a page and as JSON.

`{"error": {"status", "where", "what", "help", "more"}}`; `more` holds what else is wrong with the same input, each with
`where`, `what` and `help`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..base.errors import InputError, Problem, StoreError
from .templates import render
from .work.desk import Busy, Overtaken, TooLong

API = "/api/"


class WebError(Exception):
    """A request that cannot be answered: the HTTP status, where, what, and what would help."""

    def __init__(self, status: int, where: str, what: str, help: str = "", more: Iterable[Problem] = ()) -> None:
        super().__init__(f"{where}: {what}")
        self.status, self.where, self.what, self.help, self.more = status, where, what, help, tuple(more)
        self.headers: Mapping[str, str] = {}

    def as_json(self) -> dict[str, object]:
        more = [{"where": each.where, "what": each.what, "help": each.help} for each in self.more]
        error = {"status": self.status, "where": self.where, "what": self.what, "help": self.help, "more": more}
        return {"error": error}


def respond(request: Request, error: WebError) -> Response:
    """Answer with an error, as JSON where JSON was asked for."""
    if wants_json(request):
        return JSONResponse(error.as_json(), error.status, dict(error.headers))
    title = HTTPStatus(error.status).phrase
    path = request.scope["path"]
    embedded = path.startswith("/embed/")
    context = {"error": error, "title": title, "path": path, "embedded": embedded}
    return render("error.html", error.status, dict(error.headers), **context)


def wants_json(request: Request) -> bool:
    path = request.scope["path"]
    if path.endswith(".json") or path.startswith(API):
        return True
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def input_error(fault: InputError) -> WebError:
    """Say what is wrong with an input; a store that is altered or busy is our trouble, anything else the asker's."""
    first, *others = fault.problems
    status = 503 if isinstance(fault, StoreError) else 400
    return WebError(status, first.where or fault.subject, first.what, first.help, others)


def desk_error(fault: Exception, path: str) -> WebError:
    """Say that heavy work was not taken on, or not finished."""
    if isinstance(fault, Busy):
        error = WebError(503, path, "is busy: many requests wait for the same work", "ask again in a few seconds")
        error.headers = {"Retry-After": "5"}
        return error
    if isinstance(fault, Overtaken):
        return WebError(409, path, "was overtaken by a later move", "the later one is answered")
    return WebError(422, path, str(fault), "ask for less: a shorter document, a smaller model, fewer members")


async def on_web_error(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, WebError)
    return respond(request, fault)


async def on_input_error(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, InputError)
    return respond(request, input_error(fault))


async def on_desk_error(request: Request, fault: Exception) -> Response:
    return respond(request, desk_error(fault, request.scope["path"]))


async def on_http_error(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    path = request.scope["path"]
    if fault.status_code == 404:
        if path.startswith(API):
            help = f"{API}v1/openapi.json lists them"
            return respond(request, WebError(404, path, "there is no such address", help))
        return respond(request, WebError(404, path, "there is no such page", "the front page lists what there is"))
    if fault.status_code == 405:
        help = "the list of addresses says what each answers" if path.startswith(API) else "pages are read with GET"
        error = WebError(405, path, f"does not answer {request.method}", help)
        error.headers = fault.headers or {}
        return respond(request, error)
    help = "send JSON in UTF-8, not compressed" if fault.status_code == 400 and path.startswith(API) else ""
    error = WebError(fault.status_code, path, str(fault.detail), help)
    if fault.status_code in (408, 413):  # the rest of the body is not read, so the connection cannot go on
        error.headers = {"Connection": "close"}
    return respond(request, error)


async def on_fault(request: Request, fault: Exception) -> Response:
    """Say that it is our fault and nothing of what it was: the server's log has that."""
    what = "the server failed while it answered"
    return respond(request, WebError(500, request.scope["path"], what, "the server's log says more; please report it"))


HANDLERS = {
    WebError: on_web_error,
    InputError: on_input_error,
    Busy: on_desk_error,
    Overtaken: on_desk_error,
    TooLong: on_desk_error,
    HTTPException: on_http_error,
    Exception: on_fault,
}
