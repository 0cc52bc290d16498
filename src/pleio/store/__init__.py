"""The data directory: one SQLite file, content-addressed blobs, one writer; knows no domain types.

A layer that keeps something owns its tables as a `Schema` value and hands it to `Store.ensure` at first use.
"""

from __future__ import annotations

from .blobs import Blobs
from .files import new_folder, write_file
from .home import Home, Part, cache_folder, clear, describe, folder
from .schema import Schema
from .store import Store, open_store
from .watch import Watch

__all__ = [
    "Blobs",
    "Home",
    "Part",
    "Schema",
    "Store",
    "Watch",
    "cache_folder",
    "clear",
    "describe",
    "folder",
    "new_folder",
    "open_store",
    "write_file",
]
