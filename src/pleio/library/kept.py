"""The kept claims with a library under them, so that search, graph and reviews see it beside what a person keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..base.digests import digest, digest_bytes
from ..store import Store
from .opened import Library

if TYPE_CHECKING:
    from ..claims.claim import Claim
    from ..claims.layers import ClaimStore, Laid
    from ..reading.document import Document
    from ..reading.statement import Statement

_MEDIA = {"markdown": "text/markdown", "html": "text/html", "jats": "application/jats+xml"}


def kept_claims(library: Library, store: Store | None = None) -> ClaimStore:
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


def propose(claims: ClaimStore, document: Document, statements: Iterable[Statement]) -> Laid:
    """Keep a document and propose what it says, for a review to accept; its digest names it as the source.

    A statement with an end that is not grounded proposes nothing.

    Raises:
        StoreError: the data directory cannot be written.
    """
    from ..claims.tables import PROPOSAL

    data = document.text.encode("utf-8", "surrogatepass")
    kept = claims.keep_document(data, document.name, _MEDIA.get(document.media, "text/plain"))
    proposed = list(_proposals(statements, kept))
    return claims.lay(f"reading-{kept[:16]}", PROPOSAL, proposed, digest=digest([each.digest for each in proposed]))


def _proposals(statements: Iterable[Statement], document: str) -> Iterator[Claim]:
    from ..base.errors import ClaimError
    from ..claims.lines import claim_from

    for statement in statements:
        try:
            claim = claim_from(_content(statement, document))
        except ClaimError:
            continue  # an end without a CURIE, or a statement that makes no claim
        yield claim.model_copy(update={"id": f"claim-{claim.meaning[:32]}"})


def _content(statement: Statement, document: str) -> dict[str, Any]:
    """Write a statement as a claim with one piece of evidence: what a document says without data of its own."""
    from ..claims.vocabulary import SPECIES

    said = dict(statement.context)
    context = {"species": said.get("species"), "system": said.get("system")}
    if context["species"] not in SPECIES:
        context.pop("species")
    nothing = statement.relation == "no_effect"
    return {
        "id": "proposed",
        "subject": f"{statement.subject_id or ''} {statement.subject}",
        "relation": "regulates" if nothing else statement.relation,
        "object": f"{statement.object_id or ''} {statement.object}",
        "aspect": statement.aspect,
        "value": statement.object if statement.relation == "has_property" else None,
        "context": context,
        "evidence": [
            {
                "says": {"null_result": "null", "refuted": "refutes"}.get(statement.status, "supports"),
                "finding": statement.quote[:4000],
                "source": f"pleio:document/{document}",
                "secondary": True,
                "modality": statement.modality,
                "trust": "file",
            }
        ],
    }
