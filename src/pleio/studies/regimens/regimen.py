"""Arms to doses: a regimen as written, turned into amounts and times of the mechanism for each subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ...base.digests import digest
from ...base.errors import InputError, Problem, StudyError, nearest
from ...base.quantities import Quantity
from ...base.units import Unit, parse
from ...mechanisms.network import Network
from ..forms import plain
from ..mechanism import Agent
from ..subjects.occasions import Occasions
from .administration import Administration
from .dosing import Dosing, dose_unit

Array = NDArray[np.float64]


def administrations(
    arm: Sequence[Dosing],
    network: Network,
    agents: Mapping[str, Agent],
    weight: Array | None,
    parameters: Mapping[str, Array],
    subjects: int,
    occasions: Occasions | None = None,
) -> tuple[Administration, ...]:
    """Turn an arm into series of doses.

    Args:
        weight: body weight in kg.  Shape (subjects,); None if the cohort has none.
        parameters: values that bioavailability and lag may name.  Shape (subjects,).
        occasions: between which those may differ.
    Raises:
        StudyError: the agent, its route or its molar mass is missing, or a dose per kg meets a cohort without weight.
    """
    series = []
    for dosing in arm:
        agent = find_agent(dosing, agents)
        species = find_route(dosing, agent)
        hours = parse(network.time_unit or "h")
        share = _value(agent.bioavailability.get(dosing.route, 1.0), network, parameters, subjects)
        lag = _value(agent.lag.get(dosing.route, 0.0), network, parameters, subjects)
        start = dosing.start.to(hours) + lag
        goes = _through(dosing, species, network)
        duration = np.full(subjects, dosing.duration.to(hours) if dosing.duration else 0.0)
        every = dosing.every.to(hours) if dosing.every else 0.0
        amount = amount_in(dosing.amount, agent, _unit(network, species), weight, subjects) * share
        given = [Administration(goes, amount, start, duration, every, dosing.times)]
        if dosing.loading is not None:
            first = amount_in(dosing.loading, agent, _unit(network, species), weight, subjects) * share
            given = [Administration(goes, first, start, duration, 0.0, 1)]
            if dosing.times > 1:
                given.append(Administration(goes, amount, start + every, duration, every, dosing.times - 1))
        if occasions is not None:
            given = _by_occasion(given, occasions, agent, dosing.route, lag)
        series += [*given, *_visits(dosing, given, hours)]
    return tuple(series)


def _by_occasion(
    given: Sequence[Administration], occasions: Occasions, agent: Agent, route: str, lag: Array
) -> list[Administration]:
    """Give each dose by itself where its share or its delay differs between occasions."""
    share, delay = (str(of.get(route, "")) for of in (agent.bioavailability, agent.lag))
    if not {share, delay} & set(occasions.factors):
        return list(given)
    single = []
    for series in given:
        for k in range(series.times):
            begins = series.start - lag + k * series.every  # the same for all subjects: a regimen keeps to the clock
            when = float(begins[0]) if len(begins) else 0.0
            amount = series.amount * occasions.at(share, when)
            start = begins + lag * occasions.at(delay, when)
            single.append(Administration(series.species, amount, start, series.duration, 0.0, 1))
    return single


def waiting(agent: str, species: str) -> str:
    """Name the pool in which a bolus of an agent with dosing rules waits to be let into a species."""
    return f"{agent} waiting for {species}"


def infused(agent: str, species: str) -> str:
    """Name what an infusion of an agent with dosing rules is counted in."""
    return f"{agent} infused into {species}"


def visit(dosing: Dosing) -> str:
    """Name the counter whose rise is a visit at which the rules of a regimen are looked at."""
    rules = {"agent": dosing.agent, "rules": plain(dosing.rules), "visits": plain(dosing.visits)}
    return f"visit {digest(rules)[:12]}"


def _through(dosing: Dosing, species: str, network: Network) -> str:
    """Give where a dose goes: into the species, or to the gate before it where the agent has rules."""
    gate = (infused if dosing.duration is not None else waiting)(dosing.agent, species)
    return gate if gate in network.species else species


def _visits(dosing: Dosing, given: Sequence[Administration], hours: Unit) -> list[Administration]:
    """Give the visits at which a regimen's rules are looked at, from its first dose to its last."""
    if not dosing.rules:
        return []
    subjects = len(given[0].start)
    one, at_once = np.ones(subjects), np.zeros(subjects)
    if dosing.visits == "each dose":
        return [Administration(visit(dosing), one, s.start, at_once, s.every, s.times) for s in given]
    start = np.full(subjects, dosing.start.to(hours))
    if dosing.visits == "always":
        return [Administration(visit(dosing), one, start, at_once, 0.0, 1)]
    apart = dosing.visits.to(hours)
    return [Administration(visit(dosing), one, start, at_once, apart, _last(dosing, hours, apart))]


