"""Chunks of a result on disk: arrays as `.npy`, each set with a JSON manifest that is written last.

A chunk is named by what went into it, and its manifest holds the digests of what came out: a chunk without a manifest,
or one that was altered, is computed again.
"""

from __future__ import annotations

import json
import os
import secrets
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...base.digests import digest_bytes
from ...base.errors import Problem, StoreError


class Chunks:
    """The chunks in one folder, which is made when the first is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> tuple[dict[str, NDArray[Any]], dict[str, Any]] | None:
        """Give the arrays and the notes of a chunk; None if it is not there, not whole, or altered."""
        try:
            manifest = json.loads(self._path(key, "json").read_text(encoding="utf-8"))
            arrays = {}
            for name, expected in manifest["arrays"].items():
                data = self._path(f"{key}-{name}", "npy").read_bytes()
                if digest_bytes(data) != expected:
                    return None
                arrays[name] = np.load(BytesIO(data), allow_pickle=False)
            return arrays, manifest["notes"]
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            return None

    def put(self, key: str, arrays: dict[str, NDArray[Any]], notes: dict[str, Any]) -> None:
        """Keep a chunk; when this returns it is whole on the disk.

        Raises:
            StoreError: the folder cannot be written, or the disk is full.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            digests = {}
            for name, array in arrays.items():
                buffer = BytesIO()
                np.save(buffer, array, allow_pickle=False)
                digests[name] = digest_bytes(buffer.getvalue())
                self._write(self._path(f"{key}-{name}", "npy"), buffer.getvalue())
            text = json.dumps({"key": key, "arrays": digests, "notes": notes}, ensure_ascii=False, indent=1)
            self._write(self._path(key, "json"), text.encode())
        except OSError as fault:
            help = "free some space, or name another folder; what was kept before is untouched"
            raise StoreError(str(self.folder), Problem("", f"a chunk cannot be kept: {fault.strerror}", help)) from None

    def _path(self, stem: str, ending: str) -> Path:
        return self.folder / f"{stem}.{ending}"

    def _write(self, path: Path, data: bytes) -> None:
        unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}.unfinished")
        try:
            with open(unfinished, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
