"""What a document says, as claims for a review to accept: dose, duration, cell and citations come along.

A statement of a document has no data of its own, so its evidence is secondary and counts through what it cites.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ...base.errors import ClaimError

if TYPE_CHECKING:
    from ...claims.claim import Claim
    from ...claims.reference import Reference
    from ...reading.documents.document import Document
    from ...reading.statement import Statement

_PMID = re.compile(r"\bPMID:?\s?(\d{1,8})\b|pubmed(?:\.ncbi\.nlm\.nih\.gov|/)/?(\d{1,8})", re.I)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s<>\"\])]+[^\s<>\"\]).,;])")
_PLACES = {"cell_type": ("cell",), "tissue": ("tissue",), "disease": ("disease",)}
_REMOVED = {"knockout": "knock-out", "knock-out": "knock-out", "sirna": "siRNA", "knockdown": "siRNA"}


def proposals_of(
    document: Document, statements: Iterable[Statement], kept: str
) -> tuple[list[Claim], tuple[Reference, ...]]:
    """Write statements as claims, and give the references that they cite.

    Args:
        kept: the digest under which the document is kept; it becomes the source.
    """
    from ...claims.tables.lines import claim_from

    cited = references_of(document, kept)
    proposed: list[Claim] = []
    for statement in statements:
        try:
            claim = claim_from(_content(statement, kept, cited))
        except ClaimError:
            continue  # an end without a CURIE, or a statement that makes no claim
        proposed.append(claim.model_copy(update={"id": f"claim-{claim.meaning[:32]}"}))
    used = {curie for claim in proposed for item in claim.evidence for curie in item.cites}
    found = {reference.curie: reference for reference in cited.values() if reference.curie in used}
    return proposed, tuple(found[curie] for curie in sorted(found))


def references_of(document: Document, kept: str) -> Mapping[str, Reference]:
    """Give what each citation key of a document stands for, by its own list of references.

    The CURIE is that of the PubMed id or DOI that an entry shows, else one of pleio's own, with the entry as title.
    """
    from ...claims.reference import Reference
    from ...reading.documents.page import Page

    found: dict[str, Reference] = {}
    for number, entry in enumerate(Page(document).outline.references, start=1):
        text = entry.text.strip(" :\n")[:4000]
        if not text:
            continue
        pmid, doi = _PMID.search(text), _DOI.search(text)
        key = entry.key or str(number)
        curie = f"pleio:document/{kept[:32]}/reference-{re.sub(r'[^a-z0-9_.-]+', '-', key.lower())}"
        content: dict[str, Any] = {"title": text, "trust": "file"}
        if pmid:
            curie, content["pmid"] = f"pubmed:{pmid[1] or pmid[2]}", pmid[1] or pmid[2]
        elif doi:
            curie, content["doi"] = f"doi:{doi[1]}", doi[1]
        found[key] = Reference(curie=curie, **content)
    return found


def _content(statement: Statement, document: str, cited: Mapping[str, Reference]) -> dict[str, Any]:
    """Write a statement as a claim with one piece of evidence, which belief weighs by the rule that read it."""
    from ...reading.right import read_right

    nothing = statement.relation == "no_effect"
    known = [key for key in statement.citations if key in cited]
    unknown = [key for key in statement.citations if key not in cited]
    evidence = {
        "says": {"null_result": "null", "refuted": "refutes"}.get(statement.status, "supports"),
        "finding": statement.quote[:4000],
        "source": f"pleio:document/{document}",
        "secondary": True,
        "modality": statement.modality,
        "trust": "file",
        "read_right": round(read_right(statement.rule), 2),
        "perturbation": _perturbation(statement),
        "cites": sorted({cited[key].curie for key in known}),
    }
    return {
        "id": "proposed",
        "subject": f"{statement.subject_id or ''} {statement.subject}",
        "relation": "regulates" if nothing else statement.relation,
        "object": f"{statement.object_id or ''} {statement.object}",
        "aspect": statement.aspect,
        "value": statement.object if statement.relation == "has_property" else None,
        "context": _context(statement),
        "note": f"cites {', '.join(unknown)}, which its document does not list" if unknown else None,
        "evidence": [evidence],
    }


def _perturbation(statement: Statement) -> dict[str, str] | None:
    """Say what was given or taken away, where the statement says so: a dose is given, a knock-out takes away."""
    system = dict(statement.context).get("system", "").lower()
    removed = next((form for word, form in _REMOVED.items() if word in system), None)
    if removed is None and not (statement.dose or statement.duration):
        return None
    found = {"agent": statement.subject, "form": removed or "added"}
    if statement.dose:
        found["dose"] = statement.dose
    if statement.duration:
        found["duration"] = statement.duration
    return found


def _context(statement: Statement) -> dict[str, str]:
    """Keep the species and setting, and the cell, tissue and disease that the vocabulary has a CURIE for."""
    from ...claims.vocabulary import SPECIES
    from ...reading.names.keys import key_of, singular
    from ...reading.vocabulary import names

    said = dict(statement.context)
    context = {"system": said["system"]} if said.get("system") else {}
    taxa = {name.curie for name in names(key_of(said.get("species", ""))) if name.category == "species"}
    for word in (word for word, curie in SPECIES.items() if curie in taxa):
        context["species"] = word
    for part, categories in _PLACES.items():
        key = key_of(said.get(part, ""))
        meant = [name for name in (*names(key), *names(singular(key))) if name.category in categories and name.curie]
        if key and meant:
            context[part] = f"{meant[0].curie} {meant[0].label}"
    return context
