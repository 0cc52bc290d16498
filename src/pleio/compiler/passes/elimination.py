"""The order in which a sparse linear system is eliminated, and every operation of its factorisation, known beforehand.

The order is Markowitz's with diagonal pivots: each next pivot is the one that can fill in fewest entries. No pivoting
happens at run time, so one program serves every matrix of this pattern; a bad pivot shows as an error estimate that is
too large or not finite, and the step is rejected.

Source: Markowitz 1957, Management Science 3:255, doi:10.1287/mnsc.3.3.255.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

MOST_UPDATES: Final = 1_500_000
DONE: Final = -1
MOST_STATES: Final = 3000  # beyond which finding an order takes too long


@dataclass(frozen=True)
class Pivot:
    """One step: divide a column by its diagonal, and subtract from what remains.

    Attributes:
        index: the unknown that is eliminated.
        diagonal: slot of the diagonal entry, replaced by its reciprocal.
        column: (row, slot) of the entries below it.
        row: (column, slot) of the entries right of it.
        updates: (target, left, right) slots: target −= left · right.
    """

    index: int
    diagonal: int
    column: tuple[tuple[int, int], ...]
    row: tuple[tuple[int, int], ...]
    updates: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Elimination:
    """A sparse LU factorisation without its numbers.

    Attributes:
        pivots: the steps in order.
        slots: where each entry (row, column) lies; the first `stated` are the pattern, the others fill.
        stated: how many entries the pattern has.
    """

    pivots: tuple[Pivot, ...]
    slots: dict[tuple[int, int], int]
    stated: int

    @property
    def size(self) -> int:
        return len(self.slots)

    @property
    def factor_operations(self) -> int:
        return sum(1 + len(pivot.column) + len(pivot.updates) for pivot in self.pivots)

    @property
    def solve_operations(self) -> int:
        return sum(1 + len(pivot.column) + len(pivot.row) for pivot in self.pivots)


class TooDense(Exception):
    """The factors of a matrix are so full that writing every operation down would not be worth it."""


def eliminate(size: int, pattern: Iterable[tuple[int, int]]) -> Elimination:
    """Order and spell out the elimination of a square pattern; diagonal entries are added where absent.

    Raises:
        TooDense: there would be too many operations.
    """
    if size > MOST_STATES:
        raise TooDense(f"{size:,} states")
    entries = sorted(set(pattern) | {(i, i) for i in range(size)})
    slots = {entry: slot for slot, entry in enumerate(entries)}
    stated = len(slots)
    rows: list[set[int]] = [set() for _ in range(size)]
    columns: list[set[int]] = [set() for _ in range(size)]
    for i, j in entries:
        rows[i].add(j)
        columns[j].add(i)
    cost = [(len(rows[i]) - 1) * (len(columns[i]) - 1) for i in range(size)]
    waiting = sorted((cost[i], i) for i in range(size))  # a heap; entries whose cost is no longer so are passed over
    pivots: list[Pivot] = []
    count = 0
    while len(pivots) < size:
        known, k = heappop(waiting)
        if known != cost[k]:
            continue
        cost[k] = DONE
        below, right = sorted(columns[k] - {k}), sorted(rows[k] - {k})
        updates = []
        for i in below:
            for j in right:
                if (i, j) not in slots:
                    slots[i, j] = len(slots)
                    rows[i].add(j)
                    columns[j].add(i)
                updates.append((slots[i, j], slots[i, k], slots[k, j]))
            count += len(right)
            if count > MOST_UPDATES:
                raise TooDense(f"elimination needs more than {MOST_UPDATES:,} updates")
            rows[i].discard(k)
        for j in right:
            columns[j].discard(k)
        for i in {*below, *right}:
            now = (len(rows[i]) - 1) * (len(columns[i]) - 1)
            if now != cost[i]:
                cost[i] = now
                heappush(waiting, (now, i))
        pivots.append(
            Pivot(
                k,
                slots[k, k],
                tuple((i, slots[i, k]) for i in below),
                tuple((j, slots[k, j]) for j in right),
                tuple(updates),
            )
        )
    return Elimination(tuple(pivots), slots, stated)
