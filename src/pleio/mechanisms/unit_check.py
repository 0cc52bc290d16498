"""The units of formulas, worked out from those that a network states, dimension and scale factor both.

A unit is known, unknown (a part states none: then nothing is said), or free: a bare number, which fits whatever it is
added to or compared with and multiplies as a pure number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..base.errors import ModelError, Problem, UnitError
from ..base.units import DIMENSIONLESS, Unit, parse
from .expression import LOGICAL, Expression, walk
from .functions import Functions
from .named_units import amount_unit, size_unit
from .network import Network, Species
from .printing import print_formula

FREE = Unit(1.0, DIMENSIONLESS.dimension, "a bare number")
_KEEPING = ("abs", "floor", "ceiling", "negative", "min", "max")  # the result has the unit of the operands
Known = Unit | None


def check_units(network: Network) -> list[Problem]:
    """Check every formula's units; each problem says what meets what, and by which factor they differ."""
    return _Units(network).check()


@dataclass
class _Units:
    network: Network

    def __post_init__(self) -> None:
        self.problems: list[Problem] = []
        self.functions = Functions(self.network, "model")
        network = self.network
        self.time = self.parsed("time_unit", network.time_unit)
        self.names: dict[str, Known] = {}
        for key, place in network.compartments.items():
            self.names[key] = self.parsed(f"compartments.{key}", size_unit(network, place))
        for key, parameter in network.parameters.items():
            self.names[key] = self.parsed(f"parameters.{key}", parameter.unit)
        self.amounts = {key: self._amount(key, item) for key, item in network.species.items()}
        for key, item in network.species.items():
            self.names[key] = self._meant(key, item)
        extent = self.parsed("extent_unit", network.extent_unit)
        for key in network.reactions:
            self.names[key] = extent / self.time if extent and self.time else None
        self.names |= {p.id: DIMENSIONLESS for _, p, _ in network.participants() if p.id}
        self.texts = self._texts()

    def parsed(self, where: str, text: str) -> Known:
        if not text:
            return None
        try:
            return parse(text)
        except UnitError as fault:
            self.problems += [Problem(where, problem.what, problem.help) for problem in fault.problems]
            return None

    def _texts(self) -> list[tuple[str, Unit]]:
        """Units with a text that people know them by: those stated, and what follows from them, the plain first."""
        network = self.network
        sizes = {size_unit(network, place) for place in network.compartments.values()}
        amounts = {amount_unit(network, species) for species in network.species.values()}
        stated = {p.unit for p in network.parameters.values()} | sizes | amounts | {network.time_unit}
        densities = {f"({a})/({s})" for a in amounts if a for s in sizes if s}
        texts = [*sorted(stated - {""}), *sorted(densities)]
        if network.time_unit:
            texts += [f"({text})/({network.time_unit})" for text in (*sorted(amounts - {""}), *sorted(densities))]
            texts.append(f"1/({network.time_unit})")
        found = []
        for text in texts:
            try:
                found.append((re.sub(r"\((\w+)\)", r"\1", text), parse(text)))
            except UnitError:
                continue
        return found

    def text(self, unit: Unit) -> str:
        """Call a unit as the network calls it, where it does."""
        return next((text for text, known in self.texts if known.same(unit)), str(unit))

    def _amount(self, key: str, species: Species) -> Known:
        return self.parsed(f"species.{key}", amount_unit(self.network, species))

    def _meant(self, key: str, species: Species) -> Known:
        place = self.network.compartments.get(species.compartment)
        amount, size = self.amounts[key], self.names.get(species.compartment)
        if species.only_substance or place is None or place.dimensions == 0:
            return amount
        return amount / size if amount and size else None

    def check(self) -> list[Problem]:
        network = self.network
        for key, reaction in network.reactions.items():
            if reaction.rate is not None:
                local = {k: self.parsed(f"reactions.{key}.local.{k}", p.unit) for k, p in reaction.local.items()}
                found = self.infer(f"reactions.{key}.rate", reaction.rate, local)
                self._check_rate(key, reaction.rate, found)
        for key, rule in network.assignments.items():
            self.expect(f"assignments.{key}", rule, self.names.get(key))
        for key, rule in network.initial.items():
            self.expect(f"initial.{key}", rule, self.names.get(key))
        for key, rule in network.rates.items():
            unit = self.names.get(key)
            self.expect(f"rates.{key}", rule, unit / self.time if unit and self.time else None)
        for i, rule in enumerate(network.algebraic):
            self.infer(f"algebraic[{i}]", rule, {})
        for key, event in network.events.items():
            if event.trigger is not None:
                self.infer(f"events.{key}.trigger", event.trigger, {})
            if event.delay is not None:
                self.expect(f"events.{key}.delay", event.delay, self.time)
            for target, formula in event.assignments.items():
                self.expect(f"events.{key}.assignments.{target}", formula, self.names.get(target))
        for key, item in network.observables.items():
            self.expect(f"observables.{key}", item.expression, self.parsed(f"observables.{key}", item.unit))
        return list(dict.fromkeys(self.problems))

    def expect(self, where: str, formula: Expression, wanted: Known) -> None:
        found = self.infer(where, formula, {})
        if found and wanted and found is not FREE and not found.same(wanted):
            self.problems.append(
                Problem(where, f"is in {self.text(found)} and should be in {self.text(wanted)}", _apart(found, wanted))
            )

    def _check_rate(self, key: str, rate: Expression, found: Known) -> None:
        """A rate must be in the unit of what it changes per time, for every species that the reaction changes."""
        network, seen = self.network, set()
        if found is None or found is FREE or self.time is None:
            return
        for reaction, participant, _ in network.participants():
            species = network.species[participant.species]
            amount = self.amounts[participant.species]
            if reaction != key or species.boundary or amount is None or participant.species in seen:
                continue
            seen.add(participant.species)
            conversion = self.names.get(species.conversion or network.conversion, DIMENSIONLESS)
            if conversion is None:
                continue
            got, wanted = found * conversion, amount / self.time
            if not got.same(wanted):
                what = f"is in {self.text(got)}, but '{participant.species}' changes in {self.text(wanted)}"
                text = f"{what}: '{_short(rate)}'"
                self.problems.append(Problem(f"reactions.{key}.rate", text, _apart(got, wanted)))

    def infer(self, where: str, formula: Expression, local: dict[str, Known]) -> Known:
        """Work out a formula's unit, noting every place where units do not fit."""
        try:
            formula = self.functions.expand(formula)
        except ModelError as fault:
            self.problems += fault.problems
            return None
        done: dict[Expression, Known] = {}
        for node in walk(formula):
            done[node] = self._unit(where, node, [done[arg] for arg in node.args], local)
        return done[formula]

    def _unit(self, where: str, node: Expression, args: list[Known], local: dict[str, Known]) -> Known:
        op = node.op
        if op == "number":
            return self.parsed(where, node.unit) if node.unit else FREE
        if op == "time":
            return self.time
        if op == "constant":
            return DIMENSIONLESS
        if op in ("name", "baseline", "rateOf"):
            key = str(node.value)
            unit = local[key] if key in local else self.names.get(key)
            return unit if op != "rateOf" else (unit / self.time if unit and self.time else None)
        if op == "times":
            return _product(args)
        if op == "divide":
            return args[0] / args[1] if args[0] and args[1] and args != [FREE, FREE] else (FREE if all(args) else None)
        if op == "power":
            return self._power(where, node, args)
        if op == "sqrt":
            return args[0] ** Fraction(1, 2) if args[0] and args[0] is not FREE else args[0]
        if op == "plus" or op in _KEEPING:
            return self._alike(where, node, args, "adds" if op == "plus" else f"takes the {op} of")
        if op == "piecewise":
            return self._alike(where, node, [*args[:-1:2], *args[len(args) - len(args) % 2 :]], "chooses between")
        if op == "delay":
            return self._alike(where, node, args[:1], "") if self._is_time(where, args[1]) else None
        if op in ("and", "or", "xor", "not"):
            return DIMENSIONLESS
        if op in LOGICAL:
            self._alike(where, node, args, "compares")
            return DIMENSIONLESS
        for unit in args:
            if unit and unit is not FREE and not unit.same(DIMENSIONLESS):
                self._note(where, node, f"takes {op} of a quantity in {self.text(unit)}", "it takes a pure number")
        return DIMENSIONLESS

    def _is_time(self, where: str, lag: Known) -> bool:
        if lag and self.time and lag is not FREE and not lag.same(self.time):
            self.problems.append(Problem(where, f"delays by a quantity in {self.text(lag)}", _apart(lag, self.time)))
        return True

    def _power(self, where: str, node: Expression, args: list[Known]) -> Known:
        base, exponent = args
        if exponent and exponent is not FREE and not exponent.same(DIMENSIONLESS):
            self._note(where, node, f"has a power in {self.text(exponent)}", "a power is a pure number")
        if base is None or base is FREE or base.same(DIMENSIONLESS):
            return base
        value = node.args[1].value
        if node.args[1].op == "number" and isinstance(value, float) and abs(value) <= 12:
            return base ** Fraction(value).limit_denominator(60)
        return None  # the unit depends on a parameter's value, as in a Hill term before it is divided

    def _alike(self, where: str, node: Expression, args: Sequence[Known], verb: str) -> Known:
        known = [unit for unit in args if unit and unit is not FREE]
        for unit in known[1:]:
            if not unit.same(known[0]):
                self._note(where, node, f"{verb} {self.text(known[0])} and {self.text(unit)}", _apart(unit, known[0]))
                return None
        if known:
            return known[0]
        return None if None in args else FREE

    def _note(self, where: str, node: Expression, what: str, help: str) -> None:
        self.problems.append(Problem(where, f"{what}: '{_short(node)}'", help))


def _product(args: Sequence[Known]) -> Known:
    if None in args:
        return None
    known = [unit for unit in args if unit is not None and unit is not FREE]
    if not known:
        return FREE
    result = known[0]
    for unit in known[1:]:
        result = result * unit
    return result


def _apart(one: Unit, other: Unit) -> str:
    if not one.fits(other):
        return "they measure different things"
    ratio = one.factor / other.factor
    return f"differs by a factor of {ratio if ratio >= 1 else 1 / ratio:.6g}"


def _short(formula: Expression) -> str:
    if sum(1 for _ in walk(formula)) > 200:
        return "…"
    text = print_formula(formula)
    return text if len(text) <= 80 else f"{text[:79]}…"
