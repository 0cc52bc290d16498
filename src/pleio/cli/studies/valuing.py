"""`pleio value`: what decides a study, and what is worth testing."""

from __future__ import annotations

import typer

from ..output import print_json, print_table, say
from .making import asked_for, kept_result
from .options import AGENT, BELIEF, JSON, LIBRARY, NAME, ONTO, REGIMEN, SEED, SET, SOBOL, SOBOL_WORLDS, THREADS, WORLDS


def value(
    name: str = NAME,
    worlds: int | None = WORLDS,
    belief: str | None = BELIEF,
    seed: int | None = SEED,
    set_: list[str] = SET,
    agent: str = AGENT,
    regimen: str = REGIMEN,
    onto: str = ONTO,
    sobol: bool = SOBOL,
    sobol_worlds: int | None = SOBOL_WORLDS,
    threads: int | None = THREADS,
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """Say which claims and assumptions explain a study's answer, and which are worth testing."""
    from pleio.library.publishing.studies import is_clear

    from .shares import kept_shares, print_shares

    asked = asked_for(name, library, set_, agent, regimen, onto)
    result = kept_result(asked, asked.worlds(worlds, seed=seed, band=belief), True, threads)
    found = asked.value(result)
    shares = kept_shares(asked, result, sobol_worlds, True, threads) if sobol else None
    if json:
        more = {"sobol": shares.to_json()} if shares else {}
        print_json({**found.to_json(), "believed_of": asked.believed_of, **more})
        return
    say(f"{result.worlds.band} beliefs about {asked.believed_of}")
    chances = ", ".join(f"{arm} {chance:.2f}" for arm, chance in found.chances.items())
    said = "best arm" if is_clear(found.best, found.chances) else "no arm is clearly best; best on average"
    typer.echo(f"{said}: {found.best} (chance that each is best: {chances})")
    typer.echo(f"value of knowing the world: {found.evpi:.4g} {found.unit}")
    rows = [
        (f.title, f.kind, f.share.value, f.worth.value, "yes" if f.worth.is_positive else "")
        for f in found.findings[:20]
    ]
    print_table(["factor", "kind", "share of variance", "value of knowing it", "worth testing"], rows, right=[2, 3])
    typer.echo(found.sentence)
    if found.together:
        typer.echo(found.together)
    if shares:
        print_shares(shares)
