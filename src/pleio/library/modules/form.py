"""The form of a library module's YAML table and of the table of cell types, and the checks of their values."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ...base import curies, units
from ...base.errors import InputError
from ...base.quantities import Distribution, parse_distribution, parse_quantity, rejoin
from ...claims.vocabulary import Question, SpeciesName, Trust


def _unit(text: Any) -> str:
    unit = str(text)
    units.parse(unit)
    return unit


def _source(text: str) -> str:
    curies.parse(text)
    return text


def _distribution(value: Any) -> Any:
    return value if isinstance(value, Distribution) else parse_distribution(value)


def _variation(value: Any) -> float:
    share = parse_quantity(value)
    if not share.unit.is_dimensionless or share.value < 0:
        raise ValueError(f"'{value}' is not a coefficient of variation; write 25 %")
    return share.value * share.unit.factor


def _spelled(check: Any) -> Any:
    """Let pydantic report our own errors with the place of the value."""

    def run(value: Any) -> Any:
        try:
            return check(value)
        except InputError as fault:
            raise ValueError("; ".join(f"{fault.subject} {problem}" for problem in fault.problems)) from None

    return run


def _sign(value: int) -> int:
    if value not in (1, -1):
        raise ValueError(f"is 1 or -1, not {value}")
    return value


UnitText = Annotated[str, BeforeValidator(_spelled(_unit))]
Source = Annotated[str, AfterValidator(_spelled(_source))]
Variation = Annotated[float, BeforeValidator(_spelled(_variation))]
Values = Annotated[Distribution, BeforeValidator(_spelled(_distribution))]
Id = Annotated[str, Field(pattern=r"^[A-Za-z_]\w*$", max_length=64)]
Sign = Annotated[int, AfterValidator(_sign)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, value: Any) -> Any:
        return rejoin(value) if isinstance(value, dict) else value


class Described(_Form):
    """A compartment, species or assigned quantity."""

    unit: UnitText
    meaning: str = ""
    of_cell: bool = False


class InputForm(Described):
    value: float


class Known(_Form):
    """What is known of one number."""

    value: Values
    trust: Trust
    source: Source | None = None
    meaning: str = ""
    claims: tuple[str, ...] = ()
    between_subjects: Variation = 0.0
    covariate: bool = False
    fitted_to: str = ""

    @model_validator(mode="after")
    def _sourced(self) -> Known:
        if self.source is None and not self.trust.startswith("unv"):
            raise ValueError(f"has no 'source', so its trust cannot be '{self.trust}'; it is unv-H, unv-M or unv-L")
        return self


class WithUnit(Known):
    unit: UnitText
    in_cell: dict[Id, Known] = {}
    in_species: dict[SpeciesName, Known] = {}


class ReactionForm(_Form):
    claims: tuple[str, ...]


class SwitchForm(_Form):
    id: Id
    claim: str
    question: Question = "sufficiency"
    reaction: Id
    driver: Id
    gain: Known
    half: WithUnit
    sign: Sign = 1
    direction: Sign = 1
    meaning: str = ""
    species: SpeciesName | None = None
    of_loss: bool = False
    made_up_by: Id | None = None


class GateForm(_Form):
    parameter: Id
    claim: str
    question: Question = "sufficiency"
    cell: Id | None = None
    meaning: str = ""


class ModuleForm(_Form):
    """A module's YAML file."""

    title: str
    per_cell: bool = False
    cell: Id | None = None
    compartments: dict[Id, Described] = {}
    species: dict[Id, Described] = {}
    quantities: dict[Id, Described] = {}
    inputs: dict[Id, InputForm] = {}
    parameters: dict[Id, WithUnit] = {}
    reactions: dict[Id, ReactionForm] = {}
    switches: tuple[SwitchForm, ...] = ()
    gates: tuple[GateForm, ...] = ()
    assumptions: dict[str, dict[str, dict[Id, float]]] = {}


class CellForm(_Form):
    """One row of the table of cell types."""

    title: str
    receptor: str
    term: Source | None = None
    source: Source | None = None
    known: dict[Id, Known]


class CellTypesForm(_Form):
    """The table of cell types; see `cell_types.py`."""

    title: str
    parameters: dict[Id, Id]
    unknown: dict[Id, Known]
    cells: dict[Id, CellForm]
