"""Citations to download, and the history of an artifact."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...artifacts import compare, of_artifact, write_citations
from ..context import History
from ..errors import WebError, wants_json
from ..origin import origin_of
from ..reader import Reader
from ..templates import render
from .parts import SUFFIXES

TYPES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
    "cff": "application/yaml",
    "txt": "text/plain",
}
MOST_CHANGES = 40


def cite(request: Request) -> Response:
    """`/artifact/{name}/cite.{suffix}`: the artifact as BibTeX, RIS, CSL-JSON, CITATION.cff or text."""
    reader: Reader = request.app.state.reader
    name, suffix = request.path_params["name"], request.path_params["suffix"]
    if suffix not in SUFFIXES:
        raise WebError(404, f"cite.{suffix[:20]}", "is no citation format", "known: bib, ris, json, cff, txt")
    envelope = reader.envelope(name)
    version = next((v.number for v in reader.archive.history(name.partition("@")[0]) if v.id == envelope.id), 0)
    address = f"{origin_of(request)}/artifact/{name}"
    citation = of_artifact(envelope, name=name.partition("@")[0], version=version, url=address)
    text = write_citations([citation], SUFFIXES[suffix])
    file = "CITATION.cff" if suffix == "cff" else f"{name.partition('@')[0]}.{suffix}"
    return Response(
        text,
        media_type=f"{TYPES[suffix]}; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{file}"'},
    )


def history(request: Request) -> Response:
    """`/artifact/{name}/history`: the versions, each with what changed from the one before."""
    reader: Reader = request.app.state.reader
    context = history_context(reader, request.path_params["name"])
    if wants_json(request):
        versions = [{"number": v.number, "id": v.id, "saved": v.saved, "changes": c} for v, c in context.versions]
        return JSONResponse({"name": context.name, "versions": versions})
    return render("history.html", h=context, title=f"History of {context.title}")


def history_context(reader: Reader, name: str) -> History:
    """Compare each version with the one before."""
    envelope = reader.envelope(name)
    versions = reader.archive.history(name)
    if not versions:
        raise WebError(404, name[:80], "has no versions", "only a name has a history; an id is one version for good")
    rows = []
    for newer, older in zip(versions, [*versions[1:], None], strict=True):
        changes: tuple[str, ...] = ()
        if older is not None:
            found = compare(reader.envelope(older.id).content, reader.envelope(newer.id).content)
            changes = tuple(map(str, found[:MOST_CHANGES]))
            if len(found) > MOST_CHANGES:
                changes += (f"and {len(found) - MOST_CHANGES} more",)
        rows.append((newer, changes))
    return History(name, envelope.title, tuple(rows))
