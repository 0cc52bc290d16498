"""The code cache: found again, private, never believed without its checksum, never in the way."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pleio.compiler import cache


def test_code_is_made_once(home: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"machine code"

    assert [cache.cached("key", make) for _ in range(3)] == [b"machine code"] * 3
    assert len(made) == 1
    assert cache.cached("another key", lambda: b"x") == b"x"
    folder = home / "cache" / "code"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(entry.stat().st_mode) == 0o600 for entry in folder.iterdir())


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b[:40] + b"!" + b[41:], lambda b: b"", lambda b: b[:32]]
)
def test_damaged_entries_are_made_again(home: Path, damage: object) -> None:
    cache.cached("key", lambda: b"machine code")
    (entry,) = (home / "cache" / "code").iterdir()
    entry.write_bytes(damage(entry.read_bytes()))  # type: ignore[operator]
    assert cache.cached("key", lambda: b"made again!!") == b"made again!!"
    assert cache.cached("key", lambda: b"never") == b"made again!!"


def test_without_a_folder_to_write_to_code_is_still_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PLEIO_HOME", str(tmp_path / "file"))
    assert cache.cached("key", lambda: b"code") == b"code"


def test_old_entries_leave(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST", 3)
    folder, written = home / "cache" / "code", list[Path]()
    for number in range(6):
        cache.cached(str(number), lambda: b"code")
        (new,) = {*folder.iterdir()} - {*written}
        os.utime(new, (number, number))  # clocks of file systems are too coarse to tell them apart
        written.append(new)
    assert {*folder.iterdir()} == {*written[3:]}
