"""The claims as a graph of places and ties, as the atlas and the pages of entities see it.

A tie is one claim.  Published claims bring what is believed of them; claims that are kept beside them (imports,
accepted proposals) are shown as not weighed.  What only private layers hold is left out.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ...base.digests import digest
from ...library.content import Claim
from ..kept import revision

if TYPE_CHECKING:
    from ..site import Site

EFFECTS = {"increases": "activates", "decreases": "inhibits", "regulates": "contested", "binds": "binds"}

# claims of layers that a library did not bring, which are published anyway, and that are not private
_BESIDE = """SELECT c.id, s.curie, s.name, c.relation, o.curie, o.name, coalesce(json_extract(c.body, '$.aspect'), ''),
        coalesce(c.species, ''), (SELECT count(*) FROM claim_evidence e WHERE e.claim = c.key)
    FROM claim c JOIN entity s ON s.key = c.subject JOIN entity o ON o.key = c.object
    WHERE c.state = 2 AND EXISTS (SELECT 1 FROM layer_claim m JOIN layer y ON y.key = m.layer
        WHERE m.claim = c.key AND y.kind NOT IN ('library', 'private')) ORDER BY c.key"""


@dataclass(frozen=True, slots=True)
class Tie:
    """One claim between two places; `belief` is None where there is none, `findings` how many speak to it."""

    claim: str
    source: str
    target: str
    relation: str
    aspect: str
    context: str
    belief: float | None
    contested: bool
    findings: int

    @property
    def effect(self) -> str:
        """How it is drawn: activates, inhibits, contested (which way is open), binds or other."""
        return EFFECTS.get(self.relation, "other")


class Graph:
    """Places by CURIE with their names, and the ties between them; never changed once made."""

    def __init__(self, names: dict[str, str], ties: Iterable[Tie]) -> None:
        self.names = names
        self.ties = tuple(ties)

    @cached_property
    def around(self) -> dict[str, list[int]]:
        """The ties at each place, by number; a tie from a place to itself is there once."""
        found: dict[str, list[int]] = {curie: [] for curie in self.names}
        for number, tie in enumerate(self.ties):
            found[tie.source].append(number)
            if tie.target != tie.source:
                found[tie.target].append(number)
        return found

    @cached_property
    def relations(self) -> tuple[str, ...]:
        return tuple(sorted({tie.relation for tie in self.ties}))

    @cached_property
    def contexts(self) -> tuple[str, ...]:
        """The contexts that most ties have, for choosing one."""
        counts: dict[str, int] = {}
        for tie in self.ties:
            for part in filter(None, tie.context.split(", ")):
                counts[part] = counts.get(part, 0) + 1
        return tuple(sorted(sorted(counts, key=lambda part: (-counts[part], part))[:60]))

    @cached_property
    def middle(self) -> str:
        """The place with most ties."""
        return min(self.names, key=lambda curie: (-len(self.around[curie]), curie), default="")

    @cached_property
    def digest(self) -> str:
        return digest([[tie.claim, tie.source, tie.target, tie.relation, tie.belief or -1.0] for tie in self.ties])

    def named(self, text: str) -> str:
        """Give the CURIE that a reader means by a CURIE or a name; empty where there is none."""
        if text in self.names:
            return text
        folded = text.casefold()
        return next((curie for curie, name in self.names.items() if name.casefold() == folded), "")


class Atlas:
    """Gives the graph of what is published and kept now; it is made again when that changes."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._lock = threading.Lock()
        self._made: tuple[object, Graph] | None = None

    def graph(self) -> Graph:
        from ...claims.tables.layers import ClaimStore

        store = ClaimStore(self.site.archive.store)
        state = (tuple(entry.id for entry in self.site.reader.entries("claim_set") if entry.name), revision(store))
        with self._lock:
            if self._made is None or self._made[0] != state:
                published = list(self._published())
                with store.store.read() as connection:
                    self._made = (state, _graph(published, connection))
            return self._made[1]

    @cached_property
    def modules(self) -> list[tuple[str, str, list[str]]]:
        """The library's modules: name, title, and the claims that each stands on."""
        found: list[tuple[str, str, list[str]]] = self.site.desk.ask("modules_by_claim", library=self.site.library)
        return found

    def _published(self) -> Iterator[Claim]:
        for claims in self.site.reader.claim_sets():
            yield from claims.claims


def _graph(published: Iterable[Claim], connection: sqlite3.Connection) -> Graph:
    names: dict[str, str] = {}
    ties: dict[str, Tie] = {}
    for one in published:
        names.setdefault(one.subject, one.subject_name)
        names.setdefault(one.object, one.object_name)
        ties[one.id] = tie_of(one)
    for id, source, source_name, relation, target, target_name, aspect, context, findings in connection.execute(
        _BESIDE
    ):
        if id not in ties:
            names.setdefault(source, source_name)
            names.setdefault(target, target_name)
            ties[id] = Tie(id, source, target, relation, aspect, context, None, False, findings)
    return Graph(names, ties.values())


def tie_of(claim: Claim) -> Tie:
    """Give the tie that a published claim is."""
    return Tie(
        claim.id, claim.subject, claim.object, claim.relation, claim.aspect, claim.context, claim.belief,
        claim.contested, len(claim.evidence),
    )  # fmt: skip
