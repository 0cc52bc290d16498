"""Asking claims in SPARQL: reading only, no other machine, 2 seconds.

The query runs in a process of its own, which the operating system ends when its time is up: a query can be written that
no library stops in time.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

from ...base.curies import PREFIXES
from ...base.errors import ClaimError, Problem
from ...claims.claim import Claim
from .triples import RDF, RDFS, WORDS
from .write import write_ntriples

BUDGET = 2.0  # seconds for the query itself
LOADING = 120.0  # seconds for the triples
MOST_ROWS = 10_000
LONGEST = 20_000
OVERTIME = 3  # the child's exit status where its time was up and the system has no alarm

_ASIDE = re.compile(
    r"""\"{3}.*?(?<!\\)\"{3}|'{3}.*?(?<!\\)'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|\#[^\n]*""",
    re.DOTALL,
)
_REFUSED = ("SERVICE", "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH")


def ask(claims: Iterable[Claim], query: str, *, budget: float = BUDGET) -> dict[str, Any]:
    """Answer a SPARQL query over claims.

    Args:
        query: SELECT, ASK, CONSTRUCT or DESCRIBE; our words and the prefixes of our CURIEs are declared.
        budget: how long the query may run, in s.
    Returns:
        `columns` and `rows` of texts for SELECT, `answer` for ASK, `triples` for the rest; `more` where rows were cut.

    Raises:
        ClaimError: the query is malformed, changes something, asks another machine, or takes too long; or pyoxigraph is
            not installed.
    """
    check(query)
    if importlib.util.find_spec("pyoxigraph") is None:
        raise ClaimError("SPARQL", Problem("", "needs pyoxigraph, which is not installed", "install pleio[rdf]"))
    head = json.dumps({"query": prologue() + query, "budget": budget, "rows": MOST_ROWS}).encode() + b"\n"
    command = [sys.executable, "-m", "pleio.formats.rdf.child"]
    try:
        done = subprocess.run(
            command, input=head + write_ntriples(claims), capture_output=True, timeout=LOADING + budget, check=False
        )
    except subprocess.TimeoutExpired:
        raise _too_long(budget) from None
    if done.returncode == OVERTIME or done.returncode < 0:
        raise _too_long(budget)
    if done.returncode != 0:
        raise ClaimError("SPARQL", f"could not be run: {done.stderr.decode(errors='replace').strip()[-500:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "error" in answer:
        what = re.sub(r"error at (\d+):", lambda at: f"error at line {int(at[1]) - 1}, column ", answer["error"])
        raise ClaimError("SPARQL", Problem("", what, "prefixes of CURIEs and 'pleio:' are declared already"))
    return answer


def check(query: str) -> None:
    """Refuse what is not a plain question to these claims.

    Raises:
        ClaimError: it is too long, has codepoint escapes, calls a service or changes something.
    """
    problems = []
    if len(query) > LONGEST:
        problems.append(Problem("", f"has {len(query):,} characters", f"at most {LONGEST:,}"))
    elif re.search(r"\\[uU]", query):
        problems.append(Problem("", "has codepoint escapes", "write the characters themselves"))
    else:
        bare = _ASIDE.sub(" ", query)
        for name in _REFUSED:
            if re.search(rf"(?<![\w?$:.-]){name}(?![\w:-])", bare, re.IGNORECASE):
                what = "asks another machine" if name == "SERVICE" else "would change something"
                problems.append(Problem(name, what, "only questions to the claims kept here are answered"))
    if problems:
        raise ClaimError("SPARQL", problems)


def prologue() -> str:
    """Declare our words and the prefixes of our CURIEs, in one line before the query's own."""
    spaces = {"pleio": WORDS, "rdf": RDF, "rdfs": RDFS}
    for prefix, known in PREFIXES.items():
        if prefix not in spaces and known.address.endswith("{}") and len(known.address) > 2:
            spaces[prefix] = known.address.removesuffix("{}")
    return " ".join(f"PREFIX {name}: <{space}>" for name, space in spaces.items()) + "\n"


def _too_long(budget: float) -> ClaimError:
    help = "ask for less: name an entity, or add a LIMIT"
    return ClaimError("SPARQL", Problem("", f"took longer than {budget:g} s and was stopped", help))
