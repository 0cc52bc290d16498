"""Reaction networks: species, reactions, expressions, checking, and the interpreter that defines their meaning."""

from __future__ import annotations

from .expression import Expression
from .formula import parse_formula
from .network import (
    Compartment,
    Event,
    FunctionDefinition,
    Network,
    Observable,
    Parameter,
    Participant,
    Reaction,
    Species,
)
from .printing import print_formula

__all__ = [
    "Compartment",
    "Event",
    "Expression",
    "FunctionDefinition",
    "Network",
    "Observable",
    "Parameter",
    "Participant",
    "Reaction",
    "Species",
    "parse_formula",
    "print_formula",
]
