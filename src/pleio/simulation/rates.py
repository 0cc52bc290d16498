"""The rates of many members at once, as one function of their states, with its derivatives and what it conserves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ..mechanisms.equations import Equations
from ..mechanisms.interpret import Interpreter

Array = NDArray[np.float64]
STEP = 1e-3  # relative, of differences of order 4: the fifth root of the rounding error
CONSERVED = 1e-9  # of the largest singular value: what counts as 0
IDLE = 3  # draws in a row that show no further direction, after which there is none
AT_ONCE = 4_000_000  # numbers of one evaluation


class Rates:
    """Rates of the states and residuals of the algebraic rules, over arrays with one column for each member.

    Args:
        still: constants and held quantities by name; each of shape (members,) or ().
    """

    def __init__(self, equations: Equations, still: Mapping[str, Array]) -> None:
        self.states = len(equations.states)
        self.size = self.states + len(equations.unknowns)
        self._function = Interpreter(equations, [*equations.rates.values(), *equations.algebraic], arrays=True)
        self._function.bind([still[key] for key in self._function.still])

    def __call__(self, y: Array) -> Array:
        """Evaluate at states and unknowns of shape (size, ..., members); the same shape."""
        with np.errstate(all="ignore"):
            values = self._function(0.0, list(y))
        return np.array([np.broadcast_to(value, y.shape[1:]) for value in values], dtype=float).reshape(y.shape)

    def matrix(self, y: Array, scale: Array) -> Array:
        """Differentiate by each state, stepping in proportion to `scale`.  Shape (members, size, size)."""
        result = np.empty((y.shape[1], self.size, self.size))
        columns = max(1, AT_ONCE // max(4 * y.size, 1))
        for first in range(0, self.size, columns):
            some = np.arange(first, min(first + columns, self.size))
            near, far = (self._difference(y, some, length * STEP * scale[some]) for length in (1, 2))
            result[:, :, some] = ((4 * near - far) / 3).transpose(2, 0, 1)
        return result

    def _difference(self, y: Array, some: NDArray[np.int64], step: Array) -> Array:
        """Central differences by some of the states, taken at once.  Shape (size, some, members)."""
        up = np.repeat(y[:, None, :], len(some), axis=1)
        down = up.copy()
        place = np.arange(len(some))
        up[some, place] += step
        down[some, place] -= step
        slope: Array = (self(up) - self(down)) / (up[some, place] - down[some, place])
        return slope


def conserved(rates: Rates, y: Array, sizes: Array) -> Array:
    """Find sums of states that never change, whatever the state.  Shape (sums, size), orthonormal rows.

    Args:
        y: a state of one member, about which others are drawn.  Shape (size,).
        sizes: the largest of each state's kind.  Shape (size,).
    """
    generator = np.random.default_rng(0)
    seen, rank, idle = np.zeros((rates.states, rates.states)), 0, 0
    for _ in range(3 + 2 * rates.size // 8):
        drawn = (np.maximum(np.abs(y), 1e-3 * sizes) * generator.lognormal(0.0, 0.7, rates.size))[:, None]
        change = np.column_stack([rates(drawn)[:, 0], rates.matrix(drawn, np.abs(drawn))[0]])[: rates.states]
        change = change[:, np.all(np.isfinite(change), axis=0)]
        largest = np.max(np.abs(change), axis=0, initial=0.0)
        wider = np.column_stack([seen, change[:, largest > 0] / largest[largest > 0]])
        left, values, _ = np.linalg.svd(wider, full_matrices=False)
        seen, before = left * values, rank  # as wide as it is high, and spans the same
        rank = int(np.sum(values > CONSERVED * max(float(values[0]), 1e-300)))
        idle = idle + 1 if rank == before else 0
        if rank == rates.states or idle == IDLE:
            break
    sums = left[:, rank:].T
    return np.column_stack([sums, np.zeros((len(sums), rates.size - rates.states))])
