"""`/audit`: paste or upload a document, see it with its findings and claims marked; kept only where that is asked."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ...artifacts import Archive, recording
from ...base.errors import InputError
from ...library.content import Audit, Finding, to_json
from ..accounts.forms import posted, render_form, text
from ..accounts.identity import may_work, who
from ..errors import input_error, wants_json
from ..site import site_of

if TYPE_CHECKING:
    from .marking import BroughtPage

SECONDS = 150.0
LONGEST_TEXT = 1_000_000
CHECKED = (
    "identifiers against the genes and proteins that the page names",
    "aliases, places on chromosomes, lengths and masses",
    "citations and references, retractions that are known here",
    "units and quantities, statements that contradict one another, hedged and asserted mixed",
    "links, sections and infoboxes given twice, empty sections, residue of other software",
)


def routes() -> list[BaseRoute]:
    """The addresses of audits that a reader brings; those that are kept are served elsewhere."""
    return [Route("/audit.json", ask), Route("/audit", ask), Route("/audit", audit, methods=["POST"])]


def ask(request: Request) -> Response:
    """Ask for a document; list the audits that are kept."""
    kept = [entry for entry in site_of(request).reader.entries("audit") if entry.name]
    if wants_json(request):
        return JSONResponse({"audits": [vars(entry) for entry in kept], "checked": list(CHECKED)})
    return _ask(request, "", "")


async def audit(request: Request) -> Response:
    """Audit what was pasted or uploaded and show it."""
    form = await posted(request)
    typed = text(form, "text", LONGEST_TEXT) if not isinstance(form.get("text"), UploadFile) else ""
    data, name = await _uploaded(form)
    data = data or typed.replace("\r\n", "\n").encode("utf-8", "surrogatepass")  # forms are sent with CRLF
    if not data.strip():
        return await run_in_threadpool(_ask, request, typed, "Nothing was pasted and no file was chosen.", 422)
    keep = form.get("keep") == "1"
    if keep:
        await run_in_threadpool(may_work, request)
    site = site_of(request)
    encoded = base64.b64encode(data).decode()
    try:
        found = await run_in_threadpool(site.desk.ask, "audit", seconds=SECONDS, data=encoded, name=name)
    except InputError as fault:
        if wants_json(request):
            raise
        error = input_error(fault)
        what = f"{error.where} {error.what}. {error.help}".strip()
        return await run_in_threadpool(_ask, request, typed, what, error.status)
    if keep:
        kept = await run_in_threadpool(keep_audit, site.archive, found)
        return RedirectResponse(f"/audit/{kept}", 303)
    page = await run_in_threadpool(_brought, found)
    return render_form(request, "brought.html", b=page, title=f"Audit of {page.name}")


def keep_audit(archive: Archive, found: dict[str, Any]) -> str:
    """Keep a document with its audit; give the audit's name.  When this returns both are on the disk."""
    with recording("audit a document") as work:
        document = work.make("document", found["name"], {"name": found["name"], "text": found["text"]})
        archive.save(document, name=f"document-{found['digest'][:12]}")
        work.use("document", document)
        findings = tuple(
            Finding(
                f["kind"], f["severity"], f["message"], f["correction"], f["start"], f["end"], f["quote"], f["line"]
            )
            for f in found["findings"]
        )
        made = Audit(found["name"], found["name"], found["digest"], found["text"], len(found["statements"]), findings)
        envelope = work.make("audit", f"Audit of {found['name']}", to_json(made))
        return archive.save(envelope, name=f"audit-{found['digest'][:12]}", activity=work.finish()).name


def _brought(found: dict[str, Any]) -> BroughtPage:
    from .marking import brought  # it brings the reader of documents along, which a server starts without

    return brought(found)


async def _uploaded(form: FormData) -> tuple[bytes, str]:
    file = form.get("file")
    if not isinstance(file, UploadFile):
        return b"", "pasted text"
    data = await file.read()
    base = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    name = "".join(c if c.isprintable() else " " for c in base)[:120].strip()
    return data, name or "pasted text"


def _ask(request: Request, typed: str, problem: str, status: int = 200) -> Response:
    site = site_of(request)
    kept = [entry for entry in site.reader.entries("audit") if entry.name]
    may_keep = site.open_work or who(request) is not None
    context = {"typed": typed, "problem": problem, "kept": kept, "checked": CHECKED, "may_keep": may_keep}
    return render_form(request, "audit_ask.html", status, title="Audit a document", **context)
