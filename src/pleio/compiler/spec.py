"""What may stand where: one table per stage of the compiler, each entry with the sentence that explains its refusal.

`refusals` decides which path runs a network: an empty answer means the lockstep engine; anything else names the
constructs that only the scalar reference path has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ..mechanisms.equations import Equations
from ..mechanisms.expression import Expression, walk
from .graph import BINARY, LEAVES, UNARY, Graph
from .passes.switching import unlocated

OPERATIONS: Final = frozenset(
    "number name constant time plus times divide power negative not and or xor min max eq neq lt leq gt geq piecewise "
    "abs exp ln log10 sqrt floor ceiling sin cos tan sinh cosh tanh".split()
)
"""Operations of an expression that have a vector form."""

CONSTRUCTS: Final[Mapping[str, Callable[[Equations], bool]]] = {
    "events": lambda e: bool(e.events),
    "algebraic rules or fast reactions": lambda e: bool(e.unknowns or e.sums),
    "rates that jump with a state": unlocated,
    "no rates": lambda e: not e.states,
}
"""Constructs of a network that the lockstep engine does not have, and how to tell."""


def refusals(equations: Equations, save: Sequence[str] = ()) -> tuple[str, ...]:
    """Name what the lockstep engine cannot run in a network; empty where it can run it.

    Args:
        save: what of the network is to be saved, and so computed.
    """
    found = [name for name, present in CONSTRUCTS.items() if present(equations)]
    formulas: list[Expression] = [*equations.rates.values(), *equations.assigned.values()]
    formulas += [equations.meaning[key] for key in save if key in equations.meaning]
    operations = {node.op for node in walk(*formulas)} - OPERATIONS
    return (*found, *(f"the function '{operation}'" for operation in sorted(operations)))


def check_graph(graph: Graph) -> None:
    """Assert that a graph is well formed: known operations, operands before their use, the right number of them."""
    for node, (op, args) in enumerate(zip(graph.op, graph.args, strict=True)):
        count = 0 if op in LEAVES else 1 if op in UNARY else 2 if op in BINARY else 3 if op == "select" else -1
        assert len(args) == count, f"node {node}: '{op}' with {len(args)} operands"
        assert all(0 <= arg < node for arg in args), f"node {node}: an operand comes later"
