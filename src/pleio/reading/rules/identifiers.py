"""Identifiers, aliases and brand names that a sentence gives.

Rule ids: `identifier.inline`, `identifier.alias`, `identifier.brand`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Draft
from ..names import key_of
from ..things import Thing
from ..unit import Unit
from ..vocabulary import drug, names

_GENE_ID = re.compile(
    r"\b(?:NCBI\s+Gene(?:\s+ID)?|Entrez(?:\s+Gene)?(?:\s+ID)?|gene\s+ID|GeneID)\s*[:#=]?\s*(\d{1,9})\b", re.I
)
_OTHER_ID = (
    (re.compile(r"\bUniProt(?:KB)?(?:\s+(?:ID|accession))?\s*[:#=]?\s*([A-Z]\d[A-Z0-9]{3}\d)\b"), "uniprot"),
    (re.compile(r"\bO?MIM\s*[:#*]?\s*(\d{6})\b"), "omim"),
    (re.compile(r"\bHGNC:\s?(\d{1,5})\b"), "hgnc"),
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
    yield from _aliases(unit)
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


_ALIAS = re.compile(
    r"\b(?:also (?:known|referred to|designated) as|also called|formerly(?: known as| called)?|"
    r"previously (?:known as|called)|"
    r"a\.?k\.?a\.?|alias(?:es)?:?|(?<=, )also|(?<=[,(])\s?encoded by(?: the)?(?: gene)?)\s(?P<names>[^().;:]{2,80})",
    re.I,
)


def _aliases(unit: Unit) -> Iterator[Draft]:
    """ "A (also known as B and C)": names of A."""
    for match in _ALIAS.finditer(unit.whole):
        at = unit.start + match.start()
        before = [m for m in unit.mentions if unit.start <= m.start and m.end <= at and m.is_molecule]
        if not before or at - before[-1].end > 60:
            continue
        m = next((b for b in before if b.curie and b.curie == before[-1].curie), before[-1])
        if "(" in unit.passage.text[before[0].end : at] and "encoded" not in match[0]:
            m = before[0]
        subject = Thing(m.text, m.curie or None, None, "molecule", mention=m)
        said = match["names"]
        if match[0].startswith(("also ", "encoded", " encoded")) and not match[0].startswith(
            ("also k", "also r", "also c")
        ):
            said = said.split(",")[0]  # one name, set apart from its sentence
            if unit.whole[match.start("names") + len(said) :][:1] not in (",", ")"):
                continue
        for part in re.split(r",\s*(?:and |or )?|\s(?:and|or)\s", said):
            name = re.sub(r"^(?:the|as|abbreviated(?: as| to)?|abbr\.?|symbol)\s", "", part.strip())
            if not re.match(r"[A-Za-z0-9][\w-]*(?: [\w-]+){0,4}$", name) or re.match(r"(?:is|was|are|which)\b", name):
                break
            yield Draft(subject, "has_identifier", Thing(name), "identifier.alias")
