"""Claims out of the tables: single ones, and whole sets that are enough to say what is believed of some topics."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ...base.errors import ClaimError, Problem
from ..assumption import Assumption
from ..belief.beliefs import Beliefs, believe
from ..belief.reports import spelt
from ..claim import Claim
from ..collection import ClaimSet
from ..merging import merge_all
from ..reference import Reference
from .records import claim_of
from .schema import LIBRARY

MOST_COUPLED = 20_000  # claims that are weighed together
MARKS = 500

T = TypeVar("T")


@dataclass(frozen=True)
class Neighbourhood:
    """The accepted claims on some topics, with all that bears on their belief.

    Their contests are believed exactly as they would be in the set of all claims: with the claims that share an
    assumption with them come along, and so does what any claim tells of the laboratory that a source is from.
    """

    claims: ClaimSet
    laboratories: dict[str, str]

    def believe(self, band: str = "neutral") -> Beliefs:
        """Work out the beliefs; see `belief.believe`."""
        return believe(self.claims, band, laboratories=self.laboratories)


def load(connection: sqlite3.Connection, keys: Sequence[int]) -> list[Claim]:
    """Give claims by their keys, in that order."""
    bodies: dict[int, str] = {}
    evidence: dict[int, list[str]] = {key: [] for key in keys}
    for some in slices(sorted(evidence)):
        marks = ",".join("?" * len(some))
        sql = f"SELECT key, body FROM claim WHERE key IN ({marks})"  # noqa: S608 -- question marks only
        bodies.update((row[0], row[1]) for row in connection.execute(sql, some))
        sql = f"""SELECT l.claim, e.body FROM claim_evidence l JOIN evidence e ON e.key = l.evidence
            WHERE l.claim IN ({marks})"""  # noqa: S608
        for row in connection.execute(sql, some):
            evidence[row[0]].append(row[1])
    return [claim_of(bodies[key], evidence[key]) for key in keys]


def around(connection: sqlite3.Connection, topics: Iterable[bytes]) -> Neighbourhood:
    """Load the accepted claims on some topics with all that bears on their belief.

    Raises:
        ClaimError: more claims are coupled by assumptions than can be weighed together.
    """
    keys = coupled(connection, set(topics))
    claims = merged(connection, keys)
    cited = {item.source for claim in claims for item in claim.evidence if item.source}
    cited |= {curie for claim in claims for item in claim.evidence for curie in item.cites}
    named = {name for claim in claims for name in claim.rests_on}
    named |= {name for claim in claims for item in claim.evidence for name in item.rests_on}
    resting = {row[0] for row in _chosen(connection, "SELECT assumption FROM claim_assumption WHERE claim IN ", keys)}
    assumptions = tuple(item for item in all_assumptions(connection) if item.id in named | resting)
    references = _references(connection, cited)
    return Neighbourhood(ClaimSet(claims, assumptions, references), _laboratories(connection, cited))


def all_assumptions(connection: sqlite3.Connection) -> tuple[Assumption, ...]:
    """Give the assumptions of all layers, by id."""
    rows = connection.execute("SELECT DISTINCT id, body FROM layer_assumption ORDER BY id")
    return tuple(Assumption.model_validate_json(row[1]) for row in rows)


def all_references(connection: sqlite3.Connection) -> tuple[Reference, ...]:
    """Give the references of all layers, by CURIE."""
    rows = connection.execute("SELECT DISTINCT curie, body FROM layer_reference ORDER BY curie")
    return tuple(Reference.model_validate_json(row[1]) for row in rows)


def slices(values: Iterable[T]) -> Iterator[list[T]]:
    """Cut values into runs that fit one statement's parameters."""
    every = list(values)
    for i in range(0, len(every), MARKS):
        yield every[i : i + MARKS]


