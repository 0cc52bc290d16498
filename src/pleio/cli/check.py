"""`pleio check`: other people's cases, run and judged."""

from __future__ import annotations

from pathlib import Path

import typer

from .output import print_json, print_table

check = typer.Typer(help="Other people's cases, run and judged.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(check, name="check")


@check.command("sbml-suite")
def sbml_suite(
    directory: Path = typer.Argument(
        ..., help="A folder of cases: each with model.xml and settings.txt.", metavar="DIR"
    ),
    out: Path = typer.Option(..., "--out", help="Where CASE.csv is written for each case."),
    workers: int | None = typer.Option(None, "--workers", help="How many processes; one for each core by default."),
    json: bool = typer.Option(False, "--json", help="One JSON document: pass, refused, wrong, crashed."),
) -> int:
    """Run a folder of the SBML semantic test suite.  Exit status 1 if a case is wrong or crashed."""
    from pleio.formats.sbml.suite import run_suite

    report = run_suite(directory, out, workers=workers)
    if json:
        print_json(report)
    else:
        for case, construct in report["refused"].items():
            typer.echo(f"refused {case}: {construct}")
        for kind in ("wrong", "crashed"):
            for case in report[kind]:
                typer.echo(f"{kind} {case}")
        print_table(
            ["pass", "refused", "wrong", "crashed"], [[len(report[k]) for k in ("pass", "refused", "wrong", "crashed")]]
        )
    return 1 if report["wrong"] or report["crashed"] else 0
