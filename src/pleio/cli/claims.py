"""`pleio claims`: the claims, their evidence, the contests between them, and what is believed."""

from __future__ import annotations

from typing import Any

import typer

from .output import print_json, print_table, say

claims = typer.Typer(
    help="Claims with their evidence, the contests between them, and what is believed.", no_args_is_help=True
)
ABOUT = typer.Option("", "--about", help="Only claims about this entity: a name or CURIE.")
CONTEXT = typer.Option("", "--context", help="Only this cell type, tissue, disease or species.")
BAND = typer.Option("neutral", "--belief", help="sceptic, neutral or believer.")
LIBRARY = typer.Option("il11", "--library", help="The library to look in.")
JSON = typer.Option(False, "--json", help="One JSON document on standard output.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(claims, name="claims")


@claims.command("list")
def list_(
    about: str = ABOUT,
    relation: str = typer.Option("", "--relation", help="Only this relation."),
    context: str = CONTEXT,
    system: str = typer.Option("", "--system", help="Only claims of this system (fibrosis, jak_stat, …)."),
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """List the claims: what is claimed, and how many sources speak for and against it."""
    from pleio.library import open as open_library

    found = open_library(library).claims.filter(
        entity=about or None, relation=relation or None, context=context or None
    )
    found = tuple(claim for claim in found if not system or claim.system == system)
    if json:
        print_json([claim.to_json() for claim in found])
        return
    print_table(["id", "claim", "context", "for", "null", "against"], map(_row, found), right=[3, 4, 5])
    say(f"{len(found)} claims")


@claims.command("show")
def show(id: str = typer.Argument(..., help="The claim's id."), library: str = LIBRARY, json: bool = JSON) -> None:
    """Show one claim: its evidence with sources and trust, its contests, and why they are believed as they are."""
    from pleio.library import open as open_library

    opened = open_library(library)
    claim = opened.claims[id]
    beliefs = opened.belief()
    contests = [beliefs.contests[c.id] for c in opened.claims.contests() if claim in c.claims]
    if json:
        print_json({"claim": claim.to_json(), "contests": [contest.to_json() for contest in contests]})
        return
    typer.echo(
        f"{claim.subject.name} {claim.relation} {claim.object.name}" + (f" ({claim.aspect})" if claim.aspect else "")
    )
    for item in claim.evidence:
        typer.echo(f"  {item.says}: {item.finding} [{item.source or 'no source'}; {item.trust}]")
    for contest in contests:
        typer.echo(f"{contest.contest.title}: {_outcomes(contest)}\n  {contest.why}\n  {contest.would_change}")


@claims.command("contests")
def contests(
    about: str = ABOUT, context: str = CONTEXT, belief: str = BAND, library: str = LIBRARY, json: bool = JSON
) -> None:
    """List the contests: what may be true, how strongly each outcome is believed, and why."""
    from pleio.library import open as open_library

    opened = open_library(library)
    beliefs = opened.belief(belief)
    found = [beliefs.contests[c.id] for c in opened.claims.contests(about or None, context=context or None)]
    if json:
        assumptions = {name: item.to_json() for name, item in beliefs.assumptions.items()}
        print_json({"contests": [item.to_json() for item in found], "assumptions": assumptions})
        return
    rows = [(item.contest.title, _outcomes(item), len(item.evidence), item.why) for item in found]
    print_table(["contest", "belief", "sources", "why"], rows, right=[2])
    for name, state in beliefs.assumptions.items():
        shown = ", ".join(f"{key} {value:.2f}" for key, value in state.states.items())
        say(f"assumption {name}: {shown}")


def _row(claim: Any) -> list[Any]:
    says = [item.says for item in claim.evidence]
    object = " ".join(part for part in (claim.object.name, claim.aspect) if part)
    place = claim.context.cell_type or claim.context.tissue or claim.context.disease
    context = ", ".join(part for part in (claim.context.species, place.name if place else None) if part)
    text = f"{claim.subject.name} {claim.relation} {object}"
    return [
        claim.id,
        text,
        context,
        says.count("supports") + says.count("observation"),
        says.count("null"),
        says.count("refutes"),
    ]


def _outcomes(contest: Any) -> str:
    ranked = sorted(contest.outcomes.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{name} {chance:.2f}" for name, chance in ranked)
