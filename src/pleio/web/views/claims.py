"""Claims and contests: lists, one claim with its evidence, one contest with both its sides."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...base.errors import ClaimError, nearest
from ...library.content import Claim, ClaimSet, Contest, Page, from_json, to_json
from ..accounts.identity import who
from ..context import ClaimList, ClaimPage, ContestPage
from ..errors import WebError, wants_json
from ..kept import one
from ..reader import Reader
from ..render.evidence import speaks_for
from ..site import site_of
from ..templates import render
from .parts import contest_row, with_sources

RELATED = 12


def claims(request: Request) -> Response:
    """`/claims`: all claims, filtered by words, by system, or those contested."""
    reader: Reader = request.app.state.reader
    query = request.query_params
    words, system, entity = query.get("q", "")[:200], query.get("system", "")[:80], query.get("entity", "")[:200]
    context = claim_list(reader, words, system, query.get("contested") == "1", entity)
    if wants_json(request):
        return JSONResponse({"total": context.total, "claims": to_json(context.claims)})
    return render("claims.html", l=context, title="Claims")


def claim(request: Request) -> Response:
    """`/claim/{id}`: one claim and what speaks to it."""
    reader: Reader = request.app.state.reader
    found, claim_set = _find_claim(request, request.path_params["id"])
    if wants_json(request):
        return JSONResponse(to_json(found))
    return render("claim.html", c=claim_context(reader, found, claim_set), title=found.sentence)


def contest(request: Request) -> Response:
    """`/contest/{id}`: both sides of a contest."""
    reader: Reader = request.app.state.reader
    found, claim_set = _find_contest(reader, request.path_params["id"])
    if wants_json(request):
        return JSONResponse(to_json(found))
    return render("contest.html", c=contest_context(found, claim_set), title=found.title)


def claim_list(reader: Reader, words: str, system: str, only_contested: bool, entity: str = "") -> ClaimList:
    """Filter the claims of every published set; `entity` is the CURIE or name of an end."""
    everything = [claim for claims in reader.claim_sets() for claim in claims.claims]
    wanted = words.casefold().split()
    found = [
        claim
        for claim in everything
        if (not system or claim.system == system)
        and (not only_contested or claim.contested)
        and (not entity or entity in (claim.subject, claim.subject_name, claim.object, claim.object_name))
        and all(word in f"{claim.id} {claim.sentence} {claim.context}".casefold() for word in wanted)
    ]
    systems = tuple(sorted({claim.system for claim in everything if claim.system}))
    return ClaimList(tuple(found), len(everything), systems, words, system, only_contested, entity)


def claim_context(reader: Reader, claim: Claim, claims: ClaimSet) -> ClaimPage:
    """Put a claim's page together."""
    contests = [found for found in (claims.contest(id) for id in claim.contests) if found]
    assumptions = [found for found in (claims.assumption(id) for id in claim.assumptions) if found]
    related = [
        other
        for other in claims.claims
        if other.id != claim.id and {other.object, other.subject} & {claim.object} and other.object == claim.object
    ]
    pages = [
        entry for entry in reader.entries("page") if entry.name and f"{claim.id}" in reader.content(Page, entry.id).text
    ]
    return ClaimPage(
        claim,
        with_sources(claim.evidence, claims),
        tuple(contest_row(item) for item in contests),
        tuple(assumptions),
        tuple(related[:RELATED]),
        tuple(pages),
    )


def contest_context(contest: Contest, claims: ClaimSet) -> ContestPage:
    """Put a contest's page together."""
    return ContestPage(
        contest_row(contest),
        with_sources([item for item in contest.evidence if speaks_for(contest, item)], claims),
        with_sources([item for item in contest.evidence if not speaks_for(contest, item)], claims),
        tuple(found for found in (claims.claim(id) for id in contest.claims) if found),
        tuple(found for found in (claims.assumption(id) for id in contest.assumptions) if found),
    )


def _find_claim(request: Request, id: str) -> tuple[Claim, ClaimSet]:
    """Find a claim that is published, or one that is kept beside them."""
    sets = request.app.state.reader.claim_sets()
    for claims in sets:
        found = claims.claim(id)
        if found:
            return found, claims
    kept = _kept_claim(request, id)
    if kept is not None:
        return kept.claims[0], kept
    known = [claim.id for claims in sets for claim in claims.claims]
    raise WebError(404, id[:80], "is no claim that is published here", _help(id, known))


def _kept_claim(request: Request, id: str) -> ClaimSet | None:
    site = site_of(request)
    try:
        known = one(site.kept(), id, private=who(request) is not None)
    except ClaimError:
        return None
    found = site.desk.ask("claim", library=site.library, digest=known.digests[0]) if known else None
    return from_json(ClaimSet, found) if found else None


def _find_contest(reader: Reader, id: str) -> tuple[Contest, ClaimSet]:
    sets = reader.claim_sets()
    for claims in sets:
        found = claims.contest(id)
        if found:
            return found, claims
    known = [contest.id for claims in sets for contest in claims.contests]
    raise WebError(404, id[:80], "is no contest that is published here", _help(id, known))


def _help(id: str, known: list[str]) -> str:
    return (nearest(id[:80], known) if len(known) > 12 else "") or "the list of claims has them all"
