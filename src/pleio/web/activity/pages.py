"""The addresses of the simulated pathway: the page, its values, the drawing as a file, and the drawing in a frame."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ...library.content import ClaimSet, Page, Study
from ..errors import WebError
from ..origin import origin_of
from ..reader import Reader
from ..render.pathway import draw_pathway
from ..render.standalone import standalone
from ..site import Site, site_of
from ..templates import render
from .shown import Shown, choose_study, view

SECONDS = 120.0  # the first time a mechanism is read and compiled
MOST_KEPT = 32
_IFRAME = Markup('<iframe src="{}" title="{}" width="100%" height="640"></iframe>')


def routes() -> list[BaseRoute]:
    """Every address of it; the forms come before the page."""
    return [
        Route("/pathway/{name}.json", values),
        Route("/pathway/{name}.svg", drawing),
        Route("/pathway/{name}", page),
        Route("/embed/pathway/{name}", embedded),
    ]


async def page(request: Request) -> Response:
    """`/pathway/{name}`: the pathway of a page, each box as full as a study computes it at a time."""
    return await run_in_threadpool(_page, request)


async def values(request: Request) -> Response:
    """`/pathway/{name}.json`: the courses that the page draws."""
    return JSONResponse(await run_in_threadpool(lambda: shown(request).as_json()))


async def drawing(request: Request) -> Response:
    """`/pathway/{name}.svg`: the drawing as a file of its own, which says what it shows."""
    return await run_in_threadpool(_drawing, request)


async def embedded(request: Request) -> Response:
    """`/embed/pathway/{name}`: the drawing alone, by belief, or at a time where a study is named."""
    return await run_in_threadpool(_embedded, request)


def shown(request: Request) -> Shown:
    """Give the view that an address asks for."""
    site, name = site_of(request), request.path_params["name"]
    found = site.reader.content(Page, site.reader.named("page", name))
    query = request.query_params
    published = [site.reader.content(Study, id).name for id in found.studies]
    study = choose_study(query.get("study", ""), published, list(site.opened.studies))
    return view(name, found.pathway, _activity(site, study, query.get("cell", "")[:80]), query)


def _activity(site: Site, study: str, cell: str) -> dict[str, Any]:
    if not study:
        raise WebError(404, "study", "is not named, and the library has none", "add one to the library")
    key = (study, cell)
    if key not in site.activities:
        while len(site.activities) >= MOST_KEPT:
            site.activities.pop(next(iter(site.activities)))
        asked = {"library": site.library, "study": study, "cell": cell}
        site.activities[key] = site.desk.ask("activity", seconds=SECONDS, **asked)
    found: dict[str, Any] = site.activities[key]
    return found


def _page(request: Request) -> Response:
    site, at = site_of(request), shown(request)
    reader = site.reader
    content = reader.content(Page, at.page)
    claims = reader.content(ClaimSet, content.claim_set).claims
    title = f"{content.title}: the pathway over time"
    address = f"{origin_of(request)}/embed/pathway/{at.page}?{at.query()}"
    studies = {name: site.opened.study(name).stated.title for name in site.opened.studies}
    return render(
        "pathway.html",
        v=at,
        drawing=draw_pathway(
            at.pathway, places={end for c in claims for end in (c.subject, c.object)}, levels=at.levels
        ),
        studies=studies,
        published=_published(reader, at.found["study"]),
        title=title,
        about=content.title,
        iframe=str(_IFRAME.format(address, title)),
    )


def _drawing(request: Request) -> Response:
    at = shown(request)
    svg = draw_pathway(at.pathway, levels=at.levels, said=said(at))
    headers = {"Content-Disposition": f'attachment; filename="{at.page}-pathway.svg"'}
    return Response(standalone(str(svg)), media_type="image/svg+xml; charset=utf-8", headers=headers)


def _embedded(request: Request) -> Response:
    reader, name = site_of(request).reader, request.path_params["name"]
    found = reader.content(Page, reader.named("page", name))
    title, query = f"{found.title}: pathway", request.query_params
    at = shown(request) if query.get("study") else None
    drawn = draw_pathway(found.pathway, levels=at.levels if at else None)
    return render("pathway_embed.html", title=title, drawing=drawn, v=at, name=name, found=found, embedded=True)


def said(at: Shown) -> str:
    """Say in a line what a drawing shows."""
    cell = f", in {at.found['cells'][at.found['cell']].lower()}" if at.found["cell"] else ""
    return f"{at.found['study']}, arm {at.arm_name}, {at.time_word}{cell}: the median of {at.found['worlds']} worlds"


def _published(reader: Reader, study: str) -> bool:
    return any(entry.name == study for entry in reader.entries("result"))
