"""A small layered layout: columns from left to right, boxes that never overlap, long edges led between the boxes.

Columns and, but for the last, the order in them are given.  The groups of the last column are ordered by what leads to
them, close under each other; then every other box moves towards its neighbours as far as order and spacing let it.  An
edge that passes a column takes a lane through it, where the straight line would pass; edges from one place to one group
share their lane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 48
LANE = 3.0


@dataclass(frozen=True)
class Box:
    """A node to be placed, or a lane: its column, its group (kept together), its height."""

    id: str
    column: int
    group: str
    height: float
    is_lane: bool = False


@dataclass(frozen=True)
class Spacing:
    """The space between two boxes of a column, and what is added between groups and between boxes that are linked."""

    gap: float
    groups: float
    linked: float


@dataclass(frozen=True)
class Layout:
    """The middle of each box's height, and the heights at which each link passes the columns between its ends."""

    y: Mapping[str, float]
    lanes: Mapping[tuple[str, str], tuple[tuple[int, float], ...]]


def place(boxes: Sequence[Box], links: Sequence[tuple[str, str]], spacing: Spacing) -> Layout:
    """Place boxes in their columns, in the unit of their heights; the topmost edge is at 0.

    Args:
        boxes: in the order from top to bottom within each column.
        links: from and to; only those that lead to the right have lanes.
    """
    work = _Work(boxes, [(a, b) for a, b in links if {a, b} <= {box.id for box in boxes}], spacing)
    work.stack()
    last = max(work.columns, default=0)
    for sweep in range(SWEEPS):
        if sweep % 6 == 0 and sweep < SWEEPS * 2 // 3:
            work.order()
            work.stack()
        for column in sorted(work.columns, reverse=bool(sweep % 2)):
            if column != last:
                work.settle(work.columns[column])
    every = [box for column in work.columns.values() for box in column]
    top = min((work.y[box.id] - box.height / 2 for box in every), default=0.0)
    return Layout(
        {box.id: work.y[box.id] - top for box in boxes},
        {link: tuple((lane.column, work.y[lane.id] - top) for lane in lanes) for link, lanes in work.lanes.items()},
    )


class _Work:
    """A layout under way: the order in each column, and the height of each box."""

    def __init__(self, boxes: Sequence[Box], links: Sequence[tuple[str, str]], spacing: Spacing) -> None:
        self.boxes = {box.id: box for box in boxes}
        self.links = links
        self.spacing = spacing
        self.y: dict[str, float] = {}
        self.lanes = {(a, b): _lanes(self.boxes[a], self.boxes[b]) for a, b in links}
        self.users: dict[str, list[tuple[str, str]]] = {}
        columns: dict[int, dict[str, Box]] = {}
        for box in boxes:
            columns.setdefault(box.column, {})[box.id] = box
        for link, lanes in self.lanes.items():
            for lane in lanes:
                columns.setdefault(lane.column, {})[lane.id] = lane
                self.users.setdefault(lane.id, []).append(link)
        self.columns = {column: list(found.values()) for column, found in columns.items()}
        self.near: dict[str, list[str]] = {}
        for a, b in links:
            self.near.setdefault(a, []).append(b)
            self.near.setdefault(b, []).append(a)

    def wanted(self, box: Box) -> float:
        """Say where a box would like to be: amid its neighbours; a lane where the straight line passes."""
        if box.is_lane:
            return sum(self._passing(link, box.column) for link in self.users[box.id]) / len(self.users[box.id])
        around = [self.y[other] for other in self.near.get(box.id, ())]
        return sum(around) / len(around) if around else self.y[box.id]

    def _passing(self, link: tuple[str, str], column: int) -> float:
        a, b = self.boxes[link[0]], self.boxes[link[1]]
        return self.y[a.id] + (self.y[b.id] - self.y[a.id]) * (column - a.column) / (b.column - a.column)

    def order(self) -> None:
        """Order the groups of the last column by what leads to them, and put lanes between the boxes they pass."""
        last = max(self.columns, default=0)
        for number, column in self.columns.items():
            # rounded, so that what is equal but for the last bit is ordered by name and not by chance
            wanted = {box.id: round(self.wanted(box), 6) for box in column}
            if number == last:
                means: dict[str, list[float]] = {}
                for box in column:
                    means.setdefault(box.group, []).append(wanted[box.id])
                mean = {group: round(sum(found) / len(found), 6) for group, found in means.items()}
                column.sort(key=lambda box: (mean[box.group], box.group, wanted[box.id], box.id))
            else:
                self.columns[number] = self._with_lanes(column, wanted)

    def _with_lanes(self, column: Sequence[Box], wanted: Mapping[str, float]) -> list[Box]:
        """Put lanes between the boxes of a column, which keep their order; boxes that are linked stay together."""
        keys: dict[str, float] = {}
        for chain in self._chains([box for box in column if not box.is_lane]):
            middle = sum(self.y[box.id] for box in chain) / len(chain)
            keys.update(dict.fromkeys((box.id for box in chain), max([middle, *keys.values()])))
        keys.update({box.id: wanted[box.id] for box in column if box.is_lane})
        fixed = {box.id: i for i, box in enumerate(box for box in column if not box.is_lane)}
        return sorted(column, key=lambda box: (keys[box.id], fixed.get(box.id, len(fixed)), box.id))

    def _chains(self, boxes: Sequence[Box]) -> list[list[Box]]:
        chains: list[list[Box]] = []
        for box in boxes:
            if chains and box.id in self.near.get(chains[-1][-1].id, ()):
                chains[-1].append(box)
            else:
                chains.append([box])
        return chains

    def stack(self) -> None:
        """Put each column's boxes under each other, columns centred on one line."""
        for column in self.columns.values():
            at = 0.0
            for i, box in enumerate(column):
                at += (self._space(column[i - 1], box) if i else 0.0) + box.height / 2
                self.y[box.id] = at
                at += box.height / 2
            for box in column:
                self.y[box.id] -= at / 2

    def settle(self, column: Sequence[Box]) -> None:
        """Move boxes to where they would like to be, as far as order and spacing let them."""
        apart = [(a.height + b.height) / 2 + self._space(a, b) for a, b in pairwise(column)]
        wanted = [self.wanted(box) for box in column]
        down, up = list(wanted), list(wanted)
        for i in range(1, len(column)):
            down[i] = max(wanted[i], down[i - 1] + apart[i - 1])
        for i in range(len(column) - 2, -1, -1):
            up[i] = min(wanted[i], up[i + 1] - apart[i])
        # pushing down and pushing up both keep the distances, so their mean does
        for box, low, high in zip(column, down, up, strict=True):
            self.y[box.id] = (low + high) / 2

    def _space(self, above: Box, below: Box) -> float:
        space = self.spacing.gap
        if above.is_lane and below.is_lane:
            return space / 2
        if above.group != below.group:
            space += self.spacing.groups
        if below.id in self.near.get(above.id, ()):
            space += self.spacing.linked
        return space


def _lanes(source: Box, target: Box) -> list[Box]:
    where = target.group or target.id
    between = range(source.column + 1, target.column)
    return [Box(f"lane {source.id} {where} {column}", column, "", LANE, True) for column in between]
