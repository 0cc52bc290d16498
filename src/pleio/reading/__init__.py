"""Documents into claims with exact spans, and the audit of a document.

`open_document` gives immutable text, `read` its claims, `audit` what is wrong with it, `fix` the text with the certain
corrections made; `report_text` and `report_html` show an audit to people.
"""

from .audit import Finding, audit, fix, report_html, report_text
from .document import Document, open_document

__all__ = ["Document", "Finding", "audit", "fix", "open_document", "report_html", "report_text"]
