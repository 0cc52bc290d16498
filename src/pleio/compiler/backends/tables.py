"""The linear algebra of large networks: loops over index tables, compiled once for a width and not per network.

Signs are those of `algebra`.

A table is a list of 32-bit integers, an `Elimination` written down in the order its numbers are used:

    factor   slots that are stated, slots in all, then for each pivot
                 diagonal, n below, n right, slots of the right; for each row below: its slot, targets of its updates
    solve    for each pivot in order:  unknown, n below, then (row, slot) of each
             for each pivot backwards: unknown, diagonal, n right, then (column, slot) of each
"""

from __future__ import annotations

from collections.abc import Callable

import llvmlite.ir as ir
import numpy as np
from numpy.typing import NDArray

from ..passes.elimination import Elimination
from .emit import INT, POINTER, Emitter, declare
from .straight import ARGUMENTS
from .value import Value

INDEX = ir.IntType(32)


def factor_table(elimination: Elimination) -> NDArray[np.int32]:
    """Write the factorisation down.

    Returns:
        As the head of this file describes.  Shape (numbers,).
    """
    table = [len(elimination.pivots), elimination.stated, elimination.size]
    for pivot in elimination.pivots:
        count = len(pivot.row)
        table += [pivot.diagonal, len(pivot.column), count, *(slot for _, slot in pivot.row)]
        for number, (_, slot) in enumerate(pivot.column):
            updates = pivot.updates[number * count : (number + 1) * count]
            table += [slot, *(target for target, _, _ in updates)]
    return np.array(table, dtype=np.int32)


def solve_table(elimination: Elimination) -> NDArray[np.int32]:
    """Write the solution with given factors down.

    Returns:
        As the head of this file describes.  Shape (numbers,).
    """
    table = [len(elimination.pivots)]
    for pivot in elimination.pivots:
        table += [pivot.index, len(pivot.column), *(number for entry in pivot.column for number in entry)]
    for pivot in reversed(elimination.pivots):
        table += [pivot.index, pivot.diagonal, len(pivot.row), *(number for entry in pivot.row for number in entry)]
    return np.array(table, dtype=np.int32)


class _Reader(Emitter):
    """A function that reads its table from `p` on, keeping its place in memory of its own."""

    def __init__(self, module: ir.Module, name: str, width: int) -> None:
        super().__init__(declare(module, name, [POINTER] * len(ARGUMENTS)), width)
        self.table = self.args[0]
        self.out, self.extra = (self.args[ARGUMENTS.index(name)] for name in ("out", "extra"))
        self.place = Value(self, self.builder.alloca(INT))
        self.store(self.whole(0), self.place)

    def index(self, at: Value) -> Value:
        return Value(self, self.builder.zext(self.load(self.table, at, INDEX).ir, INT))

    def here(self) -> Value:
        return self.load(self.place, 0, INT)

    def take(self) -> Value:
        """Read the next number."""
        at = self.here()
        self.store(at + 1, self.place)
        return self.index(at)

    def skip(self, count: Value) -> Value:
        """Pass over some numbers; give where they begin."""
        at = self.here()
        self.store(at + count, self.place)
        return at


def write_tables(module: ir.Module, width: int) -> None:
    """Write `factor_by_table` and `solve_by_table`, with the arguments of a section and their table as `p`."""
    _write_factor(_Reader(module, "factor_by_table", width))
    _write_solve(_Reader(module, "solve_by_table", width))


def _write_factor(f: _Reader) -> None:
    w = f.out
    pivots, stated, size = f.take(), f.take(), f.take()
    with f.loop(size, stated) as slot:
        f.store(f.real(0.0), w, slot)
    with f.loop(pivots):
        diagonal, below, right = f.take(), f.take(), f.take()
        inverse = -1.0 / f.load(w, diagonal)
        f.store(inverse, w, diagonal)
        columns = f.skip(right)
        with f.loop(below):
            slot = f.take()
            factor = f.load(w, slot) * inverse
            f.store(factor, w, slot)
            targets = f.skip(right)
            with f.loop(right) as j:
                target = f.index(targets + j)
                f.store(f.fma(factor, f.load(w, f.index(columns + j)), f.load(w, target)), w, target)
    f.finish()


def _write_solve(f: _Reader) -> None:
    w, b = f.out, f.extra
    pivots = f.take()
    with f.loop(pivots):
        unknown, below = f.take(), f.take()
        known = f.load(b, unknown)
        entries = f.skip(below * 2)
        with f.loop(below) as k:
            row, slot = f.index(entries + k * 2), f.index(entries + k * 2 + 1)
            f.store(f.fma(f.load(w, slot), known, f.load(b, row)), b, row)
    with f.loop(pivots):
        unknown, diagonal, right = f.take(), f.take(), f.take()
        entries = f.skip(right * 2)
        f.store(_sum(f, right, entries, f.load(b, unknown)) * f.load(w, diagonal), b, unknown)
    f.finish()


def _sum(f: _Reader, right: Value, entries: Value, value: Value) -> Value:
    """value + Σ w[slot] · b[column]."""

    def add(k: Value, total: Value) -> Value:
        column, slot = f.index(entries + k * 2), f.index(entries + k * 2 + 1)
        return f.fma(f.load(f.out, slot), f.load(f.extra, column), total)

    return _fold_any(f, right, value, add)


def _fold_any(f: _Reader, count: Value, initial: Value, body: Callable[[Value, Value], Value]) -> Value:
    """A fold over a count that may be 0."""
    before = f.builder.block
    some = f.function.append_basic_block("some")
    after = f.function.append_basic_block("joined")
    f.builder.cbranch((count > 0).ir, some, after)
    f.builder.position_at_end(some)
    total = f.fold(count, initial, body)
    last = f.builder.block
    f.builder.branch(after)
    f.builder.position_at_end(after)
    joined = f.builder.phi(initial.ir.type)
    joined.add_incoming(initial.ir, before)
    joined.add_incoming(total.ir, last)
    return Value(f, joined)
