"""Joining modules into a mechanism: equal names are one thing, and must be one thing.

A species of two modules is one pool that both act on; a parameter or compartment of two modules must be the same in
both; an input of one module is whatever another defines under its name.  Whatever does not fit (another unit, another
compartment, another value, a reaction given twice) is reported, all of it at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..base import units
from ..base.errors import ModelError, Problem
from ..mechanisms.network import Network
from .cells import by_cell
from .module import Input, Mechanism, Module, Prior
from .switches import add_switches

TABLES = ("compartments", "species", "parameters", "reactions", "assignments", "rates", "initial", "observables")


@dataclass
class _Joined:
    tables: dict[str, dict[str, Any]] = field(default_factory=lambda: {table: {} for table in TABLES})
    origin: dict[str, str] = field(default_factory=dict)
    priors: dict[str, Prior] = field(default_factory=dict)
    in_species: dict[str, Mapping[str, Prior]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def compose(modules: Sequence[Module]) -> Mechanism:
    """Join modules, put their switches in, and keep where each name came from.

    Args:
        modules: in any order; the order decides that of the species.
    Raises:
        ModelError: a module is given twice, or two define the same name differently.
    """
    names = tuple(module.name for module in modules)
    subject = "mechanism " + "+".join(names)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or not modules:
        what = [f"'{name}' is given twice" for name in twice] or ["no modules are given"]
        raise ModelError(subject, [Problem("", one, "name each module once") for one in what])
    placed = by_cell(modules)
    joined = _Joined()
    for module in placed:
        _join(module, joined)
    defined = set(joined.origin)
    inputs = _inputs(placed, defined, joined)
    _check_switches(placed, joined)
    if joined.problems:
        raise ModelError(subject, joined.problems)
    return _mechanism(names, placed, joined, inputs)


def _join(module: Module, joined: _Joined) -> None:
    for table in TABLES:
        mine = joined.tables[table]
        for key, item in getattr(module.network, table).items():
            if key in module.inputs:
                continue
            if key in mine:
                _same(table, key, mine[key], item, joined, module.name)
            elif key in joined.origin and table in ("compartments", "species", "parameters", "reactions"):
                kind = next(kind for kind in TABLES if key in joined.tables[kind])
                what = f"is one of the {kind} of '{joined.origin[key]}' and one of the {table} of '{module.name}'"
                joined.problems.append(Problem(key, what, "rename one, or leave one module out"))
            else:
                mine[key] = item
                joined.origin.setdefault(key, module.name)
    for key, prior in module.priors.items():
        known = joined.priors.setdefault(key, prior)
        if str(known.distribution) != str(prior.distribution):
            what = f"is {known.distribution} in '{joined.origin[key]}' and {prior.distribution} in '{module.name}'"
            joined.problems.append(Problem(key, what, "give it one value"))
    for key, known_in in module.in_species.items():
        others = joined.in_species.setdefault(key, known_in)
        if {s: str(p.distribution) for s, p in others.items()} != {s: str(p.distribution) for s, p in known_in.items()}:
            what = f"is in animals something else in '{joined.origin[key]}' than in '{module.name}'"
            joined.problems.append(Problem(key, what, "give it one value in each species"))


_PARTS = {
    "compartments": ("size", "unit"),
    "species": ("unit", "compartment", "only_substance"),
    "parameters": ("unit",),
}


def _same(table: str, key: str, known: Any, other: Any, joined: _Joined, module: str) -> None:
    """Check that what two modules define under one name is the same thing."""
    if known == other:
        return
    first = joined.origin[key]
    if table not in _PARTS:
        joined.problems.append(
            Problem(key, f"is defined by '{first}' and by '{module}'", "rename one, or leave one module out")
        )
        return
    for part in _PARTS[table]:
        here, there = getattr(known, part), getattr(other, part)
        if here != there and not (part == "unit" and _same_unit(here, there)):
            what = f"has the {part} {here or 'none'} in '{first}' and {there or 'none'} in '{module}'"
            joined.problems.append(Problem(key, what, "use one"))


def _same_unit(one: str, other: str) -> bool:
    return bool(one and other) and units.parse(one).same(units.parse(other))


def _inputs(placed: Iterable[Module], defined: set[str], joined: _Joined) -> dict[str, Input]:
    """Check inputs against what defines them, and keep those that nothing defines."""
    left: dict[str, Input] = {}
    for module in placed:
        for key, one in module.inputs.items():
            if key in defined:
                unit = _unit(joined.tables, key)
                if unit and not _same_unit(unit, one.unit):
                    what = f"is given in {unit} by '{joined.origin[key]}' and taken in {one.unit} by '{module.name}'"
                    joined.problems.append(Problem(key, what, "use one unit"))
            elif key not in left:
                left[key] = one
                joined.tables["parameters"][key] = module.network.parameters[key]
                joined.origin[key] = module.name
            elif left[key].value != one.value or not _same_unit(left[key].unit, one.unit):
                before = f"{left[key].value:g} {left[key].unit} in '{joined.origin[key]}'"
                what = f"as an input is {before} and {one.value:g} {one.unit} in '{module.name}'"
                joined.problems.append(Problem(key, what, "give it one value"))
    return left


def _check_switches(placed: Iterable[Module], joined: _Joined) -> None:
    """Check that each switch's id is its own, and that its half has the unit of what drives it."""
    known: dict[str, str] = {}
    for module in placed:
        for one in module.switches:
            if one.id in known:
                what = f"is a switch of '{known[one.id]}' and of '{module.name}'"
                joined.problems.append(Problem(one.id, what, "rename one, or leave one module out"))
            known[one.id] = module.name
            for does, driver in (("driven", one.driver), ("made up", one.made_up_by)):
                unit = _unit(joined.tables, driver)
                if unit and not _same_unit(unit, one.half.unit):
                    what = f"is {does} by {driver} in {unit}, and its half is in {one.half.unit}"
                    joined.problems.append(Problem(one.id, what, "use one unit"))


