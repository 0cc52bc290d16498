"""Asking the limited child process that reads untrusted model text; one child, kept, and restarted when it must be."""

from __future__ import annotations

import atexit
import json
from typing import Any

from ..base.child import Child
from ..base.errors import ModelError, Problem

DOCUMENTS = 200  # after which a child is replaced, whatever its libraries may have leaked
SECONDS = 60.0  # for one document


class Isolation:
    """Owns the child process; `ask` may be called from any thread."""

    def __init__(self) -> None:
        self.child = Child(f"{__package__}.isolated", DOCUMENTS, quiet=True)

    def ask(self, subject: str, kind: str, *, seconds: float = SECONDS, **request: Any) -> dict[str, Any]:
        """Send one request and give its answer.

        Raises:
            ModelError: the document is at fault, or the child died or took too long over it.
        """
        answer = self.child.exchange(json.dumps({"kind": kind, **request}), seconds)
        if answer is None:
            what = "reading it ended the process that reads models"
            raise ModelError(subject, Problem("", what, f"it may nest too deeply, or need over {seconds:g} s or 2 GB"))
        if answer.get("problems"):
            raise ModelError(subject, [Problem(where, what) for where, what in answer["problems"]])
        return answer

    def close(self) -> None:
        """End the child, if one runs."""
        self.child.end()


_isolation = Isolation()
atexit.register(_isolation.close)


def ask(subject: str, kind: str, **request: Any) -> dict[str, Any]:
    """Ask the process-wide child; see `Isolation.ask`."""
    return _isolation.ask(subject, kind, **request)
