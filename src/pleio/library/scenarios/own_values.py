"""What a run of an agent of one's own uses: its parameters, and where each value comes from."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...base.errors import InputError, Problem, StudyError, nearest
from ...base.quantities import Distribution
from ...studies.mechanism import Agent as Given
from ...studies.quantities import unit_of_name
from .own_agent import FIELDS, GENERIC

if TYPE_CHECKING:
    from ...assembly.module import Mechanism, Prior
    from ...mechanisms.network import Network
    from ..agents import Agent
    from ..opened import Library
    from .own_agent import OwnAgent

ANY_IGG = "any human IgG"
DRUG = "human"
"""The species of IL-11 that is given as a drug."""


@dataclass(frozen=True)
class Known:
    """One value that a run of the agent used.

    Attributes:
        name: what it is, in words.
        generic: whether it is that of another agent, since its owner left it blank.
        trust: of a generic value, where it has one.
        like: whose a generic value is.
    """

    name: str
    parameter: str
    value: str
    generic: bool
    trust: str = ""
    like: str = ANY_IGG

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "from": self.origin}

    @property
    def origin(self) -> str:
        return self.like if self.generic else "your file"


def described_by(own: OwnAgent, library: Library, modules: Sequence[str]) -> Agent:
    """Give the agent of the library that one of one's own is like."""
    return library.agents[own.like] if own.like else generic_for(own.target, library, modules)


def generic_for(target: str, library: Library, modules: Sequence[str]) -> Agent:
    """Give the library's antibody against a target that is given as the modules have it: to a body, or into a dish."""
    usual = library.agents[GENERIC[target]]
    of_target = (one for one in library.agents.values() if one.kind == "antibody" and one.target == usual.target)
    fitting = [one for one in of_target if one.module in modules and one.module != usual.module]
    return fitting[0] if fitting and usual.module not in modules else usual


def given(
    name: str, own: OwnAgent, library: Library, assembled: Mechanism, species: str = "human"
) -> tuple[Given, tuple[Known, ...]]:
    """Make the agent that a study gives, and say where each of its values comes from.

    Args:
        name: what the study calls it.
        species: of the subjects.  An antibody that does not react with their target leaves it alone; what is given as
            a drug is taken to be human.
    Raises:
        StudyError: no clearance gives the half-life; a parameter is not in the mechanism, or in another unit.
    """
    like = described_by(own, library, assembled.modules).given_in(assembled.network, species)
    molar_mass = own.molar_mass.to("g/mol").median if own.molar_mass else like.molar_mass
    agent = replace(like, name=name, molar_mass=molar_mass)
    if own.like:
        return _otherwise(agent, own, assembled.network)
    laws = _laws(name, own, assembled.priors)
    whose = {key: DRUG if key == "antibody_binds_drug" else species for key in like.parameters}
    bound = {key for key in whose if not own.reacts_with or whose[key] in own.reacts_with}
    parameters = {key: value if key in bound else 0.0 for key, value in like.parameters.items()}
    agent = replace(agent, parameters=parameters, uncertain=laws)
    return agent, _known(own, laws, assembled.priors, molar_mass or math.nan)


