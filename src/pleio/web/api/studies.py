"""Studies of the library, what was found, and what it would be worth to know."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.requests import Request

from ...library.content import Study, to_json
from ...studies.study import plain
from ..errors import WebError
from ..site import Site, site_of
from .paging import Cursor, Limit, cut
from .shapes import Object, Page, StudyLine

router = APIRouter(tags=["studies"])
Name = Annotated[str, Path(max_length=120)]


@router.get("/studies", response_model=Page[StudyLine], operation_id="list_studies")
def list_studies(request: Request, limit: Limit = 50, cursor: Cursor = "") -> dict[str, Any]:
    """List the library's studies."""
    site = site_of(request)
    results = {entry.name for entry in site.reader.entries("result")}
    found = []
    for name in site.opened.studies:
        stated = site.opened.study(name).stated
        line = {"name": name, "title": stated.title, "question": stated.question, "arms": list(stated.arms)}
        found.append({**line, "result": name if name in results else None})
    return cut(found, limit, cursor, "studies")


@router.get("/studies/{name}", response_model=Object, operation_id="show_study")
def show_study(request: Request, name: Name) -> Any:
    """Show a study: its question, mechanism, arms, cohort, worlds, endpoints and decision."""
    site = site_of(request)
    if name not in site.opened.studies:
        raise WebError(404, name[:80], "is no study of the library", f"there are: {', '.join(site.opened.studies)}")
    return plain(site.opened.study(name).stated)


@router.get("/studies/{name}/result", response_model=Object, operation_id="show_result")
def show_result(request: Request, name: Name) -> Any:
    """Give what a study, or a job's run of one, found: endpoints by arm with their intervals, and the answer."""
    return to_json(_result(site_of(request), name))


@router.get("/studies/{name}/value", response_model=Object, operation_id="value_of_information")
def value(request: Request, name: Name) -> Any:
    """Say which claims and assumptions explain a study's answer, which are worth testing, and what to test next."""
    found = _result(site_of(request), name)
    return {
        "study": found.name,
        "decision": found.decision,
        "evpi": found.evpi,
        "unit": found.unit,
        "next_test": found.next_test,
        "findings": [to_json(row) for row in found.worth],
        "worlds": found.worlds,
        "belief": found.band,
        "believed_of": found.believed_of,
    }


def _result(site: Site, name: str) -> Study:
    return site.reader.content(Study, site.reader.named("result", name))
