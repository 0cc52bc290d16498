"""Reading a NONMEM-style data set: one row for each dose, observation or reset; every problem with its row.

    ID    subject; the rows of one stand together        EVID  0 observation, 1 dose, 2 other, 3 reset, 4 reset and dose
    TIME  of the row                                     MDV   1: the DV of this row is not an observation
    AMT   amount of a dose                               ADDL  how many further doses follow, II apart
    RATE  of an infusion; −1, −2: see `schedule.predict` II    interval between doses
    DUR   of an infusion, instead of RATE                SS    1: at steady state, 2: added to what is there
    CMT   where a dose goes                              DV    what was observed

Any further column is a covariate; a value holds from its row on.  `.`, `NA` and nothing mean missing.  Without EVID, a
row with an amount is a dose.  SS with RATE, without AMT and II, is an endless infusion that ends at its row.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from ...base.errors import Problem, StudyError
from ...base.files import read_text

COLUMNS = ("ID", "TIME", "AMT", "RATE", "DUR", "CMT", "EVID", "MDV", "ADDL", "II", "SS", "DV")
MISSING = ("", ".", "NA", "na", "NaN")
LARGEST = 200_000_000  # bytes
OBSERVATION, DOSE, OTHER, RESET, RESET_AND_DOSE = range(5)


@dataclass(frozen=True)
class Record:
    """One row.

    Attributes:
        row: its number in the file, the header being 1.
        duration: of an infusion as DUR says it; 0 where it does not.
        rate: of an infusion as RATE says it: −1 and −2 for a rate and a duration that are given elsewhere.
        value: what was observed; None where nothing was.
        covariates: that the row states.
    """

    row: int
    time: float
    event: int
    amount: float = 0.0
    duration: float = 0.0
    compartment: str = ""
    additional: int = 0
    interval: float = 0.0
    steady: int = 0
    value: float | None = None
    rate: float = 0.0
    covariates: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_endless(self) -> bool:
        """Whether it is the steady state of an infusion without an end."""
        return self.steady > 0 and self.amount == 0

    @property
    def is_dose(self) -> bool:
        return self.event in (DOSE, RESET_AND_DOSE)

    @property
    def is_reset(self) -> bool:
        return self.event in (RESET, RESET_AND_DOSE)


@dataclass(frozen=True)
class Individual:
    """One subject: its records in order, and its covariates as its rows state them first."""

    id: str
    records: tuple[Record, ...]
    covariates: Mapping[str, float]


@dataclass(frozen=True)
class DataSet:
    """All subjects of a data set."""

    individuals: tuple[Individual, ...]
    covariates: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.individuals)

    @property
    def changing(self) -> tuple[str, ...]:
        """The covariates that change with time in some subject."""
        return tuple(
            name
            for name in self.covariates
            if any(
                record.covariates.get(name, one.covariates.get(name)) != one.covariates.get(name)
                for one in self.individuals
                for record in one.records
            )
        )


def read_dataset(source: Path | str, *, name: str | None = None, horizon: float = math.inf) -> DataSet:
    """Read a data set.

    Args:
        source: a CSV file, or its text.
        name: how errors call it; the path by default.
        horizon: when the study ends; a dose after it is an error.
    Raises:
        StudyError: every row that does not make sense, and why.
    """
    label = name or (str(source) if isinstance(source, Path) else "data set")
    text = source if isinstance(source, str) else read_text(source, StudyError, largest=LARGEST, label=label)
    header, rows = _table(text, label)
    problems: list[Problem] = []
    groups: list[tuple[str, list[Record]]] = []
    seen: set[str] = set()
    for number, cells in rows:
        row = _Row(number, dict(zip(header, cells, strict=True)), problems)
        id = row.text("ID")
        if not groups or groups[-1][0] != id:
            if id in seen:
                row.wrong("ID", f"subject {id} comes back after another", "put the rows of a subject together")
            seen.add(id)
            groups.append((id, []))
        record, covariates = row.record(horizon), row.covariates(header)
        if record is not None:
            groups[-1][1].append(replace(record, covariates=covariates))
    for id, records in groups:
        problems += _order(id, records)
    if problems:
        raise StudyError(label, sorted(problems, key=lambda problem: int(problem.where.split()[1])))  # of "row 7 AMT"
    individuals = tuple(Individual(id, tuple(records), _first(records)) for id, records in groups)
    return DataSet(individuals, tuple(column for column in header if column not in COLUMNS))


def _table(text: str, label: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        lines = [(i + 1, [cell.strip() for cell in row]) for i, row in enumerate(csv.reader(io.StringIO(text)))]
    except csv.Error as fault:
        raise StudyError(label, f"is not CSV: {fault}") from None
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if len(lines) < 2:
        raise StudyError(label, Problem("", "has no rows", "the first row names the columns, the others follow"))
    header = [cell.lstrip("#").strip() for cell in lines[0][1]]
    header = [cell.upper() if cell.upper() in COLUMNS else cell for cell in header]
    problems = [Problem("header", f"has no column {needed}") for needed in ("ID", "TIME") if needed not in header]
    problems += [Problem("header", f"names '{c}' twice") for c in dict.fromkeys(header) if header.count(c) > 1]
    problems += [
        Problem(f"row {number}", f"has {len(cells)} cells, the header {len(header)}")
        for number, cells in lines[1:]
        if len(cells) != len(header)
    ]
    if problems:
        raise StudyError(label, problems)
    return header, lines[1:]


class _Row:
    """Reads the cells of one row, and notes what is wrong with them."""

    def __init__(self, number: int, cells: dict[str, str], problems: list[Problem]) -> None:
        self.number, self.cells, self.problems = number, cells, problems

    def wrong(self, column: str, what: str, help: str = "") -> None:
        self.problems.append(Problem(f"row {self.number} {column}".rstrip(), what, help))

    def text(self, column: str) -> str:
        value = self.cells.get(column, "")
        if value in MISSING:
            self.wrong(column, "is missing")
        return value

    def number_in(self, column: str, default: float = 0.0) -> float:
        value = self.cells.get(column, "")
        if value in MISSING:
            return default
        try:
            found = float(value)
        except ValueError:
            found = math.nan
        if not math.isfinite(found):
            self.wrong(column, f"'{value}' is not a number")
            return default
        return found

    def whole(self, column: str, allowed: Sequence[int] | None = None, default: int = 0) -> int:
        value = self.number_in(column, default)
        if value != int(value) or (allowed is not None and int(value) not in allowed):
            words = "a whole number" if allowed is None else ", ".join(map(str, allowed))
            self.wrong(column, f"'{self.cells[column]}' is not {words}")
            return default
        return int(value)

    def covariates(self, header: list[str]) -> dict[str, float]:
        found = {column: self.number_in(column, math.nan) for column in header if column not in COLUMNS}
        return {column: value for column, value in found.items() if not math.isnan(value)}

    def record(self, horizon: float) -> Record | None:
        """Read the row; None where it cannot be understood."""
        before = len(self.problems)
        if self.cells.get("TIME", "") in MISSING:
            self.wrong("TIME", "is missing")
        time, amount, rate = self.number_in("TIME"), self.number_in("AMT"), self.number_in("RATE")
        event = self.whole("EVID", range(5), DOSE if amount > 0 else OBSERVATION)
        duration = self.number_in("DUR")
        is_dose = event in (DOSE, RESET_AND_DOSE)
        additional, interval, steady = self.whole("ADDL"), self.number_in("II"), self.whole("SS", (0, 1, 2))
        if time < 0:
            self.wrong("TIME", f"{time:g} is before the start")
        if is_dose:
            self._check_dose(amount, rate, duration, additional, interval, steady)
            last = time + max(0, additional) * interval
            if last > horizon:
                self.wrong(
                    "TIME", f"gives a dose at {last:g}, after the end at {horizon:g}", "move the end or the dose"
                )
        elif amount:
            self.wrong("AMT", f"is {amount:g} in a row that is no dose", "set EVID to 1, or AMT to 0")
        is_observed = event == OBSERVATION and not self.whole("MDV", (0, 1)) and self.cells.get("DV", "") not in MISSING
        value = self.number_in("DV") if is_observed else None
        if len(self.problems) > before:
            return None
        place = self.cells.get("CMT", "")
        place = "" if place in MISSING else place
        return Record(
            self.number, time, event, amount, duration, place, max(0, additional), interval, steady, value, rate
        )

    def _check_dose(
        self, amount: float, rate: float, duration: float, additional: int, interval: float, steady: int
    ) -> None:
        endless = steady > 0 and amount == 0 and (rate > 0 or rate == -1)
        if amount <= 0 and not endless:
            self.wrong("AMT", f"of a dose is {amount:g}", "give a positive amount, or EVID 0")
        if endless and (additional or interval):
            self.wrong("ADDL" if additional else "II", "goes with no endless infusion", "leave it out, or give AMT")
        if rate < 0 and rate not in (-1, -2):
            self.wrong("RATE", f"{rate:g} is negative")
        if duration < 0:
            self.wrong("DUR", f"{duration:g} is negative")
        if rate and duration:
            self.wrong("DUR", "is given beside RATE", "give one of them")
        if additional < 0:
            self.wrong("ADDL", f"{additional} is negative")
        if additional > 0 and interval <= 0:
            self.wrong("II", "is missing, though ADDL asks for further doses", "give the interval between doses")
        if steady and interval <= 0 and not endless:
            self.wrong("II", "is missing, though SS asks for a steady state", "give the interval between doses")
        if interval < 0:
            self.wrong("II", f"{interval:g} is negative")


def _order(id: str, records: list[Record]) -> Iterable[Problem]:
    for before, after in pairwise(records):
        if after.time < before.time and not after.is_reset:
            what = f"{after.time:g} comes after {before.time:g} for subject {id}"
            yield Problem(f"row {after.row} TIME", what, "sort the rows by time, or reset with EVID 3 or 4")


def _first(records: Iterable[Record]) -> dict[str, float]:
    """Give a subject's covariates as they are stated first."""
    first: dict[str, float] = {}
    for record in records:
        first = {**record.covariates, **first}
    return first
