"""The factorisation of a small matrix and its solution, each operation written down as straight-line code.

The matrix is −W, the side is that of W u = b, and the factors keep the sign with which they are used: each diagonal d
as −1/d, each entry of the lower factor as −l. So both parts are products and sums only, without a change of sign.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ..passes.elimination import Elimination
from .straight import BLOCK, KEPT, Straight

LONGEST: Final = {"factor": 2500, "solve": 6000}  # operations; longer ones are loops over tables (`tables`)


def by_table(elimination: Elimination) -> set[str]:
    """Name the parts of the linear algebra that are too long for straight-line code."""
    lengths = {"factor": elimination.factor_operations, "solve": elimination.solve_operations}
    return {name for name, length in lengths.items() if length > LONGEST[name]}


class _Slots:
    """Slots of one array inside a straight-line function; the last few of them are in registers."""

    def __init__(self, body: Straight, array: str) -> None:
        self.body, self.array = body, array
        self.known: dict[int, str] = {}  # the one used longest ago first
        self.changed: set[int] = set()

    def __getitem__(self, slot: int) -> str:
        value = self.known.pop(slot, None) or self.body.load(self.array, slot)
        self._keep(slot, value)
        return value

    def __setitem__(self, slot: int, value: str) -> None:
        self.known.pop(slot, None)
        self.changed.add(slot)
        self._keep(slot, value)

    def _keep(self, slot: int, value: str) -> None:
        self.known[slot] = value
        self.store(KEPT)

    def store(self, kept: int = 0) -> None:
        """Let go of all but the last `kept`, writing those back that changed."""
        while len(self.known) > kept:
            slot = next(iter(self.known))
            value = self.known.pop(slot)
            if slot in self.changed:
                self.changed.remove(slot)
                self.body.store(value, self.array, slot)


Step = Callable[[Straight, _Slots, _Slots], None]


def straight_line(steps: Sequence[Step], width: int) -> list[Straight]:
    """Write steps as functions of at most `BLOCK` of them."""
    bodies = []
    for first in range(0, max(len(steps), 1), BLOCK):
        body = Straight(width)
        matrix, side = _Slots(body, "out"), _Slots(body, "extra")
        for step in steps[first : first + BLOCK]:
            step(body, matrix, side)
        matrix.store()
        side.store()
        bodies.append(body)
    return bodies


def factor_steps(elimination: Elimination) -> Sequence[Step]:
    """Replace a matrix by its factors; what fills in is not read before it is set."""
    steps: list[Step] = []
    filled = set(range(elimination.stated))

    def invert(diagonal: int) -> Step:
        def step(s: Straight, w: _Slots, _: _Slots) -> None:
            w[diagonal] = s.binary("fdiv", s.number(-1.0), w[diagonal])

        return step

    def scale(slot: int, diagonal: int) -> Step:
        def step(s: Straight, w: _Slots, _: _Slots) -> None:
            w[slot] = s.binary("fmul", w[slot], w[diagonal])

        return step

    def update(target: int, left: int, right: int, fresh: bool) -> Step:
        def step(s: Straight, w: _Slots, _: _Slots) -> None:
            product = w[left], w[right]
            w[target] = s.binary("fmul", *product) if fresh else s.fma(*product, w[target])

        return step

    for pivot in elimination.pivots:
        steps.append(invert(pivot.diagonal))
        steps += [scale(slot, pivot.diagonal) for _, slot in pivot.column]
        for target, left, right in pivot.updates:
            steps.append(update(target, left, right, target not in filled))
            filled.add(target)
    return steps


def solve_steps(elimination: Elimination) -> Sequence[Step]:
    """Replace a right-hand side b by the solution of W u = b, given the factors of −W."""

    def add(target: int, slot: int, source: int) -> Step:
        def step(s: Straight, w: _Slots, b: _Slots) -> None:
            b[target] = s.fma(w[slot], b[source], b[target])

        return step

    def scale(index: int, diagonal: int) -> Step:
        def step(s: Straight, w: _Slots, b: _Slots) -> None:
            b[index] = s.binary("fmul", b[index], w[diagonal])

        return step

    steps: list[Step] = []
    for pivot in elimination.pivots:
        steps += [add(i, slot, pivot.index) for i, slot in pivot.column]
    for pivot in reversed(elimination.pivots):
        steps += [add(pivot.index, slot, j) for j, slot in pivot.row]
        steps.append(scale(pivot.index, pivot.diagonal))
    return steps
