"""Subjects from a CSV file: one row each, an `ID` and covariates with their units.

A column's head names a covariate and its unit, `weight [kg]` or `weight (kg)`; without a unit it is a number.  In the
study, `columns` gives a head another name and unit, `{WT: 'weight [kg]'}`.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ...base.errors import InputError, Problem, StudyError
from ...base.files import read_text
from ...base.units import Unit, parse
from ..forms import Form

Array = NDArray[np.float64]

MISSING = ("", ".", "NA", "na", "NaN", "nan")
LARGEST = 20_000_000  # bytes
KEYS = ("file", "text", "take", "columns")


class SubjectTable(Form):
    """Subjects that are not drawn from distributions but taken from a table.

    Attributes:
        take: `with replacement`: each subject of each world is one of them, drawn; `exactly`: each world has these.
        ids: of the rows.
        units: covariate → the text of its unit.
        rows: values in the order of `units`.
    """

    take: Literal["with replacement", "exactly"] = "with replacement"
    ids: tuple[str, ...]
    units: dict[str, str]
    rows: tuple[tuple[float, ...], ...]

    def column(self, name: str) -> Array:
        """Give a covariate of all subjects.  Shape (rows,)."""
        return np.array([row[list(self.units).index(name)] for row in self.rows], dtype=np.float64)

    def unit(self, name: str) -> Unit:
        return parse(self.units[name] or "1")

    def only(self, kept: NDArray[np.bool_]) -> SubjectTable:
        """Give some of the rows.

        Args:
            kept: Shape (rows,).
        """
        some = np.nonzero(kept)[0]
        update = {"ids": tuple(self.ids[i] for i in some), "rows": tuple(self.rows[i] for i in some)}
        return self.model_copy(update=update)


def with_subjects(value: Any, folder: Path | None) -> Any:
    """Give a study's nested mappings with the file that its cohort names read into it.

    Args:
        folder: that a relative path starts from; None where the study is no file, and may name none.
    Raises:
        StudyError: every row that does not make sense, and why.
    """
    cohort = value.get("cohort") if isinstance(value, dict) else None
    stated = cohort.get("subjects") if isinstance(cohort, dict) else None
    if stated is None or not isinstance(cohort, dict) or (isinstance(stated, dict) and "rows" in stated):
        return value  # nothing to read, or it was read when the study was written out
    table = _read(stated, folder)
    size = cohort.get("size")
    if table.take == "exactly":
        table = _included(table, cohort.get("include") or ())
        if size is not None and size != len(table.ids):
            what = f"is {size}, but the file has {len(table.ids)} subjects, and they are taken exactly"
            raise StudyError("cohort.size", Problem("", what, "leave it out, or write 'take: with replacement'"))
        size = len(table.ids)
    return {**value, "cohort": {**cohort, "subjects": table, **({} if size is None else {"size": size})}}


def _read(stated: Any, folder: Path | None) -> SubjectTable:
    where = "cohort.subjects"
    if not isinstance(stated, dict) or ("file" in stated) == ("text" in stated):
        raise StudyError(where, Problem("", "names no file", "write 'subjects: {file: patients.csv}'"))
    unknown = [key for key in stated if key not in KEYS]
    take = stated.get("take", "with replacement")
    columns = stated.get("columns") or {}
    problems = [Problem(where, f"unknown key '{key}'", f"known: {', '.join(KEYS)}") for key in unknown]
    if take not in ("with replacement", "exactly"):
        problems.append(Problem(f"{where}.take", f"'{take}' is not known", "write 'with replacement' or 'exactly'"))
    if not isinstance(columns, dict):
        problems.append(Problem(f"{where}.columns", "is no mapping", "write {WT: 'weight [kg]'}"))
    if problems:
        raise StudyError("study", problems)
    if "text" in stated:
        return read_subjects(str(stated["text"]), name=where, columns=columns, take=take)
    if folder is None:
        help = "save the study as a file, or write the rows under 'text'"
        raise StudyError(where, Problem("", "names a file, which only a study that is a file itself may", help))
    path = folder / str(stated["file"])
    missing = "paths start from the folder of the study"
    text = read_text(path, StudyError, largest=LARGEST, label=str(stated["file"]), missing=missing)
    return read_subjects(text, name=str(stated["file"]), columns=columns, take=take)


def read_subjects(
    text: str,
    *,
    name: str = "subjects",
    columns: Mapping[str, str] | None = None,
    take: Literal["with replacement", "exactly"] = "with replacement",
) -> SubjectTable:
    """Read subjects from CSV text.

    Args:
        name: how errors call it.
        columns: head → covariate and unit, where the head does not say.
    Raises:
        StudyError: every row that does not make sense, and why.
    """
    try:
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    except csv.Error as fault:
        raise StudyError(name, f"is not CSV: {fault}") from None
    rows = [(i + 1, [cell.strip() for cell in row]) for i, row in enumerate(lines) if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise StudyError(name, Problem("", "has no subjects", "the first row names the columns, the others follow"))
    problems: list[Problem] = []
    heads = _heads(rows[0][1], columns or {}, problems)
    if problems:
        raise StudyError(name, problems)
    ids: list[str] = []
    values: list[tuple[float, ...]] = []
    for number, cells in rows[1:]:
        if len(cells) != len(heads):
            problems.append(Problem(f"row {number}", f"has {len(cells)} cells, the header {len(heads)}"))
            continue
        given = dict(zip(heads, cells, strict=True))
        id = given.pop("", str(number - 1))
        if id in ids:
            problems.append(Problem(f"row {number} ID", f"subject {id} is there twice", "give each one row"))
        ids.append(id)
        values.append(tuple(_number(cell, f"row {number} {head}", problems) for head, cell in given.items()))
    if problems:
        raise StudyError(name, problems)
    return SubjectTable(
        take=take, ids=tuple(ids), units={head: unit for head, unit in heads.items() if head}, rows=tuple(values)
    )


def _heads(cells: list[str], columns: Mapping[str, str], problems: list[Problem]) -> dict[str, str]:
    """Read the header: covariate → unit, "" standing for the ID."""
    found: dict[str, str] = {}
    for cell in cells:
        text = str(columns.get(cell, cell))
        match = re.fullmatch(r"([A-Za-z_]\w*)\s*(?:\[(.*)\]|\((.*)\))?", text)
        if match is None:
            problems.append(Problem("header", f"'{text}' is no covariate", "write a name and its unit: weight [kg]"))
            found[text] = ""
            continue
        head, unit = ("" if match[1].upper() == "ID" else match[1]), (match[2] or match[3] or "").strip()
        if head in found:
            problems.append(Problem("header", f"names '{match[1]}' twice"))
        try:
            parse(unit or "1")
        except InputError as fault:
            problems += [Problem(f"header '{text}'", problem.what, problem.help) for problem in fault.problems]
        found[head] = unit
    for missing in set(columns) - set(cells):
        problems.append(Problem("header", f"has no column '{missing}', which 'columns' renames"))
    if not any(found):
        problems.append(Problem("header", "names no covariate", "add a column such as weight [kg]"))
    return found


def _number(cell: str, where: str, problems: list[Problem]) -> float:
    try:
        value = math.nan if cell in MISSING else float(cell)
    except ValueError:
        problems.append(Problem(where, f"'{cell}' is not a number", "write categories as numbers, such as 0 and 1"))
        return math.nan
    if not math.isfinite(value):
        problems.append(Problem(where, "is missing", "leave the row or the column out"))
    return value


def _included(table: SubjectTable, include: Any) -> SubjectTable:
    from ..formula import evaluate  # which loads the parser of formulas

    kept = np.ones(len(table.ids), dtype=bool)
    columns = {name: table.column(name) for name in table.units}
    for text in [include] if isinstance(include, str) else include:
        try:
            kept &= evaluate(str(text), columns) != 0
        except InputError as fault:
            what = (
                f"{fault.problems[0].what}; of subjects that are taken exactly, criteria may name columns of the file"
            )
            raise StudyError("cohort.include", Problem(f"'{text}'", what, fault.problems[0].help)) from None
    if not kept.any():
        help = "widen the criteria"
        what = f"excludes everyone: none of the {len(table.ids)} subjects of the file meets it"
        raise StudyError("cohort.include", Problem(" and ".join(map(str, include)), what, help))
    return table.only(kept)
