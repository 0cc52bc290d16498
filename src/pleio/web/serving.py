"""Serving the pages: bound to this machine unless told otherwise, the address on one flushed line."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Callable

import uvicorn

from ..artifacts import Archive
from ..base.errors import InputError, Problem
from .app import create_app
from .patience import Patient
from .security import LOOPBACK

HOST, PORT = "127.0.0.1", 8011


def bind(host: str = HOST, port: int = PORT) -> socket.socket:
    """Take a port, so that a port in use is known before anything is computed; port 0 takes any that is free.

    Raises:
        InputError: the port is in use, is not allowed, or the host is not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(128)
    except (OSError, OverflowError) as fault:
        taken.close()
        number = getattr(fault, "errno", None)
        what, help = {
            errno.EADDRINUSE: (
                "is in use",
                f"choose another with --port, such as --port {port + 1}, or --port 0 for any",
            ),
            errno.EACCES: ("may not be used by this user", "choose one above 1023 with --port"),
            errno.EADDRNOTAVAIL: ("is not an address of this machine", "use 127.0.0.1"),
        }.get(number or 0, (f"cannot be used: {fault}", "choose another with --port"))
        raise InputError(f"{host}:{port}", Problem("", what, help)) from None
    return taken


def address(taken: socket.socket) -> str:
    """Give the address of a port that was taken."""
    host, port = taken.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def serve(archive: Archive, taken: socket.socket, ready: Callable[[str], None], public: str = "") -> None:
    """Serve until interrupted.

    Args:
        taken: from `bind`.
        ready: called with the address once requests are answered.
        public: the address that others know the site by, such as that of a proxy before it.
    """
    host = str(taken.getsockname()[0])
    names = {*LOOPBACK, f"[{host}]" if ":" in host else host}
    reached_from_elsewhere = not ipaddress.ip_address(host).is_loopback
    config = uvicorn.Config(
        create_app(archive, hosts=names, open_work=not (reached_from_elsewhere or public), public=public, eager=True),
        http=Patient,
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=32_768,
        limit_concurrency=256,
        timeout_graceful_shutdown=5,
    )
    _Server(config, lambda: ready(address(taken))).run(sockets=[taken])


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()
