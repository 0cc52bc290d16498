"""`pleio model` and `pleio simulate`: networks of the library or of a file, shown, checked, drawn and run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from .output import print_json, print_table, say

if TYPE_CHECKING:
    from pleio.library.carried import Support
    from pleio.mechanisms import Network

model = typer.Typer(help="Models: the library's modules, or SBML and Antimony files.", no_args_is_help=True)
MODEL = typer.Argument(
    ...,
    help="Modules joined by + (receptor+jak_stat), or an SBML or Antimony file, or archive.omex#model.xml.",
    metavar="MODEL",
)
LIBRARY = typer.Option("il11", "--library", help="The library that names are looked up in.")
MOST_COLUMNS = 10  # of a table of members
JSON = typer.Option(False, "--json", help="One JSON document on standard output.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(model, name="model")
    app.command("simulate")(simulate)


@model.command("list")
def list_(library: str = LIBRARY, json: bool = JSON) -> None:
    """List the library's modules."""
    from pleio.library import open as open_library

    rows = [
        {
            "name": name,
            "title": module.title,
            "species": len(module.network.species),
            "reactions": len(module.network.reactions),
            "parameters": len(module.priors),
            "switches": len(module.switches),
        }
        for name, module in open_library(library).modules.items()
    ]
    if json:
        print_json(rows)
        return
    print_table(list(rows[0]) if rows else ["name"], [list(row.values()) for row in rows], right=[2, 3, 4, 5])


@model.command("show")
def show(name: str = MODEL, library: str = LIBRARY, json: bool = JSON) -> None:
    """Show a model: species, and for each reaction and parameter its claims with their sources and trust.

    What no claim supports, and the claims that no module uses, are named on standard error.
    """
    from pleio.assembly.trail import unsupported
    from pleio.library import open as open_library
    from pleio.library.carried import carried, unused_claims

    if _is_file(name):
        typer.echo(str(_network(name, library)))
        return
    opened = open_library(library)
    mechanism = opened.mechanism(name)
    steps = carried(opened, mechanism)
    if json:
        print_json([{**vars(step), "sources": [vars(one) for one in behind]} for step, behind in steps])
        return
    typer.echo(str(mechanism.network))
    rows = [
        (step.name, step.value, step.meaning, ", ".join(step.claims), _sources(behind), step.trust)
        for step, behind in steps
        if step.kind != "reaction"
    ]
    print_table(["parameter", "value", "meaning", "claims", "sources", "trust"], rows)
    made = [
        (step.name, ", ".join(step.claims), _sources(behind), ", ".join(step.switches))
        for step, behind in steps
        if step.kind == "reaction"
    ]
    print_table(["reaction", "claims", "sources", "switches"], made)
    missing = unsupported(mechanism)
    if missing:
        say(f"no claim supports {len(missing)} reactions: {', '.join(missing)}")
    unused = unused_claims(opened)
    if unused:
        say(f"no module uses {len(unused)} claims of the library: {', '.join(unused)}")


def _sources(behind: Iterable[Support]) -> str:
    return "; ".join(dict.fromkeys(str(one) for one in behind))


@model.command("check")
def check(name: str = MODEL, library: str = LIBRARY) -> None:
    """Check a model: names, units with their scale, cycles, claims; and across the seams of joined modules."""
    from pleio.library import open as open_library
    from pleio.mechanisms.check import check as check_network

    network = _network(name, library)
    check_network(network)
    if not _is_file(name):
        from pleio.base.errors import ModelError

        problems = open_library(library).problems()
        if problems:
            raise ModelError(f"library '{library}'", problems)
    typer.echo(
        f"{name}: {len(network.species)} species, {len(network.reactions)} reactions, "
        f"{len(network.parameters)} parameters: names, units and references are consistent"
    )


@model.command("diagram")
def diagram(
    name: str = MODEL,
    out: Path | None = typer.Option(None, "--out", "-o", help="Write the SVG here; standard output by default."),
    library: str = LIBRARY,
) -> None:
    """Draw a model as an SVG: left to right from ligand to effect, inhibition as bars."""
    from pleio.library.network_pathway import network_pathway
    from pleio.store import write_file
    from pleio.web.render.pathway import draw_pathway
    from pleio.web.render.standalone import standalone

    svg = standalone(str(draw_pathway(network_pathway(_network(name, library)))))
    if out is None:
        typer.echo(svg)
        return
    write_file(out, svg.encode())
    say(f"wrote {out}")


