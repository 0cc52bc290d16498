"""The claims of one data directory: layers laid over one another.

A layer is laid whole, in one transaction: after a crash it is there or it is not.  What is done in that transaction is
in `laying`, what follows for each claim in `settling`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from ...base.collector import collector_paused
from ...base.errors import ClaimError, Problem, nearest
from ...store import Store, open_store
from ...store.schema import has_search
from ..assumption import Assumption
from ..claim import Claim
from ..collection import ClaimSet
from ..reference import Reference
from . import schema as tables
from .bulk import records_of
from .laying import add_layer, add_names, lift, refuse_dangling, refuse_shared_ids
from .loading import all_assumptions, load
from .schema import ACCEPTED, PROPOSED
from .settling import settle
from .writing import Writer, indexed_afterwards


@dataclass(frozen=True)
class Layer:
    """One layer: `kind` is library, import, private or proposal; `digest` that of what it was laid from."""

    name: str
    kind: str
    digest: str
    claims: int
    added: str


@dataclass(frozen=True)
class Laid:
    """What laying a layer did: the claims it holds, how many of them were new, whether it was there already."""

    layer: Layer
    new: int
    already: bool


class ClaimStore:
    """The claims kept in one data directory."""

    def __init__(self, store: Store | None = None) -> None:
        self.store = store or open_store()
        self.store.ensure(tables.SCHEMA)

    def lay(
        self,
        name: str,
        kind: str,
        claims: Iterable[Claim],
        *,
        digest: str,
        assumptions: Iterable[Assumption] = (),
        references: Iterable[Reference] = (),
        progress: Callable[[int], None] | None = None,
    ) -> Laid:
        """Lay a layer, in place of the one of that name; nothing is done where its digest is the same.

        Args:
            claims: may be a generator: they are written as they come, and if it raises, nothing is kept.  A large
                file of JSON Lines (`read_lines`) is worked out by processes of its own.
            progress: told how many claims are written.

        Raises:
            ClaimError: the name belongs to another kind of layer; an assumption or reference differs from one of the
                same id; an id stands for another claim already.
            StoreError: the data directory cannot be written.
        """
        held = self.layer(name)
        if held is not None and held.kind != kind:
            raise ClaimError(f"layer '{name}'", Problem("", f"is of kind {held.kind}, not {kind}", "give another name"))
        if held is not None and held.digest == digest:
            return Laid(held, 0, True)
        with self.store.write() as connection:
            touched = lift(connection, name)
            key = add_layer(connection, name, kind, digest, now())
            add_names(connection, key, tuple(assumptions), tuple(references))
            state = PROPOSED if kind == tables.PROPOSAL else ACCEPTED
            writer = Writer(connection, state, has_search(connection))
            total = new = 0
            recorded = records_of(claims, all_assumptions(connection))
            with collector_paused(), indexed_afterwards(connection), recorded as records:
                for keys, fresh in writer.write(records):
                    connection.executemany("INSERT OR IGNORE INTO layer_claim VALUES (?, ?)", [(k, key) for k in keys])
                    touched.update(k for k in keys if k not in fresh)
                    total, new = total + len(keys), new + len(fresh)
                    if progress is not None:
                        progress(total)
            settle(connection, touched)
            refuse_dangling(connection)
            refuse_shared_ids(connection, key, name)
            connection.execute("UPDATE layer SET claims = ? WHERE key = ?", (total, key))
        layer = self.layer(name)
        assert layer is not None
        return Laid(layer, new, False)

    def lay_set(self, name: str, kind: str, claims: ClaimSet, *, digest: str) -> Laid:
        """Lay a set of claims with its assumptions and references."""
        return self.lay(name, kind, claims, digest=digest, assumptions=claims.assumptions, references=claims.references)

    def withdraw(self, name: str) -> int:
        """Take a layer away; give how many claims it held.  Reviews of its claims stay on record.

        Raises:
            ClaimError: there is no such layer, or it is a library's.
        """
        held = self.layer(name)
        if held is None:
            raise ClaimError(f"layer '{name}'", Problem("", "does not exist", nearest(name, map(_name, self.layers()))))
        if held.kind == tables.LIBRARY:
            raise ClaimError(f"layer '{name}'", Problem("", "ships with pleio", "reject single claims by review"))
        with self.store.write() as connection:
            settle(connection, lift(connection, name))
            refuse_dangling(connection)
        return held.claims

    def layers(self) -> tuple[Layer, ...]:
        """List the layers, in the order they were laid."""
        with self.store.read() as connection:
            return tuple(_layer(row) for row in connection.execute("SELECT * FROM layer ORDER BY key"))

    def layer(self, name: str) -> Layer | None:
        """Give a layer by its name."""
        with self.store.read() as connection:
            row = connection.execute("SELECT * FROM layer WHERE name = ?", (name,)).fetchone()
        return _layer(row) if row else None

    def claims(self, *, layer: str | None = None, private: bool = True) -> Iterator[Claim]:
        """Give the accepted claims, as they were written, one at a time; `joined.joined` gives them as one set.

        Args:
            layer: only those of this layer.
            private: also those that only private layers hold.
        """
        kinds = [kind for kind in tables.KINDS if private or kind != tables.PRIVATE]
        last = 0
        while True:
            with self.store.read() as connection:
                sql = "SELECT key FROM claim WHERE state = 2 AND key > ? ORDER BY key LIMIT ?"
                page = [row[0] for row in connection.execute(sql, (last, PAGE))]
                given = (json.dumps(page), json.dumps(kinds), layer, "[]")
                found = load(connection, [row[0] for row in connection.execute(HELD_BY, given)])
            if not page:
                return
            last = page[-1]
            yield from found

    def cited(self, *, without: str = "") -> frozenset[str]:
        """Give the CURIEs of the references that layers have, those of one layer left out."""
        sql = "SELECT DISTINCT r.curie FROM layer_reference r JOIN layer y ON y.key = r.layer WHERE y.name <> ?"
        with self.store.read() as connection:
            return frozenset(row[0] for row in connection.execute(sql, (without,)))

    def keep_document(self, data: bytes, name: str, media_type: str) -> str:
        """Keep a document for ever; give its digest.

        Raises:
            StoreError: the disk refuses.
        """
        digest = self.store.blobs.put(data)  # the bytes first: a row never names what is not on the disk
        with self.store.write() as connection:
            row = (digest, name, media_type, len(data), now())
            connection.execute("INSERT OR IGNORE INTO document VALUES (?, ?, ?, ?, ?)", row)
        return digest


PAGE = 1_000

# which of some claims are of layers of some kinds, of one layer, and of more than those of a list;
# a claim that a review put in place of another comes from where that one came from
HELD_BY = """WITH RECURSIVE origin (claim, source) AS (
        SELECT value, value FROM json_each(?1)
        UNION SELECT origin.claim, review.claim FROM origin JOIN review ON review.replacement = origin.source
    )
    SELECT DISTINCT origin.claim FROM origin
    JOIN layer_claim m ON m.claim = origin.source JOIN layer ON layer.key = m.layer
    WHERE layer.kind IN (SELECT value FROM json_each(?2)) AND (?3 IS NULL OR layer.name = ?3)
        AND layer.name NOT IN (SELECT value FROM json_each(?4))
    ORDER BY origin.claim"""


def now() -> str:
    """Give the time, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _layer(row: sqlite3.Row) -> Layer:
    return Layer(row["name"], row["kind"], row["digest"], row["claims"], row["added"])


def _name(layer: Layer) -> str:
    return layer.name
