"""Plain Antimony to a network, without the Antimony library: the network that library and libsbml would give.

Quantities come in the order in which the text first names them, parameters that nothing sets after those that something
does. Whatever is not said in one plain way (a name of two kinds, two rules for one name, a function that is not
defined) is left to the full reader, which knows what it means or what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...base.errors import ModelError
from ...mechanisms.expression import Expression, names, uses, walk
from ...mechanisms.formula import parse_formula
from ...mechanisms.network import (
    Compartment,
    Event,
    FunctionDefinition,
    Network,
    Parameter,
    Participant,
    Reaction,
    Species,
)
from ...mechanisms.notation import RESERVED
from ..sbml.units import spell
from .forms import ID, NUMBER, EventLine, FunctionLine, NotPlain, ReactionLine
from .gathered import CALLED, DEFAULT, VALUE, WORD, WORDS, Gathered, once
from .statements import statements
from .unit_text import KINDS

_NEGATED_TWICE = re.compile(r"(?:^|[-+*/^(,<>=&|!])\s*-[\s(]*-")  # which libantimony writes without either
_AMOUNT = re.compile(rf"-?\s*{NUMBER}\s*[*/]\s*({ID})", re.ASCII)
_MINUS_ZERO = re.compile(r"-[\s(]*(?:0+\.?0*|\.0+)(?:[eE][-+]?\d+)?(?![\w.])", re.ASCII)  # which is written as 0
_NOT_ALIKE = re.compile(
    rf"""[%"`]|--|\(\s*-?\s*(?>{NUMBER})\s*/\s*(?>{NUMBER})\s*\)|(?<![\w.])(?>{NUMBER})\s*[A-Za-z_]""", re.ASCII
)  # a quote, a remainder, a fraction, a unit


def read_plain(text: str) -> Network:
    """Read plain Antimony.

    Raises:
        NotPlain: it is not plain Antimony, or no Antimony at all.
        ModelError: it has more than 100,000 quantities and reactions.
    """
    said = Gathered()
    for statement in statements(text):
        said.take(statement)
    return _Build(said).network()


