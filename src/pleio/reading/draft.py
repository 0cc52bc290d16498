"""A draft: what a rule read, before it gets its span, context, dose and citations."""

from __future__ import annotations

from dataclasses import dataclass

from .things import Thing


@dataclass(frozen=True)
class Draft:
    """Subject, relation and object as a rule found them, and the rule's id."""

    subject: Thing
    relation: str
    object: Thing
    rule: str
    aspect: str | None = None
    status: str = "asserted"
    modality: str = "asserted"
    system: str = ""
    verb: int = -1  # where the verb stands that it was read from, -1 where there is none
    side: str = ""  # which side of "in A but not in B" it is told of: "holds" or "fails"
