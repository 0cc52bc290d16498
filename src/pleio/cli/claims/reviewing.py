"""`pleio claims review`: a curator's walk through what was proposed; every answer is kept at once and can be undone."""

from __future__ import annotations

from getpass import getuser
from typing import TYPE_CHECKING

import typer

from ..output import print_json, print_table, say
from .kept import open_kept
from .options import JSON, LIBRARY
from .shown import evidence_line, place_line, printable

if TYPE_CHECKING:
    from pleio.claims.claim import Claim
    from pleio.claims.tables.layers import ClaimStore
    from pleio.claims.tables.review import Proposal

WHO = typer.Option("", "--who", help="Who decides; your user name if not given.")
QUESTION = "[a]ccept, [e]dit, [r]eject, [s]kip, [u]ndo, [q]uit, [?] help"
HELP = """  a  accept: the claim counts from now on
  e  edit: change it; the changed claim counts in its place
  r  reject: it does not count, and is not proposed again
  s  skip: leave it waiting
  u  undo: take back the last decision of this walk, and decide again
  q  quit: what was decided is kept, the rest waits"""


def add_to(claims: typer.Typer) -> None:
    claims.command("propose")(propose)
    claims.command("review")(review)
    claims.command("decide")(decide_one)
    claims.command("reviews")(list_reviews)


def propose(
    doc: str = typer.Argument(..., help="A document, as for `pleio read`; `-` reads standard input.", metavar="DOC"),
    library: str = LIBRARY,
) -> None:
    """Read a document and propose what it says; a proposal counts once a review accepts it."""
    from pleio import reading
    from pleio.library.keeping import kept

    document = reading.open_document(doc)
    statements = reading.read(document)
    laid = kept.propose(open_kept(library), document, statements)
    say(f"{laid.layer.claims} proposals of {len(statements)} statements, as layer '{laid.layer.name}'")
    if laid.layer.claims < len(statements):
        say("a statement with an end that has no identifier proposes nothing; two that say the same are one proposal")


def review(
    layer: str = typer.Option("", "--layer", help="Only what this layer proposes."),
    who: str = WHO,
    library: str = LIBRARY,
) -> None:
    """Walk through proposals: accept, edit, reject, skip, undo.  Leave at any time; what was decided is kept."""
    from pleio.claims.tables import review as reviewing

    store, person = open_kept(library), who or getuser()
    waiting = list(reviewing.proposals(store, layer=layer))
    more = reviewing.count_waiting(store, layer=layer) - len(waiting)
    say(f"{len(waiting)} proposals" + (f", and {more:,} more after them" if more else ""))
    decided: list[int] = []  # places in the walk, so that undo goes back to them
    at, shown = 0, -1
    while at < len(waiting) or (decided and _last_is_undone()):
        if at == len(waiting):
            at, shown = _undo(store, person, decided, at), -1
        if at != shown:
            _show(store, waiting[at], f"{at + 1} of {len(waiting)}")
            shown = at
        answer = typer.prompt(QUESTION, type=str).strip().lower()[:1]
        if answer == "q":
            break
        if answer == "u":
            at, shown = _undo(store, person, decided, at), -1
        elif answer == "s":
            at += 1
        elif answer not in ("a", "e", "r"):
            typer.echo(HELP)
        elif _decide(store, waiting[at], answer, person):
            decided.append(at)
            at += 1
    say(f"{len(decided)} decided, {reviewing.count_waiting(store, layer=layer):,} still wait")


def decide_one(
    claim: str = typer.Argument(..., help="The claim's id or digest."),
    decision: str = typer.Argument(..., help="accept, reject or undo."),
    why: str = typer.Option("", "--why", help="Why."),
    who: str = WHO,
    library: str = LIBRARY,
) -> None:
    """Decide about one claim, a library's too; the files of a library stay as they are."""
    from pleio.base.errors import ClaimError, Problem
    from pleio.claims.tables.review import decide, reviews, undo

    store, person = open_kept(library), who or getuser()
    if decision == "undo":
        undone = {item.undoes for item in reviews(store, claim)}
        standing = [r.number for r in reviews(store, claim) if r.decision != "undo" and r.number not in undone]
        if not standing:
            raise ClaimError(f"claim '{claim}'", Problem("", "has no decision that stands"))
        done = undo(store, who=person, why=why, number=standing[-1])
    else:
        done = decide(store, claim, decision, who=person, why=why)
    say(f"{done.decision}: {done.id} ({done.who}, {done.decided})")


def list_reviews(
    claim: str = typer.Argument("", help="Only of this claim: its id or digest."),
    library: str = LIBRARY,
    json: bool = JSON,
) -> None:
    """List every decision: who decided what, when and why."""
    from pleio.claims.tables.review import reviews

    found = reviews(open_kept(library), claim)
    if json:
        print_json([item.to_json() for item in found])
        return
    rows = [
        (r.number, r.id, r.decision if r.undoes is None else f"undo {r.undoes}", r.who, r.decided, r.why) for r in found
    ]
    print_table(["", "claim", "decision", "who", "when", "why"], rows)


