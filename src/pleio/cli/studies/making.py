"""Making the runs that the commands about studies speak of: the study as asked, its workers, its result."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..progress import progress

if TYPE_CHECKING:
    from pleio.library.opened import Library
    from pleio.library.question import StudyInLibrary
    from pleio.library.validation.evidence import Evidence
    from pleio.studies.regimens.coverage import Coverage
    from pleio.studies.result import Result
    from pleio.studies.running.cluster import Cluster
    from pleio.studies.worlds import Worlds


def asked_for(name: str, library: str, settings: list[str], agent: str, regimen: str, onto: str = "") -> StudyInLibrary:
    """Find a study, with what is set otherwise and the arm that is added.

    Args:
        name: of a study of the library, or its file.
        agent, regimen, onto: of that arm; none where all are empty.
    Raises:
        StudyError: an arm is told by halves, or anything in it is wrong.
    """
    from pleio.base.errors import Problem, StudyError
    from pleio.studies.settings import read_settings

    if bool(agent) != bool(regimen):
        missing, help = ("--regimen", "--regimen '300 mg q4w'") if agent else ("--agent", "--agent mine.yaml")
        what = "an arm without a regimen" if agent else "a regimen without an agent"
        raise StudyError(missing, Problem("", what, f"add {help}"))
    if onto and not agent:
        raise StudyError("--onto", Problem("", "an arm without an agent", "add --agent and --regimen"))
    asked: StudyInLibrary = opened(library).study(name, read_settings(settings))
    return asked.giving(agent, regimen, onto) if agent else asked


def opened(name: str) -> Library:
    """Open a library with the claims that are kept beside it; where nothing was ever kept, the library alone."""
    from pleio.library import open as open_library
    from pleio.store.home import DATABASE, folder

    found: Library = open_library(name)
    if not (folder() / DATABASE).exists():
        return found
    from pleio.library.keeping.kept import joined

    return joined(found)


def given_observations(
    asked: StudyInLibrary, worlds: int | None, seed: int | None, belief: str | None, threads: int | None
) -> Evidence:
    """Draw worlds given the library's observations.

    Raises:
        StudyError: the study's worlds are quasi-random.
    """
    from pleio.base.errors import Problem, StudyError
    from pleio.library.validation.evidence import weigh_by_observations

    if asked.study.worlds.net is not None:
        what = "is quasi-random, and worlds given observations are drawn by weight, so they cannot be spread evenly"
        raise StudyError("--evidence", Problem("worlds.draws", what, "add --set worlds.draws=random"))
    with progress(f"{asked.name}: what the observations say") as report:

        def tell(stage: int, degree: float) -> None:
            report(int(100 * degree), 100)

        return weigh_by_observations(asked, count=worlds, seed=seed, band=belief, threads=threads, progress=tell)


@contextmanager
def on_cluster(workers: int | None, address: str) -> Iterator[Cluster | None]:
    """Start or find Dask workers, where any are asked for."""
    if workers is None and not address:
        yield None
        return
    from pleio.studies.running.cluster import Cluster

    with Cluster(workers=workers, address=address) as cluster:
        yield cluster


def kept_result(
    asked: StudyInLibrary, worlds: Worlds, cache: bool, threads: int | None, cluster: Cluster | None = None
) -> Result:
    """Run a study with what was computed before, and keep the run."""
    from pleio.library.results.runs import keep_run
    from pleio.store.home import cache_folder, runs_folder

    options: dict[str, Any] = {"cache": cache, "threads": threads, "cluster": cluster}
    with progress(f"{asked.name}: {len(worlds)} worlds") as report:
        result = asked.run(worlds, folder=cache_folder("studies"), progress=report, **options)
    keep_run(asked, result, runs_folder())
    return result


def kept_coverage(
    asked: StudyInLibrary, worlds: Worlds, cache: bool, threads: int | None, cluster: Cluster | None
) -> Coverage | None:
    """Say what the added regimen covers."""
    from pleio.store import cache_folder

    options: dict[str, Any] = {"cache": cache, "threads": threads, "cluster": cluster}
    with progress(f"{asked.name}: coverage at nine doses") as report:
        return asked.coverage(worlds, folder=cache_folder("studies"), progress=report, **options)
