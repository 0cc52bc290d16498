"""A study: its answer, its figures, what explains it and what to test next."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...library.content import Study, to_json
from ..errors import wants_json
from ..reader import Reader
from ..templates import render
from .parts import study_part


async def study(request: Request) -> Response:
    """`/study/{name}`."""
    reader: Reader = request.app.state.reader
    reference = reader.named("result", request.path_params["name"])
    if wants_json(request):
        return JSONResponse(to_json(reader.content(Study, reference)))
    part = study_part(reader, reference, lineage=True)
    return render("study.html", s=part, title=part.study.title)
