"""The table of commands."""

from __future__ import annotations

import typer

from . import (
    artifacts,
    check,
    claims,
    documents,
    exporting,
    graph,
    mcp,
    models,
    reviewers,
    serving,
    simulating,
    studies,
    validate,
)

app = typer.Typer(
    name="pleio",
    help="Claims with evidence, assembled into a runnable mechanism, simulated in every world the evidence allows.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for part in (
    serving,
    mcp,
    documents,
    claims,
    reviewers,
    graph,
    models,
    simulating,
    studies,
    validate,
):
    part.add_to(app)
for part in (artifacts, exporting, check):
    part.add_to(app)


@app.callback(invoke_without_command=True)
def _root(
    version: bool = typer.Option(False, "--version", help="Print the version and stop.", is_eager=True),
) -> None:
    if version:
        import pleio

        typer.echo(f"pleio {pleio.__version__}")
        raise typer.Exit
