"""Steady states of data sets: what giving a dose at its interval for ever leaves in the system.

It is found by giving the dose for 32, 64, … intervals.  Where what is missing falls exponentially, each doubling
squares it, so two states that agree to ε leave an error of about ε².
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError
from ...mechanisms.network import Network
from .dataset import Individual, Record
from .entering import Entering, Given

if TYPE_CHECKING:
    from ...simulation.protocol import Dose

Array = NDArray[np.float64]

FEWEST_INTERVALS, MOST_INTERVALS = 32, 1024
SMALL = 1e-3  # of the largest amount: what less than this is need not agree as closely

Case = tuple[Individual, Record]


def dosed_species(network: Network) -> tuple[str, ...]:
    """Name the species that reactions change, whose amounts make up a steady state.

    Raises:
        StudyError: a rule drives the network, so that its state cannot be set by doses.
    """
    driven = [name for name in network.rates if name in network.species]
    if driven:
        what = f"steady states are not set where a rule gives a rate, as that of '{driven[0]}'"
        raise StudyError("data set", Problem("SS", what, "write it as a reaction"))
    moved = {participant.species for _, participant, _ in network.participants()}
    held = {name for name, one in network.species.items() if one.boundary or one.constant}
    return tuple(name for name in network.species if name in moved - held - set(network.assignments))


@dataclass(frozen=True)
class Leading:
    """Records with SS, and how to run what leads into them.

    Attributes:
        parameters: of each case.  Shape (cases,).
        doses: writes the doses of all cases for the engine.
    """

    cases: Sequence[Case]
    entering: Entering
    network: Network
    parameters: Mapping[str, Array]
    doses: Callable[[Sequence[Sequence[Given]]], list[Dose]]
    rtol: float
    threads: int | None

    def states(self) -> Array:
        """Give by how much each species differs from its start at steady state.

        Returns:
            Amounts of `dosed_species`.  Shape (cases, species).
        Raises:
            StudyError: a steady state is not reached, or a trajectory fails.
        """
        before, intervals = None, FEWEST_INTERVALS
        close = 0.01 * math.sqrt(self.rtol)
        while intervals <= MOST_INTERVALS:
            now = self._after(intervals)
            if before is not None:
                size = np.maximum(np.abs(now), SMALL * np.abs(now).max(axis=1, keepdims=True, initial=0.0))
                if bool(np.all(np.abs(now - before) <= close * size)):
                    return now - self._run(np.zeros(1), [])[:, 0]
            before, intervals = now, 2 * intervals
        what = f"a steady state is not reached within {MOST_INTERVALS} intervals"
        raise StudyError("data set", Problem(f"row {self.cases[0][1].row} SS", what))

    def _after(self, intervals: int) -> Array:
        led = [self.entering.leading(one, record, intervals) for one, record in self.cases]
        ends = np.array([end for _, end in led])
        times = np.unique(ends)
        values = self._run(times, self.doses([given for given, _ in led]))
        found: Array = values[np.arange(len(self.cases)), np.searchsorted(times, ends)]
        return found

    def _run(self, times: Array, doses: list[Dose]) -> Array:
        from ...simulation.ensemble import integrate

        run = integrate(
            self.network, times, members=len(self.cases), parameters=self.parameters, doses=doses,
            save=dosed_species(self.network), rtol=self.rtol, threads=self.threads,
        )  # fmt: skip
        failed = zip((record for _, record in self.cases), run.status, strict=True)
        problems = [Problem(f"row {record.row} SS", f"has no steady state: {why}") for record, why in failed if why]
        if problems:
            raise StudyError("data set", problems)
        return run.values
