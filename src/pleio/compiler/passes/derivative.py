"""Symbolic derivatives of a graph with respect to its states and the time, as sparse rows.

One sweep over the nodes in order; each node's gradient is a table from variable to node. A variable is a state's index,
or `TIME`. Conditions are constant between the moments they switch, so they have no derivative.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..graph import Graph

TIME: Final = -1
Gradient = dict[int, int]


def gradients(graph: Graph, roots: Iterable[int]) -> list[Gradient]:
    """Differentiate each root; a variable that a root does not depend on is absent."""
    roots = list(roots)
    known: dict[int, Gradient] = {}
    for node in graph.needed(roots):
        known[node] = _gradient(graph, node, known) if graph.moves[node] else {}
    return [known[root] for root in roots]


def _gradient(graph: Graph, node: int, known: dict[int, Gradient]) -> Gradient:
    op, args = graph.op[node], graph.args[node]
    if op == "state":
        return {int(graph.value[node]): graph.one}
    if op == "time":
        return {TIME: graph.one}
    total: Gradient = {}
    for arg, slope in _slopes(graph, node, op, args):
        for variable, inner in known[arg].items():
            term = graph.mul(slope, inner)
            total[variable] = graph.add(total[variable], term) if variable in total else term
    if op == "select":
        condition, then, otherwise = args
        for variable in sorted(known[then].keys() | known[otherwise].keys()):
            left, right = (known[branch].get(variable, graph.zero) for branch in (then, otherwise))
            total[variable] = graph.select(condition, left, right)
    return {variable: term for variable, term in total.items() if term != graph.zero}


def _slopes(graph: Graph, node: int, op: str, args: tuple[int, ...]) -> list[tuple[int, int]]:
    """The partial derivative of an operation by each operand that moves."""
    g = graph
    if op == "add":
        return [(args[0], g.one), (args[1], g.one)]
    if op == "mul":
        return [(args[0], args[1]), (args[1], args[0])]
    if op == "pow":
        return _power_slopes(g, node, *args)
    if op in ("min", "max"):
        first = g.apply("le", *args) if op == "min" else g.apply("le", args[1], args[0])
        return [(args[0], g.select(first, g.one, g.zero)), (args[1], g.select(first, g.zero, g.one))]
    if op not in SLOPE:
        return []  # floor, ceil and conditions are constant in pieces
    return [(args[0], SLOPE[op](g, args[0], node))]


SLOPE = {
    "neg": lambda g, a, y: g.neg(g.one),
    "recip": lambda g, a, y: g.neg(g.mul(y, y)),
    "exp": lambda g, a, y: y,
    "log": lambda g, a, y: g.recip(a),
    "sqrt": lambda g, a, y: g.select(g.apply("eq", y, g.zero), g.zero, g.mul(g.const(0.5), g.recip(y))),
    "abs": lambda g, a, y: g.select(g.apply("lt", a, g.zero), g.const(-1.0), g.one),
    "sin": lambda g, a, y: g.apply("cos", a),
    "cos": lambda g, a, y: g.neg(g.apply("sin", a)),
    "tanh": lambda g, a, y: g.sub(g.one, g.mul(y, y)),
    "sinh": lambda g, a, y: g.apply("cosh", a),
    "cosh": lambda g, a, y: g.apply("sinh", a),
}


def _power_slopes(g: Graph, node: int, a: int, b: int) -> list[tuple[int, int]]:
    """d(a^b) reuses a^b; at a = 0 the slope is written out, since a^b / a is 0/0 there.

    An infinite slope (b < 1) is given as 0: a method needs the matrix to be finite more than it needs it to be exact.
    """
    at_zero = g.select(g.apply("eq", b, g.one), g.one, g.zero)
    is_zero = g.apply("eq", a, g.zero)
    slopes = []
    if g.moves[a]:
        slopes.append((a, g.select(is_zero, at_zero, g.mul(b, g.mul(node, g.recip(a))))))
    if g.moves[b]:
        positive = g.apply("lt", g.zero, a)  # elsewhere a^b has no slope by b, or none that matters
        slopes.append((b, g.select(positive, g.mul(node, g.apply("log", a)), g.zero)))
    return slopes
