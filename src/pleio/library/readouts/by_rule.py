"""What a readout by rule becomes for one row: with what brings the agent, in its unit, beside the group it is over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from ...base.errors import InputError
from ...base.quantities import parse_quantity
from ...base.units import Unit, parse
from ...inference.observations import Comparator, Observation
from ...studies.quantities import unit_of_name
from ..validation.controls import is_control
from .dish import held_by_comparator, in_dish
from .table import Readout

if TYPE_CHECKING:
    from .readouts import LibraryReadouts

OWN_START = ("baseline", "before", "pre-", "pretreat", "start", "initial", "day 0")
"""Words of a comparator that is the same group before anything was given."""
_INTACT = re.compile(r"\bwild[- ]?types?\b|\bwt\b|\+\s*/\s*\+|\blitter-?mates?\b", re.IGNORECASE)
"""Words of animals that have the gene that others have lost."""


BELOW_NOTHING = "it is not below 0: write the value of each group, a ratio, or a change in per cent"


def is_over_another(found: Readout, row: Observation) -> bool:
    """Whether a row's unit sets a share, or a level with a name of its own, over that of another group: 4 `fold`."""
    if row.spread.kind == "binomial" or found.relative or found.against or found.by_rule or found.of_comparator:
        return False
    if found.scale == "log odds":
        return row.unit == "fold" or (row.unit == "ratio" and (row.observed or 0.0) > 1)
    stated = row.comparator is not None and row.comparator.value is not None
    return row.unit == "fold" and not stated and not parse(found.unit).is_dimensionless


def for_row(found: Readout, row: Observation, readouts: LibraryReadouts) -> Readout:
    """Give a readout as this row has it: one by rule in the row's unit and with what brings the agent."""
    after = found.after or (_after(row, readouts) if found.by_rule else "")
    if why := _not_given(found, row, readouts) or (_other_than(after, row, readouts) if after else ""):
        return Readout(unit=row.unit, not_modelled=why)
    if (
        found.of_comparator
        and row.unit in ("fold", "ratio")
        and (row.comparator is None or row.comparator.value is None)
    ):
        return found.model_copy(update={"of_comparator": False, "unit": row.unit})  # it is over the untreated level
    level = not (found.relative or found.less_one or found.by_difference or found.in_units or row.unit == "%")
    if level and row.observed is not None and row.observed < 0:
        return Readout(unit=row.unit, not_modelled=BELOW_NOTHING)
    if found.scale == "log odds" and (row.observed or 0.0) * _of_one(row.unit) > 1 + 1e-9:
        return Readout(unit=row.unit, not_modelled="a share of patients is at most all of them")
    if not found.by_rule:
        if found.unit and not parse(found.unit).fits(parse(row.unit)):
            found = _also(found, parse(row.unit), readouts) or found
        return _as_direction(_beside_control(found, row, readouts), row, readouts)
    if after and not found.after:
        found = found.model_copy(update={"after": after, "mechanism": readouts.table.joins[after]})
    mechanism = _with_agent(found, row, readouts)
    found = found.model_copy(update={"mechanism": mechanism, "of": _in_cell(found.of, mechanism, readouts)})
    if row.spread.kind == "binomial":
        found = found.model_copy(update={"scale": "log odds"})
    if row.spread.kind == "direction" and _is_level(found):  # more or less than without, in whatever unit
        found = found.model_copy(update={"relative": "fold", "unit": row.unit})
    else:
        found = in_unit(_as_printed(found, row), row, readouts)
    if not found.not_modelled and (_is_level(found) or found.in_units) and not found.after:
        found = _of_these_people(found, row, readouts)
    if found.not_modelled:
        return found
    if row.spread.kind == "direction" and found.relative is None:
        found = found.model_copy(update={"relative": "fold"})
    return _of_what_changes(_beside(found, row, readouts), row, readouts)


def _of_one(unit: str) -> float:
    """Give what one of a dimensionless unit is; 1 where it has a dimension."""
    parsed = parse(unit)
    return parsed.factor if parsed.is_dimensionless else 1.0


def _not_given(found: Readout, row: Observation, readouts: LibraryReadouts) -> str:
    """Say what was done to the bodies of a row that no row can give; "" where nothing of the kind is named."""
    condition, species = row.population.condition.lower(), row.population.species
    compares = row.spread.kind in ("direction", "null") or bool(found.relative or found.against)
    beside = compares and other_group(row, readouts) is not None
    for one in readouts.table.not_given:
        if one.alone and beside:
            continue
        if found.of.strip("[]") in one.of and (not one.species or species in one.species):
            word = next((word for word in one.when if word.lower() in condition), None)
            if word is not None:
                return f"{one.why} ({word})"
    return ""


