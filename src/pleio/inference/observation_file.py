"""Files of observations: a list of entries, checked against what a library knows, all problems at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from ..base import units
from ..base.errors import InputError, Problem, StudyError, nearest
from ..base.yaml import Loaded, load, validate
from .observations import Observation, missing
from .wording import as_the_form_has_it, with_form_keys, worded_unit
from .wording.dish import with_stimulus
from .wording.given import worded_given
from .wording.induced import with_induced
from .wording.occasions import with_occasion
from .wording.relations import ways_of, with_relation

LONGEST = 600
"""Letters of one part of an entry."""
LISTED = "'pleio validate --readouts' lists the readouts of each module"


class Readouts(Protocol):
    """What a file of observations is checked against."""

    def knows(self, readout: str, module: str) -> bool:
        """Whether a readout is known by exactly this name."""
        ...

    def in_cells(self, readout: str, condition: str) -> str:
        """Give a name as it is of the cells that a condition names."""
        ...

    def is_agent(self, name: str, *, in_dish: bool = False) -> bool:
        """Whether a name is that of something that can be given."""
        ...

    def homes(self, readout: str, agent: str = "", people: str = "") -> tuple[str, ...]:
        """Name the modules that a readout of an entry without one can be of."""
        ...

    def unit_of(self, readout: str, module: str) -> str | None:
        """Give the unit of a readout; "" where none is known to fit, None if the readout is not known."""
        ...

    def measured_in(self, readout: str, module: str, unit: units.Unit) -> bool:
        """Whether a readout that is known can be had in a unit."""
        ...

    def help_for(self, readout: str, module: str) -> str | None:
        """Say what could have been meant by a readout that is not known."""
        ...


@dataclass(frozen=True)
class Sifted:
    """What could be read of a file of observations, and all that is wrong with the rest of it."""

    name: str
    rows: tuple[Observation, ...]
    problems: tuple[Problem, ...]


def read_observations(
    source: Path | str, readouts: Readouts, modules: Collection[str], *, name: str | None = None
) -> tuple[Observation, ...]:
    """Read a file of observations, or its text.

    Raises:
        StudyError: every missing unit, unknown readout or module, negative spread, repeated id, … of the file.
    """
    found = sift_observations(source, readouts, modules, name=name)
    if found.problems:
        raise StudyError(found.name, found.problems)
    return found.rows


def sift_observations(
    source: Path | str, readouts: Readouts, modules: Collection[str], *, name: str | None = None
) -> Sifted:
    """Read what can be read of a file of observations, or of its text: an entry with a problem is no row.

    Raises:
        StudyError: it is no YAML, or no list.
    """
    loaded = _listed(load(source, name=name, error=StudyError))
    if not isinstance(loaded.value, list):
        raise StudyError(
            loaded.name, Problem("", "is not a list", "observations are a list of entries that begin '- id:'")
        )
    repeated = dict(_repeated(loaded))
    found: list[Observation] = []
    problems: list[Problem] = []
    for place, entry in enumerate(loaded.value):
        row, wrong = _row(loaded, place, entry, readouts, modules)
        wrong += repeated.get(place, [])
        problems += wrong
        if row is not None and not wrong:
            found.append(row)
    return Sifted(loaded.name, tuple(found), tuple(problems))


def _listed(loaded: Loaded) -> Loaded:
    """Take the list out of a file that holds it under one key, `observations:`."""
    whole = loaded.value
    if not isinstance(whole, Mapping) or len(whole) != 1 or not isinstance(inner := next(iter(whole.values())), list):
        return loaded
    return Loaded(loaded.name, inner, {place[1:]: line for place, line in loaded.lines.items() if len(place) > 1})


def _row(
    loaded: Loaded, place: int, entry: Any, readouts: Readouts, modules: Collection[str]
) -> tuple[Observation | None, list[Problem]]:
    written = entry
    unclear: list[Problem] = []
    if long := list(_too_long(entry, loaded.where((place,)))):
        return None, long
    if isinstance(entry, Mapping):
        entry = {**entry, "id": _id(entry.get("id"), place)}
        written = entry = with_occasion(with_relation(with_form_keys(entry)))
        entry = with_induced(with_stimulus(entry), lambda name: readouts.is_agent(name, in_dish=True))
        entry = _of_its_cells(entry, readouts)
        entry, unclear = _with_module(entry, loaded.where((place,)), readouts)
        entry = as_the_form_has_it(entry, readouts.knows)
    row: Observation | None = None
    problems: list[Problem] = []
    try:
        row = validate(loaded, Observation, value=entry, at=(place,), error=StudyError)
    except StudyError as fault:
        told = unclear or not isinstance(entry, Mapping) or "readout" not in entry
        problems += [one for one in fault.problems if not told or one.what != "'module' is missing"] + unclear
        problems += _also_missing(loaded.where((place,)), entry, problems)
    if isinstance(entry, Mapping):  # a malformed entry says all that is wrong with it, too
        problems += _unknown(entry, written.get("readout"), loaded.where((place,)), readouts, modules)
    return row, [_named(one, place, entry) for one in problems]


def _also_missing(where: str, entry: Any, told: Collection[Problem]) -> Iterator[Problem]:
    """Say what a whole entry lacks where one of its parts is wrong, so that both are told at once."""
    if isinstance(entry, Mapping) and isinstance(spread := entry.get("spread"), Mapping):
        said = " ".join(one.what for one in told)
        parts = (entry.get(key) for key in ("value", "direction", "regimen", "stimulus", "beside"))
        value, direction, *given = (None if part == "none" else part for part in parts)
        for what in missing(value, spread.get("kind"), direction, *given):
            if what not in said:
                yield Problem(where, what)


def _named(problem: Problem, place: int, entry: Any) -> Problem:
    """Name the entry of a problem by its id, where it has one."""
    id = entry.get("id") if isinstance(entry, Mapping) else None
    if not isinstance(id, str):
        return problem
    return replace(problem, where=problem.where.replace(f"[{place}]", f"[{id}]", 1))


def _id(written: Any, place: int) -> Any:
    """Give an entry's id in letters that an id has; by its place where it has none."""
    if written is None:
        return f"row-{place + 1}"
    if isinstance(written, str | int) and not isinstance(written, bool):
        return re.sub(r"[^A-Za-z0-9._-]+", "-", str(written).strip()).strip("._-") or written
    return written


