"""What a run of a study leaves as artifacts: its mechanism and its figures; the same for what ships and for a job."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from ...artifacts import Archive, Envelope, Recording
from ...base.digests import digest
from .. import content

if TYPE_CHECKING:
    from ...studies.result import Result
    from ...studies.value.valuation import Valuation
    from ..question import StudyInLibrary


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


def save_figures(
    archive: Archive, name: str, result: Result, value: Valuation | None, work: Recording
) -> list[Envelope]:
    """Draw a run's figures, wide and narrow, and keep each under the run's name and its own."""
    from ...studies.figures.specs import figures

    made = []
    for figure in figures(result, value):
        drawn = content.Figure(
            f"{name}-{figure.name}", figure.title, figure.caption, figure.description, figure.wide,
            _drawn(figure.wide), _drawn(figure.narrow),
        )  # fmt: skip
        made.append(work.make("figure", f"{result.study.title}: {figure.title}", content.to_json(drawn)))
        archive.save(made[-1], name=f"{name}-{figure.name}".lower())
    return made


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
