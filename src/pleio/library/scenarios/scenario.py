"""A scenario: a study of the library changed by hand, to be answered at once by few worlds of one subject each.

It is nothing but a small study, so that what was found by moving a slider can be written down and run at full size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ...base.errors import Problem, StudyError, nearest
from ...base.yaml import dump, load

if TYPE_CHECKING:
    from ...mechanisms.network import Network
    from ...studies.study import Dosing, Study
    from ..opened import Library
    from ..question import StudyInLibrary

MOST_WORLDS = 1024
MOST_WATCHED = 12
UNTREATED = "nothing given"
TAKEN = ("maximum", "minimum", "final")
LONGEST = 5 * 365.25 * 24  # hours


@dataclass(frozen=True)
class Scenario:
    """What is asked: where it starts from, and what is given, set and supposed.

    Attributes:
        start: a study of the library; cohort and whatever is not named here are its.
        modules: of the mechanism.
        agent: what is given; nothing where it is empty.
        amount, every, horizon: as a study writes them, such as 50 µg/kg, 1 d and 42 d.
        times: how many doses.
        watch: species and quantities whose course is drawn.
        settings: parameter → the value it has in every world, in its unit.
        suppose: assumption → state, or contest → outcome.
    """

    start: str
    modules: tuple[str, ...]
    species: str
    agent: str
    amount: str
    route: str
    every: str
    times: int
    horizon: str
    watch: tuple[str, ...]
    settings: Mapping[str, float] = field(default_factory=dict)
    suppose: Mapping[str, str] = field(default_factory=dict)
    band: str = "neutral"
    worlds: int = 64
    seed: int = 1

    @property
    def arm(self) -> str:
        """What the treated arm is called."""
        return f"{self.agent} {self.amount}"


@lru_cache(maxsize=32)
def start(library: Library, name: str) -> Scenario:
    """Give the scenario that is a study of the library, before anything is changed.

    Raises:
        StudyError: there is none of that name.
    """
    study = library.study(name).stated
    asked = [study.arms[study.asks]] if study.asks else []
    first = next((dosing for arm in [*asked, *reversed(study.arms.values())] for dosing in arm), None)
    return Scenario(
        start=name,
        modules=study.mechanism,
        species=study.cohort.species,
        horizon=str(study.horizon),
        watch=study.observed[:MOST_WATCHED],
        band=study.worlds.belief,
        **_given(first),
    )


def question_of(library: Library, scenario: Scenario) -> StudyInLibrary:
    """Give the scenario as a study, as `study_of` gives it from its text, without writing the text.

    Raises:
        StudyError: it asks for too much, or for what is not there.
    """
    from pydantic import ValidationError

    from ...studies.study import Study

    try:
        stated = Study.model_validate(statement(library, scenario))
    except ValidationError:
        return study_of(library, scenario.start, written(library, scenario))  # which says where and what
    return _short_enough(library, scenario.start, stated)


def study_of(library: Library, start: str, text: str) -> StudyInLibrary:
    """Give what `written` wrote as a study.

    Raises:
        StudyError: a dose, a time or a name in it is wrong.
    """
    from ...studies.study import read_study

    return _short_enough(library, start, read_study(text, name="the scenario"))


def _short_enough(library: Library, start: str, stated: Study) -> StudyInLibrary:
    from ..question import StudyInLibrary

    if stated.horizon.to("h") > LONGEST:
        raise StudyError("the scenario", Problem("horizon", f"{stated.horizon} is over five years", "ask for less"))
    return StudyInLibrary(library, f"{start}-by-hand", stated)


def written(library: Library, scenario: Scenario) -> str:
    """Write the scenario as a study's YAML, which `pleio study run` takes.

    Raises:
        StudyError: it asks for too much, or names what the library does not have.
    """
    return dump(statement(library, scenario))


def statement(library: Library, scenario: Scenario) -> dict[str, Any]:
    """Give the scenario as what a study's file says.

    Raises:
        StudyError: it asks for too much, or names what the library does not have.
    """
    network = library.mechanism(scenario.modules).network
    problems = _problems(library, scenario, network)
    if problems:
        raise StudyError("the scenario", problems)
    base = _file_of(library, scenario.start)
    study: dict[str, Any] = {
        "title": f"{base['title']}, changed by hand",
        "mechanism": list(scenario.modules),
        "cohort": _cohort(base.get("cohort", {}), scenario, network),
        "arms": _arms(scenario),
        "conditions": {
            **{name: law for name, law in base.get("conditions", {}).items() if name in network.parameters},
            **{name: _quantity(value, network.parameters[name].unit) for name, value in scenario.settings.items()},
        },
        "baseline": base.get("baseline"),
        "worlds": {
            "count": scenario.worlds,
            "belief": scenario.band,
            "seed": scenario.seed,
            "suppose": dict(scenario.suppose),
        },
        "horizon": scenario.horizon,
        "endpoints": {
            endpoint: {"of": name, "take": take}
            for name in scenario.watch
            for endpoint, take in zip(endpoints_of(name), TAKEN, strict=True)
        },
        "observe": list(scenario.watch),
    }
    study["worlds"] = {key: value for key, value in study["worlds"].items() if value != {}}
    return {key: value for key, value in study.items() if value not in (None, {})}


@lru_cache(maxsize=32)
def _file_of(library: Library, study: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = load(library.folder / "studies" / f"{study}.yaml").value
    return found


def endpoints_of(name: str) -> tuple[str, ...]:
    """Name the endpoints of a watched quantity: its highest, lowest and last value."""
    plain = name.strip("[]")
    return f"{plain}_highest", f"{plain}_lowest", f"{plain}_end"


def _problems(library: Library, scenario: Scenario, network: Network) -> list[Problem]:
    """Name all that cannot be asked, before anything is computed."""
    found = []
    if not 1 <= scenario.worlds <= MOST_WORLDS:
        found.append(Problem("worlds", f"{scenario.worlds} is not between 1 and {MOST_WORLDS}", "run it as a study"))
    if not 1 <= len(scenario.watch) <= MOST_WATCHED:
        found.append(Problem("watch", f"{len(scenario.watch)} quantities are watched", f"watch 1 to {MOST_WATCHED}"))
    if scenario.agent and scenario.agent not in library.agents:
        found.append(Problem("agent", f"'{scenario.agent}' is not known", nearest(scenario.agent, library.agents)))
    known = network.parameters
    for name, value in scenario.settings.items():
        if name not in known or not known[name].constant:
            constants = [key for key, one in known.items() if one.constant]
            found.append(Problem(name, "is no parameter of these modules", nearest(name, constants)))
        elif not math.isfinite(value):
            found.append(Problem(name, f"{value} is not a finite number", "give a number in its unit"))
    return found


def _cohort(stated: Mapping[str, Any], scenario: Scenario, network: Network) -> dict[str, Any]:
    cohort = {**stated, "size": 1, "species": scenario.species}
    if "variability" in cohort:
        cohort["variability"] = {key: law for key, law in cohort["variability"].items() if key in network.parameters}
    return cohort


def _arms(scenario: Scenario) -> dict[str, Any]:
    arms: dict[str, Any] = {UNTREATED: "none"}
    if scenario.agent:
        dose: dict[str, Any] = {"agent": scenario.agent, "amount": scenario.amount, "route": scenario.route}
        if scenario.times > 1:
            dose |= {"every": scenario.every, "times": scenario.times}
        arms[scenario.arm] = dose
    return arms


def _given(dosing: Dosing | None) -> dict[str, Any]:
    if dosing is None:
        return {"agent": "", "amount": "1 mg", "route": "subcutaneous", "every": "1 d", "times": 1}
    return {
        "agent": dosing.agent,
        "amount": str(dosing.amount),
        "route": dosing.route,
        "every": str(dosing.every or "1 d"),
        "times": dosing.times,
    }


def _quantity(value: float, unit: str) -> str | float:
    return value if unit in ("", "1") else f"{value!r} {unit}"
