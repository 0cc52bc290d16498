"""The reference path's reducing: the same pieces of steps as in `lockstep.reducing`, one member at a time.

A piece is a polynomial of degree 4 through five values.  Steps of the reference path have interpolants of up to degree
12, so each is cut into `CUTS` pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.polynomial import Polynomial
from numpy.typing import NDArray

from .reduction import Kind, Path

Array = NDArray[np.float64]
NODES = 5
CUTS = 4
BOOLE = np.array([7, 32, 12, 32, 7]) / 90


class Along:
    """What is taken along one trajectory.

    Attributes:
        found: two numbers for each path.  Shape (paths, 2).
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = paths
        self.found = np.array([(-np.inf, np.nan) if path.kind is Kind.PEAK else (0.0, 0.0) for path in paths])
        self.found = self.found.reshape(-1, 2)

    def step(self, begin: float, end: float, values: Callable[[float], Sequence[float]]) -> None:
        """Take a step in.

        Args:
            values: gives the paths' formulas at a time of the step.
        """
        for start, stop in dict.fromkeys((path.start, path.end) for path in self.paths):
            low, high = max(begin, start), min(end, stop)
            if not low < high:
                continue
            edges = np.linspace(low, high, CUTS * (NODES - 1) + 1)
            edges[-1] = high
            inside = np.array([values(float(time)) for time in np.append(edges[:-1], np.nextafter(high, low))])
            chosen = [i for i, path in enumerate(self.paths) if (path.start, path.end) == (start, stop)]
            for first in range(0, CUTS * (NODES - 1), NODES - 1):
                times = edges[first : first + NODES]
                for i in chosen:
                    self._take(i, float(times[0]), float(times[-1]), inside[first : first + NODES, i])

    def _take(self, i: int, low: float, high: float, values: Array) -> None:
        kind, width = self.paths[i].kind, high - low
        if kind is Kind.AREA:
            self.found[i, 0] += width * (BOOLE @ values)
            return
        curve = Polynomial.fit(np.arange(NODES) / (NODES - 1), values, NODES - 1, domain=[0, 1], window=[0, 1])
        turns = _inside(curve.deriv())
        if kind is Kind.PEAK:
            at = np.concatenate([np.arange(NODES) / (NODES - 1), turns])
            heights = np.concatenate([values, curve(turns)])
            best = int(np.argmax(heights))
            if heights[best] > self.found[i, 0]:
                self.found[i] = heights[best], low + width * at[best]
            return
        edges = np.unique(np.concatenate([[0.0, 1.0], turns, _inside(curve)]))
        below = curve((edges[1:] + edges[:-1]) / 2) < 0
        self.found[i, 0] += width * float(np.sum(np.diff(edges)[below]))


def _inside(curve: Polynomial) -> Array:
    """The real roots between 0 and 1."""
    coefficients = curve.coef
    size = np.max(np.abs(coefficients))
    if not size > 0:
        return np.zeros(0)
    roots = Polynomial(coefficients / size).roots()
    real = roots[np.abs(roots.imag) < 1e-9].real
    found: Array = np.sort(real[(real > 0) & (real < 1)])
    return found
