"""Finding kept claims: words in sentences and findings with snippets, and filters that all must fit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ...base.errors import ClaimError, Problem, nearest
from ..contest import contest_id, questions
from ..vocabulary import RELATIONS
from .layers import ClaimStore
from .loading import around, load
from .records import topic_of
from .schema import STATES
from .words import match_expression

LOOKED_AT = 2_000  # claims whose belief is worked out before a search by belief gives up
RANKED = 3_000  # matches that are ranked; of words that are in more claims, the first ones are


@dataclass(frozen=True)
class Filters:
    """What a claim must fit; empty fits all.

    Attributes:
        entity: a name or CURIE of subject or object.
        context: a name or CURIE of a cell type, tissue or disease, or a species.
        contest: a contest's id.
        source: the CURIE of a source of its evidence.
        state: accepted, proposed, rejected, replaced or gone.
        least: the least belief that the claim is true, in some contest of its; `most` the most in every one.
        contested: only claims of contests whose evidence reports more than one thing.
    """

    entity: str = ""
    relation: str = ""
    context: str = ""
    contest: str = ""
    source: str = ""
    state: str = "accepted"
    least: float | None = None
    most: float | None = None
    contested: bool = False
    band: str = "neutral"

    @property
    def asks_belief(self) -> bool:
        return self.least is not None or self.most is not None or self.contested


@dataclass(frozen=True)
class Hit:
    """A claim that was found; `snippet` has the matched words between ‹ and ›."""

    digest: str
    id: str
    sentence: str
    snippet: str
    state: str
    sources: int

    def to_json(self) -> dict[str, Any]:
        """Give the hit as a JSON object."""
        return dict(vars(self))


@dataclass(frozen=True)
class Found:
    """Hits, best first, or in the order they came where no words were asked for.

    Attributes:
        next: where the following hits begin, for `start`; None after the last.
        complete: whether every match was looked at.
    """

    hits: tuple[Hit, ...]
    next: int | None
    complete: bool

    @property
    def more(self) -> bool:
        return self.next is not None


def search(
    store: ClaimStore, text: str = "", filters: Filters | None = None, *, limit: int = 20, start: int = 0
) -> Found:
    """Find claims.

    Args:
        text: words to find in sentences and findings; empty finds by filters alone.
        limit: how many to give at most.
        start: where to begin: 0, or `next` of what was found before.  Without words no claim is given twice or left
            out, whatever is added or taken away in between; by words the order is that of their rank now.

    Raises:
        ClaimError: a filter names what does not exist, or the text holds nothing to look for; all problems at once.
        StoreError: text is searched for and this SQLite cannot.
    """
    filters = filters or Filters()
    if text and not store.store.searches:
        raise ClaimError("search", Problem("", "this SQLite was built without FTS5", "use the filters alone"))
    with store.store.read() as connection:
        where, values = _conditions(connection, text, filters)
        if text:
            return _best(connection, where, values, text, filters, limit, start)
        return _in_order(connection, where, values, filters, limit, start)


def matching(connection: sqlite3.Connection, filters: Filters, *, system: str = "", limit: int = RANKED) -> list[int]:
    """Give the keys of claims that fit what filters ask, their belief aside, in the order of their ids.

    Args:
        system: only claims of this biological system.

    Raises:
        ClaimError: a filter names what does not exist; all problems at once.
    """
    where, values = _conditions(connection, "", filters)
    if system:
        where, values = f"{where} AND json_extract(c.body, '$.system') = ?", [*values, system]
    sql = f"SELECT c.key FROM claim c WHERE {where} ORDER BY c.id, c.key LIMIT ?"  # noqa: S608 -- question marks only
    return [int(row[0]) for row in connection.execute(sql, (*values, limit))]


SEEK = "'pleio claims search WORD' finds names by the words of claims"


def entity_keys(connection: sqlite3.Connection, name: str) -> list[int]:
    """Give the keys of the entities of a name or CURIE; "IL-11" finds "IL11" where nothing is called "IL-11".

    Raises:
        ClaimError: there is none; the nearest is named.
    """
    sql = "SELECT key FROM entity WHERE curie = ?1 UNION SELECT key FROM entity WHERE name = ?1 COLLATE NOCASE"
    keys = [int(row[0]) for row in connection.execute(sql, (name,))]
    if not keys:
        sql = "SELECT name FROM entity WHERE name >= ?1 COLLATE NOCASE ORDER BY name COLLATE NOCASE LIMIT 200"
        alike = [str(row[0]) for row in connection.execute(sql, (name[:2],))]
        same = [each for each in alike if _bare(each) == _bare(name)]
        if same:
            return entity_keys(connection, same[0])
        raise ClaimError(f"entity '{name}'", Problem("", "is in no claim that is kept", nearest(name, alike) or SEEK))
    return keys


def curies_of(store: ClaimStore, name: str) -> tuple[str, ...]:
    """Give the CURIEs of the entities of a name or CURIE, in order.

    Raises:
        ClaimError: there is none; the nearest is named.
    """
    with store.store.read() as connection:
        keys = entity_keys(connection, name)
        found = (connection.execute("SELECT curie FROM entity WHERE key = ?", (key,)).fetchone() for key in keys)
        return tuple(sorted({str(row[0]) for row in found}))


def _bare(name: str) -> str:
    """Write a name without the signs that spellings of it differ in."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _conditions(connection: sqlite3.Connection, text: str, filters: Filters) -> tuple[str, list[object]]:
    """Write the conditions on claims, all problems at once."""
    parts: list[str] = []
    values: list[object] = []
    problems: list[Problem] = []

    def add(sql: str, *given: object) -> None:
        parts.append(sql)
        values.extend(given)

    def keys(name: str) -> str:
        try:
            return ",".join(map(str, entity_keys(connection, name)))
        except ClaimError as fault:
            problems.extend(Problem(fault.subject, item.what, item.help) for item in fault.problems)
            return "NULL"

    if filters.state not in STATES:
        problems.append(Problem("state", f"'{filters.state}' is not one", nearest(filters.state, STATES)))
    else:
        add("c.state = ?", STATES.index(filters.state))
    if filters.entity:
        found = keys(filters.entity)
        add(f"(c.subject IN ({found}) OR c.object IN ({found}))")
    if filters.relation:
        if filters.relation not in RELATIONS:
            help = nearest(filters.relation, RELATIONS) or f"known: {', '.join(RELATIONS)}"
            problems.append(Problem("relation", f"unknown '{filters.relation[:80]}'", help))
        add("c.relation = ?", filters.relation)
    if filters.context:
        _add_context(filters.context, add, keys)
    if filters.contest:
        add("c.topic = ?", topic_of(filters.contest))
    if filters.source:
        sql = "SELECT l.claim FROM evidence e JOIN claim_evidence l ON l.evidence = e.key WHERE e.source = ?"
        add(f"c.key IN ({sql})", filters.source)
    if text:
        try:
            values.insert(0, match_expression(text))
        except ClaimError as fault:
            problems.extend(fault.problems)
    if problems:
        raise ClaimError("search", problems)
    return " AND ".join(parts), values


