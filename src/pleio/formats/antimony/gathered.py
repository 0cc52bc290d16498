"""What the statements of a plain Antimony text say, gathered by name."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final

from ...base.errors import ModelError
from ...mechanisms.check import LARGEST
from ...mechanisms.notation import RESERVED
from .forms import (
    ID,
    NUMBER,
    Declaration,
    EventLine,
    FunctionLine,
    ModelLine,
    NotPlain,
    ReactionLine,
    Said,
    Setting,
    Statement,
)
from .unit_text import KINDS, SPECIAL, unit_text

DEFAULT: Final = "default_compartment"  # where species are that are in no compartment
CALLED: Final = frozenset(
    "abs acos arccos arcsin arctan asin atan ceil ceiling cos cosh exp floor ln log log10 max min piecewise pow power "
    "sin sinh sqr sqrt tan tanh".split()
)
WORDS: Final = frozenset(
    "at after compartment const delete DNA end event ext extends formula function gene genes has identity import in "
    "is maximize minimize model module operator reaction since species subject substanceOnly to unit until var".split()
)
"""Words of the language, which are no names."""
VALUE: Final = re.compile(rf"(-?)\s*({NUMBER})(?:\s+({ID}))?", re.ASCII)
PURE: Final = re.compile(rf"-?\s*{NUMBER}", re.ASCII)
WORD: Final = re.compile(rf"{NUMBER}|({ID})\s*(\()?", re.ASCII)


@dataclass
class Gathered:
    """What has been read; `order` holds every name that is mentioned."""

    name: str = ""
    order: dict[str, None] = field(default_factory=dict)
    kind: dict[str, str] = field(default_factory=dict)
    place: dict[str, str] = field(default_factory=dict)
    flags: set[tuple[str, str]] = field(default_factory=set)  # (name, word)
    start: dict[str, str] = field(default_factory=dict)
    assigned: dict[str, str] = field(default_factory=dict)
    rates: dict[str, str] = field(default_factory=dict)
    reactions: dict[str, ReactionLine] = field(default_factory=dict)
    events: dict[str, EventLine] = field(default_factory=dict)
    functions: dict[str, FunctionLine] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    unit_of: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    early: set[str] = field(default_factory=set)  # set by a formula before it was said what they are
    declared: dict[str, frozenset[str]] = field(default_factory=dict)  # the words of the first declaration
    targets: set[str] = field(default_factory=set)  # of events
    moved: set[str] = field(default_factory=set)
    unnamed: dict[str, int] = field(default_factory=dict)

    def take(self, statement: Statement) -> None:
        if len(self.order) > LARGEST:
            raise ModelError("Antimony", f"has more than {LARGEST:,} quantities and reactions")
        if isinstance(statement, Setting):
            self.set(statement.key, statement.sign, statement.formula)
        elif isinstance(statement, ReactionLine):
            self.react(statement)
        elif isinstance(statement, Declaration):
            self.declare(statement)
        elif isinstance(statement, EventLine):
            self.happen(statement)
        elif isinstance(statement, Said):
            self.say(statement)
        elif isinstance(statement, FunctionLine):
            once(statement.key, self.functions)
            self.functions[statement.key] = statement
        elif isinstance(statement, ModelLine):
            if self.order:
                raise NotPlain
            self.name = statement.key

    # statements

    def mention(self, key: str, kind: str = "") -> None:
        """Note a name, and what kind of thing it is if that is said."""
        if key == DEFAULT or key in RESERVED or key in CALLED or key in WORDS:
            raise NotPlain
        self.order[key] = None
        if kind and self.kind.setdefault(key, kind) != kind:
            raise NotPlain
        if kind and key in self.early:
            raise NotPlain

    def mention_all(self, *formulas: str) -> None:
        """Note the names that formulas use."""
        for word, called in (found for formula in formulas for found in WORD.findall(formula)):
            if word and not called and word not in RESERVED:
                self.mention(word)

    def set(self, key: str, sign: str, formula: str) -> None:
        self.mention(key)
        table = {"=": self.start, ":=": self.assigned}.get(sign, self.rates)
        plain_number = table is self.start and PURE.fullmatch(formula)
        if key in table and not (plain_number and PURE.fullmatch(table[key])):
            raise NotPlain  # a unit or a circle of what is set anew can stay
        if table is not self.start or not VALUE.fullmatch(formula):
            self.early |= {key} - self.kind.keys()
        table[key] = formula
        if not VALUE.fullmatch(formula):
            self.mention_all(formula)

    def declare(self, item: Declaration) -> None:
        is_species = "species" in item.words
        words = item.words | ({"$"} if item.boundary else set())
        if self.declared.setdefault(item.key, words) != words or {"$", "var"} <= words:
            raise NotPlain
        if "compartment" in item.words:
            if len(item.words) > 1 or item.boundary or item.place:
                raise NotPlain
            self.mention(item.key, "compartment")
        elif is_species:
            self.mention(item.key, "species")
        elif item.boundary or item.place or "substanceOnly" in item.words:
            raise NotPlain
        else:
            self.mention(item.key)
        if item.place:
            self.mention(item.place, "compartment")
            if self.place.setdefault(item.key, item.place) != item.place:
                raise NotPlain
        self.flags |= {(item.key, word) for word in item.words}
        if item.boundary:
            self.flags.add((item.key, "$"))
        if item.sign:
            self.set(item.key, item.sign, item.formula)

    def react(self, item: ReactionLine) -> None:
        key = item.key or self.next_name("_J")
        once(key, self.reactions)
        self.mention(key, "reaction")
        for _, boundary, species in (*item.reactants, *item.products):
            self.mention(species, "species")
            self.moved.add(species)
            if boundary:
                self.flags.add((species, "$"))
        self.reactions[key] = item
        self.mention_all(item.rate)

    def happen(self, item: EventLine) -> None:
        key = item.key or self.next_name("_E")
        once(key, self.events)
        self.mention(key, "event")
        self.events[key] = item
        self.mention_all(item.delay, item.trigger, item.options.get("priority", ""))
        for target, formula in item.assignments:
            self.mention(target)
            self.targets.add(target)
            self.mention_all(formula)

    def next_name(self, head: str) -> str:
        self.unnamed[head] = self.unnamed.get(head, -1) + 1
        return f"{head}{self.unnamed[head]}"

    def say(self, item: Said) -> None:
        if item.word == "unit":
            once(item.key, self.units)
            if item.key in KINDS or item.key in SPECIAL:
                raise NotPlain
            self.units[item.key] = unit_text(item.text)
            return
        self.mention(item.key)
        table = self.labels if item.word == "is" else self.unit_of
        once(item.key, table)
        table[item.key] = item.text


def once(key: str, table: Container[str]) -> None:
    """Refuse a name that a table has already."""
    if key in table:
        raise NotPlain
