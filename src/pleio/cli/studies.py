"""`pleio study` and `pleio value`: run a study over worlds × subjects × arms, and say what decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from .output import plain, print_json, print_table, say
from .progress import progress

if TYPE_CHECKING:
    from pleio.studies.result import Result

study = typer.Typer(help="Studies: an intervention across the worlds that the evidence allows.", no_args_is_help=True)
NAME = typer.Argument(..., help="A study of the library, or a YAML file.", metavar="STUDY")
WORLDS = typer.Option(None, "--worlds", help="How many worlds; the study's own number by default.")
BELIEF = typer.Option(None, "--belief", help="sceptic, neutral or believer; the study's own by default.")
SEED = typer.Option(None, "--seed", help="The study's own by default.")
CACHE = typer.Option(True, "--cache/--no-cache", help="Take chunks that were computed before.")
THREADS = typer.Option(None, "--threads", help="All cores by default; the numbers do not depend on it.")
LIBRARY = typer.Option("il11", "--library", help="The library that names are looked up in.")
JSON = typer.Option(False, "--json", help="One JSON document on standard output.")


def add_to(app: typer.Typer) -> None:
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
    cache: bool = CACHE,
    threads: int | None = THREADS,
    library: str = LIBRARY,
    json: bool = JSON,
) -> int:
    """Run a study and report its endpoints.  Exit status 1 if a trajectory failed."""
    result = _result(name, library, worlds, belief, seed, cache, threads)
    if json:
        print_json(result.to_json())
    else:
        _print_endpoints(result)
    return 1 if result.failed else 0


def value(
    name: str = NAME,
    worlds: int | None = WORLDS,
    belief: str | None = BELIEF,
    seed: int | None = SEED,
    threads: int | None = THREADS,
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """Say which claims and assumptions explain a study's answer, and which are worth testing."""
    from pleio.library import open as open_library

    result = _result(name, library, worlds, belief, seed, True, threads)
    found = open_library(library).study(name).value(result)
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


def _result(
    name: str, library: str, worlds: int | None, belief: str | None, seed: int | None, cache: bool, threads: int | None
) -> Result:
    from pleio.library import open as open_library
    from pleio.store import cache_folder

    asked = open_library(library).study(name)
    drawn = asked.worlds(worlds, seed=seed, band=belief)
    with progress(f"{name}: {len(drawn)} worlds") as report:
        result: Result = asked.run(drawn, folder=cache_folder("studies"), cache=cache, threads=threads, progress=report)
    return result


def _print_endpoints(result: Result) -> None:
    def interval(pair: Any) -> str:
        return f"{plain(pair[0])} to {plain(pair[1])}" if pair else "all failed"

    rows = [
        (row["arm"], row["endpoint"], row["unit"], row["median"], interval(row["worlds_90"]), interval(row["all_90"]))
        for row in result.summary()
    ]
    print_table(["arm", "endpoint", "unit", "median", "90 % of worlds", "90 % of subjects and worlds"], rows, right=[3])
    for arm, world, subject, reason in result.failed[:20]:
        say(f"failed: {arm}, world {world}, subject {subject}: {reason}")
    typer.echo(f"{result.trajectories} trajectories, {len(result.failed)} failed; digest {result.digest}")
