"""A study packed so that others can read it, cite it and run it again: RO-Crate and COMBINE archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...base.lazily import loading

if TYPE_CHECKING:
    from .archive import study_archive as study_archive
    from .checking import CheckedCrate as CheckedCrate
    from .checking import check_crate as check_crate
    from .checking import rerun as rerun
    from .crate import write_crate as write_crate
    from .study_files import published_study_of as published_study_of

_HOME = {
    "CheckedCrate": "checking",
    "check_crate": "checking",
    "published_study_of": "study_files",
    "rerun": "checking",
    "study_archive": "archive",
    "write_crate": "crate",
}

__all__ = sorted(_HOME)
__getattr__ = loading(__name__, _HOME)
