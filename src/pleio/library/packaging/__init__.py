"""A study packed so that others can read it, cite it and run it again: RO-Crate and COMBINE archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .archive import study_archive
    from .checking import CheckedCrate, check_crate, rerun
    from .crate import write_crate
    from .study_files import published_study_of

_HOMES = {
    "CheckedCrate": "checking",
    "check_crate": "checking",
    "published_study_of": "study_files",
    "rerun": "checking",
    "study_archive": "archive",
    "write_crate": "crate",
}

__all__ = ["CheckedCrate", "check_crate", "published_study_of", "rerun", "study_archive", "write_crate"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
