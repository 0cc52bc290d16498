"""Answers as they were sent, compressed and tagged, sent again while nothing that is kept has changed.

An answer is remembered if it may be: whole, tagged, without a cookie, and to someone who is not signed in.  What others
must not see, what changes by itself and what holds a form says `no-store`, and is made anew each time.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..store import Watch
from .accounts.forms import SESSION_COOKIE
from .tagging import matches

LARGEST = 2_000_000  # bytes of one answer
LONGEST = 2_000  # bytes of an address
MOST_BYTES = 48_000_000  # of all
OVERHEAD = 4_000  # bytes beside the body that an entry is counted with
_OMITTED = (b"content-length", b"content-type", b"content-encoding")  # by a 304

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Answer:
    """One answer, with the state of the store that it was made from."""

    state: tuple[int, int]
    tag: str
    headers: Headers
    body: bytes

    @property
    def size(self) -> int:
        return len(self.body) + OVERHEAD


class Remembered:
    """Sends what was sent before; everything else goes on to the application."""

    def __init__(self, app: ASGIApp, watch: Watch) -> None:
        self.app, self.watch = app, watch
        self._answers: OrderedDict[tuple[Any, ...], Answer] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _read(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        state = self.watch.number() if asked else None
        if asked is None or state is None:
            await self.app(scope, receive, send)
            return
        key, named = asked
        answer = self._answers.get(key)
        if answer is None or answer.state != state:
            await self.app(scope, receive, _Listener(self, key, state, send))
            return
        self._answers.move_to_end(key)
        headers, body, status = answer.headers, answer.body, 200
        if named and matches(named, answer.tag):
            headers, body, status = [pair for pair in headers if pair[0] not in _OMITTED], b"", 304
        await send({"type": "http.response.start", "status": status, "headers": list(headers)})
        await send({"type": "http.response.body", "body": body})

    def keep(self, key: tuple[Any, ...], answer: Answer) -> None:
        """Remember an answer, and forget those longest unasked for where there is no room."""
        before = self._answers.pop(key, None)
        self._size += answer.size - (before.size if before else 0)
        self._answers[key] = answer
        while self._size > MOST_BYTES:
            self._size -= self._answers.popitem(last=False)[1].size


class _Listener:
    """Passes an answer on, and remembers it once it is whole."""

    def __init__(self, to: Remembered, key: tuple[Any, ...], state: tuple[int, int], send: Send) -> None:
        self.to, self.key, self.state, self.send = to, key, state, send
        self.start: Message | None = None
        self.parts: list[bytes] = []
        self.size = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            # a copy: what is around this one adds its own headers to the message
            self.start = {**message, "headers": list(message["headers"])} if _tag(message) else None
        elif self.start is not None:
            self._take(message)
        await self.send(message)

    def _take(self, message: Message) -> None:
        assert self.start is not None
        part = bytes(message.get("body", b""))
        self.size += len(part)
        if self.size > LARGEST:
            self.start, self.parts = None, []
            return
        self.parts.append(part)
        if not message.get("more_body", False):
            self.to.keep(self.key, Answer(self.state, _tag(self.start), self.start["headers"], b"".join(self.parts)))


def _read(scope: Scope) -> tuple[tuple[Any, ...], str] | None:
    """Give all of a request that an answer may depend on, and the tags it names; None where nothing is remembered."""
    host, coding, accept, named = b"", False, b"", b""
    for name, value in scope["headers"]:
        if name == b"host":
            host = value
        elif name == b"accept-encoding":
            coding = b"gzip" in value
        elif name == b"accept":
            accept = value
        elif name == b"if-none-match":
            named = value
        elif name in (b"authorization", b"range") or (name == b"cookie" and SESSION_COOKIE.encode() in value):
            return None
    json = b"application/json" in accept and b"text/html" not in accept
    raw = scope.get("raw_path") or scope["path"].encode()
    if len(raw) + len(scope["query_string"]) > LONGEST:
        return None
    return (raw, scope["query_string"], host, scope["scheme"], coding, json), named.decode("latin-1")


def _tag(message: Message) -> str:
    """Give the tag of an answer that may be remembered, else nothing."""
    tag = ""
    if message["status"] != 200:
        return tag
    for name, value in message["headers"]:
        if name == b"set-cookie" or (name == b"cache-control" and b"no-store" in value):
            return ""
        if name == b"etag":
            tag = value.decode("latin-1")
    return tag
