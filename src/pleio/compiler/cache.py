"""Compiled code kept between runs: found by the digest of all it depends on, believed only with its checksum.

An entry is an object file after the SHA-256 of its bytes, in a folder that only the user can read. Whatever does not
fit (another length, another checksum, no permission) is compiled again; a cache that cannot be written is no cache.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from ..base.errors import StoreError
from ..store.home import cache_folder

FOLDER = "code"
MOST = 512  # entries kept; the oldest leave first


def cached(key: str, make: Callable[[], bytes]) -> bytes:
    """Give what `make` makes, from the cache if it is there.

    Args:
        key: names everything the result depends on.
    """
    try:
        path = cache_folder(FOLDER) / hashlib.sha256(key.encode()).hexdigest()
    except StoreError:
        return make()
    data = _read(path)
    if data is None:
        data = make()
        _write(path, data)
    return data


def _read(path: Path) -> bytes | None:
    try:
        entry = path.read_bytes()
    except OSError:
        return None
    checksum, data = entry[:32], entry[32:]
    return data if data and hashlib.sha256(data).digest() == checksum else None


def _write(path: Path, data: bytes) -> None:
    """Write beside, then rename: a reader never sees half an entry."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(data).digest() + data)
        os.replace(name, path)
        entries = sorted(path.parent.iterdir(), key=lambda entry: entry.stat().st_mtime)
        for old in entries[:-MOST]:
            old.unlink(missing_ok=True)
    except OSError:
        return
