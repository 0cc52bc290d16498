"""Forms that only our own pages can send: each carries a token that belongs to a cookie of this browser."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from ..errors import WebError
from ..site import site_of
from ..templates import render

COOKIE, SESSION_COOKIE = "pleio_form", "pleio_session"
FIELD = "form_token"
MOST_FIELDS, LARGEST_FIELD = 2_000, 1_100_000


def render_form(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """Fill a template that holds forms; `form_token` is what each of them must carry."""
    seed = request.cookies.get(COOKIE, "")
    fresh = not 20 <= len(seed) <= 100
    if fresh:
        seed = secrets.token_urlsafe(32)
    headers = {"Cache-Control": "no-store"}
    response = render(template, status, headers, form_token=_token(request, seed), **context)
    if fresh:
        set_cookie(response, COOKIE, seed)
    return response


async def posted(request: Request) -> FormData:
    """Read a form that was sent from one of our pages.

    Raises:
        WebError: 403 where its token is not this browser's, 415 where it is no form.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise WebError(415, request.url.path, f"is sent '{kind[:60]}', not a form", "send it from the page")
    form = await request.form(max_files=2, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD)
    seed, given = request.cookies.get(COOKIE, ""), form.get(FIELD)
    if not seed or not isinstance(given, str) or not hmac.compare_digest(given, _token(request, seed)):
        what = "was not sent from a page that this server gave to this browser"
        raise WebError(403, request.url.path, what, "load the page again and send its form; cookies must be allowed")
    return form


def text(form: FormData, name: str, longest: int = 2_000) -> str:
    """Give a field of a form as text, without what surrounds it.

    Raises:
        WebError: it is too long, or a file.
    """
    value = form.get(name, "")
    if not isinstance(value, str):
        raise WebError(422, name, "is a file, not a text")
    if len(value) > longest:
        raise WebError(422, name, f"has {len(value):,} characters", f"at most {longest:,}")
    return value.strip()


def set_cookie(response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """Set a cookie that scripts cannot read and other sites cannot send."""
    response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="strict")


def _token(request: Request, seed: str) -> str:
    key = site_of(request).form_key
    return hmac.new(key, seed.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
