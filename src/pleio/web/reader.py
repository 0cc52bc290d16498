"""What the pages read: published artifacts, by name, each checked against its digest when it is loaded."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

from ..artifacts import Archive, Entry, Envelope
from ..base.errors import StoreError
from ..library.content import ClaimSet, from_json
from .errors import WebError

T = TypeVar("T")
MOST_KEPT = 256


class Reader:
    """Reads an archive; an artifact never changes, so what was loaded is kept by id."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._load = lru_cache(maxsize=MOST_KEPT)(archive.load)
        self._contents: dict[tuple[type, str], Any] = {}

    def envelope(self, reference: str) -> Envelope:
        """Load an artifact by name, `name@version`, or id.

        Raises:
            WebError: 404 where there is none.
            StoreError: what is kept was altered.
        """
        return self._load(self._resolve(reference))

    def content(self, kind: type[T], reference: str) -> T:
        """Load the content of an artifact as what it is."""
        id = self._resolve(reference)
        key = (kind, id)
        if key not in self._contents:
            while len(self._contents) >= MOST_KEPT:
                self._contents.pop(next(iter(self._contents)), None)
            self._contents[key] = from_json(kind, self._load(id).content)
        found: T = self._contents[key]
        return found

    def entries(self, type: str = "") -> list[Entry]:
        return self.archive.entries(type)

    def claim_sets(self) -> list[ClaimSet]:
        """Load the latest version of every named claim set."""
        return [self.content(ClaimSet, entry.id) for entry in self.entries("claim_set") if entry.name]

    def exactly(self, envelope: Envelope) -> str:
        """Name exactly this version of an artifact: by its name where it is the latest, else by `name@number`."""
        for entry in self.entries(envelope.type):
            for number, version in enumerate(self.archive.history(entry.name) if entry.name else ()):
                if version.id == envelope.id:
                    return entry.name if number == 0 else f"{entry.name}@{version.number}"
        return envelope.id

    def named(self, type: str, name: str) -> str:
        """Give the reference of a named artifact of one type.

        Raises:
            WebError: 404 where there is none, naming those that there are.
        """
        names = [entry.name for entry in self.entries(type) if entry.name]
        if name.partition("@")[0] not in names:
            help = f"there are: {', '.join(names)}" if names else "'pleio up' makes what is missing"
            raise WebError(404, name[:80], f"is no {type} that is published here", help)
        return name

    def _resolve(self, reference: str) -> str:
        try:
            return self.archive.resolve(reference)
        except StoreError as fault:
            problem = fault.problems[0]
            if "is no artifact" in problem.what or "fits several" in problem.what:
                raise WebError(404, reference[:80], problem.what, problem.help) from None
            raise
