"""The past of one trajectory, for `delay`: the dense output of each step, and what was held during it."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..mechanisms.equations import Equations
from ..mechanisms.expression import ZERO, Expression
from ..mechanisms.interpret import Interpreter, Start

Values = Sequence[float]
Dense = Callable[[float], Values]
OFTEN = 4096  # questions between two looks at the clock: delays of delays can ask millions of them for one rate


class History:
    """Answers `delay(formula, lag)` at any time up to the end of the last recorded step.

    Before the start, quantities are what their start values' formulas give at that time: a number stays what it is,
    and nothing has a rate.
    """

    def __init__(self, equations: Equations) -> None:
        self._equations = equations
        self._still_before = replace(equations, initial=_without_rates(equations.initial))
        self._interpreters: dict[Expression, Interpreter] = {}
        self._starts: dict[tuple[Expression, bool, tuple[str, ...]], Start] = {}
        self._bound: dict[Expression, Values] = {}
        self.shortest = float("inf")  # the shortest lag asked for since it was last reset
        self.watch: Callable[[], None] = lambda: None  # looks at the clock
        self._asked = 0
        self.restart(0.0, {})

    def restart(self, time: float, given: Mapping[str, float]) -> None:
        """Begin a trajectory; `given` are the start values that do not follow from formulas."""
        self.begin = time
        self._given = given
        self._ends: list[float] = []
        self._steps: list[tuple[Dense, Values]] = []
        self.now: tuple[Values, Values] | None = None

    def record(self, end: float, dense: Dense, still: Values) -> None:
        """Add a step that ends at `end`; `dense` gives states and unknowns at any time within it."""
        self._ends.append(end)
        self._steps.append((dense, still))

    def trim(self, end: float) -> None:
        """Let the last step end sooner."""
        self._ends[-1] = end

    def past(self, formula: Expression, time: float, lag: float) -> float:
        """Evaluate a formula as it was `lag` ago; NaN for a negative lag."""
        self._asked += 1
        if self._asked % OFTEN == 0:
            self.watch()
        if not lag >= 0:
            return float("nan")
        at = time - lag
        if lag > 0:
            self.shortest = min(self.shortest, lag)
        if self.now is None or at < self.begin:
            return self._before(formula, at)
        if lag == 0 or not self._ends or at > self._ends[-1]:
            still, moving = self.now
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

    def _before(self, formula: Expression, at: float) -> float:
        key = (formula, at < self.begin, tuple(self._given))
        if key not in self._starts:
            equations = self._still_before if at < self.begin else self._equations
            self._starts[key] = Start(equations, list(self._given), [formula], past=self.past)
        return float(self._starts[key](at, list(self._given.values()))[0])


def _without_rates(initial: Mapping[str, Expression]) -> dict[str, Expression]:
    return {key: ZERO if key.startswith("rateOf(") else formula for key, formula in initial.items()}
