"""`pleio study runs|compare|report`: the runs that were made, two of them side by side, and one as a memo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ..output import plain, print_json, print_table, say
from ..progress import progress
from .making import asked_for, kept_result, opened
from .options import AGENT, BELIEF, CACHE, JSON, LIBRARY, NAME, ONTO, REGIMEN, SEED, SET, THREADS, WORLDS

if TYPE_CHECKING:
    from pleio.library.question import StudyInLibrary
    from pleio.library.results.comparing import Answer, Comparison
    from pleio.library.results.runs import KeptRun
    from pleio.studies.result import Result
    from pleio.studies.value.exchanging import Shares

REPORT_WORLDS = 256
"""Worlds of each run that the Sobol' shares of a report take."""
TARGET = typer.Option([], "--target", help="What an effect should exceed: 'platelet_rise > 0.5'; repeatable.")
OUT = typer.Option(None, "--out", help="Where it is written: .html, .md, or a folder for both; here by default.")
SHARES = typer.Option(True, "--sobol/--no-sobol", help="Also first-order and total Sobol' shares, from further runs.")
MEMO = typer.Option(False, "--memo", help="Write it as a memo of two pages, HTML and Markdown.")
AGAIN = typer.Option([], "--set", help="Change the second study before it is run; repeatable.")
AGENT_THEN = typer.Option("", "--agent", help="Add an arm to the second study: a YAML file of your own, or an agent.")


def add_to(study: typer.Typer) -> None:
    for name, command in (("runs", runs), ("compare", compare), ("report", report)):
        study.command(name)(command)


def runs(library: str = LIBRARY, json: bool = JSON) -> None:
    """List the runs that were made, the latest first."""
    from pleio.library.results.runs import SHOWN
    from pleio.library.results.runs import runs as kept
    from pleio.store.home import runs_folder

    found = kept(opened(library), runs_folder())
    if json:
        print_json(
            [{"id": r.id, "study": r.name, "made": r.made, "digest": r.digest, "current": r.is_current} for r in found]
        )
        return
    rows = [(r.id[:SHOWN], r.name, r.made, len(r.result.worlds), "" if r.is_current else "changed") for r in found]
    print_table(["run", "study", "made", "worlds", "mechanism since"], rows, right=[3])


def compare(
    before: str = typer.Argument(..., help="A run ('pleio study runs'), or a study: its latest run, or a new one."),
    after: str = typer.Argument(..., help="The other."),
    set_: list[str] = AGAIN,
    agent: str = AGENT_THEN,
    regimen: str = REGIMEN,
    onto: str = ONTO,
    worlds: int | None = WORLDS,
    threads: int | None = THREADS,
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """Say what changed between two runs, and which change moved the answer."""
    from pleio.library.results.comparing import compare_runs
    from pleio.store import cache_folder

    one = _run(before, library, worlds, threads)
    other = _run(after, library, worlds, threads, set_, agent, regimen, onto)
    with progress("one change at a time") as report:
        found = compare_runs(one, other, folder=cache_folder("studies"), threads=threads, progress=report)
    if json:
        print_json(found.to_json())
        return
    _print_comparison(found)


def report(
    name: str = NAME,
    memo: bool = MEMO,
    target: list[str] = TARGET,
    out: Path | None = OUT,
    worlds: int | None = WORLDS,
    belief: str | None = BELIEF,
    seed: int | None = SEED,
    set_: list[str] = SET,
    agent: str = AGENT,
    regimen: str = REGIMEN,
    onto: str = ONTO,
    sobol: bool = SHARES,
    cache: bool = CACHE,
    threads: int | None = THREADS,
    library: str = LIBRARY,
) -> None:
    """Report a study: its answer, what decides it, what would change our mind, what to test next, its sources."""
    from pleio.library.results.memo import memo as write
    from pleio.library.results.memo_text import html, markdown

    asked = asked_for(name, library, set_, agent, regimen, onto)
    result = kept_result(asked, asked.worlds(worlds, seed=seed, band=belief), cache, threads)
    shares = _shares(asked, result, cache, threads) if sobol else None
    with progress(f"{asked.name}: what decides it"):
        found = write(asked, result, target, shares=shares, figure=memo or out is not None)
    if not memo and out is None:
        typer.echo(markdown(found).rstrip())
        return
    texts = {".html": html, ".md": markdown}
    where = out or Path()
    paths = [where] if where.suffix in texts else [where / f"{asked.name}-memo{ending}" for ending in texts]
    for path in paths:
        _write(path, texts[path.suffix](found))
        typer.echo(str(path))


def _shares(asked: StudyInLibrary, result: Result, cache: bool, threads: int | None) -> Shares | None:
    """Give the shares of groups of draws, from about as many trajectories as the study has; None without a decision."""
    from pleio.base.errors import StudyError

    from .shares import kept_shares

    if asked.study.decision is None:
        return None
    try:
        return kept_shares(asked, result, min(REPORT_WORLDS, max(16, len(result.worlds))), cache, threads, each=False)
    except StudyError as fault:
        say(str(fault))
        return None


def _write(path: Path, text: str) -> None:
    from pleio.base.errors import Problem, StoreError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        help = "name a file in a folder that exists, with --out"
        raise StoreError(str(path), Problem("", f"cannot be written: {fault.strerror}", help)) from None


def _run(
    text: str,
    library: str,
    worlds: int | None,
    threads: int | None,
    settings: Sequence[str] = (),
    agent: str = "",
    regimen: str = "",
    onto: str = "",
) -> KeptRun:
    """Find a run, or make one of the study that is named; one that is changed is made."""
    from pleio.library.results.runs import find_run, keep_run
    from pleio.store.home import runs_folder

    changed = worlds or settings or agent or regimen or onto
    kept = None if changed else find_run(text, opened(library), runs_folder())
    if kept is not None:
        return kept
    asked = asked_for(text, library, list(settings), agent, regimen, onto)
    result = kept_result(asked, asked.worlds(worlds), True, threads)
    return keep_run(asked, result, runs_folder())


def _print_comparison(found: Comparison) -> None:
    say(f"before: {found.before}; after: {found.after}")
    changes = [change for change in (*found.claims, *found.changes) if change.kind != "parameter"]
    print_table(["", "what", "before", "after"], [(c.kind, c.name, plain(c.before), plain(c.after)) for c in changes])
    moved = [change for change in found.changes if change.kind == "parameter"]
    if moved:
        names = ", ".join(change.name for change in moved[:8]) + (", …" if len(moved) > 8 else "")
        typer.echo(f"{len(moved)} parameters are drawn otherwise: {names}")

    def row(name: str, one: Answer | None, why: str = "") -> tuple[Any, ...]:
        return (name, one.best, one.means[one.best], one.lead, one.chances[one.best]) if one else (name, why)

    rows = [row("before", found.answers[0]), *(row(f"{m.group} alone", m.answer, m.why_not) for m in found.moves)]
    head = ["with", "best arm", "net benefit", "lead over the next", "chance that it is best"]
    print_table(head, [*rows, row("after", found.answers[1])], right=[2, 3, 4])
    typer.echo(found.sentence)
