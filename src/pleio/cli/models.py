"""`pleio model`: networks of the library or of a file, shown, checked, drawn and written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from .output import print_json, print_table, say

if TYPE_CHECKING:
    from pleio.library.modules.carried import Support
    from pleio.mechanisms import Network

model = typer.Typer(help="Models: the library's modules, or SBML and Antimony files.", no_args_is_help=True)
MODEL = typer.Argument(
    ...,
    help="Modules joined by + (receptor+jak_stat), or an SBML or Antimony file, or archive.omex#model.xml.",
    metavar="MODEL",
)
LIBRARY = typer.Option("il11", "--library", help="The library that names are looked up in.")
JSON = typer.Option(False, "--json", help="One JSON document on standard output.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(model, name="model")


@model.command("list")
def list_(library: str = LIBRARY, json: bool = JSON) -> None:
    """List the library's modules."""
    from pleio.library import open as open_library
    from pleio.library.modules.listed import listed

    rows = listed(open_library(library).modules)
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
    from pleio.library.modules.carried import carried, unused_claims

    if is_file(name):
        typer.echo(str(network_of(name, library)))
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

    network = network_of(name, library)
    check_network(network)
    if not is_file(name):
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
    from pleio.library import open as open_library
    from pleio.library.diagrams.network import mechanism_pathway, network_pathway
    from pleio.store import write_file
    from pleio.web.render.pathway import draw_pathway
    from pleio.web.render.standalone import standalone

    if is_file(name):
        pathway = network_pathway(network_of(name, library))
    else:
        pathway = mechanism_pathway(open_library(library).mechanism(name))
    svg = standalone(str(draw_pathway(pathway)))
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
    write_file(out, writers[out.suffix](network_of(name, library)).encode())
    say(f"wrote {out}")


def network_of(name: str, library: str) -> Network:
    """Give the network of a file, or of modules of the library."""
    from pleio.formats.load import load
    from pleio.library import open as open_library

    return load(Path(name)) if is_file(name) else open_library(library).mechanism(name).network


def is_file(name: str) -> bool:
    """Whether a name is that of a file: no module's name has a dot or a slash."""
    return "." in name or "/" in name
