"""`pleio study list|show|run`: a study, run over worlds × subjects × arms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ..output import plain, print_json, print_table, say
from ..progress import progress
from .making import asked_for, given_observations, kept_coverage, kept_result, on_cluster
from .options import (
    AGENT,
    BELIEF,
    CACHE,
    CLUSTER,
    EVIDENCE,
    JSON,
    LIBRARY,
    NAME,
    ONTO,
    OUT,
    REGIMEN,
    RESUME,
    SEED,
    SET,
    SOBOL,
    SOBOL_WORLDS,
    THREADS,
    WORKERS,
    WORLDS,
)

if TYPE_CHECKING:
    from pleio.inference.worlds import Drawing
    from pleio.library.question import StudyInLibrary
    from pleio.library.validation.evidence import Evidence
    from pleio.studies.regimens.coverage import Coverage
    from pleio.studies.result import Result
    from pleio.studies.running.reduced import Reduced
    from pleio.studies.value.exchanging import Shares

MOST_KEPT = 4_000_000
"""Trajectories of a study whose endpoints are kept one by one; a larger one is summed up as it runs."""


def add_to(study: typer.Typer) -> None:
    for name, command in (("list", list_), ("show", show), ("run", run)):
        study.command(name)(command)


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


def show(
    name: str = NAME,
    set_: list[str] = SET,
    agent: str = AGENT,
    regimen: str = REGIMEN,
    onto: str = ONTO,
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """Show a study as a file that can be run: its question, mechanism, arms, cohort, worlds, endpoints and decision."""
    from pleio.base.yaml import dump
    from pleio.library.results.runs import written_study
    from pleio.studies.study import plain

    stated = asked_for(name, library, set_, agent, regimen, onto).stated
    if json:
        print_json(plain(stated))
        return
    typer.echo(dump(written_study(stated)).rstrip())


def run(
    name: str = NAME,
    worlds: int | None = WORLDS,
    belief: str | None = BELIEF,
    seed: int | None = SEED,
    set_: list[str] = SET,
    agent: str = AGENT,
    regimen: str = REGIMEN,
    onto: str = ONTO,
    evidence: bool = EVIDENCE,
    sobol: bool = SOBOL,
    sobol_worlds: int | None = SOBOL_WORLDS,
    cache: bool = CACHE,
    resume: bool = RESUME,
    threads: int | None = THREADS,
    workers: int | None = WORKERS,
    cluster: str = CLUSTER,
    out: Path | None = OUT,
    library: str = LIBRARY,
    json: bool = JSON,
) -> int:
    """Run a study and report its endpoints.  Exit status 1 if a trajectory failed."""
    from .shares import kept_shares

    if out is not None:
        from pleio.formats.table.results import check_ending

        check_ending(out)
    asked = asked_for(name, library, set_, agent, regimen, onto)
    cache = cache or resume
    drawing = asked.drawing(worlds, seed=seed, band=belief)
    if len(drawing) * asked.study.cohort.size * len(asked.study.arms) > MOST_KEPT:
        _refuse_in_sums({"--evidence": evidence, "--sobol": sobol, "--out": out, "--agent": agent})
        return _reduced(asked, drawing, cache, threads, workers, cluster, json)
    given = given_observations(asked, worlds, seed, belief, threads) if evidence else None
    drawn = given.worlds if given else asked.worlds(worlds, seed=seed, band=belief)
    with on_cluster(workers, cluster) as on:
        result = kept_result(asked, drawn, cache, threads, on)
        covered = kept_coverage(asked, drawn, cache, threads, on) if asked.added is not None else None
        shares = kept_shares(asked, result, sobol_worlds, cache, threads, on) if sobol else None
    if out is not None:
        from pleio.formats.table.results import write_result

        write_result(result, out)
        say(f"wrote {out}")
    told = _Told(asked, result, given, covered, shares)
    if json:
        print_json(told.to_json())
    else:
        told.print()
    return 1 if result.failed else 0


@dataclass(frozen=True)
class _Told:
    """What a run tells: the result, and what was asked for besides; None where it was not."""

    asked: StudyInLibrary
    result: Result
    given: Evidence | None
    covered: Coverage | None
    shares: Shares | None

    def to_json(self) -> dict[str, Any]:
        from pleio.library.publishing.studies import limits
        from pleio.studies.unmoved import unmoved

        asked, result = self.asked, self.result
        return {
            **result.to_json(),
            "agents": {name: [one.to_json() for one in known] for name, known in asked.known.items()},
            "believed_of": asked.believed_of,
            "unmoved": dict(unmoved(result)),
            "doubts": list(asked.doubts),
            "limits": list(limits(asked, result)),
            **({"coverage": self.covered.to_json()} if self.covered else {}),
            **({"evidence": self.given.to_json()} if self.given else {}),
            **_valued(asked, result),
            **({"sobol": self.shares.to_json()} if self.shares else {}),
        }

    def print(self) -> None:
        from pleio.library.publishing.studies import limits

        from .coverage import print_coverage, print_known
        from .shares import print_shares

        say(f"{self.result.worlds.band} beliefs about {self.asked.believed_of}")
        if self.given:
            _print_shifts(self.given)
        _print_endpoints(self.result)
        for sentence in limits(self.asked, self.result):
            typer.echo(sentence)
        print_known(self.asked.known)
        print_coverage(self.covered)
        if self.shares:
            print_shares(self.shares)


def _refuse_in_sums(options: Mapping[str, Any]) -> None:
    """Refuse what needs single trajectories.

    Raises:
        StudyError: one of the options is given.
    """
    from pleio.base.errors import Problem, StudyError

    given = [name for name, value in options.items() if value]
    if given:
        what = f"needs single trajectories, and over {MOST_KEPT:,} of them only sums are kept"
        raise StudyError("study run", [Problem(name, what, "take fewer --worlds") for name in given])


def _valued(asked: StudyInLibrary, result: Result) -> dict[str, Any]:
    """Give what explains a result and what is worth testing, or why that cannot be said."""
    from pleio.library.publishing.studies import value_of

    found, why_not = value_of(asked, result)
    return {"value": found.to_json() if found else None, **({"not_valued": why_not} if why_not else {})}


def _print_shifts(given: Evidence) -> None:
    def spelt(chances: Mapping[str, float]) -> str:
        return ", ".join(f"{name.replace('_', ' ')} {chance:.2f}" for name, chance in chances.items())

    rows = [(shift.title, spelt(shift.before), spelt(shift.after)) for shift in given.shifts]
    print_table(["belief in", "before the observations", "given them"], rows)
    say(f"{len(given.rows)} observations; {len(given.worlds)} distinct worlds, worth {given.found.effective:.0f}")


def _reduced(
    asked: StudyInLibrary,
    drawing: Drawing,
    cache: bool,
    threads: int | None,
    workers: int | None,
    address: str,
    json: bool,
) -> int:
    from pleio.store import cache_folder

    say(f"over {MOST_KEPT:,} trajectories: summed up as they arrive, and no single one is kept")
    with on_cluster(workers, address) as on, progress(f"{asked.name}: {len(drawing):,} worlds") as report:
        found = asked.run_reduced(
            drawing, folder=cache_folder("studies"), cache=cache, threads=threads, cluster=on, progress=report
        )
    if json:
        print_json(found.to_json())
    else:
        _print_endpoints(found)
    return 1 if found.failures else 0


def _print_endpoints(result: Result | Reduced) -> None:
    from pleio.library.told import told_in

    def told(row: Mapping[str, Any], middle: str, *pairs: str) -> tuple[Any, ...]:
        """A row's numbers in one unit: a middle, and intervals."""
        unit, factor = told_in(row["unit"], [row[middle], *(end for pair in pairs for end in row[pair] or ())])
        intervals = (
            " to ".join(plain(factor * end) for end in row[pair]) if row[pair] else "no value" for pair in pairs
        )
        number = None if row[middle] is None else factor * row[middle]
        return row["arm"], row["label"], unit, number, *intervals, row["endpoint"]

    rows = [told(row, "median", "worlds_90", "all_90") for row in result.summary()]
    head = ["arm", "endpoint", "unit", "median", "90 % of worlds", "90 % of subjects and worlds", "name"]
    print_table(head, rows, right=[3])
    means = [told(row, "mean", "mean_95") for row in result.summary() if "mean_95" in row]
    if means:
        replicates = result.study.worlds.replicates
        head = ["arm", "endpoint", "unit", "mean", f"95 %, from {replicates} quasi-random replicates", "name"]
        print_table(head, means, right=[3])
    for arm, world, subject, reason in result.failed[:20]:
        say(f"failed: {arm}, world {world}, subject {subject}: {reason}")
    if result.note:
        typer.echo(result.note)
        plainly = [told(row, "median") for row in result.unweighted()]
        if plainly:
            print_table(["unweighted: arm", "endpoint", "unit", "median", "name"], plainly, right=[3])
    typer.echo(f"{result.trajectories} trajectories, {len(result.failed)} failed; digest {result.digest}")
