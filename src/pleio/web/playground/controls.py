"""What the page offers to move: everything typed, so that the template lays out fields and nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ...base.quantities import parse_quantity
from ...library.opened import Library
from ...library.question import StudyInLibrary
from ...library.scenarios.scenario import Scenario, start, study_of, written
from ...studies.labels import label_of
from .address import SET, SPECIES, SUPPOSE, days

UNITS = ("µg/kg", "mg/kg", "µg", "mg", "nmol")


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its value, what a reader calls it, and whether it is chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Slider:
    """A number to move; from `low` to `high` in even ratios where `even` is false."""

    name: str
    label: str
    value: float
    unit: str
    low: float
    high: float
    even: bool = False
    set: bool = True


@dataclass(frozen=True)
class Toggle:
    """A contest or an assumption, with what is believed of it, and what may be supposed instead."""

    name: str
    label: str
    address: str
    options: tuple[Choice, ...]


@dataclass(frozen=True)
class Controls:
    """Everything on the left of the page.

    Attributes:
        addable: parameters that can be given a slider.
        groups: module → what of it can be watched.
    """

    scenario: Scenario
    title: str
    question: str
    starts: tuple[Choice, ...]
    agents: tuple[Choice, ...]
    routes: tuple[Choice, ...]
    units: tuple[Choice, ...]
    species: tuple[Choice, ...]
    bands: tuple[Choice, ...]
    schedule: tuple[Slider, ...]
    settings: tuple[Slider, ...]
    addable: tuple[Choice, ...]
    contests: tuple[Toggle, ...]
    assumptions: tuple[Toggle, ...]
    modules: tuple[Choice, ...]
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]


def controls(library: Library, scenario: Scenario) -> Controls:
    """Say what can be moved in a scenario.

    Raises:
        StudyError: the scenario cannot be asked.
    """
    from ...claims.vocabulary import BANDS

    base = start(library, scenario.start)
    asked = study_of(library, scenario.start, written(library, scenario))
    agent = library.agents.get(scenario.agent)
    amount = parse_quantity(scenario.amount)
    stated = library.study(scenario.start).stated
    return Controls(
        scenario,
        stated.title,
        stated.question,
        _choices({name: library.study(name).stated.title for name in library.studies}, [scenario.start]),
        _choices({"": "nothing", **{name: one.title for name, one in library.agents.items()}}, [scenario.agent]),
        _choices({name: name for name in (agent.routes if agent else {scenario.route: ""})}, [scenario.route]),
        _choices({unit: unit for unit in dict.fromkeys((*UNITS, str(amount.unit)))}, [str(amount.unit)]),
        _choices({name: name for name in SPECIES}, [scenario.species]),
        _choices({band: band for band in BANDS}, [scenario.band]),
        _schedule(scenario, base),
        _settings(asked, scenario),
        _addable(asked),
        _contests(asked, scenario),
        _assumptions(asked, scenario),
        _choices(_module_titles(library), scenario.modules),
        _groups(asked, scenario),
    )


def _choices(labels: Mapping[str, str], chosen: Iterable[str]) -> tuple[Choice, ...]:
    taken = set(chosen)
    return tuple(Choice(value, label, value in taken) for value, label in labels.items())


@lru_cache(maxsize=8)
def _module_titles(library: Library) -> Mapping[str, str]:
    return {name: library.module(name).title for name in library.module_names}


def _schedule(scenario: Scenario, base: Scenario) -> tuple[Slider, ...]:
    amount = parse_quantity(scenario.amount)
    usual = parse_quantity(base.amount).value if scenario.agent == base.agent else amount.value
    span = max(usual, amount.value, 1e-9)
    longest = max(days(base.horizon) * 3, days(scenario.horizon))
    return (
        Slider("dose", "dose", amount.value, str(amount.unit), 0.0, 4 * span, even=True),
        Slider("every", "days between doses", days(scenario.every), "d", 0.25, max(56, days(scenario.every))),
        Slider("times", "doses", scenario.times, "", 1, max(60, scenario.times), even=True),
        Slider("horizon", "days shown", days(scenario.horizon), "d", max(0.1, longest / 60), longest),
    )


def _settings(asked: StudyInLibrary, scenario: Scenario) -> tuple[Slider, ...]:
    """Give what stands at one value: what the reader has set, then the conditions of the study."""
    known = asked.assembled.network.parameters
    sliders = []
    for name, law in asked.stated.conditions.items():
        value = scenario.settings.get(name, law.to(known[name].unit or "1").median)
        low, high = _range(asked, name, value)
        label = known[name].label or name.replace("_", " ")
        unit = known[name].unit if known[name].unit != "1" else ""
        sliders.append(Slider(SET + name, label, value, unit, low, high, even=low <= 0, set=name in scenario.settings))
    return tuple(sorted(sliders, key=lambda slider: not slider.set))


def _range(asked: StudyInLibrary, name: str, value: float) -> tuple[float, float]:
    """Give what a slider spans: what is believed of the parameter, or an order of magnitude where nothing is."""
    prior = asked.assembled.priors.get(name)
    if prior is not None and not prior.distribution.is_constant:
        low, high = (float(prior.distribution.quantile(level)) for level in (0.01, 0.99))
        return min(low, value), max(high, value)
    if value in (0.0, 1.0):
        return 0.0, 1.0
    return (value / 10, value * 10) if value > 0 else (value * 10, 0.0)


def _addable(asked: StudyInLibrary) -> tuple[Choice, ...]:
    network = asked.assembled.network
    names = [*asked.mechanism.uncertain, *asked.assembled.open_inputs]
    labels = {
        name: f"{network.parameters[name].label or name} ({name})"
        for name in names
        if name in network.parameters and name not in asked.stated.conditions
    }
    return _choices(dict(sorted(labels.items(), key=lambda item: item[1].lower())), ())


def median_of(library: Library, scenario: Scenario, name: str) -> float:
    """Give the value at which a parameter's slider begins."""
    mechanism = library.mechanism(scenario.modules)
    if name in mechanism.priors:
        return float(mechanism.priors[name].value)
    value = mechanism.network.parameters[name].value if name in mechanism.network.parameters else None
    return 0.0 if value is None or not math.isfinite(value) else float(value)


