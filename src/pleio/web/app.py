"""The application, assembled: routes, error pages, the guard around them, what runs beside them."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.types import ASGIApp

from ..artifacts import Archive
from .api import create_api
from .errors import HANDLERS
from .limits import Bounded
from .origin import host_of
from .reader import Reader
from .remembered import Remembered
from .routes import routes
from .security import LOOPBACK, Guard
from .site import Site
from .tagging import Tagged
from .templates import STATIC
from .views.articles import warm


def create_app(
    archive: Archive,
    *,
    hosts: Iterable[str] = LOOPBACK,
    library: str = "il11",
    open_work: bool = True,
    public: str = "",
    eager: bool = False,
) -> ASGIApp:
    """Make the application over an archive.

    Args:
        hosts: names that the Host header may give, without port; those of this machine by default.
        library: the library under the kept claims.
        open_work: whether anyone who reaches the server may start work; else it needs an account.
        public: the address that others know the site by; its name is then answered too.
        eager: make the pages and simulate once beforehand, so that the first reader does not wait for it.
    """
    site = Site(archive, Reader(archive), library, open_work, public=public)

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        site.runner.start()
        threading.Thread(target=_warm, args=(site, eager), name="pleio-warm", daemon=True).start()
        yield
        site.close()

    api = create_api(site)
    app = Starlette(
        routes=[*routes(), Mount("/api/v1", api)],
        middleware=[
            Middleware(Remembered, watch=site.watch),
            Middleware(Bounded),
            Middleware(GZipMiddleware, minimum_size=1000),
            Middleware(Tagged),
        ],
        exception_handlers=HANDLERS,
        lifespan=running,
    )
    app.state.reader = site.reader
    app.state.site = site
    app.state.api = api
    app.state.build = _build()
    app.state.made = {}
    return Guard(app, {*hosts, host_of(public)} if public else hosts)


def _warm(site: Site, eager: bool) -> None:
    """Do beforehand what the first reader would wait for; where it fails, the first reader is told why."""
    from ..base.errors import PleioError

    try:
        if eager:
            warm(site.reader)
        site.kept()
        site.index.find("warm")
        if eager:
            site.atlas.graph()
            _ = site.atlas.modules
            site.desk.warm("play", library=site.library, query="")
    except PleioError:
        return
    finally:
        site.archive.store.close()


def _build() -> str:
    """Digest what pages are made with, so that a page cached by an earlier pleio is not shown by a later one."""
    import hashlib

    found = hashlib.sha256()
    for file in sorted([*STATIC.rglob("*"), *(STATIC.parent / "templates").rglob("*"), *STATIC.parent.rglob("*.py")]):
        if file.is_file():
            found.update(file.read_bytes())
    return found.hexdigest()[:12]
