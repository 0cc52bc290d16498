"""`pleio claims`: what is claimed and believed, what one keeps of it, and the review of what was proposed."""

from __future__ import annotations

import typer

from . import keeping, reviewing, shown


def add_to(app: typer.Typer) -> None:
    claims = typer.Typer(
        help="Claims with their evidence, the contests between them, and what is believed.", no_args_is_help=True
    )
    for part in (shown, keeping, reviewing):
        part.add_to(claims)
    app.add_typer(claims, name="claims")
