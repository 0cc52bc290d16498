"""`pleio export site`: the pages as files."""

from __future__ import annotations

from pathlib import Path

import typer

from .output import say

export = typer.Typer(help="What is published, as files.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(export, name="export")


@export.callback()
def _group() -> None:
    """What is published, as files."""


@export.command("site")
def site(
    folder: Path = typer.Argument(..., help="The folder to write into: empty, new, or with an earlier site."),
    public_address: str = typer.Option("", "--public-address", help="The address that the site will be known by."),
) -> None:
    """Write the pages as a static site; the same store gives the same bytes."""
    from pleio.artifacts import Archive
    from pleio.web.origin import public_origin
    from pleio.web.static_site import export_site

    from .progress import progress

    public = public_origin(public_address) if public_address else ""
    archive = Archive()
    if not archive.entries("page"):
        say("nothing is published yet; 'pleio up --build-only' builds the library's pages")
    with progress("writing the site") as report:
        count = export_site(archive, folder, public=public, report=report)
    print(f"{count} files in {folder}; open {folder / 'index.html'}")
