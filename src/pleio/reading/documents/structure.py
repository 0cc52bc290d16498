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
from .markup import Citation, Link, Plain

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
