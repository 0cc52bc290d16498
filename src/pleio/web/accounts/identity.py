"""Who asks: by the cookie of a session, or by the token of a program."""

from __future__ import annotations

from starlette.requests import Request

from ..errors import WebError
from ..site import site_of
from .forms import SESSION_COOKIE
from .table import Account


def who(request: Request) -> Account | None:
    """Give the account that asks, or None.

    Raises:
        WebError: 401 where a token is given that does not stand.
    """
    accounts = site_of(request).accounts
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        account = accounts.of_token(token.strip())
        if account is None:
            raise WebError(401, "authorization", "holds a token that does not stand", "make one on /account")
        return account
    secret = request.cookies.get(SESSION_COOKIE, "")
    return accounts.of_session(secret) if secret else None


def may_work(request: Request) -> Account | None:
    """Let those through who may start work: on a server that only this machine reaches, everyone.

    Raises:
        WebError: 401 where an account is needed.
    """
    account = who(request)
    if account is None and not site_of(request).open_work:
        raise WebError(401, request.url.path, "needs an account on this server", "sign in, or send a token")
    return account


def reviewer(request: Request) -> Account:
    """Give the account that asks.

    Raises:
        WebError: 401 where nobody is signed in.
    """
    account = who(request)
    if account is None:
        raise WebError(401, request.url.path, "needs a signed-in reviewer", "sign in, or send a token")
    return account
