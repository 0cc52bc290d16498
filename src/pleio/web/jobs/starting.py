"""Starting a job: what is wrong with it is said before it is queued."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..site import Site
from .asking import asked_of, refuse_too_large
from .table import Job


def start(site: Site, asked: Mapping[str, Any], who: str) -> Job:
    """Check what is asked and queue it.

    Args:
        asked: `study` or `definition`, and where given `worlds`, `seed`, `belief`.

    Raises:
        StudyError: the study does not exist, is malformed, does not fit its mechanism, or is too large.
        StoreError: the data directory cannot be written.
    """
    given = {key: value for key, value in asked.items() if value not in (None, "")}
    name, definition = given.get("study", ""), given.get("definition", "")
    checked = site.desk.ask("study", library=site.library, name=name, definition=definition)
    refuse_too_large(asked_of(site.opened, name, definition), given.get("worlds") or checked["worlds"])
    return site.jobs.add({"library": site.library, **given}, checked["title"] or checked["name"], who)
