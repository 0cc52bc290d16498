"""Blobs: named by content, whole or absent, checked on reading."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pleio.base.digests import digest_bytes
from pleio.base.errors import StoreError
from pleio.store import Blobs


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


@given(data=st.binary(max_size=2000))
@settings(max_examples=30, deadline=None)
def test_what_is_put_is_got_under_its_digest(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    blobs = Blobs(tmp_path_factory.mktemp("blobs"))
    name = blobs.put(data)
    assert name == digest_bytes(data) == blobs.put(data)
    assert blobs.get(name) == data
    assert list(blobs.names()) == [name]


def test_a_missing_blob_is_said(blobs: Blobs) -> None:
    with pytest.raises(StoreError, match="is missing; restore it from a copy, or make it again"):
        blobs.get("0" * 64)


@pytest.mark.parametrize("name", ["", "abc", "../../etc/passwd", "A" * 64, "0" * 63 + "/"])
def test_only_a_digest_is_a_name(blobs: Blobs, name: str) -> None:
    with pytest.raises(StoreError, match="is not a digest"):
        blobs.get(name)


def alter(blobs: Blobs, name: str) -> None:
    path = blobs.path(name)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"!")


def test_an_altered_blob_is_said_and_mended_by_putting_it_again(blobs: Blobs) -> None:
    name = blobs.put(b"as it was")
    alter(blobs, name)
    with pytest.raises(StoreError, match="was altered: its content has digest"):
        blobs.get(name)
    assert blobs.put(b"as it was") == name
    assert blobs.get(name) == b"as it was"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing_behind(blobs: Blobs, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, full)
    with pytest.raises(StoreError, match="has no room left; free some space"):
        blobs.put(b"data")
    assert not [file for file in blobs.folder.rglob("*") if file.is_file()]


def test_what_dead_writers_left_is_swept_but_not_what_living_ones_write(blobs: Blobs) -> None:
    blobs.put(b"data")
    old, new = (blobs.folder / "unfinished" / name for name in ("old", "new"))
    for file in (old, new):
        file.write_bytes(b"half")
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    assert blobs.sweep() == 1
    assert new.exists() and not old.exists()
    assert len(list(blobs.names())) == 1
