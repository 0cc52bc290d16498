"""Where each place of a large graph is drawn: ties pull, places push each other off; the same graph lies the same.

The push of all on all is worked out on a grid, as a convolution by Fourier transform, so that a round costs the ties
plus one transform, and the number of rounds is fixed by the size: 10⁵ ties take seconds.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Complex = NDArray[np.complex128]
GRAVITY = 1.0  # of a place towards the middle: what is tied to nothing stays in sight of the rest
GOLDEN = math.pi * (3 - math.sqrt(5))


def spread(count: int, source: Whole, target: Whole) -> Floats:
    """Place `count` places joined by ties.

    Args:
        source: where each tie begins, as a number below `count`.  Shape (ties,).
        target: where each tie ends.  Shape (ties,).

    Returns:
        x and y of each place, about the origin, within -1 and 1.  Shape (places, 2), dimensionless.

    Source:
        Fruchterman and Reingold 1991, Software: Practice and Experience 21:1129-1164, for the two forces.
    """
    if count == 0:
        return np.zeros((0, 2))
    degree = np.bincount(source, minlength=count) + np.bincount(target, minlength=count)
    place = _spiral(degree)
    grid, rounds = (64, 120) if count < 3_000 else (128, 60)
    kernel = _kernel(grid)
    pull = 1.0 / np.sqrt(np.maximum(1, np.minimum(degree[source], degree[target])))
    for n in range(rounds):
        force = _push(place, grid, kernel) / count + _pull(place, source, target, pull, degree) - GRAVITY * place
        length = np.maximum(1e-12, np.hypot(force[:, 0], force[:, 1]))[:, None]
        step = 0.1 * (1 - n / rounds) ** 1.5 + 0.0005
        place = place + force / length * np.minimum(length, step)
    place -= place.mean(axis=0)
    return np.round(place / max(1e-9, float(np.quantile(np.abs(place), 0.999))) * 0.95, 4).clip(-1, 1)


def _spiral(degree: Whole) -> Floats:
    """Begin with the places on a sunflower's spiral, those with most ties in the middle."""
    rank = np.empty(len(degree), dtype=np.int64)
    rank[np.argsort(-degree, kind="stable")] = np.arange(len(degree))
    radius, angle = np.sqrt((rank + 0.5) / len(degree)), rank * GOLDEN
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _pull(place: Floats, source: Whole, target: Whole, pull: Floats, degree: Whole) -> Floats:
    apart = (place[target] - place[source]) * pull[:, None]
    share = np.maximum(1, np.sqrt(degree))
    force = np.empty_like(place)
    for axis in (0, 1):
        out = np.bincount(source, apart[:, axis], len(place)) - np.bincount(target, apart[:, axis], len(place))
        force[:, axis] = out / share
    return force


def _kernel(grid: int) -> Complex:
    """The push of a place on each other cell, d/|d|², transformed: along x the real part, along y the imaginary one.

    The grid is padded, so that nothing pushes around the edge.
    """
    from scipy import fft

    cell = np.fft.fftfreq(2 * grid, 1 / (2 * grid))
    x, y = np.meshgrid(cell, cell, indexing="ij")
    made: Complex = fft.fft2((x + 1j * y) / (x * x + y * y + 0.5))
    return made


def _push(place: Floats, grid: int, kernel: Complex) -> Floats:
    from scipy import fft

    low, high = place.min(axis=0), place.max(axis=0)
    size = float((high - low).max()) or 1.0
    at = (place - low) / size * (grid - 1.001)
    cell = at.astype(np.int64)
    part = at - cell
    wide = 2 * grid
    corners = [((cell[:, 0] + i) * wide + cell[:, 1] + j, _share(part, i, j)) for i in (0, 1) for j in (0, 1)]
    crowd = np.zeros(wide * wide)
    for number, share in corners:
        crowd += np.bincount(number, share, wide * wide)
    field = fft.ifft2(fft.fft2(crowd.reshape(wide, wide)) * kernel).ravel()
    force = np.zeros(len(place), dtype=np.complex128)
    for number, share in corners:
        force += share * field[number]
    return np.stack([force.real, force.imag], axis=1) * grid / size


def _share(part: Floats, i: int, j: int) -> Floats:
    along = part[:, 0] if i else 1 - part[:, 0]
    across = part[:, 1] if j else 1 - part[:, 1]
    return np.asarray(along * across)
