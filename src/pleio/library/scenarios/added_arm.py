"""One more arm: an agent of the library or of one's own, given to the subjects of a study, or to its dish."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...base.errors import ModelError, Problem, StudyError, nearest
from ...claims.vocabulary import plural
from ...studies.regimens.dosing import Dosing, parse_regimen
from .own_agent import GENERIC, NEEDS, TARGETS, find_own_agent, own_agents
from .own_values import described_by

if TYPE_CHECKING:
    from ...studies.regimens.coverage import Coverage
    from ...studies.worlds import Worlds
    from ..agents import Agent
    from ..opened import Library
    from ..question import StudyInLibrary

MOST_NAMED = 6
COVERAGE_WORLDS = 256
"""Coverage is asked at nine doses, so of fewer worlds than a study has."""


def with_arm(asked: StudyInLibrary, agent: str, regimen: str, onto: str = "") -> StudyInLibrary:
    """Give a study with one more arm, and the modules that its agent needs.

    Args:
        agent: a YAML file of one's own (`own_agent.OwnAgent`), or an agent of the study or of the library.
        regimen: as prescriptions write it, such as `300 mg q4w`; without a route, it is the agent's only one, or
            subcutaneous.
        onto: an arm of the study that is given besides; by itself where empty.
    Raises:
        StudyError: the file, the agent or the regimen is wrong, or the agent's modules do not join the study's.
    """
    library, mechanism = asked.library, asked.stated.mechanism
    title, agents = _with_own(asked, agent)
    own = own_agents(agents, library).get(title)
    described = described_by(own, library, mechanism) if own else library.agents[title]
    dosing = _routed(parse_regimen(regimen, title, described.routes), described)
    body = described.kind == "antibody" and described.module == library.agents[GENERIC["IL11"]].module
    needs = NEEDS if body else (described.module,)
    modules = tuple(dict.fromkeys((*mechanism, *needs)))
    _check_joins(library, title, mechanism, modules, described)
    arms = asked.stated.arms
    if onto and onto not in arms:
        raise StudyError("--onto", Problem(onto, "is no arm of the study", nearest(onto, arms) or f"{', '.join(arms)}"))
    arm = f"{onto} + {title} {regimen.strip()}".removeprefix(" + ")
    given = {**arms, arm: (*arms.get(onto, ()), dosing)}
    stated = asked.stated.model_copy(update={"mechanism": modules, "agents": agents, "arms": given, "asks": arm})
    return replace(asked, stated=stated, added=dosing)


def _with_own(asked: StudyInLibrary, agent: str) -> tuple[str, dict[str, Any]]:
    """Give the name of the agent that is added, and the study's own agents with it, where it is none of the library's.

    Raises:
        StudyError: it is neither, its file is wrong, or another agent has its name.
    """
    agents = dict(asked.stated.agents)
    found = None if agent in agents else find_own_agent(agent, asked.library)
    if found is None:
        return agent, agents
    title, said = found
    if title in asked.library.agents or agents.get(title, said) != said:
        whose = "the library" if title in asked.library.agents else "the study"
        raise StudyError(agent, Problem("title", f"'{title}' is an agent of {whose}", "give yours another title"))
    return title, {**agents, title: said}


def _routed(dosing: Dosing, described: Agent) -> Dosing:
    """Take the only route where none was written."""
    if "route" in dosing.model_fields_set or dosing.route in described.routes or len(described.routes) != 1:
        return dosing
    return dosing.model_copy(update={"route": next(iter(described.routes))})


def _check_joins(
    library: Library, title: str, before: tuple[str, ...], modules: tuple[str, ...], described: Agent
) -> None:
    try:
        library.mechanism(modules)
    except ModelError as fault:
        first = fault.problems[0]
        why = f"'{first.where}' {first.what}"
        what = f"is given by '{described.module}', which does not join this study's modules: {why}"
        raise StudyError(f"'{title}'", Problem("", what, _fitting(library, before, described))) from None


def _fitting(library: Library, modules: tuple[str, ...], described: Agent) -> str:
    """Name agents that a study's modules give, those against the same target where there are any."""
    fit = {name: one for name, one in sorted(library.agents.items()) if one.module in modules}
    alike = [name for name, one in fit.items() if one.target == described.target] or list(fit)
    return f"agents that join: {', '.join(alike[:MOST_NAMED])}" if alike else ""


def coverage_of(asked: StudyInLibrary, worlds: Worlds, **options: Any) -> Coverage | None:
    """Say what the regimen that was added covers at trough; None where it is no antibody of the library's targets, or
    where no own IL-11 is made.

    Args:
        options: of `studies.run.run`.
    """
    from ...studies.regimens.coverage import coverage
    from ..modules.sites import sites

    if asked.added is None:
        return None
    own = asked.own.get(asked.added.agent)
    described = (
        described_by(own, asked.library, asked.stated.mechanism) if own else asked.library.agents[asked.added.agent]
    )
    if described.kind != "antibody":
        return None
    target = TARGETS.get(described.target.curie, "IL11")
    places = sites(asked.mechanism.network, target)
    if not places:
        return None
    some = worlds.take(slice(0, COVERAGE_WORLDS))
    return coverage(asked.study, asked.mechanism, some, asked.added, places, agents=asked.agents, **options)


def doubts_about(asked: StudyInLibrary) -> tuple[str, ...]:
    """Say which agents are not known to act in the subjects' species, and what was made of that, a sentence each."""
    species = asked.stated.cohort.species
    said = []
    for name in dict.fromkeys(dosing.agent for arm in asked.stated.arms.values() for dosing in arm):
        own = asked.own.get(name)
        if own is not None and own.target:
            if own.reacts_with and species not in own.reacts_with:
                said.append(f"By its file '{name}' does not bind the target of {plural(species)}, and leaves it alone.")
            continue
        agent = asked.library.agents.get(own.like if own else name)
        reacts = own.reacts_with if own and own.reacts_with else tuple(agent.reacts_with) if agent else ()
        if agent is None or species in reacts:
            continue
        known = " and ".join(plural(one) for one in reacts)
        said.append(f"Whether '{name}' acts in {plural(species)} is not known, only in {known}: run as if it did.")
    return tuple(said)
