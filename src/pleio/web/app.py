"""The application, assembled: routes, error pages, the guard around them."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from ..artifacts import Archive
from ..base.errors import InputError
from . import errors
from .reader import Reader
from .routes import routes
from .security import LOOPBACK, Guard
from .templates import STATIC


def create_app(archive: Archive, *, hosts: Iterable[str] = LOOPBACK) -> ASGIApp:
    """Make the application over an archive.

    Args:
        hosts: names that the Host header may give, without port; those of this machine by default.
    """
    app = Starlette(
        routes=routes(),
        middleware=[Middleware(GZipMiddleware, minimum_size=1000)],
        exception_handlers={
            errors.WebError: errors.on_web_error,
            InputError: errors.on_input_error,
            HTTPException: errors.on_http_error,
            Exception: errors.on_fault,
        },
    )
    app.state.reader = Reader(archive)
    app.state.build = _build()
    app.state.made = {}
    return Guard(app, hosts)


def _build() -> str:
    """Digest what pages are made with, so that a page cached by an earlier pleio is not shown by a later one."""
    import hashlib

    found = hashlib.sha256()
    for file in sorted([*STATIC.rglob("*"), *(STATIC.parent / "templates").rglob("*"), *STATIC.parent.rglob("*.py")]):
        if file.is_file():
            found.update(file.read_bytes())
    return found.hexdigest()[:12]
