"""A writer killed at random moments loses nothing that it acknowledged and leaves nothing half-written."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pleio.base.digests import digest_bytes
from pleio.store import Store

KILLS = 20

WRITER = """
import os, sys
from pathlib import Path
from pleio.store import Schema, Store
store = Store(Path(sys.argv[1]))
store.ensure(Schema("kill", (("CREATE TABLE pair (blob TEXT PRIMARY KEY, part INTEGER NOT NULL) STRICT",),)))
print("ready", flush=True)
while True:
    name = store.blobs.put(os.urandom(20_000))
    with store.write() as connection:
        connection.execute("INSERT INTO pair VALUES (?, 1)", (name,))
        connection.execute("INSERT INTO pair VALUES (?, 2)", (name + "-twin",))
    print(name, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_twenty_kills(tmp_path: Path) -> None:
    rng = random.Random(11)
    acknowledged: list[str] = []
    for _ in range(KILLS):
        child = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(0.0, 0.08))
        child.send_signal(signal.SIGKILL)
        acknowledged += [line.strip() for line in child.stdout.read().split("\n")[:-1]]
        child.wait()

    store = Store(tmp_path, patience=1.0)
    assert store.check() == "ok"
    with store.read() as connection:
        rows = {row[0] for row in connection.execute("SELECT blob FROM pair")}
    singles = {row for row in rows if not row.endswith("-twin")}
    assert len(acknowledged) >= KILLS, "the writers had no time to write"
    assert set(acknowledged) <= singles, "an acknowledged row was lost"
    assert rows == singles | {f"{name}-twin" for name in singles}, "half a transaction was kept"
    for name in store.blobs.names():
        assert digest_bytes(store.blobs.path(name).read_bytes()) == name, "a blob was half-written"
    assert singles <= set(store.blobs.names())
    with store.write() as connection:
        connection.execute("INSERT INTO pair VALUES ('still writable', 0)")
