"""The one joined view: what a library, imports, a person's own layers and reviews say together, as one set of claims.

Commands, pages and studies look at claims through here, so that they all see the same ones.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..belief.beliefs import Beliefs
from ..claim import Claim
from ..collection import ClaimSet
from ..contest import contest_id
from .layers import HELD_BY, ClaimStore
from .loading import MOST_COUPLED, all_assumptions, all_references, around, coupled, load, merged, slices
from .records import topic_of
from .review import Review, claim_key, reviews
from .schema import KINDS, LIBRARY, PRIVATE, STATES
from .search import Filters, matching


@dataclass(frozen=True)
class Known:
    """All that is kept about one claim.

    `claim` carries the evidence of every accepted claim that means the same; `ids` are the ids they were given.
    """

    claim: Claim
    ids: tuple[str, ...]
    digests: tuple[str, ...]
    state: str
    layers: tuple[str, ...]
    reviews: tuple[Review, ...]

    def to_json(self) -> dict[str, Any]:
        """Give all of it as a JSON object."""
        return {
            "claim": self.claim.to_json(),
            "ids": list(self.ids),
            "digests": list(self.digests),
            "state": self.state,
            "layers": list(self.layers),
            "reviews": [review.to_json() for review in self.reviews],
        }


@dataclass(frozen=True)
class Listed:
    """A claim of a list, and the layers it is from."""

    claim: Claim
    layers: tuple[str, ...]


def joined(store: ClaimStore, *, private: bool = True, without: Collection[str] = ()) -> ClaimSet:
    """Give the accepted claims of all layers as one set, those that mean the same as one.

    Where more than `MOST_COUPLED` are kept, it holds those that bear on what the libraries and private layers claim:
    the beliefs in these are the same as they would be in the whole.

    A claim of a library that a review rejected or replaced stays without its evidence: modules name it, and it is then
    believed no more than its prior.

    Args:
        private: also what only private layers hold; it is then kept out of the set's `public`.
        without: names of layers to leave out, as if they had never been laid.

    Raises:
        ClaimError: more claims are coupled by assumptions than can be weighed together.
    """
    with store.store.read() as connection:
        keys = _bearing(connection)
        shared = merged(connection, _held(connection, keys, [kind for kind in KINDS if kind != PRIVATE], without))
        every = merged(connection, _held(connection, keys, KINDS, without)) if private else shared
        emptied = _emptied(connection)
        assumptions, references = all_assumptions(connection), all_references(connection)
    public = ClaimSet(_with(shared, emptied), assumptions, references)
    return public if every == shared else ClaimSet(_with(every, emptied), assumptions, references, public)


def listed(store: ClaimStore, filters: Filters, *, system: str = "", limit: int = 1_000) -> tuple[list[Listed], bool]:
    """Give the claims that fit, those that mean the same as one, by id; and whether there are more.

    Raises:
        ClaimError: a filter names what does not exist; all problems at once.
    """
    with store.store.read() as connection:
        keys = matching(connection, filters, system=system, limit=limit + 1)
        groups = _same(connection, keys[:limit])
        found = [Listed(claim, _layers(connection, _keys_of(connection, claim))) for claim in groups]
    return found, len(keys) > limit


def known(store: ClaimStore, name: str) -> Known:
    """Give all that is kept about one claim, named by its id, its digest, or the first eight digits or more of it.

    Raises:
        ClaimError: there is no such claim, or several fit.
    """
    with store.store.read() as connection:
        key = _shown(connection, name)
        sql = """SELECT o.key, o.id, o.digest, o.state FROM claim c JOIN claim o ON o.topic = c.topic
            AND o.meaning = c.meaning WHERE c.key = ? AND (o.key = c.key OR (c.state = 2 AND o.state = 2))
            ORDER BY o.key"""
        rows = connection.execute(sql, (key,)).fetchall()
        (claim,) = merged(connection, [row["key"] for row in rows])
        layers = _layers(connection, [row["key"] for row in rows])
    digests = tuple(row["digest"].hex() for row in rows)
    decided = tuple(sorted((each for d in digests for each in reviews(store, d)), key=lambda each: each.number))
    state = next(STATES[row["state"]] for row in rows if row["key"] == key)
    return Known(claim, tuple(sorted({row["id"] for row in rows})), digests, state, layers, decided)


def weighed(store: ClaimStore, filters: Filters, band: str = "neutral") -> Beliefs:
    """Give what is believed of every contest that the claims that fit take part in, by all that is accepted.

    Raises:
        ClaimError: a filter names what does not exist, or too many claims bear on one another.
    """
    with store.store.read() as connection:
        keys = matching(connection, filters, limit=MOST_COUPLED + 1)
        topics = {row[0] for some in slices(keys) for row in _run(connection, _TOPIC, some)}
        return around(connection, topics).believe(band)


_TOPIC = "SELECT DISTINCT topic FROM claim WHERE key IN "
_SAME = """SELECT o.key FROM claim c JOIN claim o ON o.topic = c.topic AND o.meaning = c.meaning AND o.state = c.state
    WHERE c.key IN """


def _bearing(connection: sqlite3.Connection) -> set[int]:
    """Give the accepted claims; of very many, those coupled with what libraries and private layers claim."""
    sql = "SELECT key FROM claim WHERE state = 2 LIMIT ?"
    keys = {row[0] for row in connection.execute(sql, (MOST_COUPLED + 1,))}
    if len(keys) <= MOST_COUPLED:
        return keys
    sql = """SELECT DISTINCT c.topic FROM layer y JOIN layer_claim m ON m.layer = y.key
        JOIN claim c ON c.key = m.claim WHERE y.kind IN (?, ?) AND c.state = 2"""
    return coupled(connection, {row[0] for row in connection.execute(sql, (LIBRARY, PRIVATE))})


def _emptied(connection: sqlite3.Connection) -> tuple[Claim, ...]:
    """Give the claims of libraries that reviews took away, without their evidence."""
    sql = """SELECT DISTINCT c.key FROM claim c JOIN layer_claim m ON m.claim = c.key JOIN layer y ON y.key = m.layer
        WHERE c.state IN (3, 4) AND y.kind = ?"""
    keys = [row[0] for row in connection.execute(sql, (LIBRARY,))]
    return tuple(claim.model_copy(update={"evidence": ()}) for claim in load(connection, keys))


def _with(claims: tuple[Claim, ...], emptied: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Add claims without evidence where neither their meaning nor their id is taken."""
    found = {claim.meaning: claim for claim in claims}
    ids = {claim.id for claim in claims}
    for empty in emptied:
        held = found.get(empty.meaning)
        if empty.id not in ids:
            found[empty.meaning] = empty if held is None else held.model_copy(update={"id": empty.id})
    return tuple(sorted(found.values(), key=lambda claim: claim.id))


