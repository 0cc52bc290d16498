"""A page under audit: a page that can say what is wrong in a range of it."""

from __future__ import annotations

from dataclasses import dataclass

from .. import page
from .finding import Edit, Finding


@dataclass(frozen=True)
class Page(page.Page):
    """A document under audit."""

    def finding(
        self, kind: str, severity: str, start: int, end: int, message: str, correction: str, source: str,
        *, section: str = "", edits: tuple[Edit, ...] = (),
    ) -> Finding:  # fmt: skip
        """Make a finding about a range of this page."""
        quote = self.text[start:end]
        return Finding(
            kind, severity, start, end, message, correction, source, quote, section or self.section(start), edits
        )
