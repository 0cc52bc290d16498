"""Documents into claims with exact spans, and the audit of a document.

`open_document` gives immutable text, `read` its statements, `audit` what is wrong with it, `fix` the text with the
certain corrections made; `report_text` and `report_html` show an audit to people, `report_sarif` to editors.
"""

from .audit import Finding, audit, fix, report_html, report_sarif, report_text
from .documents.document import Document, open_document
from .endpoint import Endpoint
from .read import Reader, Rules, read
from .statement import Statement

__all__ = [
    "Document",
    "Endpoint",
    "Finding",
    "Reader",
    "Rules",
    "Statement",
    "audit",
    "fix",
    "open_document",
    "read",
    "report_html",
    "report_sarif",
    "report_text",
]
