"""A small layered layout: stages from left to right, few crossings, boxes that never overlap.

The steps are those of Sugiyama: layers, order within a layer by the middle of the neighbours, then positions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SWEEPS = 24


@dataclass(frozen=True)
class Box:
    """A node to be placed: its stage (0 is leftmost), its group (kept together), its height."""

    id: str
    stage: int
    group: str
    height: float


@dataclass(frozen=True)
class Place:
    """Where a node came to be: its layer, and the middle of its height."""

    layer: int
    y: float


def place(boxes: Sequence[Box], links: Sequence[tuple[str, str]], gap: float, group_gap: float) -> dict[str, Place]:
    """Place boxes in layers, in the unit of their heights; the topmost edge is at 0.

    Args:
        links: from and to; those that run against the stages, or would close a circle, do not move anything.
        gap: between two boxes of a layer; `group_gap` more between two groups.
    """
    layers = _layers(boxes, links)
    columns: dict[int, list[Box]] = {}
    for box in sorted(boxes, key=lambda each: (each.group, each.id)):
        columns.setdefault(layers[box.id], []).append(box)
    near = _neighbours(links, layers)
    y = {box.id: float(i) for column in columns.values() for i, box in enumerate(column)}
    for sweep in range(SWEEPS):
        for layer in sorted(columns, reverse=bool(sweep % 2)):
            _order(columns[layer], near, y)
    _stack(columns, y, gap, group_gap)
    for sweep in range(SWEEPS):
        for layer in sorted(columns, reverse=bool(sweep % 2)):
            _settle(columns[layer], near, y, gap, group_gap)
    top = min(y[box.id] - box.height / 2 for box in boxes) if boxes else 0.0
    return {box.id: Place(layers[box.id], y[box.id] - top) for box in boxes}


def _layers(boxes: Sequence[Box], links: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Give each box the longest path to it, never left of its stage; then close up empty layers."""
    stage = {box.id: box.stage for box in boxes}
    forward = _acyclic([(a, b) for a, b in links if a in stage and b in stage and a != b and stage[a] <= stage[b]])
    depth = dict(stage)
    for _ in range(len(boxes)):
        moved = False
        for a, b in forward:
            wanted = depth[a] + 1 if stage[a] == stage[b] else max(depth[a] + 1, depth[b])
            if depth[b] < wanted:
                depth[b], moved = wanted, True
        if not moved:
            break
    order = {old: new for new, old in enumerate(sorted(set(depth.values())))}
    return {id: order[value] for id, value in depth.items()}


def _acyclic(links: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep links in order as long as they close no circle."""
    kept: list[tuple[str, str]] = []
    follows: dict[str, set[str]] = {}
    for a, b in links:
        if a not in _reached(b, follows):
            kept.append((a, b))
            follows.setdefault(a, set()).add(b)
    return kept


def _reached(start: str, follows: Mapping[str, set[str]]) -> set[str]:
    found, edge = {start}, [start]
    while edge:
        new = follows.get(edge.pop(), set()) - found
        found |= new
        edge += new
    return found


def _neighbours(links: Sequence[tuple[str, str]], layers: Mapping[str, int]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {}
    for a, b in links:
        if a in layers and b in layers and layers[a] != layers[b]:
            near.setdefault(a, []).append(b)
            near.setdefault(b, []).append(a)
    return near


def _middle(id: str, near: Mapping[str, list[str]], y: Mapping[str, float]) -> float:
    around = [y[other] for other in near.get(id, ())]
    return sum(around) / len(around) if around else y[id]


def _order(column: list[Box], near: Mapping[str, list[str]], y: dict[str, float]) -> None:
    """Order a column by the middle of its boxes' neighbours, groups staying together."""
    middle = {box.id: _middle(box.id, near, y) for box in column}
    groups: dict[str, list[float]] = {}
    for box in column:
        groups.setdefault(box.group, []).append(middle[box.id])
    mean = {name: sum(values) / len(values) for name, values in groups.items()}
    column.sort(key=lambda box: (mean[box.group], box.group, middle[box.id], box.id))
    for i, box in enumerate(column):
        y[box.id] = float(i)


def _stack(columns: Mapping[int, list[Box]], y: dict[str, float], gap: float, group_gap: float) -> None:
    """Put each column's boxes under each other, columns centred on one line."""
    for column in columns.values():
        at = 0.0
        for i, box in enumerate(column):
            at += _space(column, i, gap, group_gap) + box.height / 2
            y[box.id] = at
            at += box.height / 2
        for box in column:
            y[box.id] -= at / 2


def _settle(
    column: Sequence[Box], near: Mapping[str, list[str]], y: dict[str, float], gap: float, group: float
) -> None:
    """Move boxes towards their neighbours as far as order and spacing let them."""
    wanted = [_middle(box.id, near, y) for box in column]
    down, up = list(wanted), list(wanted)
    for i in range(1, len(column)):
        down[i] = max(wanted[i], down[i - 1] + _distance(column, i, gap, group))
    for i in range(len(column) - 2, -1, -1):
        up[i] = min(wanted[i], up[i + 1] - _distance(column, i + 1, gap, group))
    # the mean of pushing down and pushing up keeps the distances of both
    for box, low, high in zip(column, down, up, strict=True):
        y[box.id] = (low + high) / 2


def _distance(column: Sequence[Box], i: int, gap: float, group: float) -> float:
    return (column[i - 1].height + column[i].height) / 2 + _space(column, i, gap, group)


def _space(column: Sequence[Box], i: int, gap: float, group: float) -> float:
    if i == 0:
        return 0.0
    return gap + (group if column[i - 1].group != column[i].group else 0.0)
