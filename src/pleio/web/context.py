"""What each page shows: typed values that document themselves; templates lay out these fields and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ..artifacts import Activity, Entry, Envelope, Lineage, Version
from ..base.drawing import ARMS
from ..library.content import (
    NOTHING_GIVEN,
    Assumption,
    Audit,
    Claim,
    Contest,
    Edge,
    Evidence,
    Finding,
    Page,
    Pathway,
    Source,
    Study,
    Summary,
)
from .render.text import Section


@dataclass(frozen=True)
class Front:
    """The front page: what pages are about, what studies answer, audits, and how many claims and contests there are."""

    pages: tuple[tuple[Entry, str], ...]
    studies: tuple[tuple[Entry, str], ...]
    audits: tuple[Entry, ...]
    claims: int
    contests: int
    contested: int
    sources: int


@dataclass(frozen=True)
class DrawnFigure:
    """A figure ready to be shown: wide and narrow drawings, and where its specification and data can be had."""

    id: str
    name: str
    title: str
    caption: str
    wide: Markup
    narrow: Markup
    data_address: str


@dataclass(frozen=True)
class StudyPart:
    """A study as shown on its own page or within an article; `worth_rows` are as long as their bars, 0 to 1."""

    study: Study
    id: str
    figures: tuple[DrawnFigure, ...]
    worth_rows: tuple[tuple[str, float, float, float], ...]
    address: str
    lineage: Lineage | None = None
    closer: tuple[DrawnFigure, ...] = ()

    @property
    def endpoints(self) -> dict[str, list[Summary]]:
        """The endpoints by what they are called, in the study's order."""
        groups: dict[str, list[Summary]] = {}
        for summary in self.study.endpoints:
            groups.setdefault(summary.label, []).append(summary)
        return groups

    @property
    def colours(self) -> dict[str, int]:
        """Arm → the number of its colour, as in the study's figures: 0 where nothing is given."""
        giving = [arm.name for arm in self.study.arms if arm.given != NOTHING_GIVEN]
        return {name: 1 + number % len(ARMS) for number, name in enumerate(giving)}

    @property
    def lead(self) -> DrawnFigure | None:
        """The figure that is shown first."""
        return self.figures[0] if self.figures else None

    @property
    def value(self) -> DrawnFigure | None:
        """The figure of what explains most and what is worth testing."""
        return next((figure for figure in self.figures if figure.name.endswith("-value")), None)


@dataclass(frozen=True)
class ContestRow:
    """A contest and its drawing, two-sided; `leading` is its most probable outcome."""

    contest: Contest
    drawing: Markup
    leading: str
    address: str


@dataclass(frozen=True)
class Card:
    """What opens at a claim in the text: its first findings with who says so, and why the belief is what it is."""

    claim: Claim
    findings: tuple[tuple[Evidence, str], ...]
    why: str


@dataclass(frozen=True)
class ArticlePart:
    """A section of the text with what stands beside and under it.

    `claims` are as many of its claims as the margin beside it holds, `more` the others; `contests` those of its
    contests whose evidence disagrees.
    """

    section: Section
    claims: tuple[Claim, ...]
    more: tuple[Claim, ...]
    contests: tuple[ContestRow, ...]


@dataclass(frozen=True)
class NumberedSource:
    """A reference with its number in this article, the claims that rest on it, and whether the text itself cites it."""

    number: int
    source: Source
    claims: tuple[str, ...]
    cited: bool = True


@dataclass(frozen=True)
class Article:
    """The page of an artifact.

    `cards` are the claims that the text names, for the cards that open at them; `contests` those that no section shows;
    `citations` the artifact itself in every format; `embed` the snippet to copy.
    """

    envelope: Envelope
    page: Page
    name: str
    version: int
    lede: Markup
    facts: tuple[tuple[str, Markup, tuple[str, ...]], ...]
    opening: Section | None
    parts: tuple[ArticlePart, ...]
    cards: tuple[Card, ...]
    contests: tuple[ContestRow, ...]
    contested: int
    assumptions: tuple[Assumption, ...]
    studies: tuple[StudyPart, ...]
    pathway: Markup
    pathway_rows: tuple[tuple[str, str, str, Edge], ...]
    pathway_content: Pathway
    sources: tuple[NumberedSource, ...]
    corrections: tuple[Markup, ...]
    claim_count: int
    audit: str
    history: tuple[Version, ...]
    lineage: Lineage
    activity: Activity | None
    citations: Mapping[str, str]
    address: str
    embed: str
    local: bool = True

    @property
    def next_tests(self) -> tuple[StudyPart, ...]:
        return tuple(part for part in self.studies if part.study.next_test)


@dataclass(frozen=True)
class ClaimPage:
    """A claim: the evidence that speaks to it, its contests, its assumptions, and other claims of the same subject."""

    claim: Claim
    evidence: tuple[tuple[Evidence, Source | None, str], ...]
    contests: tuple[ContestRow, ...]
    assumptions: tuple[Assumption, ...]
    related: tuple[Claim, ...]
    articles: tuple[Entry, ...]


@dataclass(frozen=True)
class ContestPage:
    """A contest: both sides drawn and listed, why the belief is what it is, and what would change it."""

    row: ContestRow
    for_it: tuple[tuple[Evidence, Source | None, str], ...]
    against_it: tuple[tuple[Evidence, Source | None, str], ...]
    claims: tuple[Claim, ...]
    assumptions: tuple[Assumption, ...]


@dataclass(frozen=True)
class ClaimList:
    """All claims, filtered: by words, system or entity, or only those contested; `systems` are those that there are."""

    claims: tuple[Claim, ...]
    total: int
    systems: tuple[str, ...]
    words: str
    system: str
    only_contested: bool
    entity: str = ""


@dataclass(frozen=True)
class AuditPage:
    """A document's report card; `marked` is its text with the findings marked."""

    audit: Audit
    name: str
    findings: tuple[Finding, ...]
    marked: Markup
    counts: Mapping[str, int]


@dataclass(frozen=True)
class History:
    """The versions of an artifact, newest first, each with what changed from the one before."""

    name: str
    title: str
    versions: tuple[tuple[Version, tuple[str, ...]], ...]


@dataclass(frozen=True)
class PlainArtifact:
    """An artifact without a page of its own kind: its metadata, its provenance, its content as JSON."""

    envelope: Envelope
    name: str
    lineage: Lineage
    activity: Activity | None
    content: str
    figure: DrawnFigure | None
    citations: Mapping[str, str]
    address: str
