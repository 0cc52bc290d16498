"""An audit as SARIF 2.1.0, the format in which code hosts and editors take findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ..documents.document import Document
from .finding import ERROR, KINDS, WARNING, Finding
from .report import visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {ERROR: "error", WARNING: "warning"}


def report_sarif(document: Document, findings: Sequence[Finding]) -> dict[str, Any]:
    """Write the findings as one SARIF log with one run; offsets count Unicode characters.

    Certain corrections are `fixes`.  What has no place in SARIF (what is right, how it is known) is in `properties`.
    """
    from importlib.metadata import version

    used = [kind for kind in KINDS if any(f.kind == kind for f in findings)]
    address = quote(document.name or "document")
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "pleio audit",
                        "version": version("pleio"),
                        "rules": [{"id": kind, "shortDescription": {"text": KINDS[kind]}} for kind in used],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "artifacts": [{"location": {"uri": address}, "hashes": {"sha-256": document.digest}}],
                "results": [_result(document, address, used, f) for f in findings],
            }
        ],
    }


def _result(document: Document, address: str, rules: list[str], f: Finding) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": f.kind,
        "ruleIndex": rules.index(f.kind),
        "level": _LEVELS.get(f.severity, "note"),
        "message": {"text": visible(f"{f.message}; right: {f.correction}")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": address, "index": 0},
                    "region": _region(document, f.start, f.end),
                }
            }
        ],
        "properties": {"correction": f.correction, "source": f.source, "section": f.section},
    }
    if f.edits:
        changes = [
            {"deletedRegion": _region(document, edit.start, edit.end), "insertedContent": {"text": edit.text}}
            for edit in f.edits
        ]
        change = {"artifactLocation": {"uri": address, "index": 0}, "replacements": changes}
        result["fixes"] = [{"description": {"text": visible(f.correction)}, "artifactChanges": [change]}]
    return result


def _region(document: Document, start: int, end: int) -> dict[str, int]:
    return {"startLine": document.line_of(start), "charOffset": start, "charLength": end - start}
