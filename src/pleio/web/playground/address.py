"""A scenario as the query of an address, so that a link holds all that a reader has set.

    start=STUDY  module=…  species=…  agent=…  dose=50  unit=µg/kg  route=…  every=1  times=14  horizon=42
    watch=…  set.NAME=value  suppose.NAME=state  band=…  worlds=64  seed=1

`module` and `watch` are given once for each; times are in days.  What is not given is as in the study it starts from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from ...base.errors import Problem, StudyError, nearest
from ...base.quantities import parse_quantity
from ...claims.vocabulary import BANDS
from ...library.opened import Library
from ...library.scenarios.scenario import MOST_WORLDS, Scenario, start

DEFAULT = "oprelvekin-platelets"
LONGEST_QUERY = 8000
SET, SUPPOSE = "set.", "suppose."
PLAIN = (
    "start", "module", "species", "agent", "dose", "unit", "route", "every", "times", "horizon", "watch", "band",
    "worlds", "seed", "add", "embed",
)  # fmt: skip
SPECIES = ("human", "mouse", "rat", "cynomolgus")


def read(query: QueryParams, library: Library) -> Scenario:
    """Read a scenario from an address.

    Raises:
        StudyError: for each part that is not known or not a number.
    """
    if len(str(query)) > LONGEST_QUERY:
        raise StudyError("the address", Problem("", f"is longer than {LONGEST_QUERY} characters", "set less at once"))
    base = start(library, query.get("start", DEFAULT))
    problems = [
        Problem(key[:60], "is nothing that a scenario has", nearest(key[:60], PLAIN))
        for key in query
        if key not in PLAIN and not key.startswith((SET, SUPPOSE))
    ]
    reader = _Reader(query, problems)
    agent = query.get("agent", base.agent)
    modules = list(query.getlist("module") or base.modules)
    if agent in library.agents and library.agents[agent].module not in modules:
        modules.insert(0, library.agents[agent].module)
    amount = parse_quantity(base.amount)
    scenario = replace(
        base,
        modules=tuple(dict.fromkeys(modules)),
        species=reader.one_of("species", base.species, SPECIES),
        agent=agent,
        amount=f"{reader.number('dose', amount.value):.12g} {query.get('unit', str(amount.unit))}",
        route=query.get("route", base.route),
        every=f"{reader.number('every', days(base.every)):.12g} d",
        times=int(reader.number("times", base.times)),
        horizon=f"{reader.number('horizon', days(base.horizon)):.12g} d",
        watch=tuple(dict.fromkeys(query.getlist("watch"))) or base.watch,
        settings={key[len(SET) :]: reader.number(key, 0.0) for key in query if key.startswith(SET)},
        suppose={key[len(SUPPOSE) :]: query[key] for key in query if key.startswith(SUPPOSE) and query[key]},
        band=reader.one_of("band", base.band, tuple(BANDS)),
        worlds=int(reader.number("worlds", base.worlds, most=MOST_WORLDS)),
        seed=int(reader.number("seed", base.seed, most=2**31)),
    )
    if problems:
        raise StudyError("the address", problems)
    return scenario


def write(scenario: Scenario, library: Library) -> str:
    """Write a scenario as a query that holds what differs from the study it starts from."""
    base = start(library, scenario.start)
    pairs: list[tuple[str, str]] = [("start", scenario.start)]

    def add(name: str, value: str, before: str) -> None:
        if value != before:
            pairs.append((name, value))

    if scenario.modules != base.modules:
        pairs += [("module", name) for name in scenario.modules]
    add("species", scenario.species, base.species)
    add("agent", scenario.agent, base.agent)
    amount, before = parse_quantity(scenario.amount), parse_quantity(base.amount)
    add("dose", f"{amount.value:.12g}", f"{before.value:.12g}")
    add("unit", str(amount.unit), str(before.unit))
    add("route", scenario.route, base.route)
    add("every", f"{days(scenario.every):.12g}", f"{days(base.every):.12g}")
    add("times", str(scenario.times), str(base.times))
    add("horizon", f"{days(scenario.horizon):.12g}", f"{days(base.horizon):.12g}")
    if scenario.watch != base.watch:
        pairs += [("watch", name) for name in scenario.watch]
    pairs += [(f"{SET}{name}", f"{value:.12g}") for name, value in scenario.settings.items()]
    pairs += [(f"{SUPPOSE}{name}", state) for name, state in scenario.suppose.items()]
    add("band", scenario.band, base.band)
    add("worlds", str(scenario.worlds), str(base.worlds))
    add("seed", str(scenario.seed), str(base.seed))
    return urlencode(pairs)


def days(text: str) -> float:
    """Give a duration in days."""
    return parse_quantity(text).to("d")


class _Reader:
    """Reads values of a query, and gathers what is wrong with them."""

    def __init__(self, query: QueryParams, problems: list[Problem]) -> None:
        self.query, self.problems = query, problems

    def number(self, name: str, default: float, most: float = 1e15) -> float:
        text = self.query.get(name, "")
        if not text:
            return default
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not 0 <= abs(value) <= most or (value < 0 and not name.startswith(SET)):
            self.problems.append(Problem(name[:60], f"'{text[:40]}' is no number from 0 to {most:g}", "such as 50"))
            return default
        return value

    def one_of(self, name: str, default: str, known: Sequence[str]) -> str:
        value = self.query.get(name, default)
        if value not in known:
            self.problems.append(Problem(name, f"'{value[:40]}' is not known", nearest(value[:40], known)))
            return default
        return value
