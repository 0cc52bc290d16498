"""Asking the child processes that do the heavy work of requests: few of them, kept warm, each ended when it overstays.

A request is one line of JSON, so is its answer.  What the asker is to blame for comes back as the same `InputError`
that the work raised.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from ...base import errors
from ...base.errors import Fault, InputError, PleioError, Problem

WORKERS = max(1, min(2, (os.cpu_count() or 1)))
WAITING = 16  # requests that may wait for a free child
SECONDS = 60.0
STARTING = 120.0  # seconds that a child may take to start
REQUESTS = 500  # after which a child is replaced, whatever its libraries may have leaked


class Busy(PleioError):
    """So many requests wait that this one is not taken on."""


class TooLong(PleioError):
    """The work was ended because it took too long."""


class Pool:
    """A few child processes; each is started when it is first needed."""

    def __init__(self, workers: int = WORKERS, waiting: int = WAITING) -> None:
        self._places = threading.BoundedSemaphore(workers + waiting)
        self._free: queue.LifoQueue[_Child] = queue.LifoQueue()
        self._children = [_Child() for _ in range(workers)]
        for child in self._children:
            self._free.put(child)

    def exchange(self, line: str, seconds: float) -> dict[str, Any] | None:
        """Send a line to a child that is free, and give its answer; None where it died or was ended.

        Raises:
            Busy: too many requests wait.
        """
        if not self._places.acquire(blocking=False):
            raise Busy("too many requests wait for the same work")
        try:
            child = self._free.get()
            try:
                return child.exchange(line, seconds)
            finally:
                self._free.put(child)
        finally:
            self._places.release()

    def close(self) -> None:
        """End the children."""
        for child in self._children:
            child.end()


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
        line = json.dumps({"home": str(self.home), "verb": verb, "request": request})
        return _taken(self.pool.exchange(line, seconds), verb, seconds)

    def close(self) -> None:
        """End the children."""
        self.pool.close()


class _Child:
    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None
        self.asked = 0

    def exchange(self, line: str, seconds: float) -> dict[str, Any] | None:
        """Send a line and give the answer; None where the child died or was ended."""
        process = self._ready()
        if process is None:
            return None
        self.asked += 1
        timer = threading.Timer(seconds, process.kill)
        timer.start()
        try:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(line + "\n")
            process.stdin.flush()
            reply = process.stdout.readline()
            answer: dict[str, Any] | None = json.loads(reply) if reply else None
        except (OSError, ValueError):
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self.end()
        return answer

    def end(self) -> None:
        process, self.process, self.asked = self.process, None, 0
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def _ready(self) -> subprocess.Popen[str] | None:
        """Give a process that has said that it is ready: its start is not counted as anyone's work."""
        if self.process is not None and (self.process.poll() is not None or self.asked >= REQUESTS):
            self.end()
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-m", f"{__package__}.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                start_new_session=True,  # Ctrl-C is for the server, which ends its children itself
            )
            timer = threading.Timer(STARTING, self.process.kill)
            timer.start()
            assert self.process.stdout is not None
            began = self.process.stdout.readline()
            timer.cancel()
            if not began:
                self.end()
        return self.process


def _taken(answer: dict[str, Any] | None, verb: str, seconds: float) -> Any:
    if answer is None:
        raise TooLong(f"'{verb}' took more than {seconds:g} s, or too much memory")
    if "problems" in answer:
        kind = getattr(errors, answer["class"], InputError)
        raise kind(answer["subject"], [Problem(*each) for each in answer["problems"]])
    if "fault" in answer:
        raise Fault(answer["fault"])
    return answer["value"]
