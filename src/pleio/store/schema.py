"""The tables of one layer, as numbered steps; a step that a data directory has taken is never taken again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from ..base.errors import Problem, StoreError

LEDGER = """
CREATE TABLE IF NOT EXISTS schema_step (
    layer TEXT NOT NULL,
    step INTEGER NOT NULL,
    taken TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    PRIMARY KEY (layer, step)
) STRICT
"""


@dataclass(frozen=True)
class Schema:
    """The tables of one layer: its name and the SQL statements of each step, oldest first.

    Steps are only ever appended.  `with_search` are further statements run after the last step where this SQLite has
    FTS5, and left out where it has not; they must be repeatable (`IF NOT EXISTS`).
    """

    layer: str
    steps: tuple[tuple[str, ...], ...]
    with_search: tuple[str, ...] = ()


def taken(connection: sqlite3.Connection, layer: str) -> int:
    """Count the steps of a layer that a database has taken."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_step'").fetchone()
    if not known:
        return 0
    row = connection.execute("SELECT max(step) FROM schema_step WHERE layer = ?", (layer,)).fetchone()
    return int(row[0] or 0)


def migrate(connection: sqlite3.Connection, schema: Schema, where: str) -> None:
    """Take the steps that are missing, inside the caller's transaction.

    Raises:
        StoreError: the database was written by a newer pleio.
    """
    connection.execute(LEDGER)
    done = taken(connection, schema.layer)
    if done > len(schema.steps):
        what = f"has step {done} of '{schema.layer}'; this pleio knows {len(schema.steps)}"
        raise StoreError(where, Problem("", what, "use the newer pleio that wrote it, or another PLEIO_HOME"))
    for number, statements in enumerate(schema.steps[done:], start=done + 1):
        for statement in statements:
            connection.execute(statement)
        connection.execute("INSERT INTO schema_step (layer, step) VALUES (?, ?)", (schema.layer, number))
    if has_search(connection):
        for statement in schema.with_search:
            connection.execute(statement)


def has_search(connection: sqlite3.Connection) -> bool:
    """Say whether this SQLite was built with FTS5."""
    return bool(connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])
