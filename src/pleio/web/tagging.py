"""ETags: what an asker has already is not sent again."""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 8_000_000  # bytes of an answer that is held back to be tagged


class Tagged:
    """Tags whole answers to GET with their digest, and answers 304 where the asker names it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Holder(Headers(scope=scope), send))


class _Holder:
    """Holds an answer back until it is whole, where it can be tagged."""

    def __init__(self, asked: Headers, send: Send) -> None:
        self.asked, self.send = asked, send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _can_be_tagged(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body", False) or len(self.body) > LARGEST:
                await self._let_go(message.get("more_body", False))

    async def _let_go(self, more: bool) -> None:
        start, body = self.start, self.body
        assert start is not None
        self.start = None
        headers = MutableHeaders(raw=list(start["headers"]))
        if not more:
            tag = headers.get("etag") or f'"{hashlib.sha256(body).hexdigest()[:32]}"'
            headers["ETag"] = tag
            headers.setdefault("Cache-Control", "no-cache")
            if matches(self.asked.get("if-none-match", ""), tag):
                del headers["content-length"], headers["content-type"]
                await self.send({"type": "http.response.start", "status": 304, "headers": headers.raw})
                await self.send({"type": "http.response.body", "body": b""})
                return
        await self.send({**start, "headers": headers.raw})
        await self.send({"type": "http.response.body", "body": body, "more_body": more})


def matches(named: str, tag: str) -> bool:
    """Say whether an If-None-Match header names a tag; weak and strong count alike, as for GET they do.

    Example:
        >>> matches('W/"a", "b"', '"a"'), matches("*", '"a"'), matches('"c"', '"a"')
        (True, True, False)
    """
    names = [name.strip().removeprefix("W/") for name in named.split(",")]
    return "*" in names or tag.removeprefix("W/") in names


def _can_be_tagged(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    kind = headers.get("content-type", "")
    return message["status"] == 200 and "event-stream" not in kind and headers.get("cache-control") != "no-store"
