"""From an observation to what is simulated: which modules, who, which regimens, what is read off and when.

A regimen that was printed as a range, such as 25 to 100 µg/kg, is simulated at both ends and in the middle, and what
the three give is pooled: the paper does not say which gave which.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ..base.errors import ModelError, nearest
from ..base.quantities import parse_quantity
from ..base.units import parse
from ..inference.observations import UNTIL_DEATH, Given, Observation, ends
from ..studies.regimens.dosing import Dosing
from .readout_table import Readout
from .readouts import LibraryReadouts

if TYPE_CHECKING:
    from .opened import Library

SPECIES = ("human", "mouse", "rat", "cynomolgus")
Pairs = tuple[tuple[str, str], ...]


class NotModelled(Exception):
    """The modules cannot express an observation; the message says why."""


@dataclass(frozen=True)
class Side:
    """One group of an experiment.

    Attributes:
        mechanism: names of modules.
        covariates, conditions: parameter → value or distribution, as text; what a subject has, what holds for all.
        arms: what is given, one entry for each end of a range; empty where nothing is.
    """

    mechanism: tuple[str, ...]
    species: str
    covariates: Pairs
    conditions: Pairs
    arms: tuple[tuple[Dosing, ...], ...]

    @property
    def agents(self) -> tuple[str, ...]:
        return tuple(sorted({dosing.agent for arm in self.arms for dosing in arm}))


@dataclass(frozen=True)
class Plan:
    """How an observation is simulated.

    Attributes:
        of: the quantity that is read off.
        at: the time at which, or up to which, in h.
        against: the group that it is compared with by a ratio.
    """

    row: Observation
    readout: Readout
    side: Side
    of: str
    at: float
    against: Side | None = None


def plan(row: Observation, readouts: LibraryReadouts) -> Plan:
    """Say how an observation is simulated.

    Raises:
        NotModelled: the modules cannot express it.
    """
    readout = readouts.of(row)
    if readout is None or readout.not_modelled:
        raise NotModelled(readout.not_modelled if readout else f"unknown readout '{row.readout}'")
    species = row.population.species
    if species not in SPECIES or (readout.species and species not in readout.species):
        raise NotModelled(f"the modules of this readout do not describe {species}")
    at = _time(row, readout)
    side = _side(row.given, row.population.condition, species, readout, readouts, at)
    if readout.of_comparator and (row.comparator is None or row.comparator.value is None):
        raise NotModelled("a fold is predicted, and what it is a fold of is not stated")
    against = None
    if readout.against:
        other = row.comparator
        if other is None:
            raise NotModelled("it compares two groups, and the second is not stated")
        given = row.given and row.given.model_copy(
            update={name: value for name in ("agent", "amount") if (value := getattr(other, name))}
        )
        against = _side(given, other.condition or row.population.condition, species, readout, readouts, at)
    return Plan(row, readout, side, readout.of.replace("{sex}", row.population.sex or "male"), at, against)


def _time(row: Observation, readout: Readout) -> float:
    seen = None if row.time in (None, UNTIL_DEATH) else parse_quantity(str(row.time)).to("h")
    if readout.until is not None and seen is not None and seen > readout.until.to("h"):
        raise NotModelled(f"the modules describe this readout within {readout.until}, and the row is of {row.time}")
    if readout.at is not None:
        return readout.at.to("h")
    if seen is None:
        raise NotModelled("this readout needs a time, and none is stated")
    if readout.from_first_dose and row.given is not None and row.given.start:
        seen -= parse_quantity(row.given.start).to("h")
    if seen <= 0:
        raise NotModelled("it was seen before time 0")
    return seen


def _side(
    given: Given | None, condition: str, species: str, readout: Readout, readouts: LibraryReadouts, at: float
) -> Side:
    library = readouts.library
    try:
        network = library.mechanism(readout.mechanism).network
    except ModelError as fault:
        raise NotModelled(f"its modules do not join: {fault}") from None
    settings = readouts.settings(species, condition)
    covariates = {name: text for name, text in settings.items() if name in ("weight", "renal_function")}
    conditions = {
        name: text for name, text in settings.items() if name not in covariates and name in network.parameters
    }
    conditions |= readout.conditions
    arms = ((),) if given is None else _arms(given, readout, readouts, at)
    return Side(readout.mechanism, species, _pairs(covariates), _pairs(conditions), arms)


def _pairs(values: Mapping[str, str]) -> Pairs:
    return tuple(sorted(values.items()))


def _arms(given: Given, readout: Readout, readouts: LibraryReadouts, at: float) -> tuple[tuple[Dosing, ...], ...]:
    library = readouts.library
    name = readouts.agent(given.agent)
    if name not in library.agents:
        raise NotModelled(f"the library has no agent '{given.agent}'{_meant(name, readouts)}")
    if library.agents[name].module not in readout.mechanism:
        raise NotModelled(f"{library.agents[name].module}, which '{name}' is given by, is no part of this readout")
    usual = readouts.table.usual.get(name)
    stated = given.model_dump(exclude_none=True)
    whole = {**(usual.model_dump(exclude_none=True) if usual else {}), **stated, "agent": name}
    if "amount" not in whole:
        raise NotModelled(f"how much of '{given.agent}' was given is not stated")
    if readout.from_first_dose:
        whole.pop("start", None)
    if "amount" in stated and not {"every", "times"} & set(stated):
        whole["times"] = 1
    elif "times" not in stated:
        whole["times"] = (usual and usual.times) or (_count(str(whole["every"]), at) if "every" in whole else 1)
    if readout.single_dose or whole["times"] == 1:
        whole["times"] = 1
        whole.pop("every", None)
    amounts = [_dose(text, library, readout) for text in _with_middle(str(whole["amount"]))]
    numbers = [int(part) for part in ends(str(whole.get("times", 1)))]
    try:
        given_as = [
            Dosing.model_validate({**whole, "amount": amount, "times": count})
            for amount, count in product(amounts, numbers)
        ]
    except ValidationError as fault:
        raise NotModelled(f"the regimen is none that can be given: {fault.errors()[0]['msg']}") from None
    routes = library.agents[name].routes
    if given_as[0].route not in routes:
        raise NotModelled(f"'{name}' is not given by the route '{given_as[0].route}', but {', '.join(routes)}")
    return tuple((dosing,) for dosing in given_as)


def _meant(name: str, readouts: LibraryReadouts) -> str:
    help = nearest(name, [*readouts.library.agents, *readouts.table.agents])
    return f"; {help}" if help else ""


def _count(every: str, at: float) -> int:
    """Count the doses up to a time."""
    return max(1, math.ceil(at / parse_quantity(every).to("h") - 1e-9))


def _with_middle(text: str) -> tuple[str, ...]:
    parts = ends(text)
    if len(parts) == 1:
        return parts
    low, high = (parse_quantity(part) for part in parts)
    return (parts[0], f"{math.sqrt(low.value * high.value):.6g} {high.unit}", parts[1])


def _dose(text: str, library: Library, readout: Readout) -> str:
    """Write a concentration in the medium as the amount that is put into the dish; any other dose as it is."""
    amount = parse_quantity(text)
    network = library.mechanism(readout.mechanism).network
    for concentration, unit in (("ng/mL", "ng"), ("nM", "nmol")):
        if amount.unit.fits(parse(concentration)):
            if "medium" not in network.compartments:
                raise NotModelled("what was put into a dish is given as a concentration, and this readout has no dish")
            litres = float(network.compartments["medium"].size or 0.0)
            per_litre = amount.to(f"{unit}/L")
            return f"{per_litre * litres!r} {unit}"
    return text
