"""What every response carries and every request must show, so that no page can be turned against its reader.

No inline script or style, nothing from another host, no framing but under `/embed/`, and only requests that name this
machine: a page of another site that has its name resolve to 127.0.0.1 is answered 421.  What changes something is only
taken from our own pages and from programs that are no browser: a browser says where a request comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import WebError, respond

EMBED = "/embed/"
_HOST = re.compile(r"([\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
READING = ("GET", "HEAD", "OPTIONS")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
)
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser would send our own forms from "null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def policy(path: str) -> str:
    """Give the Content-Security-Policy of a path."""
    return _POLICY.format(ancestors="*" if path.startswith(EMBED) else "'none'")


def _headers(framable: bool) -> list[tuple[bytes, bytes]]:
    """Give what every response carries, as it is sent."""
    alone = {} if framable else {"X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin"}
    every = {"Content-Security-Policy": policy(EMBED if framable else "/"), **_FIXED, **alone}
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in every.items()]


_HEADERS = {framable: _headers(framable) for framable in (False, True)}


class Guard:
    """Checks who is named and where a change comes from, then adds the headers to whatever the application answers."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = LOOPBACK) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks anything else
            return
        path = scope["path"]

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                framable = path.startswith(EMBED)
                ours = _HEADERS[framable]
                refused = {name for name, _ in ours} | ({b"set-cookie"} if framable else set())
                kept = [pair for pair in message["headers"] if pair[0].lower() not in refused]
                message = {**message, "headers": [*kept, *ours]}
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope), path)
        if refusal is not None:
            await respond(Request(scope), refusal)(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers, path: str) -> WebError | None:
        host = headers.get("host", "")
        if _name(host) not in self.hosts:
            return WebError(421, host[:80] or "no host", "is not a name of this server", "use the address it printed")
        if method in READING:
            return None
        if path.startswith(EMBED):
            return WebError(405, path, f"does not answer {method}", "what is embedded is only read")
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        foreign = origin is not None and origin.lower() not in (f"http://{host.lower()}", f"https://{host.lower()}")
        if foreign or site not in (None, "same-origin", "none"):
            what = "was sent from a page of another site"
            return WebError(403, (origin or "a browser")[:80], what, "send it from a page of this server")
        return None


def _name(host: str) -> str:
    """Take the port off a Host header: `[::1]:8000` is `[::1]`; what is not a name and a port is no name."""
    match = _HOST.fullmatch(host.strip().lower())
    return match[1] if match else ""
