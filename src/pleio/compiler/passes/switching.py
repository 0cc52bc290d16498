"""Comparisons in rates: those that turn at a known time become stops, the others are left to a path that locates them.

A step must not pass over a jump of the rates unseen. `time + d < T`, where d and T do not change along a trajectory,
turns at T − d, and a step that ends there sees only one side, provided that the rate at that moment is that of what
follows; so `≤` and `>` of the time become `<` and `≥`, which differ from them at that one moment only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from ...mechanisms.equations import Equations
from ...mechanisms.expression import Expression, apply, names, rewrite, walk

TURNED: Final = {"lt": "gt", "leq": "geq", "gt": "lt", "geq": "leq", "eq": "eq", "neq": "neq"}
FROM_THEN_ON: Final = {"leq": "lt", "gt": "geq"}
ROUNDING: Final = frozenset({"floor", "ceiling"})


@lru_cache(maxsize=64)
def switch_times(equations: Equations) -> tuple[Expression, ...]:
    """List the times, in stored names, at which rates jump."""
    moving = moving_names(equations)
    found = (turns_at(node, moving) for node in walk(*reached(equations)) if node.op in TURNED)
    return tuple(dict.fromkeys(time for time in found if time is not None))


@lru_cache(maxsize=64)
def event_times(equations: Equations) -> tuple[tuple[Expression, bool], ...]:
    """List the times at which triggers turn, and whether the new value holds only after that moment."""
    moving = moving_names(equations)
    found: dict[tuple[Expression, bool], None] = {}
    for node in walk(*reached(equations, [event.trigger for event in equations.events.values()])):
        time = turns_at(node, moving) if node.op in TURNED else None
        if time is not None:
            relation = node.op if moves(node.args[0], moving) else TURNED[node.op]
            if relation not in FROM_THEN_ON:
                found[time, False] = None
            if relation in (*FROM_THEN_ON, "eq", "neq"):
                found[time, True] = None
    return tuple(found)


def continuous_from_the_right(equations: Equations) -> Equations:
    """Let every comparison with the time already have its new value at the moment it turns."""
    moving = moving_names(equations)

    def change(node: Expression) -> Expression:
        if node.op not in TURNED or turns_at(node, moving) is None:
            return node
        a, b = node.args
        if not moves(a, moving):
            return apply(FROM_THEN_ON.get(TURNED[node.op], TURNED[node.op]), b, a)
        return apply(FROM_THEN_ON.get(node.op, node.op), a, b)

    return replace(
        equations,
        rates={key: rewrite(formula, change) for key, formula in equations.rates.items()},
        assigned={key: rewrite(formula, change) for key, formula in equations.assigned.items()},
        algebraic=tuple(rewrite(rule, change) for rule in equations.algebraic),
    )


def moving_names(equations: Equations) -> set[str]:
    """Name the quantities that change along a trajectory, at events too."""
    moving = {*equations.states, *equations.unknowns, *equations.held}
    for key, formula in equations.assigned.items():
        if names(formula) & moving or any(node.op == "time" for node in walk(formula)):
            moving.add(key)
    return moving


def reached(equations: Equations, of: Iterable[Expression] | None = None) -> Iterable[Expression]:
    """List the formulas that rates, or other formulas, stand on, and those themselves."""
    formulas = [*equations.rates.values(), *equations.algebraic] if of is None else [*of]
    needed = names(*formulas)
    for key, formula in reversed(list(equations.assigned.items())):  # each stands after those it uses
        if key in needed:
            formulas.append(formula)
            needed |= names(formula)
    return formulas


def moves(node: Expression, moving: set[str]) -> bool:
    return bool(names(node) & moving) or any(part.op == "time" for part in walk(node))


def turns_at(node: Expression, moving: set[str]) -> Expression | None:
    """Give T − d of a comparison of the time + d with T, neither of which moves."""
    for side, limit in (node.args, node.args[::-1]):
        parts = side.args if side.op == "plus" else (side,)
        others = [part for part in parts if part.op != "time"]
        if len(others) == len(parts) - 1 and not any(moves(part, moving) for part in (*others, limit)):
            return apply("plus", limit, *(apply("negative", part) for part in others)) if others else limit
    return None
