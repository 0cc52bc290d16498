"""The accepted claims as a graph: what an entity is joined to, and signed paths with what is believed of each step."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from ..base.errors import ClaimError, Problem, nearest
from .belief.contest_belief import ContestBelief
from .tables.layers import ClaimStore
from .tables.loading import around, slices
from .tables.search import entity_keys
from .vocabulary import RELATIONS

MOST_STEPS = 3
WIDEST = 200  # entities kept on each side of a path's middle: those that most claims join
WEIGHED = 40  # paths whose belief is worked out
SIGNS = {"increases": 1, "decreases": -1}

Edges = dict[int, dict[int, int]]  # other end → sign → number of claims


@dataclass(frozen=True)
class Neighbour:
    """An entity that claims join to another: by which relation, in which direction, and how many claims say so."""

    curie: str
    name: str
    relation: str
    direction: str  # out: the other is the object; in: it is the subject
    claims: int


@dataclass(frozen=True)
class Step:
    """One step of a path: the sign taken, the contest that gives it most belief, and that belief."""

    subject: str
    object: str
    sign: int
    belief: float
    contest: str
    title: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Path:
    """Steps from one entity to another; `sign` is the product of theirs, `belief` that of their beliefs."""

    steps: tuple[Step, ...]

    @property
    def sign(self) -> int:
        return prod(step.sign for step in self.steps)

    @property
    def belief(self) -> float:
        return prod(step.belief for step in self.steps)

    def to_json(self) -> dict[str, Any]:
        """Give the path as a JSON object."""
        steps = [{**vars(step), "claims": list(step.claims)} for step in self.steps]
        return {"sign": self.sign, "belief": self.belief, "steps": steps}

    def __str__(self) -> str:
        text = self.steps[0].subject
        for step in self.steps:
            text += f" {'→' if step.sign > 0 else '⊣'} {step.object}"
        return text


@dataclass(frozen=True)
class Paths:
    """Paths, most believed first; `complete` where none was left out of the count."""

    paths: tuple[Path, ...]
    complete: bool


def neighbours(store: ClaimStore, entity: str, *, relation: str = "", limit: int = 100) -> tuple[Neighbour, ...]:
    """Give what accepted claims join an entity to, by most claims first.

    Args:
        entity: a name or CURIE.
        relation: only this relation.

    Raises:
        ClaimError: no claim that is kept names the entity, or there is no such relation.
    """
    if relation and relation not in RELATIONS:
        help = nearest(relation, RELATIONS) or f"known: {', '.join(RELATIONS)}"
        raise ClaimError("relation", Problem("", f"unknown '{relation[:80]}'", help))
    with store.store.read() as connection:
        keys = ",".join(map(str, entity_keys(connection, entity)))
        sql = f"""SELECT e.curie, e.name, n.relation, n.direction, n.claims FROM (
                SELECT object AS other, relation, 'out' AS direction, count(*) AS claims FROM claim
                WHERE subject IN ({keys}) AND state = 2 AND (?1 = '' OR relation = ?1) GROUP BY object, relation
                UNION ALL SELECT subject, relation, 'in', count(*) FROM claim
                WHERE object IN ({keys}) AND state = 2 AND (?1 = '' OR relation = ?1) GROUP BY subject, relation
                ORDER BY claims DESC, other LIMIT ?2
            ) n JOIN entity e ON e.key = n.other ORDER BY n.claims DESC, e.name, n.relation"""  # noqa: S608 -- integers
        return tuple(Neighbour(*row) for row in connection.execute(sql, (relation, limit)))


def paths(
    store: ClaimStore,
    start: str,
    end: str,
    *,
    steps: int = MOST_STEPS,
    sign: int | None = None,
    band: str = "neutral",
    limit: int = 10,
) -> Paths:
    """Find signed paths between two entities, most believed first.

    Candidates are ranked by how many claims make their weakest step; beliefs are worked out for the best `WEIGHED`, and
    of each step in the twelve contests that most claims are about.

    Args:
        steps: how many steps at most, 1 to 3.
        sign: only paths of this sign, +1 or -1.

    Raises:
        ClaimError: an entity is in no claim, or there are too many steps.
    """
    if not 1 <= steps <= MOST_STEPS:
        raise ClaimError("path", Problem("", f"{steps} steps", f"paths have 1 to {MOST_STEPS} steps"))
    with store.store.read() as connection:
        starts, ends = set(entity_keys(connection, start)), set(entity_keys(connection, end))
        routes, complete = _routes(connection, starts, ends, steps)
        chosen = [route for route in routes if sign is None or prod(s for _, s, _, _ in route) == sign]
        chosen.sort(key=lambda route: (-min(n for *_, n in route), len(route), route))
        complete = complete and len(chosen) <= WEIGHED
        found = _weighed(connection, chosen[:WEIGHED], band)
    found.sort(key=lambda path: (-path.belief, len(path.steps), str(path)))
    return Paths(tuple(found[:limit]), complete)


Leg = tuple[int, int, int, int]  # subject, sign, object, number of claims


def _routes(
    connection: sqlite3.Connection, starts: set[int], ends: set[int], steps: int
) -> tuple[list[tuple[Leg, ...]], bool]:
    """Enumerate simple paths from both ends towards the middle."""
    out = {start: _edges(connection, start, "subject", "object") for start in starts}
    into = {end: _edges(connection, end, "object", "subject") for end in ends}
    routes: list[tuple[Leg, ...]] = []
    complete = True
    for start, end in product(sorted(starts), sorted(ends)):
        if start == end:
            continue
        routes += [((start, s, end, n),) for s, n in out[start].get(end, {}).items()]
        inner = {start, end}
        if steps >= 2:
            for middle in (out[start].keys() & into[end].keys()) - inner:
                for (s, n), (t, m) in product(out[start][middle].items(), into[end][middle].items()):
                    routes.append(((start, s, middle, n), (middle, t, end, m)))
        if steps >= 3:
            near, far = _widest(out[start], inner), _widest(into[end], inner)
            complete &= len(near) == len(out[start].keys() - inner) and len(far) == len(into[end].keys() - inner)
            for a, s, b, n in _between(connection, near, far):
                for (x, i), (y, j) in product(out[start][a].items(), into[end][b].items()):
                    routes.append(((start, x, a, i), (a, s, b, n), (b, y, end, j)))
    return routes, complete


def _edges(connection: sqlite3.Connection, key: int, here: str, there: str) -> Edges:
    sql = f"""SELECT {there}, relation, count(*) FROM claim
        WHERE {here} = ? AND state = 2 AND relation IN ('increases', 'decreases') GROUP BY {there}, relation"""  # noqa: S608
    found: Edges = {}
    for other, relation, count in connection.execute(sql, (key,)):
        found.setdefault(other, {})[SIGNS[relation]] = count
    return found


def _widest(edges: Edges, without: set[int]) -> list[int]:
    ranked = sorted(edges.keys() - without, key=lambda other: (-sum(edges[other].values()), other))
    return ranked[:WIDEST]


def _between(connection: sqlite3.Connection, near: list[int], far: list[int]) -> Iterable[Leg]:
    """Give the edges from one set to another."""
    for some in slices(far):
        sql = f"""SELECT subject, relation, object, count(*) FROM claim WHERE subject = ? AND state = 2
            AND object IN ({",".join("?" * len(some))}) AND relation IN ('increases', 'decreases')
            GROUP BY object, relation"""  # noqa: S608 -- question marks only
        for key in near:
            for subject, relation, object, count in connection.execute(sql, (key, *some)):
                if subject != object:
                    yield subject, SIGNS[relation], object, count


def _weighed(connection: sqlite3.Connection, routes: list[tuple[Leg, ...]], band: str) -> list[Path]:
    legs = {(subject, object) for route in routes for subject, _, object, _ in route}
    topics = {row[0] for pair in legs for row in connection.execute(_TOPICS, pair)}
    beliefs = around(connection, topics).believe(band)
    by_ends: dict[tuple[str, str], list[ContestBelief]] = {}
    for belief in beliefs.contests.values():
        contest = belief.contest
        if contest.relation == "effect":
            by_ends.setdefault((contest.subject.curie, contest.object.curie), []).append(belief)
    names = _names(connection, {key for pair in legs for key in pair})
    return [Path(tuple(_step(leg, by_ends, names) for leg in route)) for route in routes]


# of the contests between two ends, those that most claims are about
_TOPICS = """SELECT topic FROM claim
    WHERE subject = ? AND state = 2 AND object = ? AND relation IN ('increases', 'decreases', 'regulates')
    GROUP BY topic ORDER BY count(*) DESC, topic LIMIT 12"""


def _step(leg: Leg, by_ends: dict[tuple[str, str], list[ContestBelief]], names: dict[int, tuple[str, str]]) -> Step:
    """Take the contest that gives this sign most belief."""
    subject, object = names[leg[0]], names[leg[2]]
    outcome = "increases" if leg[1] > 0 else "decreases"
    best = max(by_ends[subject[0], object[0]], key=lambda belief: (belief.outcomes[outcome], belief.contest.id))
    claims = tuple(claim.id for claim in best.contest.claims)
    contest = best.contest
    return Step(subject[1], object[1], leg[1], best.outcomes[outcome], contest.id, contest.title, claims)


def _names(connection: sqlite3.Connection, keys: set[int]) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    for some in slices(sorted(keys)):
        sql = f"SELECT key, curie, name FROM entity WHERE key IN ({','.join('?' * len(some))})"  # noqa: S608
        found.update((row[0], (row[1], row[2])) for row in connection.execute(sql, some))
    return found
