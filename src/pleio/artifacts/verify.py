"""Recomputing every digest, and saying what was altered."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..base.errors import Problem, StoreError
from .archive import Archive, row_seal
from .envelope import blob_names

AGAIN = "restore it from a copy, or make it again"
RESTORE = "restore the database from a copy"


@dataclass(frozen=True)
class Verification:
    """How many artifacts and blobs were checked, and every problem found."""

    artifacts: int
    blobs: int
    problems: tuple[Problem, ...]

    @property
    def whole(self) -> bool:
        return not self.problems


def verify(archive: Archive, reference: str = "") -> Verification:
    """Recompute the digests of one artifact and all that it was made from, or of everything that is kept.

    Raises:
        StoreError: the reference means no artifact, or the database cannot be read.
    """
    problems: list[Problem] = []
    if reference:
        start = archive.resolve(reference)
        ids = [start, *(entry.id for entry in archive.lineage(start).made_from)]
    else:
        complaint = archive.store.check()
        if complaint != "ok":
            problems.append(Problem(str(archive.store.database), f"is damaged: {complaint}", "restore it from a copy"))
        with archive.store.read() as connection:
            ids = [row[0] for row in connection.execute("SELECT id FROM artifact ORDER BY id")]
    problems += _versions(archive, reference.partition("@")[0])
    blobs: set[str] = set()
    for id in ids:
        problems += _check(archive, id, blobs)
    if not reference:
        for name in set(archive.store.blobs.names()) - blobs:
            blobs.add(name)
            problems += _check_blob(archive, name, f"blob {name[:12]}")
    return Verification(len(ids), len(blobs), tuple(sorted(set(problems))))


def _versions(archive: Archive, name: str) -> list[Problem]:
    """Check the versions of a name, or of every name and with them the rest of the index where it is empty.

    Versions that were saved before they were sealed are taken as they are.
    """
    problems = []
    with archive.store.read() as connection:
        sql = """SELECT s.name, s.number, s.seal, v.artifact, v.saved FROM artifact_version_seal s
            LEFT JOIN artifact_version v USING (name, number) WHERE ?1 = '' OR s.name = ?1"""
        for row in connection.execute(sql, (name,)):
            where = f"version {row['name']}@{row['number']}"
            if row["artifact"] is None:
                problems.append(Problem(where, "was taken out of the index", RESTORE))
            elif row_seal((row["name"], row["number"], row["artifact"], row["saved"])) != row["seal"]:
                problems.append(Problem(where, "its artifact or date was altered in the index", RESTORE))
        sql = """SELECT DISTINCT artifact FROM (SELECT artifact, name FROM artifact_version
                UNION ALL SELECT artifact, '' FROM artifact_input)
            WHERE (?1 = '' OR name = ?1) AND artifact NOT IN (SELECT id FROM artifact)"""
        for (id,) in connection.execute(sql, (name,)):
            problems.append(Problem(f"artifact {id[:12]}", "was taken out of the index", RESTORE))
    return problems


def _check(archive: Archive, id: str, blobs: set[str]) -> list[Problem]:
    with archive.store.read() as connection:
        row = connection.execute("SELECT * FROM artifact WHERE id = ?", (id,)).fetchone()
        inputs = [r[0] for r in connection.execute("SELECT input FROM artifact_input WHERE artifact = ?", (id,))]
    where = f"artifact {id[:12]}"
    if row is None:
        return [Problem(where, "is named as an input but is not kept here", "save it too, or verify where it is kept")]
    where += f" ({row['type']} '{row['title']}')"
    problems = []
    if row_seal(tuple(row)[:-1]) != row["seal"]:
        problems.append(Problem(where, "its title, date, licence or provenance was altered in the index", AGAIN))
    blobs.add(id)
    damage = _check_blob(archive, id, where)
    if damage:
        return problems + damage
    content = json.loads(archive.store.blobs.get(id))
    if content["type"] != row["type"]:
        problems.append(Problem(where, f"its content is of type '{content['type']}'", AGAIN))
    if sorted(content["inputs"]) != sorted(inputs):
        problems.append(Problem(where, "its inputs were altered in the index", AGAIN))
    for name in blob_names(content["content"]):
        blobs.add(name)
        problems += _check_blob(archive, name, f"{where}, blob {name[:12]}")
    return problems


def _check_blob(archive: Archive, name: str, where: str) -> list[Problem]:
    try:
        archive.store.blobs.get(name)
    except StoreError as fault:
        return [Problem(where, problem.what, problem.help) for problem in fault.problems]
    return []