def _last(dosing: Dosing, hours: Unit, apart: float) -> int:
    """Give how many visits there are until the last dose has been given."""
    every = dosing.every.to(hours) if dosing.every else 0.0
    length = dosing.duration.to(hours) if dosing.duration else 0.0
    return int(np.floor(((dosing.times - 1) * every + length) / apart + 1e-9)) + 1


def find_agent(dosing: Dosing, agents: Mapping[str, Agent]) -> Agent:
    """Find the agent that a regimen names.

    Raises:
        StudyError: there is none of that name.
    """
    if dosing.agent not in agents:
        raise StudyError(
            f"agent '{dosing.agent}'", Problem("", "is not known", nearest(dosing.agent, agents) or "add its file")
        )
    return agents[dosing.agent]


def find_route(dosing: Dosing, agent: Agent) -> str:
    """Find the species that a dose enters.

    Raises:
        StudyError: the agent is not given by that route.
    """
    if dosing.route not in agent.routes:
        raise StudyError(
            f"agent '{agent.name}'",
            Problem("", f"has no route '{dosing.route}'", nearest(dosing.route, agent.routes)),
        )
    return agent.routes[dosing.route]


def amount_in(amount: Quantity, agent: Agent, unit: Unit, weight: Array | None, subjects: int) -> Array:
    """Convert a dose as written into a species' unit.

    Args:
        unit: of the species, a mass or an amount of substance.
        weight: body weight in kg.  Shape (subjects,).
    Returns:
        The dose of each subject, in `unit`.  Shape (subjects,).
    Raises:
        StudyError: molar mass or weight is needed and missing.
    """
    written, per_weight = dose_unit("amount", amount)
    mass, substance = parse("g"), parse("mol")
    value = Quantity(amount.value, written)
    if written.fits(unit):
        each = value.to(unit)
    elif agent.molar_mass is None:
        raise StudyError(
            f"agent '{agent.name}'",
            Problem("", f"has no molar mass, so '{amount}' cannot be given in {unit}", "add its molar_mass, in g/mol"),
        )
    elif written.fits(mass) and unit.fits(substance):
        each = Quantity(value.to(mass) / agent.molar_mass, substance).to(unit)
    elif written.fits(substance) and unit.fits(mass):
        each = Quantity(value.to(substance) * agent.molar_mass, mass).to(unit)
    else:
        raise StudyError(f"dose '{amount}'", f"goes into a species in '{unit}', which measures something else")
    if not per_weight:
        return np.full(subjects, each)
    if weight is None:
        raise StudyError(
            f"dose '{amount}'",
            Problem("", "is per kg of body weight, but the cohort has no weight", "add 'weight: 70 kg' to the cohort"),
        )
    return each * weight


def _unit(network: Network, species: str) -> Unit:
    if species not in network.species:
        raise StudyError(
            f"species '{species}'", Problem("", "is not in the mechanism", nearest(species, network.species))
        )
    text = network.species[species].unit or network.substance_unit
    try:
        return parse(text)
    except InputError:
        raise StudyError(f"species '{species}'", "has no unit, so that no dose can be given into it") from None


def _value(value: float | str, network: Network, parameters: Mapping[str, Array], subjects: int) -> Array:
    if not isinstance(value, str):
        return np.full(subjects, float(value))
    if value in parameters:
        return np.broadcast_to(np.asarray(parameters[value], dtype=np.float64), (subjects,))
    if value in network.parameters and network.parameters[value].value is not None:
        return np.full(subjects, float(network.parameters[value].value or 0.0))
    raise StudyError(f"parameter '{value}'", Problem("", "is not in the mechanism", nearest(value, network.parameters)))
