"""Reviews: what waits for a decision, the decisions on record, and deciding."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import Field
from starlette.requests import Request

from ...base.errors import ClaimError
from ...claims.claim import Claim
from ...claims.tables import review
from ...claims.tables.lines import claim_from
from ..accounts.identity import reviewer
from ..numbers import NUMBER
from ..site import site_of
from .paging import Cursor, Limit, numbered, read_cursor
from .shapes import Object, Page, ProposalShape, ReviewShape, Shape

router = APIRouter(tags=["reviews"])
Digest = Annotated[str, Path(pattern="^[0-9a-f]{8,64}$", description="The claim's digest, or its first digits.")]


class Decision(Shape):
    """A decision about a claim; `replacement`, with edit, is the claim that takes its place."""

    decision: Literal["accept", "reject", "edit"]
    why: Annotated[str, Field(max_length=2_000)] = ""
    replacement: Object | None = None


class Undoing(Shape):
    """Which decision to undo, and why; without a number your own last one."""

    number: Annotated[int, Field(ge=1, le=2**31), NUMBER] | None = None
    why: Annotated[str, Field(max_length=2_000)] = ""


@router.get("/proposals", response_model=Page[ProposalShape], operation_id="list_proposals")
def list_proposals(request: Request, limit: Limit = 50, cursor: Cursor = "") -> dict[str, Any]:
    """List the claims that wait for a decision, for a signed-in reviewer."""
    reviewer(request)
    kept, after = site_of(request).kept(), read_cursor(cursor, "proposals") or 0
    found = review.proposals(kept, after=after, limit=limit + 1)
    page, following = numbered(found, limit, "proposals", lambda each: each.number)
    items = [{"digest": p.digest, "claim": p.claim.to_json(), "layers": list(p.layers)} for p in page]
    return {"items": items, "next": following, "total": review.count_waiting(kept)}


@router.get("/reviews", response_model=Page[ReviewShape], operation_id="list_reviews")
def list_reviews(request: Request, limit: Limit = 50, cursor: Cursor = "") -> dict[str, Any]:
    """List every decision, newest first: who decided what, when and why."""
    reviewer(request)
    before, every = read_cursor(cursor, "reviews"), review.reviews(site_of(request).kept())
    found = [each for each in reversed(every) if before is None or each.number < before]
    page, following = numbered(found, limit, "reviews", lambda each: each.number)
    return {"items": [each.to_json() for each in page], "next": following, "total": len(every)}


@router.post("/proposals/{digest}", response_model=ReviewShape, operation_id="decide")
def decide(request: Request, digest: Digest, asked: Decision) -> dict[str, Any]:
    """Accept, edit or reject a claim under your name; when this is answered the decision is on the disk."""
    account = reviewer(request)
    other: Claim | None = claim_from(asked.replacement) if asked.replacement is not None else None
    kept = site_of(request).kept()
    done = review.decide(kept, digest, asked.decision, who=account.name, why=asked.why, replacement=other)
    return done.to_json()


@router.post("/reviews/undo", response_model=ReviewShape, operation_id="undo_review")
def undo(request: Request, asked: Undoing) -> dict[str, Any]:
    """Undo a decision of yours by appending one that says so."""
    account = reviewer(request)
    kept = site_of(request).kept()
    if asked.number is not None:
        mine = [each for each in review.reviews(kept) if each.number == asked.number and each.who == account.name]
        if not mine:
            raise ClaimError("undo", f"decision {asked.number} is not one of {account.name}")
    return review.undo(kept, who=account.name, why=asked.why, number=asked.number).to_json()
