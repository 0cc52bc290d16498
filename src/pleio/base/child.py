"""A child process that is asked in lines of JSON and answers in them: kept, replaced, and ended when it overstays."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Child:
    """Owns one child process, started when it is first asked; it is asked one thing at a time, from any thread.

    Attributes:
        module: what it runs, as in `python -m module`.
        requests: after which it is replaced, whatever its libraries may have leaked.
        starting: seconds in which it has to say, in a line, that it is ready; 0 for a child that says nothing.
        quiet: drop what it writes to standard error.
        process: the child that runs now.
        asked: what that one was asked so far.
    """

    module: str
    requests: int
    starting: float = 0.0
    quiet: bool = False
    process: subprocess.Popen[str] | None = field(default=None, init=False)
    asked: int = field(default=0, init=False)
    _owner: int = field(default_factory=os.getpid, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def exchange(self, line: str, seconds: float) -> dict[str, Any] | None:
        """Send a line and give the answer; None where the child died or took longer than `seconds`."""
        with self._lock:
            process = self._ready()
            if process is None:
                return None
            self.asked += 1
            try:
                reply = _within(seconds, process, line + "\n")
            except BaseException:  # interrupted: its answer, still to come, must not be taken for the next one's
                self.end()
                raise
            try:
                answer: dict[str, Any] | None = json.loads(reply) if reply else None
            except ValueError:
                answer = None
            if answer is None:
                self.end()
            return answer

    def end(self) -> None:
        """End the child, if one runs; a fork of this process leaves it to whoever started it."""
        forked, self._owner = self._owner != os.getpid(), os.getpid()
        process, self.process, self.asked = self.process, None, 0
        if process is not None and not forked:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):  # what it did not live to read has no reader now
                        pipe.close()

    def _ready(self) -> subprocess.Popen[str] | None:
        """Give a child that can be asked: its start is not counted as anyone's work."""
        forked = self._owner != os.getpid()
        if self.process is not None and (forked or self.process.poll() is not None or self.asked >= self.requests):
            self.end()
        if self.process is None:
            self._owner = os.getpid()
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL if self.quiet else None,
                text=True,
                encoding="utf-8",
                start_new_session=True,  # Ctrl-C is for this process, which ends its children itself
            )
            if self.starting and not _within(self.starting, self.process):
                self.end()
        return self.process


def _within(seconds: float, process: subprocess.Popen[str], sent: str = "") -> str:
    """Send something and read a line; nothing where the process died, or was ended because it took longer."""
    assert process.stdin is not None and process.stdout is not None
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        if sent:
            process.stdin.write(sent)
            process.stdin.flush()
        return process.stdout.readline()
    except (OSError, ValueError):
        return ""
    finally:
        timer.cancel()
