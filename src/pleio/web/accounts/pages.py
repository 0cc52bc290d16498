"""`/signin`, `/account`: signing in and out, tokens for programs."""

from __future__ import annotations

import math
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ..errors import WebError
from ..site import site_of
from .forms import SESSION_COOKIE, posted, render_form, set_cookie, text
from .identity import reviewer, who
from .table import SESSION, Account


def routes() -> list[BaseRoute]:
    """The addresses of accounts."""
    return [
        Route("/signin", signin),
        Route("/signin", sign_in, methods=["POST"]),
        Route("/signout", sign_out, methods=["POST"]),
        Route("/account", account),
        Route("/account/tokens", add_token, methods=["POST"]),
        Route("/account/tokens/{number:int}/revoke", revoke, methods=["POST"]),
    ]


def signin(request: Request) -> Response:
    """Ask for name and password."""
    return _ask(request, "", onward(request.query_params.get("next", "")))


async def sign_in(request: Request) -> Response:
    """Check name and password, begin a session, and go on to where the person was going."""
    form = await posted(request)
    name, next = text(form, "name", 200), onward(text(form, "next", 500))
    password = form.get("password", "")
    site = site_of(request)
    place = request.client.host if request.client else ""
    wait = site.attempts.wait(name, place)
    if wait > 0:
        error = WebError(429, "sign-in", "failed too often", f"try again in {math.ceil(wait / 60)} minutes")
        error.headers = {"Retry-After": str(math.ceil(wait))}
        raise error
    site.attempts.failed(name, place)  # counted before the password is looked at: many at once count as many
    secret = await run_in_threadpool(site.accounts.sign_in, name, password) if isinstance(password, str) else None
    if secret is None:
        return await run_in_threadpool(_ask, request, name, next, "Name and password do not fit.", 401)
    site.attempts.succeeded(name, place)
    response = RedirectResponse(next or "/review", 303)
    set_cookie(response, SESSION_COOKIE, secret, int(SESSION))
    return response


async def sign_out(request: Request) -> Response:
    """End the session."""
    await posted(request)
    secret = request.cookies.get(SESSION_COOKIE, "")
    if secret:
        await run_in_threadpool(site_of(request).accounts.sign_out, secret)
    response = RedirectResponse("/", 303)
    response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="strict")
    return response


def account(request: Request) -> Response:
    """Show who is signed in, and their tokens."""
    found = who(request)
    if found is None:
        return RedirectResponse("/signin?next=/account", 303)
    return _account(request, found)


async def add_token(request: Request) -> Response:
    """Make a token and show it, this once."""
    form = await posted(request)
    found = await run_in_threadpool(reviewer, request)
    label = text(form, "label", 100) or "unnamed"
    secret = await run_in_threadpool(site_of(request).accounts.make_token, found.name, label)
    return await run_in_threadpool(_account, request, found, secret)


async def revoke(request: Request) -> Response:
    """Revoke a token."""
    await posted(request)
    found = await run_in_threadpool(reviewer, request)
    number = request.path_params["number"]
    if number >= 2**31 or not await run_in_threadpool(site_of(request).accounts.revoke, number, found.name):
        raise WebError(404, str(number)[:20], "is no token of yours that stands", "your account lists them")
    return RedirectResponse("/account", 303)


def onward(address: str) -> str:
    """Keep an address only where it leads within this server.

    Example:
        >>> onward("/review?x=1"), onward("//evil.example"), onward("https://evil.example/"), onward("/\\\\evil")
        ('/review?x=1', '', '', '')
    """
    parts = urlsplit(address.replace("\\", "/")) if address.isprintable() else None
    stays = parts is not None and not parts.scheme and not parts.netloc
    return address if stays and address.startswith("/") and not address.startswith(("//", "/\\")) else ""


def _ask(request: Request, name: str, next: str, problem: str = "", status: int = 200) -> Response:
    anyone = bool(site_of(request).accounts.all())
    return render_form(
        request, "signin.html", status, name=name, next=next, problem=problem, anyone=anyone, title="Sign in"
    )


def _account(request: Request, found: Account, secret: str = "") -> Response:
    tokens = site_of(request).accounts.tokens(found.name)
    return render_form(request, "account.html", account=found, tokens=tokens, secret=secret, title=found.name)
