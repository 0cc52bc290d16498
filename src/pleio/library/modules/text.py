"""Reading the Antimony of library modules: one statement a line, in this process, in milliseconds.

Library modules are ours, small, and use a few forms only, so they need neither the Antimony library nor the child
process that reads other people's files.  A test holds that the full reader of `formats` finds the same networks.

    compartment cell = 1                         a compartment and its size (library unit: L)
    species A in cell, B in cell                 names mean concentrations
    substanceOnly species C, D                   names mean amounts
    A = formula      x := formula                a start; what always holds
    bind: A + B -> AB; formula                   a reaction and its rate law (`=>` for one that never runs backwards)
    // anything                                  a comment; the block before the first statement is the module's head
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...base.errors import InputError, ModelError, Problem
from ...formats.antimony.forms import Declaration, NotPlain, ReactionLine, Setting, Statement
from ...formats.antimony.gathered import DEFAULT
from ...formats.antimony.statements import statements
from ...mechanisms.expression import Expression
from ...mechanisms.formula import parse_formula
from ...mechanisms.network import Compartment, Network, Parameter, Participant, Reaction, Species


@dataclass
class _Text:
    """What has been read so far."""

    compartments: dict[str, Compartment] = field(default_factory=dict)
    species: dict[str, Species] = field(default_factory=dict)
    reactions: dict[str, Reaction] = field(default_factory=dict)
    assignments: dict[str, Expression] = field(default_factory=dict)
    initial: dict[str, Expression] = field(default_factory=dict)


def read_module(text: str, name: str) -> Network:
    """Read a library module's Antimony into a network; parameters have no values yet, assigned quantities are declared.

    Raises:
        ModelError: a line is none of the forms above, a name is given twice, or a formula cannot be read.

    Example:
        >>> read_module("substanceOnly species A; \\nA = 3 \\nloss: A -> ; k * A", "one").reactions["loss"].rate
        <k * A>
    """
    read, problems = _Text(), []
    for number, line in enumerate(text.splitlines(), start=1):
        statement = line.partition("//")[0].strip()
        try:
            for item in statements(statement):
                _take(item, read)
        except NotPlain:
            problems.append(Problem(f"line {number}", f"'{statement}': is not a statement of a library module", _FORMS))
        except InputError as fault:
            problems += [Problem(f"line {number}", f"{fault.subject}: {p.what}", p.help) for p in fault.problems]
    if problems:
        raise ModelError(name, problems)
    return _network(name, read)


def head(text: str) -> str:
    """Give the comment that a module opens with: what it is, and its sources."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        lines.append(line[2:].removeprefix(" "))
    return "\n".join(lines).strip()


_FORMS = "it is a compartment, species, 'x = formula', 'x := formula' or 'id: A -> B; rate', each on one line"


def _take(item: Statement, read: _Text) -> None:
    if isinstance(item, Declaration) and item.words == {"compartment"} and item.sign == "=":
        read.compartments[item.key] = Compartment(size=_size(item))
    elif isinstance(item, Declaration) and "species" in item.words and not (item.sign or item.boundary):
        _species(item, read)
    elif isinstance(item, ReactionLine) and item.key and item.rate:
        _new(item.key, read.reactions)
        reactants, products = (
            tuple(Participant(key, number) for number, _, key in side) for side in (item.reactants, item.products)
        )
        rate = parse_formula(item.rate)
        read.reactions[item.key] = Reaction(reactants, products, rate=rate, reversible=item.reversible)
    elif isinstance(item, Setting) and item.sign in ("=", ":="):
        table = read.assignments if item.sign == ":=" else read.initial
        _new(item.key, table)
        table[item.key] = parse_formula(item.formula)
    else:
        raise NotPlain


def _size(item: Declaration) -> float:
    try:
        return float(item.formula)
    except ValueError:
        raise NotPlain from None


def _species(item: Declaration, read: _Text) -> None:
    only_substance = "substanceOnly" in item.words
    if item.place and item.place not in read.compartments:
        raise ModelError(f"'{item.key}'", Problem("", f"is in '{item.place}', which is not declared above"))
    _new(item.key, read.species)
    if not item.place:
        read.compartments.setdefault(DEFAULT, Compartment(size=1.0))
    read.species[item.key] = Species(
        item.place or DEFAULT, only_substance=only_substance, concentration=not only_substance
    )


def _new(name: str, table: Mapping[str, object]) -> None:
    if name in table:
        raise ModelError(f"'{name}'", Problem("", f"'{name}' is given twice", "keep one"))


def _network(name: str, read: _Text) -> Network:
    """Put numbers that start a species into the species, and declare what is assigned."""
    species, initial = dict(read.species), dict(read.initial)
    for key, start in read.initial.items():
        if key in species and start.op == "number" and isinstance(start.value, float):
            old = species[key]
            species[key] = Species(
                old.compartment, start.value, concentration=old.concentration, only_substance=old.only_substance
            )
            del initial[key]
    assigned = {key: Parameter(constant=False) for key in read.assignments if key not in species}
    return Network(
        name=name,
        compartments=read.compartments,
        species=species,
        parameters=assigned,
        reactions=read.reactions,
        assignments=read.assignments,
        initial=initial,
    )
