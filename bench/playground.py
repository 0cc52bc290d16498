"""How soon a move in the playground is answered: one person who drags, then many who move and look.

    python -m bench.playground                            one person, moves one after another
    python -m bench.playground --users 50 --think 5       fifty, each looking for about five seconds between moves

Every move is another dose, interval, number of doses or condition of a mechanism of forty species in 64 worlds, so none
is answered from memory.  `cpu` is the processor time of server and children together for a move; on a machine that
others use the latencies are theirs as much as ours, so the load is printed beside them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import time
from pathlib import Path

from .serving import answer, processor, serving

START = "start=oprelvekin-platelets&worlds=64"
KINDS = ("dose", "every", "times", "set.cancer_patient")


def move(chance: random.Random) -> str:
    """Change one thing at random."""
    kind = chance.choice(KINDS)
    value = {
        "dose": f"{chance.uniform(5, 150):.4g}",
        "every": f"{chance.uniform(1, 4):.4g}",
        "times": str(chance.randint(3, 20)),
        "set.cancer_patient": f"{chance.uniform(0, 1):.4g}",
    }[kind]
    more = f"&dose={chance.uniform(5, 150):.6g}" if kind == "times" else ""  # few numbers of doses there are
    return f"/playground/answer?{START}&{kind}={value}{more}"


async def person(host: str, port: int, seconds: float, think: float, seed: int) -> tuple[list[float], int]:
    """Move, wait for the answer, look for a while, and again; the times waited in s, and how many failed."""
    chance, waited, failed = random.Random(seed), list[float](), 0
    end = time.monotonic() + seconds
    if think:
        await asyncio.sleep(chance.uniform(0, think))
    while time.monotonic() < end:
        reader, writer = await asyncio.open_connection(host, port)
        begun = time.monotonic()
        head = f"GET {move(chance)} HTTP/1.1\r\nHost: {host}\r\nX-Pleio-Asker: {seed}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode())
        failed += await asyncio.wait_for(answer(reader), 60) != 200
        waited.append(time.monotonic() - begun)
        writer.close()
        if think:
            await asyncio.sleep(chance.expovariate(1 / think))
    return waited, failed


def children(process: int) -> list[int]:
    """Give the processes that a process has started."""
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()] or [
        int(pid) for task in Path(f"/proc/{process}/task").iterdir() for pid in (task / "children").read_text().split()
    ]


def measure(users: int, *, seconds: float, think: float) -> dict[str, float | int]:
    """Serve what is in `$PLEIO_HOME`, and have people move."""
    with serving() as (host, port, process):
        asyncio.run(_all(host, port, 8, 4.0, 0.5, 1_000))  # what children do once
        everyone = [process, *children(process)]
        before = sum(map(processor, everyone))
        found = asyncio.run(_all(host, port, users, seconds, think, 0))
        spent = sum(map(processor, everyone)) - before
    waited = sorted(1000 * one for each, _ in found for one in each)

    def quantile(share: float) -> float:
        return round(waited[min(len(waited) - 1, int(share * len(waited)))], 1)

    return {
        "users": users, "think": think, "moves": len(waited), "failed": sum(failed for _, failed in found),
        "p50": quantile(0.5), "p95": quantile(0.95), "worst": round(waited[-1], 1),
        "cpu": round(1000 * spent / len(waited), 1), "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


async def _all(
    host: str, port: int, users: int, seconds: float, think: float, seed: int
) -> list[tuple[list[float], int]]:
    return await asyncio.gather(*(person(host, port, seconds, think, seed + n) for n in range(users)))


def main() -> None:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--users", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--think", type=float, default=0.0)
    given = parser.parse_args()
    print(json.dumps(measure(given.users, seconds=given.seconds, think=given.think), indent=1))


if __name__ == "__main__":
    main()
