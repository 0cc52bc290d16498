"""Events of one trajectory: triggers judged, executions waiting, and the order in which they happen.

Source: SBML Level 3 Version 2 core, section 4.11.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .plan import NONE_MET, EventPlan, Plan
from .status import Reason, Stopped

if TYPE_CHECKING:
    from .scalar import Member


@dataclass
class Waiting:
    """One execution to come: its time, and the values to assign where they were computed at the trigger."""

    event: int
    time: float
    values: list[float] | None


class EventQueue:
    """Judges triggers and executes events, highest priority first, one at a time; ties in a shuffled order."""

    def __init__(self, plan: Plan, member: Member) -> None:
        self.plan, self.member = plan, member
        self.waiting: list[Waiting] = []
        self.was = [1.0 if event.initial else 0.0 for event in plan.events]
        self.executed = 0
        self.random = random.Random(0)  # SBML leaves the order of ties open; the same on every run

    def next_time(self) -> list[float]:
        """The time of the next execution, if any waits."""
        return [min(item.time for item in self.waiting)] if self.waiting else []

    def happen(self) -> None:
        """Judge the triggers now, and execute all that is due, until nothing is."""
        if not self.plan.events:
            return
        self._execute_all()
        if self.member.met:  # the moment at which an equality holds is over at once
            self.member.met = NONE_MET
            self._execute_all()

    def _execute_all(self) -> None:
        self._judge()
        while due := [item for item in self.waiting if item.time <= self.member.time]:
            self._execute(self._first(due))
            self._judge()

    def _judge(self) -> None:
        member, plan = self.member, self.plan
        values = member.full(member.time, member.states)
        before, self.was = self.was, plan.judge(member.time, values, member.met)
        for i, event in enumerate(plan.events):
            if self.was[i] and not before[i]:
                self._schedule(i, event, values)
            elif not self.was[i] and not event.persistent:
                self.waiting = [item for item in self.waiting if item.event != i]

    def _schedule(self, i: int, event: EventPlan, values: list[float]) -> None:
        time = self.member.time
        delay = float(event.delay(time, values)[0]) if event.delay else 0.0
        if not delay >= 0 or math.isinf(delay):
            raise Stopped(Reason.DELAY, time=time, cause=f"that of '{event.key}' is {delay:g}")
        assigned = event.values(time, values) if event.values_at_trigger else None
        self.waiting.append(Waiting(i, time + delay, assigned))

    def _first(self, due: list[Waiting]) -> Waiting:
        """Pick among what is due: the highest priority now; those without one stand as if it were 0."""
        member = self.member
        values = member.full(member.time, member.states)
        ranks = []
        for item in due:
            priority = self.plan.events[item.event].priority
            rank = float(priority(member.time, values)[0]) if priority else 0.0
            ranks.append(rank if rank == rank else -math.inf)
        best = [item for item, rank in zip(due, ranks, strict=True) if rank == max(ranks)]
        return best[0] if len(best) == 1 else self.random.choice(best)

    def _execute(self, item: Waiting) -> None:
        member = self.member
        self.executed += 1
        if self.executed > member.options.limits.events:
            busiest = self.plan.events[item.event].key
            most = member.options.limits.events
            raise Stopped(Reason.EVENTS, time=member.time, limit=most, cause=f"the last one was '{busiest}'")
        self.waiting.remove(item)
        event = self.plan.events[item.event]
        values = item.values
        if values is None:
            values = event.values(member.time, member.full(member.time, member.states))
        sizes = event.sizes(member.time, member.full(member.time, member.states))  # before this event's own changes
        changes = {k: value * size for k, value, size in zip(event.targets, values, sizes, strict=True)}
        member.set(changes)
        for key, value in changes.items():
            if not math.isfinite(value):
                what = "not a number" if math.isnan(value) else "infinite"
                raise Stopped(Reason.NO_VALUE, time=member.time, cause=f"'{key}' is {what}")
