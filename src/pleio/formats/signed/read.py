"""Reading claims from the tables of SIGNOR and OmniPath: who acts on whom, with which sign, known from which papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ...base.errors import ClaimError, Problem
from ...claims.claim import Claim
from ...claims.tables.lines import Check, checked, no_check
from ..rows import Row, claims_of
from ..separated import read_separated

SIGNOR_NEEDS = ("ENTITYA", "IDA", "DATABASEA", "ENTITYB", "IDB", "DATABASEB", "EFFECT", "PMID")
OMNIPATH_NEEDS = ("source", "target", "is_stimulation", "is_inhibition")
_DATABASES = {"UNIPROT": "uniprot", "CHEBI": "chebi", "DRUGBANK": "drugbank", "SIGNOR": "pleio"}
_SPECIES = {"9606": "human", "10090": "mouse", "10116": "rat", "-1": ""}
_ASPECTS = {"quantity by expression": "mRNA", "quantity": "abundance", "activity": "activity"}


def read_signor(path: Path, check: Check = no_check) -> Iterator[Claim]:
    """Read claims from SIGNOR's tab-separated table of causal relations.

    Raises:
        ClaimError: columns are missing; for every row that makes no claim.
    """
    return _read(path, SIGNOR_NEEDS, _signor, check)


def read_omnipath(path: Path, check: Check = no_check) -> Iterator[Claim]:
    """Read claims from OmniPath's tab-separated table of interactions.

    One that the databases call both a stimulation and an inhibition has an unknown sign here: `regulates`.

    Raises:
        ClaimError: columns are missing; for every row that makes no claim.
    """
    return _read(path, OMNIPATH_NEEDS, _omnipath, check)


def _read(
    path: Path, needs: Sequence[str], make: Callable[[Mapping[str, str]], list[Row] | ClaimError], check: Check
) -> Iterator[Claim]:
    def columns(names: Sequence[str], where: str) -> None:
        missing = [name for name in needs if name not in names]
        if missing:
            raise ClaimError(where, [Problem("", f"the column '{name}' is missing") for name in missing])

    def rows() -> Iterator[tuple[str, Row | ClaimError]]:
        for where, cells in read_separated(path, "\t", columns):
            made = cells if isinstance(cells, ClaimError) else make(cells)
            for row in [made] if isinstance(made, ClaimError) else made:
                yield where, row

    return checked(path, claims_of(rows(), check), lambda claim: claim)


def _signor(cells: Mapping[str, str]) -> list[Row] | ClaimError:
    effect = cells.get("EFFECT", "").lower()
    relation = (
        "increases" if effect.startswith("up-regulates")
        else "decreases" if effect.startswith("down-regulates")
        else "binds" if "form complex" in effect
        else "regulates"
    )  # fmt: skip
    mechanism = cells.get("MECHANISM", "")
    aspect = next((aspect for word, aspect in _ASPECTS.items() if word in effect), "")
    if mechanism == "phosphorylation" and relation == "increases":
        aspect = "activity"  # what is up-regulated is what the protein does, not how phosphorylated it is
    row = {
        "subject": _end(cells, "A"), "object": _end(cells, "B"), "relation": relation,
        "aspect": aspect if relation != "binds" else "",
        "species": _SPECIES.get(cells.get("TAX_ID", ""), ""),
        "directness": "direct" if cells.get("DIRECT", "").upper() in ("T", "YES", "TRUE") else "",
    }  # fmt: skip
    found = (
        cells.get("SENTENCE") or f"{cells.get('ENTITYA')} {effect} {cells.get('ENTITYB')} ({mechanism or 'unknown'})"
    )
    return [{**row, **_evidence(found, cells.get("PMID", ""), "SIGNOR")}]


def _omnipath(cells: Mapping[str, str]) -> list[Row] | ClaimError:
    up, down = (cells.get(name, "").lower() in ("1", "true") for name in ("is_stimulation", "is_inhibition"))
    relation = "regulates" if up == down else "increases" if up else "decreases"
    ends = [_partner(cells.get(side, ""), cells.get(f"{side}_genesymbol", "")) for side in ("source", "target")]
    named = "-".join([*(_slug(end.partition(" ")[0].partition(":")[2]) for end in ends), relation])
    row = {
        "id": f"omnipath-{named}"[:120],  # the rows of one interaction are one claim by their id
        "subject": ends[0],
        "object": ends[1],
        "relation": relation, "aspect": "activity" if up != down else "",
        "species": _SPECIES.get(cells.get("ncbi_tax_id", ""), ""),
    }  # fmt: skip
    stated = cells.get("sources") or "OmniPath"
    found = f"{relation}, by {stated.replace(';', ', ')}"
    pmids = list(dict.fromkeys(re.findall(r"(?<![\d.])\d{5,8}(?![\d.])", cells.get("references", ""))))
    return [{**row, **_evidence(found, pmid, "OmniPath")} for pmid in pmids or [""]]


def _evidence(finding: str, pmid: str, database: str) -> Row:
    """Write what a database says: first hand where it names one paper, second hand else."""
    pmid = pmid.strip()
    source = {"source": f"pubmed:{pmid}"} if pmid.isdigit() else {"secondary": "true"}
    return {"says": "supports", "finding": f"{finding} [{database}]"[:4000], "trust": "derived", **source}


def _partner(id: str, name: str) -> str:
    """Write one of OmniPath's partners: a protein, or a complex of several."""
    if id.startswith("COMPLEX:"):
        return f"pleio:complex-{_slug(id[8:])} {name}".strip()
    return f"uniprot:{id} {name}".strip()


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _end(cells: Mapping[str, str], side: str) -> str:
    id, name = cells.get(f"ID{side}", ""), cells.get(f"ENTITY{side}", "")
    prefix = _DATABASES.get(cells.get(f"DATABASE{side}", "").upper())
    if prefix is None or prefix == "pleio":
        return f"pleio:{_slug(id or name)} {name}"
    return f"{prefix}:{id.partition(':')[2] or id} {name}" if prefix == "chebi" else f"{prefix}:{id} {name}"