def _other_than(after: str, row: Observation, readouts: LibraryReadouts) -> str:
    """Say why what every group would be given at time 0 was not what these people were; "" where it may have been."""
    cycle, condition, species = readouts.table.after[after], row.population.condition, row.population.species
    if cycle.species and species not in cycle.species:
        return f"{after} is described in {', '.join(cycle.species)}, and this row is of {species}"
    for words, why in cycle.other.items():
        if match := re.search(words, condition, re.IGNORECASE):
            return f"{why} ({match[0].strip()})"
    match = re.search(cycle.none, condition, re.IGNORECASE) if cycle.none else None
    named = re.search(cycle.named, condition, re.IGNORECASE) or readouts.regimens.names_drugs(condition)
    if match is None or named:
        return ""
    return f"it is what follows {after}, of which the row says nothing ({match[0]}); if they had some, name it"


def _beside_control(found: Readout, row: Observation, readouts: LibraryReadouts) -> Readout:
    """Set what is over another group over those who were given nothing, where the row's words say that of them.

    What is over these where nobody else is named is over another group where one is.
    """
    if found.against == "untreated" and other_group(row, readouts) == "comparator":
        return found.model_copy(update={"against": "comparator"})
    if found.against == "comparator" and row.given and other_group(row, readouts) == "untreated":
        return found.model_copy(update={"against": "untreated"})
    return found


def _as_direction(found: Readout, row: Observation, readouts: LibraryReadouts) -> Readout:
    """Set a level with a name of its own beside another group, where a row says only which of them had more."""
    level = found.relative is None and not (found.against or found.of_comparator)
    if row.spread.kind != "direction" or not level or not (row.comparator or found.after):
        return found
    against = other_group(row, readouts) or ("untreated" if found.after else None)
    if against is None:
        return found
    return found.model_copy(update={"against": against, "by_difference": found.scale == "log1p"})


def _of_what_changes(found: Readout, row: Observation, readouts: LibraryReadouts) -> Readout:
    """Refuse how much a constant of the modules changes: it would be nothing."""
    if found.relative is None or found.of_comparator:
        return found
    held = found.of.strip("[]")
    network = readouts.library.mechanism(found.mechanism).network
    if held not in network.parameters or held in network.assignments:
        return found
    return Readout(unit=row.unit, not_modelled=f"'{held}' is a constant of the modules, and nothing changes it")


def _as_printed(found: Readout, row: Observation) -> Readout:
    """Read a level that was printed as a fold, or below 0 in per cent, as the fold or the change that it is."""
    level = _is_level(found) or (found.by_rule and found.relative == "fold")
    beside = row.comparator is not None and row.comparator.value is None and bool(row.comparator.condition)
    compared = row.unit in ("fold", "ratio") or (row.unit == "1" and row.spread.kind == "null")
    if level and ((row.unit == "fold" and found.unit != "fold") or (compared and beside)):
        return found.model_copy(update={"relative": "fold", "unit": row.unit})
    if level and row.observed is not None and row.observed < 0:
        if row.unit == "%":
            return found.model_copy(update={"relative": "change", "scale": "log1p", "unit": "%"})
        return Readout(unit=row.unit, not_modelled="a level is not below 0; write it as a change in per cent")
    return found


def measured_in(found: Readout, unit: Unit, readouts: LibraryReadouts) -> bool:
    """Whether a readout can be had in a unit, if need be by another quantity, a molar mass or a stated level."""
    if found.unit == "" or found.of_comparator or parse(found.unit).fits(unit):
        return True
    if _is_count(found) and not unit.is_dimensionless:
        return False
    changes = _is_level(found) or found.relative == "change"
    return (found.by_rule and changes) or _also(found, unit, readouts) is not None


def _is_count(found: Readout) -> bool:
    """Whether a level is a number of cells in a volume, which no mass or amount of substance stands for."""
    return _is_level(found) and parse(found.unit).fits(parse("1/L"))


def in_unit(found: Readout, row: Observation, readouts: LibraryReadouts) -> Readout:
    """Give the readout in the row's unit: of another quantity, by a molar mass, or as a fold of a stated level."""
    unit, other = parse(row.unit), row.comparator
    told = other is not None and other.value is not None
    if _is_level(found) and found.unit == "fold" and row.unit == "%" and not told:
        return found.model_copy(update={"relative": "fold", "of_comparator": True, "unit": row.unit})
    if parse(found.unit).fits(unit):
        if told and other is not None and _is_own_start(other) and _is_level(found):
            return found.model_copy(update={"relative": "fold", "of_comparator": True, "unit": row.unit})
        return found
    changed = _also(found, unit, readouts)
    if changed is not None:
        return changed
    if _is_level(found):  # whether the level is stated, the plan asks
        return found.model_copy(update={"relative": "fold", "of_comparator": True, "unit": row.unit})
    level = found.model_copy(update={"relative": None, "scale": "log"})
    if found.relative == "change" and not found.after and _is_level(level) and _fits(level, unit, readouts):
        return found.model_copy(update={"in_units": True, "unit": row.unit})
    why = "write it as a change in per cent, or as the level with the untreated level as 'comparator: {value}'"
    return Readout(unit=row.unit, not_modelled=why)


def _fits(level: Readout, unit: Unit, readouts: LibraryReadouts) -> bool:
    """Whether a level is itself in a unit."""
    network = readouts.library.mechanism(level.mechanism).network
    return parse(unit_of_name(network, level.of.strip("[]"))).fits(unit)


