"""Why a member could not go on, in sentences that become its status; and the limits within which each member runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one member may use before it is given up.

    Attributes:
        steps: steps of the integrator, restarts at events included.
        events: executed events.
        seconds: time on the clock.
    """

    steps: int = 200_000
    events: int = 20_000
    seconds: float = 300.0


class Stopped(Exception):
    """One member cannot go on; the message is its status. It never leaves `simulation`."""