def _held(
    connection: sqlite3.Connection, keys: Iterable[int], kinds: Sequence[str], without: Collection[str]
) -> list[int]:
    """Keep the claims that layers of some kinds hold, or that a review put in the place of one they hold."""
    given = (json.dumps(sorted(keys)), json.dumps(list(kinds)), None, json.dumps(sorted(without)))
    return [row[0] for row in connection.execute(HELD_BY, given)]


def _shown(connection: sqlite3.Connection, name: str) -> int:
    """Find the claim of a name; where claims that mean the same share an id, an accepted one."""
    sql = "SELECT key, meaning FROM claim WHERE id = ? AND state <> 0 ORDER BY state <> 2, key"
    rows = connection.execute(sql, (name,)).fetchall()
    return int(rows[0]["key"]) if len({row["meaning"] for row in rows}) == 1 else claim_key(connection, name)


def _same(connection: sqlite3.Connection, keys: Sequence[int]) -> tuple[Claim, ...]:
    """Load claims with all that is kept in their state and means the same."""
    found = {row[0] for some in slices(keys) for row in _run(connection, _SAME, some)}
    return merged(connection, found)


def _keys_of(connection: sqlite3.Connection, claim: Claim) -> list[int]:
    topic, meaning = topic_of(contest_id(claim, "association")), bytes.fromhex(claim.meaning)
    sql = "SELECT key FROM claim WHERE topic = ? AND meaning = ? AND state <> 0"
    return [row[0] for row in connection.execute(sql, (topic, meaning))]


def _layers(connection: sqlite3.Connection, keys: Sequence[int]) -> tuple[str, ...]:
    sql = "SELECT DISTINCT y.name FROM layer_claim m JOIN layer y ON y.key = m.layer WHERE m.claim IN "
    return tuple(sorted({row[0] for some in slices(keys) for row in _run(connection, sql, some)}))


def _run(connection: sqlite3.Connection, sql: str, values: Sequence[object]) -> Iterable[sqlite3.Row]:
    return connection.execute(f"{sql}({','.join('?' * len(values))})", values)
