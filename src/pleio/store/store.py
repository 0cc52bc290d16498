"""The store: reads from any thread, writes through one lock, everything a transaction or nothing.

WAL with `synchronous = FULL`: what `write` has left is on the disk, and a reader never waits for a writer.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..base.errors import Problem, StoreError
from . import home
from .blobs import Blobs
from .faults import store_error
from .lock import PATIENCE, WriteLock
from .schema import Schema, has_search, migrate, taken


class Store:
    """One data directory: its database, its blobs, its one writer."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        self.folder = folder
        self.database = folder / home.DATABASE
        self.blobs = Blobs(folder / home.BLOBS)
        self._lock = WriteLock(folder / home.LOCK, patience)
        self._patience = patience
        self._own = threading.local()

    def ensure(self, schema: Schema) -> None:
        """Bring the tables of one layer up to date; cheap where they are.

        Raises:
            StoreError: the database cannot be written, or was written by a newer pleio.
        """
        if self.database.is_file():
            with self.read() as connection:
                if taken(connection, schema.layer) == len(schema.steps):
                    return
        with self.write() as connection:
            migrate(connection, schema, str(self.database))

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection, for reading one consistent state.

        Raises:
            StoreError: the database cannot be opened or read, or is damaged.
        """
        try:
            connection = self._connection()
            connection.execute("BEGIN")
        except sqlite3.Error as fault:
            raise store_error(self.database, fault, "open the database") from None
        try:
            yield connection
        except sqlite3.Error as fault:
            raise store_error(self.database, fault, "read the database") from None
        finally:
            if connection.in_transaction:
                connection.rollback()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Give a connection for one transaction: all of it is on the disk afterwards, or, on any error, none of it.

        Raises:
            StoreError: the folder is read-only, the disk is full, or another writer did not finish in time.
        """
        self._make_folder()
        with self._lock.held():
            try:
                connection = self._connection()
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.Error as fault:
                raise store_error(self.database, fault, "open the database for writing") from None
            try:
                yield connection
                connection.commit()
            except sqlite3.Error as fault:
                raise store_error(self.database, fault, "write the database") from None
            finally:
                if connection.in_transaction:
                    connection.rollback()

    def check(self) -> str:
        """Have SQLite check the whole file; give its complaint, or "ok"."""
        with self.read() as connection:
            return "; ".join(str(row[0]) for row in connection.execute("PRAGMA integrity_check"))

    @property
    def searches(self) -> bool:
        """Whether this SQLite can search text (FTS5)."""
        with self.read() as connection:
            return has_search(connection)

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._own, "connection", None)
        if connection is not None:
            connection.close()
            self._own.connection = None

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as fault:
            raise store_error(self.folder, fault, "make the data directory") from None

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is not None and self._own.file != self._file():
            self.close()
            what = "was removed or replaced while it was in use; nothing was written"
            raise StoreError(str(self.database), Problem("", what, "start this again"))
        if connection is None:
            if self.database.is_file() and not os.access(self.folder, os.W_OK):
                connection = self._connect_read_only()
            else:
                self._make_folder()
                connection = sqlite3.connect(self.database, timeout=self._patience, isolation_level=None)
                connection.execute("PRAGMA journal_mode = WAL")
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            self._own.connection, self._own.file = connection, self._file()
        return connection

    def _file(self) -> tuple[int, int] | None:
        """Tell the file of the database from any other; what is written into a file that was removed is lost."""
        try:
            found = self.database.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _connect_read_only(self) -> sqlite3.Connection:
        """Open a database whose folder may not be written.

        SQLite wants its `-shm` file even for reading; where there is none, and so no living writer, the database is all
        there is and may be read as unchanging.
        """
        unchanging = "" if self.database.with_name(f"{home.DATABASE}-shm").exists() else "&immutable=1"
        address = f"{self.database.as_uri()}?mode=ro{unchanging}"
        return sqlite3.connect(address, uri=True, timeout=self._patience, isolation_level=None)


def open_store(folder: Path | None = None, *, patience: float = PATIENCE) -> Store:
    """Open the data directory, `$PLEIO_HOME` by default; nothing is made until something is written.

    Args:
        patience: how long to wait for another writer, in s.
    """
    store = Store(folder or home.folder(), patience=patience)
    store.blobs.sweep()
    return store
