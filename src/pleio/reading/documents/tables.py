"""HTML tables, wherever they stand: rows and cells with their offsets, also when the table breaks off.

One pass over the tags; nothing nests in it, so depth costs nothing.
"""

from __future__ import annotations

import re

from .listed import is_box
from .markup import plain
from .structure import Cell, Row, Table

_TAG = re.compile(r"<(/?)(table|tr|td|th|h[1-6]|/?body)\b([^<>]{0,2000})>", re.I)
_INFOBOX = re.compile(r"infobox|sidebar|vcard", re.I)
_CELL_END = re.compile(r"</t[dh]\s*>|</tr\s*>|</table\s*>|<t[dhr]\b|<table\b", re.I)
MOST_CELLS = 100_000


def tables_of(text: str) -> list[Table]:
    """Find the tables of a text, in order."""
    tables: list[Table] = []
    building: _Building | None = None
    cells = 0
    for tag in _TAG.finditer(text):
        closing, name = tag[1] == "/", tag[2].lower()
        if name == "table" and not closing:
            if building:
                tables.append(building.finish(None))
            building = _Building(text, tag.start(), tag.end(), bool(_INFOBOX.search(tag[3])))
        elif building is None:
            continue
        elif name == "table":
            tables.append(building.finish(tag.end()))
            building = None
        elif name == "tr":
            building.row(None if closing else tag.start(), tag.end())
        elif name in ("td", "th") and not closing:
            cells += 1
            if cells > MOST_CELLS:
                break
            building.cell(tag.start(), tag.end(), name == "th")
    if building:
        tables.append(building.finish(None))
    return tables


_ENTRIES = re.compile(r"<dl\b[^<>]{0,300}>")
_ENTRY = re.compile(
    r"<dt\b[^<>]{0,300}>((?:[^<]|<(?!/?d[tdl]\b)){1,80})</dt\s*>\s{0,20}"
    r"<dd\b[^<>]{0,300}>((?:[^<]|<(?!/?d[tdl]\b)){1,400})</dd\s*>",
    re.I,
)


def definition_boxes(text: str) -> list[Table]:
    """Find the lists of terms that are infoboxes: an identifier or an alias among the labels that infoboxes use."""
    tables: list[Table] = []
    for opening in _ENTRIES.finditer(text):
        close = text.find("</dl", opening.end())
        stop = close if close >= 0 else len(text)
        rows = [
            Row(e.start(), e.end(), tuple(Cell(*e.span(n), plain(text, *e.span(n))) for n in (1, 2)))
            for e in _ENTRY.finditer(text, opening.end(), stop)
        ]
        if rows and is_box(rows):
            tables.append(Table(opening.start(), stop, tuple(rows), True, False))
    return tables


class _Building:
    def __init__(self, text: str, start: int, after: int, infobox: bool) -> None:
        self.text, self.start, self.infobox = text, start, infobox
        self.rows: list[Row] = []
        self.cells: list[Cell] = []
        self.row_start = after
        self.last = after

    def row(self, start: int | None, after: int) -> None:
        if self.cells:
            self.rows.append(Row(self.row_start, after if start is None else self.last, tuple(self.cells)))
            self.cells = []
        if start is not None:
            self.row_start = start
        self.last = max(self.last, after)

    def cell(self, tag_start: int, start: int, header: bool) -> None:
        end = _CELL_END.search(self.text, start)
        stop = end.start() if end else self._line_end(start)
        if end and (end[0].lower().startswith(("<table", "<t"))):
            stop = min(stop, self._line_end(start))
        close = stop + len(end[0]) if end and end[0].startswith("</t") and end[0][3] in "dhDH" else stop
        self.cells.append(Cell(start, stop, plain(self.text, start, stop), header))
        self.last = close

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def finish(self, end: int | None) -> Table:
        self.row(None, self.last)
        stop = end if end is not None else self.last
        infobox = self.infobox or (end is not None and is_box(self.rows))
        return Table(self.start, stop, tuple(self.rows), infobox, end is None)
