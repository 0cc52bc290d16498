"""From an observation to what is simulated: which modules, which groups, what is read off and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...base.quantities import Quantity, parse_quantity
from ...inference.observations import UNTIL_DEATH, Comparator, Given, Observation, ends
from ...inference.wording.regimens import WHEN_LOW
from ..readouts.by_rule import other_group
from ..readouts.dish import held_by_comparator, in_dish
from ..readouts.readouts import LibraryReadouts
from ..readouts.table import Readout
from .controls import says_only_that
from .reach import depends_on, only_kinetics
from .sides import Group as Group
from .sides import NotModelled as NotModelled
from .sides import Side as Side
from .sides import side_of

WHETHER = ("direction", "null")
"""Kinds that say whether something changes and not how much, so that in a dish the usual time and amount do."""
SPECIES = ("human", "mouse", "rat", "cynomolgus")


@dataclass(frozen=True)
class Plan:
    """How an observation is simulated.

    Attributes:
        of: the quantity that is read off.
        at: the time at which, or up to which, in h.
        against: the group that it is compared with by a ratio.
        beside: the group whose own number stands beside the row's, by which worlds are weighed.
    """

    row: Observation
    readout: Readout
    side: Side
    of: str
    at: float
    against: Side | None = None
    beside: Side | None = None

    @property
    def sides(self) -> tuple[Side, ...]:
        """The groups that it takes: its own, those beside it, and those that they were chosen by."""
        groups = [side for side in (self.side, self.against, self.beside) if side is not None]
        return tuple(dict.fromkeys((*groups, *(one for side in groups if (one := side.chosen_by) is not None))))

    @property
    def quantities(self) -> tuple[str, ...]:
        """What is read off a group: the quantity, and how far apart the subjects behind it are where a module says."""
        return (self.of, self.of_sex(self.readout.apart)) if self.readout.apart else (self.of,)

    def of_sex(self, name: str) -> str:
        """Write a name for the population's sex."""
        return of_sex(name, self.row)

    @property
    def nothing(self) -> float:
        """What is read off where nothing changes: 0 for a change, 1 for a ratio."""
        readout = self.readout
        return 0.0 if readout.relative == "change" or readout.less_one or readout.by_difference else 1.0


HEALTHY = "healthy"
"""The condition of controls of the ill."""
_IN_ACTIVITY = re.compile(r"\b[kM]?I?U\b|\bunits?\b")
"""Units of activity in a medium, such as 500 U/mL: how much that is, each maker says of its own lot."""
NOTHING_DONE = (
    "a change is forecast from before to after, and nothing was given here; what the condition says was done "
    "is in no module, or 'stimulus' or 'regimen' is missing"
)


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
    for condition in (row.population.condition, row.comparator.condition if row.comparator else ""):
        if why := readouts.genes_not_modelled(condition):
            raise NotModelled(why)
    if why := _other_cells(row, readouts):
        raise NotModelled(why)
    row = _begun(_measured(row), readout, readouts)
    at = _time(row, readout, readouts)
    needs = row.stimulus is not None and row.stimulus.amount is None and row.spread.kind not in WHETHER
    if needs and row.stimulus is not None and not is_property(readout.mechanism, readout.of, readouts):
        raise NotModelled(f"how much of '{row.stimulus.agent}' was given is not stated, and a size depends on it")
    if readout.of_comparator and (row.comparator is None or row.comparator.value is None):
        raise NotModelled(_what_level(row))
    dish = in_dish(row, readouts)
    group = Group(
        species, row.population.condition, _acting(row, readout, readouts), at, row.stimulus is not None, beside=dish
    )
    side = side_of(group, readout, readouts)
    against = _against(row, group, readout, readouts)
    if against == side and not readouts.genes(group.condition):
        raise NotModelled(_alike(row, readouts))
    of = of_sex(readout.of, row)
    if silent := _without_effect(side, of, readouts):
        raise NotModelled(f"'{silent}' acts on nothing that '{row.readout}' depends on in {'+'.join(side.mechanism)}")
    if readout.relative and against is None and not (row.given or any(side.arms) or side.lost):
        if row.comparator is None and readouts.genes(group.condition):  # what lacks a gene is seen beside what has it
            return plan(row.model_copy(update={"comparator": Comparator(condition="wild-type")}), readouts)
        raise NotModelled(NOTHING_DONE)
    return Plan(row, readout, side, of, at, against, _beside(row, group, readout, readouts))


def _other_cells(row: Observation, readouts: LibraryReadouts) -> str:
    """Say why a row is of other cells than its module, or something in its dish, is known of; "" where it is not."""
    condition, table = row.population.condition, readouts.table
    if (own := table.module_cells.get(row.module)) is not None and (why := own.said(condition)):
        return why
    for one in (row.stimulus, *(beside for beside in row.beside if not beside.in_both)):
        cells = table.agent_cells.get(readouts.agent(one.agent, in_dish=True)) if one is not None else None
        if cells is not None and (why := cells.said(condition)):
            return why
    return ""


