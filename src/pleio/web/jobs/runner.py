"""Running jobs one after another, each in a process of its own; of all servers on a data directory one runs them.

The server that holds the lock on `jobs.lock` is the one; the operating system lets go of it when that server dies, and
the next to take it queues again what was running.  A job begun again takes the chunks that were finished before.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any

from ...base.errors import StoreError
from ...store.home import SERVING
from ...store.lock import WriteLock
from .table import RUNNING, Job, Jobs

TICK = 0.2  # seconds between looks at the store
REPORT = 0.5  # least seconds between two reports written to the store
GRACE = 5.0  # seconds that a cancelled job has to leave


class Runner:
    """A thread that runs queued jobs until it is closed."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pleio-jobs", daemon=True)

    def start(self) -> None:
        """Begin to run jobs."""
        self._thread.start()

    def close(self) -> None:
        """Stop; a running job is ended, and queued again by the next runner."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=2 * GRACE)

    def _run(self) -> None:
        lock = WriteLock(self.jobs.store.folder / SERVING, patience=0.0)
        while not self._stop.is_set():
            try:
                with lock.held():
                    self.jobs.requeue()
                    self._serve()
            except StoreError:
                self._stop.wait(5 * TICK)  # another server runs the jobs, or the store is busy
        self.jobs.store.close()

    def _serve(self) -> None:
        while not self._stop.is_set():
            job = self.jobs.begin()
            if job is None:
                self._stop.wait(TICK)
            else:
                _Run(self.jobs, job, self._stop).follow()


class _Run:
    """One job's process."""

    def __init__(self, jobs: Jobs, job: Job, stop: threading.Event) -> None:
        self.jobs, self.job, self.stop = jobs, job, stop
        self.last: dict[str, Any] = {}
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PLEIO_HOME": str(jobs.store.folder)},
            start_new_session=True,  # Ctrl-C is for the server, which ends its jobs itself and knows why
        )

    def follow(self) -> None:
        """Pass on what the process says until it ends, is cancelled, or the runner stops."""
        assert self.process.stdin is not None
        reader = threading.Thread(target=self._listen, daemon=True)
        reader.start()
        try:
            self.process.stdin.write(json.dumps({"id": self.job.id, "request": dict(self.job.request)}) + "\n")
            self.process.stdin.flush()
        except OSError:
            pass  # it died already; its end says so
        try:
            self._pass_on(reader)
            cut_short = reader.is_alive()
        finally:
            self._end()
        reader.join(GRACE)
        if not cut_short:
            self._conclude()

    def _pass_on(self, reader: threading.Thread) -> None:
        """Write what is said to the store, not too often, until nothing more is said or nobody wants it."""
        reported: tuple[str, int, int] | None = None
        heard = 0.0
        while reader.is_alive():
            reader.join(TICK)
            if self.stop.is_set() or self._is_cancelled():
                return
            said = self._said()
            if said and said != reported and time.monotonic() - heard >= REPORT:
                self.jobs.report(self.job, *said)
                reported, heard = said, time.monotonic()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.last = {**self.last, **json.loads(line)}

    def _said(self) -> tuple[str, int, int] | None:
        last = self.last
        return (last["stage"], last.get("done", 0), last.get("total", 0)) if "stage" in last else None

    def _is_cancelled(self) -> bool:
        current = self.jobs.get(self.job.id)
        return current is None or current.state != RUNNING or current.attempt != self.job.attempt

    def _conclude(self) -> None:
        said = self._said()
        if said:
            self.jobs.report(self.job, *said)
        if "result" in self.last:
            self.jobs.finish(self.job, self.last["result"])
        elif "problems" in self.last:
            self.jobs.fail(self.job, self.last["problems"])
        else:
            code = self.process.returncode
            ended = f"by signal {signal.Signals(-code).name}" if code and code < 0 else f"with status {code}"
            help = "resume it: what was finished is kept; the server's log may say more"
            self.jobs.fail(self.job, [{"where": "", "what": f"its process ended {ended}", "help": help}])

    def _end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(GRACE)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()
