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

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..base.errors import InputError, ModelError, Problem
from ..mechanisms.expression import Expression
from ..mechanisms.formula import parse_formula
from ..mechanisms.network import Compartment, Network, Parameter, Participant, Reaction, Species

DEFAULT = "default_compartment"  # where Antimony puts species that are in no compartment
_ID = r"[A-Za-z_]\w*"
_COMPARTMENT = re.compile(rf"compartment\s+({_ID})\s*=\s*([\d.]+)")
_SPECIES = re.compile(r"(substanceOnly\s+)?species\s+(.+)")
_REACTION = re.compile(rf"({_ID})\s*:\s*(.*?)\s*(->|=>)\s*(.*?)\s*;\s*(.+)")
_ASSIGNMENT = re.compile(rf"({_ID})\s*(:?=)\s*(.+)")


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
        statement = line.partition("//")[0].strip().rstrip(";").rstrip()
        if not statement:
            continue
        try:
            _statement(statement, read)
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


def _statement(statement: str, read: _Text) -> None:
    if match := _COMPARTMENT.fullmatch(statement):
        read.compartments[match[1]] = Compartment(size=float(match[2]))
    elif match := _SPECIES.fullmatch(statement):
        for one in match[2].split(","):
            _species(one.strip(), bool(match[1]), read)
    elif match := _REACTION.fullmatch(statement):
        _new(match[1], read.reactions, statement)
        read.reactions[match[1]] = Reaction(
            _side(match[2]), _side(match[4]), rate=parse_formula(match[5]), reversible=match[3] == "->"
        )
    elif match := _ASSIGNMENT.fullmatch(statement):
        table = read.assignments if match[2] == ":=" else read.initial
        _new(match[1], table, statement)
        table[match[1]] = parse_formula(match[3])
    else:
        raise ModelError(f"'{statement}'", Problem("", "is not a statement of a library module", _FORMS))


_FORMS = "it is a compartment, species, 'x = formula', 'x := formula' or 'id: A -> B; rate', each on one line"


def _species(text: str, only_substance: bool, read: _Text) -> None:
    name, _, place = (part.strip() for part in text.partition(" in "))
    if not re.fullmatch(_ID, name) or (place and place not in read.compartments):
        raise ModelError(f"'{text}'", Problem("", "is not a species, or its compartment is not declared above"))
    _new(name, read.species, text)
    if not place:
        read.compartments.setdefault(DEFAULT, Compartment(size=1.0))
    read.species[name] = Species(place or DEFAULT, only_substance=only_substance, concentration=not only_substance)


def _side(text: str) -> tuple[Participant, ...]:
    """Read one side of a reaction: `2 A + B`."""
    participants = []
    for term in filter(None, (term.strip() for term in text.split("+"))):
        match = re.fullmatch(rf"(?:([\d.]+)\s+)?({_ID})", term)
        if match is None:
            raise ModelError(f"'{text}'", Problem("", f"'{term}' is not a species with its number"))
        participants.append(Participant(match[2], float(match[1] or 1)))
    return tuple(participants)


def _new(name: str, table: Mapping[str, object], text: str) -> None:
    if name in table:
        raise ModelError(f"'{text}'", Problem("", f"'{name}' is given twice", "keep one"))


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
