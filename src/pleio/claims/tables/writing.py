"""Writing claims into the tables, many at a time: rows that are already there are found, not repeated."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from .records import Named, Record

BATCH = 5_000
MEMORY = 768 * 1024  # the most of SQLite's page cache, in KiB: an index that outgrows it is read again and again


@dataclass
class Writer:
    """Writes claims inside one transaction; keys are given out here, which the one write lock makes safe."""

    connection: sqlite3.Connection
    state: int
    searches: bool = True
    _entities: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection.execute(f"PRAGMA cache_size = {-MEMORY}")  # a limit: a small write takes little of it
        self._next = {
            table: int(self.connection.execute(f"SELECT coalesce(max(key), 0) + 1 FROM {table}").fetchone()[0])  # noqa: S608
            for table in ("entity", "claim", "evidence")
        }

    def write(self, records: Iterable[Record]) -> Iterator[tuple[list[int], set[int]]]:
        """Write claims in batches; give the keys of each batch, in order, and which of them are new."""
        remaining = iter(records)
        while batch := list(islice(remaining, BATCH)):
            yield self._batch(batch)

    def _batch(self, records: list[Record]) -> tuple[list[int], set[int]]:
        keys, new = self._keys("claim", [record.digest for record in records])
        fresh = {key: record for key, record in zip(keys, records, strict=True) if key in new}.items()
        parts = [(key, part) for key, record in fresh for part in record.evidence]
        part_keys, new_parts = self._keys("evidence", [part.digest for _, part in parts])
        rows = {key: part for key, (_, part) in zip(part_keys, parts, strict=True) if key in new_parts}
        run = self.connection.executemany
        run("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?)", [(key, *part) for key, part in rows.items()])
        run("INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [self._row(*pair) for pair in fresh])
        links = [(key, part) for (key, _), part in zip(parts, part_keys, strict=True)]
        run("INSERT OR IGNORE INTO claim_evidence VALUES (?, ?)", links)
        run(
            "INSERT INTO claim_context VALUES (?, ?)",
            [(self._entity(part), key) for key, record in fresh for part in record.contexts],
        )
        resting = [(name, key) for key, record in fresh for name in record.rests_on]
        run("INSERT INTO claim_assumption VALUES (?, ?)", resting)
        if self.searches:
            sql = "INSERT INTO claim_text (rowid, sentence, findings) SELECT * FROM claim_words WHERE key >= ?"
            self.connection.execute(sql, (min(new, default=self._next["claim"]),))
        return keys, new

    def _row(self, key: int, record: Record) -> tuple[object, ...]:
        return (
            key, record.digest, record.meaning, record.topic, record.id, self._entity(record.subject), record.relation,
            self._entity(record.object), self.state, record.species, record.sentence, record.body,
        )  # fmt: skip

    def _keys(self, table: str, digests: list[bytes]) -> tuple[list[int], set[int]]:
        """Give the key of each digest, and which keys are new."""
        known: dict[bytes, int] = {}
        first = self._next[table]
        if first > 1:
            for some in _slices(sorted(set(digests))):
                marks = ",".join("?" * len(some))
                sql = f"SELECT digest, key FROM {table} WHERE digest IN ({marks})"  # noqa: S608 -- two fixed names
                known.update((row[0], row[1]) for row in self.connection.execute(sql, some))
        keys = []
        for digest in digests:
            key = known.get(digest)
            if key is None:
                key = known[digest] = self._next[table]
                self._next[table] += 1
            keys.append(key)
        return keys, set(range(first, self._next[table]))

    def _entity(self, entity: Named) -> int:
        curie, name = entity
        key = self._entities.get(curie)
        if key is None:
            row = self.connection.execute("SELECT key FROM entity WHERE curie = ?", (curie,)).fetchone()
            if row is None:
                key = self._next["entity"]
                self._next["entity"] += 1
                self.connection.execute("INSERT INTO entity VALUES (?, ?, ?)", (key, curie, name))
            else:
                key = int(row[0])
            self._entities[curie] = key
        return key


@contextmanager
def indexed_afterwards(connection: sqlite3.Connection) -> Iterator[None]:
    """Build the indexes of the first claims once they are all written: sorting is quicker than filling in by row.

    All of it lies inside the caller's transaction.  Where there are claims already, nothing is done.
    """
    later: list[tuple[str, str]] = []
    if connection.execute("SELECT 1 FROM claim LIMIT 1").fetchone() is None:
        sql = """SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
            AND tbl_name IN ('claim', 'evidence', 'claim_evidence', 'layer_claim')"""
        later = [(row[0], row[1]) for row in connection.execute(sql)]
    for name, _ in later:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, sql in later:
        connection.execute(sql)


def _slices(values: list[bytes]) -> Iterator[list[bytes]]:
    for i in range(0, len(values), 500):
        yield values[i : i + 500]
