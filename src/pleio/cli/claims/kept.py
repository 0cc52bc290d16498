"""The claims that a person keeps, opened with a library under them, and written to a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..output import say

if TYPE_CHECKING:
    from pleio.claims.claim import Claim
    from pleio.claims.tables.layers import ClaimStore


def open_kept(library: str) -> ClaimStore:
    """Open the kept claims with a library under them."""
    from pleio.library import open as open_library
    from pleio.library.keeping.kept import kept_claims

    return kept_claims(open_library(library))


def write_out(out: Path, chosen: Iterable[Claim], format: str, *, head: str = "") -> None:
    """Write claims to a file and say what was written and what could not be."""
    from pleio.formats.exchange import write_claims_file

    every = list(chosen)
    written = write_claims_file(out, every, format, head=head)
    say(f"wrote {len(every) - len(written.left):,} claims to {' and '.join(map(str, written.files))}")
    if written.left:
        shown = ", ".join(written.left[:5]) + (", …" if len(written.left) > 5 else "")
        say(f"{len(written.left):,} claims have no place in this format: {shown}")
