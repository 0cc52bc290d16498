"""`pleio study figures`: every figure of a study as files, drawn without a network."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ..output import print_json, say
from ..progress import progress
from .making import asked_for, kept_result
from .options import AGENT, BELIEF, CACHE, JSON, LIBRARY, NAME, ONTO, REGIMEN, SEED, SET, THREADS, WORLDS

if TYPE_CHECKING:
    from pleio.studies.figures.specs import Figure

OUT = typer.Option(Path(), "--out", help="The folder that they are written to; it is made where it is missing.")
FORMAT = typer.Option(["svg", "png"], "--format", help="svg, png or json (Vega-Lite with its data); repeatable.")
NARROW = typer.Option(False, "--narrow", help="Also as for a telephone.")
OBSERVED = typer.Option(
    None, "--observed", help="What was observed, as CSV (arm, time, of, value), to hold against what is predicted."
)


def add_to(study: typer.Typer) -> None:
    study.command("figures")(figures)


def figures(
    name: str = NAME,
    out: Path = OUT,
    format: list[str] = FORMAT,
    narrow: bool = NARROW,
    observed: Path | None = OBSERVED,
    worlds: int | None = WORLDS,
    belief: str | None = BELIEF,
    seed: int | None = SEED,
    set_: list[str] = SET,
    agent: str = AGENT,
    regimen: str = REGIMEN,
    onto: str = ONTO,
    cache: bool = CACHE,
    threads: int | None = THREADS,
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """Draw a study: bands, single worlds, endpoints, forest, tornado, value, and what was observed beside them."""
    from pleio.library.publishing.studies import value_of
    from pleio.library.validation.observed import read_seen, seen_in_library
    from pleio.studies.figures.specs import all_figures

    writers = _writers(format)
    asked = asked_for(name, library, set_, agent, regimen, onto)
    result = kept_result(asked, asked.worlds(worlds, seed=seed, band=belief), cache, threads)
    with progress(f"{asked.name}: figures"):
        value, why_not = value_of(asked, result)
        seen = seen_in_library(asked, result) + (read_seen(observed, result) if observed else [])
        drawn = all_figures(result, value, seen=seen)
        paths = [path for one in drawn for path in _write(one, out, writers, narrow, asked.name)]
    if why_not:
        say(why_not)
    if json:
        rows = [
            {"name": one.name, "title": one.title, "caption": one.caption, "says": one.description} for one in drawn
        ]
        print_json({"figures": rows, "files": [str(path) for path in paths]})
        return
    for path in paths:
        typer.echo(str(path))


def _writers(formats: list[str]) -> dict[str, Callable[[dict[str, Any]], bytes]]:
    from pleio.base.errors import InputError, Problem
    from pleio.studies.figures.specs import draw, draw_png

    known: dict[str, Callable[[dict[str, Any]], bytes]] = {
        "svg": lambda spec: draw(spec).encode(),
        "png": draw_png,
        "json": lambda spec: json.dumps(spec, ensure_ascii=False, indent=1).encode(),
    }
    unknown = [name for name in formats if name not in known]
    if unknown:
        raise InputError("--format", Problem("", f"'{unknown[0]}' is not known", "write svg, png or json"))
    return {name: known[name] for name in formats}


def _write(
    one: Figure, out: Path, writers: dict[str, Callable[[dict[str, Any]], bytes]], narrow: bool, study: str
) -> list[Path]:
    from pleio.base.errors import Problem, StoreError

    stem = "".join(letter for letter in f"{study}-{one.name}" if letter.isalnum() or letter in "-_.")
    paths = []
    for width, spec in (("", one.wide), ("-narrow", one.narrow)) if narrow else (("", one.wide),):
        for ending, write in writers.items():
            path = out / f"{stem}{width}.{ending}"
            try:
                out.mkdir(parents=True, exist_ok=True)
                path.write_bytes(write(dict(spec)))
            except OSError as fault:
                help = "name a folder that can be written, with --out"
                raise StoreError(str(path), Problem("", f"cannot be written: {fault.strerror}", help)) from None
            paths.append(path)
    return paths
