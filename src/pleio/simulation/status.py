"""Why a member could not go on: one table of reasons for every path, and the limits within which each member runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Reason(IntEnum):
    """Codes that the compiled kernel writes and that become sentences; 0 is success."""

    FINISHED = 0
    STEPS = 1
    STEP_SIZE = 2
    NOT_FINITE = 3
    NOT_STEADY = 4
    RULES = 5
    NO_VALUE = 6
    EVENTS = 7
    CLOCK = 8
    DELAY = 9
    FOLLOWS = 10
    ELSEWHERE = 11


SENTENCES: Final = {
    Reason.STEPS: "took more than {limit:,} steps by time {time:g}",
    Reason.STEP_SIZE: "could not go past time {time:g}: no step is small enough for the error that is asked for",
    Reason.NOT_FINITE: "could not go past time {time:g}: beyond it a state is no longer a finite number",
    Reason.NOT_STEADY: "has no steady state that could be reached",
    Reason.RULES: "the algebraic rules have no solution that was found at time {time:g}",
    Reason.NO_VALUE: "could not go past time {time:g}: its rates have no value there",
    Reason.EVENTS: "executed more than {limit:,} events by time {time:g}",
    Reason.CLOCK: "ran for more than {limit:g} s and had come to time {time:g}",
    Reason.DELAY: "the delay of an event is negative, infinite or not a number at time {time:g}",
    Reason.FOLLOWS: "sets at time {time:g} what follows from a rule",
    Reason.ELSEWHERE: "was not integrated to its end",
}
"""What a status says before its cause. `ELSEWHERE` is never seen: the reference path takes such members over."""


EXPLAINED: Final = frozenset({Reason.STEPS, Reason.STEP_SIZE, Reason.NOT_FINITE, Reason.NO_VALUE})
"""Reasons whose cause the state at the end may show (`diagnosis`)."""


def sentence(reason: int, *, time: float = 0.0, limit: float = 0, cause: str = "") -> str:
    """Write a status; "" for success.

    Example:
        >>> sentence(Reason.STEPS, time=2.5, limit=1000)
        'took more than 1,000 steps by time 2.5'
    """
    if reason == Reason.FINISHED:
        return ""
    text = SENTENCES[Reason(reason)].format(time=time, limit=limit)
    return f"{text} ({cause})" if cause else text


@dataclass(frozen=True)
class Limits:
    """What one member may use before it is given up.

    Attributes:
        steps: steps of the integrator, restarts at events included.
        events: executed events.
        seconds: time on the clock; the reference path only.
    """

    steps: int = 200_000
    events: int = 20_000
    seconds: float = 300.0


class Stopped(Exception):
    """One member cannot go on; the message is its status. It never leaves `simulation`."""

    def __init__(self, reason: Reason, *, time: float = 0.0, limit: float = 0, cause: str = "") -> None:
        super().__init__(sentence(reason, time=time, limit=limit, cause=cause))
        self.reason = reason
