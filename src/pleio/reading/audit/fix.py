"""Apply the corrections that are certain: each a replacement that its finding carries, none that overlap."""

from __future__ import annotations

from collections.abc import Iterable

from ..documents.document import Document
from .finding import Edit, Finding


def fix(document: Document, findings: Iterable[Finding]) -> str:
    """Give the document's text with the certain corrections made; everything else stays byte for byte.

    Args:
        document: the document that was audited.
        findings: what `audit` gave for it; findings without an edit are left alone.

    Example:
        >>> from pleio.reading import audit, open_document
        >>> page = open_document(b"IL11 Gene\\n\\nIL11 (gene ID 3609) is a cytokine.\\n")
        >>> fix(page, audit(page)).splitlines()[2]
        'IL11 (gene ID 3589) is a cytokine.'
    """
    edits = sorted({edit for finding in findings for edit in finding.edits}, key=lambda e: (e.start, -e.end, e.text))
    parts: list[str] = []
    at = 0
    for edit in _apart(edits):
        parts += [document.text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, document.text[at:]])


def _apart(edits: list[Edit]) -> list[Edit]:
    """Keep, of edits that overlap, the one that begins first (of those, the longest)."""
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
