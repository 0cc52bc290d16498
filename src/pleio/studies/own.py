"""Agents of a study's own: `agents` names each, and says what it is or which file beside the study does.

What a file says becomes part of the study, so that a study that was kept or sent is whole.  Here it is read only; what
an agent may say is known to the library.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..base.errors import Problem, StudyError
from ..base.files import read_text
from ..base.yaml import load

LARGEST = 100_000  # bytes of an agent's file
MOST_AGENTS = 32


def with_agents(value: Any, folder: Path | None) -> Any:
    """Give a study's nested mappings with the files that its `agents` name read into it.

    Args:
        folder: that a relative path starts from; None where the study is no file, and may name none.
    Raises:
        StudyError: a file cannot be read, or may not be; all problems at once.
    """
    stated = value.get("agents") if isinstance(value, dict) else None
    if not isinstance(stated, dict):
        return value  # nothing to read, or out of form, which the form says
    if len(stated) > MOST_AGENTS:
        raise StudyError("agents", Problem("", f"are {len(stated):,}", f"a study has at most {MOST_AGENTS} of its own"))
    problems: list[Problem] = []
    read: dict[Any, Any] = {}
    for name, said in stated.items():
        try:
            read[name] = _read(said, folder) if isinstance(said, str) else said
        except StudyError as fault:
            problems += [
                Problem(f"agents.{name}", f"{fault.subject} {p.where} {p.what}", p.help) for p in fault.problems
            ]
    if problems:
        raise StudyError("study", [Problem(p.where, " ".join(p.what.split()), p.help) for p in problems])
    return {**value, "agents": read}


def _read(file: str, folder: Path | None) -> Any:
    if not file.endswith((".yaml", ".yml")):
        help = "write the agent's file, such as mine.yaml, or {target: IL11, affinity: 80 pM}"
        raise StudyError(f"'{file}'", Problem("", "is no .yaml file", help))
    if folder is None:
        what = "names a file, which only a study that is a file itself may"
        raise StudyError(f"'{file}'", Problem("", what, "write what the file says in its place"))
    missing = "paths start from the folder of the study"
    return load(read_text(folder / file, StudyError, largest=LARGEST, label=file, missing=missing), name=file,
                error=StudyError).value  # fmt: skip
