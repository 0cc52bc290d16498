"""The process of one job: it reads what is asked from standard input and says how far it is on standard output.

Run as `python -m pleio.web.jobs.child`.  It gives way to whatever else runs, and ends with the process that started it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from ...base.errors import InputError
from ..work.child import follow_parent

OFTEN = 0.1  # least seconds between two lines


def main() -> None:
    """Do the one job."""
    said = Said(os.fdopen(os.dup(1), "w", encoding="utf-8"))
    os.dup2(2, 1)
    follow_parent()
    if hasattr(os, "nice"):
        os.nice(10)
    asked = json.loads(sys.stdin.readline())
    try:
        from .study import run_study

        said.end(result=run_study(asked["id"], asked["request"], said.stage))
    except InputError as fault:
        problems = [{"where": p.where or fault.subject, "what": p.what, "help": p.help} for p in fault.problems]
        said.end(problems=problems)


class Said:
    """What the job says: one line of JSON each time, not too often."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.last = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[Callable[[int, int], None]]:
        """Begin a stage; give the function that says how much of it is done."""
        self._write({"stage": name})  # what was counted before stands until this stage counts

        def report(done: int, total: int) -> None:
            if done == total or time.monotonic() - self.last >= OFTEN:
                self._write({"stage": name, "done": done, "total": total})
                self.last = time.monotonic()

        yield report

    def end(self, **outcome: object) -> None:
        """Say how it ended."""
        self._write(outcome)

    def _write(self, value: object) -> None:
        self.out.write(json.dumps(value) + "\n")
        self.out.flush()


if __name__ == "__main__":
    main()
