"""Conditions that turn where a state does: held still during a step, and located on its interpolant.

A rate that jumps inside a step would spoil the step's error estimate. So each comparison in a rate whose moment is not
known beforehand is replaced by a parameter, its *mode*, which keeps the truth that the comparison had at the start of
the step; the rates are then smooth, and the engine ends the step where the comparison itself changes.

`conditions` are what is located: the modes' comparisons first, then those in the triggers of events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ...mechanisms.equations import Equations
from ...mechanisms.expression import ONE, Expression, apply, name, walk, with_args
from .switching import ROUNDING, TURNED, continuous_from_the_right, moves, moving_names, reached, turns_at


@dataclass(frozen=True)
class Locked:
    """Equations whose rates are smooth between stops.

    Attributes:
        equations: with modes in place of comparisons of states.
        modes: the parameter of each of the first conditions.
        conditions: comparisons of the equations that were given.
    """

    equations: Equations
    modes: tuple[str, ...]
    conditions: tuple[Expression, ...]


@lru_cache(maxsize=64)
def lock(equations: Equations) -> Locked:
    """Replace the comparisons in rates that turn at a moment that is not known beforehand."""
    moving = moving_names(equations)
    smooth = continuous_from_the_right(equations)
    found = [node for node in walk(*reached(smooth)) if _is_located(node, moving)]
    mode = {node: name(f"mode {k}") for k, node in enumerate(dict.fromkeys(found))}
    triggers = [node for node in walk(*trigger_formulas(equations)) if _is_located(node, moving, of_event=True)]
    return Locked(
        hold(smooth, mode), tuple(str(node.value) for node in mode.values()), tuple(dict.fromkeys([*mode, *triggers]))
    )


def rounds_what_moves(equations: Equations) -> bool:
    """Whether rates or triggers jump where something that moves is rounded, which nothing locates."""
    moving = moving_names(equations)
    formulas = (*reached(equations), *trigger_formulas(equations))
    return any(node.op in ROUNDING and moves(node, moving) for node in walk(*formulas))


def trigger_formulas(equations: Equations) -> list[Expression]:
    """List the triggers, and what is assigned that they stand on."""
    return list(reached(equations, [event.trigger for event in equations.events.values()]))


def difference(comparison: Expression) -> Expression:
    """Write what changes its sign where a comparison of two turns; 1 of a rounding or of more, which turn otherwise."""
    sides = comparison.args
    return apply("plus", sides[0], apply("negative", sides[1])) if len(sides) == 2 else ONE


def _is_located(node: Expression, moving: set[str], of_event: bool = False) -> bool:
    if node.op not in TURNED or not moves(node, moving):
        return False
    if turns_at(node, moving) is None:
        return True
    return of_event and all(side.op != "time" for side in node.args)  # T − d may round to either side of its moment


def hold(equations: Equations, mode: Mapping[Expression, Expression]) -> Equations:
    """Put modes in place of comparisons in rates and what they stand on."""
    if not mode:
        return equations
    return replace(
        equations,
        rates={key: with_modes(formula, mode) for key, formula in equations.rates.items()},
        assigned={key: with_modes(formula, mode) for key, formula in equations.assigned.items()},
        algebraic=tuple(with_modes(rule, mode) for rule in equations.algebraic),
    )


def with_modes(formula: Expression, mode: Mapping[Expression, Expression]) -> Expression:
    """Put modes in place of comparisons, the outer before those inside them."""
    done: dict[Expression, Expression] = {}
    for node in walk(formula):
        done[node] = mode[node] if node in mode else with_args(node, (done[arg] for arg in node.args))
    return done[formula]
