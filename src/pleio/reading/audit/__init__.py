"""The audit of a document: what is wrong with it, what would be right, and how that is known."""

from .finding import KINDS, SEVERITIES, Edit, Finding
from .fix import fix
from .marked import report_html
from .report import report_text
from .run import audit
from .sarif import report_sarif

__all__ = ["KINDS", "SEVERITIES", "Edit", "Finding", "audit", "fix", "report_html", "report_sarif", "report_text"]
