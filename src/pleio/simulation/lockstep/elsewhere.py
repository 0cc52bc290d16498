"""Members that the lanes gave up for want of a construct: the reference path integrates them, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..protocol import Array
from ..reduction import Path
from ..reference import integrate_members

MOST: Final = 64
"""Members of a block that are taken over; those beyond it keep the status that the lanes gave them."""


@dataclass
class Rows:
    """Where the reference path puts what it finds; it stands in for a reduction.

    Attributes:
        members: which rows of `saved` and `found` are written.
    """

    paths: Sequence[Path]
    members: Sequence[int]
    saved: Array
    found: Array

    def take(self, some: slice, saved: Array, found: Array) -> None:
        rows = list(self.members[some])
        self.saved[rows], self.found[rows] = saved, found


def take_over(network: Any, times: Array, rows: Rows, told: list[str], **arguments: Any) -> None:
    """Integrate some members again, and write their rows and statuses.

    Args:
        arguments: those of `reference.integrate_members`, for these members only.
    """
    run = integrate_members(
        network, times, count=len(rows.members), progress=None, threads=1, reduction=rows, **arguments
    )  # fmt: skip
    for member, status in zip(rows.members, run.status, strict=True):
        told[member] = status


def given_up(codes: NDArray[np.int64], reasons: Sequence[int]) -> list[int]:
    """The first members that ended for one of some reasons."""
    found: list[int] = np.flatnonzero(np.isin(codes, list(reasons)))[:MOST].tolist()
    return found
