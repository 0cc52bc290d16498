"""`pleio study` and `pleio value`: studies run, drawn, kept, compared and tried, and what decides them."""

from __future__ import annotations

import typer

from . import figures, running, runs, trial
from .valuing import value


def add_to(app: typer.Typer) -> None:
    study = typer.Typer(
        help="Studies: an intervention across the worlds that the evidence allows.", no_args_is_help=True
    )
    for part in (running, figures, runs, trial):
        part.add_to(study)
    app.add_typer(study, name="study")
    app.command("value")(value)