def _contests(asked: StudyInLibrary, scenario: Scenario) -> tuple[Toggle, ...]:
    beliefs = asked.beliefs(scenario.band)
    toggles = {}
    for contest in asked.mechanism.contests:
        found = beliefs.contests[contest]
        labels = {name: _believed(name, share) for name, share in found.outcomes.items()}
        options = _choices({"": "as believed", **labels}, [scenario.suppose.get(contest, "")])
        address = f"/contest/{contest}"
        toggles[contest] = Toggle(SUPPOSE + contest, asked.titles[contest], address, options)
    return tuple(toggles.values())


def _assumptions(asked: StudyInLibrary, scenario: Scenario) -> tuple[Toggle, ...]:
    beliefs = asked.beliefs(scenario.band)
    tables = asked.posterior(scenario.band).tables
    concerned = {name for table in tables.values() for name in table.assumptions} | set(asked.mechanism.settings)
    return tuple(
        Toggle(
            SUPPOSE + name,
            asked.titles.get(name, name),
            "",
            _choices(
                {"": "as believed", **{state: _believed(state, share) for state, share in found.states.items()}},
                [scenario.suppose.get(name, "")],
            ),
        )
        for name, found in beliefs.assumptions.items()
        if name in concerned
    )


def _believed(name: str, share: float) -> str:
    from ..render.marks import belief_word, outcome_word

    return f"{outcome_word(name)} ({belief_word(share)})"


def _groups(asked: StudyInLibrary, scenario: Scenario) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Group what can be watched by the module it comes from."""
    network, origin = asked.assembled.network, asked.assembled.origin
    groups: dict[str, dict[str, str]] = {}
    for name in (*network.assignments, *network.species):
        groups.setdefault(origin.get(name, ""), {})[name] = label_of(network, name)
    return tuple((module, _choices(labels, scenario.watch)) for module, labels in groups.items() if module)
