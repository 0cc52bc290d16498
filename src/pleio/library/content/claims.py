"""What is claimed: claims, the evidence for them, contests, assumptions, sources, as one artifact holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Source:
    """A paper, label or record: its CURIE, the line that cites it, where it can be read, what to know of it.

    `short` is first author and year; `record` what is known of it, for other forms of citation.
    """

    id: str
    text: str
    address: str = ""
    note: str = ""
    short: str = ""
    record: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """One statement or record, and what it weighs in its contest.

    `outcomes` are those it leaves possible.  `weight` is how far it moves the belief, the absolute change in the log
    odds of what it reports; 0 where it has none, and then `silent` says why.
    """

    claim: str
    says: str
    finding: str
    outcomes: tuple[str, ...]
    question: str
    setting: str  # species, cells, agent, dose, duration, group size, as one line
    study: str
    source: str
    trust: str
    modality: str = "asserted"
    secondary: bool = False
    weight: float = 0.0
    silent: str = ""
    laboratory: str = ""


@dataclass(frozen=True)
class Outcome:
    """One way a contest can be true: its probability before and after the evidence."""

    name: str
    prior: float
    belief: float


@dataclass(frozen=True)
class Contest:
    """A question on which claims may differ.

    `claimed` is the outcome that its first claim states: evidence for it stands on the right, against it on the left.
    """

    id: str
    title: str
    question: str
    claimed: str
    outcomes: tuple[Outcome, ...]
    evidence: tuple[Evidence, ...]
    claims: tuple[str, ...]
    assumptions: tuple[str, ...]
    contested: bool
    why: str
    would_change: str = ""
    status: str = ""  # what the belief stands on: evidence, secondary only, used as data, no evidence

    @property
    def has_evidence(self) -> bool:
        return any(item.weight > 0 for item in self.evidence)


@dataclass(frozen=True)
class Claim:
    """A claim: what it says, where it holds, how far it is believed (None: nothing to go by), what speaks to it."""

    id: str
    sentence: str
    subject: str
    subject_name: str
    relation: str
    object: str
    object_name: str
    aspect: str
    context: str
    directness: str
    kind: str
    system: str
    outcome: str
    belief: float | None
    contested: bool
    contests: tuple[str, ...]
    assumptions: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    effect: str = ""
    note: str = ""
    digest: str = ""
    status: str = ""  # of its first contest


@dataclass(frozen=True)
class State:
    name: str
    meaning: str
    effect: str
    prior: float
    belief: float


@dataclass(frozen=True)
class Assumption:
    """A premise shared by many claims, and how far each of its states is believed."""

    id: str
    premise: str
    why: str
    states: tuple[State, ...]
    contests: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClaimSet:
    """All claims of a library with contests, assumptions and sources, as one belief band has them of one species."""

    library: str
    band: str
    claims: tuple[Claim, ...]
    contests: tuple[Contest, ...]
    assumptions: tuple[Assumption, ...]
    sources: tuple[Source, ...]
    digest: str = ""
    species: str = "human"

    def claim(self, id: str) -> Claim | None:
        return next((item for item in self.claims if item.id == id), None)

    def contest(self, id: str) -> Contest | None:
        return next((item for item in self.contests if item.id == id), None)

    def assumption(self, id: str) -> Assumption | None:
        return next((item for item in self.assumptions if item.id == id), None)

    def source(self, id: str) -> Source | None:
        return next((item for item in self.sources if item.id == id), None)
