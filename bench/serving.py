"""How fast and how steadily pages are served: requests at a fixed rate on loopback, latencies, and the server's memory.

    python -m bench.serving --rate 200 --seconds 20              the entity page
    python -m bench.serving --rate 20 --seconds 3600 --soak      every kind of page: see `minutes` and `growth`

Several paths are asked in turn.  `{}` in a path stands for a number that no two requests share, so that no answer is
sent twice: `--path '/claims?q={}'`.  Requests are sent when they are due, whether or not earlier ones were answered,
and a latency counts from when the request was due: a server that falls behind is not flattered.  The page must be
published: `pleio up --build-only`.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 32
SOAK = (  # what readers look at; three of twenty are asked for the first time
    "/artifact/il11", "/entity/hgnc:5966", "/atlas", "/claims?q={}", "/study/oprelvekin-platelets",
    "/artifact/il11.json", "/atlas?about=hgnc:5966&to=fplx:ERK", "/search?q=platelets+{}", "/embed/artifact/il11",
    "/claims?contested=1", "/jobs", "/artifact/il11/history", "/atlas/graph.bin?reach=all", "/claims?q=fibrosis+{}",
    "/playground", "/api/v1/claims?limit=20", "/artifact/il11/cite.bib", "/audit", "/signin", "/entity/hgnc:5967",
)  # fmt: skip
SERVER = """
from pleio.artifacts import Archive
from pleio.web.serving import bind, serve
serve(Archive(), bind(port=0), lambda address: print(address, flush=True))
"""


@dataclass(frozen=True)
class Load:
    """What a load test saw; latencies in ms, memory in MB; `cpu` is ms of the server's processor time a request.

    `growth` is what memory grew by in an hour, by a line through its samples of the second half.  On a machine that
    others use too, the latencies are theirs as much as ours: `load` says how many; `cpu` is ours.
    """

    path: str
    rate: float
    sent: int
    failed: int
    p50: float
    p95: float
    p99: float
    worst: float
    cpu: float
    memory_before: float
    memory_after: float
    growth: float
    load: float
    minutes: tuple[float, ...]


async def load(host: str, port: int, paths: Sequence[str], *, rate: float, seconds: float) -> tuple[list[float], int]:
    """Send requests at a rate; give the latency of each in s, and how many failed."""
    due: asyncio.Queue[float | None] = asyncio.Queue()
    latencies: list[float] = []
    failed = 0
    clock = asyncio.get_running_loop().time
    asked = itertools.count()

    def head() -> bytes:
        number = next(asked)
        here = paths[number % len(paths)].replace("{}", str(number))
        return f"GET {here} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode()

    async def work() -> None:
        nonlocal failed
        reader, writer = await asyncio.open_connection(host, port)
        while (when := await due.get()) is not None:
            try:
                writer.write(head())
                status = await asyncio.wait_for(answer(reader), 30)
                failed += status != 200
            except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError):
                failed += 1
                writer.close()
                reader, writer = await asyncio.open_connection(host, port)
            latencies.append(clock() - when)
        writer.close()

    workers = [asyncio.create_task(work()) for _ in range(CONNECTIONS)]
    begun = clock()
    for i in range(int(rate * seconds)):
        when = begun + i / rate
        await asyncio.sleep(max(0.0, when - clock()))
        due.put_nowait(when)
    for _ in workers:
        due.put_nowait(None)
    await asyncio.gather(*workers)
    return latencies, failed


async def answer(reader: asyncio.StreamReader) -> int:
    """Read one answer whole; give its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    length = next((int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")), None)
    if length is not None:
        await reader.readexactly(length)
    else:
        while size := int((await reader.readline()).strip() or b"0", 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return status


def measure(paths: Sequence[str], *, rate: float, seconds: float) -> Load:
    """Serve what is published in `$PLEIO_HOME`, and load it."""
    with serving() as (host, port, process):
        asyncio.run(load(host, port, paths, rate=20, seconds=2))  # warm
        before, begun = memory(process), processor(process)
        samples: list[tuple[float, float]] = []
        with sampled(process, samples, max(0.5, seconds / 120)):
            latencies, failed = asyncio.run(load(host, port, paths, rate=rate, seconds=seconds))
        after, spent = memory(process), processor(process) - begun
    ordered = sorted(latencies)

    def quantile(share: float) -> float:
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    found = (quantile(0.5), quantile(0.95), quantile(0.99), 1000 * ordered[-1], 1000 * spent / len(ordered))
    busy = round(os.getloadavg()[0], 1)
    growth = hourly(samples[len(samples) // 2 :])
    return Load(tuple(paths), rate, len(ordered), failed, *found, before, after, growth, busy, by_minute(samples))


@contextmanager
def sampled(process: int, samples: list[tuple[float, float]], every: float) -> Iterator[None]:
    """Note the memory of a process again and again: (s, MB)."""
    ended = threading.Event()

    def note() -> None:
        while not ended.wait(every):
            samples.append((time.monotonic(), memory(process)))

    noting = threading.Thread(target=note, daemon=True)
    noting.start()
    try:
        yield
    finally:
        ended.set()
        noting.join()


def by_minute(samples: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    """Give the last sample of each whole minute from the first one on.

    Example:
        >>> by_minute([(0.0, 100.0), (31.0, 104.0), (59.0, 103.0), (61.0, 105.0), (119.0, 106.0)])
        (103.0, 106.0)
    """
    return tuple({int((time - samples[0][0]) // 60): round(size, 1) for time, size in samples}.values())


def hourly(samples: list[tuple[float, float]]) -> float:
    """Give the slope of the least-squares line through samples, in MB an hour; 0 where there are too few.

    Example:
        >>> hourly([(0.0, 100.0), (1.0, 100.5), (2.0, 101.0)])
        1800.0
    """
    if len(samples) < 3:
        return 0.0
    middle = sum(time for time, _ in samples) / len(samples)
    spread = sum((time - middle) ** 2 for time, _ in samples)
    return 3600 * sum((time - middle) * size for time, size in samples) / spread


@contextmanager
def serving() -> Iterator[tuple[str, int, int]]:
    """Start a server in a process of its own; give its host, port and process id."""
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    host, port = server.stdout.readline().strip().removeprefix("http://").rstrip("/").split(":")
    time.sleep(5)  # what it warms up beside the pages
    try:
        yield host, int(port), server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def memory(process: int) -> float:
    """Give the resident memory of a process in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor(process: int) -> float:
    """Give the processor time of a process in s."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--path", nargs="+", default=["/artifact/il11"])
    parser.add_argument("--soak", action="store_true", help="ask for every kind of page")
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    given = parser.parse_args()
    print(
        json.dumps(vars(measure(SOAK if given.soak else given.path, rate=given.rate, seconds=given.seconds)), indent=1)
    )


if __name__ == "__main__":
    main()
