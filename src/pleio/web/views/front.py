"""The front page, and the answer to those who only ask whether the server is up."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ... import __version__
from ...artifacts import Entry
from ...library.content import Page, Study
from ..context import Front
from ..reader import Reader
from ..render.marks import unbroken
from ..templates import render

_NOW = {"Cache-Control": "no-store"}


def front(request: Request) -> Response:
    """`/`."""
    return render("front.html", f=front_context(request.app.state.reader), title="")


def health(request: Request) -> Response:
    """`/healthz`: up, and the store can be read."""
    reader: Reader = request.app.state.reader
    return JSONResponse({"status": "ok", "version": __version__, "artifacts": len(reader.entries())}, headers=_NOW)


def front_context(reader: Reader) -> Front:
    """List what is published."""
    sets = reader.claim_sets()
    return Front(
        pages=tuple((entry, _about(reader, entry)) for entry in _named(reader, "page")),
        studies=tuple((entry, unbroken(reader.content(Study, entry.id).answer)) for entry in _named(reader, "result")),
        audits=_named(reader, "audit"),
        claims=sum(len(claims.claims) for claims in sets),
        contests=sum(len(claims.contests) for claims in sets),
        contested=sum(contest.contested for claims in sets for contest in claims.contests),
        sources=sum(len(claims.sources) for claims in sets),
    )


def _about(reader: Reader, entry: Entry) -> str:
    """Say what a page is about; what its studies answer stands below, under their own names."""
    page = reader.content(Page, entry.id)
    count = len(page.studies)
    return f"{page.subject}, with {count} {'study' if count == 1 else 'studies'}." if count else f"{page.subject}."


def _named(reader: Reader, type: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in reader.entries(type) if entry.name)
