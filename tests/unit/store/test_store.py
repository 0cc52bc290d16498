"""The store: transactions, migrations, one writer, and errors that say what would help."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import threading
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from pleio.base.errors import StoreError
from pleio.store import Schema, Store, clear, open_store

NOTES = Schema("notes", (("CREATE TABLE note (text TEXT NOT NULL UNIQUE) STRICT",),))


def notes(store: Store) -> list[str]:
    with store.read() as connection:
        return [row[0] for row in connection.execute("SELECT text FROM note ORDER BY text")]


def add(store: Store, text: str) -> None:
    with store.write() as connection:
        connection.execute("INSERT INTO note VALUES (?)", (text,))


@pytest.fixture
def store(home: Path) -> Store:
    store = open_store()
    store.ensure(NOTES)
    return store


def test_opening_makes_nothing(home: Path) -> None:
    open_store()
    assert not home.exists()


def test_what_is_written_is_there_for_another_store(store: Store, home: Path) -> None:
    add(store, "a")
    assert notes(open_store()) == ["a"]
    assert store.check() == "ok"


def test_what_is_acknowledged_is_forced_to_the_disk(store: Store) -> None:
    """No test can cut the power: these are the settings of SQLite under which a commit outlives that."""
    with store.read() as connection:
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")}
    assert found == {"synchronous": 2, "journal_mode": "wal"}  # 2 is FULL


def test_a_row_that_names_what_is_not_there_is_refused(store: Store) -> None:
    store.ensure(Schema("replies", (("CREATE TABLE reply (note TEXT NOT NULL REFERENCES note (text)) STRICT",),)))
    add(store, "a")
    for text in ("a", "b"):
        try:
            with store.write() as connection:
                connection.execute("INSERT INTO reply VALUES (?)", (text,))
        except StoreError as fault:
            assert text == "b" and "FOREIGN KEY" in str(fault)
    with store.read() as connection:
        assert [row[0] for row in connection.execute("SELECT note FROM reply")] == ["a"]


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    class Interrupt(BaseException):
        """As Ctrl-C: not an Exception."""

    with pytest.raises(Interrupt), store.write() as connection:
        connection.execute("INSERT INTO note VALUES ('half')")
        raise Interrupt
    with pytest.raises(StoreError, match="could not write the database"), store.write() as connection:
        connection.execute("INSERT INTO note VALUES ('twice')")
        connection.execute("INSERT INTO note VALUES ('twice')")
    assert notes(store) == []
    add(store, "whole")
    assert notes(store) == ["whole"]


def test_a_reader_sees_one_state_while_another_writes(store: Store) -> None:
    add(store, "before")
    with store.read() as connection:
        first = connection.execute("SELECT count(*) FROM note").fetchone()[0]
        writer = threading.Thread(target=add, args=(store, "during"))
        writer.start()
        writer.join()
        assert connection.execute("SELECT count(*) FROM note").fetchone()[0] == first == 1
    assert notes(store) == ["before", "during"]


def test_steps_are_taken_once_and_in_order(store: Store) -> None:
    add(store, "kept")
    longer = Schema("notes", (*NOTES.steps, ("ALTER TABLE note ADD COLUMN size INTEGER",)))
    for _ in range(2):
        store.ensure(longer)
    with store.read() as connection:
        rows = connection.execute("SELECT text, size FROM note").fetchall()
        steps = connection.execute("SELECT step FROM schema_step WHERE layer = 'notes' ORDER BY step").fetchall()
    assert [tuple(row) for row in rows] == [("kept", None)]
    assert [row[0] for row in steps] == [1, 2]


def test_a_step_that_fails_is_not_half_taken(store: Store) -> None:
    broken = Schema("notes", (*NOTES.steps, ("CREATE TABLE other (x TEXT) STRICT", "CREATE TABLE note (x TEXT)")))
    with pytest.raises(StoreError):
        store.ensure(broken)
    with store.read() as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'other'").fetchone()


def test_a_database_of_a_newer_pleio_is_refused(store: Store) -> None:
    store.ensure(Schema("notes", (*NOTES.steps, ("CREATE TABLE later (x TEXT) STRICT",))))
    with pytest.raises(StoreError, match=r"has step 2 of 'notes'; this pleio knows 1; use the newer pleio"):
        store.ensure(NOTES)


def test_text_can_be_searched_where_sqlite_can(store: Store) -> None:
    if not store.searches:
        pytest.skip("this SQLite has no FTS5")
    search = "CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5(x)"
    store.ensure(Schema("words", (("CREATE TABLE word (x TEXT) STRICT",),), (search,)))
    with store.write() as connection:
        connection.execute("INSERT INTO found VALUES ('interleukin eleven')")
    with store.read() as connection:
        assert connection.execute("SELECT x FROM found WHERE found MATCH 'eleven'").fetchone()


def _write_many(folder: str, name: str, count: int) -> None:
    store = Store(Path(folder))
    store.ensure(NOTES)
    for i in range(count):
        add(store, f"{name}-{i:03}")


def test_processes_take_turns_and_lose_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[3]))  # new processes import this file by its name
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write_many, args=(str(home), f"p{i}", 25)) for i in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert len(notes(Store(home))) == 75


def test_a_writer_that_does_not_finish_is_named(store: Store, home: Path) -> None:
    impatient = Store(home, patience=0.05)
    message = rf"process {os.getpid()} has been writing for 0.05 s; wait for it to finish, or stop it"
    with store.write(), pytest.raises(StoreError, match=message), impatient.write():
        pass


def test_threads_of_one_store_wait_no_longer_than_their_patience(home: Path) -> None:
    """The lock between threads is another than that between processes, and neither may be waited for without end."""
    store = Store(home, patience=0.05)
    store.ensure(NOTES)
    refused: list[str] = []

    def write() -> None:
        try:
            add(store, "second")
        except StoreError as fault:
            refused.append(str(fault))

    second = threading.Thread(target=write, daemon=True)
    with store.write() as connection:
        connection.execute("INSERT INTO note VALUES ('first')")
        second.start()
        second.join(10)
        assert not second.is_alive(), "it waits for as long as the first takes"
    assert len(refused) == 1 and "has been writing for 0.05 s" in refused[0]
    add(store, "third")
    assert notes(store) == ["first", "third"]


def test_a_full_disk_is_said_and_nothing_is_lost(store: Store) -> None:
    add(store, "before")
    with store.write() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match=r"has no room left; free some space"):
        add(store, "x" * 1_000_000)
    assert notes(store) == ["before"]
    assert store.check() == "ok"


def test_a_damaged_database_is_said(store: Store, home: Path) -> None:
    store.close()
    for file in home.glob("pleio.sqlite*"):
        file.unlink()
    (home / "pleio.sqlite").write_bytes(b"not a database at all" * 300)
    with pytest.raises(StoreError, match="is not a SQLite file, or was altered"):
        notes(Store(home))


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="has a file where a folder should be"):
        Store(tmp_path / "file").ensure(NOTES)


def _try_as_another_user(folder: Path, answers: Connection) -> None:
    if os.geteuid() == 0:  # root may write anywhere
        os.setgid(65534)
        os.setuid(65534)
    store = Store(folder)
    answers.send(notes(store))
    for attempt in (
        lambda: add(store, "new"),
        lambda: store.blobs.put(b"new"),
        lambda: add(Store(folder / "deeper"), "new"),
    ):
        try:
            attempt()
            answers.send("was written")
        except StoreError as fault:
            answers.send(str(fault))


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders are POSIX")
def test_a_read_only_folder_can_be_read_and_says_why_it_cannot_be_written() -> None:
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer, "home")
        store = Store(folder)
        store.ensure(NOTES)
        add(store, "kept")
        store.close()
        Path(outer).chmod(0o755)
        for part in folder.rglob("*"):
            part.chmod(0o444)
        folder.chmod(0o555)
        here, there = multiprocessing.Pipe()
        child = multiprocessing.get_context("fork").Process(target=_try_as_another_user, args=(folder, there))
        child.start()
        answers = [here.recv() if here.poll(20) else "no answer" for _ in range(4)]
        child.join()
        folder.chmod(0o755)
    assert answers[0] == ["kept"]
    for refusal in answers[1:]:
        assert refusal.endswith("it may not be written by this user; set PLEIO_HOME to a folder you can write to")


def test_what_is_written_after_the_database_was_removed_is_refused_not_lost(store: Store) -> None:
    add(store, "before")
    clear("all")
    with pytest.raises(StoreError, match=r"removed or replaced while it was in use; nothing was written; start this"):
        add(store, "lost")
    again = open_store()  # as a process does that starts again
    again.ensure(NOTES)
    add(again, "kept")
    assert notes(open_store()) == notes(store) == ["kept"]


def test_another_database_in_its_place_is_left_alone(store: Store, home: Path, tmp_path: Path) -> None:
    add(store, "before")
    other = Store(tmp_path / "other")
    other.ensure(NOTES)
    add(other, "restored")
    other.close()
    for part in home.glob("pleio.sqlite*"):
        part.unlink()
    os.replace(other.database, store.database)
    restored = open_store()
    add(restored, "since")
    with pytest.raises(StoreError, match="removed or replaced"):
        add(store, "lost")
    assert notes(restored) == notes(open_store()) == ["restored", "since"]
    assert restored.check() == "ok"