def _measured(row: Observation) -> Observation:
    """Give a row with amounts that are a mass or an amount of substance; those in units of activity were not printed.

    Raises:
        NotModelled: its size depends on such an amount.
    """
    if row.stimulus is None or not any(_IN_ACTIVITY.search(one.amount or "") for one in (row.stimulus, *row.beside)):
        return row
    if row.spread.kind not in WHETHER:
        raise NotModelled(
            "an amount in units of activity is its maker's own, and a size depends on it; write it in ng/mL or nM"
        )

    def told(one: Given) -> dict[str, str | None]:
        return {"amount": None} if _IN_ACTIVITY.search(one.amount or "") else {}

    beside = tuple(one.model_copy(update=told(one)) for one in row.beside)
    return row.model_copy(update={"stimulus": row.stimulus.model_copy(update=told(row.stimulus)), "beside": beside})


def _begun(row: Observation, readout: Readout, readouts: LibraryReadouts) -> Observation:
    """Give a row with the day of a first dose that waited for low counts; time 0 where nothing made them fall.

    Where only kinetics are described nothing else happens, and times are from the first dose, whenever that was.
    """
    if row.regimen is None or row.regimen.start is None:
        return row
    if only_kinetics(readout, readouts):
        return row.model_copy(update={"regimen": row.regimen.model_copy(update={"start": None})})
    if row.regimen.start != WHEN_LOW:
        return row
    low = readouts.table.after[readout.after].low if readout.after else None
    start = f"{low.to('d'):g} d" if low is not None else None
    return row.model_copy(update={"regimen": row.regimen.model_copy(update={"start": start})})


def _acting(row: Observation, readout: Readout, readouts: LibraryReadouts) -> Given | None:
    """Give what a row's group was given; nothing where a property is read off that no module of it can set."""
    name = readouts.agent(row.given.agent, in_dish=row.stimulus is not None) if row.given else ""
    held = readouts.library.agents.get(name)
    apart = held is not None and held.module not in readout.mechanism
    return None if apart and is_property(readout.mechanism, readout.of, readouts) else row.given


def is_property(mechanism: tuple[str, ...], of: str, readouts: LibraryReadouts) -> bool:
    """Whether no species moves what is read off: an affinity or a clearance is the same whatever is given."""
    network = readouts.library.mechanism(mechanism).network
    return not depends_on(network, of.strip("[]")) & {*network.species}


def _without_effect(side: Side, of: str, readouts: LibraryReadouts) -> str:
    """Name an agent that is given and that what is read off does not depend on; "" where there is none."""
    if is_property(side.mechanism, of, readouts):
        return ""
    behind = depends_on(readouts.library.mechanism(side.mechanism).network, of.strip("[]"))
    return next((name for name in side.agents if not readouts.touched_by(name) & behind), "")


def _alike(row: Observation, readouts: LibraryReadouts) -> str:
    """Say why two groups that are the same in the modules cannot be compared."""
    if row.module in readouts.table.beside_untreated:
        return "in the modules the two groups that it compares do not differ: they count from the untreated"
    if row.given is None:
        return "in the modules the two groups that it compares do not differ"
    return (
        "the second group is read as given the same, and in the modules the two do not differ; "
        "if it was given none, write 'comparator: placebo' or 'no treatment'"
    )


def _what_level(row: Observation) -> str:
    if row.unit == "%":
        return (
            "a level in per cent could be of normal, a change or a share of the control; give the untreated level as "
            "'comparator: {value}', or write the unit '% change' or '% of control' where it is that"
        )
    return "a fold of the untreated level is predicted, and that level is not stated; give it as 'comparator: {value}'"


def of_sex(name: str, row: Observation) -> str:
    """Write the name of a quantity for a population's sex; of both where none is stated."""
    return name.replace("{sex}", row.population.sex or "both")


def _against(row: Observation, group: Group, readout: Readout, readouts: LibraryReadouts) -> Side | None:
    if not readout.against:
        return None
    other = row.comparator
    condition = group.condition if held_by_comparator(row, readouts) else _whose(other, group, readouts)
    both = tuple(one for one in group.beside if one.in_both)
    if readout.against == "untreated":
        own = bool(other and readouts.genes(other.condition))
        beside = Group(group.species, condition, None, group.at, group.in_dish, of_its_genes=own, beside=both)
        return side_of(beside, readout, readouts)
    if other is None:
        raise NotModelled("it compares two groups, and the second is not stated")
    if (
        row.regimen
        and not (other.agent or other.amount)
        and not _says_who(condition, species=group.species, of=readouts)
    ):
        raise NotModelled(
            f"who '{condition}' are, or what they were given, is not known; write 'comparator: {{agent, amount}}' "
            "where they were given something else, 'placebo' where nothing, and else which patients or animals they are"
        )
    given = row.given and row.given.model_copy(
        update={name: value for name in ("agent", "amount") if (value := getattr(other, name))}
    )
    return side_of(Group(group.species, condition, given, group.at, group.in_dish, beside=both), readout, readouts)


