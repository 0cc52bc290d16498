"""The envelope: an immutable result whose id is the digest of its type, its inputs and its content."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .. import __version__
from ..base.digests import canonical, digest_bytes
from ..base.errors import InputError, Problem, nearest

TYPES = ("document", "audit", "claim_set", "model", "study", "result", "figure", "page")
LICENCE = "Apache-2.0"
_ID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class MadeBy:
    """The program that made an artifact."""

    name: str = "pleio"
    version: str = __version__

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


@dataclass(frozen=True)
class Envelope:
    """One artifact.

    `content` is a JSON value; bytes too large for it lie beside it as blobs, which it names by digest
    (`{"blob": …, "media_type": …, "size": …}`), so that the id covers them too.  `title`, `created`, `made_by` and
    `licence` are not part of the id: the same result made twice is one artifact.
    """

    id: str
    type: str
    title: str
    created: str
    made_by: MadeBy
    inputs: tuple[str, ...]
    content: Any
    licence: str = LICENCE

    @property
    def curie(self) -> str:
        """The permanent name: it depends on no server, and anyone who holds the content can check it."""
        return f"pleio:artifact/{self.id}"

    def _repr_html_(self) -> str:
        from ..base.html import heading, table

        rows = [("id", self.id), ("created", self.created), ("made by", self.made_by), ("licence", self.licence)]
        return heading(self.title, self.type) + table(["", ""], [*rows, *(("made from", id) for id in self.inputs)])


def seal(
    type: str,
    title: str,
    content: Any,
    *,
    inputs: Iterable[str] = (),
    made_by: MadeBy | None = None,
    created: str | None = None,
    licence: str = LICENCE,
) -> Envelope:
    """Make an artifact of a result.

    Args:
        type: one of `TYPES`.
        content: a JSON value; floats are finite.
        inputs: ids of the artifacts it was made from; their order does not matter.
        created: when, as ISO 8601 in UTC; now by default.

    Raises:
        InputError: the type is unknown, an input is not an id, or the content is not JSON.

    Example:
        >>> once, again = (seal("study", "S", {"seed": 11}, created=t) for t in ("2026-01-01T00:00:00Z", None))
        >>> once.id == again.id
        True
    """
    given = tuple(sorted(set(inputs)))
    problems = [] if type in TYPES else [Problem("type", f"unknown type '{type}'", nearest(type, TYPES))]
    problems += [Problem("inputs", f"'{i[:80]}' is not an artifact id") for i in given if not _ID.fullmatch(i)]
    if problems:
        raise InputError(f"artifact '{title}'", problems)
    return Envelope(
        digest_bytes(preimage(type, given, content, title)),
        type,
        title,
        created or now(),
        made_by or MadeBy(),
        given,
        content,
        licence,
    )


def preimage(type: str, inputs: Sequence[str], content: Any, title: str = "") -> bytes:
    """Give the bytes of which an artifact's id is the SHA-256; they are also how it is stored.

    Raises:
        InputError: the content is not JSON.
    """
    try:
        return canonical({"content": content, "inputs": list(inputs), "type": type})
    except (TypeError, ValueError) as fault:
        raise InputError(f"artifact '{title}'", Problem("content", f"is not JSON: {fault}")) from None


def blob_names(content: Any) -> Iterator[str]:
    """Name the blobs that a content refers to."""
    if isinstance(content, dict):
        if isinstance(content.get("blob"), str) and _ID.fullmatch(content["blob"]):
            yield content["blob"]
        for item in content.values():
            yield from blob_names(item)
    elif isinstance(content, list | tuple):
        for item in content:
            yield from blob_names(item)


def now() -> str:
    """Give the time in UTC to the second; `SOURCE_DATE_EPOCH` stands in for it where builds must repeat."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
