"""`/review`: what waits for a decision, one claim with its evidence, accept, edit, reject, undo; without script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ...base.errors import ClaimError, Problem
from ...claims.claim import Claim
from ...claims.tables.review import Proposal, Review, count_waiting, decide, proposals, proposing, reviews, undo
from ..accounts.forms import posted, render_form, text
from ..accounts.identity import who
from ..accounts.table import Account
from ..errors import WebError, wants_json
from ..site import Site, site_of
from .editing import Field, edited, fields_of
from .showing import Belief, Shown, beliefs_of, documents_of, shown

PAGE = 40


@dataclass(frozen=True)
class Waiting:
    """The list: what waits, and the last decisions, with what this person may undo."""

    proposals: tuple[Shown, ...]
    total: int
    layers: tuple[str, ...]
    layer: str
    decisions: tuple[tuple[Review, bool], ...]
    older: str
    newer: str


@dataclass(frozen=True)
class Deciding:
    """One proposal: the claim, what is believed now, its fields to edit, what was wrong with an edit."""

    shown: Shown
    beliefs: tuple[Belief, ...]
    fields: tuple[Field, ...]
    why: str
    problems: tuple[Problem, ...]


def routes() -> list[BaseRoute]:
    """The addresses of reviews."""
    return [
        Route("/review.json", waiting),
        Route("/review", waiting),
        Route("/review/undo", take_back, methods=["POST"]),
        Route("/review/{digest}.json", one),
        Route("/review/{digest}", one),
        Route("/review/{digest}", decide_one, methods=["POST"]),
    ]


def waiting(request: Request) -> Response:
    """List what waits for a decision."""
    account = who(request)
    if account is None:
        return _ask_to_sign_in(request)
    layer = request.query_params.get("layer", "")[:200]
    start = request.query_params.get("from", "0")
    skip = int(start) if start.isdecimal() and len(start) < 7 else 0
    page = _waiting(site_of(request), account, layer, skip)
    if wants_json(request):
        listed = [{"digest": s.digest, "sentence": s.sentence, "layers": list(s.layers)} for s in page.proposals]
        done = [review.to_json() for review, _ in page.decisions]
        return JSONResponse({"total": page.total, "proposals": listed, "decisions": done}, headers=_NOT_KEPT)
    return render_form(request, "review.html", r=page, account=account, title="Review")


def one(request: Request) -> Response:
    """Show one proposal."""
    account = who(request)
    if account is None:
        return _ask_to_sign_in(request)
    proposal = _proposal(site_of(request), request.path_params["digest"])
    if wants_json(request):
        found = {"digest": proposal.digest, "claim": proposal.claim.to_json(), "layers": list(proposal.layers)}
        return JSONResponse(found, headers=_NOT_KEPT)
    return _show(request, account, proposal)


async def decide_one(request: Request) -> Response:
    """Carry a decision out; what is wrong with an edit is said beside its fields."""
    form = await posted(request)
    account = await run_in_threadpool(who, request)
    if account is None:
        raise WebError(401, "review", "needs a signed-in reviewer", "sign in again, then send the decision again")
    site = site_of(request)
    proposal = await run_in_threadpool(_proposal, site, request.path_params["digest"])
    decision, why = text(form, "decision", 20), text(form, "why")
    given = {name: text(form, name, 10_000) for name in form if name.startswith("field-")}
    try:
        replacement = edited(proposal.claim, given) if decision == "edit" else None
        done = await run_in_threadpool(_decided, site, proposal, decision, account.name, why, replacement)
    except ClaimError as fault:
        return await run_in_threadpool(_show, request, account, proposal, given, why, fault, 422)
    if wants_json(request):
        return JSONResponse(done.to_json(), headers=_NOT_KEPT)
    return RedirectResponse(f"/review?done={done.number}", 303)


async def take_back(request: Request) -> Response:
    """Undo a decision of one's own."""
    form = await posted(request)
    account = await run_in_threadpool(who, request)
    if account is None:
        raise WebError(401, "review", "needs a signed-in reviewer", "sign in again")
    number = text(form, "number", 10)
    site = site_of(request)
    decisions = await run_in_threadpool(_decisions, site, account)
    if not number.isdecimal() or not any(r.number == int(number) and mine for r, mine in decisions):
        raise WebError(404, number[:20] or "number", "is no decision of yours that stands", "the list has them")
    done = await run_in_threadpool(undo, site.kept(), who=account.name, why=text(form, "why"), number=int(number))
    if wants_json(request):
        return JSONResponse(done.to_json(), headers=_NOT_KEPT)
    return RedirectResponse(f"/review?done={done.number}", 303)


_NOT_KEPT = {"Cache-Control": "no-store"}


def _ask_to_sign_in(request: Request) -> Response:
    if wants_json(request):
        raise WebError(401, request.url.path, "needs a signed-in reviewer", "sign in, or send a token")
    return RedirectResponse("/signin?next=/review", 303)


def _waiting(site: Site, account: Account, layer: str, skip: int) -> Waiting:
    store = site.kept()
    count = count_waiting(store, layer=layer)
    chosen = proposals(store, layer=layer, limit=skip + PAGE)[skip:]
    documents = documents_of(site)
    address = f"/review?layer={layer}&from=" if layer else "/review?from="
    return Waiting(
        tuple(shown(each, documents) for each in chosen),
        count,
        proposing(store),
        layer,
        _decisions(site, account)[:PAGE],
        f"{address}{skip + PAGE}" if count > skip + PAGE else "",
        f"{address}{max(0, skip - PAGE)}" if skip else "",
    )


def _decisions(site: Site, account: Account) -> tuple[tuple[Review, bool], ...]:
    """Give the decisions, newest first, each with whether this person may undo it."""
    every = reviews(site.kept())
    undone = {each.undoes for each in every}
    return tuple(
        (each, each.who == account.name and each.decision != "undo" and each.number not in undone)
        for each in reversed(every)
    )


def _proposal(site: Site, digest: str) -> Proposal:
    found = [each for each in proposals(site.kept(), limit=100_000) if each.digest == digest]
    if not found:
        raise WebError(404, digest[:64], "does not wait for a decision", "the list has what waits")
    return found[0]


def _decided(site: Site, proposal: Proposal, decision: str, name: str, why: str, replacement: Claim | None) -> Review:
    return decide(site.kept(), proposal.digest, decision, who=name, why=why, replacement=replacement)


def _show(
    request: Request,
    account: Account,
    proposal: Proposal,
    given: dict[str, Any] | None = None,
    why: str = "",
    fault: ClaimError | None = None,
    status: int = 200,
) -> Response:
    beliefs = beliefs_of(site_of(request), proposal.claim)
    problems = fault.problems if fault else ()
    documents = documents_of(site_of(request))
    page = Deciding(shown(proposal, documents), beliefs, fields_of(proposal.claim, given or {}), why, problems)
    return render_form(request, "deciding.html", status, d=page, account=account, title=page.shown.sentence)
