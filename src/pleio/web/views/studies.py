"""A study: its answer, its figures, what explains it and what to test next; as each belief reads it."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...base.errors import nearest
from ...library.content import Reading, Study, Summary, to_json
from ..errors import WebError, wants_json
from ..origin import origin_of
from ..reader import Reader
from ..render.linked import about_work
from ..site import site_of
from ..templates import render
from .parts import study_part


def embedded(request: Request) -> Response:
    """`/embed/study/{name}`: the same in a frame."""
    return study(request, embedded=True)


def study(request: Request, *, embedded: bool = False) -> Response:
    """`/study/{name}`; `?belief=` reads it with the worlds weighted by another belief."""
    reader: Reader = request.app.state.reader
    reference = reader.named("result", request.path_params["name"])
    found = reader.content(Study, reference)
    read = reading(found, request.query_params.get("belief", ""))
    if wants_json(request):
        return JSONResponse(to_json(read or found))
    part = study_part(reader, reference, whole=True)
    linked = about_work("Dataset", found.title, url=part.address, description=found.question, identifier=part.id)
    groups = by_label(read.endpoints) if read else part.endpoints
    return render(
        "study.html", s=part, read=read, groups=groups, covariates=found.answering, title=found.title, linked=linked,
        embedded=embedded, origin=origin_of(request), playable=found.name in site_of(request).opened.studies,
    )  # fmt: skip


def reading(study: Study, band: str) -> Reading | None:
    """Give the study as a belief reads it; None as it was published.

    Raises:
        WebError: 400, the study was not read with that belief.
    """
    if band in ("", study.band):
        return None
    found = next((one for one in study.readings if one.band == band), None)
    if found is None:
        known = [one.band for one in study.readings]
        help = nearest(band[:40], known) if known else "'pleio up' publishes it anew, with every belief"
        raise WebError(400, "belief", f"'{band[:40]}' is no belief that this study was read with", help)
    return found


def by_label(summaries: Iterable[Summary]) -> dict[str, list[Summary]]:
    """Put endpoints together by what they are called, in the study's order."""
    groups: dict[str, list[Summary]] = {}
    for summary in summaries:
        groups.setdefault(summary.label, []).append(summary)
    return groups
