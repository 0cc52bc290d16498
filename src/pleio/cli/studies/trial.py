"""`pleio study trial`: how often a trial of a given size would find an effect, over worlds, subjects and chance."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from ..output import print_json, print_table
from ..progress import progress
from .making import asked_for, kept_result
from .options import AGENT, BELIEF, CACHE, JSON, LIBRARY, NAME, ONTO, REGIMEN, SEED, SET, THREADS, WORLDS

if TYPE_CHECKING:
    from pleio.studies.endpoints.trial import Assurance, Trial
    from pleio.studies.result import Result
    from pleio.studies.study import Study

ARMS = typer.Option(..., "--arms", help="The two arms, the control last: '50 µg/kg,placebo'.")
SIZE = typer.Option([100], "--size", help="Subjects in each arm; repeatable, to compare sizes.")
REPLICATES = typer.Option(2000, "--replicates", min=100, max=100_000, help="How many trials are simulated.")
ENDPOINT = typer.Option("", "--endpoint", help="An endpoint of the study; its first by default.")
RESPONDS = typer.Option(None, "--responds", help="Compare shares of subjects whose endpoint is at least this.")
EVENT = typer.Option(False, "--time-to-event", help="The endpoint is the time of an event: compare hazards.")
LOST = typer.Option(0.0, "--lost", help="The share of subjects who drop out: 0.1 for one in ten.")
LEVEL = typer.Option(0.05, "--level", help="Of the two-sided test.")


def add_to(study: typer.Typer) -> None:
    study.command("trial")(trial)


def trial(
    name: str = NAME,
    arms: str = ARMS,
    size: list[int] = SIZE,
    replicates: int = REPLICATES,
    endpoint: str = ENDPOINT,
    responds: float | None = RESPONDS,
    time_to_event: bool = EVENT,
    lost: float = LOST,
    level: float = LEVEL,
    worlds: int | None = WORLDS,
    belief: str | None = BELIEF,
    seed: int | None = SEED,
    set_: list[str] = SET,
    agent: str = AGENT,
    regimen: str = REGIMEN,
    onto: str = ONTO,
    cache: bool = CACHE,
    threads: int | None = THREADS,
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """Simulate trials of a study: power over worlds, its interval, and how often chance alone is significant."""
    from pleio.studies.endpoints.trial import Trial, check_trial, null_of, simulate_trials

    asked = asked_for(name, library, set_, agent, regimen, onto)
    treatment, control = _two(arms, list(asked.study.arms))
    of = endpoint or next(iter(asked.study.endpoints))
    until = _until(asked.study, of, asked.mechanism.network.time_unit or "h") if time_to_event else None
    trials = [Trial(of, treatment, control, each, lost, responds, until, level) for each in size]
    for one in trials:
        check_trial(asked.study, one)
    result = kept_result(asked, asked.worlds(worlds, seed=seed, band=belief), cache, threads)
    with progress(f"{asked.name}: {len(trials) * replicates:,} trials"):
        found = [
            (one, simulate_trials(result, one, replicates=replicates),
             simulate_trials(result, null_of(one), replicates=replicates))
            for one in trials
        ]  # fmt: skip
    if json:
        told = {"study": asked.study.title, "digest": result.digest, "label": result.labels[of]}
        print_json({**told, "trials": [_plain(*each) for each in found]})
        return
    _print(result, found)


def _two(arms: str, known: list[str]) -> tuple[str, str]:
    """Read two arms; the name of an arm may hold a comma."""
    from pleio.base.errors import Problem, StudyError

    text = arms.strip()
    for control in known:
        before = text.removesuffix(control).rstrip()
        if before != text and before.endswith(",") and before[:-1].strip() in known:
            return before[:-1].strip(), control
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2 or not all(parts):
        what = f"'{arms}' is not two arms"
        raise StudyError("--arms", Problem("", what, f"write two of: {'; '.join(known)}; the control last"))
    return parts[0], parts[1]


def _until(stated: Study, endpoint: str, unit: str) -> float:
    """Give how long subjects are followed, in the unit of an endpoint that is a time.

    Raises:
        StudyError: it is none.
    """
    from pleio.base.errors import Problem, StudyError

    found = stated.endpoints.get(endpoint)
    if found is None:
        return 1.0  # that it does not exist is said with all else that is wrong
    if not found.take.startswith("time_"):
        times = [name for name, one in stated.endpoints.items() if one.take.startswith("time_")]
        help = f"times are: {', '.join(times)}" if times else "add an endpoint that takes time_below or time_above"
        raise StudyError("--time-to-event", Problem(f"endpoint '{endpoint}'", f"takes the {found.take}", help))
    begin, end = (edge.to(unit) for edge in found.window) if found.window else (0.0, stated.horizon.to(unit))
    return float(end - begin if found.take in ("time_below", "time_above") else end)


def _plain(trial: Trial, power: Assurance, null: Assurance) -> dict[str, Any]:
    return {**asdict(trial), "power": asdict(power), "under_no_difference": asdict(null)}


def _print(result: Result, found: list[tuple[Trial, Assurance, Assurance]]) -> None:
    first = found[0][0]
    unit = result.units[list(result.study.endpoints).index(first.endpoint)]
    test = "means, Welch's test" if first.responds is None else f"shares of at least {first.responds:g} {unit}"
    test = test if first.until is None else f"time to event within {first.until:g} {unit}, log-rank test"
    typer.echo(
        f"'{first.treatment}' against '{first.control}': {result.labels[first.endpoint]}, {test}, level {first.level:g}"
    )

    def row(trial: Trial, power: Assurance, null: Assurance) -> tuple[Any, ...]:
        return (trial.size, power.significant, _interval(power), power.higher, power.lower,
                null.significant, _interval(null))  # fmt: skip

    head = ["in each arm", "power", "95 %", "higher", "lower", "with no difference", "95 %"]
    print_table(head, [row(*each) for each in found], right=[0, 1, 3, 4, 5])
    typer.echo(
        f"power averaged over {len(result.worlds):,} worlds, {result.values.shape[2]} subjects in each; "
        f"{found[0][1].replicates:,} trials of each size"
    )


def _interval(found: Assurance) -> str:
    return f"{found.interval[0]:.3f} to {found.interval[1]:.3f}"
