"""The addresses of the playground: the page, the answer alone, and the scenario written down for elsewhere."""

from __future__ import annotations

import json
from functools import partial
from uuid import uuid4

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ...base.errors import InputError, StudyError
from ...library.scenarios.scenario import Scenario, written
from ..errors import WebError
from ..site import site_of
from ..templates import render
from .address import read, write
from .controls import controls, median_of
from .notebook import notebook

SECONDS = 40.0
_COMPUTED = {"courses.csv": ("play_csv", "text/csv"), "model.xml": ("play_sbml", "application/sbml+xml")}
_IFRAME = Markup('<iframe src="{}" title="{}" width="100%" height="640"></iframe>')


def routes() -> list[BaseRoute]:
    """Every address of the playground."""
    return [
        Route("/playground.json", values),
        Route("/playground", page),
        Route("/playground/answer", piece),
        Route("/playground/{file}", download),
        Route("/embed/playground", embedded),
    ]


async def page(request: Request) -> Response:
    """`/playground`: the controls and the answer; `?add=NAME` gives a parameter a slider."""
    query = request.query_params
    if query.get("embed") == "1":
        return RedirectResponse(f"/embed/playground?{_without(query, 'embed')}", 302)
    if query.get("add") is not None:
        return RedirectResponse(f"/playground?{await run_in_threadpool(_added, request)}", 302)
    return await run_in_threadpool(_page, request)


def _page(request: Request) -> Response:
    site = site_of(request)
    scenario = read(request.query_params, site.opened)
    found = controls(site.opened, scenario)
    query = write(scenario, site.opened)
    origin = f"{request.url.scheme}://{request.url.netloc}"
    return render(
        "playground.html",
        c=found,
        s=scenario,
        query=query,
        answer=Markup(_answer(request, query)),
        iframe=str(_IFRAME.format(f"{origin}/embed/playground?{query}", found.title)),
        title=f"Playground: {found.title}",
    )


def _answer(request: Request, query: str) -> str:
    site = site_of(request)
    found: dict[str, str] = site.desk.ask("play", seconds=SECONDS, library=site.library, query=query)
    return found["html"]


async def piece(request: Request) -> Response:
    """`/playground/answer`: the drawings and their table alone, which the page puts in place of its own.

    A page that names itself in `X-Pleio-Asker` has only the last of its moves answered.
    """
    site, query = site_of(request), str(request.query_params)
    asker = request.headers.get("x-pleio-asker", "")[:64]
    try:
        asked = {"library": site.library, "query": query}
        found = await site.desk.answer("play", asker=asker or uuid4().hex, seconds=SECONDS, **asked)
    except InputError as fault:
        return render("playground_problems.html", 400, problems=fault.problems, subject=fault.subject)
    return HTMLResponse(found["html"])


async def values(request: Request) -> Response:
    """`/playground.json`: the answer as values."""
    site = site_of(request)
    ask = partial(site.desk.ask, "play_json", seconds=SECONDS, library=site.library, query=str(request.query_params))
    return JSONResponse(await run_in_threadpool(ask))


async def embedded(request: Request) -> Response:
    """`/embed/playground`: the answer in a frame, nothing to move."""
    return await run_in_threadpool(_embedded, request)


def _embedded(request: Request) -> Response:
    site = site_of(request)
    scenario = read(request.query_params, site.opened)
    query = write(scenario, site.opened)
    title = site.opened.study(scenario.start).stated.title
    return render(
        "playground_embed.html",
        s=scenario,
        query=query,
        answer=Markup(_answer(request, query)),
        title=title,
        embedded=True,
    )


async def download(request: Request) -> Response:
    """`/playground/study.yaml`, `model.xml`, `courses.csv` and `notebook.ipynb`: the scenario, to go on with."""
    return await run_in_threadpool(_download, request)


def _download(request: Request) -> Response:
    site, file = site_of(request), request.path_params["file"]
    query = str(request.query_params)
    scenario = read(request.query_params, site.opened)
    if file == "study.yaml":
        text, kind = written(site.opened, scenario), "application/yaml"
    elif file == "notebook.ipynb":
        text, kind = (
            json.dumps(notebook(site.library, written(site.opened, scenario)), indent=1),
            "application/x-ipynb+json",
        )
    elif file in _COMPUTED:
        verb, kind = _COMPUTED[file]
        text = site.desk.ask(verb, seconds=SECONDS, library=site.library, query=query)
    else:
        known = ", ".join(("study.yaml", "notebook.ipynb", *_COMPUTED))
        raise WebError(404, file[:60], "is no form of a scenario", f"known: {known}")
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)


def _added(request: Request) -> str:
    """Give the query with one more parameter set, at its median."""
    library, query = site_of(request).opened, request.query_params
    name = query["add"]
    scenario = read(QueryParams(_without(query, "add")), library)
    if name:
        known = library.mechanism(scenario.modules).network.parameters
        if name not in known:
            raise StudyError("the address", f"'{name[:60]}' is no parameter of these modules")
        value = median_of(library, scenario, name)
        return write(_set(scenario, name, value), library)
    return write(scenario, library)


def _set(scenario: Scenario, name: str, value: float) -> Scenario:
    from dataclasses import replace

    return replace(scenario, settings={**scenario.settings, name: value})


def _without(query: QueryParams, name: str) -> str:
    return str(QueryParams([(key, value) for key, value in query.multi_items() if key != name]))
