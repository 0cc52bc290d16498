"""A server in a process of its own, that can be killed, and what is sent to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

SERVER = """
from pleio.artifacts import Archive
from pleio.web.serving import bind, serve
serve(Archive(), bind(port=0), lambda address: print(address, flush=True))
"""
PATIENCE = 240.0  # seconds; a busy machine is slow
STUDY = """\
title: Oprelvekin in plasma
question: How high does oprelvekin rise in plasma?
mechanism: [oprelvekin_pk]
cohort: {size: 2, species: human, weight: "lognormal(70 kg, 15 %)"}
arms:
  25 µg/kg: {agent: oprelvekin, amount: 25 µg/kg, route: subcutaneous, every: 1 d, times: 3}
  50 µg/kg: {agent: oprelvekin, amount: 50 µg/kg, route: subcutaneous, every: 1 d, times: 3}
worlds: {count: 16, belief: neutral, seed: 11}
horizon: 7 d
endpoints:
  peak: {of: oprelvekin_plasma, take: maximum}
"""


class Server:
    """A running server: its address, and the process to end."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVER],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PLEIO_HOME": str(home)},
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip().rstrip("/")
        assert self.address, self.process.stderr.read() if self.process.stderr else ""

    def client(self, **options: Any) -> httpx.Client:
        return httpx.Client(base_url=self.address, timeout=PATIENCE, **options)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self._reap()

    def stop(self) -> None:
        """Ask it to end."""
        self.process.terminate()
        self._reap()

    def _reap(self) -> None:
        self.process.wait(timeout=PATIENCE)
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()


@contextmanager
def server(home: Path) -> Iterator[Server]:
    """Start a server and stop it in the end, unless it was killed."""
    made = Server(home)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.stop()


def wait_for(what: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """Ask until there is an answer that is true."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("waited in vain")


def processes_of(home: Path) -> list[int]:
    """The processes that work on a data directory besides this one, by their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes().split(b"\0")
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if f"PLEIO_HOME={home}".encode() in environment and int(folder.name) != os.getpid() and state != "Z":
            found.append(int(folder.name))
    return found
