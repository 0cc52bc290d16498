"""What the engine is asked, and what comes of it: arrays over members."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .reducing import NOTHING, Reducers

Array = NDArray[Any]


@dataclass(frozen=True)
class Actions:
    """What happens to members at given times: amounts are added to states, parameters are set.

    Attributes:
        first: where each member's actions begin, and where the last one's end.  Shape (members + 1,).
        time: in order within a member.  Shape (actions,).
        slot: a state, or number of states + a parameter.  Shape (actions,).
        amount: what is added, or set.  Shape (actions,).
    """

    first: Array
    time: Array
    slot: Array
    amount: Array

    def of(self, members: Array) -> Actions:
        """The actions of some of the members."""
        counts = np.diff(self.first)[members]
        first = np.concatenate([[0], np.cumsum(counts)])
        where = np.arange(first[-1]) + np.repeat(self.first[members] - first[:-1], counts)
        return Actions(first, self.time[where], self.slot[where], self.amount[where])

    @classmethod
    def none(cls, members: int) -> Actions:
        empty = np.zeros(0)
        return cls(np.zeros(members + 1, dtype=np.int64), empty, empty.astype(np.int64), empty)


@dataclass(frozen=True)
class Task:
    """One call of the engine.

    Attributes:
        start: states at the start.  Shape (members, states).
        values: parameters.  Shape (members, parameters).
        times: when outputs are saved, increasing.  Shape (times,).
        t_start, t_end: the span that is integrated.
        atol: absolute tolerance.  Shape (members, states).
        reducers: what is reduced; their outputs are the program's last.
        amounts: 1 for each state that no step takes from above 0 to below it, else 0.  Shape (states,).
        settle: integrate until nothing moves over `span`, and save once, there; `t_end` is the last resort.
    """

    start: Array
    values: Array
    times: Array
    actions: Actions
    t_start: float
    t_end: float
    rtol: float
    atol: Array
    reducers: Reducers = NOTHING
    amounts: Array | None = None
    settle: bool = False
    span: float = 0.0
    max_steps: int = 100_000
    max_events: int = 20_000

    def values_at(self, member: int, time: float) -> Array:
        """The parameters of a member after its actions up to a time; what events set is not among them."""
        values: Array = self.values[member].copy()
        actions, states = self.actions, self.start.shape[1]
        for k in range(actions.first[member], actions.first[member + 1]):
            if actions.time[k] <= time and actions.slot[k] >= states:
                values[actions.slot[k] - states] = actions.amount[k]
        return values

    def of(self, members: Array) -> Task:
        """The task for some of the members."""
        return replace(
            self,
            start=self.start[members],
            values=self.values[members],
            atol=self.atol[members],
            actions=self.actions.of(members),
        )


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Attributes:
        reduced: two numbers of each reducer; NaN where a member failed.  Shape (members, reducers, 2).
        saved: outputs; NaN where a member failed.  Shape (members, times, outputs).
        final: states at the end, where a member failed those at which it did.  Shape (members, states).
        status: 0, or why the member failed (`status.Reason`).  Shape (members,).
        reached: the largest magnitude that each state had at the start of a step.  Shape (members, states).
        work: accepted and rejected steps, and the time at the end.  Shape (members, 3).
    """

    saved: Array
    final: Array
    status: Array
    work: Array
    reduced: Array
    reached: Array

    def of(self, members: Array) -> Outcome:
        """The outcome for some of the members, or for some of them again."""
        return Outcome(
            self.saved[members], self.final[members], self.status[members], self.work[members], self.reduced[members],
            self.reached[members],
        )  # fmt: skip

    def put(self, members: Array, other: Outcome) -> None:
        """Replace some members' outcome; their steps are added."""
        self.saved[members], self.final[members], self.status[members] = other.saved, other.final, other.status
        self.reduced[members], self.reached[members] = other.reduced, other.reached
        self.work[members, :2] += other.work[:, :2]
        self.work[members, 2] = other.work[:, 2]