@model.command("export")
def export(
    name: str = MODEL,
    out: Path = typer.Option(..., "--out", "-o", help="A file that ends in .xml (SBML) or .ant (Antimony)."),
    library: str = LIBRARY,
) -> None:
    """Write a model as SBML or Antimony."""
    from pleio.base.errors import InputError, Problem
    from pleio.formats.antimony.write import write_antimony
    from pleio.formats.sbml.write import write_sbml
    from pleio.store import write_file

    writers = {".xml": write_sbml, ".sbml": write_sbml, ".ant": write_antimony, ".txt": write_antimony}
    if out.suffix not in writers:
        raise InputError(
            str(out), Problem("", f"'{out.suffix}' is not known", "end it in .xml (SBML) or .ant (Antimony)")
        )
    write_file(out, writers[out.suffix](_network(name, library)).encode())
    say(f"wrote {out}")


def simulate(
    name: str = MODEL,
    until: float | None = typer.Option(None, "--until", help="The last time, in the model's time unit."),
    steady_state: bool = typer.Option(False, "--steady-state", help="Find where the model comes to rest instead."),
    points: int = typer.Option(101, "--points", help="How many times to save, from 0 to the last."),
    set_: list[str] = typer.Option([], "--set", help="Change a parameter or initial amount: k=0.5. Repeatable."),
    scan: list[str] = typer.Option([], "--scan", help="Vary one over a range: k=a:b:n. Several are crossed."),
    dose: list[str] = typer.Option([], "--dose", help="species=amount[@start][/every x times]: depot=100@0/24x14."),
    rtol: float = typer.Option(1e-6, "--rtol", help="Relative error per step."),
    out: Path | None = typer.Option(
        None, "--out", "-o", help="Write .csv, .parquet or .nc; a table of ends otherwise."
    ),
    plot: Path | None = typer.Option(None, "--plot", help="Draw the trajectories as .svg or .png."),
    library: str = LIBRARY,
    json: bool = JSON,
) -> int:
    """Simulate a model, one member or a scan, or find its steady states.  Exit status 1 if a trajectory failed."""
    from .arguments import parse_settings

    _check_question(until, steady_state, points, dose, out, plot)
    network = _network(name, library)
    settings = parse_settings(set_, scan)
    result = _steady(network, settings) if steady_state else _course(network, settings, until, points, dose, rtol)
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
    until: float | None, steady_state: bool, points: int, dose: list[str], out: Path | None, plot: Path | None
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
    if steady_state and (dose or plot):
        problems.append(Problem("--steady-state", "takes no --dose and no --plot", "use --until with them"))
    for option, path, endings in (("--out", out, ".csv .parquet .nc"), ("--plot", plot, ".svg .png .json")):
        if path is not None and path.suffix not in endings.split():
            problems.append(Problem(f"{option} {path}", f"'{path.suffix}' is not known", f"end it in {endings}"))
    if problems:
        raise InputError("simulate", problems)


def _course(
    network: Network, settings: dict[str, list[float]], until: float | None, points: int, dose: list[str], rtol: float
) -> Any:
    import numpy as np

    from pleio.simulation.dataset import simulate as run

    from .arguments import parse_doses

    times = np.linspace(0.0, until or 0.0, points)
    return run(network, times, parameters=settings, doses=parse_doses(dose), rtol=rtol)


def _steady(network: Network, settings: dict[str, list[float]]) -> Any:
    from pleio.simulation.steady_dataset import steady_state

    return steady_state(network, parameters=settings)


def _print_ends(run: Any) -> None:
    """One member as a list of its last values; several as a row for each."""
    ends = run.isel(time=[-1]).to_dataframe().droplevel("time")
    _print_members(ends.drop(columns="status"))


def _print_steady(found: Any) -> None:
    table = found.to_dataframe().drop(columns=["reached", "slowest"])
    state = [
        "none" if why else "stable" if stable else "unstable"
        for why, stable in zip(table.pop("status"), table.pop("stable"), strict=True)
    ]
    table.insert(0, "state", state)
    _print_members(table)


def _print_members(table: Any) -> None:
    if len(table) == 1:
        units = table.attrs["units"]
        print_table(
            ["quantity", "value", "unit"],
            [[key, value, units.get(key, "")] for key, value in table.iloc[0].items()],
            right=[1],
        )
        return
    shown = table[list(table.columns)[:MOST_COLUMNS]]
    print_table(["member", *map(str, shown.columns)], shown.itertuples())
    if len(table.columns) > MOST_COLUMNS:
        say(f"{len(table.columns) - MOST_COLUMNS} more quantities: --out FILE or --json has them all")


def _network(name: str, library: str) -> Network:
    from pleio.formats.load import load
    from pleio.library import open as open_library

    return load(Path(name)) if _is_file(name) else open_library(library).mechanism(name).network


def _is_file(name: str) -> bool:
    return "." in name or "/" in name


def _write_result(result: Any, path: Path) -> None:
    from pleio.formats.table import write_table

    write_table(result, path)
    say(f"wrote {path}")
