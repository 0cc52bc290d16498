"""`pleio study` and `pleio value`: run a study over worlds × subjects × arms, and say what decides it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from .output import plain, print_json, print_table, say
from .progress import progress

if TYPE_CHECKING:
    from pleio.inference.worlds import Drawing
    from pleio.library.evidence import Evidence
    from pleio.library.opened import Library
    from pleio.library.question import StudyInLibrary
    from pleio.studies.cluster import Cluster
    from pleio.studies.coverage import Coverage
    from pleio.studies.reduced import Reduced
    from pleio.studies.result import Result
    from pleio.studies.worlds import Worlds

study = typer.Typer(help="Studies: an intervention across the worlds that the evidence allows.", no_args_is_help=True)
NAME = typer.Argument(..., help="A study of the library, or a YAML file.", metavar="STUDY")
WORLDS = typer.Option(None, "--worlds", help="How many worlds; the study's own number by default.")
BELIEF = typer.Option(None, "--belief", help="sceptic, neutral or believer; the study's own by default.")
SEED = typer.Option(None, "--seed", help="The study's own by default.")
CACHE = typer.Option(True, "--cache/--no-cache", help="Take chunks that were computed before.")
WORKERS = typer.Option(None, "--workers", min=1, max=1024, help="Run on so many Dask workers of this machine.")
CLUSTER = typer.Option("", "--cluster", help="Run on the Dask cluster at this address, such as tcp://host:8786.")
EVIDENCE = typer.Option(False, "--evidence", help="Draw worlds given the library's observations that are open to fits.")
THREADS = typer.Option(None, "--threads", help="All cores by default; the numbers do not depend on it.")
SET = typer.Option([], "--set", help="Change the study: cohort.size=8, arm.amount='60 µg/kg'; repeatable.")
AGENT = typer.Option("", "--agent", help="Add an arm: a YAML file of your own antibody, or an agent of the library.")
REGIMEN = typer.Option("", "--regimen", help="What that arm gives: '300 mg q4w', '50 µg/kg qd x14'.")
OUT = typer.Option(None, "--out", help="Also write the result to a file: .zarr, .nc, .parquet or .csv.")
LIBRARY = typer.Option("il11", "--library", help="The library that names are looked up in.")
MOST_KEPT = 4_000_000
"""Trajectories of a study whose endpoints are kept one by one; a larger one is summed up as it runs."""
JSON = typer.Option(False, "--json", help="One JSON document on standard output.")


def add_to(app: typer.Typer) -> None:
    from . import study_runs as study_runs  # its commands join ours

    app.add_typer(study, name="study")
    app.command("value")(value)


@study.command("list")
def list_(library: str = LIBRARY, json: bool = JSON) -> None:
    """List the library's studies."""
    from pleio.library import open as open_library

    opened = open_library(library)
    found = [(name, opened.study(name).stated) for name in opened.studies]
    if json:
        print_json(
            [{"name": name, "title": s.title, "question": s.question, "arms": list(s.arms)} for name, s in found]
        )
        return
    print_table(["name", "question", "arms"], [(name, s.question, ", ".join(s.arms)) for name, s in found])


@study.command("show")
def show(name: str = NAME, library: str = LIBRARY, json: bool = JSON) -> None:
    """Show a study: its question, mechanism, arms, cohort, worlds, endpoints and decision."""
    from pleio.library import open as open_library
    from pleio.studies.study import plain

    stated = plain(open_library(library).study(name).stated)
    if json:
        print_json(stated)
        return
    import yaml

    typer.echo(yaml.safe_dump(stated, sort_keys=False, allow_unicode=True).rstrip())


