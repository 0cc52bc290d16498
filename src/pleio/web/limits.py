"""How much a request may send, and how slowly: what is larger or slower is refused before it is kept in memory."""

from __future__ import annotations

import asyncio

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALL = 1_200_000  # bytes of a body: forms, studies, settings
DOCUMENT = 36_000_000  # a PDF of 25 MB as base64
MODEL = 8_000_000
_LARGER = (("/audit", DOCUMENT), ("/api/v1/audit", DOCUMENT), ("/api/v1/read", DOCUMENT), ("/api/v1/simulate", MODEL))
PAUSE = 15.0  # seconds without a byte of a body
SLOWEST = 20_000.0  # bytes a second, over the whole body
PATIENCE = 20.0  # seconds that any body may take


class Refused(HTTPException):
    """A body that is not read further; FastAPI lets it through as it is."""


class Bounded:
    """Counts the bytes of each body and the seconds that it takes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = largest(scope["path"])
        stated = Headers(scope=scope).get("content-length", "0")
        size, begun = 0, 0.0

        async def bounded() -> Message:
            nonlocal size, begun
            now = asyncio.get_running_loop().time()
            begun = begun or now
            if not stated.isdigit() or int(stated) > most:
                raise Refused(413, f"is larger than {most:,} bytes")
            if now - begun > PATIENCE + size / SLOWEST:
                raise Refused(408, "came too slowly")
            try:
                message = await asyncio.wait_for(receive(), PAUSE)
            except TimeoutError:
                raise Refused(408, f"paused for {PAUSE:g} s") from None
            size += len(message.get("body", b""))
            if size > most:
                raise Refused(413, f"is larger than {most:,} bytes")
            return message

        ended = False

        async def until_read() -> Message:
            """Bound the body only: what comes after it is the wait for the asker to leave, which may be long."""
            nonlocal ended
            if ended:
                return await receive()
            message = await bounded()
            ended = message["type"] != "http.request" or not message.get("more_body", False)
            return message

        await self.app(scope, until_read, send)


def largest(path: str) -> int:
    """Give how many bytes a body sent to an address may have."""
    return next((size for start, size in _LARGER if path == start), SMALL)
