"""The one writer: a lock on a file, so that of all processes with this data directory one writes at a time.

The operating system lets go of the lock when its holder dies, however it dies.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..base.errors import Problem, StoreError
from .faults import store_error

PATIENCE = 30.0  # seconds to wait for another writer
POLL = 0.01


class WriteLock:
    """A lock between the threads of this process and, through a file, between processes."""

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self.path = path
        self.patience = patience
        self._threads = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock for the length of a `with` block.

        Raises:
            StoreError: another writer did not finish within `patience` seconds, or the file cannot be made.
        """
        deadline = time.monotonic() + self.patience
        if not self._threads.acquire(timeout=self.patience):
            raise self._busy()
        try:
            handle = self._open()
            try:
                while not _try_lock(handle):
                    if time.monotonic() > deadline:
                        raise self._busy()
                    time.sleep(POLL)
                os.ftruncate(handle, 0)
                os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
                yield
            finally:
                os.close(handle)  # closing lets go of the lock
        finally:
            self._threads.release()

    def _open(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as fault:
            raise store_error(self.path, fault, "take the write lock") from None

    def _busy(self) -> StoreError:
        what = f"{holder(self.path)} has been writing for {self.patience:g} s"
        return StoreError(str(self.path), Problem("", what, "wait for it to finish, or stop it"))


def holder(path: Path) -> str:
    """Say who holds a lock."""
    try:
        found = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        found = ""
    return f"process {found}" if found.isdigit() else "another process"


if sys.platform == "win32":

    def _try_lock(handle: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:

    def _try_lock(handle: int) -> bool:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
