"""`pleio home`: where data lie, how large they are, how to clear them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pleio.base.errors import StoreError
from pleio.store import Schema, cache_folder, clear, describe, folder, open_store
from pleio.store.home import SERVING, runs_folder
from pleio.store.lock import WriteLock


def test_the_variable_chooses_the_folder(home: Path) -> None:
    assert folder() == home
    assert "chosen by $PLEIO_HOME" in str(describe())


def test_without_the_variable_the_platform_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEIO_HOME", " ")
    assert folder().name == "pleio"
    assert "the platform" in describe().chosen_by


def test_sizes_are_those_of_the_files(home: Path) -> None:
    assert describe().size == 0
    store = open_store()
    store.ensure(Schema("x", (("CREATE TABLE x (a TEXT) STRICT",),)))
    store.blobs.put(b"x" * 5000)
    (cache_folder("code") / "a").write_bytes(b"x" * 700)
    database, blobs, _, cache = describe().parts
    assert (blobs.files, blobs.size, cache.files, cache.size) == (1, 5000, 1, 700)
    assert database.size == sum(file.stat().st_size for file in home.glob("pleio.sqlite*"))


def test_clearing_the_cache_keeps_the_rest_and_clearing_all_keeps_what_is_not_ours(home: Path) -> None:
    store = open_store()
    store.ensure(Schema("x", (("CREATE TABLE x (a TEXT) STRICT",),)))
    name = store.blobs.put(b"kept")
    (cache_folder("code") / "a").write_bytes(b"x" * 700)
    (home / "thesis.docx").write_text("not ours")
    assert clear("cache") == 700
    assert store.blobs.get(name) == b"kept"
    store.close()
    assert clear("all") > 0
    assert [file.name for file in home.iterdir()] == ["thesis.docx"]


def test_an_unknown_part_is_refused(home: Path) -> None:
    with pytest.raises(StoreError, match=r"'blobs' is not a part; clear 'cache', 'runs' or 'all'"):
        clear("blobs")


def test_the_cache_is_private(home: Path) -> None:
    assert cache_folder("code").stat().st_mode & 0o077 == 0


def test_runs_outlive_the_cache(home: Path) -> None:
    (runs_folder() / "a.json").write_bytes(b"{}")
    (cache_folder("studies") / "b.json").write_bytes(b"{}")
    assert clear("cache") == 2
    assert [path.name for path in runs_folder().iterdir()] == ["a.json"]
    assert clear("runs") == 2 and not list(runs_folder().iterdir())


@pytest.mark.parametrize("what", ["cache", "runs"])
def test_clearing_a_part_deletes_that_part_alone(home: Path, what: str) -> None:
    for name in ("cache", "runs", "blobs"):
        (home / name).mkdir(parents=True)
        (home / name / "a").write_text(name, encoding="utf-8")
    (home / "pleio.sqlite").write_text("", encoding="utf-8")
    assert clear(what) == len(what)
    assert {each.name for each in home.iterdir()} == {"cache", "runs", "blobs", "pleio.sqlite"} - {what}


def test_what_a_server_serves_from_is_not_cleared(home: Path) -> None:
    store = open_store()
    name = store.blobs.put(b"kept")
    (cache_folder("code") / "a").write_bytes(b"x" * 700)
    with WriteLock(home / SERVING).held():
        with pytest.raises(StoreError, match=rf"process {os.getpid()} serves from this folder; stop it"):
            clear("all")
        assert store.blobs.get(name) == b"kept"
        assert clear("cache") == 700
    assert clear("all") > 0
    assert list(home.iterdir()) == []
