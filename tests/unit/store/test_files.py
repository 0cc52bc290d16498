"""Files and folders that a person asked for: all of it or nothing, and what was there before stands."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pleio.base.errors import StoreError
from pleio.store.files import new_folder, write_file


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_file_is_written_over_another_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    for data in (b"first", b"second and longer", b""):
        write_file(path, data)
        assert path.read_bytes() == data
    assert [each.name for each in tmp_path.iterdir()] == ["claims.yaml"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_file_that_cannot_be_written_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes(b"what a person wrote")
    monkeypatch.setattr(os, step, full)
    with pytest.raises(StoreError, match="cannot be written: No space left on device"):
        write_file(path, b"half of it")
    assert path.read_bytes() == b"what a person wrote"
    assert [each.name for each in tmp_path.iterdir()] == ["claims.yaml"]


def test_a_file_in_no_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="make the folder first"):
        write_file(tmp_path / "none" / "a.yaml", b"")


def test_a_folder_is_there_once_all_of_it_is(tmp_path: Path) -> None:
    path = tmp_path / "run"
    with new_folder(path) as folder:
        (folder / "a").write_text("a", encoding="utf-8")
        assert not path.exists()
    assert [each.name for each in tmp_path.iterdir()] == ["run"] and (path / "a").read_text(encoding="utf-8") == "a"


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), ValueError("no"), OSError(errno.ENOSPC, "full")])
def test_a_folder_that_was_not_finished_is_not_there(tmp_path: Path, fault: BaseException) -> None:
    with pytest.raises((KeyboardInterrupt, ValueError, StoreError)), new_folder(tmp_path / "run") as folder:
        (folder / "a").write_text("half", encoding="utf-8")
        raise fault
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_exists_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="exists already"), new_folder(tmp_path / "run"):
        pytest.fail("it must not be entered")
    assert [each.name for each in (tmp_path / "run").iterdir()] == ["mine"]
