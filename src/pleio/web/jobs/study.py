"""A study run as a job: run, valued, drawn and saved as artifacts under a name of the run's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...artifacts import Archive, Envelope, recording, seal
from ...library import content
from ...library.opened import open as open_library
from ...library.publishing.made import claims_of, model_of, save_figures
from ...library.publishing.studies import published_study, value_of
from ...library.question import StudyInLibrary
from ...store import cache_folder
from .asking import asked_of, refuse_too_large

if TYPE_CHECKING:
    pass

Stage = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]


def run_study(id: str, request: Mapping[str, Any], stage: Stage) -> str:
    """Run a study and keep its result; give the result's name.

    Args:
        id: the job's.
        request: `library`, `study` or `definition`, and where given `worlds`, `seed` and `belief`.

    Raises:
        InputError: the study does not exist, is malformed, or does not fit its mechanism.
        StoreError: the data directory cannot be written.
    """
    library = open_library(request["library"])
    asked = asked_of(library, request.get("study", ""), request.get("definition", ""))
    name: str = f"{asked.name}-run-{id[:8]}".lower()
    archive = Archive()
    with stage("assembling the mechanism"):
        worlds = request.get("worlds") or asked.study.worlds.count
        refuse_too_large(asked, worlds)
        drawn = asked.worlds(worlds, seed=request.get("seed"), band=request.get("belief"))
        definition = request.get("definition") or _file(asked)
    parameters = {"worlds": len(drawn), "band": drawn.band, "job": id}
    with recording("run the study", seed=drawn.seed, parameters=parameters) as work:
        stated = work.make("study", asked.study.title, {"name": asked.name, "definition": definition})
        archive.save(stated)
        work.use("study", stated)
        for role, envelope in (("claims", claims_of(asked, drawn.band)), ("mechanism", _mechanism(asked))):
            archive.save(envelope)
            work.use(role, envelope)
        with stage(f"running {len(drawn):,} worlds") as report:
            result = asked.run(drawn, folder=cache_folder("studies"), progress=report)
        with stage("valuing and drawing"):
            value, note = value_of(asked, result)
            drawings = save_figures(archive, name, asked, result, value, work)
            published = published_study(asked, result, value, note, definition)
            found = replace(drawings.named_in(published), name=name)
            archive.save(
                work.make("result", _title(asked, found), content.to_json(found)), name=name, activity=work.finish()
            )
    return name


def _mechanism(asked: StudyInLibrary) -> Envelope:
    return seal("model", f"Mechanism of {asked.study.title}", content.to_json(model_of(asked)))


def _title(asked: StudyInLibrary, found: content.Study) -> str:
    return f"{asked.study.title} ({found.worlds:,} worlds, seed {found.seed}, {found.band})"


def _file(asked: StudyInLibrary) -> str:
    file = asked.library.folder / "studies" / f"{asked.name}.yaml"
    return file.read_text(encoding="utf-8")
