"""`pleio up` and `pleio serve`: build what is missing, serve the pages, print the address."""

from __future__ import annotations

import typer

from .output import say

PORT = typer.Option(8011, "--port", help="The port to serve on; 0 takes any that is free.", min=0, max=65535)
HOST = typer.Option("127.0.0.1", "--host", help="The address to bind to; this machine only by default.")

PUBLIC = typer.Option(
    "", "--public-address", help="The address others know the site by, such as https://pleio.example.org."
)


def add_to(app: typer.Typer) -> None:
    app.command("up")(up)
    app.command("serve")(serve)


def up(
    port: int = PORT,
    host: str = HOST,
    library: str = typer.Option("il11", "--library", help="The library to publish."),
    worlds: int | None = typer.Option(None, "--worlds", help="Worlds of each study; the study's own by default."),
    public_address: str = PUBLIC,
    build_only: bool = typer.Option(False, "--build-only", help="Build and stop, without serving."),
) -> None:
    """Build what is missing, run the default studies, serve the pages and print the address."""
    from pleio.artifacts import Archive
    from pleio.library import open as open_library
    from pleio.library.publish import publish
    from pleio.web.origin import public_origin
    from pleio.web.serving import bind
    from pleio.web.serving import serve as serve_pages

    from .progress import progress

    public = public_origin(public_address) if public_address else ""
    taken = None if build_only else bind(host, port)  # a port in use is known before anything is computed
    archive = Archive()
    publish(open_library(library), archive, worlds=worlds, stage=progress)
    if taken is not None:
        serve_pages(archive, taken, lambda address: _ready(f"{address}artifact/{library}"), public)


def serve(port: int = PORT, host: str = HOST, public_address: str = PUBLIC) -> None:
    """Serve what has been built, and print the address."""
    from pleio.artifacts import Archive
    from pleio.web.origin import public_origin
    from pleio.web.serving import bind
    from pleio.web.serving import serve as serve_pages

    public = public_origin(public_address) if public_address else ""
    archive = Archive()
    if not archive.entries("page"):
        say("nothing is published yet; 'pleio up' builds the library's pages")
    serve_pages(archive, bind(host, port), _ready, public)


def _ready(address: str) -> None:
    """Print the address as one flushed line, so that a program that reads a pipe sees it at once."""
    print(address, flush=True)
