"""`pleio artifact`: list, show, cite, verify and compare what was made; `pleio home`: where it lies."""

from __future__ import annotations

import json as encoder
from pathlib import Path

import typer

from .output import print_json, print_table, say

artifact = typer.Typer(help="What was made: listed, shown, cited, verified, compared.", no_args_is_help=True)
NAME = typer.Argument(..., help="A name (il11), a version of it (il11@2), or an id or its first eight digits.")
JSON = typer.Option(False, "--json", help="One JSON document on standard output.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(artifact, name="artifact")
    app.command("home")(home)


@artifact.command("list")
def list_(
    type: str = typer.Option("", "--type", help="Only one type: document, audit, claim_set, model, study, result, …"),
    json: bool = JSON,
) -> None:
    """List the artifacts that are kept, the latest version of each name first."""
    from pleio.artifacts import TYPES, Archive
    from pleio.base.errors import InputError, Problem, nearest

    if type and type not in TYPES:
        raise InputError("--type", Problem("", f"unknown type '{type}'", nearest(type, TYPES)))
    entries = Archive().entries(type)
    if json:
        print_json([vars(entry) for entry in entries])
        return
    rows = [(e.name, e.version or "", e.type, e.title, e.created, e.id[:12]) for e in entries]
    print_table(["name", "version", "type", "title", "created", "id"], rows, right=[1])
    if not entries:
        say("nothing is kept yet; 'pleio up' builds the library's artifacts")


@artifact.command("show")
def show(name: str = NAME, json: bool = JSON) -> None:
    """Show an artifact: what it is, what it was made from, by whom, and its content."""
    from pleio.artifacts import Archive

    archive = Archive()
    envelope = archive.load(name)
    record = {**archive.record(envelope), "made_by": str(envelope.made_by)}
    if json:
        print_json(record)
        return
    lineage = archive.lineage(envelope.id)
    for key in ("id", "type", "title", "created", "made_by", "licence"):
        typer.echo(f"{key:<9} {record[key]}")
    for entry in lineage.made_from:
        typer.echo(f"made from {entry.type} {entry.id[:12]} {entry.title}")
    for entry in lineage.used_in:
        typer.echo(f"used in   {entry.type} {entry.id[:12]} {entry.title}")
    text = encoder.dumps(envelope.content, ensure_ascii=False, indent=2)
    lines = text.splitlines()
    typer.echo("\n".join(lines[:60]))
    if len(lines) > 60:
        say(f"… {len(lines) - 60} more lines; --json prints all")


@artifact.command("cite")
def cite(
    name: str = NAME,
    format: str = typer.Option("text", "--format", "-f", help="text, bibtex, ris, csl or cff."),
    sources: bool = typer.Option(True, help="Also the papers behind exactly the claims it used."),
) -> None:
    """Cite an artifact, and the papers behind the claims that it used."""
    from pleio.artifacts import Archive, write_citations
    from pleio.library.results.citing import citations_of

    typer.echo(write_citations(citations_of(Archive(), name, sources=sources), format).rstrip())


@artifact.command("export")
def export(
    name: str = typer.Argument(..., help="A published study, such as oprelvekin-platelets."),
    crate: Path = typer.Option(None, "--crate", help="Write an RO-Crate into this new folder."),
    omex: Path = typer.Option(None, "--omex", help="Write a COMBINE archive with SBML and SED-ML to this file."),
    library: str = typer.Option("il11", "--library", help="The library that the study is of."),
) -> None:
    """Pack a published study with its model, data, figures, claims and lock file, to be run again elsewhere."""
    from pleio.artifacts import Archive
    from pleio.base.errors import InputError, Problem
    from pleio.library import open as open_library
    from pleio.library.packaging import published_study_of, study_archive, write_crate
    from pleio.store import write_file

    if crate is None and omex is None:
        raise InputError("export", Problem("", "nothing was asked for", "give --crate FOLDER or --omex FILE"))
    from .progress import progress

    archive = Archive()
    with progress(f"taking the result of {name}, or computing it again") as report:
        found = published_study_of(open_library(library), archive, name, report)
    if crate is not None:
        say(f"wrote {write_crate(archive, found, crate)}")
    if omex is not None:
        write_file(omex, study_archive(found.asked))
        say(f"wrote {omex}")


@artifact.command("verify")
def verify(
    name: str = typer.Argument("", help="An artifact and all it was made from, or the folder of a crate; else all."),
    rerun: bool = typer.Option(False, "--rerun", help="Of a crate: run its study again and compare the result."),
) -> int:
    """Recompute every digest and say what was altered.  Exit status 1 if anything was."""
    from pleio.artifacts import Archive
    from pleio.artifacts import verify as check
    from pleio.library.packaging.checking import is_crate

    if name and is_crate(Path(name)):
        return _verify_crate(Path(name), rerun)
    found = check(Archive(), name)
    for problem in found.problems:
        typer.echo(str(problem))
    state = "all as they were made" if found.whole else f"{len(found.problems)} problems"
    typer.echo(f"{found.artifacts} artifacts, {found.blobs} blobs: {state}")
    return 0 if found.whole else 1


def _verify_crate(folder: Path, again: bool) -> int:
    from pleio.library.packaging import check_crate, rerun

    found = check_crate(folder)
    problems = [*found.problems, *(rerun(folder).problems if again else ())]
    for problem in problems:
        typer.echo(str(problem))
    state = f"{len(problems)} problems" if problems else "all as they were made"
    typer.echo(
        f"{found.files} files: {state}" + (", and the run gives the same result" if again and not problems else "")
    )
    return 1 if problems else 0


@artifact.command("diff")
def diff(before: str = NAME, after: str = NAME) -> int:
    """Say what changed between two artifacts.  Exit status 1 if anything did."""
    from pleio.artifacts import Archive, compare

    archive = Archive()
    changes = compare(archive.load(before).content, archive.load(after).content)
    for change in changes:
        typer.echo(str(change))
    typer.echo(f"{len(changes)} changes")
    return 1 if changes else 0


def home(
    clear: str = typer.Option("", "--clear", help="Delete 'cache' (what can be made again), 'runs' or 'all'."),
    json: bool = JSON,
) -> None:
    """Say where data lie, how large they are, and how to clear them."""
    from pleio import store

    if clear:
        say(f"freed {store.home.megabytes(store.clear(clear))}")
        return
    described = store.describe()
    if json:
        parts = [vars(part) for part in described.parts]
        print_json(
            {"folder": str(described.folder), "chosen_by": described.chosen_by, "size": described.size, "parts": parts}
        )
        return
    typer.echo(str(described))
