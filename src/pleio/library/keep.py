"""A library laid into the data directory, so that search, graph and reviews see it beside what a person keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base.digests import digest, digest_bytes
from ..store import Store
from .opened import Library

if TYPE_CHECKING:
    from ..claims.layers import ClaimStore


def keep(library: Library, store: Store | None = None) -> ClaimStore:
    """Open the kept claims with a library laid under them, anew where its files have changed.

    Raises:
        StoreError: the data directory cannot be written.
    """
    from ..claims.layers import ClaimStore
    from ..claims.tables import LIBRARY

    claims = ClaimStore(store)
    held, current = claims.layer(library.name), digest_of(library)
    if held is None or held.digest != current:
        claims.lay_set(library.name, LIBRARY, library.claims, digest=current)
    return claims


def digest_of(library: Library) -> str:
    """Digest the files that a library's claims, assumptions and references are read from."""
    files = sorted([*library.folder.glob("claims/*.yaml"), *library.folder.glob("*.yaml")])
    return digest({file.name: digest_bytes(file.read_bytes()) for file in files})
