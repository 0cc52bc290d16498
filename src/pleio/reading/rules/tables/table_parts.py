"""What the rules of tables share: heads of columns, cells that name one thing, arrows, the range of a row."""

from __future__ import annotations

from ...documents.structure import Row, Table
from ...draft import Draft
from ...names.gazetteer import Gazetteer
from ...statement import Statement
from ...things import Thing, grounded

MOST_ROWS = 300
ARROWS = {
    **dict.fromkeys(("↑", "↑↑", "↑↑↑", "up", "increased", "increase", "increases", "elevated", "higher"), "increases"),
    **dict.fromkeys(("↓", "↓↓", "↓↓↓", "down", "decreased", "decrease", "decreases", "reduced", "lower"), "decreases"),
    **dict.fromkeys(
        ("↔", "→", "=", "no change", "unchanged", "no effect", "n.s.", "ns", "not significant", "unaffected"),
        "no_effect",
    ),
}


def heads_of(table: Table) -> list[str]:
    """Give the heads of the columns; none where the first row is no header."""
    first = table.rows[0].cells if table.rows else ()
    return [cell.text.strip() for cell in first] if any(cell.header for cell in first) else []


def thing_named(name: str) -> Thing | None:
    """Give what a cell names as a whole."""
    if not name or len(name) > 80:
        return None
    found = Gazetteer().find(name)
    if found and found[0].start == 0 and found[0].end >= len(name) - 2:
        m = found[0]
        return Thing(name, m.curie or None, None, "molecule" if m.is_molecule else m.category, mention=m)
    return grounded(name)


def redrafted(s: Statement) -> Draft:
    """Give a statement that was read from a cell by itself as a draft of the row."""
    subject, target = Thing(s.subject, s.subject_id), Thing(s.object, s.object_id)
    return Draft(subject, s.relation, target, s.rule, s.aspect, s.status, s.modality)


def range_of(row: Row) -> tuple[int, int]:
    """The row as a quotation, with its bars or tags."""
    return row.start, row.end
