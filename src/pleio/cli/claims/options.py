"""What several commands about claims may be told."""

from __future__ import annotations

import typer

ABOUT = typer.Option("", "--about", help="Only claims about this entity: a name or CURIE.")
CONTEXT = typer.Option("", "--context", help="Only this cell type, tissue, disease or species.")
BAND = typer.Option("neutral", "--belief", help="sceptic, neutral or believer.")
LIBRARY = typer.Option("il11", "--library", help="The library under your own claims.")
JSON = typer.Option(False, "--json", help="One JSON document on standard output.")
