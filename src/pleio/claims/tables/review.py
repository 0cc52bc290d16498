"""Reviews: who decided what about a claim, when and why.

A decision is appended and never rewritten.  The last one that was not undone stands; to undo is to append a decision
too.  An edit puts another claim in a claim's place.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ...base.errors import ClaimError, Problem, nearest
from ...store.schema import has_search
from ..belief.beliefs import Beliefs
from ..claim import Claim
from .layers import ClaimStore, now
from .loading import all_assumptions, around, load
from .records import record_of
from .schema import GONE, STATES
from .settling import settle
from .writing import Writer

ACCEPT, REJECT, EDIT, UNDO = ("accept", "reject", "edit", "undo")
LONGEST = 2_000
NOTICED = 0.005  # a belief that moves by less is not said to have changed

_REVIEWS = """SELECT r.number, c.digest, c.id, r.decision, d.digest AS replacement, r.undoes, r.who, r.why, r.decided
    FROM review r JOIN claim c ON c.key = r.claim LEFT JOIN claim d ON d.key = r.replacement"""


@dataclass(frozen=True)
class Review:
    """One decision: about which claim (digest and id), and with edit, the digest of what took its place."""

    number: int
    claim: str
    id: str
    decision: str
    replacement: str | None
    undoes: int | None
    who: str
    why: str
    decided: str

    def to_json(self) -> dict[str, Any]:
        """Give the decision as a JSON object."""
        return dict(vars(self))


@dataclass(frozen=True)
class Proposal:
    """A claim that waits for a decision, and the layers that propose it; `number` counts in the order they came."""

    number: int
    digest: str
    claim: Claim
    layers: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """How a decision or a layer moved the belief in a contest; `before` is empty for a contest that is new."""

    contest: str
    title: str
    before: dict[str, float]
    after: dict[str, float]

    @property
    def size(self) -> float:
        names = {*self.before, *self.after}
        return max(abs(self.after.get(name, 0.0) - self.before.get(name, 0.0)) for name in names)

    def to_json(self) -> dict[str, Any]:
        """Give the change as a JSON object."""
        return dict(vars(self))


def proposals(store: ClaimStore, *, layer: str = "", after: int = 0, limit: int = 1_000) -> tuple[Proposal, ...]:
    """Give the claims that wait for a decision, in the order they came, those with a number above `after`."""
    sql = """SELECT c.key, c.digest, group_concat(y.name, char(10)) AS layers FROM claim c
        JOIN layer_claim m ON m.claim = c.key JOIN layer y ON y.key = m.layer
        WHERE c.state = 1 AND (?1 = '' OR y.name = ?1) AND c.key > ?2 GROUP BY c.key ORDER BY c.key LIMIT ?3"""
    with store.store.read() as connection:
        rows = connection.execute(sql, (layer, after, limit)).fetchall()
        claims = load(connection, [row["key"] for row in rows])
    return tuple(
        Proposal(row["key"], row["digest"].hex(), claim, tuple(sorted(row["layers"].split("\n"))))
        for row, claim in zip(rows, claims, strict=True)
    )


def count_waiting(store: ClaimStore, *, layer: str = "") -> int:
    """Count the claims that wait for a decision."""
    sql = """SELECT count(DISTINCT c.key) FROM claim c JOIN layer_claim m ON m.claim = c.key
        JOIN layer y ON y.key = m.layer WHERE c.state = 1 AND (?1 = '' OR y.name = ?1)"""
    with store.store.read() as connection:
        return int(connection.execute(sql, (layer,)).fetchone()[0])


def proposing(store: ClaimStore) -> tuple[str, ...]:
    """Name the layers with claims that wait for a decision, by name."""
    sql = """SELECT DISTINCT y.name FROM claim c JOIN layer_claim m ON m.claim = c.key
        JOIN layer y ON y.key = m.layer WHERE c.state = 1 ORDER BY y.name"""
    with store.store.read() as connection:
        return tuple(row[0] for row in connection.execute(sql))


def decide(
    store: ClaimStore, digest: str, decision: str, *, who: str, why: str = "", replacement: Claim | None = None
) -> Review:
    """Append a decision about a claim; when this returns it is on the disk.

    Args:
        digest: the claim's digest, or its first eight digits or more, or its id.
        decision: accept, reject or edit.
        replacement: with edit, what takes the claim's place.

    Raises:
        ClaimError: there is no such claim, several fit, or the decision makes no sense; all problems at once.
        StoreError: the data directory cannot be written.
    """
    problems = _wrong(decision, who, why, replacement)
    if problems:
        raise ClaimError("review", problems)
    with store.store.write() as connection:
        key = claim_key(connection, digest)
        other = None if replacement is None else _keep(connection, replacement)
        if other == key:
            raise ClaimError("review", Problem("", "the edit changes nothing", "accept or reject it instead"))
        if other is not None and _follows(connection, other, key):
            raise ClaimError("review", Problem("", "the edit goes back to an earlier claim", "undo instead"))
        before = _standing(connection, key)
        number = _append(connection, key, decision, other, None, who, why)
        settle(connection, {key, *(k for k in (other, before) if k is not None)})
        _refuse_shared_id(connection, key if other is None else other)
        return _review(connection, number)


def undo(store: ClaimStore, *, who: str, why: str = "", number: int | None = None) -> Review:
    """Undo a decision by appending one that says so: that of a number, else this person's last one.

    Raises:
        ClaimError: there is none, or it was undone already.
    """
    with store.store.write() as connection:
        sql = """SELECT number, claim, replacement FROM review
            WHERE decision <> 'undo' AND number NOT IN undone AND (number = ?1 OR (?1 IS NULL AND who = ?2))
            ORDER BY number DESC LIMIT 1"""
        row = connection.execute(sql, (number, who)).fetchone()
        if row is None:
            what = f"{who} has none that stands" if number is None else f"there is no decision {number} that stands"
            raise ClaimError("undo", Problem("", what, "'pleio claims reviews' lists them"))
        done = _append(connection, row["claim"], UNDO, None, row["number"], who, why)
        other = _standing(connection, row["claim"])
        settle(connection, {row["claim"], *(k for k in (row["replacement"], other) if k is not None)})
        return _review(connection, done)


def reviews(store: ClaimStore, claim: str = "") -> tuple[Review, ...]:
    """List every decision, oldest first; those about one claim where it is named."""
    with store.store.read() as connection:
        if not claim:
            return tuple(Review(*_plain(row)) for row in connection.execute(f"{_REVIEWS} ORDER BY r.number"))
        rows = connection.execute(f"{_REVIEWS} WHERE r.claim = ? ORDER BY r.number", (claim_key(connection, claim),))
        return tuple(Review(*_plain(row)) for row in rows)


def state_of(store: ClaimStore, digest: str) -> str:
    """Say where a claim stands: proposed, accepted, rejected, replaced, or gone with its layer."""
    with store.store.read() as connection:
        key = claim_key(connection, digest)
        return STATES[connection.execute("SELECT state FROM claim WHERE key = ?", (key,)).fetchone()[0]]


def beliefs_about(store: ClaimStore, claims: Iterable[Claim], band: str = "neutral") -> Beliefs:
    """Give what is believed of the contests that claims take part in, by all that is accepted."""
    topics = {record_of(claim).topic for claim in claims}
    with store.store.read() as connection:
        return around(connection, topics).believe(band)


def changes(before: Beliefs, after: Beliefs) -> tuple[Change, ...]:
    """Compare beliefs before and after: each contest that is new or moved, the largest change first."""
    found = []
    for id, belief in after.contests.items():
        old = before.contests.get(id)
        change = Change(id, belief.contest.title, dict(old.outcomes) if old else {}, dict(belief.outcomes))
        if old is None or change.size >= NOTICED:
            found.append(change)
    for id in before.contests.keys() - after.contests.keys():
        found.append(Change(id, before.contests[id].contest.title, dict(before.contests[id].outcomes), {}))
    return tuple(sorted(found, key=lambda change: (-change.size, change.contest)))


def claim_key(connection: sqlite3.Connection, name: str) -> int:
    """Find a claim by its digest, the first eight digits or more of it, or its id.

    Raises:
        ClaimError: there is none, or several fit.
    """
    rows = []
    if len(name) >= 8 and len(name) <= 64 and not set(name) - set("0123456789abcdef"):
        low, high = bytes.fromhex(name.ljust(64, "0")), bytes.fromhex(name.ljust(64, "f"))
        rows = connection.execute("SELECT key FROM claim WHERE digest BETWEEN ? AND ? LIMIT 2", (low, high)).fetchall()
    if not rows:
        sql = "SELECT key FROM claim WHERE id = ? AND state <> 0 ORDER BY state LIMIT 3"
        rows = connection.execute(sql, (name,)).fetchall()
    if len(rows) == 1:
        return int(rows[0][0])
    if rows:
        raise ClaimError(f"claim '{name[:80]}'", Problem("", "fits several claims", "give its digest"))
    sql = "SELECT DISTINCT id FROM claim WHERE id >= ? AND state <> 0 ORDER BY id LIMIT 200"
    alike = [str(row[0]) for row in connection.execute(sql, (name[:2],))]
    help = nearest(name[:80], alike) or "'pleio claims search' finds claims by words"
    raise ClaimError(f"claim '{name[:80]}'", Problem("", "does not exist", help))


def _wrong(decision: str, who: str, why: str, replacement: Claim | None) -> list[Problem]:
    problems = []
    if decision not in (ACCEPT, REJECT, EDIT):
        problems.append(Problem("decision", f"'{decision}' is not one", "accept, reject or edit"))
    if (decision == EDIT) != (replacement is not None):
        problems.append(Problem("replacement", "goes with edit, and only with it"))
    if not who.strip():
        problems.append(Problem("who", "is missing", "say who decides"))
    if max(len(who), len(why)) > LONGEST:
        problems.append(Problem("why", f"is longer than {LONGEST:,} characters"))
    return problems


def _keep(connection: sqlite3.Connection, claim: Claim) -> int:
    """Write an edited claim; no layer holds it, the review does.

    Raises:
        ClaimError: it rests on an assumption that does not exist.
    """
    assumptions = all_assumptions(connection)
    named = {*claim.rests_on, *(name for item in claim.evidence for name in item.rests_on)}
    missing = sorted(named - {item.id for item in assumptions})
    if missing:
        raise ClaimError("review", [Problem("rests_on", f"there is no assumption '{name}'") for name in missing])
    writer = Writer(connection, GONE, has_search(connection))
    return next(keys[0] for keys, _ in writer.write([record_of(claim, assumptions)]))


def _refuse_shared_id(connection: sqlite3.Connection, key: int) -> None:
    sql = """SELECT o.id, o.sentence FROM claim c JOIN claim o ON o.id = c.id AND o.meaning <> c.meaning
        WHERE c.key = ? AND c.state = 2 AND o.state IN (1, 2)"""
    row = connection.execute(sql, (key,)).fetchone()
    if row is not None:
        raise ClaimError("review", Problem(row[0], f"is the id of another claim: {row[1]}", "give it another id"))


def _follows(connection: sqlite3.Connection, earlier: int, later: int) -> bool:
    """Say whether a claim came to be by standing edits of another."""
    sql = """WITH RECURSIVE line (claim) AS (
            VALUES (?) UNION SELECT s.replacement FROM line JOIN standing s ON s.claim = line.claim
            WHERE s.replacement IS NOT NULL
        ) SELECT 1 FROM line WHERE claim = ?"""
    return connection.execute(sql, (earlier, later)).fetchone() is not None


def _standing(connection: sqlite3.Connection, claim: int) -> int | None:
    """Give what the standing decision puts in a claim's place."""
    row = connection.execute("SELECT replacement FROM standing WHERE claim = ?", (claim,)).fetchone()
    return row[0] if row else None


def _append(
    connection: sqlite3.Connection, claim: int, decision: str, other: int | None, undoes: int | None, who: str, why: str
) -> int:
    sql = """INSERT INTO review (claim, decision, replacement, undoes, who, why, decided)
        VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number"""
    return int(connection.execute(sql, (claim, decision, other, undoes, who.strip(), why.strip(), now())).fetchone()[0])


def _review(connection: sqlite3.Connection, number: int) -> Review:
    return Review(*_plain(connection.execute(f"{_REVIEWS} WHERE r.number = ?", (number,)).fetchone()))


def _plain(row: sqlite3.Row) -> list[Any]:
    return [value.hex() if isinstance(value, bytes) else value for value in row]