def _is_own_start(other: Comparator) -> bool:
    """Whether a comparator's value is the group's own before anything was given: in its words, or without any."""
    if not other.condition:
        return not other.agent and not other.amount
    return any(word in other.condition.lower() for word in OWN_START)


def _after(row: Observation, readouts: LibraryReadouts) -> str:
    """Name what was given at time 0 to every group of a row, by its module or by the words of its condition."""
    condition = row.population.condition
    for agent, cycle in readouts.table.after.items():
        plainly = readouts.regimens.plainly(condition, agent)
        if row.module == agent or (row.module in cycle.modules and cycle.says_so(condition, plainly=plainly)):
            return agent
    return ""


def _of_these_people(found: Readout, row: Observation, readouts: LibraryReadouts) -> Readout:
    """Refuse a level that the people of a row have of their own, where nothing stands for it."""
    own = readouts.table.own_levels.get(found.of.strip("[]"))
    word = own.word(row.population.condition) if own else ""
    if own is None or not word or own.set:
        return found
    mend = "give it as 'comparator: {value, condition: before treatment}', or write a change in per cent"
    why = f"{own.why} ({word}); {mend}"
    return Readout(unit=row.unit, not_modelled=why)


def _is_level(found: Readout) -> bool:
    """Whether a level is read off: the fold of it times a stated one is the same in another unit."""
    return found.by_rule and found.relative is None and found.take in ("value", "maximum", "minimum")


def _also(found: Readout, unit: Unit, readouts: LibraryReadouts) -> Readout | None:
    network = readouts.library.mechanism(found.mechanism).network
    area = "h" if found.take == "auc" else "1"
    held = found.of.strip("[]")
    for of in (held, *(one for one in readouts.table.also.get(held, ()))):
        try:
            own = unit_of_name(network, of)
        except InputError:
            continue  # it stands in a module that is not joined
        for per in ("", readouts.table.per.get(of, "")):
            factor = parse(f"({own})*({area})") * (parse_quantity(per).unit if per else parse("1"))
            if factor.fits(unit) and (of != held or per):
                return found.model_copy(update={"of": of, "per": per, "unit": str(unit)})
    return None


def _beside(found: Readout, row: Observation, readouts: LibraryReadouts) -> Readout:
    """Say which group a ratio or a change is over: a comparator, the untreated at the same time, or its own start."""
    if found.relative is None or found.of_comparator or found.take not in ("value", "maximum", "minimum"):
        return found
    against = other_group(row, readouts)
    both = any(one.in_both for one in in_dish(row, readouts))
    if against is None and (both or row.module in readouts.table.beside_untreated):
        against = "untreated"
    if against is None:
        return found
    changed: dict[str, Any] = {"relative": None, "against": against, "less_one": found.relative == "change"}
    return found.model_copy(update=changed)


def _is_deletion(row: Observation, readouts: LibraryReadouts) -> bool:
    return row.given is not None and re.search(r"[- ]deletion$", readouts.agent(row.given.agent)) is not None


def other_group(row: Observation, readouts: LibraryReadouts) -> Literal["comparator", "untreated"] | None:
    """Say which other group a comparator is; None where it is none, or the row's own before anything was given."""
    other = row.comparator
    if other is None:
        return None
    if other.agent or other.amount:
        return "comparator"
    if held_by_comparator(row, readouts) or (_is_deletion(row, readouts) and _INTACT.search(other.condition)):
        return "untreated"
    told = other.condition.lower()
    if told and ("cycle" in told or not any(word in told for word in OWN_START)):
        return "untreated" if is_control(other.condition, readouts.table) else "comparator"
    return None


def _with_agent(found: Readout, row: Observation, readouts: LibraryReadouts) -> tuple[str, ...]:
    """Put what brings the agent before the modules, and the cell type that the condition names after them."""
    mechanism, library, dish = found.mechanism, readouts.library, row.stimulus is not None
    given = [one.agent for one in (row.given, *in_dish(row, readouts)) if one is not None]
    meant = [readouts.agent(one, in_dish=dish) for one in given if readouts.stimulus(one, mechanism, found.of) is None]
    bringing = tuple(library.agents[one].module for one in meant if one in library.agents)
    per_cell = any(library.module(name).per_cell for name in mechanism)
    condition = row.population.condition.lower()
    cells = readouts.table.cells
    cell = next((cell for word, cell in cells.items() if word in condition), None) if per_cell else None
    alone = all(library.module(name).cell in ("", cell) for name in mechanism)
    return tuple(dict.fromkeys((*bringing, *mechanism, *((cell,) if cell and alone else ()))))


def _in_cell(of: str, mechanism: tuple[str, ...], readouts: LibraryReadouts) -> str:
    """Give a quantity's name where the mechanism has it in a cell type that was named."""
    network = readouts.library.mechanism(mechanism).network
    known = {*network.species, *network.parameters, *network.observables, *network.assignments}
    held = of.strip("[]")
    in_cells = [f"{held}_{cell}" for cell in mechanism if f"{held}_{cell}" in known]
    return of if held in known or not in_cells else of.replace(held, in_cells[0])
