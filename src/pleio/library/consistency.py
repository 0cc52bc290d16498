"""Whether the files of a library agree: every claim, source, module, agent and parameter that one names exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..base.errors import InputError, Problem, nearest
from .experiments import NO_AGENT
from .modules.module import check_claims
from .validation.one_use import known_of

if TYPE_CHECKING:
    from .opened import Library


def problems_of(library: Library) -> list[Problem]:
    """Name every dangling reference between the files."""
    return [
        *check_claims(library.modules, (claim.id for claim in library.claims)),
        *_signs(library),
        *_sources(library),
        *_assumed(library),
        *_agents(library),
        *_experiments(library),
        *_studies(library),
    ]


def _signs(library: Library) -> Iterator[Problem]:
    """A switch stands at the sign that its claim claims."""
    relations = {claim.id: claim.relation for claim in library.claims}
    for module in library.modules.values():
        for switch in module.switches:
            claimed = {"increases": 1, "decreases": -1}.get(relations.get(switch.claim, ""), switch.sign)
            if switch.sign != claimed:
                what = f"stands at {switch.sign}, but the claim '{switch.claim}' says {relations[switch.claim]}"
                yield Problem(f"module '{module.name}', switch '{switch.id}'", what, f"write 'sign: {claimed}'")


def _sources(library: Library) -> Iterator[Problem]:
    cited = {
        prior.source: f"module '{module.name}', parameter '{key}'"
        for module in library.modules.values()
        for key, prior in known_of(module)
        if prior.source
    }
    cited |= {source: f"agent '{agent.name}'" for agent in library.agents.values() for source in agent.sources}
    for source, where in sorted(cited.items()):
        if source not in library.references and not source.startswith("clinicaltrials:"):
            yield Problem(where, f"'{source}' is not among the references", nearest(source, library.references))


def _assumed(library: Library) -> Iterator[Problem]:
    """What a module lets an assumption set has exactly the states of that assumption."""
    states = {one.id: {state.name for state in one.states} for one in library.assumptions}
    for module in library.modules.values():
        for name, settings in module.settings.items():
            where = f"module '{module.name}', assumption '{name}'"
            if name not in states:
                yield Problem(where, "does not exist", nearest(name, states))
            elif set(settings) != states[name]:
                yield Problem(where, f"its states are not {', '.join(sorted(states[name]))}")


def _agents(library: Library) -> Iterator[Problem]:
    parameters = {name for module in library.modules.values() for name in module.network.parameters}
    for agent in library.agents.values():
        where = f"agent '{agent.name}'"
        if agent.module not in library.modules:
            yield Problem(where, f"'{agent.module}' is no module", nearest(agent.module, library.modules))
            continue
        species = library.modules[agent.module].network.species
        for route, target in agent.routes.items():
            if target not in species:
                yield Problem(where, f"'{route}' enters '{target}', which is no species", nearest(target, species))
        settings = [agent.parameters, *(one for here in agent.in_species.values() for one in here.states.values())]
        for name in sorted({name for one in settings for name in one} - parameters):
            yield Problem(where, f"'{name}' is a parameter of no module", nearest(name, parameters))
        assumptions = {one.id: {state.name for state in one.states} for one in library.assumptions}
        for here in agent.in_species.values():
            if set(here.states) != assumptions.get(here.assumption, set()):
                yield Problem(where, f"its states are not those of the assumption '{here.assumption}'")


def _experiments(library: Library) -> Iterator[Problem]:
    assumptions = {one.id for one in library.assumptions}
    for one in library.experiments:
        where = f"experiment '{one.id}'"
        try:
            library.claims.contest(one.claim, one.question)
        except InputError as fault:
            yield Problem(where, str(fault))
        if one.agent not in (NO_AGENT, *library.agents):
            yield Problem(where, f"'{one.agent}' is no agent", nearest(one.agent, library.agents))
        for name in one.bears_on:
            if name not in assumptions:
                yield Problem(where, f"'{name}' is no assumption", nearest(name, assumptions))


def _studies(library: Library) -> Iterator[Problem]:
    for name in library.studies:
        try:
            study = library.study(name)
            assert study.mechanism and study.agents
        except InputError as fault:
            yield from (Problem(f"study '{name}'", f"{p.where} {p.what}".strip(), p.help) for p in fault.problems)
