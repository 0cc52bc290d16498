"""Tables of text, separated by commas or tabs: bounded, read as a stream, every bad row named."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ..base.errors import ClaimError, Problem
from ..base.files import readable
from ..claims.tables.lines import LONGEST_LINE, MOST_ROWS
from .formulas import guarded, is_formula, unguarded

Cells = dict[str, str]


def read_separated(
    path: Path, separator: str, check: Callable[[Sequence[str], str], None]
) -> Iterator[tuple[str, Cells | ClaimError]]:
    """Give each row by column, or what is wrong with it, and where it stands.

    Args:
        check: looks at the header, may raise.

    Raises:
        ClaimError: the file cannot be opened, has no header, is not UTF-8, or has too many rows.
    """
    csv.field_size_limit(LONGEST_LINE)
    with readable(str(path), ClaimError), open(path, encoding="utf-8-sig", newline="") as file:
        try:
            rows = csv.reader(_bounded(file, path), delimiter=separator, strict=True)
            names = [name.strip() for name in next(rows, [])]
            if not names:
                raise ClaimError(str(path), "is empty; its first row should name the columns")
            check(names, f"{path.name}:1")
            for count, cells in enumerate(rows, start=1):
                if count > MOST_ROWS:
                    raise ClaimError(str(path), Problem("", f"has more than {MOST_ROWS:,} rows", "cut it in parts"))
                if any(cells):
                    yield _row(path, rows.line_num, names, cells)
        except csv.Error as fault:
            raise ClaimError(str(path), f"is not a table that can be read: {fault}") from None


def write_separated(names: Sequence[str], rows: Iterable[Cells], separator: str) -> bytes:
    """Write a table with the columns that hold anything."""
    every = list(rows)
    used = [name for name in names if any(row.get(name) for row in every)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(used)
    writer.writerows([guarded(row.get(name, "")) for name in used] for row in every)
    return text.getvalue().encode()


def _row(path: Path, line: int, names: Sequence[str], cells: Sequence[str]) -> tuple[str, Cells | ClaimError]:
    where = f"{path.name}:{line}"
    if len(cells) > len(names):
        return where, ClaimError(where, Problem("", f"has {len(cells)} cells under {len(names)} columns"))
    help = "a spreadsheet would run it; put an apostrophe before it"
    formulas = [name for name, cell in zip(names, cells, strict=False) if is_formula(cell.strip())]
    if formulas:
        return where, ClaimError(where, [Problem(name, "looks like a formula", help) for name in formulas])
    return where, {name: unguarded(cell.strip()) for name, cell in zip(names, cells, strict=False)}


def _bounded(lines: io.TextIOWrapper, path: Path) -> Iterator[str]:
    number = 0
    while line := lines.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise ClaimError(str(path), Problem(f"line {number}", f"is longer than {LONGEST_LINE:,} characters"))
        yield line
