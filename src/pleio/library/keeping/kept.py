"""The kept claims with a library under them, so that all who look see it beside what a person keeps.

`kept_claims` is the store that commands search and review; `joined` is the library with every accepted claim in it, for
studies and pages; `change_of` says what a layer changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...base.digests import digest, digest_bytes
from ...store import Store
from ..opened import Library

if TYPE_CHECKING:
    from ...claims.tables.layers import ClaimStore, Laid
    from ...claims.tables.review import Change
    from ...reading.documents.document import Document
    from ...reading.statement import Statement

_MEDIA = {"markdown": "text/markdown", "html": "text/html", "jats": "application/jats+xml"}


def kept_claims(library: Library, store: Store | None = None) -> ClaimStore:
    """Open the kept claims with a library laid under them, anew where its files have changed.

    Raises:
        StoreError: the data directory cannot be written.
    """
    from ...claims.tables.layers import ClaimStore
    from ...claims.tables.schema import LIBRARY

    claims = ClaimStore(store)
    held, current = claims.layer(library.name), digest_of(library)
    if held is None or held.digest != current:
        claims.lay_set(library.name, LIBRARY, library.claims, digest=current)
    return claims


def joined(
    library: Library, claims: ClaimStore | None = None, *, private: bool = True, without: Collection[str] = ()
) -> Library:
    """Give the library as reviews and the layers kept beside it make it: the same files, all accepted claims.

    Where nothing is kept beside the library it is the library itself, with what it has worked out already.

    Args:
        claims: from `kept_claims`; opened where not given.
        private: also claims of private layers.  What is published or exported leaves them out.
        without: names of layers to leave out, as if they had never been laid.

    Raises:
        ClaimError: more claims are coupled by assumptions than can be weighed together.
        StoreError: the data directory cannot be written.

    Example:
        >>> import pleio, pleio.library.keeping.kept as kept          # doctest: +SKIP
        >>> mine = kept.joined(pleio.open("il11"))            # doctest: +SKIP
        >>> mine.study("oprelvekin-platelets").run()          # doctest: +SKIP
    """
    from ...claims.tables.joined import joined as join
    from ...claims.tables.review import reviews

    claims = claims or kept_claims(library)
    others = [layer for layer in claims.layers() if layer.name != library.name]
    others = [layer for layer in others if layer.name not in without and (private or layer.kind != "private")]
    if not others and not reviews(claims):
        return library
    return library.with_claims(join(claims, private=private, without=without))


@dataclass(frozen=True)
class LayerChange:
    """What a layer changed: the library without it and with it, and each belief that moved, the most first.

    A study run on `before` and on `after` shows which actions and experiments it changes:
    `change.before.study(name).run()` and `change.after.study(name).run()`, with the same seed and so the same draws.
    """

    layer: str
    before: Library
    after: Library
    beliefs: tuple[Change, ...]


def change_of(library: Library, claims: ClaimStore, layer: str, *, band: str = "neutral") -> LayerChange:
    """Say what a layer changed, by weighing all claims without it and with it.

    Args:
        claims: from `kept_claims`.
        layer: the name that `claims add` or `import` gave it.

    Raises:
        ClaimError: there is no such layer.
    """
    from ...base.errors import ClaimError, Problem, nearest
    from ...claims.tables.review import changes

    names = [each.name for each in claims.layers()]
    if layer not in names:
        raise ClaimError(f"layer '{layer}'", Problem("", "does not exist", nearest(layer, names)))
    before, after = joined(library, claims, without=(layer,)), joined(library, claims)
    return LayerChange(layer, before, after, changes(before.belief(band), after.belief(band)))


def digest_of(library: Library) -> str:
    """Digest the files that a library's claims, assumptions and references are read from."""
    files = sorted([*library.folder.glob("claims/*.yaml"), *library.folder.glob("*.yaml")])
    return digest({file.name: digest_bytes(file.read_bytes()) for file in files})


def propose(claims: ClaimStore, document: Document, statements: Iterable[Statement]) -> Laid:
    """Keep a document and propose what it says, for a review to accept; its digest names it as the source.

    Dose, duration and citations come along; see `proposing`.  A statement with an end that is not grounded proposes
    nothing.

    Raises:
        StoreError: the data directory cannot be written.
    """
    from ...claims.tables.schema import PROPOSAL
    from .proposing import proposals_of

    data = document.text.encode("utf-8", "surrogatepass")
    kept = claims.keep_document(data, document.name, _MEDIA.get(document.media, "text/plain"))
    proposed, cited = proposals_of(document, statements, kept)
    name, made = f"reading-{kept[:16]}", digest([each.digest for each in proposed])
    known = claims.cited(without=name)  # a source that is described already keeps its description
    new = [reference for reference in cited if reference.curie not in known]
    return claims.lay(name, PROPOSAL, proposed, digest=made, references=new)
