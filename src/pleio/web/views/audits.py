"""A document's report card, with the findings marked in its text."""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...library.content import Audit, to_json
from ..context import AuditPage
from ..errors import wants_json
from ..reader import Reader
from ..render.text import quoted
from ..templates import render


def audit(request: Request) -> Response:
    """`/audit/{name}`."""
    reader: Reader = request.app.state.reader
    name = request.path_params["name"]
    found = reader.content(Audit, reader.named("audit", name))
    if wants_json(request):
        return JSONResponse(to_json(found))
    return render("audit.html", a=audit_context(found, name), title=f"Audit of {found.title}")


def audit_context(audit: Audit, name: str) -> AuditPage:
    """Mark the findings in the text, and count them by how grave they are."""
    spans = [(f.start, f.end, f"finding {f.severity}", f.what) for f in audit.findings]
    counts = Counter(finding.severity for finding in audit.findings)
    return AuditPage(audit, name, audit.findings, quoted(audit.text, spans), dict(counts))
