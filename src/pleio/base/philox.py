"""A counter-based random number generator: each number is a function of a counter and a key, and of nothing else."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

_MASK = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_WEYL = (0x9E3779B9, 0xBB67AE85)
_ROUNDS = 10


def philox(counter: tuple[Words | np.uint64, ...], key: tuple[int, int]) -> tuple[Words, Words, Words, Words]:
    """Apply Philox 4×32-10 to arrays of counters.

    Args:
        counter: four arrays of 32-bit words, held in 64 bits, of shapes that broadcast.
        key: two 32-bit words.
    Returns:
        Four arrays of 32-bit random words.
    Source:
        Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3. SC '11. doi:10.1145/2063384.2063405
    """
    a, b, c, d = (np.asarray(word) for word in np.broadcast_arrays(*counter))
    first, second = key
    for _ in range(_ROUNDS):
        left, right = _MULTIPLIERS[0] * a, _MULTIPLIERS[1] * c
        a, b, c, d = (
            (right >> _HALF) ^ b ^ np.uint64(first),
            right & _MASK,
            (left >> _HALF) ^ d ^ np.uint64(second),
            left & _MASK,
        )
        first, second = (first + _WEYL[0]) & 0xFFFFFFFF, (second + _WEYL[1]) & 0xFFFFFFFF
    return a, b, c, d


def to_uniform(high: Words, low: Words) -> NDArray[np.float64]:
    """Make numbers strictly between 0 and 1, with 53 random bits, from pairs of random words.

    Args:
        high, low: 32 bits each.  Any shape, the same for both.
    """
    bits = ((high << _HALF) | low) >> np.uint64(11)
    uniform: NDArray[np.float64] = (bits.astype(np.float64) + 0.5) * 2.0**-53
    return uniform
