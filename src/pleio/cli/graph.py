"""`pleio graph`: what claims join an entity to, signed paths between two, and questions in SPARQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from .claims.kept import open_kept, write_out
from .claims.options import BAND, JSON, LIBRARY
from .output import print_json, print_table, say

if TYPE_CHECKING:
    from pleio.claims.claim import Claim
    from pleio.claims.tables.layers import ClaimStore

graph = typer.Typer(help="The accepted claims as a graph: neighbours, signed paths, SPARQL.", no_args_is_help=True)
MOST_QUERIED = 200_000
MOST_SHOWN = 500  # rows of a table: laying out 10,000 takes a minute


def add_to(app: typer.Typer) -> None:
    app.add_typer(graph, name="graph")


@graph.command("neighbours")
def neighbours(
    entity: str = typer.Argument(..., help="A name or CURIE."),
    relation: str = typer.Option("", "--relation", help="Only this relation."),
    limit: int = typer.Option(50, "--limit", min=1, max=10_000, help="How many at most."),
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """List what claims join an entity to, by most claims first."""
    from pleio.claims import graph as walk

    found = walk.neighbours(open_kept(library), entity, relation=relation, limit=limit)
    if json:
        print_json([vars(item) for item in found])
        return
    rows = [
        (entity if n.direction == "out" else n.name, n.relation, n.name if n.direction == "out" else entity, n.claims)
        for n in found
    ]
    print_table(["subject", "relation", "object", "claims"], rows, right=[3])


@graph.command("path")
def path(
    start: str = typer.Argument(..., help="A name or CURIE."),
    end: str = typer.Argument(..., help="A name or CURIE."),
    steps: int = typer.Option(3, "--steps", min=1, max=3, help="How many steps at most."),
    sign: str = typer.Option("", "--sign", help="Only paths that increase (+) or decrease (-) the end."),
    limit: int = typer.Option(10, "--limit", min=1, max=40, help="How many at most."),
    belief: str = BAND,
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """Find signed paths between two entities, most believed first."""
    from pleio.base.errors import ClaimError, Problem
    from pleio.claims import graph as walk

    if sign not in ("", "+", "-"):
        raise ClaimError("--sign", Problem("", f"'{sign}' is not a sign", "write + or -"))
    wanted = {"": None, "+": 1, "-": -1}[sign]
    found = walk.paths(open_kept(library), start, end, steps=steps, sign=wanted, band=belief, limit=limit)
    if json:
        print_json({"paths": [item.to_json() for item in found.paths], "complete": found.complete})
        return
    rows = [("+" if p.sign > 0 else "−", p.belief, str(p), "; ".join(s.title for s in p.steps)) for p in found.paths]
    print_table(["sign", "belief", "path", "contests"], rows, right=[1])
    if not found.complete:
        say("there are more paths than were weighed; these are of those that most claims make")


@graph.command("query")
def query(
    sparql: str = typer.Argument(
        ..., help="A SPARQL query, or @FILE.  'pleio:' and our CURIEs' prefixes are declared."
    ),
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """Ask the accepted claims in SPARQL: SELECT, ASK, CONSTRUCT or DESCRIBE, within 2 s."""
    from pleio.formats.rdf.query import ask, check

    text = _query(sparql)
    check(text)
    answer = ask(_bounded(open_kept(library)), text)
    if json:
        print_json(answer)
    elif "rows" in answer:
        print_table(answer["columns"], answer["rows"][:MOST_SHOWN])
        if len(answer["rows"]) > MOST_SHOWN:
            say(f"these are the first {MOST_SHOWN} of {len(answer['rows']):,} rows; --json gives all of them")
    else:
        typer.echo("\n".join(answer["triples"]) if "triples" in answer else str(answer["answer"]).lower())
    if answer.get("more"):
        say("there are more; these are the first")


@graph.command("export")
def export(
    out: Path = typer.Argument(
        ..., help="The file: .ttl, .nt, .trig, .sif, .cx2, .bel, .json (INDRA), edges.tsv or edges.jsonl (KGX)."
    ),
    format: str = typer.Option("", "--format", help="The format, where the file's name does not say."),
    private: bool = typer.Option(False, "--private", help="Also what only your private layers hold."),
    library: str = LIBRARY,
) -> None:
    """Write the accepted claims as a graph; private ones only when asked."""
    write_out(out, open_kept(library).claims(private=private), format)


def _query(text: str) -> str:
    if not text.startswith("@"):
        return text
    from pleio.base.errors import ClaimError
    from pleio.base.files import readable
    from pleio.formats.rdf.query import LONGEST

    with readable(text[1:], ClaimError), open(text[1:], encoding="utf-8") as file:
        return file.read(LONGEST + 1)


def _bounded(store: ClaimStore) -> list[Claim]:
    from itertools import islice

    from pleio.base.errors import ClaimError, Problem

    claims = list(islice(store.claims(), MOST_QUERIED + 1))
    if len(claims) > MOST_QUERIED:
        help = "export them with 'pleio graph export all.nt' and load them into a triple store"
        raise ClaimError("SPARQL", Problem("", f"more than {MOST_QUERIED:,} claims are kept", help))
    return claims
