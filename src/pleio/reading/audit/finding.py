"""A finding: one thing that is wrong with a document, where, what would be right, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ERROR, WARNING, INFO = "error", "warning", "info"
SEVERITIES = (ERROR, WARNING, INFO)

KINDS: dict[str, str] = {
    "wrong_ncbi": "NCBI Gene identifiers of another gene",
    "wrong_uniprot": "UniProt accessions of another protein",
    "wrong_omim": "OMIM numbers of another gene",
    "wrong_hgnc": "HGNC numbers of another gene",
    "wrong_ensembl": "Ensembl identifiers of another gene",
    "wrong_location": "chromosome locations of another gene",
    "foreign_alias": "aliases that belong to another gene",
    "drug_as_alias": "medicines listed as gene aliases",
    "length_arithmetic": "lengths and masses that do not add up",
    "citation_without_reference": "citations without a reference",
    "unparsable_citation": "malformed citation marks",
    "retracted_reference": "retracted references",
    "reference_never_cited": "references that are never cited",
    "duplicated_reference": "references listed twice",
    "duplicated_infobox": "infoboxes given twice",
    "duplicated_section": "sections or passages given twice",
    "empty_section": "empty sections",
    "broken_internal_link": "broken links within the site",
    "contradiction": "contradictions",
    "unit_error": "units that disagree",
    "uncited_bullets": "statements without a citation",
    "unsupported_trial_claim": "trials and approvals without a source",
    "unsupported_here": "statements whose nearest evidence is from elsewhere",
    "mixed_modality": "the same claim both hedged and asserted",
    "migration_residue": "metadata left in the page",
    "mojibake": "text decoded with the wrong character set",
    "hidden_character": "invisible direction-changing characters",
}  # the order in which reports show them


@dataclass(frozen=True)
class Edit:
    """A replacement of a range of the source."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Finding:
    """One finding; `edits` is not empty only where the correction is certain."""

    kind: str
    severity: str
    start: int
    end: int
    message: str
    correction: str
    source: str
    quote: str = ""
    section: str = ""
    edits: tuple[Edit, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the finding as one JSON Lines record."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "message": self.message,
            "correction": self.correction,
            "source": self.source,
            "section": self.section,
            "certain": bool(self.edits),
        }