def _add_context(name: str, add: Any, keys: Any) -> None:
    from ..vocabulary import SPECIES

    if name in SPECIES:
        add("c.species = ?", name)
    else:
        add(f"c.key IN (SELECT claim FROM claim_context WHERE entity IN ({keys(name)}))")  # noqa: S608 -- integers


def _best(
    connection: sqlite3.Connection,
    where: str,
    values: list[object],
    text: str,
    filters: Filters,
    limit: int,
    start: int,
) -> Found:
    """Find by words: the best first, `start` of them left out."""
    sql = f"""SELECT t.rank, c.key FROM claim_text t JOIN claim c ON c.key = t.rowid
        WHERE claim_text MATCH ? AND {where} LIMIT {RANKED}"""  # noqa: S608 -- conditions with question marks
    # sorted here: asked to sort, SQLite ranks every match before it cuts them off
    keys = [key for _, key in sorted(map(tuple, connection.execute(sql, values)))]
    complete = len(keys) < RANKED
    if filters.asks_belief:
        looked_at = keys[:LOOKED_AT]
        complete = complete and len(keys) <= LOOKED_AT
        keys = _believed(connection, looked_at, filters, start + limit + 1)
    more = len(keys) > start + limit
    hits = _hits(connection, keys[start : start + limit], text)
    return Found(hits, start + limit if more else None, complete)


def _in_order(
    connection: sqlite3.Connection, where: str, values: list[object], filters: Filters, limit: int, start: int
) -> Found:
    """Find by filters alone: in the order in which claims came, those after the key `start`."""
    most = LOOKED_AT if filters.asks_belief else limit
    sql = f"SELECT c.key FROM claim c WHERE {where} AND c.key > ? ORDER BY c.key LIMIT ?"  # noqa: S608
    keys = [int(row[0]) for row in connection.execute(sql, (*values, start, most + 1))]
    following = keys[most - 1] if len(keys) > most else None
    found, complete = keys[:most], True
    if filters.asks_belief:
        found = _believed(connection, found, filters, limit + 1)
        complete = following is None or len(found) > limit
        following = found[limit - 1] if len(found) > limit else following
    return Found(_hits(connection, found[:limit], ""), following, complete)


def _believed(connection: sqlite3.Connection, keys: Sequence[int], filters: Filters, wanted: int) -> list[int]:
    """Keep the claims whose belief fits, looking at no more than are needed."""
    found: list[int] = []
    step = max(wanted, 250)
    for at in range(0, len(keys), step):
        found += [key for key, fits in _fitting(connection, keys[at : at + step], filters) if fits]
        if len(found) >= wanted:
            break
    return found


def _fitting(connection: sqlite3.Connection, keys: Sequence[int], filters: Filters) -> Iterator[tuple[int, bool]]:
    claims = load(connection, keys)
    topics = {topic_of(contest_id(claim, "association")) for claim in claims}
    beliefs = around(connection, topics).believe(filters.band).contests
    for key, claim in zip(keys, claims, strict=True):
        mine = [beliefs[id] for q in questions(claim) if (id := contest_id(claim, q)) in beliefs]
        chances = [belief.outcomes.get(claim.relation, belief.outcomes.get("present", 0.0)) for belief in mine]
        fits = bool(mine)
        fits &= filters.least is None or max(chances, default=0.0) >= filters.least
        fits &= filters.most is None or max(chances, default=1.0) <= filters.most
        fits &= not filters.contested or any(belief.contest.is_contested for belief in mine)
        yield key, fits


def _hits(connection: sqlite3.Connection, keys: Sequence[int], text: str) -> tuple[Hit, ...]:
    sql = """SELECT digest, id, sentence, state, (SELECT count(DISTINCT e.source) FROM claim_evidence l
        JOIN evidence e ON e.key = l.evidence WHERE l.claim = c.key) AS sources FROM claim c WHERE key = ?"""
    excerpt = "SELECT snippet(claim_text, -1, '‹', '›', '…', 24) FROM claim_text WHERE claim_text MATCH ? AND rowid = ?"
    found = []
    for key in keys:
        row = connection.execute(sql, (key,)).fetchone()
        snippet = connection.execute(excerpt, (match_expression(text), key)).fetchone()[0] if text else ""
        digest = row["digest"].hex()
        found.append(Hit(digest, row["id"], row["sentence"], snippet, STATES[row["state"]], row["sources"]))
    return tuple(found)
