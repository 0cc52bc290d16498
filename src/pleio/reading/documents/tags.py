"""Blocks of HTML and JATS XML: one pass over the tags, no tree, so neither depth nor unclosed tags cost anything."""

from __future__ import annotations

import re

from .document import Document
from .lines import REFERENCE_TITLES, reference_key
from .structure import BULLET, CAPTION, HEADING, LINK, PARAGRAPH, REFERENCE, Block

_TAG = re.compile(r"<!--|<!\[CDATA\[|<!|<\?|<(/?)([A-Za-z][\w:.-]{0,40})([^<>]{0,4000})>")
_BREAKS = set(
    "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 title br hr section article header footer nav main aside blockquote pre "
    "figure figcaption caption abstract sec body front back fig ref ref-list label list list-item def table-wrap "
    "article-title journal-title subtitle trans-title kwd disp-formula ack fn".split()
)
_SKIPPED = set(
    "script style iframe noscript svg math template object journal-meta contrib-group aff author-notes pub-date "
    "permissions "
    "history counts self-uri kwd-group funding-group article-id article-categories volume issue fpage lpage "
    "elocation-id "
    "tex-math graphic xref-group disp-formula".split()
)
_ONLY_A_LINK = re.compile(r"""<a\b[^<>]{0,2000}>[^<>]{0,300}</a>\s*""", re.I)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}


def blocks_of_tags(document: Document, tables: list[tuple[int, int]]) -> list[Block]:
    """Cut a marked-up document into blocks; ranges covered by tables are left out."""
    reader = _Reader(document, tables)
    text = document.text
    at = 0
    while True:
        tag = _TAG.search(text, at)
        if tag is None:
            reader.flush(len(text))
            return reader.blocks
        at = tag.end()
        if tag[2] is None:
            reader.flush(tag.start())
            close = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}.get(tag[0], ">")
            found = text.find(close, tag.end())
            at = len(text) if found < 0 else found + len(close)
            reader.begin(at)
            continue
        at = reader.tag(tag[1] == "/", tag[2].lower(), tag[3], tag.start(), tag.end())


class _Reader:
    def __init__(self, document: Document, tables: list[tuple[int, int]]) -> None:
        self.document, self.tables, self.table = document, tables, 0
        self.blocks: list[Block] = []
        self.start = 0
        self.kind, self.level, self.key = PARAGRAPH, 0, ""
        self.sections = 0
        self.reference = ""
        self.reference_start = -1
        self.in_list = False
        self.caption = 0
        self.references_section = False

    def begin(self, at: int) -> None:
        self.start = at

    def flush(self, end: int) -> None:
        """Close the block that is open, if it holds anything but white space."""
        start, self.start = self.start, end
        while self.table < len(self.tables) and self.tables[self.table][1] <= start:
            self.table += 1
        if self.table < len(self.tables) and self.tables[self.table][0] < end and self.tables[self.table][1] > start:
            return
        if self.reference_start >= 0:
            return
        text = self.document.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            kind, key = self.kind, self.key
            if kind == HEADING:
                self.references_section = text[start:end].strip(" :").lower() in REFERENCE_TITLES
            elif kind == BULLET and self.references_section:
                kind, key = REFERENCE, reference_key(text[start:end])
            elif kind == BULLET and _ONLY_A_LINK.fullmatch(text, start, end):
                kind = LINK
            self.blocks.append(Block(kind, start, end, self.level, key))

    def tag(self, closing: bool, name: str, attributes: str, start: int, after: int) -> int:
        """Take one tag; give the offset to go on from."""
        if name in _SKIPPED and not closing and not attributes.endswith("/"):
            close = re.compile(rf"</{re.escape(name)}\s*>", re.I).search(self.document.text, after)
            if close:
                self.flush(start)
                self.begin(close.end())
                return close.end()
            return after
        if name not in _BREAKS:
            return after
        self.flush(start)
        self.begin(after)
        self._state(closing, name, attributes, start, after)
        return after

    def _state(self, closing: bool, name: str, attributes: str, start: int, after: int) -> None:
        if name in ("sec", "abstract", "ref-list"):
            self.sections += -1 if closing else 1
        elif name in ("fig", "table-wrap", "figure"):
            self.caption += -1 if closing else 1
        elif name == "ref" and self.document.media == "jats":
            self._reference(closing, attributes, start, after)
            return
        if name in _HEADINGS or (name in ("title", "article-title") and not self.reference):
            level = _HEADINGS.get(name, 1 + max(self.sections, 0))
            self.kind, self.level = (PARAGRAPH, 0) if closing else (HEADING, level)
            if self.caption > 0 and not closing:
                self.kind, self.level = CAPTION, 0
        elif name in ("li", "list-item", "dd"):
            self.in_list = not closing
            self.kind, self.level = (PARAGRAPH, 0) if closing else (BULLET, 0)
        else:
            self.level = 0
            self.kind = CAPTION if self.caption > 0 else BULLET if self.in_list else PARAGRAPH
            if name == "nav" and not closing:
                self.kind = LINK

    def _reference(self, closing: bool, attributes: str, start: int, after: int) -> None:
        if not closing:
            found = re.search(r"""\bid\s*=\s*["']([^"']{1,80})""", attributes)
            self.reference, self.reference_start = (found[1] if found else "?"), after
        elif self.reference_start >= 0:
            self.blocks.append(Block(REFERENCE, self.reference_start, start, key=self.reference))
            self.reference, self.reference_start = "", -1
