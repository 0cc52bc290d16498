"""The one shape of an error, as a page and as JSON: `{"error": {"status", "where", "what", "help"}}`."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..base.errors import InputError, StoreError
from .templates import render


class WebError(Exception):
    """A request that cannot be answered: the HTTP status, where, what, and what would help."""

    def __init__(self, status: int, where: str, what: str, help: str = "") -> None:
        super().__init__(f"{where}: {what}")
        self.status, self.where, self.what, self.help = status, where, what, help

    def as_json(self) -> dict[str, object]:
        return {"error": {"status": self.status, "where": self.where, "what": self.what, "help": self.help}}


def respond(request: Request, error: WebError) -> Response:
    """Answer with an error, as JSON where JSON was asked for."""
    if wants_json(request):
        return JSONResponse(error.as_json(), error.status)
    title = HTTPStatus(error.status).phrase
    embedded = request.scope["path"].startswith("/embed/")
    return render("error.html", error.status, error=error, title=title, path=request.scope["path"], embedded=embedded)


def wants_json(request: Request) -> bool:
    if request.scope["path"].endswith(".json"):
        return True
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted


async def on_web_error(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, WebError)
    return respond(request, fault)


async def on_input_error(request: Request, fault: Exception) -> Response:
    """A store that is altered or busy is our trouble, anything else that is wrong with input is the asker's."""
    assert isinstance(fault, InputError)
    problem = fault.problems[0]
    status = 503 if isinstance(fault, StoreError) else 400
    return respond(request, WebError(status, problem.where or fault.subject, problem.what, problem.help))


async def on_http_error(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    path = request.scope["path"]
    if fault.status_code == 404:
        return respond(request, WebError(404, path, "there is no such page", "the front page lists what there is"))
    if fault.status_code == 405:
        return respond(request, WebError(405, path, f"does not answer {request.method}", "pages are read with GET"))
    return respond(request, WebError(fault.status_code, path, str(fault.detail)))


async def on_fault(request: Request, fault: Exception) -> Response:
    """Say that it is our fault and nothing of what it was: the server's log has that."""
    what = "something that cannot happen did"
    return respond(request, WebError(500, request.scope["path"], what, "the server's log says more; please report it"))
