"""Content-addressed bytes: a blob's name is the SHA-256 of its content, so it never changes and never half exists.

A blob is written to a temporary file, forced to disk, then renamed into place; a reader sees all of it or none.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from ..base.digests import digest_bytes
from ..base.errors import Problem, StoreError
from .faults import store_error

TEMPORARY = "unfinished"
STALE = 3600.0  # seconds after which an unfinished file belongs to no living writer
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """The blobs under one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep bytes; when this returns they are on the disk.  Give their digest.

        A blob that is already there is left alone if it is whole, and mended if it was altered.

        Raises:
            StoreError: the folder cannot be written, or the disk is full.
        """
        name = digest_bytes(data)
        path = self.path(name)
        try:
            if path.is_file() and digest_bytes(path.read_bytes()) == name:
                return name
            path.parent.mkdir(parents=True, exist_ok=True)
            self._write(path, data)
        except OSError as fault:
            raise store_error(path, fault, "keep a blob") from None
        return name

    def get(self, name: str) -> bytes:
        """Give the bytes of a blob, checked against its name.

        Raises:
            StoreError: there is no such blob, it cannot be read, or it was altered.
        """
        path = self.path(name)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise StoreError(str(path), Problem("", "is missing", "restore it from a copy, or make it again")) from None
        except OSError as fault:
            raise store_error(path, fault, "read a blob") from None
        found = digest_bytes(data)
        if found != name:
            what = f"was altered: its content has digest {found[:12]}…, its name says {name[:12]}…"
            raise StoreError(str(path), Problem("", what, "restore it from a copy, or make it again"))
        return data

    def has(self, name: str) -> bool:
        return self.path(name).is_file()

    def path(self, name: str) -> Path:
        """Give the path of a blob, for reading only.

        Raises:
            StoreError: `name` is not 64 hexadecimal digits.
        """
        if not _DIGEST.fullmatch(name):
            raise StoreError(f"'{name[:80]}'", Problem("", "is not a digest", "a digest has 64 hexadecimal digits"))
        return self.folder / name[:2] / name[2:]

    def names(self) -> Iterator[str]:
        """Name every blob, in order."""
        if not self.folder.is_dir():
            return
        for folder in sorted(self.folder.iterdir()):
            if len(folder.name) == 2 and folder.is_dir():
                for file in sorted(folder.iterdir()):
                    if _DIGEST.fullmatch(folder.name + file.name):
                        yield folder.name + file.name

    def sweep(self) -> int:
        """Delete what writers that died left unfinished; give how many files."""
        swept = 0
        for file in (self.folder / TEMPORARY).glob("*"):
            try:
                if time.time() - file.stat().st_mtime > STALE:
                    file.unlink(missing_ok=True)
                    swept += 1
            except OSError:
                continue  # another process swept it first
        return swept

    def _write(self, path: Path, data: bytes) -> None:
        unfinished = self.folder / TEMPORARY / secrets.token_hex(16)
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o444)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, path)
            _force_folder(path.parent)
        finally:
            unfinished.unlink(missing_ok=True)


def _force_folder(folder: Path) -> None:
    """Force a rename to disk: on POSIX the folder is what records it."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
