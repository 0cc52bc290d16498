"""The process that a SPARQL query runs in: a line of JSON and N-Triples on standard input, JSON on standard output."""

from __future__ import annotations

import json
import signal
import sys
from itertools import islice
from typing import Any

MEMORY = 4_000_000_000  # bytes of address space


def main() -> None:
    """Load, start the clock, answer."""
    import pyoxigraph

    _limit_memory()
    head = json.loads(sys.stdin.buffer.readline())
    store = pyoxigraph.Store()
    store.bulk_load(input=sys.stdin.buffer, format=pyoxigraph.RdfFormat.N_TRIPLES)
    _start_clock(head["budget"])
    try:
        answer = _answer(store.query(head["query"]), head["rows"])
    except (SyntaxError, ValueError, OSError, RuntimeError) as fault:
        answer = {"error": str(fault)[:1000]}
    json.dump(answer, sys.stdout)


def _answer(found: Any, most: int) -> dict[str, Any]:
    import pyoxigraph

    if isinstance(found, pyoxigraph.QueryBoolean):
        return {"answer": bool(found)}
    if isinstance(found, pyoxigraph.QueryTriples):
        triples = [" ".join(str(term) for term in triple) for triple in islice(found, most + 1)]
        return {"triples": triples[:most], "more": len(triples) > most}
    columns = [variable.value for variable in found.variables]
    rows = [[None if value is None else value.value for value in solution] for solution in islice(found, most + 1)]
    return {"columns": columns, "rows": rows[:most], "more": len(rows) > most}


def _start_clock(seconds: float) -> None:
    """Have the system end this process in time, whatever it is doing then."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    else:
        import os
        import threading

        from .query import OVERTIME

        timer = threading.Timer(seconds, os._exit, [OVERTIME])
        timer.daemon = True
        timer.start()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
