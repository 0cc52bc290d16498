"""What is saved under a name."""

from __future__ import annotations

from ..mechanisms.equations import Equations
from ..mechanisms.expression import Expression, name
from .protocol import unknown_name


def saved_formula(equations: Equations, key: str) -> Expression:
    """Find what to save under a name: a species' amount, `[S]` its concentration, or the value of any other name.

    Raises:
        InputError: the network has no such name.
    """
    if key in equations.amounts:
        return equations.amounts[key]
    if key.startswith("[") and key[1:-1] in equations.concentrations:
        return equations.concentrations[key[1:-1]]
    if key in equations.meaning:
        return equations.meaning[key]
    if key in equations.initial:
        return name(key)
    raise unknown_name("save", key, list(equations.meaning))
