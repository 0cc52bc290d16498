"""What is done to lay a layer or to take it away, in the transaction of whoever does it, and what is refused."""

from __future__ import annotations

import json
import sqlite3

from ...base.errors import ClaimError, Problem
from ..assumption import Assumption
from ..reference import Reference
from .loading import all_assumptions, load
from .records import covering

PAGE = 1_000  # claims that are looked at together


def lift(connection: sqlite3.Connection, name: str) -> set[int]:
    """Take away a layer if it is there; give the claims that may now be in another state."""
    row = connection.execute("SELECT key FROM layer WHERE name = ?", (name,)).fetchone()
    if row is None:
        return set()
    held = {int(each[0]) for each in connection.execute("SELECT claim FROM layer_claim WHERE layer = ?", (row[0],))}
    for table in ("layer_claim", "layer_assumption", "layer_reference"):
        connection.execute(f"DELETE FROM {table} WHERE layer = ?", (row[0],))  # noqa: S608 -- three fixed names
    connection.execute("DELETE FROM layer WHERE key = ?", (row[0],))
    return held


def add_layer(connection: sqlite3.Connection, name: str, kind: str, digest: str, added: str) -> int:
    """Enter a layer; give its key."""
    sql = "INSERT INTO layer (name, kind, digest, claims, added) VALUES (?, ?, ?, 0, ?) RETURNING key"
    return int(connection.execute(sql, (name, kind, digest, added)).fetchone()[0])


def add_names(
    connection: sqlite3.Connection, layer: int, assumptions: tuple[Assumption, ...], references: tuple[Reference, ...]
) -> None:
    """Keep the assumptions and references of a layer, and find which claims kept earlier rest on a new assumption.

    Raises:
        ClaimError: one differs from that of the same id in another layer.
    """
    known = {item.id for item in all_assumptions(connection)}
    rows = [("assumption", "id", item.id, item.model_dump_json(by_alias=True)) for item in assumptions]
    rows += [("reference", "curie", item.curie, item.model_dump_json(by_alias=True)) for item in references]
    problems = []
    for table, column, id, body in rows:
        sql = f"SELECT 1 FROM layer_{table} WHERE {column} = ? AND body <> ?"  # noqa: S608 -- fixed names
        if connection.execute(sql, (id, body)).fetchone():
            problems.append(Problem(id, "differs from what another layer says", "give one of them another id"))
        connection.execute(f"INSERT INTO layer_{table} (layer, {column}, body) VALUES (?, ?, ?)", (layer, id, body))  # noqa: S608
    if problems:
        raise ClaimError("the claims", problems)
    for item in assumptions:
        if item.id not in known:
            _find_resting(connection, item)


def _find_resting(connection: sqlite3.Connection, assumption: Assumption) -> None:
    if assumption.applies_to is None:
        return
    agents = json.dumps([name.casefold() for name in assumption.applies_to.agent or ()])
    sql = """SELECT DISTINCT l.claim FROM evidence e JOIN claim_evidence l ON l.evidence = e.key
        WHERE ?1 = '[]' OR lower(json_extract(e.body, '$.perturbation.agent')) IN (SELECT value FROM json_each(?1))"""
    keys = [row[0] for row in connection.execute(sql, (agents,))]
    for start in range(0, len(keys), PAGE):
        some = keys[start : start + PAGE]
        for key, claim in zip(some, load(connection, some), strict=True):
            if any(covering([assumption], claim, item) for item in claim.evidence):
                connection.execute("INSERT OR IGNORE INTO claim_assumption VALUES (?, ?)", (assumption.id, key))


def refuse_dangling(connection: sqlite3.Connection) -> None:
    """Refuse what has left a claim without an assumption that it rests on.

    Raises:
        ClaimError: it has; each assumption with one of its claims.
    """
    sql = """SELECT a.assumption, min(c.id) AS id FROM claim_assumption a JOIN claim c ON c.key = a.claim
        WHERE c.state IN (1, 2) AND a.assumption NOT IN (SELECT id FROM layer_assumption) GROUP BY a.assumption"""
    rows = connection.execute(sql).fetchall()
    if rows:
        help = "lay the layer that has it first"
        raise ClaimError("the claims", [Problem(row[1], f"there is no assumption '{row[0]}'", help) for row in rows])


def refuse_shared_ids(connection: sqlite3.Connection, layer: int, name: str) -> None:
    """Refuse a layer that gives an id to a claim which is another claim's.

    Raises:
        ClaimError: it does; the first fifty.
    """
    sql = """SELECT c.id, o.sentence FROM layer_claim l JOIN claim c ON c.key = l.claim
        JOIN claim o ON o.id = c.id AND o.meaning <> c.meaning AND o.state IN (1, 2) WHERE l.layer = ? LIMIT 50"""
    rows = connection.execute(sql, (layer,)).fetchall()
    if rows:
        what = "is the id of another claim: {}"
        problems = [Problem(row[0], what.format(row[1]), "give one of them another id") for row in rows]
        raise ClaimError(f"layer '{name}'", problems)
