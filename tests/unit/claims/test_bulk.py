"""A large file is made into rows by processes of their own; what is kept and what is refused is the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from claim_builders import claim, evidence, rh_il11_in_mouse
from claim_strategies import claims as any_claim
from pleio.base.digests import canonical
from pleio.base.errors import ClaimError
from pleio.claims.claim import Claim
from pleio.claims.plain import encoded, plain
from pleio.claims.tables import bulk, lines
from pleio.claims.tables.layers import ClaimStore
from pleio.claims.tables.lines import read_lines
from pleio.store import Store
from pleio.store.schema import has_search

TABLES = ("entity", "claim", "evidence", "claim_evidence", "claim_context", "claim_assumption", "layer_claim")
BAD = (b"{not json", b'{"id": "x"}', b"\xff\xfe", b'{"id": NaN}', b"[1]", b'{"id": "a b", "colour": 3}')


@pytest.fixture
def in_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every file read by processes, in blocks of a few lines."""
    monkeypatch.setattr(bulk, "LARGE", 0)
    monkeypatch.setattr(bulk, "_cores", lambda: 2)
    monkeypatch.setattr(lines, "BLOCK", 3_000)


def made(count: int) -> Iterator[Claim]:
    """Make claims: some twice under other ids, some with numbers, several pieces of evidence, or other letters."""
    for i in range(count):
        items = [evidence(source=f"pubmed:{i % 9 + k}", n=k + 3, finding=f"η{i % 50} rose ‘{k}’") for k in range(i % 4)]
        more: dict[str, Any] = {"context": {"species": "human", "tissue": f"uberon:{i % 5:07d} tissue {i % 5}"}}
        if i % 5 == 0:
            items.append(evidence(species="mouse", from_="human", power=0.25 * (i % 4 + 1)))
            more |= {"effect": {"size": i / 7, "interval": [1, 2.5]}, "directness": "direct"}
        object = f"pleio:o{i % 60}"
        yield claim(*items, id=f"c{i}", object=f"{object} o\u2028{i % 60}", **more)


def written(path: Path, claims: Iterable[Claim]) -> Path:
    path.write_text("".join(json.dumps(one.to_json(), ensure_ascii=False) + "\n" for one in claims), encoding="utf-8")
    return path


def rows(store: ClaimStore) -> dict[str, list[tuple[object, ...]]]:
    with store.store.read() as connection:
        tables = [*TABLES, *(["claim_text_data", "claim_text_docsize"] if has_search(connection) else [])]
        return {name: sorted(map(tuple, connection.execute(f"SELECT * FROM {name}"))) for name in tables}  # noqa: S608


def lay(folder: Path, claims: Iterable[Claim]) -> ClaimStore:
    store = ClaimStore(Store(folder))
    store.lay("premises", "library", (), digest="1", assumptions=[rh_il11_in_mouse()])
    store.lay("first", "import", list(made(20)), digest="1")
    store.lay("many", "import", claims, digest="1")
    return store


@settings(max_examples=80, deadline=None)
@given(any_claim())
def test_what_is_digested_says_the_same_as_to_json(one: Claim) -> None:
    for value in (one, *one.evidence):
        assert plain(value) == value.to_json()
        assert list(plain(value)) == sorted(plain(value))
        if not (isinstance(value, Claim) or value.power is not None or value.read_right is not None):
            assert encoded(plain(value)) == canonical(value.to_json())


@pytest.mark.usefixtures("in_processes")
def test_the_rows_are_the_same_bit_for_bit(tmp_path: Path) -> None:
    path = written(tmp_path / "many.jsonl", made(300))
    assert path.stat().st_size > 20 * lines.BLOCK
    parallel, serial = lay(tmp_path / "a", read_lines(path)), lay(tmp_path / "b", list(read_lines(path)))
    assert rows(parallel) == rows(serial)
    assert len(rows(serial)["claim_assumption"]) > 10
    assert parallel.layer("many").claims == 300  # type: ignore[union-attr]  # it was just laid


@pytest.mark.usefixtures("in_processes")
@pytest.mark.parametrize("bad", [BAD, BAD * 30])
def test_the_errors_are_the_same_and_nothing_is_kept(tmp_path: Path, bad: tuple[bytes, ...]) -> None:
    path = written(tmp_path / "many.jsonl", made(40))
    good = path.read_bytes().splitlines(keepends=True)
    for place, line in enumerate(bad):
        good.insert((place * 7 + 11) % len(good), line + b"\n")
    path.write_bytes(b"".join(good))
    with pytest.raises(ClaimError) as serial:
        list(read_lines(path))
    store = ClaimStore(Store(tmp_path / "home"))
    with pytest.raises(ClaimError) as parallel:
        store.lay("many", "import", read_lines(path), digest="1")
    assert str(parallel.value) == str(serial.value)
    assert store.layers() == () and rows(store)["claim"] == []


def test_a_small_file_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refused)
    store = ClaimStore(Store(tmp_path / "home"))
    assert store.lay("few", "import", read_lines(written(tmp_path / "few.jsonl", made(50))), digest="1").new > 0


@pytest.mark.usefixtures("in_processes")
def test_a_reader_that_ends_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = bulk._Reader.answer

    def killed(self: bulk._Reader) -> Any:
        os.kill(self._child.pid, signal.SIGTERM)
        self._child.wait()
        answer(self)  # what it had sent
        return answer(self)

    monkeypatch.setattr(bulk._Reader, "answer", killed)
    store = ClaimStore(Store(tmp_path / "home"))
    with pytest.raises(ClaimError, match="nothing was kept"):
        store.lay("many", "import", read_lines(written(tmp_path / "many.jsonl", made(300))), digest="1")
    assert store.layers() == ()


IMPORTER = """
import sys
from pathlib import Path
from pleio.claims.tables import bulk, lines, writing
from pleio.claims.tables.layers import ClaimStore
from pleio.store import Store
writing.BATCH = 500
bulk.LARGE, bulk._cores, lines.BLOCK = 0, lambda: 2, 3_000
start = bulk._Reader.__init__
def told(self, path):
    start(self, path)
    print(self._child.pid, flush=True)
bulk._Reader.__init__ = told
store = ClaimStore(Store(Path(sys.argv[1])))
claims = lines.read_lines(Path(sys.argv[2]))
store.lay("many", "import", claims, digest="1", progress=lambda count: print("at", count, flush=True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_readers_end_with_the_writer_and_nothing_is_kept(tmp_path: Path, how: signal.Signals) -> None:
    path = written(tmp_path / "many.jsonl", made(3_000))
    command = [sys.executable, "-c", IMPORTER, str(tmp_path / "home"), str(path)]
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    assert child.stdout is not None
    readers = [int(child.stdout.readline()) for _ in range(bulk.PROCESSES)]
    assert child.stdout.readline() == "at 500\n"
    child.send_signal(how)
    assert child.wait(timeout=60) != 0
    child.stdout.close()
    until = time.monotonic() + 30
    while any(map(_runs, readers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(_runs, readers))
    store = ClaimStore(Store(tmp_path / "home"))
    assert store.layers() == () and rows(store)["claim"] == [] and store.store.check() == "ok"


def _runs(process: int) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return found.stdout.strip()[:1] not in ("", "Z")
