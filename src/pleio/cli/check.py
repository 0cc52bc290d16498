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


@check.command("petab")
def petab(
    problem: Path = typer.Argument(..., help="The YAML file of a PEtab problem, version 1.", metavar="FILE"),
    out: Path | None = typer.Option(None, "--out", help="Where the simulation of each measurement is written (.tsv)."),
    json: bool = typer.Option(False, "--json", help="One JSON document: likelihood, residuals, what was not judged."),
) -> int:
    """Read a PEtab problem and simulate its measurements at the nominal values.  Exit status 1 if some cannot be."""
    from pleio.formats.petab import evaluate, read_petab
    from pleio.formats.petab.report import report, simulations
    from pleio.store import write_file

    read = read_petab(problem)
    found = evaluate(read)
    if out is not None:
        write_file(out, simulations(read, found).encode())
    told = report(read, found)
    if json:
        print_json(told)
    else:
        columns = ("observable", "measurements", "judged", "chi2", "log_likelihood")
        print_table(
            [name.replace("_", " ") for name in columns], [[row[c] for c in columns] for row in told["observables"]]
        )
        for reason in told["not_judged"]:
            typer.echo(f"not judged: {reason['count']} from {reason['first']} on: {reason['why']}")
        typer.echo(f"log likelihood {told['log_likelihood']:.6g}, chi-squared {told['chi2']:.6g}")
    return 1 if told["not_judged"] else 0
