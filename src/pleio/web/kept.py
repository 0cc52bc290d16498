"""The kept claims as those who ask may see them: what only private layers hold is for signed-in people."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from ..claims.tables.joined import Known, known
from ..claims.tables.layers import ClaimStore
from ..claims.tables.search import Filters, Found, search

# a claim that a review put in place of another comes from where that one came from
_PUBLIC = """WITH RECURSIVE origin (claim, source) AS (
        SELECT key, key FROM claim WHERE digest IN (SELECT pleio_bytes(value) FROM json_each(?))
        UNION SELECT origin.claim, review.claim FROM origin JOIN review ON review.replacement = origin.source
    ) SELECT DISTINCT lower(hex(c.digest)) FROM origin JOIN claim c ON c.key = origin.claim
    JOIN layer_claim m ON m.claim = origin.source JOIN layer y ON y.key = m.layer WHERE y.kind <> 'private'"""


def revision(store: ClaimStore) -> str:
    """Name what is kept now: it changes with every layer and every review."""
    sql = """SELECT (SELECT group_concat(name || ' ' || digest, char(10)) FROM (SELECT * FROM layer ORDER BY key)),
        (SELECT max(number) FROM review)"""
    with store.store.read() as connection:
        layers, reviews = connection.execute(sql).fetchone()
    return f"{reviews or 0}\n{layers or ''}"


def public(connection: sqlite3.Connection, digests: Iterable[str]) -> set[str]:
    """Keep the digests of claims that a layer holds which is not private."""
    connection.create_function("pleio_bytes", 1, bytes.fromhex, deterministic=True)
    return {row[0] for row in connection.execute(_PUBLIC, (json.dumps(list(digests)),))}


def find(store: ClaimStore, text: str, filters: Filters, *, private: bool, limit: int, start: int = 0) -> Found:
    """Find claims; private ones are left out unless asked for, so that a page may hold fewer than `limit`."""
    found = search(store, text, filters, limit=limit, start=start)
    if private:
        return found
    with store.store.read() as connection:
        shown = public(connection, [hit.digest for hit in found.hits])
    return replace(found, hits=tuple(hit for hit in found.hits if hit.digest in shown))


def one(store: ClaimStore, name: str, *, private: bool) -> Known | None:
    """Give all that is kept about a claim, or None where it is private and private ones are not asked for.

    Raises:
        ClaimError: there is no such claim, or several fit.
    """
    found = known(store, name)
    if private:
        return found
    with store.store.read() as connection:
        return found if public(connection, found.digests) else None
