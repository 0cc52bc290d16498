"""Asking the limited child process that reads untrusted model text; one child, kept, and restarted when it must be."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from typing import Any

from ..base.errors import ModelError, Problem

DOCUMENTS = 200  # after which a child is replaced, whatever its libraries may have leaked
SECONDS = 60.0  # for one document


class Isolation:
    """Owns the child process; `ask` may be called from any thread."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None
        self._asked = 0
        self._owner = os.getpid()
        self._lock = threading.Lock()

    def ask(self, subject: str, kind: str, *, seconds: float = SECONDS, **request: Any) -> dict[str, Any]:
        """Send one request and give its answer.

        Raises:
            ModelError: the document is at fault, or the child died or took too long over it.
        """
        with self._lock:
            child = self._ready()
            self._asked += 1
            answer = self._exchange(child, json.dumps({"kind": kind, **request}), seconds)
        if answer is None:
            what = "reading it ended the process that reads models"
            raise ModelError(subject, Problem("", what, f"it may nest too deeply, or need over {seconds:g} s or 2 GB"))
        if answer.get("problems"):
            raise ModelError(subject, [Problem(where, what) for where, what in answer["problems"]])
        return answer

    def close(self) -> None:
        """End the child, if one runs; a fork of this process leaves it to whoever started it."""
        if self._owner != os.getpid():
            self._child, self._asked, self._owner = None, 0, os.getpid()
        child, self._child, self._asked = self._child, None, 0
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()

    def _ready(self) -> subprocess.Popen[str]:
        forked = self._owner != os.getpid()
        if self._child is not None and (forked or self._child.poll() is not None or self._asked >= DOCUMENTS):
            self.close()
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", f"{__package__}.isolated"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        return self._child

    def _exchange(self, child: subprocess.Popen[str], line: str, seconds: float) -> dict[str, Any] | None:
        timer = threading.Timer(seconds, child.kill)
        timer.start()
        try:
            assert child.stdin is not None and child.stdout is not None
            child.stdin.write(line + "\n")
            child.stdin.flush()
            reply = child.stdout.readline()
            answer: dict[str, Any] | None = json.loads(reply) if reply else None
        except (OSError, ValueError):
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self.close()
        return answer


_isolation = Isolation()
atexit.register(_isolation.close)


def ask(subject: str, kind: str, **request: Any) -> dict[str, Any]:
    """Ask the process-wide child; see `Isolation.ask`."""
    return _isolation.ask(subject, kind, **request)
