"""A statement: what one reader says that one span of a document claims, in the words of the exchange format.

A statement is not yet evidence: the claims layer decides what it supports.  `read --json` writes these as JSON Lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .right import read_right

RELATIONS = (
    "increases", "decreases", "no_effect", "regulates", "binds", "part_of", "member_of", "expressed_in", "secreted_by",
    "has_identifier", "has_property", "associated_with", "treats", "causes_adverse_event", "under_investigation_for",
)  # fmt: skip
ASPECTS = ("mRNA", "protein", "secretion", "phosphorylation", "activity", "abundance", "process")
STATUSES = ("asserted", "null_result", "refuted")
MODALITIES = ("asserted", "hedged", "speculative")


@dataclass(frozen=True)
class Statement:
    """One statement with its exact span and the rule that read it."""

    doc: str
    start: int
    end: int
    quote: str
    subject: str
    subject_id: str | None
    relation: str
    object: str
    object_id: str | None
    aspect: str | None = None
    status: str = "asserted"
    modality: str = "asserted"
    context: tuple[tuple[str, str], ...] = ()
    dose: str | None = None
    duration: str | None = None
    citations: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    rule: str = field(default="", compare=False)

    def to_json(self) -> dict[str, Any]:
        """Give the statement as one JSON Lines record."""
        return {
            "doc": self.doc,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "subject": self.subject,
            "subject_id": self.subject_id,
            "relation": self.relation,
            "object": self.object,
            "object_id": self.object_id,
            "aspect": self.aspect,
            "status": self.status,
            "modality": self.modality,
            "context": dict(self.context),
            "dose": self.dose,
            "duration": self.duration,
            "citations": list(self.citations),
            "heading": list(self.heading),
            "rule": self.rule,
            "read_right": round(read_right(self.rule), 3),
        }
