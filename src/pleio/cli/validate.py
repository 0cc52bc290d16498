"""`pleio validate`: the library's predictions beside what was observed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pleio.base.errors import Problem, StudyError

from .output import print_json, print_table, say
from .progress import progress

if TYPE_CHECKING:
    from pleio.inference.observations import Observation
    from pleio.library.opened import Library
    from pleio.library.validation.validation import Row, Validation

FILE = typer.Argument(None, help="A YAML file of observations; the library's own by default.", metavar="[FILE]")
WORLDS = typer.Option(256, "--worlds", min=16, max=100_000, help="How many worlds.")
SUBJECTS = typer.Option(16, "--subjects", min=2, max=10_000, help="Subjects in each world, evenly spread.")
SEED = typer.Option(29, "--seed", help="The same seed gives the same numbers.")
BELIEF = typer.Option("neutral", "--belief", help="sceptic, neutral or believer.")
THREADS = typer.Option(None, "--threads", help="All cores by default; the numbers do not depend on it.")
LIBRARY = typer.Option("il11", "--library", help="The library that is validated.")
READOUTS = typer.Option(False, "--readouts", help="List what a row can be about, module by module, and run nothing.")
DRY_RUN = typer.Option(False, "--dry-run", help="Say what each row is simulated as, or why it is not, and run nothing.")
JSON = typer.Option(False, "--json", help="One JSON document on standard output.")


def add_to(app: typer.Typer) -> None:
    app.command("validate")(validate)


def validate(
    file: Path | None = FILE,
    worlds: int = WORLDS,
    subjects: int = SUBJECTS,
    seed: int = SEED,
    belief: str = BELIEF,
    threads: int | None = THREADS,
    library: str = LIBRARY,
    readouts: bool = READOUTS,
    dry_run: bool = DRY_RUN,
    json: bool = JSON,
) -> int:
    """Simulate every observation and set what was seen beside it.

    Exit status 1 if a finding has two uses, or entries of the file were refused; all others are forecast.
    """
    from pleio.library import open as open_library

    if readouts:
        return _list(open_library(library), json)
    from pleio.library.validation.validation import validate as validated

    opened = open_library(library)
    rows, refused = _rows(opened, file, whole=not json)
    if dry_run:
        return _understood(opened, rows, refused, file, json)
    with progress(f"validating {len(rows)} observations") as report:
        found = validated(
            opened, rows, worlds=worlds, subjects=subjects, seed=seed, band=belief, threads=threads, progress=report,
            refused=refused,
        )  # fmt: skip
    if json:
        print_json(found.to_json())
    else:
        _print(found)
    if found.refused:
        say(str(StudyError(f"{file or library}", found.refused)))
        say(f"{len(found.rows)} observations were forecast, {len(found.not_modelled)} are not modelled")
    return 1 if found.one_use.overlaps or found.refused else 0


def _understood(
    library: Library, rows: Sequence[Observation], refused: Sequence[Problem], file: Path | None, json: bool
) -> int:
    from pleio.library.readouts.readouts import LibraryReadouts
    from pleio.library.validation.forecasts import Forecaster
    from pleio.library.validation.understood import understand

    readouts = LibraryReadouts(library)
    found = understand(library, rows, readouts=readouts, refused=refused)
    told = found.to_json(readouts, Forecaster(library, readouts).left_out)
    if json:
        print_json(told)
    else:
        columns = ("id", "reads", "observed", "people", "given", "beside", "left_out")
        print_table(
            ["observation", "reads", "observed", "of", "given", "beside", "left out"],
            [[row[name] for name in columns] for row in told["rows"]],
        )
        if found.not_modelled:
            print_table(["not modelled", "readout", "why"], found.not_modelled)
    if found.refused:
        say(str(StudyError(f"{file or library.name}", found.refused)))
    return 1 if found.refused else 0


def _rows(library: Library, file: Path | None, *, whole: bool) -> tuple[tuple[Observation, ...], tuple[Problem, ...]]:
    """Read what can be read, and what is wrong with the rest.

    Args:
        whole: a file of which nothing can be read is an error; a document that names every refusal is written else.
    """
    from pleio.library.readouts.readouts import read_all, sift

    if file is None:
        return read_all(library), ()
    sifted = sift(library, file)
    if whole and sifted.problems and not sifted.rows:
        raise StudyError(sifted.name, sifted.problems)
    return sifted.rows, sifted.problems


def _list(library: Library, json: bool) -> int:
    from pleio.library.readouts.listed import listed
    from pleio.library.readouts.readouts import LibraryReadouts

    found = listed(LibraryReadouts(library))
    if json:
        print_json(found)
        return 0
    print_table(
        ["readout", "unit", "module or why not"], [(r["readout"], r["unit"], r["of"]) for r in found["readouts"]]
    )
    typer.echo(
        "Any quantity of a row's module, or a word for one, is a readout too, with one of these endings or none:"
    )
    print_table(["ending", "meaning"], [(e["ending"], e["meaning"]) for e in found["endings"]])
    print_table(["module", "quantities and words"], [(m, ", ".join(names)) for m, names in found["modules"].items()])
    print_table(
        ["agent", "also known as", "given", "usual amount"],
        [(a["agent"], ", ".join(a["names"]), ", ".join(a["routes"]), a["usual"]) for a in found["agents"]],
    )
    return 0


def _print(found: Validation) -> None:
    summary = found.summary()
    print_table(
        [
            "observation",
            "use",
            "observed",
            "predicted (90 %)",
            "inside",
            "score",
            "effects off",
            "before data",
            "width/error",
        ],
        [_cells(row) for row in found.rows],
        right=[2, 5, 6, 7, 8],
    )
    for name in ("fit", "check"):
        if summary[name]["rows"]:
            typer.echo(_sentence(name, summary[name]))
    if found.not_modelled:
        typer.echo(f"not modelled: {len(found.not_modelled)} rows")
        print_table(["observation", "readout", "why"], found.not_modelled)
    uses = found.one_use
    typer.echo(f"cited by a claim, without weight: {len(uses.pairs)} observations")
    for one in uses.informed:
        rows, parameters = ", ".join(one.rows), ", ".join(one.parameters)
        typer.echo(f"kept for checking, yet {one.source} set {parameters}: left out where {rows} are forecast")
    for overlap in uses.overlaps:
        say(f"used twice: {overlap}")
    if found.failed:
        say(f"{len(found.failed)} trajectories failed: {found.failed[0]}")


def _cells(row: Row) -> tuple[Any, ...]:
    own = row.own
    interval = f"{own.median:.3g} ({own.low:.3g} to {own.high:.3g})"
    held = "yes" if row.inside else "no"
    if own.chance is not None:
        interval, held = f"{interval}, P = {own.chance:.2f}", f"{held} (P ≥ 0.8)"
    observation = row.observation
    held = held if observation.counts else "no margin is stated"
    seen = row.says if isinstance(row.says, str) else f"{row.says:.3g} {observation.unit}"
    return (
        observation.id, observation.use, seen, interval, held, own.score, row.off.score, row.prior.score,
        row.width_ratio,
    )  # fmt: skip


def _sentence(name: str, part: dict[str, Any]) -> str:
    held = part["coverage"]
    text = f"{name}: {held['inside']} of {held['rows']} inside, {held['sources_in']} of {held['sources']} sources"
    if held["p"] is not None:
        text += f" (p = {held['p']:.2f} for 90 %)"
    if part["statements"]:
        text += f"; {part['statements_held']} of {part['statements']} statements hold"
    for key, label in (("better_than_off", "effects off"), ("better_than_prior", "before data")):
        if part[key] is not None:
            text += f"; score {100 * part[key]:.0f} % better than with {label}"
    if part["median_width_ratio"] is not None:
        text += f"; median width {part['median_width_ratio']:.1f} times the row's error"
    return text
