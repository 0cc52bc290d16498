"""Dosing rules as events of the mechanism, so that doses follow each subject inside the integration.

An agent with rules is given through a gate, in all arms: a bolus first enters a pool that waits, and an event passes it
on times the dose level of that moment; an infusion runs times the level.  A visit is a bolus of 1 into a counter of its
own, at which the conditions are judged, in the order of the rules, before what is given at the same moment passes the
gate.  Nothing of this moves before the first dose, so the baseline phase is that of the mechanism alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...mechanisms.expression import ONE, ZERO, Expression, apply, name, number
from ...mechanisms.network import Event, Network, Observable, Parameter, Participant, Reaction, Species
from ...simulation.doses import infusion
from ..mechanism import Agent, Mechanism
from ..study import Study
from .condition import condition
from .dosing import Dosing
from .regimen import find_agent, find_route, infused, visit, waiting
from .rule import Rule

FIRST, LAST, GATE = 1_000_000.0, -1.0, -2.0
"""Priorities: rules in their order, then the end of the visit, then what is given."""


def under_rules(study: Study, mechanism: Mechanism, agents: Mapping[str, Agent]) -> Mechanism:
    """Give the mechanism with the events that the rules of the study's arms need; itself where it lacks none.

    It then also has, of each agent with rules, `given_AGENT`, the amount that was given so far, and
    `dose_level_AGENT`, the share of the written dose that a dose has now.

    Raises:
        StudyError: a condition does not fit the mechanism.
    """
    dosings = [dosing for arm in study.arms.values() for dosing in arm]
    network = mechanism.network
    agents_with = dict.fromkeys(dosing.agent for dosing in dosings if dosing.rules)
    for agent in (agent for agent in agents_with if _level(agent) not in network.parameters):
        network = _gated(network, agents, [dosing for dosing in dosings if dosing.agent == agent])
    for tick, dosing in {visit(dosing): dosing for dosing in dosings if dosing.rules}.items():
        if tick not in network.species:
            network = _judged(network, tick, dosing)
    return mechanism if network is mechanism.network else replace(mechanism, network=network)


def _level(agent: str) -> str:
    return f"level of {agent}"


def _on(agent: str) -> str:
    """1 while it is given, 0 while it pauses, −1 once it was stopped."""
    return f"{agent} is given"


def _share(agent: str) -> Expression:
    return apply("times", name(_level(agent)), apply("max", name(_on(agent)), ZERO))


def _gated(network: Network, agents: Mapping[str, Agent], dosings: list[Dosing]) -> Network:
    """Let an agent pass a gate on its way into each species that it is given into."""
    agent = dosings[0].agent
    routes = {find_route(dosing, find_agent(dosing, agents)) for dosing in dosings}
    infusing = {find_route(d, find_agent(d, agents)) for d in dosings if d.duration is not None}
    species, parameters = dict(network.species), dict(network.parameters)
    reactions, events, totals = dict(network.reactions), dict(network.events), []
    for key in (_level(agent), _on(agent)):
        parameters[key] = Parameter(1.0, "1", constant=False)
    for target in sorted(routes):
        pool, total = waiting(agent, target), f"{agent} given into {target}"
        species |= dict.fromkeys((pool, total), _counter(network.species[target]))
        reactions[f"{pool}: none"] = _still(pool, total)
        events[pool] = _passing(network, agent, target, total)
        totals.append(name(total))
        if target in infusing:
            running = infused(agent, target)
            species[running] = species[pool]
            reactions[f"{running}: none"] = _still(running)
            parameters[infusion(running)] = Parameter(0.0)
            rate = apply("times", _share(agent), name(infusion(running)))
            conversion = network.species[target].conversion or network.conversion
            rate = apply("divide", rate, name(conversion)) if conversion else rate
            reactions[f"{running}: rate"] = Reaction(products=(Participant(target), Participant(total)), rate=rate)
    unit = network.species[min(routes)].unit or network.substance_unit
    observables = {
        **network.observables,
        f"given_{agent}": Observable(apply("plus", *totals) if len(totals) > 1 else totals[0], unit),
        f"dose_level_{agent}": Observable(_share(agent), "1"),
    }
    return network.replace(
        species=species, parameters=parameters, reactions=reactions, events=events, observables=observables
    )


def _still(*counters: str) -> Reaction:
    """A reaction that does not run: what takes part in one is integrated, so that doses into it run in lanes."""
    return Reaction(products=tuple(map(Participant, counters)), rate=ZERO)


def _counter(like: Species) -> Species:
    return Species(like.compartment, 0.0, like.unit, only_substance=True, conversion=like.conversion)


def _passing(network: Network, agent: str, target: str, total: str) -> Event:
    """The event by which what waits goes where it was meant to go."""
    pool = waiting(agent, target)
    enters = apply("times", _share(agent), name(pool))
    into = network.species[target]
    added = enters if into.only_substance else apply("divide", enters, name(into.compartment))
    return Event(
        apply("gt", name(pool), ZERO),
        {
            target: apply("plus", name(target), added),
            total: apply("plus", name(total), enters),
            pool: ZERO,
        },
        priority=number(GATE),
        initial=False,
        values_at_trigger=False,
    )


def _judged(network: Network, tick: str, dosing: Dosing) -> Network:
    """Add the events by which the rules of a regimen act."""
    agent = dosing.agent
    somewhere = next(iter(network.compartments))
    parameters, events = dict(network.parameters), dict(network.events)
    for i, rule in enumerate(dosing.rules):
        parts = [apply("gt", name(tick), ZERO), condition(rule, network)]
        changes = _changes(rule, agent)
        if rule.once:
            done = f"{tick}: rule {i + 1} has acted"
            parameters[done] = Parameter(0.0, "1", constant=False)
            parts.append(apply("lt", name(done), ONE))
            changes[done] = ONE
        events[f"{tick}: rule {i + 1}"] = _at_once(apply("and", *parts), changes, FIRST - i)
    if dosing.visits != "always":
        events[f"{tick}: end"] = _at_once(apply("gt", name(tick), ZERO), {tick: ZERO}, LAST)
    counter = Species(somewhere, 0.0, "", only_substance=True)
    return network.replace(
        species={**network.species, tick: counter},
        reactions={**network.reactions, f"{tick}: none": _still(tick)},
        parameters=parameters,
        events=events,
    )


def _at_once(trigger: Expression, changes: Mapping[str, Expression], priority: float) -> Event:
    return Event(trigger, changes, priority=number(priority), initial=False, values_at_trigger=False)


def _changes(rule: Rule, agent: str) -> dict[str, Expression]:
    on, level = name(_on(agent)), name(_level(agent))
    if rule.then == "stop":
        return {_on(agent): number(-1.0)}
    if rule.then == "pause":
        return {_on(agent): apply("min", on, ZERO)}
    if rule.then == "resume":  # 0 and 1 become 1; −1, stopped for good, stays
        return {_on(agent): apply("plus", ONE, on, apply("negative", apply("times", on, on)))}
    if rule.factor is None:
        return {_level(agent): ONE}
    new = apply("times", level, number(rule.factor))
    if rule.limit is not None:
        inner, outer = ("max", "min") if rule.factor < 1 else ("min", "max")
        new = apply(outer, level, apply(inner, new, number(rule.limit)))
    return {_level(agent): new}