def _otherwise(agent: Given, own: OwnAgent, network: Network) -> tuple[Given, tuple[Known, ...]]:
    """Give an agent with some parameters otherwise; an assumption about the other says nothing of these."""
    laws: dict[str, Distribution] = {}
    problems = []
    for key, law in own.parameters.items():
        where = f"agents.{agent.name}.parameters.{key}"
        if key not in network.parameters or key in network.assignments or key in network.rates:
            what = "is no parameter of the mechanism that can be set"
            problems.append(Problem(where, what, nearest(key, network.parameters)))
            continue
        try:
            laws[key] = law.to(unit_of_name(network, key))
        except InputError as fault:
            problems += [Problem(where, p.what, p.help) for p in fault.problems]
    if problems:
        raise StudyError(f"agent '{agent.name}'", problems)
    fixed = {key: value for key, value in agent.parameters.items() if key not in laws}
    settings = {
        assumption: {
            state: {key: value for key, value in values.items() if key not in laws} for state, values in states.items()
        }
        for assumption, states in agent.settings.items()
    }
    rows = [Known("molar mass", "", f"{agent.molar_mass:g} g/mol", own.molar_mass is None, like=own.like)]
    rows = rows if agent.molar_mass else []
    rows += [Known(key, key, law.text, False) for key, law in own.parameters.items()]
    left = {**fixed, **{key: law for key, law in agent.uncertain.items() if key not in laws}}
    rows += [
        Known(key, key, f"{value:g}" if isinstance(value, float | int) else str(value), True, like=own.like)
        for key, value in left.items()
    ]
    return replace(agent, parameters=fixed, uncertain={**agent.uncertain, **laws}, settings=settings), tuple(rows)


def _laws(name: str, own: OwnAgent, priors: Mapping[str, Prior]) -> dict[str, Distribution]:
    """Give parameter → what the file says of it, for those that the mechanism has: a dish has no clearance."""
    stated = {parameter: getattr(own, field) for field, parameter in FIELDS.items() if parameter in priors}
    found = {key: law.to(priors[key].unit) for key, law in stated.items() if law is not None}
    if own.half_life is not None and "antibody_clearance" in priors:
        try:
            found["antibody_clearance"] = _clearance(own.half_life.to("h"), found, priors)
        except ValueError as fault:
            raise StudyError(f"agent '{name}'", Problem(f"agents.{name}.half_life", str(fault))) from None
    return found


def _clearance(half_life: float, own: Mapping[str, Distribution], priors: Mapping[str, Prior]) -> Distribution:
    """Give the clearance at which two compartments, at their medians, have the half-life that is stated.

    The slopes l of both phases solve l² − l (k10 + k12 + k21) + k10 k21 = 0.  A half-life that the last phase can have
    is taken for that phase; one that is shorter than any of the exchange, such as that of a Fab, for the first, in
    which most is gone before it spreads.
    """

    def median(name: str) -> float:
        return own[name].median if name in own else priors[name].value

    central, peripheral, flow = (
        median(f"antibody_{part}") for part in ("central_volume", "peripheral_volume", "flow")
    )  # fmt: skip
    if half_life <= 0:
        raise ValueError("is zero")
    slope = math.log(2) / half_life
    into, back = flow / central, flow / peripheral
    if back <= slope <= into + back:
        what = f"is between {math.log(2) / (into + back):.3g} and {math.log(2) / back:.3g} h, which no phase can have"
        raise ValueError(f"{what} with this exchange with the periphery; give 'clearance', or another 'flow'")
    phase = "last" if slope < back else "first"
    value = central * slope * (into + back - slope) / (back - slope)
    like = priors["antibody_clearance"].distribution
    said = f"{value:.3g} {priors['antibody_clearance'].unit}, from the half-life as that of the {phase} phase"
    return Distribution("constant", value, 0.0, like.unit, text=said)


def _known(
    own: OwnAgent, laws: Mapping[str, Distribution], priors: Mapping[str, Prior], molar_mass: float
) -> tuple[Known, ...]:
    rows = [Known("molar mass", "", f"{molar_mass / 1000:g} kDa", own.molar_mass is None, "unv-H")]
    for field, parameter in FIELDS.items():
        if parameter not in priors:
            continue
        prior, stated = priors[parameter], getattr(own, field)
        generic = parameter not in laws
        value = f"{prior.distribution} {prior.unit}" if generic else stated.text if stated else laws[parameter].text
        rows.append(Known(field.replace("_", " "), parameter, value.removesuffix(" 1"), generic, prior.trust))
    return tuple(Known(r.name, r.parameter, r.value, r.generic, r.trust if r.generic else "") for r in rows)
