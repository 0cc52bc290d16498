"""What was observed of a study's own arms: rows of the library, or a table of one's own, as figures show them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...base.errors import InputError, Problem, StudyError, nearest
from ...base.files import readable
from ...base.quantities import Quantity, parse_distribution, parse_quantity
from ...base.units import parse
from ...inference.observations import NORMAL_90, UNTIL_DEATH, Observation
from ...studies.figures.observed import Seen, quantiles_of
from ..readouts.readouts import LibraryReadouts
from .rows import NotModelled, Plan, plan
from .validation import read_all

if TYPE_CHECKING:
    from ...studies.regimens.dosing import Dosing
    from ...studies.result import Result
    from ..question import StudyInLibrary

PARTS = ("amount", "route", "every", "times")
"""What a source may leave unsaid of a regimen."""
ALIKE = 1.5
"""Medians of what subjects have in two groups that are alike lie within this ratio."""
COLUMNS = ("arm", "time", "of", "value")


def seen_in_library(asked: StudyInLibrary, result: Result) -> list[Seen]:
    """Find the library's observations of the study's arms, in its species and in people like its own.

    A row counts where what it reads off is an endpoint of the study, or an observed quantity at a time; and the value
    that it is compared with, where that is one of untreated subjects, counts for the arm that gives nothing.
    """
    readouts = LibraryReadouts(asked.library)
    found: list[Seen] = []
    for row in read_all(asked.library):
        if row.population.species != asked.study.cohort.species or row.observed is None or row.is_statement:
            continue
        try:
            one = plan(row, readouts)
        except NotModelled:
            continue
        arm = _arm(one, asked)
        if arm is not None and _alike(one, asked):
            found += _seen(one, arm, row.observed, result)
            untreated = next((name for name, dosings in asked.study.arms.items() if not dosings), None)
            beside = row.comparator.value if row.comparator else None
            if untreated is not None and beside is not None and one.readout.relative is None:
                found += _seen(one, untreated, beside, result, spread=False)
    return found


def _arm(one: Plan, asked: StudyInLibrary) -> str | None:
    """Find the arm that gives what was given; a source may say less of it, or a range that holds the arm's."""
    if one.against is not None or not one.side.arms:
        return None
    row = one.row.given
    stated = set(PARTS) if row is None else {part for part in PARTS if getattr(row, part) is not None}
    arms = {name: tuple(arm) for name, arm in asked.study.arms.items() if arm}
    whole = (name for name, arm in arms.items() if _same(arm, one.side.arms, set(PARTS)))
    in_part = (name for name, arm in arms.items() if len(arm) == 1 and _same(arm, one.side.arms, stated))
    return next(whole, None) or next(in_part, None)


def _same(arm: tuple[Dosing, ...], ends: Sequence[tuple[Dosing, ...]], parts: set[str]) -> bool:
    """Whether a regimen is what was given as far as some parts tell: that of one group, or between the ends of two."""
    if any(len(end) != len(arm) for end in ends):
        return False

    def one(mine: Dosing, theirs: Sequence[Dosing]) -> bool:
        if any((other.agent, other.start.to("h")) != (mine.agent, mine.start.to("h")) for other in theirs):
            return False
        between = (_between(getattr(mine, part), [getattr(other, part) for other in theirs]) for part in parts)
        return all(between)

    return all(one(mine, theirs) for mine, *theirs in zip(arm, *ends, strict=True))


def _between(mine: object, ends: Sequence[object]) -> bool:
    if isinstance(mine, int):
        counts = [end for end in ends if isinstance(end, int)]
        return len(counts) == len(ends) and min(counts) <= mine <= max(counts)
    if len({str(end) for end in ends}) == 1:
        return str(mine) == str(ends[0])
    if isinstance(mine, Quantity) and all(isinstance(end, Quantity) for end in ends):
        values = [end.to(mine.unit) for end in ends if isinstance(end, Quantity)]
        return min(values) <= mine.value <= max(values)
    return False


def _alike(one: Plan, asked: StudyInLibrary) -> bool:
    """Whether those who were observed are like the study's subjects in all that is known of both."""
    if one.side.fell or one.side.lost:
        return False
    cohort, conditions = asked.study.cohort, asked.study.conditions
    for name, law in (*one.side.covariates, *one.side.conditions):
        known = asked.assembled.network.parameters.get(name)
        mine = cohort.covariates.get(name) or conditions.get(name)
        here = mine.to(known.unit).median if mine and known else known.value if known else None
        there = parse_distribution(law)
        there_is = there.to(known.unit).median if known else None
        if here is not None and there_is is not None and not here / ALIKE <= there_is <= here * ALIKE:
            return False
    return True


def _seen(one: Plan, arm: str, value: float, result: Result, *, spread: bool = True) -> Iterator[Seen]:
    row, readout = one.row, one.readout
    around = NORMAL_90 * row.error if spread and row.error is not None else None
    change = readout.relative == "change"
    for k, (name, endpoint) in enumerate(result.study.endpoints.items()):
        relative = endpoint.relative_to is not None
        takes = endpoint.take == readout.take and not endpoint.window
        last = readout.take == "value" and endpoint.take == "final" and _at_end(one, result)
        if endpoint.of == one.of and (takes or last) and relative == change:
            yield _scaled(row, value, arm, name, result.units[k], around, None)
    if readout.take == "value" and readout.relative is None and one.of in result.study.observed:
        at = Quantity(one.at, parse("h")).to(result.time_unit)
        unit = result.observed_units[result.study.observed.index(one.of)]
        yield _scaled(row, value, arm, one.of, unit, around, at)


def _at_end(one: Plan, result: Result) -> bool:
    """Whether a value is one of the whole course, or of the time at which the study ends."""
    return one.row.time == UNTIL_DEATH or abs(one.at / result.study.horizon.to("h") - 1) < 0.02


def _scaled(
    row: Observation, value: float, arm: str, of: str, unit: str, spread: float | None, time: float | None
) -> Seen:
    factor = parse(row.unit).factor_to(parse(unit))
    low, high = (None, None) if spread is None else ((value + k * spread) * factor for k in (-1, 1))
    return Seen(arm, of, value * factor, low, high, time, row.source)


def read_seen(path: Path, result: Result) -> list[Seen]:
    """Read what was observed from a table of one's own: columns arm, time, of, value, one row for each subject.

    `of` is an observed quantity of the study, `value` in its unit, `time` such as `14 d`.
    Raises:
        StudyError: a column is missing, or a row names what the study does not have.
    """
    refusing = readable(str(path), StudyError, missing="name a CSV file")
    with refusing, open(path, encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
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
