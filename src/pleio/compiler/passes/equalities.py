"""Equalities of what moves in triggers: true at one moment only, where the two sides meet.

`x == c` of a state is false on either side of the moment at which x passes through c, so that no look beside it sees it
turn. It is found by which side is the larger, and then holds for the judging of triggers at that moment.
"""

from __future__ import annotations

import math
from functools import lru_cache

from ...mechanisms.equations import Equations
from ...mechanisms.expression import ZERO, Expression, names, walk
from .locking import trigger_formulas
from .switching import moving_names, turns_at

ROUNDING = 1e-12  # of their sizes: two sides that are nearer than this are equal


@lru_cache(maxsize=64)
def equalities(equations: Equations) -> tuple[Expression, ...]:
    """List the `==` and `!=` in triggers whose sides move continuously, but for those with a plain known time."""
    if not equations.events:
        return ()
    moving, flowing = moving_names(equations), _flowing(equations)
    found = [node for node in walk(*trigger_formulas(equations)) if node.op in ("eq", "neq")]
    return tuple(dict.fromkeys(node for node in found if _flows(node, flowing) and not _is_known(node, moving)))


def side(a: float, b: float) -> float:
    """Give −1 where a is below b, 1 where it is above, 0 where they are equal within rounding, 2 where one is NaN."""
    difference = a - b
    if a == b or abs(difference) <= ROUNDING * (abs(a) + abs(b)):
        return 0.0
    return 2.0 if difference != difference else math.copysign(1.0, difference)


def _is_known(node: Expression, moving: set[str]) -> bool:
    return turns_at(node, moving) is not None and any(part.op == "time" for part in node.args)


def _flows(node: Expression, flowing: set[str]) -> bool:
    return bool(names(node) & flowing) or any(part.op == "time" for part in walk(node))


def _flowing(equations: Equations) -> set[str]:
    """Name what changes between events."""
    flowing = {key for key, rate in equations.rates.items() if rate is not ZERO} | {*equations.unknowns}
    for key, formula in equations.assigned.items():  # each stands after those it uses
        if _flows(formula, flowing):
            flowing.add(key)
    return flowing
