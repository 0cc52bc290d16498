"""Artifacts: listed, shown, cited, verified."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from fastapi.responses import PlainTextResponse
from starlette.requests import Request
from starlette.responses import Response

from ...artifacts import TYPES, verify, write_citations
from ...library.results.citing import citations_of
from ..site import Site, site_of
from .paging import Cursor, Limit, cut
from .shapes import Altered, EntryShape, LineageShape, Object, Page, VersionShape

router = APIRouter(tags=["artifacts"])
Reference = Annotated[str, Path(max_length=120, description="A name, `name@version`, or an id.")]
Format = Literal["text", "bibtex", "ris", "csl", "cff"]
_TEXT: dict[str, Any] = {"description": "the citation", "content": {"text/plain": {"schema": {"type": "string"}}}}
Type = Literal["", "document", "audit", "claim_set", "model", "study", "result", "figure", "page"]
assert {"", *TYPES} == set(Type.__args__)  # type: ignore[attr-defined]


@router.get("/artifacts", response_model=Page[EntryShape], operation_id="list_artifacts")
def list_artifacts(
    request: Request, type: Annotated[Type, Query()] = "", limit: Limit = 50, cursor: Cursor = ""
) -> dict[str, Any]:
    """List the artifacts that are kept, the latest version of each name first."""
    entries = [vars(entry) for entry in site_of(request).reader.entries(type)]
    return cut(entries, limit, cursor, ["artifacts", type])


@router.get("/artifacts/{reference}", response_model=Object, operation_id="show_artifact")
def show_artifact(request: Request, reference: Reference) -> dict[str, Any]:
    """Show an artifact: what it is, by whom it was made, from what, and its content."""
    site = site_of(request)
    return site.archive.record(site.reader.envelope(reference))


@router.get("/artifacts/{reference}/history", response_model=Page[VersionShape], operation_id="artifact_history")
def history(request: Request, reference: Reference) -> dict[str, Any]:
    """List the versions of a name, newest first."""
    site = site_of(request)
    site.reader.envelope(reference)
    found = [vars(version) for version in site.archive.history(reference.partition("@")[0])]
    return {"items": found, "next": None, "total": len(found)}


@router.get("/artifacts/{reference}/lineage", response_model=LineageShape, operation_id="artifact_lineage")
def lineage(request: Request, reference: Reference) -> dict[str, Any]:
    """Say what an artifact was made from, and what was made from it."""
    site = site_of(request)
    found = site.archive.lineage(site.reader.envelope(reference).id)
    return {"made_from": list(map(vars, found.made_from)), "used_in": list(map(vars, found.used_in))}


@router.get(
    "/artifacts/{reference}/cite", response_class=Response, responses={200: _TEXT}, operation_id="cite_artifact"
)
def cite(
    request: Request, reference: Reference, format: Annotated[Format, Query()] = "text", sources: bool = True
) -> PlainTextResponse:
    """Cite an artifact and, unless asked not to, the papers behind exactly the claims and numbers that it used."""
    site = site_of(request)
    site.reader.envelope(reference)
    return PlainTextResponse(write_citations(citations_of(site.archive, reference, sources=sources), format))


@router.get("/artifacts/{reference}/verify", response_model=Altered, operation_id="verify_artifact")
def verify_one(request: Request, response: Response, reference: Reference) -> dict[str, Any]:
    """Recompute the digests of an artifact and of all that it was made from."""
    response.headers["Cache-Control"] = "no-store"  # what is on the disk now, each time
    site = site_of(request)
    site.reader.envelope(reference)
    return _verified(site, reference)


@router.get("/verify", response_model=Altered, operation_id="verify_all")
def verify_all(request: Request, response: Response) -> dict[str, Any]:
    """Recompute every digest and say what was altered."""
    response.headers["Cache-Control"] = "no-store"
    return _verified(site_of(request), "")


def _verified(site: Site, reference: str) -> dict[str, Any]:
    found = verify(site.archive, reference)
    problems = [{"where": p.where, "what": p.what, "help": p.help} for p in found.problems]
    return {"whole": found.whole, "artifacts": found.artifacts, "blobs": found.blobs, "problems": problems}
