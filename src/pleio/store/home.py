"""Where data lie: `$PLEIO_HOME`, else the platform's data directory; how large they are and how to clear them.

$PLEIO_HOME/
  pleio.sqlite     what the user keeps: documents, reviews, the index of artifacts
  blobs/           content-addressed bytes, named by their SHA-256
  runs/            runs of studies that the user made, with their draws
  cache/           what can be made again; safe to delete at any time
  write.lock       held by the one process that writes
  jobs.lock        held by the server that runs the jobs, as long as it serves
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..base.errors import Problem, StoreError
from .faults import store_error
from .lock import WriteLock, holder

VARIABLE = "PLEIO_HOME"
DATABASE = "pleio.sqlite"
BLOBS = "blobs"
RUNS = "runs"
CACHE = "cache"
LOCK = "write.lock"
SERVING = "jobs.lock"
OURS = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", BLOBS, RUNS, CACHE, SERVING, LOCK)
PARTS = {"cache": (CACHE,), "runs": (RUNS,), "all": OURS}
"""What can be cleared."""


@dataclass(frozen=True)
class Part:
    """One part of the data directory: its name, what it holds, how many files, how many bytes."""

    name: str
    holds: str
    files: int
    size: int


@dataclass(frozen=True)
class Home:
    """What there is to know about the data directory; `chosen_by` says why it is this folder."""

    folder: Path
    chosen_by: str
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)

    def __str__(self) -> str:
        lines = [f"data directory: {self.folder} (chosen by {self.chosen_by})", f"size: {megabytes(self.size)}"]
        lines += [f"  {part.name:<13}{megabytes(part.size):>11}  {part.holds}" for part in self.parts]
        lines += [
            "to clear what can be made again: pleio home --clear cache",
            "to forget the runs of studies: pleio home --clear runs",
            "to clear everything, your own claims and reviews included: pleio home --clear all",
        ]
        return "\n".join(lines)


def folder() -> Path:
    """Name the data directory; it need not exist yet."""
    return _chosen()[0]


def cache_folder(name: str) -> Path:
    """Give a private folder for what can be made again, made if it is missing.

    Raises:
        StoreError: it cannot be made.
    """
    return _made(folder() / CACHE / name)


def runs_folder() -> Path:
    """Give the folder of the runs of studies, made if it is missing.

    A run is no cache: after the library has changed it cannot be made again, and comparisons name it.

    Raises:
        StoreError: it cannot be made.
    """
    return _made(folder() / RUNS)


def _made(path: Path) -> Path:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise store_error(path, fault, "make the folder") from None
    return path


def describe() -> Home:
    """Measure the data directory; one that does not exist yet has empty parts."""
    root, chosen_by = _chosen()
    databases = [root / name for name in OURS if name.startswith(DATABASE)]
    return Home(
        root,
        chosen_by,
        (
            _measure("database", "your documents, reviews and the index of artifacts", databases),
            _measure("blobs", "the artifacts themselves, named by their content", [root / BLOBS]),
            _measure("runs", "runs of studies that you made, with their draws", [root / RUNS]),
            _measure("cache", "what can be made again", [root / CACHE]),
        ),
    )


def clear(what: str) -> int:
    """Delete the cache, the runs, or everything that pleio keeps; give the number of bytes freed.

    Only files of pleio's own are deleted: a data directory that holds other things keeps them.  A write under way is
    waited for.

    Args:
        what: `cache`, `runs` or `all`.

    Raises:
        StoreError: `what` is something else, a server runs on all of it, or a file cannot be deleted.
    """
    if what not in PARTS:
        raise StoreError("pleio home", Problem("--clear", f"'{what}' is not a part", "clear 'cache', 'runs' or 'all'"))
    root = folder()
    if not root.is_dir():
        return 0
    with ExitStack() as held:
        if what == "all":
            held.enter_context(_not_served(root))
            held.enter_context(WriteLock(root / LOCK).held())
        return sum(_deleted(root / name) for name in PARTS[what])


@contextmanager
def _not_served(root: Path) -> Iterator[None]:
    """Hold the lock of a server, so that none runs on what is deleted."""
    path = root / SERVING
    with ExitStack() as held:
        try:
            held.enter_context(WriteLock(path, patience=0.0).held())
        except StoreError:
            what = f"{holder(path)} serves from this folder"
            raise StoreError(str(root), Problem("", what, "stop it, and clear again")) from None
        yield


def _deleted(path: Path) -> int:
    """Delete a file or a folder; give how many bytes it had."""
    size = _measure(path.name, "", [path]).size
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as fault:
        raise store_error(path, fault, "delete it") from None
    return size


def megabytes(size: int) -> str:
    """Write a number of bytes in the unit that suits it.

    Example:
        >>> megabytes(1_500_000)
        '1.5 MB'
    """
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"


def _chosen() -> tuple[Path, str]:
    value = os.environ.get(VARIABLE, "").strip()
    if value:
        return Path(value).expanduser().absolute(), f"${VARIABLE}"
    from platformdirs import user_data_path

    return user_data_path("pleio", appauthor=False), f"the platform; set ${VARIABLE} to choose another"


def _measure(name: str, holds: str, paths: list[Path]) -> Part:
    files = size = 0
    for path in paths:
        for file in path.rglob("*") if path.is_dir() else [path]:
            try:
                if file.is_file():
                    files, size = files + 1, size + file.stat().st_size
            except OSError:
                continue  # deleted meanwhile, or not ours to see
    return Part(name, holds, files, size)
