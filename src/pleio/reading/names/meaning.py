"""What a surface form stands for by itself, as the tables write it.

A short name counts only as it is written in the table ("CAT" is a gene, "cat" is not).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..vocabulary import Gene, Name, drug, genes_named, names
from .keys import key_of, singular
from .not_names import GENERIC, NOT_GENES

_ORDER = {
    "gene": 0,
    "family": 1,
    "protein": 1,
    "drug": 2,
    "cell": 3,
    "disease": 4,
    "pathway": 4,
    "process": 5,
    "phenotype": 6,
}


@dataclass(frozen=True)
class Meaning:
    """What a surface form stands for."""

    curie: str
    label: str
    category: str
    candidates: tuple[str, ...] = ()


@lru_cache(maxsize=50_000)
def meaning_of(surface: str, key: str) -> Meaning | None:
    """Say what a surface form means by itself, or None."""
    if len(key) < 2 or key in GENERIC or (surface in NOT_GENES and not _curated(surface, key)):
        return None
    for name in names(key):
        if name.rank == -1 and _written_as(surface, name.written):
            return Meaning(name.curie, name.label, name.category)
    owners = [g for g in genes_named(key) if _names_gene(surface, key, g)]
    own = bool(owners) and (key_of(owners[0].symbol) == key or key_of(owners[0].name) == key)
    found = drug(key)
    if found is not None and len(key) >= 6 and not own:
        chebi = next((n for n in names(key) if n.category == "chemical" and n.rank == 0), None)
        return Meaning(chebi.curie if chebi is not None else found[0], found[1], "drug")
    family = next((n for n in names(key) if n.category == "family" and n.rank == 0), None) if not own else None
    if family is not None and any(c.isdigit() for c in key) and _written_as(surface, family.written):
        return Meaning(family.curie, family.label, "family")  # "IL-12", "STAT5": no one gene
    if owners:
        return _gene_meaning(key, owners)
    if surface.isupper() and len(surface) <= 5:
        return None
    # a single word counts only as a label: synonyms of one word are adjectives and abbreviations
    listed = [n for n in names(key) if n.rank >= 0 and (" " in key or (len(key) >= 4 and n.rank == 0))]
    if listed:
        best = min(listed, key=lambda n: (_ORDER.get(n.category, 9), n.rank, n.curie))
        if best.category == "component" and " " not in key:
            return None
        return Meaning(best.curie, best.label, best.category)
    return None


def _curated(surface: str, key: str) -> bool:
    return any(n.rank == -1 and _written_as(surface, n.written) for n in names(key))


def _written_as(surface: str, written: str) -> bool:
    """Say whether a curated name may be written so: short abbreviations only exactly, the rest in any case."""
    letters = re.sub(r"[^A-Za-z]", "", written)
    if letters.isupper() and len(letters) <= 5 and not any(c.isdigit() for c in written):
        bare = re.sub(r"[^A-Za-z]", "", surface)
        return bare == letters or bare == letters + "s" or (len(letters) == 1 and bare.lower() == letters.lower())
    if written[:1].isupper() and len(written) <= 4 and not written.isupper() and written.isalpha():
        return surface[:1].isupper()
    return True


def _names_gene(surface: str, key: str, gene: Gene) -> bool:
    if any(c.isupper() for c in surface[1:]) or any(c.isdigit() for c in surface) or not surface.isascii():
        if len(key) < 3 and surface != gene.symbol:
            return False
        if surface.isalpha() and surface.isupper() and len(surface) < 3:
            return False
        if not any(c.isupper() for c in surface) and len(key) < 5 and surface not in (gene.symbol, *gene.names):
            return gene.symbol.lower() == key and any(c.isdigit() for c in surface) and len(key) > 2
        return True
    if " " in key or len(key) >= 6:
        # a lower-case word counts as a name only where the table writes it in lower case
        return any(not n.isupper() and n[1:] == n[1:].lower() and key_of(n) == key for n in (gene.name, *gene.names))
    return False


def _gene_meaning(key: str, owners: list[Gene]) -> Meaning:
    first = owners[0]
    if key_of(first.symbol) == key or len(owners) == 1:
        return Meaning(first.curie, first.symbol, "gene")
    named = [g for g in owners if key_of(g.name) == key]
    if len(named) == 1:
        return Meaning(named[0].curie, named[0].symbol, "gene", tuple(g.curie for g in owners))
    return Meaning("", owners[0].symbol, "gene", tuple(g.curie for g in owners))


def ground(phrase: str) -> Name | None:
    """Give the CURIE of a whole phrase that names a process, disease, cell, … or None.

    Example:
        >>> ground("megakaryocyte differentiation").curie
        'go:0030219'
    """
    for key in dict.fromkeys((key_of(phrase), singular(key_of(phrase)))):
        found = [n for n in names(key) if n.rank != -1 or _written_as(phrase, n.written)]
        if found:
            return min(found, key=lambda n: (n.rank != -1, _ORDER.get(n.category, 9), n.rank, n.curie))
    return None
