"""`pleio simulate`: a network of the library or of a file over time, one member or a scan, or at rest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from .models import JSON, LIBRARY, MODEL, is_file, network_of
from .output import print_json, print_table, say

if TYPE_CHECKING:
    from pleio.mechanisms import Network
    from pleio.simulation import Baseline

MOST_COLUMNS = 10  # of a table of members
MOST_POINTS = 1_000_000


def add_to(app: typer.Typer) -> None:
    app.command("simulate")(simulate)


def simulate(
    name: str = MODEL,
    until: float | None = typer.Option(None, "--until", help="The last time, in the model's time unit."),
    steady_state: bool = typer.Option(False, "--steady-state", help="Find where the model comes to rest instead."),
    points: int = typer.Option(101, "--points", help="How many times to save, from 0 to the last."),
    set_: list[str] = typer.Option(
        [], "--set", help="Change a parameter (k=0.5) or what a species begins with: amount S=1, concentration [S]=1."
    ),
    scan: list[str] = typer.Option(
        [], "--scan", help="Vary one over a range: k=a:b:n, [S]=a:b:n. Several are crossed."
    ),
    dose: list[str] = typer.Option([], "--dose", help="species=amount[@start][/every x times]: depot=100@0/24x14."),
    baseline: bool = typer.Option(
        False, "--baseline", help="Bring the model to rest before time 0 first, with no dose and no contested effect."
    ),
    rtol: float = typer.Option(1e-6, "--rtol", help="Relative error per step."),
    out: Path | None = typer.Option(
        None, "--out", "-o", help="Write .csv, .parquet or .nc; a table of ends otherwise."
    ),
    plot: Path | None = typer.Option(None, "--plot", help="Draw the trajectories as .svg or .png."),
    library: str = LIBRARY,
    json: bool = JSON,
) -> int:
    """Simulate a model, one member or a scan, or find its steady states.  Exit status 1 if a trajectory failed.

    A course begins at the amounts that the model states; contested effects answer to what changes from there on.  With
    --baseline it begins, as every study does, where the untreated model rests.

    A species is shown as what its name stands for in the model's formulas, its concentration as a rule.  --dose and
    --set S= take amounts, which are concentrations times the size of the compartment.
    """
    from pleio.mechanisms.amounts import as_amounts

    from .arguments import parse_settings

    _check_question(until, steady_state, points, dose, baseline, out, plot)
    network = network_of(name, library)
    _check_moves(network)
    settings = as_amounts(network, parse_settings(set_, scan))
    if steady_state:
        result = _steady(network, settings)
    else:
        result = _course(network, settings, until, points, dose, _rest(name, library) if baseline else None, rtol)
    failed = [(i, str(status)) for i, status in enumerate(result["status"].values) if status]
    for i, status in failed:
        say(f"member {i} failed: {status}")
    if plot is not None:
        result.plot().save(plot)
        say(f"wrote {plot}")
    if out is not None:
        _write_result(result, out)
    elif json:
        print_json(result.to_dict())
    elif steady_state:
        _print_steady(result)
    elif plot is None:
        _print_ends(result)
    return 1 if failed else 0


def _check_question(
    until: float | None,
    steady_state: bool,
    points: int,
    dose: list[str],
    baseline: bool,
    out: Path | None,
    plot: Path | None,
) -> None:
    """What is asked for must be one question, and its answer must have somewhere to go."""
    import math

    from pleio.base.errors import InputError, Problem

    problems = []
    if (until is None) != steady_state:
        help = "give --until for a time course, --steady-state for where it rests"
        problems.append(Problem("", "needs one of --until and --steady-state", help))
    if until is not None and not (0 < until < math.inf):
        problems.append(Problem("--until", f"is {until:g}", "give a time after 0"))
    if points < 2:
        problems.append(Problem("--points", f"is {points}", "give 2 or more"))
    if points > MOST_POINTS:
        problems.append(Problem("--points", f"is {points:,}", f"at most {MOST_POINTS:,} are saved at once"))
    if steady_state and (dose or plot or baseline):
        what = "takes no --dose, no --baseline and no --plot"
        problems.append(Problem("--steady-state", what, "use --until with them"))
    for option, path, endings in (("--out", out, ".csv .parquet .nc"), ("--plot", plot, ".svg .png .json")):
        if path is not None and path.suffix not in endings.split():
            problems.append(Problem(f"{option} {path}", f"'{path.suffix}' is not known", f"end it in {endings}"))
    if problems:
        raise InputError("simulate", problems)


def _check_moves(network: Network) -> None:
    """There must be something to follow over time."""
    from pleio.base.errors import InputError, Problem
    from pleio.simulation.columns import observed

    if not network.species and not observed(network):
        help = "join it with modules that have some: receptor+cell_types, receptor+jak_stat+hepatocyte"
        raise InputError(network.name, Problem("", "has no species and no quantities, so that nothing moves", help))


def _rest(name: str, library: str) -> Baseline:
    """Give the phase before time 0: contested effects of the library's modules off, until nothing moves."""
    from pleio.library import open as open_library
    from pleio.simulation import Baseline

    return Baseline() if is_file(name) else Baseline(hold=open_library(library).mechanism(name).uncontested)


