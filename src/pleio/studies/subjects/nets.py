"""Quasi-random worlds: for each name a digital net over the worlds, whose generating matrix is keyed by that name.

World w belongs to replicate w mod R and is point i = ⌊w / R⌋ of it.  In base 2 its number of a name is C·i + s, with a
random matrix C = L·U (L lower, U upper triangular, both with ones on the diagonal) and a random shift s, keyed by
(seed, replicate, name).  So the first 2^k points of a replicate put one number into each interval of length 2^-k: what
depends on one name alone is integrated as by scrambled Sobol' points.  Numbers of two names meet as at random, where
Sobol' points meet evenly; in return a name's numbers depend on no other name, while a Sobol' dimension is a place in a
list.

Source:
    Digital nets: Niederreiter 1992, doi:10.1137/1.9781611970081, chapter 4.  Random linear scrambling: Matoušek 1998,
    doi:10.1006/jcom.1998.0489.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Words = NDArray[np.uint64]

POINTS, DIGITS = 32, 53  # bits of a point's number, and of what it becomes


@dataclass(frozen=True)
class Net:
    """Worlds as so many independently randomised nets."""

    replicates: int

    def replicate(self, worlds: ArrayLike) -> NDArray[np.int64]:
        """Give the replicate that each world belongs to.

        Args:
            worlds: their numbers.  Any shape, which the result has too.
        """
        return np.asarray(worlds, dtype=np.int64) % self.replicates

    def uniforms(self, seed: int, name: str, worlds: ArrayLike) -> Array:
        """Give one number for each world, strictly between 0 and 1; each is uniform, and they are spread evenly.

        Args:
            worlds: world numbers, from 0 below 2³².  Any shape.
        """
        numbers = np.asarray(worlds, dtype=np.int64)
        point, which = (numbers // self.replicates).astype(np.uint64), self.replicate(numbers)
        columns = np.stack([_columns(seed, name, r) for r in range(self.replicates)])
        word = columns[which, POINTS]
        for bit in range(POINTS):
            asked = (point >> np.uint64(bit)) & np.uint64(1)
            if not asked.any():
                continue
            word = word ^ (columns[which, bit] * asked)
        found: Array = (word.astype(np.float64) + 0.5) * 2.0**-DIGITS
        return found


@lru_cache(maxsize=4096)
def _columns(seed: int, name: str, replicate: int) -> Words:
    """Give the columns of C as words, their highest digit first, and the shift after them.  Shape (POINTS + 1,)."""
    key = f"{seed}\0net {replicate}\0{name}".encode()
    count = DIGITS * POINTS + POINTS * POINTS + DIGITS
    bits = np.unpackbits(np.frombuffer(hashlib.shake_256(key).digest(-(-count // 8)), dtype=np.uint8))
    lower = bits[: DIGITS * POINTS].reshape(DIGITS, POINTS).astype(np.int64)
    upper = bits[DIGITS * POINTS :][: POINTS * POINTS].reshape(POINTS, POINTS).astype(np.int64)
    lower, upper = np.tril(lower, -1) + np.eye(DIGITS, POINTS, dtype=np.int64), np.triu(upper, 1)
    matrix = lower @ (upper + np.eye(POINTS, dtype=np.int64)) % 2
    matrix = np.column_stack([matrix, bits[DIGITS * POINTS + POINTS * POINTS :][:DIGITS]])
    weights = np.uint64(1) << np.arange(DIGITS - 1, -1, -1, dtype=np.uint64)
    words: Words = (matrix.astype(np.uint64) * weights[:, None]).sum(axis=0, dtype=np.uint64)
    return words
