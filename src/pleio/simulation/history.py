"""The past of one trajectory, for `delay`: the dense output of each step, and what was held during it."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence

from ..mechanisms.equations import Equations
from ..mechanisms.expression import Expression
from ..mechanisms.interpret import Interpreter

Values = Sequence[float]
Dense = Callable[[float], Values]


class History:
    """Answers `delay(formula, lag)` at any time up to the end of the last recorded step.

    Before the start every quantity has its value at the start, while `time` runs on into the past.
    """

    def __init__(self, equations: Equations) -> None:
        self._equations = equations
        self._interpreters: dict[Expression, Interpreter] = {}
        self._bound: dict[Expression, Values] = {}
        self.shortest = float("inf")  # the shortest lag asked for since it was last reset
        self.restart(0.0, (), ())

    def restart(self, time: float, still: Values, moving: Values) -> None:
        """Begin a trajectory."""
        self.begin = time
        self._ends: list[float] = []
        self._steps: list[tuple[Dense, Values]] = []
        self._first = (still, moving)
        self.now: tuple[float, Values, Values] = (time, still, moving)

    def record(self, end: float, dense: Dense, still: Values) -> None:
        """Add a step that ends at `end`; `dense` gives states and unknowns at any time within it."""
        self._ends.append(end)
        self._steps.append((dense, still))

    def past(self, formula: Expression, time: float, lag: float) -> float:
        """Evaluate a formula as it was `lag` ago; NaN for a negative lag."""
        if not lag >= 0:
            return float("nan")
        at = time - lag
        if lag > 0:
            self.shortest = min(self.shortest, lag)
        if lag == 0 or (self._ends and at > self._ends[-1]) or (not self._ends and at > self.begin):
            _, still, moving = self.now
        elif at <= self.begin or not self._ends:
            still, moving = self._first
        else:
            dense, still = self._steps[bisect.bisect_left(self._ends, at)]
            moving = dense(at)
        interpreter = self._interpreters.get(formula)
        if interpreter is None:
            interpreter = Interpreter(self._equations, [formula], past=self.past)
            self._interpreters[formula] = interpreter
        if self._bound.get(formula) is not still:
            interpreter.bind(still)
            self._bound[formula] = still
        return float(interpreter(at, moving)[0])
