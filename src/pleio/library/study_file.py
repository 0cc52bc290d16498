"""A study's file read and checked at once: its form, and every name in it that the library would have to know.

What is wrong in form hides nothing else: the parts that are in form are checked against the mechanism all the same, and
each problem stands with its line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
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


def read_checked(library: Library, source: Path | str, name: str, changes: Mapping[str, Any] | None = None) -> Study:
    """Read a study and check its names and units against the library.

    Args:
        source: a path, or the text itself, which may name no files.
        changes: path → value that takes the place of what the file says; see `studies.settings.changed`.
    Raises:
        StudyError: all that is wrong with it, in form and in names, each with its line.
    """
    loaded = load(source, name=name, error=StudyError)
    value = loaded.value if not changes else changed(loaded.value, changes)
    folder = source.parent if isinstance(source, Path) else None
    value = with_subjects(value, folder)
    said: list[Problem] = []
    unread: set[str] = set()  # agents whose file cannot be read
    try:
        value = with_agents(value, folder)
    except StudyError as fault:
        said += [Problem(loaded.where(_place(p.where, value)), p.what, p.help) for p in fault.problems]
        unread = _agents_in(fault.problems, value["agents"])
        if not unread:
            raise StudyError(loaded.name, said) from None
        left = {name: told for name, told in value["agents"].items() if name not in unread}
        value = with_agents({**value, "agents": left}, folder)
    study: Study | None
    try:
        study = validate(loaded, Study, value=value, error=StudyError)
    except StudyError as fault:
        study, said = _in_form(value), [*said, *fault.problems]
    if study is not None:
        told, study_left = {_line(problem) for problem in said}, _without(study, unread)
        said += [problem for problem in _names(library, study_left, loaded, value) if _line(problem) not in told]
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
    found: list[Problem] = []
    try:
        for problem in _named(library, loaded.name, study):
            found.append(problem)  # kept also where a module that does not exist ends this
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
    for problem in found:
        if STAND_IN not in problem.where:
            yield Problem(loaded.where(_place(problem.where, value)), problem.what, problem.help)


def _named(library: Library, name: str, study: Study) -> Iterator[Problem]:
    """Check a study that is in form; agents of its own that are wrong are left out then, and so hide nothing else.

    Raises:
        ModelError: a module does not exist, or modules do not fit together.
    """
    from .question import StudyInLibrary
    from .scenarios.own_agent import own_agents

    asked = StudyInLibrary(library, name, study)
    try:
        own_agents(study.agents, library)  # before the mechanism, so that a module hides none of them
        found = [*named_problems(asked.study, asked.mechanism, asked.agents)]
    except ModelError:
        raise
    except InputError as fault:
        found = list(fault.problems)
    yield from found
    wrong = _agents_in(found, study.agents)
    if wrong:
        yield from _named(library, name, _without(study, wrong))


def _agents_in(problems: Iterable[Problem], agents: Iterable[str]) -> set[str]:
    """Name the agents that problems are of, by their dotted places."""
    places = [problem.where for problem in problems]
    return {name for name in agents if any(f"{place}.".startswith(f"agents.{name}.") for place in places)}


def _without(study: Study, agents: Collection[str]) -> Study:
    """Leave agents of the study's own out, and what its arms give of them."""
    arms = {arm: tuple(one for one in given if one.agent not in agents) for arm, given in study.arms.items()}
    left = {name: said for name, said in study.agents.items() if name not in agents}
    return study.model_copy(update={"agents": left, "arms": arms}) if agents else study


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
