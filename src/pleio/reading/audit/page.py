"""A page under audit: a page that can say what is wrong in a range of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from ..documents import page
from ..documents.markup import Link
from ..documents.structure import Passage
from ..read import Rules
from ..statement import Statement
from .finding import Edit, Finding

_ANCHOR = re.compile(
    r"""<(?:a|ext-link)\b[^<>]{0,1000}?\bhref\s*=\s*"""
    r"""(?:"(?P<d>[^"<>]{0,1000})"|'(?P<s>[^'<>]{0,1000})'|(?P<u>[^\s"'<>]{1,1000}))[^<>]{0,1000}>"""
    r"""(?P<label>[^<>]{0,300}(?:</?(?:i|b|em|strong|span|code|italic|bold|su[bp])\b[^<>]{0,100}>[^<>]{0,300}){0,8})"""
    r"""</(?:a|ext-link)>""",
    re.I,
)
_STYLE = re.compile(r"<[^<>]{0,120}>")

_ID = re.compile(r"""<[^<>]{1,300}?\b(?:id|name)=["']([^"']{1,100})""")


@dataclass(frozen=True)
class Page(page.Page):
    """A document under audit."""

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links of Markdown and of HTML, in order."""
        found = list(self.outline.links)
        for match in _ANCHOR.finditer(self.text):
            quoted = next(name for name in "dsu" if match[name] is not None)
            label = _STYLE.sub("", match["label"])
            found.append(Link(match.start(), match.end(), label, match[quoted], match.start(quoted)))
        return tuple(sorted(found, key=lambda link: link.start))

    @cached_property
    def statements(self) -> list[Statement]:
        """What the page states, as the rules read it."""
        return Rules().read(self)

    @cached_property
    def anchors(self) -> set[str]:
        """The names that a link within the document can lead to, as the markup gives them."""
        return set(_ID.findall(self.text))

    def passage_at(self, offset: int) -> Passage | None:
        """Give the passage in which a source offset lies."""
        at = bisect_right(self._starts, offset) - 1
        return self.outline.passages[at] if at >= 0 and offset < self.outline.passages[at].end else None

    def passage_before(self, passage: Passage) -> Passage | None:
        """Give the passage that stands before another."""
        at = bisect_right(self._starts, passage.start) - 2
        return self.outline.passages[at] if at >= 0 else None

    @cached_property
    def _starts(self) -> list[int]:
        return [p.start for p in self.outline.passages]

    def finding(
        self, kind: str, severity: str, start: int, end: int, message: str, correction: str, source: str,
        *, section: str = "", edits: tuple[Edit, ...] = (),
    ) -> Finding:  # fmt: skip
        """Make a finding about a range of this page."""
        quote = self.text[start:end]
        return Finding(
            kind, severity, start, end, message, correction, source, quote, section or self.section(start), edits
        )
