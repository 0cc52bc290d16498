"""A child that imports and reviews claims until it is killed, and the check of what it leaves behind.

The child prints a line for each thing that the store acknowledged; what was printed must be there afterwards.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pleio.claims.claim import Claim
from pleio.claims.tables.layers import ClaimStore
from pleio.claims.tables.review import reviews
from pleio.claims.tables.settling import settle
from pleio.store import Store

SIZE = 60  # claims of one import

WRITER = """
import random, sys
from pathlib import Path
from kill_claims import made
from pleio.claims.tables.layers import ClaimStore
from pleio.claims.tables.review import decide, proposals, undo
from pleio.store import Store
store, seed = ClaimStore(Store(Path(sys.argv[1]))), sys.argv[2]
print("ready", flush=True)
for number in range(10**6):
    name = f"layer-{seed}-{number}"
    kind = "proposal" if number % 2 else "import"
    store.lay(name, kind, made(name), digest=name)
    print("layer", name, flush=True)
    if number % 5 == 4:
        gone = f"layer-{seed}-{number - 4}"
        store.withdraw(gone)
        print("gone", gone, flush=True)
    for proposal in random.Random(number).sample(proposals(store, limit=20), 3 if number % 2 else 0):
        done = decide(store, proposal.digest, "accept", who=seed, why=name)
        print("review", done.number, done.claim, flush=True)
        if number % 3 == 0:
            done = undo(store, who=seed)
            print("review", done.number, done.claim, flush=True)
"""


def made(layer: str) -> Iterator[Claim]:
    """Make the claims of a layer; every third is in all layers of its kind."""
    for i in range(SIZE):
        name = f"{layer}-{i}" if i % 3 else f"shared-{i}"
        yield Claim.model_validate(
            {
                "id": name,
                "subject": f"pleio:s{i % 7} s{i % 7}",
                "relation": "increases",
                "object": f"pleio:{name} {name}",
                "evidence": [
                    {"says": "supports", "finding": f"{name} rose {k}", "source": f"pubmed:{i + k}", "trust": "derived"}
                    for k in range(2)
                ],
            }
        )


def kill_once(folder: Path, rng: random.Random, *, longest: float = 0.4) -> list[str]:
    """Run the child for a random time, kill it, and give what it acknowledged."""
    command = [sys.executable, "-c", WRITER, str(folder), str(rng.randrange(10**9))]
    here = str(Path(__file__).parent)
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=here)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    time.sleep(rng.uniform(0.0, longest))
    child.send_signal(signal.SIGKILL)
    lines = child.stdout.read().split("\n")[:-1]
    child.wait()
    child.stdout.close()
    return lines


def problems_after(folder: Path, acknowledged: list[str]) -> list[str]:
    """Say what was lost or half-written."""
    store = ClaimStore(Store(folder))
    problems = [] if store.store.check() == "ok" else [f"the file is damaged: {store.store.check()}"]
    held = {layer.name: layer for layer in store.layers()}
    said = [line.split() for line in acknowledged]
    gone = {line[1] for line in said if line[0] == "gone"}
    laid = {line[1] for line in said if line[0] == "layer"} - gone
    # the last layer that a child laid may be on its way out when it is killed: a withdrawal not yet acknowledged
    leaving = {f"{name.rpartition('-')[0]}-{int(name.rpartition('-')[2]) - 4}" for name in laid}
    problems += [f"layer {name} was lost" for name in laid - held.keys() - leaving]
    problems += [f"layer {name} came back" for name in gone & held.keys()]
    decided = {review.number: review.claim for review in reviews(store)}
    for line in said:
        if line[0] == "review" and decided.get(int(line[1])) != line[2]:
            problems.append(f"review {line[1]} was lost")
    if sorted(decided) != list(range(1, len(decided) + 1)):
        problems.append("the reviews have a gap")
    with store.store.read() as connection:
        for name, layer in held.items():
            sql = "SELECT count(*) FROM layer_claim m JOIN layer y ON y.key = m.layer WHERE y.name = ?"
            if connection.execute(sql, (name,)).fetchone()[0] != SIZE or layer.claims != SIZE:
                problems.append(f"layer {name} is half-written")
        sql = "SELECT count(*) FROM claim c WHERE 2 <> (SELECT count(*) FROM claim_evidence l WHERE l.claim = c.key)"
        if connection.execute(sql).fetchone()[0]:
            problems.append("a claim lacks evidence")
    with store.store.write() as connection:
        connection.execute("INSERT INTO claim_text (claim_text) VALUES ('integrity-check')")
        before = connection.execute("SELECT key, state FROM claim ORDER BY key").fetchall()
        settle(connection, [row["key"] for row in before])
        after = connection.execute("SELECT key, state FROM claim ORDER BY key").fetchall()
        if list(map(tuple, before)) != list(map(tuple, after)):
            problems.append("a claim's state does not follow from its layers and reviews")
    store.store.close()
    return problems
