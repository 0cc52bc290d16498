"""The structure of a document: passages under their headings, tables, links, citations and references.

A passage is one heading, paragraph, bullet, caption, table row or reference, as plain text with the offsets it came
from.  How blocks are found depends on the markup (`lines` for Markdown, scraped and plain text, `tags` for HTML and
JATS); everything after that does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from .document import Document
from .markup import Citation, Link, Plain, plain

HEADING, PARAGRAPH, BULLET, CAPTION, REFERENCE, RESIDUE, LINK = (
    "heading", "paragraph", "bullet", "caption", "reference", "residue", "link",
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """A range of the source that one block of text fills; `level` is a heading's depth, 0 where it is not marked."""

    kind: str
    start: int
    end: int
    level: int = 0
    key: str = ""


@dataclass(frozen=True)
class Passage:
    """A block as plain text, under its headings; `text[i]` came from `source(i, i + 1)`."""

    kind: str
    start: int
    end: int
    level: int
    headings: tuple[str, ...]
    body: Plain = field(repr=False, compare=False)
    key: str = ""

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def citations(self) -> list[Citation]:
        return self.body.citations

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Give the source range of a range of this passage's text."""
        return self.body.source(start, end)


@dataclass(frozen=True)
class Cell:
    """One table cell: the range of its content, and its plain text."""

    start: int
    end: int
    body: Plain = field(repr=False, compare=False)
    header: bool = False

    @property
    def text(self) -> str:
        return self.body.text


@dataclass(frozen=True)
class Row:
    """One table row: where it stands and its cells."""

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table: where it stands, its rows, whether it is an infobox, and whether it breaks off."""

    start: int
    end: int
    rows: tuple[Row, ...]
    infobox: bool
    truncated: bool


@dataclass(frozen=True)
class Outline:
    """The structure of one document, in the order of the source."""

    document: Document
    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]

    @cached_property
    def links(self) -> tuple[Link, ...]:
        found = [link for body in self._bodies() for link in body.links]
        return tuple(sorted(found, key=lambda link: link.start))

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """All citation marks outside the list of references."""
        found = [mark for passage in self.passages if passage.kind != REFERENCE for mark in passage.citations]
        found += [
            mark for table in self.tables for row in table.rows for cell in row.cells for mark in cell.body.citations
        ]
        return tuple(sorted(found, key=lambda mark: mark.start))

    @cached_property
    def references(self) -> tuple[Passage, ...]:
        return tuple(p for p in self.passages if p.kind == REFERENCE)

    @cached_property
    def infoboxes(self) -> tuple[Table, ...]:
        return tuple(table for table in self.tables if table.infobox)

    def _bodies(self) -> Iterator[Plain]:
        for passage in self.passages:
            yield passage.body
        for table in self.tables:
            for row in table.rows:
                for cell in row.cells:
                    yield cell.body


def outline(document: Document) -> Outline:
    """Find the passages and tables of a document."""
    from .tables import tables_of

    tables = tables_of(document.text)
    if document.media in ("html", "jats"):
        from .tables import definition_boxes
        from .tags import blocks_of_tags as blocks_of

        tables = sorted([*tables, *definition_boxes(document.text)], key=lambda t: t.start)
    else:
        from .lines import blocks_of_lines as blocks_of
        from .lines import tables_of_lines

        tables = sorted([*tables, *tables_of_lines(document, tables)], key=lambda t: t.start)
    blocks = blocks_of(document, [(t.start, t.end) for t in tables])
    return Outline(document, tuple(_passages(document, blocks)), tuple(tables))


def _passages(document: Document, blocks: list[Block]) -> Iterator[Passage]:
    """Give each block its headings.

    A marked heading closes those of its level and deeper.  Unmarked ones carry no level: one that directly follows
    another is its child, one that follows text replaces its last sibling, one that ends in a colon lies below
    those that do not.
    """
    stack: list[tuple[int, str]] = []
    last_heading = False
    for block in blocks:
        body = plain(document.text, block.start, block.end)
        if not body.text and not body.citations and not body.links:
            continue
        if block.kind == HEADING:
            title = body.text.rstrip(":").strip()
            level = block.level or _unmarked_level(stack, last_heading, body.text.endswith(":"))
            while stack and stack[-1][0] >= level:
                stack.pop()
            yield Passage(HEADING, block.start, block.end, level, tuple(t for _, t in stack), body, block.key)
            stack.append((level, title))
            last_heading = True
            continue
        last_heading = False
        yield Passage(block.kind, block.start, block.end, block.level, tuple(t for _, t in stack), body, block.key)


_COLON_LEVEL = 60  # below any other unmarked heading


def _unmarked_level(stack: list[tuple[int, str]], last_heading: bool, colon: bool) -> int:
    if colon:
        return _COLON_LEVEL
    plain_levels = [level for level, _ in stack if level < _COLON_LEVEL]
    if not plain_levels:
        return 10
    if last_heading and stack[-1][0] < _COLON_LEVEL:
        return min(plain_levels[-1] + 1, _COLON_LEVEL - 1)
    return plain_levels[-1]
