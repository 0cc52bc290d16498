"""A study's file read and checked at once: its form, and every name in it that the library would have to know.

What is wrong in form hides nothing else: the parts that are in form are checked against the mechanism all the same, and
each problem stands with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..base.errors import InputError, ModelError, Problem, StudyError, nearest
from ..base.yaml import Loaded, load, validate
from ..studies.check import named_problems
from ..studies.own import with_agents
from ..studies.settings import changed
from ..studies.study import Study
from ..studies.subjects.table import with_subjects

if TYPE_CHECKING:
    from ..base.yaml import Place
    from .opened import Library

FILLED: Mapping[str, Any] = {"title": "a study", "horizon": "1 d", "arms": {"nothing": "none"}}
"""Stands in for what is missing or out of form, so that the rest can be checked."""


def read_checked(library: Library, source: Path, name: str, changes: Mapping[str, Any] | None = None) -> Study:
    """Read a study and check its names and units against the library.

    Args:
        changes: path → value that takes the place of what the file says; see `studies.settings.changed`.
    Raises:
        StudyError: all that is wrong with it, in form and in names, each with its line.
    """
    loaded = load(source, name=name, error=StudyError)
    value = loaded.value if not changes else changed(loaded.value, changes)
    value = with_subjects(value, source.parent)
    try:
        value = with_agents(value, source.parent)
    except StudyError as fault:
        placed = [Problem(loaded.where(_place(p.where, value)), p.what, p.help) for p in fault.problems]
        raise StudyError(loaded.name, placed) from None
    said: list[Problem] = []
    study: Study | None
    try:
        study = validate(loaded, Study, value=value, error=StudyError)
    except StudyError as fault:
        study, said = _in_form(value), list(fault.problems)
    if study is not None:
        told = {_line(problem) for problem in said}
        said += [problem for problem in _names(library, study, loaded, value) if _line(problem) not in told]
    if said or study is None:
        raise StudyError(loaded.name, sorted(said, key=_line))
    return study


def _line(problem: Problem) -> int:
    found = re.search(r":(\d+)(?: |$)", problem.where)
    return int(found[1]) if found else 0


def _in_form(value: Any) -> Study | None:
    """Leave out, or fill in, what is out of form; None where too little is left."""
    from pydantic import ValidationError

    if not isinstance(value, dict):
        return None
    kept = {key: dict(part) if isinstance(part, dict) else part for key, part in value.items()}
    for _ in range(len(value) + 8):
        try:
            return Study.model_validate(kept)
        except ValidationError as fault:
            for item in fault.errors():
                _leave_out(kept, (*item["loc"], *getattr((item.get("ctx") or {}).get("error"), "place", ())))
    return None


def _leave_out(kept: dict[str, Any], place: Place) -> None:
    if not place:
        kept.pop("decision", None)
        return
    section, *inner = place
    held = kept.get(str(section))
    if inner and isinstance(held, dict) and inner[0] in held and len(held) > 1:
        del held[inner[0]]
    else:
        kept.pop(str(section), None)
    if str(section) in ("arms", "endpoints", "horizon"):
        kept.pop("decision", None)
    if str(section) in FILLED and str(section) not in kept:
        kept[str(section)] = FILLED[str(section)]
    if str(section) == "endpoints" and "endpoints" not in kept:
        kept["endpoints"] = {STAND_IN: {"of": STAND_IN, "take": "final"}}


STAND_IN = "endpoint that is out of form"


def _names(library: Library, study: Study, loaded: Loaded, value: Any) -> Iterator[Problem]:
    """Check names and units against the mechanism, each with the line of its part of the file."""
    from .question import StudyInLibrary

    asked = StudyInLibrary(library, loaded.name, study)
    try:
        found = [*named_problems(asked.study, asked.mechanism, asked.agents)]
    except ModelError as fault:
        known = list(value["mechanism"]) if isinstance(value.get("mechanism"), list) else []
        for problem in fault.problems:
            place: Place = ("mechanism", known.index(problem.where)) if problem.where in known else ("mechanism",)
            what = f"'{problem.where}' {problem.what}" if problem.where else problem.what
            yield Problem(loaded.where(place), what, problem.help)
        known_agents = [*library.agents, *study.agents]  # without the mechanism
        for arm, dosings in study.arms.items():
            for dosing in dosings:
                if dosing.agent not in known_agents:
                    what, help = f"agent '{dosing.agent}' is not known", nearest(dosing.agent, known_agents)
                    yield Problem(loaded.where(("arms", arm)), what, help)
        return
    except InputError as fault:
        found = list(fault.problems)
    for problem in found:
        if STAND_IN not in problem.where:
            yield Problem(loaded.where(_place(problem.where, value)), problem.what, problem.help)


def _place(where: str, value: Any) -> Place:
    """Find the place of a part by its dotted name; keys may have dots of their own."""
    place: list[str | int] = []
    rest, part = where, value
    while rest and isinstance(part, dict):
        key = next((str(key) for key in part if rest == str(key) or rest.startswith(f"{key}.")), None)
        if key is None:
            break
        place.append(key)
        rest, part = rest[len(key) + 1 :], part.get(key)
    return tuple(place)
