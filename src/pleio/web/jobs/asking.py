"""From what a job was asked to a study that can be run."""

from __future__ import annotations

from ...base.errors import Problem, StudyError
from ...library.opened import Library
from ...library.question import StudyInLibrary

LARGEST = 100_000  # characters of a definition
MOST_WORLDS = 100_000
MOST_TRAJECTORIES = 50_000_000
OWN = "own-study"


def asked_of(library: Library, name: str, definition: str = "") -> StudyInLibrary:
    """Give a study of the library, or one that is given as YAML.

    Raises:
        StudyError: there is none of that name, or the text is no study that fits the library; all that is wrong.
    """
    if not definition:
        if name not in library.studies:  # a name, never a path
            raise StudyError(f"study '{name[:80]}'", Problem("", "does not exist", ", ".join(library.studies)))
        return library.study(name)
    if len(definition) > LARGEST:
        raise StudyError("the study", Problem("", f"has {len(definition):,} characters", f"at most {LARGEST:,}"))
    from ...library.study_file import read_checked

    return StudyInLibrary(library, name or OWN, read_checked(library, definition, name or OWN))


def refuse_too_large(asked: StudyInLibrary, worlds: int) -> None:
    """Refuse a study that would keep this machine for days.

    Raises:
        StudyError: it has too many worlds, or too many trajectories.
    """
    total = worlds * asked.study.cohort.size * len(asked.study.arms)
    if worlds > MOST_WORLDS or total > MOST_TRAJECTORIES:
        what = f"{worlds:,} worlds make {total:,} trajectories"
        help = f"at most {MOST_WORLDS:,} worlds, {MOST_TRAJECTORIES:,} trajectories; 'pleio study run' has no limit"
        raise StudyError(f"study '{asked.name}'", Problem("worlds", what, help))
