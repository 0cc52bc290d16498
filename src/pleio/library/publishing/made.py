"""What a run of a study leaves as artifacts: its mechanism and its figures; the same for what ships and for a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from ...artifacts import Archive, Envelope, Recording, seal
from ...base.digests import digest
from .. import content
from .claims import claim_set

if TYPE_CHECKING:
    from ...studies.figures.form import Figure
    from ...studies.result import Result
    from ...studies.value.valuation import Valuation
    from ..question import StudyInLibrary

PAGE_LINES = 20
"""Single worlds that a figure on a page draws: more would weigh more than the rest of the page."""


def model_of(asked: StudyInLibrary) -> content.Model:
    """Say what is in a study's mechanism, the claims it stands on and the sources of its numbers."""
    assembled = asked.assembled
    network = assembled.network
    return content.Model(
        asked.name,
        assembled.modules,
        len(network.species),
        len(network.reactions),
        len(network.parameters),
        len(assembled.switches),
        network.digest,
        tuple(sorted({id for ids in assembled.claims.values() for id in ids})),
        tuple(sorted({prior.source for prior in assembled.priors.values() if prior.source})),
    )


def claims_of(asked: StudyInLibrary, band: str) -> Envelope:
    """Give the claims under the belief that a study's worlds are drawn from, which is that of its species."""
    library = asked.library
    claims = claim_set(library.name, asked.beliefs(band), library.references)
    about = "" if asked.believed_of == "people" else f", about {asked.believed_of}"
    return seal("claim_set", f"Claims of {library.name} ({band}{about})", content.to_json(claims))


@dataclass(frozen=True)
class Saved:
    """The figures of a run as artifacts: those that are shown first, and those that look closer."""

    figures: tuple[Envelope, ...]
    closer: tuple[Envelope, ...]

    def named_in(self, study: content.Study) -> content.Study:
        """Name the figures in what is published of the study."""
        first, closer = (tuple(one.id for one in some) for some in (self.figures, self.closer))
        return replace(study, figures=first, closer=closer)


def save_figures(
    archive: Archive, name: str, asked: StudyInLibrary, result: Result, value: Valuation | None, work: Recording
) -> Saved:
    """Draw a run's figures, wide and narrow, and keep each under the run's name and its own."""
    from ...studies.figures.specs import figures, look_closer
    from ..validation.observed import seen_in_library

    def save(figure: Figure) -> Envelope:
        drawn = content.Figure(
            f"{name}-{figure.name}", figure.title, figure.caption, figure.description, figure.wide,
            _drawn(figure.wide), _drawn(figure.narrow),
        )  # fmt: skip
        made = work.make("figure", f"{result.study.title}: {figure.title}", content.to_json(drawn))
        archive.save(made, name=f"{name}-{figure.name}".lower())
        return made

    seen = seen_in_library(asked, result)
    return Saved(
        tuple(map(save, figures(result, value))),
        tuple(map(save, look_closer(result, value, seen=seen, lines=PAGE_LINES))),
    )


def _drawn(spec: Mapping[str, Any]) -> str:
    """Draw a specification, or take the drawing made of it before."""
    from ...store import cache_folder, write_file
    from ...studies.figures.specs import draw

    kept = cache_folder("figures") / f"{digest(spec)}-{version('vl-convert-python')}.svg"
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    drawing = draw(dict(spec))
    write_file(kept, drawing.encode())
    return drawing
