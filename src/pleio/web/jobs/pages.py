"""`/jobs` and `/job/{id}`: start a study, watch it, cancel it, go on with it; all of it without script too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ...base.errors import InputError, Problem
from ...claims.vocabulary import BANDS
from ..accounts.forms import posted, render_form, text
from ..accounts.identity import may_work, who
from ..errors import WebError, input_error, wants_json
from ..site import Site, site_of
from .asking import LARGEST, MOST_WORLDS
from .starting import start
from .table import Job

SHOWN = 50
FIELDS = ("study", "definition", "worlds", "seed", "belief")


@dataclass(frozen=True)
class Choice:
    """A study that can be started."""

    name: str
    title: str
    question: str
    worlds: int
    belief: str
    seed: int


@dataclass(frozen=True)
class JobsPage:
    """The jobs there are and the form that starts one, with what was typed and what was wrong with it."""

    jobs: tuple[Job, ...]
    choices: tuple[Choice, ...]
    given: dict[str, str]
    problems: tuple[Problem, ...]
    may_start: bool
    bands: tuple[str, ...]
    older: str


def routes() -> list[BaseRoute]:
    """The addresses of jobs."""
    return [
        Route("/jobs.json", jobs),
        Route("/jobs", jobs),
        Route("/jobs", start_one, methods=["POST"]),
        Route("/job/{id}.json", job),
        Route("/job/{id}", job),
        Route("/job/{id}/cancel", cancel, methods=["POST"]),
        Route("/job/{id}/resume", resume, methods=["POST"]),
    ]


def jobs(request: Request) -> Response:
    """List the jobs, newest first, and offer to start one; `?study=` chooses it."""
    site = site_of(request)
    before = request.query_params.get("before", "")
    found = site.jobs.page(before=int(before) if before.isdigit() and len(before) < 10 else None, limit=SHOWN + 1)
    if wants_json(request):
        following = found[SHOWN - 1].number if len(found) > SHOWN else None
        return JSONResponse({"jobs": [each.to_json() for each in found[:SHOWN]], "before": following})
    study = request.query_params.get("study", "")[:100]
    return _page(request, found, {"study": study})


async def start_one(request: Request) -> Response:
    """Start a study from the form and lead to its job."""
    form = await posted(request)
    account = await run_in_threadpool(may_work, request)
    given = {name: text(form, name, LARGEST) for name in FIELDS}
    try:
        made = await run_in_threadpool(start, site_of(request), asked(given), account.name if account else "")
    except InputError as fault:
        found = await run_in_threadpool(site_of(request).jobs.page, limit=SHOWN + 1)
        return await run_in_threadpool(_page, request, found, given, input_error(fault).status, fault)
    return RedirectResponse(f"/job/{made.id}", 303)


def job(request: Request) -> Response:
    """Show how far a job is, and what came of it."""
    found = _found(request)
    if wants_json(request):
        return JSONResponse(found.to_json(), headers={"Cache-Control": "no-store"})
    may = _may(request)
    return render_form(request, "job.html", j=found, may_change=may, title=found.title)


async def cancel(request: Request) -> Response:
    """Cancel a job."""
    return await _change(request, "cancel")


async def resume(request: Request) -> Response:
    """Go on with a job."""
    return await _change(request, "resume")


def asked(form: dict[str, str]) -> dict[str, Any]:
    """Read what the form asks for.

    Raises:
        InputError: a number is none, or the belief is unknown; all problems at once.
    """
    problems = []
    values: dict[str, Any] = {"study": form["study"], "definition": form["definition"]}
    if bool(form["study"]) == bool(form["definition"]):
        problems.append(Problem("study", "is chosen and written, or neither", "choose one, or write one"))
    for name, least, most in (("worlds", 2, MOST_WORLDS), ("seed", 0, 2**31 - 1)):
        number = form[name]
        if number and not (number.isdecimal() and len(number) < 11 and least <= int(number) <= most):
            problems.append(Problem(name, f"'{number[:40]}' is not taken", f"a whole number, {least:,} to {most:,}"))
        elif number:
            values[name] = int(number)
    if form["belief"] and form["belief"] not in BANDS:
        problems.append(Problem("belief", f"'{form['belief'][:40]}' is none", ", ".join(BANDS)))
    if problems:
        raise InputError("job", problems)
    return {**values, **({"belief": form["belief"]} if form["belief"] else {})}


def _page(
    request: Request, found: list[Job], given: dict[str, str], status: int = 200, fault: InputError | None = None
) -> Response:
    site = site_of(request)
    choices = _choices(site)
    may = _may(request)
    older = f"/jobs?before={found[SHOWN - 1].number}" if len(found) > SHOWN else ""
    problems = tuple(replace(each, where=each.where or fault.subject) for each in fault.problems) if fault else ()
    given = {**dict.fromkeys(FIELDS, ""), **given}
    page = JobsPage(tuple(found[:SHOWN]), choices, given, problems, may, tuple(BANDS), older)
    return render_form(request, "jobs.html", status, l=page, title="Jobs")


def _choices(site: Site) -> tuple[Choice, ...]:
    found = []
    for name in site.opened.studies:
        study = site.opened.study(name).stated
        worlds = study.worlds
        found.append(Choice(name, study.title, study.question, worlds.count, worlds.belief, worlds.seed))
    return tuple(found)


def _may(request: Request) -> bool:
    return site_of(request).open_work or who(request) is not None


def _found(request: Request) -> Job:
    id = request.path_params["id"]
    found = site_of(request).jobs.get(id)
    if found is None:
        raise WebError(404, id[:40], "is no job of this server", "the list of jobs has them all")
    return found


async def _change(request: Request, how: str) -> Response:
    _form: FormData = await posted(request)
    await run_in_threadpool(may_work, request)
    found = await run_in_threadpool(_found, request)
    await run_in_threadpool(getattr(site_of(request).jobs, how), found.id)
    return RedirectResponse(f"/job/{found.id}", 303)
