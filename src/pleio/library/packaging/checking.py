"""Checking a crate: every file is what its metadata says, and the study run again gives the same result."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...base.digests import digest_bytes
from ...base.errors import Problem, StoreError
from ..opened import open as open_library
from .crate import METADATA

LARGEST = 50_000_000  # bytes of metadata


@dataclass(frozen=True)
class CheckedCrate:
    """How many files were checked, and every problem found."""

    files: int
    problems: tuple[Problem, ...]

    @property
    def whole(self) -> bool:
        return not self.problems


def check_crate(folder: Path) -> CheckedCrate:
    """Recompute the digest of every file that the metadata names, and find files that it does not name.

    Raises:
        StoreError: the folder is no crate.
    """
    described = {
        str(entity["@id"]): entity for entity in _graph(folder) if "File" in _kinds(entity) and "@id" in entity
    }
    problems = []
    for name, entity in described.items():
        path = folder / name
        if not _within(folder, path):
            problems.append(Problem(name[:80], "leads out of the folder", "this is no crate of ours"))
        elif not path.is_file():
            problems.append(Problem(name, "is missing", "copy the folder anew"))
        elif digest_bytes(path.read_bytes()) != entity.get("sha256"):
            problems.append(Problem(name, "is not what it was when the crate was written", "copy the folder anew"))
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    problems += [
        Problem(name, "is not named in the metadata", "take it out or describe it")
        for name in sorted(present - set(described) - {METADATA})
    ]
    return CheckedCrate(len(described), tuple(problems))


def rerun(folder: Path) -> CheckedCrate:
    """Run the crate's study again and compare the digests of what it stands on and of the result.

    Raises:
        StoreError: the folder is no crate, or holds no study.
    """
    locked = _json(folder / "lock.json")
    asked = open_library(str(locked.get("library", ""))).study(str(folder / "study.yaml"))
    problems = []
    if asked.mechanism.network.digest != locked.get("network_digest"):
        problems.append(
            Problem("mechanism", "is another one in this version of the library", f"use {locked['made_by']}")
        )
    result = asked.run(cache=False)
    if result.worlds.digest != locked.get("worlds_digest"):
        problems.append(Problem("worlds", "are drawn from other beliefs in this version", f"use {locked['made_by']}"))
    if result.digest != locked.get("result_digest"):
        where = f"it was made on {locked.get('machine')} with {locked.get('packages')}"
        problems.append(Problem("result", f"is {result.digest[:12]} and was {locked['result_digest'][:12]}", where))
    return CheckedCrate(1, tuple(problems))


def is_crate(folder: Path) -> bool:
    return (folder / METADATA).is_file()


def _graph(folder: Path) -> list[dict[str, Any]]:
    graph = _json(folder / METADATA).get("@graph")
    if not isinstance(graph, list) or not all(isinstance(entity, dict) for entity in graph):
        raise StoreError(str(folder / METADATA), Problem("@graph", "is not a list of entities", "this is no RO-Crate"))
    return graph


def _json(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise StoreError(str(path), f"is larger than {LARGEST:,} bytes")
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise StoreError(str(path), Problem("", f"cannot be read: {fault}", "name the folder of a crate")) from None
    if not isinstance(value, dict):
        raise StoreError(str(path), Problem("", "is not an object", "name the folder of a crate"))
    return value


def _kinds(entity: dict[str, Any]) -> list[str]:
    kinds = entity.get("@type", [])
    return kinds if isinstance(kinds, list) else [kinds]


def _within(folder: Path, path: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
