"""A watch sees every commit of anyone, and nothing else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from pleio.store import Watch, open_store


def test_every_commit_is_seen_and_nothing_else(tmp_path: Path) -> None:
    store = open_store(tmp_path / "home")
    watch = Watch(store.database)
    assert watch.number() is None, "there is no database yet"
    with store.write() as connection:
        connection.execute("CREATE TABLE t (x INTEGER)")
    first = watch.number()
    assert first is not None and watch.number() == first
    with store.read() as connection:
        connection.execute("SELECT * FROM t").fetchall()
    assert watch.number() == first
    with store.write() as connection:
        connection.execute("INSERT INTO t VALUES (1)")
    second = watch.number()
    assert second != first and watch.number() == second
    with sqlite3.connect(store.database) as other:
        other.execute("INSERT INTO t VALUES (2)")
    other.close()
    third = watch.number()
    assert third != second
    watch.close()
    assert watch.number() not in (first, second, third), "another connection counts anew"
