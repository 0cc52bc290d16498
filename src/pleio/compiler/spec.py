"""What may stand where: one table per stage of the compiler, each entry with the sentence that explains its refusal.

`refusals` decides which path runs a network: an empty answer means the lockstep engine; anything else names the
constructs that only the scalar reference path has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from ..mechanisms.equations import Equations
from ..mechanisms.expression import Expression, names, walk
from .graph import BINARY, LEAVES, UNARY, Graph
from .passes.equalities import equalities
from .passes.locking import lock, rounds_what_moves

OPERATIONS: Final = frozenset(
    "number name constant time plus times divide power negative not and or xor min max eq neq lt leq gt geq piecewise "
    "abs exp ln log10 sqrt floor ceiling sin cos tan sinh cosh tanh".split()
)
"""Operations of an expression that have a vector form."""

CONSTRUCTS: Final[Mapping[str, Callable[[Equations], bool]]] = {
    "an algebraic rule beside events or rates that jump with a state": lambda e: (
        bool(e.unknowns) and bool(e.events or lock(e).conditions)
    ),
    "an event that sets what follows from a rule": lambda e: _sets_what_follows(e),
    "fast reactions": lambda e: bool(e.sums),
    "an algebraic rule without its own unknown": lambda e: not _square(e),
    "a start that follows from an algebraic rule": lambda e: _starts_from_unknown(e),
    "rates or triggers that round a quantity that changes": rounds_what_moves,
    "a trigger that asks whether what moves equals something": lambda e: bool(equalities(e)),
    "no rates": lambda e: not e.states,
}
"""Constructs of a network that the lockstep engine does not have, and how to tell."""


def refusals(equations: Equations, save: Sequence[str] = ()) -> tuple[str, ...]:
    """Name what the lockstep engine cannot run in a network; empty where it can run it.

    Args:
        save: what of the network is to be saved, and so computed.
    """
    found = [name for name, present in CONSTRUCTS.items() if present(equations)]
    formulas: list[Expression] = [*equations.rates.values(), *equations.assigned.values(), *equations.algebraic]
    for event in equations.events.values():
        formulas += [event.trigger, *event.assignments.values()]
        formulas += [formula for formula in (event.delay, event.priority) if formula is not None]
    formulas += [equations.meaning[key] for key in save if key in equations.meaning]
    operations = {node.op for node in walk(*formulas)} - OPERATIONS
    return (*found, *(f"the function '{operation}'" for operation in sorted(operations)))


def _square(equations: Equations) -> bool:
    """Whether each algebraic rule depends on the unknown that it is matched with, so that elimination has its pivot."""
    if len(equations.algebraic) != len(equations.unknowns):
        return False
    return all(
        unknown in _reach((rule,), equations)
        for rule, unknown in zip(equations.algebraic, equations.unknowns, strict=True)
    )


def _sets_what_follows(equations: Equations) -> bool:
    kept = {*equations.states, *equations.held}
    return any(target not in kept for event in equations.events.values() for target in event.assignments)


def _starts_from_unknown(equations: Equations) -> bool:
    if not equations.unknowns:
        return False
    kept = (*equations.states, *equations.constants, *equations.held)
    return bool(_reach([equations.initial[key] for key in kept], equations) & {*equations.unknowns})


def _reach(formulas: Iterable[Expression], equations: Equations) -> set[str]:
    """All names that formulas depend on, through what is assigned."""
    found: set[str] = set()
    stack = [*formulas]
    while stack:
        for name in names(stack.pop()) - found:
            found.add(name)
            if name in equations.assigned:
                stack.append(equations.assigned[name])
    return found


def check_graph(graph: Graph) -> None:
    """Assert that a graph is well formed: known operations, operands before their use, the right number of them."""
    for node, (op, args) in enumerate(zip(graph.op, graph.args, strict=True)):
        count = 0 if op in LEAVES else 1 if op in UNARY else 2 if op in BINARY else 3 if op == "select" else -1
        assert len(args) == count, f"node {node}: '{op}' with {len(args)} operands"
        assert all(0 <= arg < node for arg in args), f"node {node}: an operand comes later"
