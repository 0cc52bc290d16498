"""What published artifacts contain: plain frozen values that go to JSON and come back as they were.

`publish.py` fills them from the library, its beliefs and its studies; the pages only lay them out.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from ..base.errors import Fault

T = TypeVar("T")


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


@dataclass(frozen=True)
class Node:
    """A place in the pathway: in which stage it stands (0 is leftmost), and with which others it belongs together."""

    id: str
    name: str
    stage: int
    kind: str = "signal"  # given, ligand, receptor, complex, signal, effect
    group: str = ""


@dataclass(frozen=True)
class Edge:
    """An influence in the pathway; `effect` is activates, inhibits, contested, mixed, binds or none."""

    source: str
    target: str
    effect: str
    belief: float | None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pathway:
    """The diagram's content, from claims and agents; `stages` head its columns, `caption` says what it shows."""

    stages: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    caption: str = ""


@dataclass(frozen=True)
class Arm:
    name: str
    given: str


@dataclass(frozen=True)
class Summary:
    """An endpoint in an arm: median over worlds of the mean subject, 50 and 90 % of worlds, 90 % of all subjects."""

    arm: str
    endpoint: str
    label: str
    unit: str
    median: float
    low: float
    lower: float
    upper: float
    high: float
    least: float
    most: float


@dataclass(frozen=True)
class Worth:
    """What one uncertain thing explains, and what knowing it would be worth.

    `chance` is the 95th percentile of the worth after permutation: what is not above it is not told from nothing.
    """

    name: str
    label: str
    kind: str
    share: float
    evppi: float
    chance: float
    positive: bool
    address: str = ""


@dataclass(frozen=True)
class Reading:
    """A study under one belief: the same worlds, weighted by it; `told` where enough of them stand behind it."""

    band: str
    answer: str
    decision: str
    endpoints: tuple[Summary, ...]
    effective: float
    told: bool


@dataclass(frozen=True)
class Answering:
    """How subjects' answers to an arm, each against itself in the first, go with what the subjects are.

    `lower` and `upper` are the mean answers of the halves of a world's subjects with less and with more of it; `low`,
    `middle` and `high` are 5, 50 and 95 % over worlds of the difference.
    """

    arm: str
    endpoint: str
    unit: str
    covariate: str
    lower: float
    upper: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Study:
    """What a study asked and found.

    `figures` name its figures in the order in which they are shown, `closer` those that look closer, shown after them;
    `believed_of` says whom its beliefs are about.
    """

    name: str
    title: str
    question: str
    answer: str
    next_test: str
    mechanism: tuple[str, ...]
    arms: tuple[Arm, ...]
    endpoints: tuple[Summary, ...]
    worth: tuple[Worth, ...]
    evpi: float | None
    unit: str
    decision: str
    worlds: int
    subjects: int
    trajectories: int
    failed: int
    seed: int
    band: str
    horizon: str
    figures: tuple[str, ...]
    digest: str = ""
    definition: str = ""  # the study as its author wrote it
    note: str = ""
    readings: tuple[Reading, ...] = ()
    answering: tuple[Answering, ...] = ()
    closer: tuple[str, ...] = ()
    believed_of: str = "people"


@dataclass(frozen=True)
class Figure:
    """A figure with the specification it was drawn from; the specification holds the data.

    `wide` and `narrow` are SVG; `description` says in words what there is to see.
    """

    name: str
    title: str
    caption: str
    description: str
    spec: Mapping[str, Any]
    wide: str
    narrow: str = ""


@dataclass(frozen=True)
class Finding:
    """One finding of an audit, with the span it is about."""

    code: str
    severity: str
    what: str
    help: str
    start: int
    end: int
    quote: str
    line: int = 0


@dataclass(frozen=True)
class Audit:
    """The report card of a document."""

    document: str
    title: str
    digest: str
    text: str
    claims: int
    findings: tuple[Finding, ...]
    checked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """One row of the infobox: Markdown, and the claims that it rests on."""

    label: str
    value: str
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Model:
    """A mechanism as published: its modules, what is in it, the claims it stands on, the sources of its numbers."""

    name: str
    modules: tuple[str, ...]
    species: int
    reactions: int
    parameters: int
    switches: int
    digest: str
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """An artifact's page: its text and the artifacts that it is made of, by id.

    `text` is Markdown with `{claim: id, …}` after the sentences that claims stand behind and `[@key]` for citations;
    `keys` says which source a key means.
    """

    name: str
    title: str
    subject: str
    answer: str
    text: str
    facts: tuple[Fact, ...]
    keys: Mapping[str, str]
    pathway: Pathway
    claim_set: str
    studies: tuple[str, ...]
    figures: tuple[str, ...]
    audit: str = ""
    model: str = ""
    corrections: tuple[str, ...] = ()


def to_json(value: Any) -> Any:
    """Write a content as a JSON value; fields that have their default are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        given = {item.name: getattr(value, item.name) for item in fields(value)}
        return {n: to_json(v) for n, v in given.items() if (n, v) not in _defaults(type(value))}
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    return value


def from_json(kind: type[T], value: Any) -> T:
    """Read a content back.

    Raises:
        Fault: the value is not of this kind; contents are checked against their digest before, so this is our doing.
    """
    try:
        found: T = _read(kind, value)
    except (KeyError, TypeError, ValueError) as fault:
        raise Fault(f"an artifact does not hold a {kind.__name__}: {fault}") from fault
    return found


def _read(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin is tuple:
        return tuple(_read(get_args(kind)[0], item) for item in value)
    if origin in (Union, types.UnionType):
        inner = next(part for part in get_args(kind) if part is not type(None))
        return None if value is None else _read(inner, value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        unknown = set(value) - set(hints)
        if unknown:
            raise ValueError(f"unknown field '{min(unknown)}'")
        return kind(**{name: _read(hints[name], item) for name, item in value.items()})
    return float(value) if kind is float else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _defaults(kind: type) -> list[tuple[str, Any]]:
    return [(item.name, item.default) for item in fields(kind)]
