"""What the engine takes along each trajectory for a set of reducers, and what becomes of it, block by block."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..base.errors import InputError, Problem
from ..base.expected import Named, expect
from ..mechanisms.equations import Equations
from ..mechanisms.expression import Expression, apply, number
from .reduce import Quantiles, Reducer
from .saved import saved_formula
from .sketch import Sketch

Array = NDArray[np.float64]


class Kind(IntEnum):
    """What is made of a quantity along a trajectory; the numbers are those of the kernel's table."""

    AREA = 0
    PEAK = 1
    BELOW = 2


@dataclass(frozen=True)
class Path:
    """What is taken along a trajectory: `kind` of sign · (of − less) over a window; two numbers come of it.

    They are the area, or the length below 0; of a peak its value and its time.
    """

    start: float
    end: float
    kind: Kind
    of: str
    less: float | str = 0.0
    sign: int = 1

    def formula(self, equations: Equations) -> Expression:
        """Write sign · (of − less) in stored names."""
        value = saved_formula(equations, self.of)
        if self.less != 0.0:
            less = saved_formula(equations, self.less) if isinstance(self.less, str) else number(self.less)
            value = apply("plus", value, apply("negative", less))
        return value if self.sign > 0 else apply("negative", value)


TAKEN: Final = {
    "auc": (Kind.AREA, 1, 0, 1.0),
    "peak": (Kind.PEAK, 1, 0, 1.0),
    "peak_time": (Kind.PEAK, 1, 1, 1.0),
    "trough": (Kind.PEAK, -1, 0, -1.0),
    "trough_time": (Kind.PEAK, -1, 1, 1.0),
    "time_below": (Kind.BELOW, 1, 0, 1.0),
    "time_above": (Kind.BELOW, -1, 0, 1.0),
}
"""For each `take`: the kind and sign of its path, which of its two numbers is asked for, and its factor."""


class Reduction:
    """The results of reducers, filled block by block.

    Attributes:
        times, names: what must be saved of a block.
        paths: what must be taken along; those of one window follow each other.
        values: for each key the numbers of all members, shape (members,) or (members, at); of `Quantiles` nothing.
    """

    def __init__(self, reduce: Mapping[str, Reducer | Quantiles], members: int, end: float) -> None:
        _check(reduce, end)
        self.reduce = dict(reduce)
        inner = [_inner(item) for item in self.reduce.values()]
        saved = [item for item in inner if item.take not in TAKEN]
        self.times: Array = np.unique(np.array([end, *(time for item in saved for time in item.at or ())]))
        self.names = tuple(dict.fromkeys(item.of for item in saved))
        self.paths = tuple(sorted({_path(item) for item in inner if item.take in TAKEN}, key=_order))
        self.values: dict[str, Array] = {}
        self.sketches: dict[str, list[Sketch]] = {}
        for key, item in self.reduce.items():
            width = len(_inner(item).at or (end,))
            if isinstance(item, Quantiles):
                self.sketches[key] = [Sketch(item.error) for _ in range(width)]
            else:
                self.values[key] = np.full((members, width), np.nan)

    @property
    def bytes_of_member(self) -> int:
        """What a member takes until its block is reduced."""
        return 8 * (len(self.times) * len(self.names) + 2 * len(self.paths))

    def take(self, some: slice, saved: Array, found: Array) -> None:
        """Take a block of members in.

        Args:
            saved: shape (block, times, names); NaN in members that failed.
            found: shape (block, paths, 2); likewise.
        """
        for key, item in self.reduce.items():
            numbers = self._numbers(_inner(item), saved, found)
            if key in self.values:
                self.values[key][some] = numbers
            else:
                for sketch, column in zip(self.sketches[key], numbers.T, strict=True):
                    sketch.add(column)

    def _numbers(self, item: Reducer, saved: Array, found: Array) -> Array:
        if item.take in TAKEN:
            _, _, which, factor = TAKEN[item.take]
            taken: Array = factor * found[:, self.paths.index(_path(item)), which]
            return taken[:, None]
        rows = np.searchsorted(self.times, item.at) if item.at else [-1]
        values: Array = saved[:, rows, self.names.index(item.of)]
        return values

    def results(self) -> dict[str, Array]:
        """Give what came of each: shape (members,), (members, at), (probabilities,) or (probabilities, at)."""
        done: dict[str, Array] = {}
        for key, item in self.reduce.items():
            if isinstance(item, Quantiles):
                columns = [sketch.quantile(item.probabilities) for sketch in self.sketches[key]]
                values: Array = np.stack(columns, axis=1)
            else:
                values = self.values[key]
            done[key] = values if len(_inner(item).at or ()) > 1 else values[:, 0]
        return done


def _inner(item: Reducer | Quantiles) -> Reducer:
    return item.of if isinstance(item, Quantiles) else item


def _path(item: Reducer) -> Path:
    kind, sign, _, _ = TAKEN[item.take]
    return Path(item.start, item.end, kind, item.of, item.threshold if kind is Kind.BELOW else 0.0, sign)


def _order(path: Path) -> tuple[object, ...]:
    return (path.start, path.end, path.kind, path.of, str(path.less), path.sign)


def _check(reduce: Mapping[str, Reducer | Quantiles], end: float) -> None:
    expect("reduce", reduce, Named, "reducers by name", "write {'name': pleio.reduce.auc('S')}")
    problems = []
    for key, given in reduce.items():
        if not isinstance(given, Reducer | Quantiles):
            problems.append(Problem(key, f"is a {type(given).__name__}, not a reducer", "pleio.reduce has them"))
            continue
        item = _inner(given)
        beyond = [time for time in (item.start, item.end, *(item.at or ())) if end < time < math.inf]
        if beyond:
            problems.append(Problem(key, f"asks for time {beyond[0]:g}; the simulation ends at {end:g}"))
    if not end > 0:
        problems.append(Problem("times", "end at 0", "give a later time"))
    if problems:
        raise InputError("reduce", problems)


def names_of(reduction: Reduction) -> Sequence[str]:
    """Name every quantity that the reducers need."""
    levels = [path.less for path in reduction.paths if isinstance(path.less, str)]
    return tuple(dict.fromkeys([*reduction.names, *(path.of for path in reduction.paths), *levels]))