def _too_long(entry: Any, where: str) -> Iterator[Problem]:
    """Name what is longer than anything printed: patterns of words take time by the square of it, and more."""
    for key, part in entry.items() if isinstance(entry, Mapping) else ():
        told = part if isinstance(part, str) else str(part) if isinstance(part, Mapping | list) else ""
        if key != "note" and len(told) > LONGEST:
            yield Problem(f"{where}.{key}", f"is of {len(told)} letters", f"write it in at most {LONGEST}")


def _of_its_cells(entry: Mapping[str, Any], readouts: Readouts) -> Mapping[str, Any]:
    """Name the readout as it is of the cells that the entry's people, or words, are."""
    readout = entry.get("readout")
    return {**entry, "readout": readouts.in_cells(readout, _people(entry))} if isinstance(readout, str) else entry


def _people(entry: Mapping[str, Any]) -> str:
    """Give all the words of an entry's people or cells."""
    people = entry.get("population")
    parts = people.values() if isinstance(people, Mapping) else [people]
    return ", ".join(one for one in parts if isinstance(one, str))


def _with_module(entry: Mapping[str, Any], where: str, readouts: Readouts) -> tuple[Mapping[str, Any], list[Problem]]:
    """Give an entry its module, where it names none and only one has such a readout."""
    readout = entry.get("readout")
    if "module" in entry or not isinstance(readout, str):
        return entry, []
    given = worded_given(entry.get("regimen") or entry.get("stimulus"))
    agent = given.get("agent") if isinstance(given, Mapping) else given
    told = str(agent or ""), _people(entry)
    ending = worded_unit(unit).ending if isinstance(unit := entry.get("unit"), str) else ""
    names = (readout, *ways_of(readout), f"{readout}{ending}")
    found = next((homes for name in names if (homes := readouts.homes(name, *told))), ())
    if len(found) == 1:
        return {**entry, "module": found[0]}, []
    if found:
        return entry, [
            Problem(where, f"'{readout}' could be of several modules", f"write module: {' or '.join(found)}")
        ]
    return entry, [Problem(where, f"no module is known to have '{readout}'", readouts.help_for(readout, "") or LISTED)]


def _is_direction(entry: Mapping[str, Any]) -> bool:
    """Whether only a direction is said, which has no unit."""
    spread = entry.get("spread")
    return isinstance(spread, Mapping) and spread.get("kind") == "direction"


def _repeated(loaded: Loaded) -> Iterator[tuple[int, list[Problem]]]:
    first: dict[str, int] = {}
    for place, entry in enumerate(loaded.value):
        id = entry.get("id") if isinstance(entry, Mapping) else None
        if not isinstance(id, str):
            continue
        if id in first:
            before = loaded.where((first[id],))
            yield place, [Problem(loaded.where((place,)), f"the id '{id}' is used twice", f"first at {before}")]
        first.setdefault(id, place)


def _unknown(
    entry: Mapping[str, Any], written: Any, where: str, readouts: Readouts, modules: Collection[str]
) -> Iterator[Problem]:
    """Name what the library does not know of an entry as written; its form is checked elsewhere."""
    module, readout, unit = (entry.get(key) for key in ("module", "readout", "unit"))
    if not isinstance(module, str) or not isinstance(readout, str):
        return
    if module not in modules:
        yield Problem(where, f"'{module}' is no module", nearest(module, modules))
    expected = readouts.unit_of(readout, module)
    if expected is None:
        yield Problem(where, f"unknown readout '{written}'", readouts.help_for(readout, module) or "")
    elif expected and isinstance(unit, str) and unit != expected and not _is_direction(entry):
        try:
            if not readouts.measured_in(readout, module, units.parse(unit)):
                yield Problem(where, f"'{readout}' is not measured in {unit}", f"it is in {expected}")
        except InputError as fault:
            yield Problem(where, f"unit {fault.subject}: {fault.problems[0].what}", fault.problems[0].help)
