"""A document as passages and tables, in the order of its page."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Document
from .lines import blocks_of_lines, tables_of_lines
from .markup import plain
from .structure import HEADING, Block, Outline, Passage
from .tables import definition_boxes, tables_of
from .tags import blocks_of_tags


def outline(document: Document) -> Outline:
    """Find the passages and tables of a document."""
    found = tables_of(document.text)
    if document.media in ("html", "jats"):
        tables = [*found, *definition_boxes(document.text)]
        blocks_of = blocks_of_tags
    else:
        tables = [*found, *tables_of_lines(document, found)]
        blocks_of = blocks_of_lines
    tables.sort(key=lambda table: table.start)
    blocks = blocks_of(document, [(table.start, table.end) for table in tables])
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
