"""Solving algebraic rules: Newton's method with a kept Jacobian, and a slower method where that fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Residual = Callable[[Array], Array]
_EPS = float(np.finfo(float).eps)


class AlgebraicSolver:
    """Finds u with residual(u) = 0 near the last solution; the inverse Jacobian is kept while it still works."""

    def __init__(self) -> None:
        self._inverse: Array | None = None

    def solve(self, residual: Residual, guess: Array) -> Array | None:
        """Give the solution, or None where none is found.

        Args:
            guess: where to begin.  Shape (unknowns,), each in its own unit; so is the solution.
        """
        found = self._newton(residual, guess)
        if found is not None:
            return found
        self._inverse = None
        for start in (guess, np.ones_like(guess), np.zeros_like(guess)):
            found = self._newton(residual, start) if start is not guess else None
            if found is None:
                found = self._search(residual, start)
            if found is not None:
                return found
        return None

    def forget(self) -> None:
        """Drop the kept Jacobian, after a jump."""
        self._inverse = None

    def _newton(self, residual: Residual, guess: Array) -> Array | None:
        u, r = guess, residual(guess)
        fresh = self._inverse is None
        last = np.inf
        for _ in range(50):
            if not np.all(np.isfinite(r)):
                return None
            if self._inverse is None:
                self._inverse = _inverse_jacobian(residual, u, r)
                if self._inverse is None:
                    return None
                fresh = True
            change = self._inverse @ r
            size = float(np.max(np.abs(change) / (np.abs(u) + np.abs(change) + 1e-300), initial=0.0))
            u = u - change
            if size <= 1e-13 or not np.any(change):
                return u
            r = residual(u)
            if size <= 1e-9 and size >= 0.1 * last and fresh:
                return u  # as near as rounding lets it come
            if size > 0.1 * last:
                self._inverse = None
            last = size
        return None

    def _search(self, residual: Residual, start: Array) -> Array | None:
        from scipy import optimize

        if not np.all(np.isfinite(residual(start))):
            return None
        for method in ("hybr", "lm"):
            result: Any = optimize.root(residual, start, method=method, tol=1e-13)
            scale = float(np.max(np.abs(residual(start)), initial=1e-300))
            if np.all(np.isfinite(result.x)) and np.max(np.abs(result.fun), initial=0.0) <= 1e-9 * max(scale, 1e-12):
                return np.asarray(result.x, dtype=float)
        return None


def _inverse_jacobian(residual: Residual, u: Array, r: Array) -> Array | None:
    jacobian = np.empty((len(r), len(u)))
    for column in range(len(u)):
        step = _EPS**0.5 * max(abs(u[column]), 1e-6)
        moved = u.copy()
        moved[column] += step
        jacobian[:, column] = (residual(moved) - r) / (moved[column] - u[column])
    if not np.all(np.isfinite(jacobian)):
        return None
    try:
        inverse = np.asarray(np.linalg.inv(jacobian), dtype=float)
    except np.linalg.LinAlgError:
        return None
    return inverse if np.all(np.isfinite(inverse)) else None
