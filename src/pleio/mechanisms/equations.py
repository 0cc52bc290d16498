"""A network spelt out as equations: what is stored, what is integrated, what is computed, and from what it starts.

The one place where the meaning of SBML's words is written down; the interpreter and the compiler both start from here.
Function calls are written out, a reaction's own parameters become `reaction.parameter`, and a species is stored as its
*amount*, so that its name in a formula becomes amount / size. Only a species whose value a rule sets directly is stored
as the value its name has. What is stored has a name; every formula below is in stored names.

    constants   keep the value they start with
    held        change at events only
    states      have a rate
    unknowns    solve `algebraic` (each is zero) at every moment, their start values being guesses
    assigned    follow from the others, in this order: rules, reaction rates, `rateOf(x)`

A fast reaction is at equilibrium at every moment: the species it touches become unknowns, its rate must be zero, and
the sums that it conserves become states, named `conserved n` (`sums`: recomputed after every jump of those species).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..base.errors import ModelError, Problem
from .expression import Expression
from .network import Network


class Refused(ModelError):
    """A network uses a construct that is not run; `construct` names it."""

    def __init__(self, subject: str, construct: str, where: str, help: str = "") -> None:
        self.construct = construct
        super().__init__(subject, Problem(where, f"{construct} cannot be run", help))


@dataclass(frozen=True)
class EventEquations:
    """One event in stored names; a value in `assignments` is that of the target's name in a formula.

    Attributes:
        scale: for targets that are stored as amounts, the size by which the value is multiplied at execution.
    """

    trigger: Expression
    assignments: Mapping[str, Expression]
    scale: Mapping[str, str]
    delay: Expression | None
    priority: Expression | None
    initial: bool
    persistent: bool
    values_at_trigger: bool


@dataclass(frozen=True, eq=False)  # told apart by identity, so that what is found out about them can be kept
class Equations:
    """What the module's docstring says; all mappings keep their order.

    Attributes:
        initial: how every quantity starts, in an order in which each can be computed.
        meaning: what each name of the network means in a formula, observables included.
        amounts, concentrations: of each species; a concentration is missing where there is no size to divide by.
        baselines: for each constant `baseline(x)`, the formula whose value at the end of the baseline phase it has.
        fixed: what was used as a number here, so that a run must not set it.
        relaxation: the rates by which fast reactions alone move the species they touch, towards their equilibrium.
    """

    network: Network
    constants: tuple[str, ...]
    held: tuple[str, ...]
    states: tuple[str, ...]
    unknowns: tuple[str, ...]
    rates: Mapping[str, Expression]
    assigned: Mapping[str, Expression]
    algebraic: tuple[Expression, ...]
    sums: Mapping[str, Expression]
    initial: Mapping[str, Expression]
    events: Mapping[str, EventEquations]
    meaning: Mapping[str, Expression]
    amounts: Mapping[str, Expression]
    concentrations: Mapping[str, Expression]
    baselines: Mapping[str, Expression]
    relaxation: Mapping[str, Expression]
    fixed: frozenset[str]
