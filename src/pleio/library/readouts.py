"""What a readout of an observation is in the modules: `readouts.yaml`, read and checked against the library."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ..base.errors import InputError, ModelError, Problem, StudyError, nearest
from ..base.quantities import rejoin
from ..base.yaml import load, validate
from ..inference.courses import Take
from ..inference.observations import Observation
from ..inference.scoring import Scale
from ..studies.forms import Duration
from ..studies.study import Cohort

if TYPE_CHECKING:
    from ..assembly.module import Mechanism
    from .opened import Library

Text = Annotated[str, BeforeValidator(str)]
Settings = Annotated[
    dict[str, Text], BeforeValidator(lambda value: rejoin(value) if isinstance(value, dict) else value)
]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Readout(_Form):
    """How one readout is simulated, or why it is not; the file's head says what each key means."""

    unit: Text
    mechanism: tuple[str, ...] = ()
    of: str = ""
    take: Take = "value"
    relative: Literal["change", "fold"] | None = None
    beyond: float = 0.0
    at: Duration | None = None
    from_last_dose: bool = False
    from_first_dose: bool = False
    single_dose: bool = False
    level: Literal["subject", "group"] = "subject"
    scale: Scale = "log"
    against: Literal["comparator"] | None = None
    per_dose: bool = False
    times: Annotated[float, Field(gt=0)] = 1.0
    of_comparator: bool = False
    species: tuple[str, ...] = ()
    conditions: Settings = {}
    not_modelled: str = ""
    why: str = ""

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Readout:
        if bool(self.not_modelled) == bool(self.mechanism and self.of):
            raise ValueError("needs 'mechanism' and 'of', or 'not_modelled' with the reason")
        if (self.take in ("first", "return")) != bool(self.beyond):
            raise ValueError("'beyond' goes with first and return, and only with them")
        return self


class People(_Form):
    """What is set where a word occurs in a population's condition."""

    when: tuple[str, ...]
    set: Settings
    why: str


class Usual(_Form):
    """What completes a regimen of which a part was not printed."""

    amount: str | None = None
    route: str | None = None
    every: str | None = None
    times: int | None = None


class Table(_Form):
    readouts: dict[str, Readout]
    families: dict[str, Readout] = {}
    populations: tuple[People, ...] = ()
    species: dict[str, Settings] = {}
    usual: dict[str, Usual] = {}
    agents: dict[str, str] = {}


class LibraryReadouts:
    """The readouts of a library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        loaded = load(library.folder / "readouts.yaml", name="readouts.yaml", error=StudyError)
        self.table = validate(loaded, Table, error=StudyError)

    @property
    def names(self) -> Collection[str]:
        """The names that can be given, families written out."""
        return {*self.table.readouts, *self._of_families}

    @cached_property
    def _of_families(self) -> Mapping[str, Readout]:
        return {
            name: one.model_copy(update={"of": name})
            for pattern, one in self.table.families.items()
            for name in names_of(self.library.mechanism(one.mechanism))
            if fnmatchcase(name, pattern)
        }

    def of(self, observation: Observation) -> Readout | None:
        """Give what a readout is; None if it is not known."""
        name = observation.readout
        found = self.table.readouts.get(name) or self._of_families.get(name)
        if found is None and observation.module in self.library.module_names:
            network = self.library.module(observation.module).network
            if name in network.species or name in network.parameters:
                from ..studies.check import unit_of_name

                mechanism = self._with_agent(observation)
                return Readout(unit=unit_of_name(network, name), mechanism=mechanism, of=name)
        return found

    def _with_agent(self, observation: Observation) -> tuple[str, ...]:
        """Give a row's module with those that bring what was given to it, as another readout has them if one does."""
        given = observation.given
        agent = self.library.agents.get(self.table.agents.get(given.agent, given.agent)) if given else None
        needed = tuple(dict.fromkeys((*((agent.module,) if agent else ()), observation.module)))
        fitting = [one.mechanism for one in self.table.readouts.values() if set(needed) <= set(one.mechanism)]
        return min(fitting, key=len, default=needed) if agent else needed

    def unit_of(self, observation: Observation) -> str | None:
        found = self.of(observation)
        return None if found is None else found.unit

    def settings(self, species: str, condition: str) -> dict[str, str]:
        """Give what a population sets: parameter → value or distribution, as text."""
        found = dict(self.table.species.get(species, {}))
        for people in self.table.populations:
            if any(word.lower() in condition.lower() for word in people.when):
                found |= people.set
        return found

    def problems(self) -> Iterator[Problem]:
        """Name every module, quantity, agent and parameter that the file names and the library has not."""
        for name, one in {**self.table.readouts, **self._of_families}.items():
            if one.not_modelled:
                continue
            try:
                known = names_of(self.library.mechanism(one.mechanism))
            except ModelError as fault:
                yield from (Problem(f"readout '{name}'", str(p)) for p in fault.problems)
                continue
            for of in {one.of.replace("{sex}", sex).strip("[]") for sex in ("male", "female")} - known:
                yield Problem(f"readout '{name}'", f"'{of}' is no quantity of its mechanism", nearest(of, known))
        for written, id in [*self.table.agents.items(), *((id, id) for id in self.table.usual)]:
            if id not in self.library.agents:
                yield Problem(f"agent '{written}'", f"'{id}' is no agent", nearest(id, self.library.agents))
        parameters = {name for module in self.library.modules.values() for name in module.network.parameters}
        for people in self.table.populations:
            for name in sorted(set(people.set) - parameters):
                yield Problem(f"population '{people.when[0]}'", f"'{name}' is no parameter", nearest(name, parameters))


def names_of(mechanism: Mechanism) -> set[str]:
    """Name what can be read off a mechanism."""
    network = mechanism.network
    return {*network.species, *network.parameters, *network.observables, *network.assignments}


def cohort_of(size: int, species: str, covariates: Mapping[str, str]) -> Cohort:
    """Make a cohort with covariates written as text.

    Raises:
        StudyError: a species that cohorts do not have, or a covariate that is no distribution.
    """
    value: dict[str, Any] = {"size": size, "species": species, **covariates}
    try:
        return Cohort.model_validate(value)
    except (ValueError, InputError) as fault:
        raise StudyError(f"population of {species}", str(fault)) from None