def _show(store: ClaimStore, proposal: Proposal, place: str) -> None:
    from pleio.claims.tables.review import beliefs_about

    claim = proposal.claim
    typer.echo(f"\n{place}: {printable(str(claim))}   [{printable(', '.join(proposal.layers))}]")
    typer.echo(f"  in {place_line(claim.context) or 'a species and setting that are not stated'}")
    if claim.note:
        typer.echo(f"  note: {printable(claim.note)}")
    for item in claim.evidence:
        typer.echo(f"  {evidence_line(item)}")
    for belief in beliefs_about(store, [claim]).contests.values():
        if (belief.contest.subject, belief.contest.object) == (claim.subject, claim.object):
            remark = f" [{belief.remark}]" if belief.remark else ""
            typer.echo(f"  now {belief.contest.title}: {belief.leading} {belief.outcomes[belief.leading]:.2f}{remark}")


def _decide(store: ClaimStore, proposal: Proposal, answer: str, who: str) -> bool:
    """Carry out one answer; what is wrong with it is said, and asked again."""
    from pleio.base.errors import ClaimError
    from pleio.claims.tables.review import decide

    decision = {"a": "accept", "e": "edit", "r": "reject"}[answer]
    try:
        replacement = _edited(proposal.claim) if answer == "e" else None
        why = typer.prompt("why", default="", show_default=False)
        decide(store, proposal.digest, decision, who=who, why=why, replacement=replacement)
    except ClaimError as fault:
        say(str(fault))
        return False
    return True


def _last_is_undone() -> bool:
    """Ask at the end of the walk whether the last decision stands; where nobody answers, it does."""
    try:
        answer = typer.prompt("that was the last: [u]ndo, [q]uit", default="q", show_default=False)
    except typer.Abort:
        return False
    return str(answer).strip().lower()[:1] == "u"


def _undo(store: ClaimStore, who: str, decided: list[int], at: int) -> int:
    from pleio.claims.tables.review import undo

    if not decided:
        say("nothing was decided on this walk")
        return at
    undo(store, who=who)
    return decided.pop()


def _edited(claim: Claim) -> Claim:
    """Ask for changes, `column=value` as in tables of claims; `finding@2=…` is of the second piece of evidence.

    Raises:
        ClaimError: a column does not exist, or what comes out is no claim.
    """
    from pleio.base.errors import ClaimError
    from pleio.formats.rows import rows_of

    rows = [dict(row) for row in rows_of(claim)]
    _show_columns(rows)
    refused = False
    while True:
        change = typer.prompt("change (column=value, empty when done)", default="", show_default=False)
        try:
            if change:
                _change(rows, change)
                refused = False
                continue
            return _made(claim, rows)
        except ClaimError as fault:
            if refused and not change:
                raise  # twice in a row nothing was changed: back to the question
            say(f"{fault}\nwhat was changed stays; change it again, or leave it with an empty line")
            refused = not change


def _change(rows: list[dict[str, str]], change: str) -> None:
    """Make one change.

    Raises:
        ClaimError: there is no such column or piece of evidence.
    """
    from pleio.base.errors import ClaimError, Problem, nearest
    from pleio.formats.rows import CLAIM, COLUMNS

    if change.strip() == "?":
        typer.echo(f"  {', '.join(COLUMNS)}")
        return
    column, sign, value = change.partition("=")
    name, _, number = column.strip().partition("@")
    if not sign or name not in COLUMNS:
        help = nearest(name[:60], COLUMNS) or "write column=value; ? lists the columns"
        raise ClaimError("edit", Problem("", f"'{name[:60]}' is no column", help))
    if number and not (number.isdigit() and 1 <= int(number) <= len(rows)):
        raise ClaimError("edit", Problem("", f"there is no evidence {number[:20]}", f"1 to {len(rows)}"))
    for row in rows if name in CLAIM else [rows[int(number or 1) - 1]]:
        row[name] = value.strip()


def _made(claim: Claim, rows: list[dict[str, str]]) -> Claim:
    """Make a claim of the changed rows.

    Raises:
        ClaimError: they are none.
    """
    from pleio.base.errors import ClaimError
    from pleio.formats.rows import claims_of

    unnamed = claim.id == f"claim-{claim.meaning[:32]}" and rows[0]["id"] == claim.id
    given = [{**row, "id": ""} if unnamed else row for row in rows]  # a name of the old meaning would name it wrongly
    (_, made), *_ = claims_of(("edit", row) for row in given)
    if isinstance(made, ClaimError):
        raise made
    return made


def _show_columns(rows: list[dict[str, str]]) -> None:
    """Show the columns that hold something, and of which piece of evidence where there are several."""
    from pleio.formats.rows import CLAIM

    for number, row in enumerate(rows, start=1):
        for column, value in row.items():
            if value and (number == 1 or column not in CLAIM):
                which = f"@{number}" if column not in CLAIM and len(rows) > 1 else ""
                typer.echo(f"  {column}{which}={printable(value)}")
    typer.echo("  ? lists the columns that are empty too; column= empties one")