@study.command("run")
def run(
    name: str = NAME,
    worlds: int | None = WORLDS,
    belief: str | None = BELIEF,
    seed: int | None = SEED,
    set_: list[str] = SET,
    agent: str = AGENT,
    regimen: str = REGIMEN,
    evidence: bool = EVIDENCE,
    cache: bool = CACHE,
    threads: int | None = THREADS,
    workers: int | None = WORKERS,
    cluster: str = CLUSTER,
    out: Path | None = OUT,
    library: str = LIBRARY,
    json: bool = JSON,
) -> int:
    """Run a study and report its endpoints.  Exit status 1 if a trajectory failed."""
    from .coverage import print_coverage

    asked = _asked(name, library, set_, agent, regimen)
    drawing = asked.drawing(worlds, seed=seed, band=belief)
    if len(drawing) * asked.study.cohort.size * len(asked.study.arms) > MOST_KEPT:
        return _reduced(asked, drawing, cache, threads, workers, cluster, json)
    given = _given_observations(asked, worlds, seed, belief, threads) if evidence else None
    drawn = given.worlds if given else asked.worlds(worlds, seed=seed, band=belief)
    with _cluster(workers, cluster) as on:
        result = kept_result(asked, drawn, cache, threads, on)
        covered = _coverage(asked, drawn, cache, threads, on) if asked.added is not None else None
    if out is not None:
        from pleio.formats.table.results import write_result

        write_result(result, out)
        say(f"wrote {out}")
    if json:
        more: dict[str, Any] = {} if asked.added is None else {"agent": [one.to_json() for one in asked.known]}
        more |= {"coverage": covered.to_json()} if covered else {}
        more |= {"evidence": given.to_json()} if given else {}
        print_json({**result.to_json(), **more})
        return 1 if result.failed else 0
    if given:
        _print_shifts(given)
    _print_endpoints(result)
    print_coverage(asked.known, covered)
    return 1 if result.failed else 0


