"""`pleio mcp`: the verbs as tools for language models, over standard input and output."""

from __future__ import annotations

import typer

LIBRARY = typer.Option("il11", "--library", help="The library under your own claims.")


def add_to(app: typer.Typer) -> None:
    app.command("mcp")(mcp)


def mcp(library: str = LIBRARY) -> None:
    """Serve typed tools over MCP: search claims, explain contests, run scenarios, value information."""
    from pleio.library import open as open_library
    from pleio.web.mcp.server import create_server

    open_library(library)
    create_server(library).run("stdio")
