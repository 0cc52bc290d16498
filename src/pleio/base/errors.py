"""Errors that say where, what, and what would help; all problems of one input at once.

    PleioError
    ├── InputError          bad input: exit status 2
    │   ├── DocumentError   a document that cannot be read
    │   ├── ClaimError      claims, contests, assumptions
    │   ├── UnitError       a unit that is unknown or does not fit
    │   ├── ModelError      a network that is not well formed
    │   ├── StudyError      a study, cohort, regimen or endpoint
    │   └── StoreError      the data directory: missing, read-only, altered, busy
    └── Fault               a fault of ours: exit status 3

A numerical failure of one ensemble member is data (a status and NaN), not an exception.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where it is, what it is, and what would help."""

    where: str
    what: str
    help: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}; {self.help}" if self.help else text


class PleioError(Exception):
    """The base of all errors that pleio raises on purpose."""


class InputError(PleioError, ValueError):
    """Bad input; carries every problem found, not only the first.

    Raised by whatever reads the input.  `subject` names the input ("claims.yaml"); `problems` is never empty.
    """

    def __init__(self, subject: str, problems: Problem | str | Iterable[Problem]) -> None:
        if isinstance(problems, str):
            problems = [Problem("", problems)]
        elif isinstance(problems, Problem):
            problems = [problems]
        self.subject = subject
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(subject, self.problems)

    def __str__(self) -> str:
        if len(self.problems) == 1:
            return f"{self.subject}: {self.problems[0]}"
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        return f"{self.subject} has {len(self.problems)} problems\n{lines}"


class DocumentError(InputError):
    """A document is missing, empty, too large, binary, or not text."""


class ClaimError(InputError):
    """A claim, contest or assumption is malformed, or names something that does not exist."""


class UnitError(InputError):
    """A unit is not known, or two quantities of different dimension meet."""


class ModelError(InputError):
    """A network has unknown names, inconsistent units, a cycle, or a construct that cannot be run."""


class StudyError(InputError):
    """A study, cohort, regimen, endpoint or decision does not make sense."""


class StoreError(InputError):
    """The data directory cannot be read or written, or what lies in it was altered."""


class Fault(PleioError, RuntimeError):
    """Something that cannot happen did; please report it with the message."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Name the closest known name, as help for a misspelt one.

    Example:
        >>> nearest("fribroblast", ["fibroblast", "neuron"])
        "did you mean 'fibroblast'?"
    """
    options: Sequence[str] = sorted(known)
    close = difflib.get_close_matches(name, options, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    if 0 < len(options) <= 12:
        return "known: " + ", ".join(options)
    return ""
