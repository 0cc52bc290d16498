"""`pleio claims search|add|import|export|layers|remove`: the claims that a person keeps beside the library's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pleio.base.errors import ClaimError, Problem

from ..output import print_json, print_table, say
from .kept import open_kept, write_out
from .moves import print_studies_moved, studies_moved
from .options import JSON, LIBRARY
from .shown import printable

if TYPE_CHECKING:
    from pleio.claims.tables.layers import ClaimStore, Laid

FORMAT = typer.Option(
    "",
    "--format",
    help="yaml, csv, tsv, jsonl, kgx, indra, sif, nanopub, cx2, signor, omnipath; by the file's name if not given.",
)
LAYER = typer.Option("", "--layer", help="The layer's name; the file's name if not given.")
MOST_COMPARED = 2_000  # claims whose beliefs are compared before and after


def add_to(claims: typer.Typer) -> None:
    for name, command in (
        ("search", search),
        ("add", add),
        ("import", import_),
        ("export", export),
        ("layers", layers),
        ("remove", remove),
    ):
        claims.command(name)(command)


def search(
    text: str = typer.Argument("", help='Words; "words in a row"; a word cut short with *.'),
    about: str = typer.Option("", "--about", help="Only claims about this entity: a name or CURIE."),
    relation: str = typer.Option("", "--relation", help="Only this relation."),
    context: str = typer.Option("", "--context", help="Only this cell type, tissue, disease or species."),
    contest: str = typer.Option("", "--contest", help="Only claims of this contest."),
    source: str = typer.Option("", "--source", help="Only claims with evidence from this source."),
    state: str = typer.Option("accepted", "--state", help="accepted, proposed, rejected, replaced or gone."),
    least: float | None = typer.Option(None, "--least", min=0, max=1, help="Believed at least this much."),
    most: float | None = typer.Option(None, "--most", min=0, max=1, help="Believed at most this much."),
    contested: bool = typer.Option(False, "--contested", help="Only where the evidence reports more than one thing."),
    limit: int = typer.Option(20, "--limit", min=1, max=1_000, help="How many at most."),
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """Find claims by words in what they say and what was found, and by filters that all must fit."""
    from pleio.claims.tables.search import Filters
    from pleio.claims.tables.search import search as find

    filters = Filters(about, relation, context, contest, source, state, least, most, contested)
    found = find(open_kept(library), text, filters, limit=limit)
    if json:
        print_json({"hits": [hit.to_json() for hit in found.hits], "more": found.more, "complete": found.complete})
        return
    if not found.hits:
        say("no claim fits; fewer words, a word cut short with *, or --state proposed may find more")
        return
    rows = [(hit.id, printable(hit.sentence), hit.sources, printable(hit.snippet)) for hit in found.hits]
    print_table(["id", "claim", "sources", "found"], rows, right=[2])
    if found.more:
        say("there are more; give --limit or further filters")
    if not found.complete:
        say("so many claims fit that not all were looked at; give further filters")


def add(
    file: Path = typer.Argument(..., help="A table (.csv, .tsv) or YAML of your own claims."),
    layer: str = LAYER,
    format: str = FORMAT,
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """Add claims of your own as a private layer, never exported unless asked; say which beliefs they change."""
    from pleio.claims.tables.schema import PRIVATE

    _lay(file, layer or file.stem, PRIVATE, format, library, json, "private")


def import_(
    file: Path = typer.Argument(..., help="A file of claims, or the edges file of a KGX graph."),
    layer: str = LAYER,
    format: str = FORMAT,
    propose: bool = typer.Option(False, "--propose", help="As proposals, which count once a review accepts them."),
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """Import claims as a layer, whole or not at all; a layer of the same name is replaced."""
    from pleio.claims.tables.schema import IMPORT, PROPOSAL

    _lay(file, layer or file.stem, PROPOSAL if propose else IMPORT, format, library, json, "imported")


def export(
    out: Path = typer.Argument(..., help="The file: .yaml is a patch to the library, others hold every claim."),
    format: str = typer.Option(
        "", "--format", help="yaml, csv, tsv, jsonl, kgx, indra, sif, turtle, ntriples, nanopub, bel or cx2."
    ),
    layer: str = typer.Option("", "--layer", help="Only the claims of this layer."),
    private: bool = typer.Option(False, "--private", help="Also what only your private layers hold."),
    library: str = LIBRARY,
) -> None:
    """Write accepted claims: as YAML those that the library lacks, with what reviews rejected; else all of them."""
    from pleio.formats.exchange import format_of

    store = open_kept(library)
    chosen = store.claims(layer=layer or None, private=private)
    if (format or format_of(out)) != "yaml" or layer:
        write_out(out, chosen, format)
        return
    ours = {claim.digest for claim in store.claims(layer=library)}
    write_out(out, (claim for claim in chosen if claim.digest not in ours), "yaml", head=_rejections(store))


def layers(library: str = LIBRARY, json: bool = JSON) -> None:
    """List the layers of claims, in the order they were laid."""
    found = open_kept(library).layers()
    if json:
        print_json([vars(layer) for layer in found])
        return
    rows = [(layer.name, layer.kind, layer.claims, layer.added) for layer in found]
    print_table(["layer", "kind", "claims", "added"], rows, right=[2])


def remove(layer: str = typer.Argument(..., help="The layer's name."), library: str = LIBRARY) -> None:
    """Take a layer away; reviews of its claims stay on record."""
    say(f"took away {open_kept(library).withdraw(layer):,} claims")


def _lay(file: Path, layer: str, kind: str, format: str, library: str, json: bool, done: str) -> None:
    from itertools import islice

    from pleio.claims.tables.lines import no_check
    from pleio.claims.tables.review import beliefs_about, changes
    from pleio.formats.exchange import read_claims_file
    from pleio.library.keeping.adding import Checks

    store = open_kept(library)
    check = Checks(store) if kind == "private" else no_check  # others have names of their own for things
    few = list(islice(read_claims_file(file, format, check), MOST_COMPARED + 1))
    if not few:
        raise ClaimError(str(file), Problem("", "holds no claims", "check that it is the file meant, and its --format"))
    compared = len(few) <= MOST_COMPARED and kind != "proposal"
    before = beliefs_about(store, few) if compared else None
    stream = few if len(few) <= MOST_COMPARED else read_claims_file(file, format, check)
    laid = store.lay(layer, kind, stream, digest=_digest(file), progress=_progress)
    moved = changes(before, beliefs_about(store, few)) if before is not None else ()
    studies = studies_moved(library, store, layer) if moved else ()
    if json:
        told = {"changes": [c.to_json() for c in moved], "studies": [one.to_json() for one in studies]}
        print_json({**_summary(laid), **(told if compared else {"changes": None, "studies": None})})
        return
    if laid.already:
        say(f"layer '{layer}' holds this file already")
        return
    held = f"{laid.layer.claims:,} {'claim' if laid.layer.claims == 1 else 'claims'}"
    say(f"{done} {held} as layer '{layer}', {laid.new:,} of them new")
    rows = [(change.title, _outcomes(change.before) or "new", _outcomes(change.after)) for change in moved]
    if rows:
        print_table(["belief in", "was", "is"], rows)
        print_studies_moved(studies)
    elif compared:
        say("no belief changed")


def _summary(laid: Laid) -> dict[str, Any]:
    return {**vars(laid.layer), "new": laid.new, "already": laid.already}


def _progress(count: int) -> None:
    import sys

    if sys.stderr.isatty():
        print(f"\r{count:,} claims", end="" if count % 5_000 == 0 else "\n", file=sys.stderr, flush=True)


def _digest(file: Path) -> str:
    import hashlib

    with open(file, "rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _outcomes(outcomes: dict[str, float]) -> str:
    ranked = sorted(outcomes.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{name} {chance:.2f}" for name, chance in ranked)


def _rejections(store: ClaimStore) -> str:
    """Write what reviews rejected as comments, which YAML readers pass over."""
    from pleio.claims.tables.review import reviews, state_of

    lines = []
    for review in reviews(store):
        if review.decision == "reject" and state_of(store, review.claim) == "rejected":
            why = f": {printable(review.why)}" if review.why else ""
            lines.append(f"# rejected {review.id} ({printable(review.who)}, {review.decided}){why}\n")
    return "".join(dict.fromkeys(lines))
