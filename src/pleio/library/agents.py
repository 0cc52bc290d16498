"""Agents: what one can give, as the library describes it, and as a study needs it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from ..base.errors import InputError, ModelError, Problem
from ..base.quantities import parse_quantity
from ..base.units import parse
from ..base.yaml import load, validate
from ..claims.entity import Curie, Entity
from ..claims.vocabulary import SpeciesName, Trust
from ..mechanisms.network import Network
from ..studies.forms import AnyDistribution
from ..studies.mechanism import Agent as Given

MOLECULES = ("cytokine", "antibody", "small molecule")

Id = Annotated[str, Field(pattern=r"^[A-Za-z_]\w*$")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(_Form):
    """A property of an agent, in words or numbers, and where it comes from."""

    value: str
    trust: Trust
    source: Curie | None = None

    @model_validator(mode="after")
    def _sourced(self) -> Figure:
        if self.source is None and not self.trust.startswith("unv"):
            raise ValueError(f"has no 'source', so its trust cannot be '{self.trust}'")
        return self


def _mass(figure: Figure) -> Figure:
    try:
        parse_quantity(figure.value).to(parse("g/mol"))
    except InputError as fault:
        raise ValueError(f"'{figure.value}' is not a molar mass; {fault.problems[0].what}") from None
    return figure


class InSpecies(_Form):
    """What an assumption makes of the agent in one species: its states set parameters."""

    assumption: str
    why: str
    states: dict[str, dict[Id, float]]


class Agent(_Form):
    """A thing one can give.

    Attributes:
        kind: what it is; a change of genotype and a cycle of chemotherapy are given as 1 nmol and have no molar mass.
        made_from: the species whose sequence it has.
        mode: what it does at its target.
        reacts_with: species → yes, no or contested.
        module: the module that describes its disposition.
        routes: route → the species of that module that a dose enters.
        parameters: parameter → value where this agent is given.
        uncertain: parameter → distribution over worlds where this agent is given.
        in_species: species → the assumption that decides what the agent does there.
        regimens: how it has been given, in words.
    """

    name: str
    title: str
    about: str
    aliases: tuple[str, ...] = ()
    kind: Literal["cytokine", "antibody", "small molecule", "chemotherapy", "vector", "genotype"]
    made_from: SpeciesName | None = None
    target: Entity
    mode: Literal["agonist", "antagonist", "neutralising", "receptor_block", "inhibitor"]
    reacts_with: dict[SpeciesName, Literal["yes", "no", "contested"]]
    molar_mass: Annotated[Figure, AfterValidator(_mass)] | None = None
    affinity: Figure | None = None
    module: str
    routes: dict[str, Id]
    parameters: dict[Id, float] = {}
    uncertain: dict[Id, AnyDistribution] = {}
    in_species: dict[SpeciesName, InSpecies] = {}
    regimens: tuple[str, ...] = ()
    sources: tuple[Curie, ...]

    @model_validator(mode="after")
    def _a_molecule_has_a_mass(self) -> Agent:
        if self.kind in MOLECULES:
            missing = [name for name in ("molar_mass", "affinity") if getattr(self, name) is None]
            if missing:
                raise ValueError(f"is a {self.kind} without {' and '.join(missing)}")
        elif self.molar_mass is not None:
            raise ValueError(f"is a {self.kind} and no molecule, so it has no molar mass; give amounts in nmol")
        return self

    def given_in(self, network: Network, species: str = "human") -> Given:
        """Give what a study needs: molar mass in g/mol, routes, and the parameters that the network has.

        Args:
            species: of the subjects, in whom an assumption may decide what the agent does.
        """
        mass, here = self.molar_mass, self.in_species.get(species)
        states = here.states if here else {}
        settled = {
            state: {key: value for key, value in values.items() if key in network.parameters}
            for state, values in states.items()
        }
        return Given(
            name=self.name,
            molar_mass=parse_quantity(mass.value).to(parse("g/mol")) if mass else None,
            routes=dict(self.routes),
            parameters={key: value for key, value in self.parameters.items() if key in network.parameters},
            uncertain={key: law for key, law in self.uncertain.items() if key in network.parameters},
            settings={here.assumption: settled} if here else {},
        )


def load_agent(path: Path) -> Agent:
    """Read one agent; its name is that of the file.

    Raises:
        ModelError: every problem of the file, with its line.
    """
    table = load(path, name=path.name, error=ModelError)
    if not isinstance(table.value, dict):
        raise ModelError(path.name, Problem("", "is not a mapping", "an agent has a title, a target, a mode, …"))
    value: dict[str, Any] = {"name": path.stem, **table.value}
    return validate(table, Agent, value=value, error=ModelError)
