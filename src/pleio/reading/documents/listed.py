"""Tables that Markdown and plain text write in lines: pipe tables, and lists of labels with their values.

A list of labels ("- **NCBI Gene ID:** 3569", "UniProt: P05231") counts as an infobox where its labels are those of
one; other lists stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..words.labels import ALIAS_LABELS, BOX_LABELS, IDENTIFIER_LABELS
from .markup import plain
from .structure import Cell, Row, Table

MOST_CELL_ROWS = 20_000
_RULER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*){1,50}\|?[ \t]*$")
_BREAK = re.compile(r"(?<!\\)\|")
_ENTRY = re.compile(
    r"[ \t]*(?:[-*+•][ \t]+)?(?:\*\*|__)?(?P<label>[A-Za-z][\w /-]{1,38}?)(?:\*\*|__)?"
    r"(?:[ \t]*:(?:\*\*|__)?[ \t]+|\t[ \t]*)"
    r"(?P<value>\S.{0,300})$"
)
_LONGEST_VALUE = 60  # of an entry whose label is not known; a longer one is a sentence with a label

Line = tuple[int, int]


def pipe_tables(text: str, lines: list[Line]) -> list[Table]:
    """Find the pipe tables: lines with bars around a line of dashes.

    The line above the dashes is a header only where its label is not one that infoboxes use.
    """
    tables: list[Table] = []
    index = 1
    while index < len(lines):
        if (
            "-" in text[slice(*lines[index])][:8]
            and _RULER.match(text, *lines[index])
            and _has_bar(text, lines[index - 1])
        ):
            stop = index + 1
            while stop < len(lines) and stop - index < MOST_CELL_ROWS and _has_bar(text, lines[stop]):
                stop += 1
            head = _pipe_row(text, lines[index - 1])
            if _label(head) not in BOX_LABELS:
                head = Row(head.start, head.end, tuple(Cell(c.start, c.end, c.body, True) for c in head.cells))
            rows = (head, *(_pipe_row(text, line) for line in lines[index + 1 : stop]))
            tables.append(Table(head.start, rows[-1].end, rows, is_box(rows), False))
            index = stop
        index += 1
    return [
        *tables,
        *_bare_tables(text, [line for line in lines if not any(t.start <= line[0] < t.end for t in tables)]),
    ]


_FEWEST = 2  # bars in each line of a table without a rule


def _bare_tables(text: str, lines: list[Line]) -> list[Table]:
    """Find the tables whose head no line of dashes parts from the rest: three lines or more with as many bars."""
    tables: list[Table] = []
    run: list[Row] = []
    for line in [*lines, (len(text), len(text))]:
        bars = text.count("|", *line) if line[0] < len(text) else 0
        row = _pipe_row(text, line) if bars >= _FEWEST and line[1] - line[0] < 400 else None
        if row is not None and (not run or len(run[0].cells) == len(row.cells)):
            run.append(row)
            continue
        if len(run) > 2 and _label(run[0]) not in BOX_LABELS:
            head = Row(run[0].start, run[0].end, tuple(Cell(c.start, c.end, c.body, True) for c in run[0].cells))
            tables.append(Table(head.start, run[-1].end, (head, *run[1:]), False, False))
        run = [row] if row is not None else []
    return tables


_GAP = re.compile(r"[ \t]{2,}|\t")
_MOST_COLUMNS, _WIDEST = 12, 40


def spaced_tables(text: str, lines: list[Line]) -> list[Table]:
    """Find the tables that plain text sets with spaces: a head and two rows or more, in three columns or more."""
    tables: list[Table] = []
    run: list[Row] = []
    for line in [*lines, (len(text), len(text))]:
        row = _spaced_row(text, line)
        if row is not None and (not run or _aligned(text, run[0], row)):
            run.append(row)
            continue
        if len(run) > 2:
            head = Row(run[0].start, run[0].end, tuple(Cell(c.start, c.end, c.body, True) for c in run[0].cells))
            tables.append(Table(head.start, run[-1].end, (head, *run[1:]), False, False))
        run = [row] if row is not None else []
    return tables


def _spaced_row(text: str, line: Line) -> Row | None:
    start, end = line
    if not 12 <= end - start <= 240 or text[start] in " \t|<#-*" or text.find("  ", start, end) < 0:
        return None
    cells, at = [], start
    for gap in [*_GAP.finditer(text, start, end), None]:
        stop = gap.start() if gap is not None else end
        if stop > at:
            cells.append(_cell(text, at, stop))
        at = gap.end() if gap is not None else end
    if not 3 <= len(cells) <= _MOST_COLUMNS or any(c.end - c.start > _WIDEST for c in cells):
        return None
    return Row(start, cells[-1].end, tuple(cells))


def _aligned(text: str, head: Row, row: Row) -> bool:
    """Say whether the columns of a row begin where those of the head do, give or take a tab."""
    if len(head.cells) != len(row.cells):
        return False
    tabs = "\t" in text[row.start : row.end]
    return tabs or all(
        abs((a.start - head.start) - (b.start - row.start)) <= 3 for a, b in zip(head.cells, row.cells, strict=True)
    )


def label_lists(text: str, lines: list[Line]) -> list[Table]:
    """Find the lists of labels that are infoboxes; blank lines may stand between the entries."""
    tables: list[Table] = []
    run: list[Row] = []
    for line in [*lines, (len(text), len(text))]:
        if line[0] < len(text) and not text[slice(*line)].strip():
            continue
        row = _entry(text, line)
        if row is not None:
            run.append(row)
            continue
        while run and _label(run[-1]) not in BOX_LABELS:
            run.pop()
        while run and _label(run[0]) not in BOX_LABELS:
            run.pop(0)
        if is_box(run) or any(_identifies(row) for row in run):
            tables.append(Table(run[0].start, run[-1].end, tuple(run), True, False))
        run = []
    return tables


def is_box(rows: Iterable[Row]) -> bool:
    """Say whether rows of label and value are an infobox: an identifier among two labels that infoboxes use."""
    labels = {_label(row) for row in rows if len(row.cells) == 2}
    return len(labels & BOX_LABELS) >= 2 and bool(labels & (IDENTIFIER_LABELS.keys() | ALIAS_LABELS | {"symbol"}))


def _identifies(row: Row) -> bool:
    value = row.cells[1].text
    return _label(row) in IDENTIFIER_LABELS and len(value) <= _LONGEST_VALUE and any(c.isdigit() for c in value)


def _label(row: Row) -> str:
    return row.cells[0].text.strip().rstrip(":").lower() if row.cells else ""


def _has_bar(text: str, line: Line) -> bool:
    return text.find("|", *line) >= 0


def _pipe_row(text: str, line: Line) -> Row:
    start, end = line
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    left = start + 1 if text.startswith("|", start) else start
    right = end - 1 if end > left and text[end - 1] == "|" and text[end - 2] != "\\" else end
    cells, at = [], left
    for bar in [*(m.start() for m in _BREAK.finditer(text, left, right)), right]:
        cells.append(_cell(text, at, bar))
        at = bar + 1
    return Row(start, end, tuple(cells))


def _entry(text: str, line: Line) -> Row | None:
    if line[1] - line[0] > 400:
        return None
    match = _ENTRY.match(text, *line)
    if match is None:
        return None
    known = match["label"].lower() in BOX_LABELS
    if not known and len(match["value"]) > _LONGEST_VALUE:
        return None
    cells = (_cell(text, *match.span("label")), _cell(text, *match.span("value")))
    return Row(match.start("label"), match.end("value"), cells)


def _cell(text: str, start: int, end: int) -> Cell:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Cell(start, end, plain(text, start, end))
