"""Many requests at once are all answered and the server does not grow; `bench/serving.py` has rates and times."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from pathlib import Path

import httpx
import pytest

from apart import run_apart
from serving_child import PATIENCE, server

PATHS = ("/artifact/il11", "/claims.json", "/contest/sample--effect--platelets--sufficiency", "/api/v1/artifacts")
AT_ONCE, EACH = 8, 8
GROWTH = 25.0  # MB over three hundred requests after as many


def memory(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def load(address: str) -> None:
    """Ask for each page many times, several at once; every answer must be whole and the same."""

    async def one(client: httpx.AsyncClient, path: str) -> None:
        first = await client.get(path)
        assert first.status_code == 200, path
        for _ in range(EACH):
            again = await client.get(path)
            assert again.status_code == 200 and again.content == first.content
            tagged = await client.get(path, headers={"if-none-match": first.headers.get("etag", '"none"')})
            assert tagged.status_code == (304 if "etag" in first.headers else 200)

    limits = httpx.Limits(max_connections=AT_ONCE)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, limits=limits) as client:
        await asyncio.gather(*(one(client, path) for path in PATHS for _ in range(AT_ONCE // 2)))


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_many_requests_are_answered_and_memory_stays_flat(prepared: Path, home: Path) -> None:
    shutil.copytree(prepared, home)
    with server(home) as running:
        run_apart(load(running.address))
        before = memory(running.process.pid)
        run_apart(load(running.address))
        assert memory(running.process.pid) - before < GROWTH
        with running.client() as client:
            page = client.get("/artifact/il11", headers={"accept-encoding": "gzip"})
            assert int(page.headers["content-length"]) < 200_000
