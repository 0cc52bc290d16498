"""The parts that several pages share: contests as rows, figures, studies, citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...artifacts import Envelope, of_artifact, write_citations
from ...library.content import Claim, ClaimSet, Contest, Evidence, Figure, Source, Study
from ..context import ContestRow, DrawnFigure, StudyPart
from ..reader import Reader
from ..render.evidence import anchor, draw_contest
from ..render.figure import bring_in
from ..render.text import Link

SUFFIXES = {"bib": "bibtex", "ris": "ris", "json": "csl", "cff": "cff", "txt": "text"}


def contest_row(contest: Contest) -> ContestRow:
    """Draw a contest."""
    address = f"/contest/{contest.id}"
    leading = max(contest.outcomes, key=lambda outcome: outcome.belief).name
    return ContestRow(contest, draw_contest(contest, address), leading, address)


def links(claims: Iterable[Claim]) -> dict[str, Link]:
    """Give what the text needs to know of each claim."""
    return {c.id: Link(c.sentence, c.belief, c.outcome, c.contested, f"/claim/{c.id}") for c in claims}


def figure_part(reader: Reader, reference: str, name: str = "") -> DrawnFigure:
    """Bring in the drawings of a published figure."""
    envelope, figure = reader.envelope(reference), reader.content(Figure, reference)
    prefix = f"f{envelope.id[:8]}"
    wide = bring_in(figure.wide, prefix, figure.description)
    narrow = bring_in(figure.narrow, f"{prefix}n", figure.description) if figure.narrow else wide
    address = f"/artifact/{name or envelope.id}.json"
    return DrawnFigure(envelope.id, figure.name, figure.title, figure.caption, wide, narrow, address)


def study_part(reader: Reader, reference: str, *, whole: bool = False) -> StudyPart:
    """Put a study together with its figures and the bars of its worth.

    Args:
        whole: as on a page of its own, also with the figures that look closer and with what it was made from.
    """
    envelope, study = reader.envelope(reference), reader.content(Study, reference)
    most = max((max(row.evppi, row.chance) for row in study.worth), default=0.0) or 1.0
    bars = tuple((row.name, clip(row.share), clip(row.evppi / most), clip(row.chance / most)) for row in study.worth)
    return StudyPart(
        study,
        envelope.id,
        tuple(figure_part(reader, figure) for figure in study.figures),
        bars,
        f"/study/{study.name}",
        reader.archive.lineage(envelope.id) if whole else None,
        tuple(figure_part(reader, figure) for figure in study.closer) if whole else (),
    )


def clip(share: float) -> float:
    return max(0.0, min(1.0, share))


Sided = tuple[Evidence, Source | None, str]


def with_sources(evidence: Iterable[Evidence], claims: ClaimSet) -> tuple[Sided, ...]:
    """Put evidence beside its source and its anchor, the heaviest first."""
    ordered = sorted(evidence, key=lambda item: (-item.weight, item.source))
    return tuple((item, claims.source(item.source), anchor(item)) for item in ordered)


def cited(envelope: Envelope, name: str, version: int, address: str) -> Mapping[str, str]:
    """Cite an artifact in every format."""
    citation = of_artifact(envelope, name=name, version=version, url=address)
    return {suffix: write_citations([citation], format) for suffix, format in SUFFIXES.items()}
