"""What was observed of a study's own arms: rows of the library, or a table of one's own, as figures show them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ...base.errors import InputError, Problem, StudyError, nearest
from ...base.quantities import Quantity, parse_quantity
from ...base.units import parse
from ...inference.observations import NORMAL_90, Observation
from ...studies.figures.observed import Seen, quantiles_of
from ..readouts.readouts import LibraryReadouts
from .rows import NotModelled, Plan, plan
from .validation import read_all

if TYPE_CHECKING:
    from ...studies.regimens.dosing import Dosing
    from ...studies.result import Result
    from ..question import StudyInLibrary

COLUMNS = ("arm", "time", "of", "value")


def seen_in_library(asked: StudyInLibrary, result: Result) -> list[Seen]:
    """Find the library's observations of exactly the study's arms, in its species.

    A row counts where what it reads off is an endpoint of the study, or an observed quantity at a time.
    """
    readouts, found = LibraryReadouts(asked.library), []
    for row in read_all(asked.library):
        if row.population.species != asked.study.cohort.species or row.observed is None or row.is_statement:
            continue
        try:
            one = plan(row, readouts)
        except NotModelled:
            continue
        arm = _arm(one, asked)
        if arm is not None:
            found += list(_seen(one, arm, result))
    return found


def _arm(one: Plan, asked: StudyInLibrary) -> str | None:
    if one.against is not None or len(one.side.arms) != 1 or not set(one.side.mechanism) <= set(asked.stated.mechanism):
        return None
    given = one.side.arms[0]
    return next((name for name, arm in asked.study.arms.items() if arm and _same(tuple(arm), given)), None)


def _same(arm: tuple[Dosing, ...], given: tuple[Dosing, ...]) -> bool:
    def told(dosing: Dosing) -> tuple[object, ...]:
        return (dosing.agent, str(dosing.amount), dosing.route, str(dosing.every), dosing.times, dosing.start.to("h"))

    return [told(one) for one in arm] == [told(one) for one in given]


def _seen(one: Plan, arm: str, result: Result) -> Iterator[Seen]:
    row, readout = one.row, one.readout
    spread = NORMAL_90 * row.error if row.error is not None else None
    change = readout.relative == "change"
    for k, (name, endpoint) in enumerate(result.study.endpoints.items()):
        relative = endpoint.relative_to is not None
        if endpoint.of == one.of and endpoint.take == readout.take and relative == change and not endpoint.window:
            yield from _scaled(row, arm, name, result.units[k], spread, None)
    if readout.take == "value" and readout.relative is None and one.of in result.study.observed:
        at = Quantity(one.at, parse("h")).to(result.time_unit)
        unit = result.observed_units[result.study.observed.index(one.of)]
        yield from _scaled(row, arm, one.of, unit, spread, at)


def _scaled(row: Observation, arm: str, of: str, unit: str, spread: float | None, time: float | None) -> Iterator[Seen]:
    if row.observed is None:
        return
    factor = parse(row.unit).factor_to(parse(unit))
    low, high = (None, None) if spread is None else ((row.observed + k * spread) * factor for k in (-1, 1))
    yield Seen(arm, of, row.observed * factor, low, high, time, row.source)


def read_seen(path: Path, result: Result) -> list[Seen]:
    """Read what was observed from a table of one's own: columns arm, time, of, value, one row for each subject.

    `of` is an observed quantity of the study, `value` in its unit, `time` such as `14 d`.
    Raises:
        StudyError: a column is missing, or a row names what the study does not have.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            table = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as fault:
        raise StudyError(str(path), Problem("", f"cannot be read: {fault}", "name a CSV file")) from None
    missing = [name for name in COLUMNS if not table or name not in table[0]]
    if missing:
        raise StudyError(str(path), Problem("", f"has no column '{missing[0]}'", f"it needs {', '.join(COLUMNS)}"))
    groups: dict[tuple[str, str, float], list[float]] = defaultdict(list)
    problems = []
    for number, row in enumerate(table, start=2):
        try:
            arm, of = _one_of(row["arm"], result.arms), _one_of(row["of"], result.study.observed)
            time = parse_quantity(row["time"]).to(result.time_unit)
            groups[arm, of, time].append(float(row["value"]))
        except (InputError, ValueError, TypeError) as fault:
            problems.append(Problem(f"line {number}", str(fault)))
    if problems:
        raise StudyError(str(path), problems[:20])
    return [quantiles_of(arm, of, time, values, path.name) for (arm, of, time), values in groups.items()]


def _one_of(text: str, known: tuple[str, ...]) -> str:
    name = text.strip()
    if name not in known:
        raise ValueError(f"'{name}' is none of {', '.join(known)}; {nearest(name, known)}".rstrip("; "))
    return name