_WHO = re.compile(
    r"\b(?:patients?|volunteers?|subjects?|people|persons?|(?:wo)?m[ae]n|adults?|child(?:ren)?|infants?|neonates?|boys?|girls?|"
    r"mice|mouse|rats?|monkeys?|dogs?|animals?|cells?|males?|females?|young|old|cycles?|days?|weeks?|months?|baseline|"
    r"before|start)\b", re.IGNORECASE
)  # fmt: skip
"""Words of who a group is, or of when it was seen."""


def _says_who(condition: str, *, species: str, of: LibraryReadouts) -> bool:
    """Whether a second group's words say who it is: people, animals, or what sets something of them."""
    alike = of.settings(species, condition) == of.settings(species, "") and not of.genes(condition)
    return not condition or not alike or bool(_WHO.search(condition))


def _beside(row: Observation, group: Group, readout: Readout, readouts: LibraryReadouts) -> Side | None:
    """Give the group beside a level whose own number is printed; None where it is not known what it was given.

    A row that is open to fits was fitted with its comparator, which would be heard twice.
    """
    other = row.comparator
    relative = readout.relative or readout.against or readout.of_comparator or readout.in_units
    if other is None or other.value is None or relative or row.use == "fit":
        return None
    which = other_group(row, readouts)
    if which is None or (which == "comparator" and row.given and not (other.agent or other.amount)):
        return None
    try:
        return _against(row, group, readout.model_copy(update={"against": which}), readouts)
    except NotModelled:
        return None


def _whose(other: Comparator | None, group: Group, readouts: LibraryReadouts) -> str:
    """Say who a comparator is: the row's own people where it says only what they were given, such as placebo.

    Where nothing was given and no gene is gone, what differs is the illness, and controls are healthy.
    """
    stated = other.condition if other else ""
    if not says_only_that(stated, readouts.table):
        return stated
    return HEALTHY if stated and group.given is None and not readouts.genes(group.condition) else group.condition


def _end_of_dosing(row: Observation, readouts: LibraryReadouts) -> float | None:
    """Give when an interval has passed after the last dose, in h; None where the number of doses is not known.

    Where nothing is said of how it was given, it was given as usual.
    """
    given = row.given
    if given is None:
        return None
    every, times = given.every, given.times
    start = parse_quantity(given.start).to("h") if given.start else 0.0
    if given.lasting and not times:
        return start + parse_quantity(ends(given.lasting)[-1]).to("h")
    usual = readouts.table.usual.get(readouts.agent(given.agent, in_dish=row.stimulus is not None))
    if usual is not None and not (every or times or given.amount):
        every, times = usual.every, str(usual.times or "")
    if every is None or not str(times or "").isdigit():
        return None
    return start + parse_quantity(every).to("h") * int(str(times))


def _usual_time(row: Observation, readout: Readout, readouts: LibraryReadouts) -> Quantity | None:
    """Give when what is read off is usually seen, where a row does not say; None where its size depends on it.

    In a dish a size does; on which side it lies hardly, nor what is highest.
    """
    if row.stimulus is not None:
        anyhow = row.spread.kind in WHETHER or readout.take in ("maximum", "minimum")
        return readouts.table.silent_in_dish.get(row.module) if anyhow else None
    times = readouts.table.silent_time
    return next((times[name] for name in (row.module, *reversed(readout.mechanism)) if name in times), None)


def _time(row: Observation, readout: Readout, readouts: LibraryReadouts) -> float:
    seen = None if row.time in (None, UNTIL_DEATH) else parse_quantity(str(row.time)).to("h")
    if readout.until is not None and seen is not None and seen > readout.until.to("h"):
        raise NotModelled(f"the modules describe this readout within {readout.until}, and the row is of {row.time}")
    if readout.at is not None:
        return readout.at.to("h")
    if seen is None:
        usual = _usual_time(row, readout, readouts)
        falls = bool(readout.after) and readout.take == "value" and row.spread.kind not in WHETHER
        if not falls and (usual is None or readout.take == "value"):  # what is highest or lowest is of all of it
            seen = _end_of_dosing(row, readouts)
        if seen is None and usual is not None and not falls:
            return usual.to("h")
        if seen is None:
            why = f"after {readout.after} it falls and recovers, so that " if falls else ""
            raise NotModelled(f"{why}this readout needs a time, and none is stated; add one, such as 'time: 4 weeks'")
    if readout.from_first_dose and row.given is not None and row.given.start:
        seen -= parse_quantity(row.given.start).to("h")
    if seen <= 0:
        raise NotModelled("it was seen before time 0")
    return seen
