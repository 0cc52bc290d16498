"""Seeing whether anything was committed, without reading anything."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path


class Watch:
    """Watches one database through a connection that never writes.

    Two equal numbers of one watch mean that nobody committed in between, in this process or another.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._opened = 0  # SQLite counts for each connection anew

    def number(self) -> tuple[int, int] | None:
        """Name the present state, in microseconds; None where it cannot be told, as before the first write."""
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._connect()
                    self._opened += 1
                found = self._connection.execute("PRAGMA data_version").fetchone()
            except sqlite3.Error:
                self._forget()
                return None
            return self._opened, int(found[0])

    def close(self) -> None:
        """Close the connection; the next `number` opens another, whose numbers are others."""
        with self._lock:
            self._forget()

    def _connect(self) -> sqlite3.Connection:
        address = f"{self._database.as_uri()}?mode=ro"
        return sqlite3.connect(address, uri=True, timeout=0.0, isolation_level=None, check_same_thread=False)

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
