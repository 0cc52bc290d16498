"""Studies that are asked for, checked before they become a job."""

from __future__ import annotations

from typing import Any

from ...library.opened import open as open_library


def check_study(library: str, name: str, definition: str) -> dict[str, Any]:
    """Say what a study asks: one of the library's, or one given as YAML; what is wrong with it is raised.

    Raises:
        StudyError: there is none of that name, the text is malformed, or it does not fit its mechanism.
    """
    from ...studies.check import check
    from ...studies.study import plain
    from ..jobs.asking import asked_of

    asked = asked_of(open_library(library), name, definition)
    check(asked.study, asked.mechanism, asked.worlds(2), asked.agents)
    return {
        "name": asked.name,
        "title": asked.study.title,
        "question": asked.study.question,
        "arms": list(asked.study.arms),
        "worlds": asked.study.worlds.count,
        "stated": plain(asked.stated),
    }
