"""Reading a library module: its Antimony, and beside it the YAML table of what is known of its numbers.

    title: …            one line
    cell: fibroblast    the cell type its effects act in; or `per_cell: true` for a module that describes one cell
    compartments, species, quantities:   name → {unit, meaning}; quantities are what the Antimony assigns
    inputs:             name → {value, unit, meaning, of_cell}: what another module may define
    parameters:         name → {value or distribution, unit, source, trust, meaning, in_species, …}
    reactions:          name → {claims}, where a reaction stands on claims
    switches:           contested effects: {id, claim, question, reaction, driver, half, gain}
    gates:              parameters that are 1 where a claim holds and else 0: {parameter, claim, question, cell}
    assumptions:        assumption → state → the values that parameters take in it

Every name of the Antimony is declared here and every name declared here occurs there; all that is wrong is reported at
once, with its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ...assembly.module import Gate, Input, Module, Prior, Switch
from ...base import units
from ...base.errors import ModelError, Problem, nearest
from ...base.yaml import Loaded, load, validate
from ...formats.antimony.gathered import DEFAULT
from ...mechanisms.expression import names as names_in
from ...mechanisms.network import Network, Parameter
from .form import Known, ModuleForm, SwitchForm, WithUnit
from .text import head, read_module

TIME, SUBSTANCE, VOLUME = "h", "nmol", "L"  # the one unit system of the library


def load_module(path: Path) -> Module:
    """Read `<name>.yaml` and the `<name>.ant` beside it.

    Args:
        path: of either of the two files.
    Raises:
        ModelError: one problem for each thing that is wrong in either.
    """
    path = path.with_suffix(".yaml")
    try:
        text = path.with_suffix(".ant").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise ModelError(path.stem, Problem(str(path.with_suffix(".ant")), f"cannot be read: {fault}")) from None
    return make_module(path.stem, text, load(path, name=path.name, error=ModelError))


def make_module(name: str, text: str, table: Loaded) -> Module:
    """Join a module's Antimony and its YAML table; see `load_module`.

    Raises:
        ModelError: one problem for each thing that is wrong in either.
    """
    form = validate(table, ModuleForm, error=ModelError)
    network = read_module(text, f"{name}.ant")
    problems = [*_declared(network, form, table), *_units_fit(form, table)]
    if problems:
        raise ModelError(f"module '{name}'", problems)
    return Module(
        name=name,
        title=form.title,
        about=head(text),
        network=_described(network.replace(name=name), form),
        priors={key: prior_of(one, one.unit) for key, one in form.parameters.items()},
        inputs={key: Input(one.value, one.unit, one.meaning, one.of_cell) for key, one in form.inputs.items()},
        switches=tuple(_switch(one) for one in form.switches),
        gates=tuple(Gate(g.parameter, g.claim, g.question, g.cell or "", g.meaning) for g in form.gates),
        per_cell=form.per_cell,
        cell=form.cell or "",
        given_to_cell=tuple(key for key, one in form.quantities.items() if one.of_cell),
        in_cell={
            key: {cell: prior_of(known, one.unit) for cell, known in one.in_cell.items()}
            for key, one in form.parameters.items()
            if one.in_cell
        },
        in_species={
            key: {species: _in_species(known, one) for species, known in one.in_species.items()}
            for key, one in form.parameters.items()
            if one.in_species
        },
        reaction_claims={key: one.claims for key, one in form.reactions.items()},
        settings=form.assumptions,
    )


def prior_of(known: Known, unit: str) -> Prior:
    """Give what is known of one number, its distribution in the unit of its parameter."""
    distribution = known.value
    if not distribution.unit.is_dimensionless or distribution.unit.factor != 1.0:
        distribution = distribution.to(unit)
    return Prior(
        distribution,
        unit,
        known.meaning,
        known.source or "",
        known.trust,
        known.claims,
        known.between_subjects,
        known.covariate,
        known.fitted_to,
    )


def _in_species(known: Known, usual: WithUnit) -> Prior:
    """Give what is known of a number in a species; subjects differ in it as people do where nothing else is said."""
    found = prior_of(known, usual.unit)
    return replace(
        found,
        claims=found.claims or usual.claims,
        between_subjects=found.between_subjects or usual.between_subjects,
        covariate=usual.covariate,
    )


def _switch(one: SwitchForm) -> Switch:
    gain, half = prior_of(one.gain, "1"), prior_of(one.half, one.half.unit)
    return Switch(
        one.id,
        one.claim,
        one.question,
        one.reaction,
        one.driver,
        gain,
        half,
        sign=one.sign,
        direction=one.direction,
        meaning=one.meaning,
        species=one.species or "",
        of_loss=one.of_loss,
        made_up_by=one.made_up_by or "",
    )


def _declared(network: Network, form: ModuleForm, table: Loaded) -> Iterable[Problem]:
    """Compare the names of the two files."""
    assigned = {key for key in network.assignments if key not in network.species}
    expected = {
        "compartments": set(network.compartments) - {DEFAULT},
        "species": set(network.species),
        "quantities": assigned,
    }
    known = {*network.species, *network.compartments, *assigned, *network.reactions}
    formulas = [*network.assignments.values(), *network.initial.values()]
    formulas += [reaction.rate for reaction in network.reactions.values() if reaction.rate is not None]
    free = names_in(*formulas) - known
    drivers = {name for one in form.switches for name in (one.driver, one.made_up_by) if name}
    expected["parameters and inputs"] = free
    given = {key: set(getattr(form, key)) for key in ("compartments", "species", "quantities")}
    given["parameters and inputs"] = set(form.parameters) | (set(form.inputs) - (drivers - free))
    for section, wanted in expected.items():
        for key in sorted(wanted - given[section]):
            yield Problem(table.where(()), f"'{key}' is missing from the {section}", nearest(key, given[section]))
        for key in sorted(given[section] - wanted):
            part = next(one for one in ("inputs", "parameters", section) if key in getattr(form, one, ()))
            yield Problem(table.where((part, key)), f"'{key}' does not occur in the Antimony", nearest(key, wanted))
    for key in sorted(set(form.parameters) & set(form.inputs)):
        yield Problem(table.where(("inputs", key)), f"'{key}' is a parameter and an input", "keep one")
    for key in sorted(set(form.reactions) - set(network.reactions)):
        yield Problem(table.where(("reactions", key)), "is no reaction", nearest(key, network.reactions))
    for assumption, states in form.assumptions.items():
        for state, values in states.items():
            for key in sorted(set(values) - set(form.parameters)):
                place = table.where(("assumptions", assumption, state, key))
                yield Problem(place, f"'{key}' is no parameter", nearest(key, form.parameters))
    for i, gate in enumerate(form.gates):
        if gate.parameter not in form.parameters:
            help = nearest(gate.parameter, form.parameters)
            yield Problem(table.where(("gates", i)), f"sets '{gate.parameter}', which is no parameter", help)
    yield from _switched(network, form, table, known | set(form.inputs))


def _switched(network: Network, form: ModuleForm, table: Loaded, known: set[str]) -> Iterable[Problem]:
    """Check that each switch acts on a reaction and is driven by something that has a value here."""
    for i, one in enumerate(form.switches):
        place = table.where(("switches", i))
        if one.reaction not in network.reactions:
            help = nearest(one.reaction, network.reactions)
            yield Problem(place, f"acts on '{one.reaction}', which is no reaction", help)
        for does, driver in (("driven", one.driver), ("made up", one.made_up_by)):
            if driver and driver not in known:
                help = nearest(driver, known) or "declare it under inputs"
                yield Problem(place, f"is {does} by '{driver}', which nothing here names", help)


def _units_fit(form: ModuleForm, table: Loaded) -> Iterable[Problem]:
    """Check that a distribution written with a unit measures what its parameter does."""
    entries: list[tuple[tuple[str | int, ...], Known, str]] = []
    for key, one in form.parameters.items():
        entries.append((("parameters", key), one, one.unit))
        for part in ("in_cell", "in_species"):
            others = getattr(one, part).items()
            entries += [(("parameters", key, part, other), known, one.unit) for other, known in others]
    for place, known, unit in entries:
        if not known.value.unit.is_dimensionless and not known.value.unit.fits(units.parse(unit)):
            yield Problem(table.where(place), f"'{known.value}' is not in {unit} or the like")


def _described(network: Network, form: ModuleForm) -> Network:
    """Put units, values, sources and inputs into the network."""
    compartments = {
        key: replace(one, unit=form.compartments[key].unit if key in form.compartments else VOLUME)
        for key, one in network.compartments.items()
    }
    species = {
        key: replace(one, unit=form.species[key].unit, label=form.species[key].meaning)
        for key, one in network.species.items()
    }
    parameters: dict[str, Parameter] = {}
    for key, one in form.parameters.items():
        median = prior_of(one, one.unit).value
        parameters[key] = Parameter(median, one.unit, label=one.meaning, source=one.source or "", trust=one.trust)
    for key, given in form.inputs.items():
        parameters[key] = Parameter(given.value, given.unit, label=given.meaning)
    for key, quantity in form.quantities.items():
        parameters[key] = Parameter(None, quantity.unit, constant=False, label=quantity.meaning)
    return network.replace(
        compartments=compartments,
        species=species,
        parameters=parameters,
        time_unit=TIME,
        substance_unit=SUBSTANCE,
        volume_unit=VOLUME,
    )


def check_claims(modules: Mapping[str, Module], claims: Iterable[str]) -> list[Problem]:
    """Name every claim that a module rests on and that does not exist."""
    known = set(claims)
    missing = (
        (module, part, claim) for module in modules.values() for part, claim in module.rests_on() if claim not in known
    )
    return [
        Problem(
            f"module '{module.name}'",
            f"{part} rests on the claim '{claim}', which does not exist",
            nearest(claim, known),
        )
        for module, part, claim in missing
    ]