def _course(
    network: Network,
    settings: dict[str, list[float]],
    until: float | None,
    points: int,
    dose: list[str],
    baseline: Baseline | None,
    rtol: float,
) -> Any:
    import numpy as np

    from pleio.simulation.dataset import simulate as run

    from .arguments import parse_doses

    times = np.linspace(0.0, until or 0.0, points)
    return run(network, times, parameters=settings, doses=parse_doses(dose), baseline=baseline, rtol=rtol)


def _steady(network: Network, settings: dict[str, list[float]]) -> Any:
    from pleio.simulation.steady_dataset import steady_state

    return steady_state(network, parameters=settings)


def _print_ends(run: Any) -> None:
    """One member as a list of its last values; several as a row for each."""
    ends = run.isel(time=[-1]).to_dataframe().reset_index("time", drop=True)
    _print_members(ends.drop(columns="status"), _kinds(run))


def _print_steady(found: Any) -> None:
    table = found.to_dataframe().drop(columns=["reached", "slowest"])
    state = [
        "none" if why else "stable" if stable else "unstable"
        for why, stable in zip(table.pop("status"), table.pop("stable"), strict=True)
    ]
    table.insert(0, "state", state)
    _print_members(table, _kinds(found))


def _kinds(result: Any) -> dict[str, str]:
    """Say of each species whether what is shown is its concentration or its amount."""
    if "stands_for" not in result.coords and "stands_for" not in result:
        return {}
    return dict(zip(map(str, result["species"].values), map(str, result["stands_for"].values), strict=True))


def _print_members(table: Any, kinds: dict[str, str]) -> None:
    if len(table) == 1:
        units = table.attrs["units"]
        print_table(
            ["quantity", "value", "unit", "of a species"],
            [[key, _digits(value), units.get(key, ""), kinds.get(key, "")] for key, value in table.iloc[0].items()],
            right=[1],
        )
        return
    shown = table[list(table.columns)[:MOST_COLUMNS]]
    print_table(["member", *map(str, shown.columns)], ([*map(_digits, row)] for row in shown.itertuples()))
    if dense := [key for key in shown.columns if kinds.get(key) == "concentration"]:
        say(f"concentrations: {', '.join(dense)}")
    if len(table.columns) > MOST_COLUMNS:
        say(f"{len(table.columns) - MOST_COLUMNS} more quantities: --out FILE or --json has them all")


def _digits(value: Any) -> Any:
    """Four digits of a number however small: amounts in moles are."""
    return f"{value:.4g}" if isinstance(value, float) else value


def _write_result(result: Any, path: Path) -> None:
    from pleio.formats.table import write_table

    write_table(result, path)
    say(f"wrote {path}")
