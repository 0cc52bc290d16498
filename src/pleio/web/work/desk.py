"""Asking the child processes that do the heavy work of requests: few of them, kept warm, each ended when it overstays.

A request is one line of JSON, so is its answer.  What the asker is to blame for comes back as the same `InputError`
that the work raised.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from ...base import errors
from ...base.child import Child
from ...base.errors import Fault, InputError, PleioError, Problem
from .waiting import Busy, Entry, Overtaken, Waiting

__all__ = ["Busy", "Desk", "Overtaken", "Pool", "TooLong"]

WORKERS = max(1, min(2, (os.cpu_count() or 1)))
WAITING = 16  # requests that may wait for a free child, each in a thread of the server
SECONDS = 60.0
STARTING = 120.0  # seconds that a child may take to start
REQUESTS = 500  # after which a child is replaced, whatever its libraries may have leaked


class TooLong(PleioError):
    """The work was ended because it took too long."""


class Pool:
    """A few child processes, each with a thread that hands it one request after another; started when first needed."""

    def __init__(self, workers: int = WORKERS, waiting: int = WAITING) -> None:
        self._most = workers + waiting
        self._lock = threading.Lock()
        self._waiting: Waiting | None = None
        self._children = [Child(f"{__package__}.child", REQUESTS, STARTING) for _ in range(workers)]

    def submit(self, line: str, seconds: float, asker: str = "") -> Future[dict[str, Any] | None]:
        """Have a line sent to a child; its answer is None where the child died or was ended.

        Args:
            asker: whose earlier request, where it still waits, this one takes the place of.

        Raises:
            Busy: too many requests wait.
        """
        entry = Entry(line, seconds)
        self._open().join(entry, asker)
        return entry.answer

    def exchange(self, line: str, seconds: float) -> dict[str, Any] | None:
        """Send a line to a child and wait for its answer, as `submit`."""
        return self.submit(line, seconds).result()

    def warm(self, line: str, seconds: float) -> None:
        """Have every child do the same thing, one after another."""
        for child in self._children:
            child.exchange(line, seconds)

    def close(self) -> None:
        """End the children; who still waits is sent away."""
        with self._lock:
            waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.close()
        for child in self._children:
            child.end()

    def _open(self) -> Waiting:
        with self._lock:
            if self._waiting is None:
                self._waiting = Waiting(self._most)
                for child in self._children:
                    threading.Thread(target=_serve, args=(self._waiting, child), name="pleio-desk", daemon=True).start()
            return self._waiting


def _serve(waiting: Waiting, child: Child) -> None:
    """Hand a child its requests."""
    while (entry := waiting.next()) is not None:
        if entry.answer.set_running_or_notify_cancel():
            try:
                entry.answer.set_result(child.exchange(entry.line, entry.seconds))
            except Exception as fault:  # it is the asker's to raise
                entry.answer.set_exception(fault)


class Desk:
    """Gives requests to child processes; `ask` may be called from any thread and waits for the answer."""

    def __init__(self, home: Path, pool: Pool | None = None) -> None:
        self.home = home
        self.pool = pool or Pool()

    def ask(self, verb: str, *, seconds: float = SECONDS, **request: Any) -> Any:
        """Have a child do one thing and give what it answers.

        Args:
            verb: one of `verbs.VERBS`.
            seconds: after which the child is ended.
            request: JSON values.

        Raises:
            InputError: the request is at fault, in the class that the work raised.
            Busy: too many requests wait.
            TooLong: the work took longer than `seconds`, or more memory than a child has.
            Fault: something that cannot happen did.
        """
        return _taken(self.pool.exchange(self._line(verb, request), seconds), verb, seconds)

    async def answer(self, verb: str, *, asker: str, seconds: float = SECONDS, **request: Any) -> Any:
        """Do as `ask`, without keeping a thread waiting.

        Args:
            asker: whose earlier request this one takes the place of.

        Raises:
            Overtaken: a later request of the same asker took its place.
        """
        found = await asyncio.wrap_future(self.pool.submit(self._line(verb, request), seconds, asker))
        return _taken(found, verb, seconds)

    def warm(self, verb: str, *, seconds: float = SECONDS, **request: Any) -> None:
        """Have every child do one thing, so that nobody waits for its beginnings."""
        self.pool.warm(self._line(verb, request), seconds)

    def _line(self, verb: str, request: dict[str, Any]) -> str:
        return json.dumps({"home": str(self.home), "verb": verb, "request": request})

    def close(self) -> None:
        """End the children."""
        self.pool.close()


def _taken(answer: dict[str, Any] | None, verb: str, seconds: float) -> Any:
    if answer is None:
        raise TooLong(f"'{verb}' took more than {seconds:g} s, or too much memory")
    if "problems" in answer:
        kind = getattr(errors, answer["class"], InputError)
        raise kind(answer["subject"], [Problem(*each) for each in answer["problems"]])
    if "fault" in answer:
        raise Fault(answer["fault"])
    return answer["value"]
