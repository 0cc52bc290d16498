"""Reducing a step to numbers inside the loop: areas, peaks and times below a level, from the step's own interpolant.

The interpolant is a polynomial of degree 4 in time, so five values of a quantity on the part of a step that lies in a
window are that quantity there (exactly, where the quantity is linear in the states; else to the interpolant's own
order).  With u from 0 to 4 along that part,

    area     Boole's rule
    peak     the largest of the five values and of the polynomial where its slope falls through 0
    below    the lengths between the places where the polynomial passes through 0

A place is found by halving, always as often, so that a lane's bits do not depend on its neighbours.  What is found
stands in the lanes (`found`: two numbers for each reducer, then two of scratch), with a copy from before the step
(`found_before`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...compiler.backends.emit import DOUBLE, INT
from ...compiler.backends.value import Value
from ..reduction import Kind
from .frame import Frame
from .step import Step

NODES = 5
BOOLE = (7 / 90, 32 / 90, 12 / 90, 32 / 90, 7 / 90)
HALVINGS = 50


@dataclass(frozen=True)
class Reducers:
    """What a task reduces: the kernel's tables, reducers of one window side by side.

    Attributes:
        edges: begin and end of each window.  Shape (windows, 2).
        first: the first reducer of each window, and how many there are.  Shape (windows + 1,).
        kinds: shape (reducers,).
        columns: the output that each is of.  Shape (reducers,).
    """

    edges: NDArray[np.float64]
    first: NDArray[np.int64]
    kinds: NDArray[np.int64]
    columns: NDArray[np.int64]

    @classmethod
    def of(cls, kinds: Sequence[Kind], windows: Sequence[tuple[float, float]], column: int) -> Reducers:
        """Lay reducers out whose outputs begin at `column`; those of one window follow each other."""
        edges = [window for i, window in enumerate(windows) if i == 0 or window != windows[i - 1]]
        first = [i for i, window in enumerate(windows) if i == 0 or window != windows[i - 1]]
        return cls(
            np.array(edges, dtype=np.float64).reshape(-1, 2),
            np.array([*first, len(windows)], dtype=np.int64),
            np.array(kinds, dtype=np.int64),
            column + np.arange(len(kinds), dtype=np.int64),
        )

    @property
    def count(self) -> int:
        return len(self.kinds)

    def start(self) -> NDArray[np.float64]:
        """What stands in a lane before the first step: two numbers for each reducer."""
        before = np.zeros((self.count, 2))
        before[self.kinds == Kind.PEAK] = (-np.inf, np.nan)
        return before


NOTHING = Reducers.of((), (), 0)


def start_lane(f: Frame) -> None:
    """Set this lane's numbers to what they are before the first step."""
    with f.loop(f.field("found_count")) as i:
        f.store(f.load(f.field("found_start"), i, DOUBLE), f.lane_of(f.field("found"), i))


def leave_lane(f: Frame, member: Value) -> None:
    """Write this lane's numbers as its member's."""
    count = f.field("found_count")
    row = f.at(f.field("reduced"), member * count, DOUBLE)
    with f.loop(count) as i:
        f.store(f.load(f.lane_of(f.field("found"), i), 0, DOUBLE), row, i)


def remember(f: Frame) -> None:
    """Copy the numbers before a step that may be undone."""
    with f.loop(f.field("found_count")) as i:
        f.store(f.load(f.field("found"), i), f.field("found_before"), i)


def restore(f: Frame, back: Value) -> None:
    """Undo the last step in some lanes."""
    found = f.field("found")
    with f.loop(f.field("found_count")) as i:
        f.store(f.select(back, f.load(f.field("found_before"), i), f.load(found, i)), found, i)


def reduce_step(f: Frame, step: Step, accepted: Value, t_new: Value) -> None:
    """Take the accepted lanes' step into their numbers."""
    with f.when(f.field("window_count") > 0):
        step.prepare_dense()
        with f.loop(f.field("window_count")) as window:
            edges = [f.broadcast(f.load(f.field("window_edge"), window * 2 + side, DOUBLE)) for side in (0, 1)]
            low, high = f.max(f.get("t"), edges[0]), f.min(t_new, edges[1])
            here = accepted & (low < high)
            with f.when(f.any(here)):
                _sample(f, step, low, high)
                first, last = (f.load(f.field("window_first"), window + side, INT) for side in (0, 1))
                with f.loop(last, first) as reducer:
                    _reduce(f, reducer, here, low, high)


def _sample(f: Frame, step: Step, low: Value, high: Value) -> None:
    """Compute the outputs at five times from `low` to `high`; comparisons with the time are those before a stop."""
    last = step.before_stop()
    for node in range(NODES):
        time = low + (high - low) * (node / (NODES - 1)) if node < NODES - 1 else high
        step.interpolate((time - f.get("t")) / step.taken)
        f.put("sample", f.min(time, last))
        f.section("output", f.field("g"), f.address("sample"), f.row(f.field("samples"), node, f.field("outputs")))


