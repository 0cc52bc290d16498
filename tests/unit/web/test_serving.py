"""Serving: the port is taken first, its trouble is said, the address is given when requests are answered."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from pleio.base.errors import InputError
from pleio.web.serving import address, bind


def test_a_port_in_use_is_said_with_what_would_help() -> None:
    taken = bind(port=0)
    port = taken.getsockname()[1]
    with pytest.raises(InputError) as caught:
        bind(port=port)
    taken.close()
    assert str(caught.value).startswith(f"127.0.0.1:{port}: is in use; choose another with --port")


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("192.0.2.1", 0)])
def test_a_port_or_host_that_cannot_be_is_said(host: str, port: int) -> None:
    with pytest.raises(InputError):
        bind(host, port)


def test_only_this_machine_is_bound_by_default() -> None:
    taken = bind(port=0)
    assert taken.getsockname()[0] == "127.0.0.1"
    assert address(taken) == f"http://127.0.0.1:{taken.getsockname()[1]}/"
    taken.close()


SERVER = """
from pleio.artifacts import Archive
from pleio.web.serving import bind, serve
serve(Archive(), bind(port=0), lambda address: print(address, flush=True))
"""


def test_the_address_is_one_line_through_a_pipe_and_is_answered(home: Path) -> None:
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        where = server.stdout.readline().strip()
        assert urllib.request.urlopen(f"{where}healthz", timeout=10).status == 200
        # a request that never ends its headers must not keep others from being answered
        host, port = where.removeprefix("http://").rstrip("/").split(":")
        with socket.create_connection((host, int(port))) as slow:
            slow.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            assert urllib.request.urlopen(f"{where}healthz", timeout=10).status == 200
    finally:
        server.terminate()
        assert server.wait(timeout=15) in (0, -15)
