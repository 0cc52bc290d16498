"""What answers look like: errors, pages of lists, and the values in them."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")


class Shape(BaseModel):
    """A JSON object whose fields are all known."""

    model_config = ConfigDict(extra="forbid")


class Wrong(Shape):
    """One thing that is wrong: where it is, what it is, and what would help."""

    where: str
    what: str
    help: str


class ErrorBody(Wrong):
    """What is wrong first, and what else is wrong with the same input."""

    status: int
    more: list[Wrong]


class Error(Shape):
    """The one shape of an error."""

    error: ErrorBody


class Page(Shape, Generic[T]):
    """One page of a list."""

    items: list[T]
    next: str | None = Field(description="The cursor of the following page; null on the last.")
    total: int | None = Field(default=None, description="How many there are in all, where that is known.")


Object = dict[str, Any]


class Hit(Shape):
    """A claim that was found; `snippet` has the matched words between ‹ and ›."""

    digest: str
    id: str
    sentence: str
    snippet: str
    state: str
    sources: int


class Neighbour(Shape):
    """An entity that claims join to another."""

    curie: str
    name: str
    relation: str
    direction: str = Field(description="out: the other is the object; in: it is the subject")
    claims: int


class Step(Shape):
    """One step of a path: the sign taken, the contest that gives it most belief, and the claims that say so."""

    subject: str
    object: str
    sign: int
    belief: float
    contest: str
    title: str
    claims: list[str]


class GraphPath(Shape):
    """A signed path between two entities, with the product of its beliefs."""

    sign: int
    belief: float
    steps: list[Step]


class GraphPaths(Shape):
    """Paths, most believed first."""

    paths: list[GraphPath]
    complete: bool


class Finding(Shape):
    """One thing that is wrong with a document."""

    kind: str
    severity: str
    start: int
    end: int
    line: int
    quote: str
    message: str
    correction: str
    source: str
    section: str
    certain: bool


class Audit(Shape):
    """The report card of a document."""

    name: str
    digest: str
    findings: list[Finding]
    statements: list[Object]


class Proposed(Shape):
    """What was laid as proposals."""

    layer: str
    claims: int


class Reading(Shape):
    """What a document says: statements with exact spans, as `pleio read --json` writes them."""

    name: str
    digest: str
    statements: list[Object]
    proposed: Proposed | None = None


class Model(Shape):
    """A module of the library."""

    name: str
    title: str
    species: int
    reactions: int
    parameters: int
    switches: int


class Run(Shape):
    """A simulation: `concentrations[member][time][species]`; null where a trajectory failed.

    Of a species whose name stands for an amount in the model's formulas it is the amount; `units` says so.
    """

    model: str
    time: list[float]
    time_unit: str
    species: list[str]
    units: list[str] | None
    concentrations: list[list[list[float | None]]]
    status: list[str]


class StudyLine(Shape):
    """A study of the library; `result` names the published result of it, if there is one."""

    name: str
    title: str
    question: str
    arms: list[str]
    result: str | None


class JobShape(Shape):
    """A job."""

    number: int
    id: str
    request: Object
    title: str
    who: str
    state: str
    stage: str
    done: int
    total: int
    attempt: int
    revision: int
    created: str
    started: str | None
    ended: str | None
    result: str
    problems: list[Wrong]


class EntryShape(Shape):
    """An artifact in a list."""

    id: str
    type: str
    title: str
    created: str
    name: str
    version: int


class VersionShape(Shape):
    """One version of a named artifact."""

    name: str
    number: int
    id: str
    saved: str


class LineageShape(Shape):
    """What an artifact was made from, and what was made from it."""

    made_from: list[EntryShape]
    used_in: list[EntryShape]


class Altered(Shape):
    """What a verification found."""

    whole: bool
    artifacts: int
    blobs: int
    problems: list[Wrong]


class FoundShape(Shape):
    """One thing that a search over everything found."""

    kind: str
    title: str
    address: str
    snippet: str


class ReviewShape(Shape):
    """One decision about a claim."""

    number: int
    claim: str
    id: str
    decision: str
    replacement: str | None
    undoes: int | None
    who: str
    why: str
    decided: str


class ProposalShape(Shape):
    """A claim that waits for a decision, and the layers that propose it."""

    digest: str
    claim: Object
    layers: list[str]
