"""Reading claims from INDRA statements: our own annotations where they are there, INDRA's fields where they are not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...base.errors import ClaimError, Problem
from ...base.files import read_text
from ...claims.claim import Claim
from ...claims.tables.lines import MOST_ROWS, Check, checked, no_check
from ..prefixes import from_indra
from ..rows import Row, claims_of
from .words import ENDS, MEANINGS
from .write import OWN

LARGEST = 200_000_000  # bytes: the whole file is held in memory


def read_indra(path: Path, check: Check = no_check) -> Iterator[Claim]:
    """Read claims from a file of INDRA statements: a JSON list.

    Raises:
        ClaimError: the file is no such list; for every statement that has no meaning here.
    """
    statements = _load(path)
    rows = ((where, row) for where, each in _numbered(statements) for row in _rows(each))
    return checked(path, claims_of(rows, check), lambda claim: claim)


def _load(path: Path) -> list[Any]:
    text = read_text(path, ClaimError, largest=LARGEST, cut="cut it in parts")
    try:
        found = json.loads(text)
    except json.JSONDecodeError as fault:
        at = f"line {fault.lineno}, column {fault.colno}"
        raise ClaimError(str(path), Problem(at, f"is not JSON: {fault.msg}")) from None
    except (RecursionError, ValueError):
        raise ClaimError(
            str(path), "is not JSON that can be read: it nests too deep or has impossible numbers"
        ) from None
    if not isinstance(found, list):
        raise ClaimError(str(path), "should hold a list of statements")
    if len(found) > MOST_ROWS:
        raise ClaimError(str(path), f"has {len(found):,} statements; up to {MOST_ROWS:,} are read")
    return found


def _numbered(statements: list[Any]) -> Iterator[tuple[str, Any]]:
    for number, statement in enumerate(statements, start=1):
        yield f"statement {number}", statement


def _rows(statement: Any) -> Iterator[Row | ClaimError]:
    try:
        if not isinstance(statement, dict):
            raise ClaimError("statement", Problem("", "is not an object"))
        evidence = [item for item in _list(statement.get("evidence")) if isinstance(item, dict)]
        own = [_own(item) for item in evidence]
        if own and all(own):
            yield from (row for row in own if row)
            return
        claim = _claim(statement)
        yield from ({**claim, **_evidence(item)} for item in evidence)
        if not evidence:
            yield claim
    except ClaimError as fault:
        yield fault


def _own(evidence: dict[str, Any]) -> Row | None:
    annotations = evidence.get("annotations")
    row = annotations.get(OWN) if isinstance(annotations, dict) else None
    if not isinstance(row, dict) or "relation" not in row:
        return None
    return {str(column): str(cell) for column, cell in row.items()}


def _claim(statement: dict[str, Any]) -> Row:
    kind = statement.get("type")
    if kind == "Complex":
        members = _list(statement.get("members"))
        if len(members) != 2:
            raise ClaimError("statement", Problem("members", f"are {len(members)}; only pairs are read"))
        first, second = members
    elif kind in ENDS:
        first, second = (statement.get(name) for name in ENDS[kind])
    else:
        raise ClaimError("statement", Problem("type", f"'{str(kind)[:60]}' has no relation here"))
    relation, aspect = MEANINGS[kind] if kind in MEANINGS else (_polarity(first, second), "")
    return {"subject": _entity(first), "relation": relation, "object": _entity(second), "aspect": aspect}


def _polarity(first: Any, second: Any) -> str:
    signs = []
    for event in (first, second):
        delta = event.get("delta") if isinstance(event, dict) else None
        signs.append((delta or {}).get("polarity") if isinstance(delta, dict) else None)
    if signs[1] not in (1, -1):
        return "regulates"
    return "increases" if (signs[0] or 1) * signs[1] > 0 else "decreases"


def _entity(agent: Any) -> str:
    if isinstance(agent, dict) and isinstance(agent.get("concept"), dict):
        agent = agent["concept"]
    if not isinstance(agent, dict):
        raise ClaimError("statement", Problem("agent", "is missing"))
    name = str(agent.get("name") or "")
    references = agent.get("db_refs")
    curie = from_indra(references) if isinstance(references, dict) else None
    if curie is None:
        raise ClaimError("statement", Problem(f"agent '{name[:60]}'", "is grounded in no database that is known here"))
    return f"{curie} {name}".strip()


def _evidence(item: dict[str, Any]) -> Row:
    references = item.get("text_refs")
    references = references if isinstance(references, dict) else {}
    pmid = item.get("pmid") or references.get("PMID")
    source = f"pubmed:{pmid}" if pmid else f"doi:{references['DOI']}" if references.get("DOI") else ""
    epistemics = item.get("epistemics")
    epistemics = epistemics if isinstance(epistemics, dict) else {}
    return {
        "says": "refutes" if epistemics.get("negated") else "supports",
        "finding": str(item.get("text") or f"stated by {item.get('source_api') or 'a reader'}")[:4000],
        "source": source,
        "secondary": "" if source else "true",
        "trust": "derived",
        "modality": "hedged" if epistemics.get("hedging") else "",
    }


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
