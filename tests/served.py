"""Servers for browser tests: the application over an archive, and a page of another origin."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from pleio.artifacts import Archive


@contextmanager
def served(archive: Archive) -> Iterator[str]:
    """Serve an archive; give its address without a slash at the end."""
    import uvicorn

    from pleio.web import create_app
    from pleio.web.serving import address, bind

    taken = bind(port=0)
    server = uvicorn.Server(uvicorn.Config(create_app(archive), log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    yield address(taken).rstrip("/")
    server.should_exit = True
    thread.join(timeout=10)


@contextmanager
def elsewhere(page: str) -> Iterator[str]:
    """Serve one page from an origin of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
