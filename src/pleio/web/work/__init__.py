"""The heavy work of requests, done in child processes with limits, so that pages stay fast whatever is asked."""

from __future__ import annotations

from .desk import Busy, Desk, Overtaken, Pool, TooLong

__all__ = ["Busy", "Desk", "Overtaken", "Pool", "TooLong"]
