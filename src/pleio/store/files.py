"""Files and folders that a person asked for: written whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..base.errors import Problem, StoreError


def write_file(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a crash, never meets half of it.

    Raises:
        StoreError: the folder is missing, the file may not be written, or the disk is full; what was there stands.
    """
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(unfinished, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except OSError as fault:
        help = "make the folder first" if not path.parent.is_dir() else "choose another place"
        raise StoreError(str(path), Problem("", f"cannot be written: {fault.strerror}", help)) from None
    finally:
        if path.parent.is_dir():
            unfinished.unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Give a folder to fill; it becomes `path` once all of it is there, and is gone if anything goes wrong.

    Raises:
        StoreError: `path` exists, or the folder cannot be written.
    """
    if path.exists():
        raise StoreError(str(path), Problem("", "exists already", "name a folder that does not"))
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        unfinished.mkdir(parents=True)
        yield unfinished
        os.replace(unfinished, path)
    except OSError as fault:
        raise StoreError(
            str(path), Problem("", f"cannot be written: {fault.strerror}", "choose another place")
        ) from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
