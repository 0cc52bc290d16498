"""What a row is simulated as, in words: what is read off, of whom, under what, beside whom, without which source."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .rows import Plan
from .sides import Side

if TYPE_CHECKING:
    from ...studies.regimens.dosing import Dosing
    from ..readouts.readouts import LibraryReadouts

TAKES = {
    "value": "{of} at {at}",
    "maximum": "highest {of} up to {at}",
    "minimum": "lowest {of} up to {at}",
    "auc": "area under {of} up to {at}",
    "time_of_maximum": "when {of} is highest",
    "time_of_minimum": "when {of} is lowest",
    "half_life": "half-life of {of}",
    "first": "when {of} first passes {beyond}",
    "return": "when {of} is back within {beyond}",
    "of_peak": "{of} at {at} over its highest",
    "again": "highest {of} of the last interval over that of the first",
    "under": "how long {of} is under {beyond}",
    "back_over": "when {of} is {beyond} again",
    "since_lowest": "from the lowest {of} until it is {beyond} again",
    "ever_under": "whether {of} is ever under {beyond} up to {at}",
    "furthest": "{of} furthest from untreated up to {at}",
}


def told(one: Plan, readouts: LibraryReadouts, left_out: str) -> dict[str, Any]:
    """Say what a row is simulated as.

    Args:
        left_out: the source of which nothing is used; "" for none.
    Returns:
        Keys and texts: reads, observed, people (what of their words counts), given, beside, left_out; the mechanism.
    """
    return {
        "id": one.row.id,
        "of": one.of,
        "at_h": one.at,
        "reads": _reads(one),
        "observed": _observed(one),
        "people": _people(one, readouts),
        "given": _in_words(one, readouts),
        "beside": _beside(one),
        "left_out": left_out,
        "mechanism": list(one.side.mechanism),
    }


def _reads(one: Plan) -> str:
    readout, of = one.readout, one.of.strip("[]").replace("_", " ")
    at = f"{one.at / 24:.4g} d" if one.at >= 48 else f"{one.at:.4g} h"
    beyond = f"{100 * readout.beyond:g} %" if readout.relative else f"{readout.beyond:g}"
    what = TAKES[readout.take].format(of=of, at=at, beyond=beyond)
    if readout.of_course:
        what = f"{what}, in {readout.of_course} cycles of a course"
    if readout.relative == "change" or readout.less_one:
        what = f"change of {what}"
    elif readout.by_difference:
        what = f"difference of {what}"
    elif readout.relative == "fold" or readout.against:
        what = f"fold of {what}"
    return what


def _observed(one: Plan) -> str:
    """Say what was printed, as it was understood: a number with its unit, a bound, or a direction."""
    row = one.row
    if row.spread.kind == "direction":
        return str(row.direction)
    unit = "" if row.unit == "1" else f" {row.unit}"
    if row.value is None:
        return f"{row.spread.low:g} to {row.spread.high:g}{unit}"
    side = {"lower bound": "at least ", "upper bound": "at most "}.get(row.spread.kind, "")
    return f"{side}{row.value:g}{unit}"


def _people(one: Plan, readouts: LibraryReadouts) -> str:
    """Say who is simulated: the species, and what the words of the condition set; or that they set nothing."""
    side, population = one.side, one.row.population
    alike = readouts.settings(population.species, "")
    said = readouts.settings(population.species, population.condition)
    after = one.readout.after
    counts = [f"after {after}: {side.regimen}" if side.regimen else f"after {after}"] if after else []
    counts += [f"under {side.fell:g} {'in another cycle' if side.then else 'in this cycle'}"] if side.fell else []
    counts += [f"without {name}" for name in side.lost]
    share = readouts.regimens.parameter
    set_by_it = [name for name, text in said.items() if alike.get(name) != text and name not in side.lost]
    counts += ["how hard the chemotherapy was" if name == share else f"{name} {said[name]}" for name in set_by_it
               if name != share or (after and not side.regimen)]  # fmt: skip
    cells = [name for name in side.mechanism if name in readouts.library.cells]
    counts += [cell.replace("_", " ") for cell in cells]
    sex = (population.sex or "both sexes") if "{sex}" in one.readout.of else ""
    whom = f"{sex} {population.species}".strip()
    if counts or not population.condition:
        return "; ".join([whom, *counts])
    return f"{whom}; '{population.condition}' sets nothing"


def _in_words(one: Plan, readouts: LibraryReadouts) -> str:
    """Say what was given to a row's group, and what else its dish held where no module doses it."""
    doses, row = _given(one.side, one.readout.after), one.row
    dish = [each.agent for each in (row.stimulus, *row.beside) if each is not None]
    others = [name for name in dish if readouts.agent(name, in_dish=True) not in one.side.agents]
    if doses == "nothing":
        return ", ".join(dish) or doses
    return f"{doses}, beside {', '.join(others)}" if others and row.beside else doses


def _given(side: Side, after: str) -> str:
    arms = [" + ".join(_dose(dose) for dose in arm if dose.agent != after) for arm in side.arms]
    return " or ".join(dict.fromkeys(arm for arm in arms if arm)) or "nothing"


def _dose(one: Dosing) -> str:
    often = f" × {one.times} every {one.every}" if one.times > 1 else ""
    began = f" from {one.start.to('d'):.3g} d" if one.start.value else ""
    how = f"{one.amount}/mL in medium" if one.route == "medium" else f"{one.amount} {one.route}"  # a dish holds 1 mL
    return f"{one.agent} {how}{often}{began}"


def _beside(one: Plan) -> str:
    """Say what a relation is over (another group, the stated level, how it was before), or what a level is beside."""
    readout, other = one.readout, one.row.comparator
    if one.against is not None:
        own, theirs = dict(one.side.conditions), dict(one.against.conditions)
        differs = [
            f"{name} {theirs.get(name, 'as usual')}"
            for name in sorted({*own, *theirs})
            if own.get(name) != theirs.get(name)
        ]
        others = "" if one.against == replace(one.side, arms=one.against.arms) else ", of others"
        return f"{_given(one.against, readout.after)}{others}" + (f" ({', '.join(differs[:3])})" if differs else "")
    if readout.of_comparator and other is not None and other.value is not None:
        return f"the stated {other.value:g} {one.row.unit}"
    if one.beside is not None and other is not None:
        return f"{other.value:g} {one.row.unit} of {_given(one.beside, readout.after)}"
    return "its own start" if readout.relative else ""
