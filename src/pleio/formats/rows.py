"""The one row model of exchange: a claim with one piece of its evidence, flat, every cell a text.

Each format writes rows and reads rows, and so do tables that people keep.  A claim with several pieces of evidence is
several rows with one id; one without evidence is a row whose evidence cells are empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..base.errors import ClaimError, Problem, nearest
from ..claims.claim import Claim
from ..claims.tables.lines import Check, judged, no_check

Row = Mapping[str, str]

# column → where the value stands in the JSON of a claim; a last part in brackets is a list
CLAIM = {
    "id": "id", "subject": "subject", "relation": "relation", "object": "object", "value": "value", "aspect": "aspect",
    "species": "context.species", "cell_type": "context.cell_type", "tissue": "context.tissue",
    "disease": "context.disease", "setting": "context.system", "directness": "directness", "kind": "kind",
    "comparator": "comparator", "effect_size": "effect.size", "effect_unit": "effect.unit",
    "effect_low": "effect.interval.0", "effect_high": "effect.interval.1", "effect_n": "effect.n", "margin": "margin",
    "system": "system", "note": "note", "premises": "[rests_on]",
}  # fmt: skip
EVIDENCE = {
    "says": "says", "finding": "finding", "source": "source", "trust": "trust", "read_right": "read_right",
    "question": "question", "reports": "reports", "agent": "perturbation.agent", "form": "perturbation.form",
    "from": "perturbation.from", "dose": "perturbation.dose", "duration": "perturbation.duration",
    "in_species": "context.species", "in_cell_type": "context.cell_type", "in_tissue": "context.tissue",
    "in_disease": "context.disease", "in_setting": "context.system", "study": "study", "n": "n", "power": "power",
    "modality": "modality", "secondary": "secondary", "cites": "[cites]", "laboratory": "laboratory",
    "observation": "observation", "rests_on": "[rests_on]",
}  # fmt: skip
COLUMNS = (*CLAIM, *EVIDENCE)
LISTS = tuple(column for column, place in (*CLAIM.items(), *EVIDENCE.items()) if place.startswith("["))
NEEDED = ("subject", "relation", "object")


def rows_of(claim: Claim) -> list[Row]:
    """Write a claim as rows: one for each piece of evidence, or one without any."""
    content = claim.to_json()
    if claim.effect is not None:
        content["effect"] = {"unit": claim.effect.unit, **content["effect"]}  # so that an effect is always seen
    flat = {column: _cell(content, place) for column, place in CLAIM.items()}
    parts = content.get("evidence") or [{}]
    return [{**flat, **{column: _cell(part, place) for column, place in EVIDENCE.items()}} for part in parts]


def claim_json(row: Row) -> dict[str, Any]:
    """Give the JSON of a claim, with the row's evidence if it has any."""
    content = _nested(row, CLAIM)
    evidence = _nested(row, EVIDENCE)
    if evidence:
        content["evidence"] = [evidence]
    return content


def claims_of(
    rows: Iterable[tuple[str, Row | ClaimError]], check: Check = no_check
) -> Iterator[tuple[str, Claim | ClaimError]]:
    """Read claims from rows, neighbours of one id as one claim.

    Args:
        rows: each row, or what is wrong with it, and where it stands.
        check: finds further problems in the JSON of a claim.
    Returns:
        Each claim, or what is wrong with it, and where it stands: the row that is wrong, not only the claim's first.
    """
    pending: dict[str, Any] | None = None
    places: list[str] = []  # the rows of the pending claim
    for where, row in rows:
        if isinstance(row, ClaimError):
            if pending is not None:
                yield from _made(pending, places, check)
            pending = None
            yield where, row
            continue
        content = claim_json(row)
        if pending is not None and _continues(pending, content):
            pending.setdefault("evidence", []).extend(content.get("evidence", ()))
            places.append(where)
            continue
        if pending is not None:
            yield from _made(pending, places, check)
        pending, places = content, [where]
    if pending is not None:
        yield from _made(pending, places, check)


def check_header(names: Iterable[str], where: str) -> None:
    """Check the columns of a table.

    Raises:
        ClaimError: a column is unknown, given twice, or missing; all of them at once.
    """
    found = list(names)
    unknown = [name for name in found if name not in COLUMNS]
    problems = [Problem(where, f"unknown column '{name[:60]}'", nearest(name[:60], COLUMNS)) for name in unknown]
    twice = {name for name in found if found.count(name) > 1}
    problems += [Problem(where, f"the column '{name[:60]}' is given twice", "keep one") for name in sorted(twice)]
    problems += [Problem(where, f"the column '{name}' is missing") for name in NEEDED if name not in found]
    if problems:
        raise ClaimError(where, problems)


def join(values: Iterable[str]) -> str:
    """Write a list in one cell.

    Example:
        >>> join(["a|b", "c"])
        'a\\\\|b|c'
    """
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def split(cell: str) -> list[str]:
    """Read a list from one cell; undoes `join`."""
    return [re.sub(r"\\(.)", r"\1", part) for part in re.findall(r"((?:\\.|[^|\\])+)", cell)]


def _continues(pending: dict[str, Any], content: dict[str, Any]) -> bool:
    """Say whether a row is further evidence of the claim before it: same id, and all else of the claim the same."""
    if "id" not in content or "evidence" not in content:
        return False
    return all(pending.get(key) == content.get(key) for key in {*pending, *content} - {"evidence"})


def _made(content: dict[str, Any], places: list[str], check: Check) -> Iterator[tuple[str, Claim | ClaimError]]:
    made, problems = judged({"id": "unnamed", **content}, check)
    if made is not None:
        yield places[0], made if "id" in content else made.model_copy(update={"id": f"claim-{made.meaning[:32]}"})
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        row, column = _place(problem.where)
        found.setdefault(places[min(row, len(places) - 1)], []).append(Problem(column, problem.what, problem.help))
    for where, several in found.items():
        yield where, ClaimError(where, several)


def _place(path: str) -> tuple[int, str]:
    """Give the row of a claim and the column that a path in its JSON stands in."""
    parts = path.split(".")
    row, columns = 0, CLAIM
    if parts[0] == "evidence" and len(parts) > 1 and parts[1].isdigit():
        row, columns, parts = int(parts[1]), EVIDENCE, parts[2:]
    while parts:
        inside = ".".join(parts)
        for column, place in columns.items():
            if place.strip("[]") == inside:
                return row, column
        parts = parts[:-1]
    return row, path


def _cell(content: Any, place: str) -> str:
    if place.startswith("["):
        return join(content.get(place.strip("[]"), ()))
    for part in place.split("."):
        content = content[int(part)] if part.isdigit() and content else (content or {}).get(part)
    if content is None:
        return ""
    return str(content).lower() if isinstance(content, bool) else str(content)


def _nested(row: Row, places: Mapping[str, str]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for column, place in places.items():
        cell = row.get(column)
        if not cell:
            continue
        if place.startswith("["):
            content[place.strip("[]")] = split(cell)
            continue
        *outer, last = place.split(".")
        inside = content
        for part in outer[: 1 if last.isdigit() else None]:
            inside = inside.setdefault(part, {})
        if last.isdigit():
            inside.setdefault("interval", []).append(cell)
        else:
            inside[last] = cell
    return content