def _reduce(f: Frame, reducer: Value, here: Value, low: Value, high: Value) -> None:
    column, kind = (f.load(f.field(name), reducer, INT) for name in ("reducer_column", "reducer_kind"))
    places = [f.at(f.field("found"), reducer * 2 + side, f.vector) for side in (0, 1)]
    values = [
        f.load(f.at(f.row(f.field("samples"), node, f.field("outputs")), column, f.vector)) for node in range(NODES)
    ]
    with f.when(kind.equals(int(Kind.AREA))):
        area = values[0] * BOOLE[0]
        for weight, value in zip(BOOLE[1:], values[1:], strict=True):
            area = f.fma(f.real(weight), value, area)
        f.store(f.select(here, f.fma(high - low, area, f.load(places[0])), f.load(places[0])), places[0])
    with f.when(kind.equals(int(Kind.PEAK))):
        _peak(f, _Curve(f, values), places, here, low, high)
    with f.when(kind.equals(int(Kind.BELOW))):
        _below(f, _Curve(f, values), places[0], here, low, high)


class _Curve:
    """The polynomial through five values at u = 0, 1, 2, 3, 4, and its slope."""

    def __init__(self, f: Frame, values: Sequence[Value]) -> None:
        self.f, self.values = f, values
        rows = [list(values)]
        while len(rows[-1]) > 1:
            rows.append([b - a for a, b in zip(rows[-1], rows[-1][1:], strict=False)])
        d1, d2, d3, d4 = (row[0] for row in rows[1:])
        self.coefficients = [
            values[0],
            d1 - d2 * 0.5 + d3 * (1 / 3) - d4 * 0.25,
            d2 * 0.5 - d3 * 0.5 + d4 * (11 / 24),
            d3 * (1 / 6) - d4 * 0.25,
            d4 * (1 / 24),
        ]
        self.slopes = [c * float(power) for power, c in enumerate(self.coefficients)][1:]

    def at(self, u: Value) -> Value:
        return horner_at(self.f, u, self.coefficients)

    def slope(self, u: Value) -> Value:
        return horner_at(self.f, u, self.slopes)


def horner_at(f: Frame, u: Value, coefficients: Sequence[Value]) -> Value:
    """Evaluate a polynomial whose coefficients are vectors, lowest first."""
    total = coefficients[-1]
    for coefficient in reversed(coefficients[:-1]):
        total = f.fma(total, u, coefficient)
    return total


def _turn(f: Frame, coefficients: Sequence[Value], left: Value, width: Value) -> Value:
    """Where a polynomial that differs in sign at `left` and `left + width` passes through 0."""
    positive = horner_at(f, left, coefficients) > 0.0

    def halve(k: Value, root: Value) -> Value:
        half = Value(f, f.builder.bitcast(((f.whole(1022) - k) << 52).ir, DOUBLE))  # 2^-(k + 1)
        middle = f.fma(width, f.broadcast(half), root)
        other = (horner_at(f, middle, coefficients) > 0.0) ^ positive
        return f.select(other, root, middle)

    return f.fold(f.whole(HALVINGS), left, halve)


def _as_real(f: Frame, whole: Value) -> Value:
    return f.broadcast(Value(f, f.builder.sitofp(whole.ir, DOUBLE)))


def _peak(f: Frame, curve: _Curve, places: Sequence[Value], here: Value, low: Value, high: Value) -> None:
    quarter = (high - low) * (1 / (NODES - 1))

    def offer(u: Value, value: Value, mask: Value) -> None:
        better = mask & (value > f.load(places[0]))
        f.store(f.select(better, value, f.load(places[0])), places[0])
        f.store(f.select(better, f.fma(quarter, u, low), f.load(places[1])), places[1])

    for node, value in enumerate(curve.values):
        offer(f.real(float(node)), value, here)
    with f.loop(NODES - 1) as quarter_of:
        left = _as_real(f, quarter_of)
        summit = here & (curve.slope(left) > 0.0) & (curve.slope(left + 1.0) < 0.0)
        with f.when(f.any(summit)):
            u = _turn(f, curve.slopes, left, f.real(1.0))
            offer(u, curve.at(u), summit)


def _below(f: Frame, curve: _Curve, place: Value, here: Value, low: Value, high: Value) -> None:
    quarter = (high - low) * (1 / (NODES - 1))
    turn, part = (f.at(f.field("found"), f.field("found_count") + k, f.vector) for k in (0, 1))

    def piece(left: Value, width: Value, at_left: Value, at_right: Value) -> None:
        under = (at_left < 0.0) & (at_right < 0.0)
        crosses = here & ((at_left < 0.0) ^ (at_right < 0.0))
        f.store(f.select(under, width, f.real(0.0)), part)
        with f.when(f.any(crosses)):
            until = _turn(f, curve.coefficients, left, width) - left
            f.store(f.select(crosses, f.select(at_left < 0.0, until, width - until), f.load(part)), part)
        f.store(f.select(here, f.fma(quarter, f.load(part), f.load(place)), f.load(place)), place)

    with f.loop(NODES - 1) as node:
        left = _as_real(f, node)
        values = curve.at(left), curve.at(left + 1.0)
        turns = here & ((curve.slope(left) > 0.0) ^ (curve.slope(left + 1.0) > 0.0))
        f.store(f.real(1.0), turn)
        with f.when(f.any(turns)):
            f.store(f.select(turns, _turn(f, curve.slopes, left, f.real(1.0)) - left, f.real(1.0)), turn)
        split = f.load(turn)
        middle = f.select(turns, curve.at(left + split), values[1])
        piece(left, split, values[0], middle)
        piece(left + split, 1.0 - split, middle, values[1])
