"""The archive: artifacts in the store, by id and by name, with their versions and where they came from.

An artifact is a blob whose name is its id; the database is the index that finds it.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..base.digests import digest
from ..base.errors import Problem, StoreError, nearest
from ..store import Schema, Store, open_store
from .envelope import Envelope, MadeBy, blob_names, now, preimage
from .provenance import Activity, prov

SCHEMA = Schema(
    "artifacts",
    (
        (
            """CREATE TABLE artifact (
                id TEXT PRIMARY KEY, type TEXT NOT NULL, title TEXT NOT NULL, created TEXT NOT NULL,
                maker TEXT NOT NULL, maker_version TEXT NOT NULL, licence TEXT NOT NULL,
                activity TEXT, seal TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE artifact_input (
                artifact TEXT NOT NULL REFERENCES artifact, input TEXT NOT NULL, PRIMARY KEY (artifact, input)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX artifact_input_by_input ON artifact_input (input)",
            """CREATE TABLE artifact_version (
                name TEXT NOT NULL, number INTEGER NOT NULL, artifact TEXT NOT NULL REFERENCES artifact,
                saved TEXT NOT NULL, PRIMARY KEY (name, number)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX artifact_version_by_artifact ON artifact_version (artifact)",
        ),
        (
            """CREATE TABLE artifact_version_seal (
                name TEXT NOT NULL, number INTEGER NOT NULL, seal TEXT NOT NULL, PRIMARY KEY (name, number)
            ) STRICT, WITHOUT ROWID""",
        ),
    ),
)
SHORTEST_PREFIX = 8
_NAME = re.compile(r"[a-z0-9][a-z0-9_./-]{0,99}")


@dataclass(frozen=True)
class Entry:
    """One line of the archive's list; `name` and `version` are empty and 0 for an artifact without a name."""

    id: str
    type: str
    title: str
    created: str
    name: str
    version: int


@dataclass(frozen=True)
class Version:
    """One version of a named artifact."""

    name: str
    number: int
    id: str
    saved: str


@dataclass(frozen=True)
class Lineage:
    """What an artifact was made from, and what was made from it, each nearest first."""

    made_from: tuple[Entry, ...]
    used_in: tuple[Entry, ...]


class Archive:
    """The artifacts of one data directory."""

    def __init__(self, store: Store | None = None) -> None:
        self.store = store or open_store()
        self.store.ensure(SCHEMA)

    def attach(self, data: bytes, media_type: str) -> dict[str, Any]:
        """Keep bytes beside an artifact; give the reference to put into its content."""
        return {"blob": self.store.blobs.put(data), "media_type": media_type, "size": len(data)}

    def save(self, envelope: Envelope, *, name: str = "", activity: Activity | None = None) -> Entry:
        """Keep an artifact; under a name, it becomes that name's next version unless it is already the latest.

        Of an artifact that is already kept, the first title, date and provenance stand.

        Raises:
            StoreError: the name is malformed, a blob that the content names is missing, or the disk refuses.
        """
        if name and not _NAME.fullmatch(name):
            raise StoreError(f"'{name[:80]}'", Problem("", "is not a name", "use a-z, 0-9 and _ . / -"))
        missing = [blob for blob in blob_names(envelope.content) if not self.store.blobs.has(blob)]
        if missing:
            what = "names a blob that is not kept"
            problems = [Problem(f"blob {blob[:12]}", what, "attach it first") for blob in missing]
            raise StoreError(f"artifact '{envelope.title}'", problems)
        # the blob first: a row never names bytes that are not on the disk
        self.store.blobs.put(preimage(envelope.type, envelope.inputs, envelope.content, envelope.title))
        with self.store.write() as connection:
            self._insert(connection, envelope, activity)
            version = self._name(connection, name, envelope.id) if name else 0
        return Entry(envelope.id, envelope.type, envelope.title, envelope.created, name, version)

    def load(self, reference: str) -> Envelope:
        """Give an artifact, its content checked against its id.

        Args:
            reference: an id or its first eight digits or more, a name (its latest version), or `name@number`.

        Raises:
            StoreError: there is none, several fit, or what is kept was altered.
        """
        id = self.resolve(reference)
        content = json.loads(self.store.blobs.get(id))
        with self.store.read() as connection:
            row = connection.execute("SELECT * FROM artifact WHERE id = ?", (id,)).fetchone()
        return Envelope(
            id,
            content["type"],
            row["title"],
            row["created"],
            MadeBy(row["maker"], row["maker_version"]),
            tuple(content["inputs"]),
            content["content"],
            row["licence"],
        )

    def record(self, envelope: Envelope) -> dict[str, Any]:
        """Give an artifact whole, as a JSON value: what it is, by whom and from what it was made, and its content."""
        return {
            "id": envelope.id,
            "type": envelope.type,
            "title": envelope.title,
            "created": envelope.created,
            "made_by": {"name": envelope.made_by.name, "version": envelope.made_by.version},
            "inputs": list(envelope.inputs),
            "licence": envelope.licence,
            "provenance": prov(envelope, self.activity(envelope.id)),
            "content": envelope.content,
        }

    def resolve(self, reference: str) -> str:
        """Give the id that a reference means.

        Raises:
            StoreError: it means none, or fits several.
        """
        with self.store.read() as connection:
            name, at, number = reference.partition("@")
            if at and number.isdigit():
                sql = "SELECT artifact FROM artifact_version WHERE name = ? AND number = ?"
                found = connection.execute(sql, (name, int(number))).fetchall()
            else:
                sql = "SELECT artifact FROM artifact_version WHERE name = ? ORDER BY number DESC LIMIT 1"
                found = connection.execute(sql, (reference,)).fetchall()
            text = reference.removeprefix("pleio:artifact/")
            if not found and re.fullmatch(rf"[0-9a-f]{{{SHORTEST_PREFIX},64}}", text):
                sql = "SELECT id FROM artifact WHERE id >= ? AND id <= ? LIMIT 2"
                found = connection.execute(sql, (text, text + "g")).fetchall()
            if len(found) == 1:
                return str(found[0][0])
            names = [row[0] for row in connection.execute("SELECT DISTINCT name FROM artifact_version")]
        what = "fits several artifacts" if found else "is no artifact that is kept here"
        help = "give more digits" if found else nearest(name, names) or "'pleio artifact list' names them"
        raise StoreError(f"'{reference[:80]}'", Problem("", what, help))

    def entries(self, type: str = "") -> list[Entry]:
        """List the latest version of every named artifact, then those without a name, newest first."""
        sql = """SELECT a.*, coalesce(v.name, '') AS name, coalesce(v.number, 0) AS version FROM artifact a
            LEFT JOIN artifact_version v ON v.artifact = a.id
            WHERE (? = '' OR a.type = ?) AND (v.number IS NULL OR
                v.number = (SELECT max(number) FROM artifact_version w WHERE w.name = v.name))
            ORDER BY v.name IS NULL, v.name, a.created DESC, a.id"""
        with self.store.read() as connection:
            return [_entry(row) for row in connection.execute(sql, (type, type))]

    def history(self, name: str) -> list[Version]:
        """List the versions of a name, newest first."""
        sql = "SELECT * FROM artifact_version WHERE name = ? ORDER BY number DESC"
        with self.store.read() as connection:
            return [
                Version(r["name"], r["number"], r["artifact"], r["saved"]) for r in connection.execute(sql, (name,))
            ]

    def activity(self, reference: str) -> Activity | None:
        """Give the record of the work that made an artifact, if one was kept."""
        id = self.resolve(reference)
        with self.store.read() as connection:
            row = connection.execute("SELECT activity FROM artifact WHERE id = ?", (id,)).fetchone()
        return Activity.from_json(json.loads(row["activity"])) if row["activity"] else None

    def lineage(self, reference: str) -> Lineage:
        """Follow an artifact's inputs to their origin, and its uses to their end."""
        id = self.resolve(reference)
        with self.store.read() as connection:
            return Lineage(_walk(connection, id, "artifact", "input"), _walk(connection, id, "input", "artifact"))

    def _insert(self, connection: sqlite3.Connection, envelope: Envelope, activity: Activity | None) -> None:
        if connection.execute("SELECT 1 FROM artifact WHERE id = ?", (envelope.id,)).fetchone():
            return
        record = json.dumps(activity.as_json(), sort_keys=True) if activity else None
        row = (
            envelope.id, envelope.type, envelope.title, envelope.created, envelope.made_by.name,
            envelope.made_by.version, envelope.licence, record,
        )  # fmt: skip
        connection.execute("INSERT INTO artifact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, row_seal(row)))
        connection.executemany(
            "INSERT INTO artifact_input VALUES (?, ?)", [(envelope.id, item) for item in envelope.inputs]
        )

    def _name(self, connection: sqlite3.Connection, name: str, id: str) -> int:
        sql = "SELECT number, artifact FROM artifact_version WHERE name = ? ORDER BY number DESC LIMIT 1"
        latest = connection.execute(sql, (name,)).fetchone()
        if latest and latest["artifact"] == id:
            return int(latest["number"])
        number = int(latest["number"]) + 1 if latest else 1
        row = (name, number, id, now())
        connection.execute("INSERT INTO artifact_version VALUES (?, ?, ?, ?)", row)
        connection.execute("INSERT INTO artifact_version_seal VALUES (?, ?, ?)", (name, number, row_seal(row)))
        return number


def row_seal(row: Sequence[str | int | None]) -> str:
    """Digest a row of the index: what it says of an artifact or of a version, so that an altered one is noticed."""
    return digest(list(row))


def _walk(connection: sqlite3.Connection, id: str, near: str, far: str) -> tuple[Entry, ...]:
    """Follow one direction of `artifact_input` breadth first; `near` and `far` are its column names."""
    sql = f"SELECT {far} FROM artifact_input WHERE {near} = ? ORDER BY {far}"  # noqa: S608 -- two fixed column names
    found: dict[str, None] = {}
    edge = [id]
    while edge:
        edge = [row[0] for item in edge for row in connection.execute(sql, (item,)) if row[0] not in found]
        found.update(dict.fromkeys(edge))
    sql = """SELECT a.*, coalesce(v.name, '') AS name, coalesce(max(v.number), 0) AS version FROM artifact a
        LEFT JOIN artifact_version v ON v.artifact = a.id WHERE a.id = ? GROUP BY a.id"""
    rows = [(item, connection.execute(sql, (item,)).fetchone()) for item in found]
    return tuple(_entry(row) if row else Entry(item, "", "not kept here", "", "", 0) for item, row in rows)


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(row["id"], row["type"], row["title"], row["created"], row["name"], row["version"])
