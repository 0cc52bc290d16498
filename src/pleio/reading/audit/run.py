"""The audit: every check over one document, findings in the order of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from ..documents.document import Document, as_document
from .aliases import check_aliases
from .characters import check_characters
from .citations import check_citations
from .contradictions import check_contradictions
from .finding import ERROR, Finding
from .identifiers import check_identifiers
from .infoboxes import check_infoboxes
from .lengths import check_lengths
from .links import check_links
from .location import check_location
from .page import Page
from .quantities import check_units
from .sections import check_doubles, check_residue, check_sections, check_titles
from .statements import check_statements
from .uncited import check_trials, check_uncited

CHECKS: tuple[Callable[[Page], Iterator[Finding]], ...] = (
    check_infoboxes,
    check_identifiers,
    check_location,
    check_aliases,
    check_lengths,
    check_citations,
    check_units,
    check_contradictions,
    check_statements,
    check_links,
    check_sections,
    check_titles,
    check_doubles,
    check_uncited,
    check_trials,
    check_residue,
    check_characters,
)

MOST_FINDINGS = 5_000  # of one check; a document with more is not a page but an attack


def audit(document: Document | str | Path | bytes) -> list[Finding]:
    """Check a document; give its findings in the order of the text.

    The checks look tables up and compare the document with itself; none of them asks a network or guesses.

    Args:
        document: the document, or what `open_document` takes.

    Raises:
        DocumentError: it cannot be read.

    Example:
        >>> from pleio.reading import open_document
        >>> page = open_document("IL11 Gene\\n\\nIL11 (gene ID 3609) is a cytokine.\\n".encode())
        >>> [(f.kind, f.quote, f.correction) for f in audit(page)]
        [('wrong_ncbi', '3609', '3589 (NCBI Gene of IL11)')]
    """
    page = Page(as_document(document))
    found = {(f.kind, f.start, f.end, f.message): f for check in CHECKS for f in islice(check(page), MOST_FINDINGS)}
    return sorted(_once(list(found.values())), key=lambda f: (f.start, f.end, f.kind))


def _once(found: list[Finding]) -> Iterator[Finding]:
    """Leave out a contradiction that another check reports of the same place, and as the graver."""
    graver = [f for f in found if f.kind == "contradiction" and f.severity == ERROR]
    for f in found:
        milder = f.kind == "contradiction" and f.severity != ERROR
        if not (milder and any(g.start < f.end and f.start < g.end for g in graver)):
            yield f