def _unit(tables: Mapping[str, Mapping[str, Any]], key: str) -> str:
    """Give the unit of a quantity by name; a species in a compartment is read as its concentration."""
    if key in tables["species"]:
        species = tables["species"][key]
        if species.only_substance:
            return str(species.unit)
        size = tables["compartments"][species.compartment].unit
        return f"{species.unit}/{size}" if species.unit and size else ""
    for table in ("parameters", "compartments"):
        if key in tables[table]:
            return str(tables[table][key].unit)
    return ""


def _mechanism(
    names: tuple[str, ...], placed: Sequence[Module], joined: _Joined, inputs: Mapping[str, Input]
) -> Mechanism:
    first = placed[0].network
    network = Network(
        name="+".join(names),
        time_unit=first.time_unit,
        substance_unit=first.substance_unit,
        volume_unit=first.volume_unit,
        extent_unit=first.extent_unit,
    ).replace(**joined.tables)
    switches = tuple(switch for module in placed for switch in module.switches)
    claims = {key: ids for module in placed for key, ids in module.reaction_claims.items()}
    priors, origin = dict(joined.priors), dict(joined.origin)
    claims.update({key: prior.claims for key, prior in priors.items() if prior.claims})
    for switch in switches:
        claims[switch.reaction] = tuple(dict.fromkeys((*claims.get(switch.reaction, ()), switch.claim)))
        for part, prior in (("gain", switch.gain), ("half", switch.half)):
            priors[f"{part}_{switch.id}"] = prior
        for part in ("sign", "gain", "half"):
            claims[f"{part}_{switch.id}"] = (switch.claim,)
            origin[f"{part}_{switch.id}"] = origin[switch.reaction]
    gates = tuple(gate for module in placed for gate in module.gates)
    for gate in gates:
        claims[gate.parameter] = tuple(dict.fromkeys((*claims.get(gate.parameter, ()), gate.claim)))
    return Mechanism(
        modules=names,
        network=add_switches(network, switches),
        priors=priors,
        switches=switches,
        open_inputs=inputs,
        origin=origin,
        claims=claims,
        settings=_settings(placed),
        in_species=joined.in_species,
        gates=gates,
    )


def _settings(placed: Sequence[Module]) -> dict[str, dict[str, dict[str, float]]]:
    """Join what the modules let an assumption set."""
    joined: dict[str, dict[str, dict[str, float]]] = {}
    for module in placed:
        for assumption, states in module.settings.items():
            for state, values in states.items():
                joined.setdefault(assumption, {}).setdefault(state, {}).update(values)
    return joined
