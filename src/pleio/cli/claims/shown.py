"""`pleio claims list|show|contests`: all accepted claims, the library's and one's own, and what is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from ..output import print_json, print_table, say
from .kept import open_kept
from .options import ABOUT, BAND, CONTEXT, JSON, LIBRARY

if TYPE_CHECKING:
    from pleio.claims.claim import Claim, Context, Evidence
    from pleio.claims.tables.joined import Known, Listed


def add_to(claims: typer.Typer) -> None:
    for name, command in (("list", list_), ("show", show), ("contests", contests)):
        claims.command(name)(command)


def list_(
    about: str = ABOUT,
    relation: str = typer.Option("", "--relation", help="Only this relation."),
    context: str = CONTEXT,
    system: str = typer.Option("", "--system", help="Only claims of this system (fibrosis, jak_stat, …)."),
    limit: int = typer.Option(1_000, "--limit", min=1, max=100_000, help="How many at most."),
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """List all accepted claims: what is claimed, how many speak for and against it, and which layers it is from."""
    from pleio.claims.tables.joined import listed
    from pleio.claims.tables.search import Filters

    filters = Filters(entity=about, relation=relation, context=context)
    found, more = listed(open_kept(library), filters, system=system, limit=limit)
    if json:
        print_json([{**item.claim.to_json(), "layers": list(item.layers)} for item in found])
    else:
        heads = ["id", "claim", "context", "for", "null", "against", "from"]
        print_table(heads, map(_row, found), right=[3, 4, 5])
        say(f"{len(found)} claims")
    if more:
        say("there are more; give --limit or further filters")


def show(
    id: str = typer.Argument(..., help="The claim's id or digest."), library: str = LIBRARY, json: bool = JSON
) -> None:
    """Show one claim: evidence with sources and trust, what is believed and why, its layers, who decided what."""
    from pleio.claims.tables.joined import known
    from pleio.claims.tables.review import beliefs_about

    store = open_kept(library)
    found = known(store, id)
    beliefs = beliefs_about(store, [found.claim])
    contests = [each for each in beliefs.contests.values() if any(c.id == found.claim.id for c in each.contest.claims)]
    if json:
        print_json({**found.to_json(), "contests": [contest.to_json() for contest in contests]})
        return
    for line in _about(found):
        typer.echo(line)
    for contest in contests:
        typer.echo(f"{contest.contest.title}: {_outcomes(contest)}\n  {contest.why}\n  {contest.would_change}")
    for review in found.reviews:
        why = f": {review.why}" if review.why else ""
        what = review.decision if review.undoes is None else f"undo of {review.undoes}"
        typer.echo(printable(f"review {review.number}: {what} by {review.who}, {review.decided}{why}"))


def contests(
    about: str = ABOUT, context: str = CONTEXT, belief: str = BAND, library: str = LIBRARY, json: bool = JSON
) -> None:
    """List the contests: what may be true, how strongly each outcome is believed, why, and what would change it."""
    from pleio.claims.tables.joined import weighed
    from pleio.claims.tables.search import Filters, curies_of

    store = open_kept(library)
    beliefs = weighed(store, Filters(entity=about), belief)
    names = curies_of(store, about) if about else (None,)
    ids = {each.id for name in names for each in beliefs.claims.contests(name, context=context or None)}
    found = [beliefs.contests[id] for id in sorted(ids)]
    if json:
        assumptions = {name: item.to_json() for name, item in beliefs.assumptions.items()}
        print_json({"contests": [item.to_json() for item in found], "assumptions": assumptions})
        return
    rows = [
        (item.contest.title, _outcomes(item), len(item.evidence), f"{item.why} {item.would_change}") for item in found
    ]
    print_table(["contest", "belief", "sources", "why, and what would change it"], rows, right=[2])
    for name, state in beliefs.assumptions.items():
        shown = ", ".join(f"{key} {value:.2f}" for key, value in state.states.items())
        say(f"assumption {name}: {shown}")


def evidence_line(item: Evidence) -> str:
    """Write a piece of evidence on one line: what it says, what was found, with what, in what, and where it is from."""
    given = item.perturbation
    parts: list[str | None] = []
    if given:
        agent = f"{given.from_} {given.agent}" if given.from_ else given.agent
        parts += [agent, given.form, given.dose, given.duration]
    place = place_line(item.context)
    parts += [f"in {place}" if place else None, f"n = {item.n}" if item.n else None]
    how = ", ".join(part for part in parts if part)
    cites = f"; cites {', '.join(item.cites)}" if item.cites else ""
    read = "" if item.read_right is None else f", read right {item.read_right:.2f}"
    hedge = "" if item.modality == "asserted" else f", {item.modality}"
    where = f"{item.source or 'no source'}{cites}; {item.trust}{read}"
    return printable(f"{item.says}{hedge}: {item.finding}{f' ({how})' if how else ''} [{where}]")


def place_line(context: Context) -> str:
    """Write a context on one line, species first; empty where nothing is stated."""
    things = [part.name for part in (context.cell_type, context.tissue, context.disease) if part]
    return printable(", ".join(part for part in (context.species, *things, context.system) if part))


def printable(text: str) -> str:
    """Leave out what could steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _about(found: Known) -> list[str]:
    claim = found.claim
    aspect = f" ({claim.aspect})" if claim.aspect else ""
    head = f"{claim.subject.name} {claim.relation} {claim.object.name}{aspect}   [{found.state}]"
    place = place_line(claim.context)
    lines = [head, f"  in {place}"] if place else [head]
    lines.append(f"  from {', '.join(found.layers) or 'a review'}; digest {found.digests[0][:16]}")
    if len(found.ids) > 1:
        lines.append(f"  also called {', '.join(name for name in found.ids if name != claim.id)}")
    lines += [f"  note: {claim.note}"] if claim.note else []
    return [printable(line) for line in lines] + [f"  {evidence_line(item)}" for item in claim.evidence]


def _row(item: Listed) -> list[Any]:
    from pleio.claims.contest import side

    claim: Claim = item.claim
    sides = [side(claim, each) for each in claim.evidence]
    object = " ".join(part for part in (claim.object.name, claim.aspect) if part)
    place = claim.context.cell_type or claim.context.tissue or claim.context.disease
    context = ", ".join(part for part in (claim.context.species, place.name if place else None) if part)
    return [
        claim.id,
        printable(f"{claim.subject.name} {claim.relation} {object}"),
        printable(context),
        *(sides.count(name) for name in ("for", "null", "against")),
        ", ".join(item.layers),
    ]


def _outcomes(contest: Any) -> str:
    ranked = sorted(contest.outcomes.items(), key=lambda pair: -pair[1])
    said = ", ".join(f"{name} {chance:.2f}" for name, chance in ranked)
    return f"{said} [{contest.remark}]" if contest.remark else said
