"""The files of a PEtab problem: what its YAML file names, tables with tabs between cells, each row with its place."""

from __future__ import annotations

import csv
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...base.errors import ModelError, Problem, nearest
from ...base.files import read_text
from ...base.yaml import Loaded, load

LARGEST = 100_000_000  # bytes of one table
NEEDED = {
    "parameter": ("parameterId", "parameterScale", "nominalValue", "estimate"),
    "condition": ("conditionId",),
    "observable": ("observableId", "observableFormula", "noiseFormula"),
    "measurement": ("observableId", "simulationConditionId", "measurement", "time"),
}
MISSING = ("", "nan", "na", "n/a")


@dataclass(frozen=True)
class Row:
    """One row of a table: its file and line, and its cells by column."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def number(self, column: str, problems: list[Problem], *, infinite: bool = False) -> float:
        """Give the number in a cell; where there is none, a problem is noted and NaN is given."""
        text = self[column]
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if math.isnan(value) or (math.isinf(value) and not (infinite and value > 0)):
            problems.append(Problem(self.where, f"'{column}' is {_said(text)}, not a number"))
        return value


@dataclass(frozen=True)
class Files:
    """What the YAML file names: the model, and the rows of each kind of table."""

    model: Path
    rows: Mapping[str, tuple[Row, ...]]


def read_files(path: Path) -> Files:
    """Read the YAML file of a problem and the tables that it names.

    Raises:
        ModelError: a file is missing or is no table, a column is missing or is there twice, or it is not version 1.
    """
    loaded = load(path, error=ModelError)
    problems: list[Problem] = []
    named = dict(_named(loaded, problems))
    if problems:
        raise ModelError(str(path), problems)
    rows: dict[str, tuple[Row, ...]] = {}
    for kind, files in named.items():
        if kind != "sbml":
            rows[kind] = tuple(row for file in files for row in _rows(path.parent / file, file, kind, problems))
    model = path.parent / named["sbml"][0]
    if not model.is_file():
        problems.append(Problem(named["sbml"][0], "does not exist", "check the path in the YAML file"))
    if problems:
        raise ModelError(str(path), problems)
    return Files(model, rows)


def only(rows: Collection[Row], column: str, problems: list[Problem]) -> dict[str, Row]:
    """Give rows by their id; an id that is missing, or that is there twice, is a problem."""
    found: dict[str, Row] = {}
    for row in rows:
        id = row[column]
        if not id:
            problems.append(Problem(row.where, f"'{column}' is empty"))
        elif id in found:
            problems.append(Problem(row.where, f"'{id}' is there already", f"see {found[id].where}"))
        else:
            found[id] = row
    return found


def choice(row: Row, column: str, known: Collection[str], usual: str, problems: list[Problem]) -> str:
    """Give the word in a cell, the usual one where it is empty; another word is a problem."""
    text = row[column] or usual
    if text not in known:
        problems.append(Problem(row.where, f"'{column}' is '{text}'", nearest(text, known)))
    return text


def _named(loaded: Loaded, problems: list[Problem]) -> Iterator[tuple[str, list[str]]]:
    content = loaded.value if isinstance(loaded.value, dict) else {}
    version = str(content.get("format_version", ""))
    if not version:
        what = "has no 'format_version'"
        problems.append(Problem("", what, "is it a PEtab problem? it names its version, a model and tables"))
        return
    if version.split(".")[0] != "1":
        problems.append(Problem(loaded.where(("format_version",)), f"is PEtab {version}", "version 1 is read"))
        return
    parts = content.get("problems")
    if not isinstance(parts, list) or len(parts) != 1 or not isinstance(parts[0], dict):
        count = f"{len(parts)} problems" if isinstance(parts, list) else "no list of problems"
        problems.append(Problem(loaded.where(("problems",)), f"has {count}", "one is read"))
        return
    yield from _listed(loaded, "parameter", content.get("parameter_file"), ("parameter_file",), problems)
    for kind in ("sbml", "condition", "observable", "measurement"):
        key = f"{kind}_files"
        yield from _listed(loaded, kind, parts[0].get(key), ("problems", 0, key), problems)


def _listed(
    loaded: Loaded, kind: str, value: Any, place: tuple[str | int, ...], problems: list[Problem]
) -> Iterator[tuple[str, list[str]]]:
    files = [value] if isinstance(value, str) else value
    if not isinstance(files, list) or not files or not all(isinstance(one, str) and one for one in files):
        problems.append(Problem(loaded.where(place), "names no files", "give a list of file names"))
    elif kind == "sbml" and len(files) != 1:
        problems.append(Problem(loaded.where(place), f"names {len(files)} models", "one is read"))
    else:
        yield kind, files


def _rows(path: Path, name: str, kind: str, problems: list[Problem]) -> Iterator[Row]:
    try:
        text = read_text(path, ModelError, largest=LARGEST, label=name)
    except ModelError as fault:
        problems.extend(Problem(name, problem.what, problem.help) for problem in fault.problems)
        return
    lines = csv.reader(text.splitlines(), delimiter="\t", strict=True)
    try:
        head = [cell.strip() for cell in next(lines, [])]
        found = [(lines.line_num, cells) for cells in lines if any(cell.strip() for cell in cells)]
    except csv.Error as fault:
        what = f"cannot be parted into cells: {fault}"
        problems.append(Problem(f"{name}:{lines.line_num}", what, "close every quotation mark"))
        return
    wrong = list(_wrong(name, head, NEEDED[kind]))
    if not wrong and not found:
        wrong = [Problem(name, "has no rows")]
    problems.extend(wrong)
    for line, cells in () if wrong else found:
        where = f"{name}:{line}"
        if len(cells) > len(head):
            what = f"has {len(cells)} cells under {len(head)} columns"
            problems.append(Problem(where, what, "put tabs between cells"))
        else:
            yield Row(where, {column: cell.strip() for column, cell in zip(head, cells, strict=False)})


def _wrong(name: str, head: list[str], needed: Collection[str]) -> Iterator[Problem]:
    """Tell columns that are missing, or there twice."""
    if len(head) == 1 and len(needed) > 1:
        yield Problem(f"{name}:1", "has one column", "put tabs between cells")
        return
    for one in sorted(set(head)):
        if head.count(one) > 1:
            yield Problem(f"{name}:1", f"the column '{one}' is there twice")
    for one in needed:
        if one not in head:
            yield Problem(f"{name}:1", f"the column '{one}' is missing", nearest(one, set(head) - {"", *needed}))


def _said(text: str) -> str:
    return "empty" if not text else f"'{text[:60]}'"
