"""Keeping what was read: a document with its statements, as an artifact of the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from ...artifacts import Archive, recording

if TYPE_CHECKING:
    from ...reading import Document


class Statement(Protocol):
    """What reading gives: a claim with the span that carries it."""

    def to_json(self) -> dict[str, Any]: ...


def keep_reading(document: Document, statements: Iterable[Statement], archive: Archive | None = None) -> str:
    """Keep a document with what was read in it; give the name under which it is kept.

    The same document read again in the same way is kept once.

    Raises:
        StoreError: the data directory cannot be written.
    """
    archive = archive or Archive()
    with recording("read a document") as work:
        work.use("document", f"sha256:{document.digest}")
        found = [statement.to_json() for statement in statements]
        content = {"name": document.name, "media": document.media, "text": document.text, "statements": found}
        envelope = work.make("document", document.name, content)
        return archive.save(envelope, name=f"document-{document.digest[:12]}", activity=work.finish()).name
