"""Progress over server-sent events: a job as JSON each time it changed, until it is over."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import StreamingResponse

from ..errors import WebError
from ..site import Site, site_of
from .table import Job

TICK = 0.25  # seconds between looks at the store
BEAT = 15.0  # seconds after which something is sent, so that a reader who left is noticed
LONGEST = 3600.0  # seconds; a browser then asks again by itself
MOST = 64  # that are followed at once
_open = 0


def stream(request: Request, job: Job) -> StreamingResponse:
    """Answer with a job's changes.

    Raises:
        WebError: 503 where too many are followed already.
    """
    if _open >= MOST:
        raise WebError(503, request.scope["path"], f"{MOST} jobs are followed already", "ask for the job instead")
    seen = request.headers.get("last-event-id", "")
    known = int(seen) if seen.isdigit() and len(seen) < 12 else 0
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_changes(site_of(request), job.id, known), 200, headers, "text/event-stream")


async def _changes(site: Site, id: str, known: int) -> AsyncIterator[str]:
    global _open
    _open += 1
    try:
        quiet, seen = 0.0, None
        for _ in range(int(LONGEST / TICK)):
            state = site.watch.number()
            if state is None or state != seen:
                seen = state
                job = await run_in_threadpool(site.jobs.get, id)
                if job is None:
                    return
                if job.revision > known:
                    known, quiet = job.revision, 0.0
                    yield event(job)
                if job.is_over:
                    yield f"id: {job.revision}\nevent: over\ndata: {job.state}\n\n"
                    return
            await asyncio.sleep(TICK)
            quiet += TICK
            if quiet >= BEAT:
                quiet = 0.0
                yield ": still here\n\n"
    finally:
        _open -= 1


def event(job: Job) -> str:
    """Write a job as one event; JSON holds no line break, so the event is one line."""
    return f"id: {job.revision}\nevent: job\ndata: {json.dumps(job.to_json())}\n\n"
