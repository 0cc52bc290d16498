"""The interpreter: what the formulas of a network compute, node by node. Every backend is tested against it.

An `Interpreter` evaluates some formulas of `Equations` at a time and a state. It walks a tape of single operations; the
same tape runs on numbers (one member) and on NumPy arrays (many members).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from .equations import Equations
from .expression import CONSTANTS, Expression, walk
from .operations import ARRAY, SCALAR, Operation

Past = Callable[[Expression, float, float], float]
JUMPING = frozenset(["lt", "leq", "gt", "geq", "eq", "neq", "floor", "ceiling"])
_EMPTY = {"plus": 0.0, "times": 1.0, "and": 1.0, "or": 0.0, "xor": 0.0}


def evaluate(formula: Expression, values: Mapping[str, Any], *, time: Any = 0.0) -> Any:
    """Evaluate one formula over named values, numbers or arrays of one shape; NaN where it has no value.

    Example:
        >>> from pleio.mechanisms import parse_formula
        >>> evaluate(parse_formula("piecewise(a, a > 1, 2 * a)"), {"a": np.array([1.0, 3.0])})
        array([2., 3.])
    """
    tape, out = _tape(formula, tuple(values))
    work = [*tape.template]
    work[0] = time
    for key, value in values.items():
        work[tape.inputs[key]] = value
    with np.errstate(all="ignore"):
        for at, function, i, j in tape.steps:
            work[at] = function(work[i], work[j])
    return work[out]


@lru_cache(maxsize=4096)
def _tape(formula: Expression, names: tuple[str, ...]) -> tuple[_Tape, int]:
    """Give the steps that compute a formula of named values, and where its value stands in the end."""
    tape = _Tape(ARRAY, None)
    for key in names:
        tape.input(key)
    return tape, tape.place(formula)


class Interpreter:
    """Formulas of a network as a function of time and of the stored quantities.

    `names` is the order of the quantities: constants, held, states, unknowns. What depends only on the first
    two is computed by `bind`, once; the rest by each call.
    """

    def __init__(
        self, equations: Equations, formulas: Sequence[Expression], *, past: Past | None = None, arrays: bool = False
    ) -> None:
        self.still = (*equations.constants, *equations.held)
        self.moving = (*equations.states, *equations.unknowns)
        tape = _Tape(ARRAY if arrays else SCALAR, past)
        for key in self.still:
            tape.input(key)
        tape.still = set(range(1, len(tape.template)))
        for key in self.moving:
            tape.input(key)
        self.outputs = tape.emit(formulas, equations.assigned)
        still = tape.closure_of_still()
        self._first = [step for step in tape.steps if step[0] in still]
        self._then = [step for step in tape.steps if step[0] not in still]
        self._work = tape.template
        self._split = 1 + len(self.still)

    def bind(self, values: Sequence[Any]) -> None:
        """Set constants and held quantities, in the order of `still`."""
        work = self._work
        work[1 : self._split] = values
        for at, function, i, j in self._first:
            work[at] = function(work[i], work[j])

    def __call__(self, time: Any, values: Sequence[Any]) -> list[Any]:
        """Evaluate the formulas; `values` are states and unknowns, in the order of `moving`."""
        work = [*self._work]  # a copy, since a delay may come back to this interpreter before it is done
        work[0] = time
        work[self._split : self._split + len(self.moving)] = values
        for at, function, i, j in self._then:
            work[at] = function(work[i], work[j])
        return [work[at] for at in self.outputs]


def unknown_past(formula: Expression, time: float, lag: float) -> float:
    """Answer `delay` where nothing is known of the past: by no number."""
    return math.nan


def trace(
    equations: Equations,
    formula: Expression,
    time: float,
    still: Sequence[float],
    moving: Sequence[float],
    past: Past = unknown_past,
) -> tuple[Expression, dict[str, float]] | None:
    """Find the first operation of a formula whose value is not finite, and what the names of the network are then.

    Args:
        still: constants and held quantities; `moving`: states and unknowns.

    Returns:
        None where every operation has a finite value.
    """
    keys = (*equations.constants, *equations.held, *equations.states, *equations.unknowns)
    tape = _Tape(SCALAR, past)
    for key in keys:
        tape.input(key)
    tape.emit([formula], equations.assigned)
    work = [time, *still, *moving, *tape.template[1 + len(keys) :]]
    for at, function, i, j in tape.steps:
        work[at] = function(work[i], work[j])
    known = {key: float(work[at]) for key, at in {**tape.inputs, **tape.known}.items()}
    found = (node for node, at in tape.done.items() if not np.isfinite(work[at]) and node.op != "number")
    first = next(found, None)
    return None if first is None else (first, known)


class Start:
    """How quantities start: formulas over `initial` of the equations, some of it given by the caller.

    Asked about a time before the start, it says what the same formulas give then.
    """

    def __init__(
        self,
        equations: Equations,
        given: Sequence[str],
        formulas: Sequence[Expression],
        *,
        past: Past | None = None,
        arrays: bool = False,
    ) -> None:
        tape = _Tape(ARRAY if arrays else SCALAR, past)
        for key in given:
            tape.input(key)
        definitions = {key: formula for key, formula in equations.initial.items() if key not in tape.inputs}
        self._outputs = tape.emit(formulas, definitions)
        self._tape = tape

    def __call__(self, time: float, values: Sequence[Any]) -> list[Any]:
        """Evaluate the formulas; `values` are what is given, in its order, numbers or arrays of one shape."""
        work = [*self._tape.template]
        work[0] = time
        work[1 : 1 + len(values)] = values
        for at, function, i, j in self._tape.steps:
            work[at] = function(work[i], work[j])
        return [work[at] for at in self._outputs]


class _Tape:
    """Single operations in order: (where the result goes, function, first operand, second operand). Slot 0 is time."""

    def __init__(self, table: Mapping[str, Operation], past: Past | None) -> None:
        self.table = table
        self.past = past
        self.template: list[Any] = [0.0]
        self.steps: list[tuple[int, Operation, int, int]] = []
        self.inputs: dict[str, int] = {}
        self.still: set[int] = set()
        self.done: dict[Expression, int] = {}
        self.known: dict[str, int] = {}
        self.numbers: dict[str, int] = {}

    def slot(self, value: Any) -> int:
        self.template.append(value)
        return len(self.template) - 1

    def input(self, key: str) -> None:
        self.inputs[key] = self.slot(np.nan)

    def number(self, value: float) -> int:
        key = repr(value)
        if key not in self.numbers:
            self.numbers[key] = self.slot(value)
            self.still.add(self.numbers[key])
        return self.numbers[key]

    def step(self, op: str, i: int, j: int) -> int:
        at = self.slot(np.nan)
        self.steps.append((at, self.table[op], i, j))
        return at

    def closure_of_still(self) -> set[int]:
        still = set(self.still)
        for at, _, i, j in self.steps:
            if i in still and j in still:
                still.add(at)
        return still

    def emit(self, formulas: Sequence[Expression], assigned: Mapping[str, Expression]) -> list[int]:
        """Put formulas on the tape, after the assigned quantities that they use."""
        needed: set[str] = set()
        stack = [*formulas]
        while stack:
            for node in self._visible(stack.pop()):
                if node.op == "name" and node.value in assigned and node.value not in needed:
                    needed.add(str(node.value))
                    stack.append(assigned[str(node.value)])
        for key, formula in assigned.items():
            if key in needed and key not in self.known:
                self.known[key] = self.place(formula)
        return [self.place(formula) for formula in formulas]

    def _visible(self, formula: Expression) -> list[Expression]:
        """The nodes that are computed now: what stands inside `delay` is computed at another time."""
        hidden = {node.args[0] for node in walk(formula) if node.op == "delay"}
        if not hidden:
            return list(walk(formula))
        seen: dict[Expression, None] = {}
        stack: list[tuple[Expression, bool]] = [(formula, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                seen[node] = None
            elif node not in seen:
                stack.append((node, True))
                stack.extend((arg, False) for arg in (node.args[1:] if node.op == "delay" else node.args))
        return list(seen)

    def place(self, formula: Expression) -> int:
        for node in self._visible(formula):
            if node not in self.done:
                self.done[node] = self._place(node)
        return self.done[formula]

    def _place(self, node: Expression) -> int:
        op, value = node.op, node.value
        if op == "number":
            return self.number(float(value or 0.0))
        if op == "constant":
            return self.number(CONSTANTS[str(value)])
        if op == "time":
            return 0
        if op == "name":
            key = str(value)
            return self.known[key] if key in self.known else self.inputs[key]
        if op == "delay":
            return self._delay(node)
        args = [self.done[arg] for arg in node.args]
        if op == "piecewise":
            return self._piecewise(args)
        if op in _EMPTY or op in ("min", "max"):
            return self._fold(op, args)
        return self.step(op, args[0], args[-1])

    def _fold(self, op: str, args: list[int]) -> int:
        if len(args) < 2 and op in ("and", "or", "xor"):
            args = [self.number(_EMPTY[op]), *args]
        if not args:
            return self.number(_EMPTY[op])
        at = args[0]
        for arg in args[1:]:
            at = self.step(op, at, arg)
        return at

    def _piecewise(self, args: list[int]) -> int:
        at = args[-1] if len(args) % 2 else self.number(np.nan)
        for k in range(len(args) // 2 * 2 - 2, -1, -2):
            at = self.step("choose", args[k + 1], self.step("pair", args[k], at))
        return at

    def _delay(self, node: Expression) -> int:
        past, inner = self.past, node.args[0]
        if past is None:
            raise ValueError("a formula with 'delay' needs a past")
        at = self.slot(np.nan)
        self.steps.append((at, lambda time, lag: past(inner, time, lag), 0, self.done[node.args[1]]))
        return at


def comparisons(equations: Equations, formulas: Sequence[Expression]) -> list[Expression]:
    """Find where formulas may jump: every comparison and rounding they reach, through what is assigned too.

    One inside `delay` jumps too, later; it is left to the error control.
    """
    found: dict[Expression, None] = {}
    seen: set[str] = set()
    stack = list(formulas)
    while stack:
        for node in walk(stack.pop()):
            if node.op in JUMPING:
                found[node] = None
            elif node.op == "name" and node.value in equations.assigned and node.value not in seen:
                seen.add(str(node.value))
                stack.append(equations.assigned[str(node.value)])
    return list(found)
