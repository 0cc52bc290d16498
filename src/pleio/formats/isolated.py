"""The limited child process that reads untrusted model text: libsbml and libantimony run here and nowhere else.

Run as `python -m pleio.formats.isolated`. One request per line on standard input, one answer per line on standard
output, both JSON. The limits are set before the first request and cannot be raised again. It writes no file.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

MEMORY = 2 << 30  # bytes of address space
SECONDS = 600  # of processor time over the life of the process; the parent limits each document more tightly


def limit() -> None:
    """Give up for good what reading a document never needs."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit and size checks remain
        return
    for kind, value in [
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ]:
        hard = resource.getrlimit(kind)[1]
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (wanted, wanted))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Do what a request asks; what the document is to blame for comes back as `problems`."""
    from .antimony.translate import to_antimony, to_sbml
    from .sbml.walk import read_document

    kinds: dict[str, Callable[..., dict[str, Any]]] = {
        "sbml": read_document,
        "antimony": lambda text: _then_read(to_sbml(text)),
        "to_antimony": to_antimony,
    }
    return kinds[request.pop("kind")](**request)


def _then_read(translated: dict[str, Any]) -> dict[str, Any]:
    from .sbml.walk import read_document

    return translated if translated.get("problems") else read_document(translated["text"])


def main() -> None:
    """Answer requests until standard input ends."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the libraries print must not reach the answers
    limit()
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line))
        except RecursionError:
            reply = {"problems": [["", "has formulas that nest too deeply"]]}
        except Exception as fault:
            reply = {"problems": [["", f"cannot be read: {type(fault).__name__}: {fault}"]]}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
