"""A network as SBML Level 3 text: Version 2, or Version 1 where it has fast reactions, which Version 2 dropped.

Observables become parameters with an assignment rule. `baseline(x)` has no counterpart in SBML and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from ...base.errors import ModelError, Problem
from ...mechanisms.check import every_formula
from ...mechanisms.expression import Expression, name, names, substitute, uses
from ...mechanisms.network import Event, Network, Parameter, Participant, Reaction
from .mathml_text import NAMESPACE, inside, math
from .units import define

_NOTES = '<notes><p xmlns="http://www.w3.org/1999/xhtml">{}</p></notes>'


def write_sbml(network: Network) -> str:
    """Write a network as SBML text.

    Raises:
        ModelError: it uses something that SBML cannot say, or an id that is not an SBML id.
    """
    return _Writer(network).document()


class _Writer:
    """Lines of the document, list by list in the order that the schema asks for."""

    def __init__(self, network: Network) -> None:
        self.network = network
        fast = any(reaction.fast for reaction in network.reactions.values())
        self.version = 1 if fast else 2
        self.core = f"http://www.sbml.org/sbml/level3/version{self.version}/core"
        self.units: dict[str, str] = {}
        self.definitions: dict[str, str] = {}
        self._check()

    def _check(self) -> None:
        network, problems = self.network, []
        for where, formula, _ in every_formula(network):
            if uses("baseline", formula):
                problems.append(
                    Problem(where, "uses 'baseline', which SBML does not have", "replace it by a parameter")
                )
            if self.version == 1 and (uses("rateOf", formula) or uses("min", formula) or uses("max", formula)):
                what = "uses rateOf, min or max, which SBML has not together with fast reactions"
                problems.append(Problem(where, what))
        tables = (network.compartments, network.species, network.parameters, network.reactions, network.observables)
        for key in (key for table in (*tables, network.functions, network.events) for key in table):
            if not re.fullmatch(r"[A-Za-z_]\w*", key, flags=re.ASCII):
                problems.append(Problem(key, "is not an id that SBML allows", "use letters, digits and underscores"))
        if problems:
            raise ModelError(f"model '{network.name}'", problems)

    def unit(self, text: str) -> str:
        """The id of a unit definition for a unit text; "" where there is none to give."""
        if text and text not in self.units:
            definition = define(text)
            self.units[text] = f"unit_{len(self.definitions) + 1}" if definition else ""
            if definition:
                self.definitions[self.units[text]] = definition
        return self.units.get(text, "")

    def math(self, formula: Expression) -> str:
        return math(formula, self.unit, core=self.core)

    def document(self) -> str:
        network = self.network
        lists = [*self.lists()]  # before the unit definitions, which they collect
        model = {
            "id": network.name if re.fullmatch(r"[A-Za-z_]\w*", network.name, flags=re.ASCII) else "",
            "name": network.label or network.name,
            "substanceUnits": self.unit(network.substance_unit),
            "timeUnits": self.unit(network.time_unit),
            "volumeUnits": self.unit(network.volume_unit),
            "areaUnits": self.unit(network.area_unit),
            "lengthUnits": self.unit(network.length_unit),
            "extentUnits": self.unit(network.extent_unit),
            "conversionFactor": network.conversion,
        }
        units = [_tag("unitDefinition", {"id": key}, [text]) for key, text in self.definitions.items()]
        functions, rest = lists[0], lists[1:]
        body = [functions, _list("UnitDefinitions", units), *rest]
        top = {"xmlns": self.core, "level": "3", "version": str(self.version)}
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + _tag("sbml", top, [_tag("model", model, body)]) + "\n"

    def lists(self) -> Iterator[str]:
        network = self.network
        yield _list("FunctionDefinitions", map(self.function, network.functions))
        yield _list("Compartments", map(self.compartment, network.compartments))
        yield _list("Species", map(self.species, network.species))
        parameters = [self.parameter("parameter", key, item) for key, item in network.parameters.items()]
        for key, observable in network.observables.items():
            item = Parameter(None, observable.unit, False, observable.label)
            parameters.append(self.parameter("parameter", key, item))
        yield _list("Parameters", parameters)
        initial = network.initial.items()
        yield _list(
            "InitialAssignments", (_tag("initialAssignment", {"symbol": k}, [self.math(e)]) for k, e in initial)
        )
        yield _list("Rules", self.rules())
        yield _list("Reactions", (self.reaction(key, item) for key, item in network.reactions.items()))
        yield _list("Events", (self.event(key, item) for key, item in network.events.items()))

    def function(self, key: str) -> str:
        function = self.network.functions[key]
        arguments = "".join(f"<bvar><ci> {name} </ci></bvar>" for name in function.arguments)
        if function.body is None:
            return _tag("functionDefinition", {"id": key})
        body = inside(function.body, self.unit)
        return _tag("functionDefinition", {"id": key}, [f"<math {NAMESPACE}><lambda>{arguments}{body}</lambda></math>"])

    def compartment(self, key: str) -> str:
        item = self.network.compartments[key]
        values = {
            "spatialDimensions": f"{item.dimensions:g}",
            "size": _number(item.size),
            "units": self.unit(item.unit),
        }
        return _tag("compartment", {"id": key, "name": item.label, **values, "constant": _truth(item.constant)})

    def species(self, key: str) -> str:
        item = self.network.species[key]
        initial = "initialConcentration" if item.concentration else "initialAmount"
        return _tag(
            "species",
            {
                "id": key,
                "name": item.label,
                "compartment": item.compartment,
                initial: _number(item.initial),
                "substanceUnits": self.unit(item.unit),
                "hasOnlySubstanceUnits": _truth(item.only_substance),
                "boundaryCondition": _truth(item.boundary),
                "constant": _truth(item.constant),
                "conversionFactor": item.conversion,
            },
        )

    def parameter(self, tag: str, key: str, item: Parameter) -> str:
        values = {"id": key, "name": item.label, "value": _number(item.value), "units": self.unit(item.unit)}
        if tag == "parameter":
            values["constant"] = _truth(item.constant)
        words = [f"{word}: {text}" for word, text in (("source", item.source), ("trust", item.trust)) if text]
        return _tag(tag, values, [_NOTES.format(escape("; ".join(words)))] if words else [])

    def rules(self) -> Iterator[str]:
        for key, formula in self.network.assignments.items():
            yield _tag("assignmentRule", {"variable": key}, [self.math(formula)])
        for key, observable in self.network.observables.items():
            yield _tag("assignmentRule", {"variable": key}, [self.math(observable.expression)])
        for key, formula in self.network.rates.items():
            yield _tag("rateRule", {"variable": key}, [self.math(formula)])
        for formula in self.network.algebraic:
            yield _tag("algebraicRule", {}, [self.math(formula)])

    def reaction(self, key: str, item: Reaction) -> str:
        item = self._told_apart(item)
        values = {"id": key, "name": item.label, "reversible": _truth(item.reversible)}
        if self.version == 1:
            values["fast"] = _truth(item.fast)
        values["compartment"] = item.compartment
        law = []
        if item.rate is not None:
            local = _list("LocalParameters", (self.parameter("localParameter", k, p) for k, p in item.local.items()))
            law = [_tag("kineticLaw", {}, [self.math(item.rate), local])]
        sides = [
            _list("Reactants", map(_participant, item.reactants)),
            _list("Products", map(_participant, item.products)),
        ]
        modifiers = [_tag("modifierSpeciesReference", {"species": species}) for species in self._modifiers(item)]
        return _tag("reaction", values, [*sides, _list("Modifiers", modifiers), *law])

    def _modifiers(self, item: Reaction) -> list[str]:
        """Those stated, and every species that the rate law uses without its taking part, as SBML asks."""
        part = {p.species for p in (*item.reactants, *item.products)}
        used = names(item.rate) if item.rate is not None else set()
        wanted = [k for k in self.network.species if k in used and k not in part and k not in item.local]
        stated = [key for key in item.modifiers if key not in item.local]  # where a law's own parameter has the name
        return list(dict.fromkeys([*stated, *wanted]))

    def _told_apart(self, item: Reaction) -> Reaction:
        """Rename a law's own parameters that are called as a species that takes part, which SBML allows no longer."""
        part = {p.species for p in (*item.reactants, *item.products)}
        if item.rate is None or not part & item.local.keys():
            return item
        taken = {*self.network.species, *item.local, *names(item.rate)}
        new = {
            key: next(f"{key}_{n}" for n in count(1) if f"{key}_{n}" not in taken)
            for key in sorted(part & item.local.keys())
        }
        local = {new.get(key, key): parameter for key, parameter in item.local.items()}
        return replace(item, local=local, rate=substitute(item.rate, {key: name(to) for key, to in new.items()}))

    def event(self, key: str, item: Event) -> str:
        when = {"initialValue": _truth(item.initial), "persistent": _truth(item.persistent)}
        parts = [_tag("trigger", when, [self.math(item.trigger)] if item.trigger else [])]
        parts += [_tag("delay", {}, [self.math(item.delay)])] if item.delay else []
        parts += [_tag("priority", {}, [self.math(item.priority)])] if item.priority else []
        assignments = item.assignments.items()
        tags = (_tag("eventAssignment", {"variable": k}, [self.math(e)]) for k, e in assignments)
        values = {"id": key, "name": item.label, "useValuesFromTriggerTime": _truth(item.values_at_trigger)}
        return _tag("event", values, [*parts, _list("EventAssignments", tags)])


def _tag(name: str, attributes: Mapping[str, str], content: Iterable[str] = ()) -> str:
    head = name + "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if value != "")
    inner = "\n".join(part for part in content if part)
    return f"<{head}>\n{inner}\n</{name}>" if inner else f"<{head}/>"


def _list(plural: str, items: Iterable[str]) -> str:
    content = list(items)
    return _tag(f"listOf{plural}", {}, content) if content else ""


def _participant(item: Participant) -> str:
    values = {"id": item.id, "species": item.species, "stoichiometry": _number(item.stoichiometry)}
    return _tag("speciesReference", {**values, "constant": _truth(item.constant)})


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return {"inf": "INF", "-inf": "-INF", "nan": "NaN"}.get(repr(float(value)), repr(float(value)))
