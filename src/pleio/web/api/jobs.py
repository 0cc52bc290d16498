"""Long runs: started, followed, cancelled, resumed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from ..accounts.identity import may_work
from ..errors import WebError
from ..jobs import Job
from ..jobs.asking import LARGEST, MOST_WORLDS
from ..jobs.events import stream
from ..jobs.starting import start
from ..numbers import NUMBER
from ..site import site_of
from .paging import Cursor, Limit, numbered, read_cursor
from .shapes import JobShape, Page, Shape

router = APIRouter(tags=["jobs"], prefix="/jobs")
Id = Annotated[str, Path(max_length=40)]


class StudyRun(Shape):
    """A study to run: one of the library's, or one of your own as YAML; what is not given is the study's own."""

    study: Annotated[str, Field(max_length=100)] = ""
    definition: Annotated[str, Field(max_length=LARGEST, description="A study as YAML.")] = ""
    worlds: Annotated[int, Field(ge=2, le=MOST_WORLDS), NUMBER] | None = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1), NUMBER] | None = None
    belief: Literal["sceptic", "neutral", "believer"] | None = None


@router.get("", response_model=Page[JobShape], operation_id="list_jobs")
def list_jobs(
    request: Request,
    state: Annotated[Literal["", "queued", "running", "done", "failed", "cancelled"], Query()] = "",
    limit: Limit = 50,
    cursor: Cursor = "",
) -> dict[str, Any]:
    """List jobs, newest first."""
    before = read_cursor(cursor, ["jobs", state])
    found = site_of(request).jobs.page(before=before, limit=limit + 1, state=state)
    page, following = numbered(found, limit, ["jobs", state], lambda job: job.number)
    return {"items": [job.to_json() for job in page], "next": following, "total": None}


@router.post("", response_model=JobShape, status_code=202, operation_id="start_job")
def start_job(request: Request, asked: StudyRun) -> dict[str, Any]:
    """Run a study as a job; when this is answered the job is on the disk and will be run, whatever happens."""
    account = may_work(request)
    if bool(asked.study) == bool(asked.definition):
        raise WebError(422, "body", "has neither `study` nor `definition`, or both", "give one of them")
    return start(site_of(request), asked.model_dump(), account.name if account else "").to_json()


@router.get("/{id}", response_model=JobShape, operation_id="show_job")
def show_job(request: Request, id: Id) -> dict[str, Any]:
    """Say how far a job is; `result` names the artifact that came of it."""
    return found_job(request, id).to_json()


@router.get(
    "/{id}/events",
    operation_id="follow_job",
    response_class=Response,
    responses={
        200: {
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
            "description": "the job, anew with each change",
        }
    },
)
async def follow_job(request: Request, id: Id) -> StreamingResponse:
    """Follow a job by server-sent events: the job as JSON with each change, until it is over."""
    return stream(request, await run_in_threadpool(found_job, request, id))


@router.post("/{id}/cancel", response_model=JobShape, operation_id="cancel_job")
def cancel_job(request: Request, id: Id) -> dict[str, Any]:
    """Cancel a job; what it had finished is kept."""
    may_work(request)
    found_job(request, id)
    job = site_of(request).jobs.cancel(id)
    assert job is not None
    return job.to_json()


@router.post("/{id}/resume", response_model=JobShape, operation_id="resume_job")
def resume_job(request: Request, id: Id) -> dict[str, Any]:
    """Go on with a job that was cancelled or failed; what was finished is not computed again."""
    may_work(request)
    found_job(request, id)
    job = site_of(request).jobs.resume(id)
    assert job is not None
    return job.to_json()


def found_job(request: Request, id: str) -> Job:
    """Give a job.

    Raises:
        WebError: 404 where there is none.
    """
    job = site_of(request).jobs.get(id)
    if job is None:
        raise WebError(404, id[:40], "is no job of this server", "the list of jobs has them all")
    return job
