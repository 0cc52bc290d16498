"""The recipe from a network's equations to a program: one named pass a line, nothing here depends on the machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ..base.collector import collector_paused
from ..mechanisms.equations import Equations
from ..mechanisms.expression import CONSTANTS, ONE, ZERO, Expression, name, walk
from ..mechanisms.operations import SCALAR
from .graph import Graph
from .passes.derivative import TIME, gradients
from .passes.elimination import eliminate
from .passes.locking import difference, lock
from .passes.sensitivity import extend, slope_names, with_states
from .program import Happening, Program, Section
from .spec import check_graph


@collector_paused()
def lower(
    equations: Equations, outputs: Mapping[str, Expression], inputs: Sequence[str] = (), to: Sequence[str] = ()
) -> Program:
    """Lower equations to a program.

    Args:
        equations: without any construct that `spec.refusals` names.
        outputs: what to compute at save times, in stored names.
        inputs: parameters that change along a trajectory (infusion rates).
        to: parameters to differentiate by; each becomes a state that stands still, and the slopes by it more states and
            outputs (`passes.sensitivity`).
    """
    equations = with_states(equations, to)
    locked = lock(equations)
    states = (*equations.states, *equations.unknowns)
    parameters = (*equations.constants, *equations.held, *locked.modes)
    set_in_between = {*inputs, *equations.held, *locked.modes}
    graph = Graph(slot for slot, name in enumerate(parameters) if name in set_in_between)
    names = _bind(graph, states, parameters)
    smooth = names | translate(graph, locked.equations.assigned, names, define=True)
    rates = list(translate(graph, locked.equations.rates, smooth).values())
    residuals = dict(zip(equations.unknowns, locked.equations.algebraic, strict=True))
    rates += translate(graph, residuals, smooth).values()
    meaning = names | translate(graph, equations.assigned, names, define=True)
    saved = translate(graph, outputs, meaning)
    compared = (*locked.conditions, *map(difference, locked.conditions))
    conditions = translate(graph, {str(k): node for k, node in enumerate(compared)}, meaning)
    happenings, happening = _events(graph, equations, meaning, states, parameters)
    mass = tuple(0.0 if name in equations.unknowns else 1.0 for name in states)
    if to:
        more = extend(graph, rates, list(saved.values()), [states.index(name) for name in to])
        rates += more.rates
        saved |= dict(zip(slope_names(outputs, to), more.outputs, strict=True))
        states, mass = (*states, *slope_names(states, to)), mass * (1 + len(to))
    slopes = gradients(graph, rates)
    elimination = eliminate(len(states), ((i, j) for i, row in enumerate(slopes) for j in row if j != TIME))
    drift = tuple(i for i, row in enumerate(slopes) if TIME in row)
    matrix = [
        ("w", slot, slopes[i].get(j, graph.zero))
        for (i, j), slot in elimination.slots.items()
        if slot < elimination.stated
    ]
    matrix += [("ft", elimination.size + place, slopes[i][TIME]) for place, i in enumerate(drift)]
    derivatives = [("f", i, node) for i, node in enumerate(rates)]
    moving = [*rates, *(node for _, _, node in matrix), *saved.values(), *conditions.values(), *happening]
    hoisted = _hoist(graph, moving)
    check_graph(graph)
    return Program(
        graph=graph,
        states=states,
        parameters=parameters,
        outputs=tuple(saved),
        hoisted=hoisted,
        mass=mass,
        drift=drift,
        prologue=Section("prologue", tuple(("c", slot, node) for node, slot in hoisted.items())),
        rates=Section("rates", tuple(derivatives)),
        jacobian=Section("jacobian", (*derivatives, *matrix)),
        output=Section("output", tuple(("o", i, node) for i, node in enumerate(saved.values()))),
        conditions=Section("conditions", tuple(("k", i, node) for i, node in enumerate(conditions.values()))),
        events=Section("events", tuple(("e", i, node) for i, node in enumerate(happening))),
        modes=tuple(parameters.index(mode) for mode in locked.modes),
        happenings=happenings,
        elimination=elimination,
    )


def _events(
    graph: Graph,
    equations: Equations,
    meaning: Mapping[str, int],
    states: Sequence[str],
    parameters: Sequence[str],
) -> tuple[tuple[Happening, ...], list[int]]:
    """The events, and the nodes of e."""
    slots = {key: slot for slot, key in enumerate((*states, *parameters))}
    happenings, asked, assigned = [], [], []
    for event in equations.events.values():
        asked += [event.trigger, event.delay or ZERO, event.priority or ZERO]
        for target, value in event.assignments.items():
            assigned += [value, name(event.scale[target]) if target in event.scale else ONE]
        targets = tuple(slots[target] for target in event.assignments)
        happenings.append(Happening(targets, event.initial, event.persistent, event.values_at_trigger))
    nodes = translate(graph, {str(i): formula for i, formula in enumerate([*asked, *assigned])}, meaning)
    return tuple(happenings), list(nodes.values())


def _bind(graph: Graph, states: Sequence[str], parameters: Sequence[str]) -> dict[str, int]:
    meaning = {name: graph.parameter(slot) for slot, name in enumerate(parameters)}
    return meaning | {name: graph.state(slot) for slot, name in enumerate(states)}


def _hoist(graph: Graph, roots: Sequence[int]) -> dict[int, int]:
    """Find the largest nodes that depend on parameters only, and give each a slot."""
    hoisted: dict[int, int] = {}
    stored = set(roots)
    for node in graph.needed(roots):
        operands = [node] if node in stored and not graph.moves[node] else []
        operands += graph.args[node] if graph.moves[node] else ()
        for operand in operands:
            if not graph.moves[operand] and graph.args[operand]:
                hoisted.setdefault(operand, len(hoisted))
    return hoisted


def translate(
    graph: Graph, formulas: Mapping[str, Expression], meaning: Mapping[str, int], *, define: bool = False
) -> dict[str, int]:
    """Build the nodes of formulas.

    Args:
        define: each formula defines the name it stands under, for those after it.
    """
    known = dict(meaning)
    done: dict[Expression, int] = {}
    result = {}
    for key, formula in formulas.items():
        for node in walk(formula):
            if node not in done:
                done[node] = _node(graph, node, [done[arg] for arg in node.args], known)
        result[key] = done[formula]
        if define:
            known[key] = done[formula]
    return result


def _node(graph: Graph, node: Expression, args: list[int], known: Mapping[str, int]) -> int:
    g, op = graph, node.op
    if op == "number":
        return g.const(float(node.value or 0.0))
    if op == "constant":
        return g.const(CONSTANTS[str(node.value)])
    if op == "name":
        return known[str(node.value)]
    if op == "time":
        return g.time()
    if op in FOLDED:
        return FOLDED[op](g, args)
    return DIRECT[op](g, *args)


def _chain(op: str, empty: float) -> Callable[[Graph, list[int]], int]:
    def build(g: Graph, args: list[int]) -> int:
        if not args:
            return g.const(empty)
        total = args[0]
        for arg in args[1:]:
            total = g.apply(op, total, arg)
        return total

    return build


def _xor(g: Graph, args: list[int]) -> int:
    total = g.zero
    for arg in args:
        truth = g.apply("not", arg)
        total = g.apply("eq", total, truth)
    return total


def _piecewise(g: Graph, args: list[int]) -> int:
    pairs, rest = args[: len(args) // 2 * 2], args[len(args) // 2 * 2 :]
    value = rest[0] if rest else g.const(float("nan"))
    for then, condition in reversed(list(zip(pairs[::2], pairs[1::2], strict=True))):
        value = g.select(condition, then, value)
    return value


def _log10(g: Graph, a: int) -> int:
    if g.op[a] == "const":
        return g.const(SCALAR["log10"](g.value[a], 0.0))
    return g.mul(g.apply("log", a), g.const(0.4342944819032518))


FOLDED: Final[dict[str, Callable[[Graph, list[int]], int]]] = {
    "plus": lambda g, args: g.sum(args),
    "times": lambda g, args: g.times(args),
    "min": _chain("min", 0.0),
    "max": _chain("max", 0.0),
    "and": _chain("and", 1.0),
    "or": _chain("or", 0.0),
    "xor": _xor,
    "piecewise": _piecewise,
}

DIRECT: Final[dict[str, Callable[..., int]]] = {
    "divide": lambda g, a, b: g.div(a, b),
    "power": lambda g, a, b: g.pow(a, b),
    "negative": lambda g, a: g.neg(a),
    "not": lambda g, a: g.apply("not", a),
    "eq": lambda g, a, b: g.apply("eq", a, b),
    "neq": lambda g, a, b: g.apply("not", g.apply("eq", a, b)),
    "lt": lambda g, a, b: g.apply("lt", a, b),
    "leq": lambda g, a, b: g.apply("le", a, b),
    "gt": lambda g, a, b: g.apply("lt", b, a),
    "geq": lambda g, a, b: g.apply("le", b, a),
    "abs": lambda g, a: g.apply("abs", a),
    "exp": lambda g, a: g.apply("exp", a),
    "ln": lambda g, a: g.apply("log", a),
    "log10": lambda g, a: _log10(g, a),
    "sqrt": lambda g, a: g.apply("sqrt", a),
    "floor": lambda g, a: g.apply("floor", a),
    "ceiling": lambda g, a: g.apply("ceil", a),
    "sin": lambda g, a: g.apply("sin", a),
    "cos": lambda g, a: g.apply("cos", a),
    "tan": lambda g, a: g.div(g.apply("sin", a), g.apply("cos", a)),
    "sinh": lambda g, a: g.apply("sinh", a),
    "cosh": lambda g, a: g.apply("cosh", a),
    "tanh": lambda g, a: g.apply("tanh", a),
}
