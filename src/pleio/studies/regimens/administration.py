"""Doses as a mechanism takes them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Administration:
    """One series of doses into one species, for each subject.

    Attributes:
        amount: of each dose, in the species' unit.  Shape (subjects,).
        start, duration: in the mechanism's unit of time.  Shape (subjects,).
        every, times: the interval, in the mechanism's unit of time, and the number of doses.
    """

    species: str
    amount: Array
    start: Array
    duration: Array
    every: float
    times: int