def coupled(connection: sqlite3.Connection, topics: set[bytes]) -> set[int]:
    """Give the accepted claims on some topics with those that share an assumption with them, and so on.

    Raises:
        ClaimError: there are more than can be weighed together.
    """
    keys: set[int] = set()
    known: set[bytes] = set()
    assumed: set[str] = set()
    while topics:
        known |= topics
        sql = "SELECT key FROM claim WHERE state = 2 AND topic IN "
        added = {row[0] for row in _chosen(connection, sql, topics)} - keys
        keys |= added
        if len(keys) > MOST_COUPLED:
            what = f"more than {MOST_COUPLED:,} claims bear on one another"
            raise ClaimError("belief", Problem("", what, "ask about fewer things at once"))
        sql = "SELECT DISTINCT assumption FROM claim_assumption WHERE claim IN "
        new = {row[0] for row in _chosen(connection, sql, added)} - assumed
        assumed |= new
        sql = """SELECT DISTINCT c.topic FROM claim_assumption a JOIN claim c ON c.key = a.claim
            WHERE c.state = 2 AND a.assumption IN """
        topics = {row[0] for row in _chosen(connection, sql, new)} - known
    return keys


def merged(connection: sqlite3.Connection, keys: Iterable[int]) -> tuple[Claim, ...]:
    """Load claims, those that mean the same as one, by id.

    One that a library makes too goes by the library's id: modules and pages name it by that.
    """
    ordered = sorted(set(keys))
    groups: dict[bytes, list[tuple[int, Claim]]] = {}
    meanings = {row[0]: row[1] for row in _chosen(connection, "SELECT key, meaning FROM claim WHERE key IN ", ordered)}
    for key, claim in zip(ordered, load(connection, ordered), strict=True):
        groups.setdefault(meanings[key], []).append((key, claim))
    joined = [
        group[0][1] if len(group) == 1 else _one(group, _shipped(connection, [key for key, _ in group]))
        for group in groups.values()
    ]
    return tuple(sorted(joined, key=lambda claim: claim.id))


def _one(group: list[tuple[int, Claim]], shipped: set[int]) -> Claim:
    (claim,) = merge_all(claim for _, claim in group)
    ids = [each.id for key, each in group if key in shipped]
    return claim.model_copy(update={"id": min(ids)}) if ids else claim


def _shipped(connection: sqlite3.Connection, keys: list[int]) -> set[int]:
    sql = f"""SELECT m.claim FROM layer_claim m JOIN layer y ON y.key = m.layer
        WHERE y.kind = '{LIBRARY}' AND m.claim IN """  # noqa: S608 -- a fixed name
    return {row[0] for row in _chosen(connection, sql, keys)}


def _laboratories(connection: sqlite3.Connection, sources: Iterable[str]) -> dict[str, str]:
    """Say which laboratory each source is from, as far as any accepted claim tells."""
    sql = """SELECT DISTINCT e.source, e.laboratory FROM evidence e JOIN claim_evidence l ON l.evidence = e.key
        JOIN claim c ON c.key = l.claim WHERE c.state = 2 AND e.laboratory IS NOT NULL AND e.source IN """
    found: dict[str, str] = {}
    for source, laboratory in _chosen(connection, sql, sources):
        one = spelt(laboratory)
        found[source] = min(one, found.get(source, one))
    return found


def _references(connection: sqlite3.Connection, curies: Iterable[str]) -> tuple[Reference, ...]:
    rows = _chosen(connection, "SELECT DISTINCT curie, body FROM layer_reference WHERE curie IN ", curies)
    found = {row[0]: Reference.model_validate(json.loads(row[1])) for row in rows}
    return tuple(found[curie] for curie in sorted(found))


def _chosen(connection: sqlite3.Connection, sql: str, values: Iterable[T]) -> Iterator[sqlite3.Row]:
    """Run a statement that ends in `IN ` over any number of values."""
    for some in slices(values):
        yield from connection.execute(f"{sql}({','.join('?' * len(some))})", some)
