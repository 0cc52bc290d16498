"""HTTP connections with deadlines: headers that never end and readers that never read are not waited for."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS = 10.0  # seconds from the first byte of a request to the end of its headers
READING = 30.0  # seconds that a client may leave an answer unread


class Patient(H11Protocol):
    """The server's protocol, with a deadline for the headers of each request and for each stalled answer."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._headers: asyncio.TimerHandle | None = None
        self._reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._headers = self.loop.call_later(HEADERS, self._give_up)

    def data_received(self, data: bytes) -> None:
        if self._headers is None and self.conn.their_state is h11.IDLE:
            self._headers = self.loop.call_later(HEADERS, self._give_up)
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._headers_came()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.conn.their_state is not h11.IDLE:
            self._headers_came()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._reading = self._reading or self.loop.call_later(READING, self._give_up)

    def resume_writing(self) -> None:
        _off(self._reading)
        self._reading = None
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        _off(self._reading)
        self._headers_came()
        super().connection_lost(exc)

    def _headers_came(self) -> None:
        _off(self._headers)
        self._headers = None

    def _give_up(self) -> None:
        self.transport.abort()


def _off(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
