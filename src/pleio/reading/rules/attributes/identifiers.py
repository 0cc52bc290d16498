"""Identifiers, aliases and brand names that a sentence gives.

Rule ids: `identifier.inline`, `identifier.alias`, `identifier.brand`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...draft import Draft
from ...names.keys import key_of
from ...things import Thing
from ...unit import Unit
from ...vocabulary import drug, names
from .aliases import aliases

_GENE_ID = re.compile(
    r"\b(?:NCBI\s+Gene(?:\s+ID)?|Entrez(?:\s+Gene)?(?:\s+ID)?|gene\s+ID|GeneID)(?:\s+(?:identifier|number))?\s*[:#=]?\s*(\d{1,9})\b",
    re.I,
)
_OTHER_ID = (
    (
        re.compile(
            r"\bUniProt(?:KB)?(?:\s+(?:ID|accession|number|entry|code))*(?:\s+is)?\s*[:#=]?\s*([A-Z]\d[A-Z0-9]{3}\d)\b"
        ),
        "uniprot",
    ),
    (re.compile(r"\bO?MIM(?:\s+(?:entry|number|no\.|ID|under|as))*\s*[:#*]?\s*(\d{6})\b"), "omim"),
    (re.compile(r"\b(ENSG\d{11})\b"), "ensembl"),
    (re.compile(r"\bHGNC(?::| number| ID| identifier)\s?(\d{1,5})\b"), "hgnc"),
)
_BRAND = re.compile(
    r"\b(?:marketed|sold|available|trade ?named?|branded?|brand name)\s+(?:under the (?:brand |trade )?name|as|in "
    r"the US as)?\s*([A-Z][A-Za-z-]{3,})"
)


def identifiers(unit: Unit) -> Iterator[Draft]:
    patterns = [(_GENE_ID, "ncbigene"), *_OTHER_ID]
    for pattern, prefix in patterns:
        for match in pattern.finditer(unit.whole):
            at = unit.start + match.start()
            before = [m for m in unit.mentions if unit.start <= m.start and m.end <= at and m.category == "gene"]
            if before:
                first = next((m for m in before if m.curie == before[-1].curie), before[-1])
                curie = f"{prefix}:{match[1]}"
                yield Draft(
                    Thing(first.text, first.curie or None, None, "molecule"),
                    "has_identifier",
                    Thing(curie, curie),
                    "identifier.inline",
                )
    yield from aliases(unit)
    for match in _BRAND.finditer(unit.whole):
        at = unit.start + match.start()
        before = [m for m in unit.mentions if m.end <= at and m.is_molecule]
        if before:
            key = key_of(match[1])
            found = (
                next((n.curie for n in names(key) if n.category == "drug" and n.curie), None)
                or (drug(key) or (None,))[0]
            )
            m = before[-1]
            yield Draft(
                Thing(m.text, m.curie or None, None, "molecule"),
                "has_identifier",
                Thing(match[1], found),
                "identifier.brand",
            )
