"""Which method and how many lanes suit a program: measured on its nominal member, in operations and never in seconds.

The choice depends on the network, its nominal values, the span and the tolerance, and not on the members: the same
member takes the same steps in whatever ensemble it stands. A member for which the explicit method turns out too slow is
integrated again by the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ...compiler.backends import machine
from ...compiler.program import Program
from ..status import Reason
from .engine import METHODS, Engine
from .task import Array, Outcome, Task

STIFF, PLAIN = "rodas5p", "dopri5"
MARGIN: Final = 0.7  # of the stiff method's cost: what the explicit one may cost to be chosen
FEWEST: Final = 20  # steps below which there is nothing to measure
PATIENCE: Final = 20  # times the nominal member's steps: what any member may take by the explicit method
SHORT: Final = 400  # operations of a program below which two vectors at a time hide each other's latency


@dataclass(frozen=True)
class Choice:
    """An engine, what steps members may take in it, and what takes those that need more."""

    engine: Engine
    steps: int
    otherwise: Engine | None

    def run(
        self,
        task: Task,
        threads: int = 1,
        progress: Callable[[int], None] | None = None,
        saved: Array | None = None,
    ) -> Outcome:
        """Integrate all members, by the other method where the first gives up."""
        limited = replace(task, max_steps=min(task.max_steps, self.steps))
        outcome = self.engine.run(limited, threads, progress=progress, saved=saved)
        if self.otherwise is None:
            return outcome
        again = np.isin(outcome.status, (Reason.STEPS, Reason.STEP_SIZE)).nonzero()[0]
        if len(again):
            outcome.put(again, self.otherwise.run(task.of(again), threads))
        return outcome


def choose(program: Program, nominal: Task) -> Choice:
    """Measure both methods on one nominal member and choose.

    Args:
        nominal: a task of one member.
    """
    width = lanes(program)
    stiff = Engine(program, STIFF, width)
    costs = {name: step_cost(program, name) for name in (STIFF, PLAIN)}
    steps = stiff.run(nominal).work[:, :2].sum()
    most = int(MARGIN * steps * costs[STIFF] / costs[PLAIN])
    if steps < FEWEST or 0.0 in program.mass:
        return Choice(stiff, nominal.max_steps, None)
    plain = Engine(program, PLAIN, width)
    trial = plain.run(replace(nominal, max_steps=most))
    if trial.status[0]:
        return Choice(stiff, nominal.max_steps, None)
    return Choice(plain, PATIENCE * int(trial.work[:, :2].sum()), stiff)


def lanes(program: Program) -> int:
    """How many members to integrate at once on this machine."""
    short = sum(program.operations().values()) < SHORT
    return machine.host().lanes * (2 if short else 1)


def step_cost(program: Program, method: str) -> float:
    """Floating-point operations of one step, a division or a function counting as what it takes."""
    stages, states = METHODS[method].stages, len(program.states)
    weight = program.weights()
    combining = 2.0 * stages * states
    if method == PLAIN:
        return (stages - 1) * weight["rates"] + combining * stages / 2
    algebra = weight["factor"] + stages * weight["solve"]
    return (stages - 1) * weight["rates"] + weight["jacobian"] + algebra + combining * stages
