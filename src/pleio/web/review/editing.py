"""A claim as fields of a form, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...base.errors import ClaimError, Problem
from ...claims.claim import Claim
from ...claims.vocabulary import ASPECTS, RELATIONS
from ...formats.rows import CLAIM, claims_of, rows_of

OF_CLAIM = ("subject", "relation", "object", "aspect", "species", "cell_type", "tissue", "disease", "note")
OF_EVIDENCE = ("says", "finding", "source", "modality", "dose", "duration")
CHOICES = {
    "relation": tuple(RELATIONS),
    "aspect": ("", *ASPECTS),
    "says": ("supports", "refutes", "null"),
    "modality": ("asserted", "hedged", "speculative"),
}
LABELS = {"cell_type": "cell type"}


@dataclass(frozen=True)
class Field:
    """One field: `part` is 0 for the claim's own, else the number of the evidence."""

    name: str
    label: str
    value: str
    choices: tuple[str, ...]
    part: int


def fields_of(claim: Claim, given: Mapping[str, str]) -> tuple[Field, ...]:
    """Give the fields of a claim and of its evidence; `given` is what was typed into them."""
    rows = rows_of(claim)
    found = [_field(name, rows[0][name], 0, given) for name in OF_CLAIM]
    for part, row in enumerate(rows, start=1):
        if row["says"]:
            found += [_field(name, row[name], part, given) for name in OF_EVIDENCE]
    return tuple(found)


def edited(claim: Claim, given: Mapping[str, str]) -> Claim:
    """Make the claim that the fields say; what has no field stays as it was.

    Raises:
        ClaimError: what comes out is no claim.
    """
    rows = [dict(row) for row in rows_of(claim)]
    for key, value in given.items():
        _, _, rest = key.partition("-")
        name, _, part = rest.rpartition("-")
        if name in OF_CLAIM and name in CLAIM and part == "0":
            for row in rows:
                row[name] = value
        elif name in OF_EVIDENCE and part.isdecimal() and 1 <= int(part) <= len(rows):
            rows[int(part) - 1][name] = value
        else:
            raise ClaimError("edit", Problem(key[:60], "is no field of this claim", "load the page again"))
    if claim.id == f"claim-{claim.meaning[:32]}":
        for row in rows:
            row["id"] = ""  # a name made of the old meaning would name the wrong thing
    made = [found for _, found in claims_of(("edit", row) for row in rows)]
    wrong = [problem for found in made if isinstance(found, ClaimError) for problem in found.problems]
    if wrong or len(made) != 1:
        raise ClaimError("edit", wrong or [Problem("", "makes more than one claim")])
    first = made[0]
    assert isinstance(first, Claim)
    return first


def _field(name: str, value: str, part: int, given: Mapping[str, str]) -> Field:
    typed = given.get(f"field-{name}-{part}", value)
    choices = CHOICES.get(name, ())
    if choices and typed not in choices:
        choices = (typed, *choices)
    return Field(f"field-{name}-{part}", LABELS.get(name, name), typed, choices, part)
