"""What the tools answer: typed, and with the ids of the claims that stand behind it."""

from __future__ import annotations

from pydantic import BaseModel, Field


class FoundClaim(BaseModel):
    """A claim that was found."""

    id: str
    sentence: str
    snippet: str = Field(description="The matched words stand between ‹ and ›.")
    sources: int = Field(description="How many sources its evidence has.")


class ClaimsFound(BaseModel):
    """Claims, best first."""

    claims: list[FoundClaim]
    more: bool
    claim_ids: list[str]


class Side(BaseModel):
    """One source in a contest: what it reports, how much it weighs, what was found."""

    source: str
    says: str
    outcome: str
    weight: float
    finding: str
    claim_id: str


class ContestExplained(BaseModel):
    """A contest: what may be true, how far each outcome is believed, who says what, why, and what would change it."""

    id: str
    title: str
    question: str
    outcomes: dict[str, float]
    prior: dict[str, float]
    contested: bool
    why: str
    would_change: str
    evidence: list[Side]
    assumptions: list[str]
    claim_ids: list[str]


class Contests(BaseModel):
    """The contests about something, those whose evidence disagrees first."""

    contests: list[ContestExplained]
    more: bool
    claim_ids: list[str]


class EndpointFound(BaseModel):
    """An endpoint in an arm: the median over worlds of the mean subject, and 90 % of worlds."""

    arm: str
    endpoint: str
    label: str = Field(description="What the endpoint is, in words.")
    unit: str
    median: float | None
    worlds_90: tuple[float, float] | None


class ScenarioRun(BaseModel):
    """What a study found in the worlds that were drawn."""

    study: str
    question: str
    worlds: int
    belief: str
    believed_of: str = Field(description="Whom the beliefs are about, such as people.")
    seed: int
    trajectories: int
    failed: int
    digest: str
    endpoints: list[EndpointFound]
    answer: str = Field(description="What the arm does that the study asks about, in a sentence.")
    unmoved: dict[str, list[str]] = Field(
        description="Arm → the endpoints that nothing in the mechanism leads to from it: no change there is no finding."
    )
    limits: list[str] = Field(description="What the numbers do not show, a sentence each; tell it with them.")
    claim_ids: list[str] = Field(description="The claims that the mechanism stands on.")


class Worth(BaseModel):
    """One uncertain thing: what share of the answer's variance it explains, what knowing it would be worth."""

    title: str
    kind: str
    share: float
    worth: float
    worth_testing: bool
    claim_ids: list[str]


class ValueFound(BaseModel):
    """The value of information of a study's decision."""

    study: str
    best: str
    chances: dict[str, float]
    evpi: float
    unit: str
    findings: list[Worth]
    next_test: str
    worlds: int
    claim_ids: list[str]
