"""A reaction network: the frozen value that everything above is about, with the words and the meaning of SBML.

What a name means in a formula: a parameter's value, a compartment's size, a species' concentration (amount divided by
the size of its compartment) or, where `only_substance`, its amount; a reaction's rate; a participant's stoichiometry.
Names share one space; the parameters of a reaction (`local`) hide others inside that reaction's rate law.
`equations.py` spells that meaning out; `check.py` says what is wrong with a network.
"""

from __future__ import annotations

import math
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from ..base.digests import digest
from .expression import Expression

V = TypeVar("V")


class Table(Mapping[str, V]):
    """A mapping that keeps its order and is not changed."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, V]) -> None:
        self._items = dict(items)

    def __getitem__(self, key: str) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def items(self) -> ItemsView[str, V]:
        return self._items.items()

    def values(self) -> ValuesView[V]:
        return self._items.values()

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)


EMPTY: Mapping[str, Any] = Table({})


@dataclass(frozen=True)
class Value:
    """What the values below share: mappings given to them are copied into tables, so that nobody changes them later."""

    def __post_init__(self) -> None:
        for item in fields(self):
            content = getattr(self, item.name)
            if isinstance(content, Mapping) and not isinstance(content, Table):
                object.__setattr__(self, item.name, Table(content))


@dataclass(frozen=True)
class Compartment:
    """A volume, area or length that species live in; `dimensions` 0 is a place without a size."""

    size: float | None = 1.0
    unit: str = ""
    constant: bool = True
    dimensions: float = 3.0
    label: str = ""


@dataclass(frozen=True)
class Species(Value):
    """A pool of one entity in one compartment.

    Attributes:
        initial: the value at the start, in `unit`, or per unit of the compartment where `concentration`; None: unset.
        unit: the unit of its amount; "" where none is stated.
        only_substance: its name in a formula is its amount, never a concentration.
        boundary: reactions consume and make it without changing it.
        conversion: the parameter that converts a reaction's extent to this species' amount; "" for the network's.
    """

    compartment: str
    initial: float | None = None
    unit: str = ""
    concentration: bool = False
    only_substance: bool = False
    boundary: bool = False
    constant: bool = False
    conversion: str = ""
    label: str = ""
    annotations: Mapping[str, Any] = EMPTY


@dataclass(frozen=True)
class Parameter(Value):
    """A named value, its unit, and where the value comes from (`source`: CURIE; `trust`: abs, file …)."""

    value: float | None = None
    unit: str = ""
    constant: bool = True
    label: str = ""
    source: str = ""
    trust: str = ""
    annotations: Mapping[str, Any] = EMPTY


@dataclass(frozen=True)
class Participant:
    """A species on one side of a reaction; one with an `id` has a stoichiometry that formulas and rules may name."""

    species: str
    stoichiometry: float | None = 1.0
    id: str = ""
    constant: bool = True


@dataclass(frozen=True)
class Reaction(Value):
    """A process: what it consumes and makes, and its rate law, in extent per time."""

    reactants: tuple[Participant, ...] = ()
    products: tuple[Participant, ...] = ()
    modifiers: tuple[str, ...] = ()
    rate: Expression | None = None
    local: Mapping[str, Parameter] = EMPTY
    reversible: bool = False
    fast: bool = False
    compartment: str = ""
    label: str = ""
    annotations: Mapping[str, Any] = EMPTY


@dataclass(frozen=True)
class Event(Value):
    """Assignments that are made once each time the trigger turns from false to true.

    Attributes:
        initial: what the trigger is taken to have been before the start; False lets it fire at the start.
        persistent: once triggered it happens, even if the trigger turns false during the delay.
        values_at_trigger: the assigned values are those of the moment of triggering, not of execution.
    """

    trigger: Expression | None
    assignments: Mapping[str, Expression] = EMPTY
    delay: Expression | None = None
    priority: Expression | None = None
    initial: bool = True
    persistent: bool = True
    values_at_trigger: bool = True
    label: str = ""


@dataclass(frozen=True)
class FunctionDefinition:
    """A formula with arguments; it is written out wherever it is called."""

    arguments: tuple[str, ...]
    body: Expression | None


@dataclass(frozen=True)
class Observable:
    """A quantity to report, in a unit; it may use every name of the network and acts on nothing."""

    expression: Expression
    unit: str = ""
    label: str = ""


@dataclass(frozen=True, eq=False)
class Network(Value):
    """A reaction network; equal to another where their content, and its order, is the same.

    Attributes:
        assignments: assignment rules; the target always equals the formula.
        rates: rate rules; the formula is the target's derivative with respect to time.
        algebraic: algebraic rules; each formula is kept at zero.
        initial: initial assignments; they take precedence over stated values.
        conversion: the parameter that converts extent to amount for species that name none; "" for no conversion.
        time_unit, substance_unit, volume_unit, area_unit, length_unit, extent_unit: for what states none itself.
    """

    name: str = ""
    compartments: Mapping[str, Compartment] = EMPTY
    species: Mapping[str, Species] = EMPTY
    parameters: Mapping[str, Parameter] = EMPTY
    reactions: Mapping[str, Reaction] = EMPTY
    assignments: Mapping[str, Expression] = EMPTY
    rates: Mapping[str, Expression] = EMPTY
    algebraic: tuple[Expression, ...] = ()
    initial: Mapping[str, Expression] = EMPTY
    events: Mapping[str, Event] = EMPTY
    functions: Mapping[str, FunctionDefinition] = EMPTY
    observables: Mapping[str, Observable] = EMPTY
    conversion: str = ""
    time_unit: str = ""
    substance_unit: str = ""
    volume_unit: str = ""
    area_unit: str = ""
    length_unit: str = ""
    extent_unit: str = ""
    label: str = ""
    annotations: Mapping[str, Any] = EMPTY

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, Network) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        counts = f"species {len(self.species)}, reactions {len(self.reactions)}, parameters {len(self.parameters)}"
        return f"<Network {self.name or 'without a name'}: {counts}>"

    def __str__(self) -> str:
        from .describe import describe

        return describe(self)

    def _repr_html_(self) -> str:
        from .describe import describe_html

        return describe_html(self)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the content in 64 hexadecimal digits; the order of species and the like counts."""
        return digest(_content(self))

    def replace(self, **changes: Any) -> Network:
        """Give the network with some of its fields changed."""
        return replace(self, **changes)

    def participants(self) -> Iterator[tuple[str, Participant, int]]:
        """Yield (reaction id, participant, sign): −1 for a reactant, +1 for a product."""
        for key, reaction in self.reactions.items():
            for participant in reaction.reactants:
                yield key, participant, -1
            for participant in reaction.products:
                yield key, participant, 1


def _content(value: Any) -> Any:
    """Write a value as JSON, tables as lists of pairs so that their order counts."""
    if isinstance(value, Expression):
        return value.digest.hex()
    if isinstance(value, Mapping):
        return [[key, _content(item)] for key, item in value.items()]
    if isinstance(value, tuple | list):
        return [_content(item) for item in value]
    if is_dataclass(value):
        return [type(value).__name__, *(_content(getattr(value, item.name)) for item in fields(value))]
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    return value