class _Build:
    """From what was said to the network."""

    def __init__(self, said: Gathered) -> None:
        self.said = said

    def network(self) -> Network:
        values = {key: self.value(key) for key in self.said.start}
        initial = {key: self.formula(self.said.start[key]) for key, value in values.items() if value is None}
        assigned = {key: self.formula(self.said.assigned[key]) for key in self.said.order if key in self.said.assigned}
        rates = {key: self.formula(self.said.rates[key]) for key in self.said.order if key in self.said.rates}
        laws = {key: self.formula(item.rate) if item.rate else None for key, item in self.said.reactions.items()}
        events = {key: self.event(key, item) for key, item in self.said.events.items()}
        functions = {key: self.function(item) for key, item in self.said.functions.items()}
        self.check(initial, assigned, rates)
        held = self.constant(initial)
        for key in self.of("species"):  # a number over its compartment is an amount, times it a concentration
            amount = _AMOUNT.fullmatch(self.said.start.get(key, ""))
            if amount and amount[1] == self.said.place.get(key, DEFAULT):
                raise NotPlain
        for key in self.of("species"):  # what Antimony makes of a rule that never changes is not said in one word
            if key in assigned and not any(self.moves(word, held) for word in names(assigned[key])):
                raise NotPlain
        compartments = {
            key: Compartment(values.get(key), constant=held[key], label=self.said.labels.get(key, ""))
            for key in self.of("compartment")
        }
        species = {key: self.species(key, values.get(key)) for key in self.of("species")}
        if any(item.compartment == DEFAULT for item in species.values()):
            compartments = {DEFAULT: Compartment(1.0), **compartments}
        return Network(
            name=self.said.name or "__main",
            compartments=compartments,
            species=species,
            parameters={
                key: Parameter(self.stated(key, values), self.unit(key), held[key], self.said.labels.get(key, ""))
                for key in sorted(self.of(""), key=lambda key: not self.is_set(key))
            },
            reactions={key: self.reaction(key, item, laws[key]) for key, item in self.said.reactions.items()},
            assignments=assigned,
            rates=rates,
            initial={key: initial[key] for key in self.said.order if key in initial},
            events=events,
            functions=functions,
        )

    def of(self, kind: str) -> list[str]:
        return [key for key in self.said.order if self.said.kind.get(key, "") == kind]

    def is_set(self, key: str) -> bool:
        """Whether anything sets a quantity."""
        return key in self.said.start or key in self.said.assigned or key in self.said.rates or key in self.said.targets

    def value(self, key: str) -> float | None:
        """The number that a start is, if it is one; its unit is noted."""
        match = VALUE.fullmatch(self.said.start[key])
        if match is None:
            return None
        value = float(match[1] + match[2])
        if value - value != 0.0:
            raise NotPlain
        if match[3]:
            once(key, self.said.unit_of)
            self.said.unit_of[key] = match[3]
        return value

    def stated(self, key: str, values: dict[str, float | None]) -> float | None:
        """A parameter's number; one that a rule sets to a number has it too."""
        rule = VALUE.fullmatch(self.said.assigned.get(key, ""))
        return float(rule[1] + rule[2]) if rule and not rule[3] else values.get(key)

    def formula(self, text: str, own: tuple[str, ...] | None = None) -> Expression:
        """Read a formula; `own` are the only names it may use, if given."""
        if any(signs.search(text) for signs in (_NOT_ALIKE, _NEGATED_TWICE, _MINUS_ZERO)):
            raise NotPlain
        for word, called in WORD.findall(text):
            if not word:
                continue
            known = word in CALLED or word in self.said.functions if called else word.lower() not in RESERVED - {"time"}
            known = known or (not called and word in ("pi", "exponentiale", "avogadro", "true", "false"))
            if not known or word in WORDS or (not called and word in self.said.units):
                raise NotPlain
        try:
            tree = parse_formula(re.sub(r"\blog\s*\(", "ln(", text))
        except (ModelError, ValueError):
            raise NotPlain from None
        for node in walk(tree):
            if node.op == "call" and len(self.said.functions[str(node.value)].arguments) != len(node.args):
                raise NotPlain
        if own is not None and not names(tree) <= {*own}:
            raise NotPlain
        return tree

    def function(self, item: FunctionLine) -> FunctionDefinition:
        if item.key in CALLED or item.key in RESERVED or item.key in self.said.order:
            raise NotPlain
        if not all(re.fullmatch(ID, key, re.ASCII) and key not in RESERVED for key in item.arguments):
            raise NotPlain
        return FunctionDefinition(item.arguments, self.formula(item.body, item.arguments))

    def event(self, key: str, item: EventLine) -> Event:
        flags = {"t0": True, "persistent": True, "fromTrigger": True}
        for option, text in item.options.items():
            if option != "priority":
                if text not in ("true", "false"):
                    raise NotPlain
                flags[option] = text == "true"
        if len({target for target, _ in item.assignments}) < len(item.assignments):
            raise NotPlain
        priority = item.options.get("priority", "")
        return Event(
            trigger=self.formula(item.trigger),
            assignments={target: self.formula(text) for target, text in item.assignments},
            delay=self.formula(item.delay) if item.delay else None,
            priority=self.formula(priority) if priority else None,
            initial=flags["t0"],
            persistent=flags["persistent"],
            values_at_trigger=flags["fromTrigger"],
            label=self.said.labels.get(key, ""),
        )

    def check(
        self,
        initial: dict[str, Expression],
        assigned: dict[str, Expression],
        rates: dict[str, Expression],
    ) -> None:
        """Leave to the full reader what has more than one meaning or none."""
        twice = [key for key in assigned if key in initial or key in self.said.start or key in rates]
        for key in (*self.said.start, *assigned, *rates, *self.said.unit_of):
            kind = self.said.kind.get(key, "")
            if kind in ("reaction", "event") or (key in self.said.unit_of and kind):
                twice.append(key)
            if kind and key in assigned and VALUE.fullmatch(self.said.assigned[key]):
                twice.append(key)
        twice += [key for key, word in self.said.flags if word == "const" and (key, "var") in self.said.flags]
        twice += [key for key in (*assigned, *rates, *self.said.targets) if (key, "const") in self.said.flags]
        twice += [key for key in self.said.kind if key in self.said.functions]
        twice += [key for key in (*assigned, *rates) if key in self.said.moved and not self.is_boundary(key)]
        formulas = (*initial.values(), *assigned.values(), *rates.values())
        if twice or any(uses("time", formula) for formula in initial.values()):
            raise NotPlain
        events = {key for key, kind in self.said.kind.items() if kind == "event"}
        if any(names(formula) & (events | self.said.units.keys()) for formula in formulas):
            raise NotPlain
        explicit = {*self.said.reactions, *self.said.events}
        if self.said.unnamed and any(
            re.fullmatch(r"_[JE]\d+", key) for key in self.said.labels.keys() | explicit - self.made()
        ):
            raise NotPlain

    def made(self) -> set[str]:
        return {f"{head}{n}" for head, last in self.said.unnamed.items() for n in range(last + 1)}

    def constant(self, initial: dict[str, Expression]) -> dict[str, bool]:
        """Which parameters and compartments do not change: neither by a rule or event, nor by what they start from."""
        moving = {*self.said.assigned, *self.said.rates, *self.said.targets, *self.said.reactions}
        moving |= {key for key in self.of("species") if not self.is_boundary(key)}
        moving |= {key for key, word in self.said.flags if word == "var"}
        waiting = True
        while waiting:
            waiting = False
            for key, formula in initial.items():
                if key not in moving and (key, "const") not in self.said.flags and names(formula) & moving:
                    moving.add(key)
                    waiting = True
        driven = {key for key in self.of("species") if key in moving and self.is_boundary(key)}
        if any(names(formula) & driven for formula in initial.values()):
            raise NotPlain  # which libantimony takes for one that does not change
        return {key: key not in moving for key in self.said.order}

    def moves(self, key: str, held: dict[str, bool]) -> bool:
        return not held[key] and (key, "const") not in self.said.flags

    def species(self, key: str, value: float | None) -> Species:
        only_substance = (key, "substanceOnly") in self.said.flags
        return Species(
            self.said.place.get(key, DEFAULT),
            value,
            concentration=value is not None and not only_substance,
            only_substance=only_substance,
            boundary=self.is_boundary(key),
            label=self.said.labels.get(key, ""),
        )

    def is_boundary(self, key: str) -> bool:
        return bool({(key, "$"), (key, "const")} & self.said.flags)

    def unit(self, key: str) -> str:
        unit = self.said.unit_of.get(key, "")
        if not unit or unit in self.said.units:
            return self.said.units.get(unit, "")
        if unit not in KINDS:
            raise NotPlain
        return spell([[unit, 1.0, 0, 1.0]])

    def reaction(self, key: str, item: ReactionLine, rate: Expression | None) -> Reaction:
        reactants, products = (
            tuple(Participant(species, number) for number, _, species in side)
            for side in (item.reactants, item.products)
        )
        present = {participant.species for participant in (*reactants, *products)}
        named = dict.fromkeys(_in_order(rate)) if rate is not None else {}
        modifiers = tuple(word for word in named if self.said.kind.get(word) == "species" and word not in present)
        label = self.said.labels.get(key, "")
        return Reaction(reactants, products, modifiers, rate, reversible=item.reversible, label=label)


def _in_order(formula: Expression) -> Iterator[str]:
    """The names of a formula as they stand in it."""
    stack = [formula]
    while stack:
        node = stack.pop()
        if node.op == "name":
            yield str(node.value)
        stack.extend(reversed(node.args))
