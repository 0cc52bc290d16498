"""A child process of the desk: one request per line on standard input, one answer per line on standard output.

Run as `python -m pleio.web.work.child`.  It ends with the process that started it, however that one ends.
"""

from __future__ import annotations

import json
import math
import os
import sys
import threading
import time
from typing import Any

from ...base.errors import InputError
from .verbs import find

MEMORY = 8 << 30  # bytes of address space
LARGEST_ANSWER = 64_000_000  # characters


def main() -> None:
    """Answer requests until standard input ends."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print must not reach the answers
    follow_parent()
    _limit()
    import pleio.library.opened
    import pleio.simulation.dataset  # noqa: F401 -- what most requests need, before the first is timed

    replies.write("ready\n")
    replies.flush()
    for line in sys.stdin:
        reply = json.dumps(answer(json.loads(line)), ensure_ascii=False, allow_nan=False)
        if len(reply) > LARGEST_ANSWER:
            problem = ["", "has an answer too large to send", "ask for less"]
            reply = json.dumps({"class": "InputError", "subject": "the request", "problems": [problem]})
        replies.write(reply + "\n")
        replies.flush()


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Do what is asked; what the asker is to blame for comes back as `problems`, what we are as `fault`."""
    os.environ["PLEIO_HOME"] = asked["home"]
    try:
        return {"value": finite(find(asked["verb"])(**asked["request"]))}
    except InputError as fault:
        problems = [[each.where, each.what, each.help] for each in fault.problems]
        return {"class": type(fault).__name__, "subject": fault.subject, "problems": problems}
    except (MemoryError, RecursionError):
        what = "needs more memory, or nests more deeply, than one request may"
        return {"class": "InputError", "subject": "the request", "problems": [["", what, "ask for less"]]}
    except Exception as fault:
        import traceback

        traceback.print_exc()
        return {"fault": f"{type(fault).__name__}: {fault}"}


def finite(value: Any) -> Any:
    """Write NaN and infinities as null, arrays as lists: JSON has no others."""
    if isinstance(value, dict):
        return {str(key): finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    if hasattr(value, "tolist") and not isinstance(value, str):
        return finite(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def follow_parent(every: float = 1.0) -> None:
    """End this process soon after its parent has ended, also where the parent was killed."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every)
        os._exit(1)

    threading.Thread(target=watch, name="follow-parent", daemon=True).start()


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the desk's time limit remains
        return
    for kind, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (wanted, wanted))


if __name__ == "__main__":
    main()