def value(
    name: str = NAME,
    worlds: int | None = WORLDS,
    belief: str | None = BELIEF,
    seed: int | None = SEED,
    set_: list[str] = SET,
    agent: str = AGENT,
    regimen: str = REGIMEN,
    threads: int | None = THREADS,
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """Say which claims and assumptions explain a study's answer, and which are worth testing."""
    asked = _asked(name, library, set_, agent, regimen)
    result = kept_result(asked, asked.worlds(worlds, seed=seed, band=belief), True, threads)
    found = asked.value(result)
    if json:
        print_json(found.to_json())
        return
    chances = ", ".join(f"{arm} {chance:.2f}" for arm, chance in found.chances.items())
    typer.echo(f"best arm: {found.best} (chance that each is best: {chances})")
    typer.echo(f"value of knowing the world: {found.evpi:.4g} {found.unit}")
    rows = [
        (f.title, f.kind, f.share.value, f.worth.value, "yes" if f.worth.is_positive else "")
        for f in found.findings[:20]
    ]
    print_table(["factor", "kind", "share of variance", "value of knowing it", "worth testing"], rows, right=[2, 3])
    typer.echo(found.sentence)


def _asked(name: str, library: str, settings: list[str], agent: str, regimen: str) -> StudyInLibrary:
    from pleio.base.errors import Problem, StudyError
    from pleio.studies.settings import read_settings

    if bool(agent) != bool(regimen):
        missing, help = ("--regimen", "--regimen '300 mg q4w'") if agent else ("--agent", "--agent mine.yaml")
        what = "an arm without a regimen" if agent else "a regimen without an agent"
        raise StudyError(missing, Problem("", what, f"add {help}"))
    asked: StudyInLibrary = opened(library).study(name, read_settings(settings))
    return asked.giving(agent, regimen) if agent else asked


def opened(name: str) -> Library:
    """Open a library with the claims that are kept beside it; where nothing was ever kept, the library alone."""
    from pleio.library import open as open_library
    from pleio.store.home import DATABASE, folder

    found: Library = open_library(name)
    if not (folder() / DATABASE).exists():
        return found
    from pleio.library.kept import joined

    return joined(found)


def _given_observations(
    asked: StudyInLibrary, worlds: int | None, seed: int | None, belief: str | None, threads: int | None
) -> Evidence:
    from pleio.library.evidence import weigh_by_observations

    with progress(f"{asked.name}: what the observations say") as report:

        def tell(stage: int, degree: float) -> None:
            report(int(100 * degree), 100)

        return weigh_by_observations(asked, count=worlds, seed=seed, band=belief, threads=threads, progress=tell)


def _print_shifts(given: Evidence) -> None:
    def spelt(chances: Mapping[str, float]) -> str:
        return ", ".join(f"{name.replace('_', ' ')} {chance:.2f}" for name, chance in chances.items())

    rows = [(shift.title, spelt(shift.before), spelt(shift.after)) for shift in given.shifts]
    print_table(["belief in", "before the observations", "given them"], rows)
    say(f"{len(given.rows)} observations; {len(given.worlds)} distinct worlds, worth {given.found.effective:.0f}")


@contextmanager
def _cluster(workers: int | None, address: str) -> Iterator[Cluster | None]:
    if workers is None and not address:
        yield None
        return
    from pleio.studies.cluster import Cluster

    with Cluster(workers=workers, address=address) as cluster:
        yield cluster


def kept_result(
    asked: StudyInLibrary, worlds: Worlds, cache: bool, threads: int | None, cluster: Cluster | None = None
) -> Result:
    """Run a study with what was computed before, and keep the run."""
    from pleio.library.runs import keep_run
    from pleio.store import cache_folder

    options: dict[str, Any] = {"cache": cache, "threads": threads, "cluster": cluster}
    with progress(f"{asked.name}: {len(worlds)} worlds") as report:
        result = asked.run(worlds, folder=cache_folder("studies"), progress=report, **options)
    keep_run(asked, result, cache_folder("runs"))
    return result


def _reduced(
    asked: StudyInLibrary,
    drawing: Drawing,
    cache: bool,
    threads: int | None,
    workers: int | None,
    address: str,
    json: bool,
) -> int:
    say(f"over {MOST_KEPT:,} trajectories: summed up as they arrive, and no single one is kept")
    with _cluster(workers, address) as on, progress(f"{asked.name}: {len(drawing):,} worlds") as report:
        found = asked.run_reduced(drawing, cache=cache, threads=threads, cluster=on, progress=report)
    if json:
        print_json(found.to_json())
    else:
        _print_endpoints(found)
    return 1 if found.failures else 0


def _coverage(
    asked: StudyInLibrary, worlds: Worlds, cache: bool, threads: int | None, cluster: Cluster | None
) -> Coverage | None:
    from pleio.store import cache_folder

    options: dict[str, Any] = {"cache": cache, "threads": threads, "cluster": cluster}
    with progress(f"{asked.name}: coverage at nine doses") as report:
        return asked.coverage(worlds, folder=cache_folder("studies"), progress=report, **options)


def _print_endpoints(result: Result | Reduced) -> None:
    def interval(pair: Any) -> str:
        return f"{plain(pair[0])} to {plain(pair[1])}" if pair else "all failed"

    rows = [
        (row["arm"], row["endpoint"], row["unit"], row["median"], interval(row["worlds_90"]), interval(row["all_90"]))
        for row in result.summary()
    ]
    print_table(["arm", "endpoint", "unit", "median", "90 % of worlds", "90 % of subjects and worlds"], rows, right=[3])
    for arm, world, subject, reason in result.failed[:20]:
        say(f"failed: {arm}, world {world}, subject {subject}: {reason}")
    if result.note:
        typer.echo(result.note)
        plainly = [(row["arm"], row["endpoint"], row["unit"], row["median"]) for row in result.unweighted()]
        print_table(["unweighted: arm", "endpoint", "unit", "median"], plainly, right=[3])
    typer.echo(f"{result.trajectories} trajectories, {len(result.failed)} failed; digest {result.digest}")
