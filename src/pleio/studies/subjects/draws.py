"""Counter-based random numbers: each draw is a function of (seed, world, subject, name) and of nothing else.

So a draw does not depend on which other draws were made, on their order, on the size of a chunk or the number of
workers.  Draws of one name are shared across arms and belief bands; draws of two worlds are never shared.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...base.philox import philox, to_uniform
from .nets import Net

Array = NDArray[np.float64]

_NO_SUBJECT = 0xFFFFFFFF


def uniforms(
    seed: int, name: str, worlds: ArrayLike, subjects: ArrayLike | None = None, *, net: Net | None = None
) -> Array:
    """Draw one uniform number for each world, or for each pair of world and subject.

    Args:
        seed: the study's seed, any integer.
        name: what is drawn; two names give independent numbers.
        worlds: world numbers, from 0 below 2³².  Any shape.
        subjects: subject numbers, from 0 below 2³² − 1; broadcast against `worlds`.
        net: spreads the numbers of worlds evenly; those of subjects are always independent.
    Returns:
        Uniform numbers strictly between 0 and 1, with 53 random bits, in the broadcast shape.
    """
    if net is not None and subjects is None:
        return net.uniforms(seed, name, worlds)
    who = np.asarray(_NO_SUBJECT if subjects is None else subjects, dtype=np.uint64)
    world, subject = np.broadcast_arrays(np.asarray(worlds, dtype=np.uint64), who)
    words = np.frombuffer(hashlib.sha256(f"{seed}\0{name}".encode()).digest()[:16], dtype="<u4").astype(np.uint64)
    high, low, _, _ = philox((world, subject, words[0], words[1]), (int(words[2]), int(words[3])))
    return to_uniform(high, low)


def correlate(columns: dict[str, Array], correlations: dict[tuple[str, str], float]) -> dict[str, Array]:
    """Give uniform draws the rank correlations of a Gaussian copula.

    Args:
        columns: name → independent uniforms, all of one shape.
        correlations: pairs of names → correlation of their normal scores.
    Returns:
        The same names and shapes; the margins stay uniform, and a name in no pair is returned as it was.
    Raises:
        ValueError: the correlations fit no joint distribution.
    """
    involved = sorted({name for pair in correlations for name in pair})
    if not involved:
        return dict(columns)
    from scipy.special import ndtr, ndtri

    factor = np.linalg.cholesky(correlation_matrix(involved, correlations))
    scores = np.stack([ndtri(columns[name]) for name in involved])
    mixed = np.zeros_like(scores)
    for i in range(len(involved)):
        for j in range(i + 1):  # by hand: a matrix product's rounding may depend on its shape
            mixed[i] += factor[i, j] * scores[j]
    return {**columns, **{name: ndtr(mixed[i]) for i, name in enumerate(involved)}}


def correlation_matrix(names: list[str], correlations: dict[tuple[str, str], float]) -> Array:
    """Write correlations as a matrix.  Shape (names, names).

    Raises:
        ValueError: the matrix is not positive definite.
    """
    matrix = np.eye(len(names))
    for (one, other), value in correlations.items():
        i, j = names.index(one), names.index(other)
        matrix[i, j] = matrix[j, i] = value
    if np.linalg.eigvalsh(matrix).min() <= 1e-9:
        raise ValueError("these correlations fit no joint distribution: their matrix is not positive definite")
    return matrix
