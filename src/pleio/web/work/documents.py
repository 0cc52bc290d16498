"""Documents, read and audited on request."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

MOST_STATEMENTS = 20_000


def read(data: str, name: str, propose: str = "") -> dict[str, Any]:
    """Read what a document says.

    Args:
        data: its bytes as base64.
        name: what to call it.
        propose: a library under whose claims the statements are laid as proposals; empty keeps nothing.
    """
    from ...reading import open_document
    from ...reading import read as read_claims

    document = open_document(base64.b64decode(data), name=name)
    statements = read_claims(document)
    found: dict[str, Any] = {
        "name": document.name,
        "digest": document.digest,
        "statements": [each.to_json() for each in statements[:MOST_STATEMENTS]],
    }
    if propose:
        from ...library.keeping import kept
        from ...library.opened import open as open_library

        laid = kept.propose(kept.kept_claims(open_library(propose)), document, statements)
        found["proposed"] = {"layer": laid.layer.name, "claims": laid.layer.claims}
    return found


def audit(data: str, name: str) -> dict[str, Any]:
    """Audit a document: its text, its findings with their lines, and what it says."""
    from ...reading import audit as find
    from ...reading import open_document
    from ...reading import read as read_claims

    document = open_document(base64.b64decode(data), name=name)
    findings = [{**each.to_json(), "line": document.line_of(each.start)} for each in find(document)]
    statements: list[Mapping[str, Any]] = [each.to_json() for each in read_claims(document)[:MOST_STATEMENTS]]
    return {
        "name": document.name,
        "digest": document.digest,
        "media": document.media,
        "text": document.text,
        "findings": findings,
        "statements": statements,
    }
