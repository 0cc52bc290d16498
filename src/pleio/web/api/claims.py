"""Claims, searched or one by one, and the contests between them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.requests import Request

from ...base.errors import ClaimError
from ...claims.tables.search import Filters, curies_of
from ..accounts.identity import who
from ..errors import WebError
from ..kept import find, one
from ..site import site_of
from .knowledge import Band, contests_of
from .paging import Cursor, Limit, cut, read_cursor, write_cursor
from .shapes import Hit, Object, Page

router = APIRouter(tags=["claims"])
Name = Annotated[str, Query(max_length=200)]
Chance = Annotated[float | None, Query(ge=0, le=1)]
Id = Annotated[str, Path(max_length=200)]


@router.get("/claims", response_model=Page[Hit], operation_id="list_claims")
def list_claims(
    request: Request,
    q: Annotated[str, Query(max_length=1_000, description='Words; "words in a row"; a word cut short with *.')] = "",
    about: Annotated[str, Query(max_length=200, description="An entity: name or CURIE.")] = "",
    relation: Name = "",
    context: Annotated[str, Query(max_length=200, description="Cell type, tissue, disease or species.")] = "",
    contest: Name = "",
    source: Name = "",
    state: Annotated[
        str, Query(max_length=20, description="accepted, proposed, rejected, replaced, gone")
    ] = "accepted",
    least: Chance = None,
    most: Chance = None,
    contested: bool = False,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> dict[str, Any]:
    """Find claims by words and by filters that all must fit; private ones only for those who are signed in."""
    filters = Filters(about, relation, context, contest, source, state, least, most, contested)
    of = [q, vars(filters)]
    start = read_cursor(cursor, of) or 0
    private = who(request) is not None
    found = find(site_of(request).kept(), q.strip(), filters, private=private, limit=limit, start=start)
    following = None if found.next is None else write_cursor(found.next, of)
    return {"items": [hit.to_json() for hit in found.hits], "next": following, "total": None}


@router.get("/claims/{id}", response_model=Object, operation_id="show_claim")
def show_claim(request: Request, id: Id) -> dict[str, Any]:
    """Show a claim with its evidence, layers and reviews, and its contests with what is believed of them."""
    site = site_of(request)
    try:
        found = one(site.kept(), id, private=who(request) is not None)
    except ClaimError as fault:
        problem = fault.problems[0]
        raise WebError(404, id[:80], problem.what, problem.help) from None
    if found is None:
        raise WebError(404, id[:80], "is no claim that is kept", "search for it")
    every = contests_of(site, "neutral", "", "")["contests"]
    here = [each for each in every if not set(found.ids).isdisjoint(each["claims"])]
    return {**found.to_json(), "contests": here}


@router.get("/contests", response_model=Page[Object], operation_id="list_contests")
def list_contests(
    request: Request,
    about: Name = "",
    context: Name = "",
    belief: Band = "neutral",
    contested: bool = False,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> dict[str, Any]:
    """List the contests: what may be true, how strongly each outcome is believed, and why."""
    site = site_of(request)
    names = curies_of(site.kept(), about) if about else ("",)  # an unknown name is an error, not an empty list
    found = {each["id"]: each for name in names for each in contests_of(site, belief, name, context)["contests"]}
    chosen = [found[id] for id in sorted(found) if found[id]["contested"] or not contested]
    return cut(chosen, limit, cursor, ["contests", about, context, belief, contested])


@router.get("/contests/{id}", response_model=Object, operation_id="show_contest")
def show_contest(request: Request, id: Id, belief: Band = "neutral") -> dict[str, Any]:
    """Explain a contest: each outcome's belief, the weight of each source, why, and what would change it."""
    every = contests_of(site_of(request), belief, "", "")["contests"]
    found = next((each for each in every if each["id"] == id), None)
    if found is None:
        raise WebError(404, id[:80], "is no contest of the library", "GET /contests lists them")
    return found  # type: ignore[no-any-return]


@router.get("/assumptions", response_model=Object, operation_id="list_assumptions")
def list_assumptions(request: Request, belief: Band = "neutral") -> dict[str, Any]:
    """List the premises that many claims share, and how far each of their states is believed."""
    return contests_of(site_of(request), belief, "", "")["assumptions"]  # type: ignore[no-any-return]
