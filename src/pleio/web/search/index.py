"""What is published, the library's names and this server's own pages, in a full-text index that is made again at need.

Claims are searched in their own tables, where there may be a million; everything else is little and lies in memory.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...claims.tables.words import match_expression
from ..kept import revision
from .gather import Entry, gather

if TYPE_CHECKING:
    from ..site import Site

_TABLE = """CREATE VIRTUAL TABLE entry USING fts5 (
    title, words, kind UNINDEXED, address UNINDEXED, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
)"""
_FIND = """SELECT kind, title, address, highlight(entry, 0, '‹', '›') AS marked,
    snippet(entry, 1, '‹', '›', '…', 22) AS snippet FROM entry WHERE entry MATCH ? AND (?2 = '' OR kind = ?2)
    ORDER BY bm25(entry, 6.0, 1.0), title"""


@dataclass(frozen=True)
class Match:
    """One thing that was found; title and snippet have the matched words between ‹ and ›."""

    kind: str
    title: str
    address: str
    marked: str
    snippet: str


class Index:
    """The index of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._lock = threading.Lock()
        self._state: object = None
        self._connection: sqlite3.Connection | None = None

    def find(self, text: str, kind: str = "") -> list[Match]:
        """Find what has all words of a text, best first.

        Raises:
            ClaimError: the text holds nothing to look for.
        """
        expression = match_expression(text)
        with self._lock:
            connection = self._ready()
            return [Match(**dict(row)) for row in connection.execute(_FIND, (expression, kind))]

    def _ready(self) -> sqlite3.Connection:
        kept = self.site.kept()
        state = ([entry.id for entry in self.site.reader.entries()], revision(kept))
        if self._connection is None or self._state != state:
            self._connection, self._state = _made(gather(self.site)), state
        return self._connection


def _made(entries: Iterable[Entry]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute(_TABLE)
    rows = ((each.title, each.words, each.kind, each.address) for each in entries)
    connection.executemany("INSERT INTO entry (title, words, kind, address) VALUES (?, ?, ?, ?)", rows)
    connection.commit()
    return connection
