"""The state of a claim: what follows for it from the layers that hold it and the reviews that stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from .schema import ACCEPTED, GONE, PROPOSED, REJECTED, REPLACED


def settle(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    """Work out the state of claims anew, from the layers that hold them and the reviews that stand."""
    rows = (connection.execute(_FACTS, {"key": key}).fetchone() for key in sorted(keys))
    changes = [(state, row["key"]) for row in rows if (state := _state(row)) != row["state"]]
    connection.executemany("UPDATE claim SET state = ? WHERE key = ?", changes)


_FACTS = """SELECT key, state,
    (SELECT decision FROM standing WHERE standing.claim = :key) AS decision,
    EXISTS (SELECT 1 FROM standing WHERE replacement = :key) AS replaces,
    EXISTS (SELECT 1 FROM layer_claim m JOIN layer ON layer.key = m.layer
        WHERE m.claim = :key AND layer.kind <> 'proposal') AS held,
    EXISTS (SELECT 1 FROM layer_claim WHERE claim = :key) AS proposed
    FROM claim WHERE key = :key"""


def _state(facts: sqlite3.Row) -> int:
    if facts["decision"] == "reject":
        return REJECTED
    if facts["decision"] == "edit":
        return REPLACED
    if facts["decision"] == "accept" or facts["replaces"] or facts["held"]:
        return ACCEPTED
    return PROPOSED if facts["proposed"] else GONE
