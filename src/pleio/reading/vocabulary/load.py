"""Look names and identifiers up in the shipped tables, each read once, on first use.

A table stays what it is on disk: sorted lines, found by bisection.  Opening all of them takes about a fifth of a
second, and only the lines that a document asks for are ever taken apart.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ..names.keys import key_of


@dataclass(frozen=True)
class Gene:
    """One human gene as HGNC and NCBI Gene know it; `names` are its aliases, previous symbols and designations."""

    hgnc: str
    symbol: str
    name: str
    names: tuple[str, ...]
    ncbi: str
    uniprot: tuple[str, ...]
    ensembl: str
    omim: tuple[str, ...]
    location: str
    kind: str

    @property
    def curie(self) -> str:
        return f"hgnc:{self.hgnc}"

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key_of(text) for text in (self.symbol, self.name, *self.names))


class Name(NamedTuple):
    """One meaning of a name: CURIE (or empty), label, category, how it is written, rank (-1 curated, 0 label)."""

    curie: str
    label: str
    category: str
    written: str
    rank: int


@cache
def _lines(table: str) -> list[str]:
    data = (files(__package__) / table).read_bytes()
    text = (gzip.decompress(data) if table.endswith(".gz") else data).decode("utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def _found(table: str, key: str) -> list[list[str]]:
    lines = _lines(table)
    start = key + "\t"
    at = bisect_left(lines, start)
    rows = []
    while at < len(lines) and lines[at].startswith(start):
        rows.append(lines[at].split("\t"))
        at += 1
    return rows


@lru_cache(maxsize=100_000)
def begins(key: str) -> bool:
    """Say whether the key of any name begins so: a longer name is only looked for where there is one."""
    return any(_begins(lines, key) for lines in (_lines("names.tsv.gz"), _lines("gene_names.tsv.gz"), _other_keys()))


def _begins(lines: list[str], key: str) -> bool:
    at = bisect_left(lines, key)
    return at < len(lines) and lines[at].startswith(key)


@cache
def _other_keys() -> list[str]:
    return sorted([*_curated(), *(line.split("\t")[0] for line in _lines("drugs.tsv.gz"))])


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


@lru_cache(maxsize=20_000)
def gene(hgnc: str) -> Gene | None:
    """Give the gene with an HGNC number ("5966"), or None."""
    rows = _found("genes.tsv.gz", hgnc)
    if not rows:
        return None
    _, symbol, name, aliases, previous, also, called, ncbi, uniprot, ensembl, omim, location, kind = rows[0]
    names = tuple(part for text in (aliases, previous, also, called) for part in _parts(text))
    return Gene(hgnc, symbol, name, names, ncbi, _parts(uniprot), ensembl, _parts(omim), location, kind)


@lru_cache(maxsize=50_000)
def genes_named(key: str) -> tuple[Gene, ...]:
    """Give the genes that a key (`key_of`) names; the one whose approved symbol it is comes first."""
    rows = _found("gene_names.tsv.gz", key)
    found = (gene(hgnc) for row in rows for hgnc in _parts(row[1]))
    return tuple(g for g in found if g is not None)


@cache
def _identifiers() -> dict[str, str]:
    index: dict[str, str] = {}
    for line in _lines("genes.tsv.gz"):
        hgnc, _, _, _, _, _, _, ncbi, uniprot, ensembl, omim, _, _ = line.split("\t")
        index[f"hgnc:{hgnc}"] = hgnc
        for prefix, values in (("ncbigene", ncbi), ("uniprot", uniprot), ("ensembl", ensembl), ("omim", omim)):
            for value in values.split("|"):
                if value:
                    index.setdefault(f"{prefix}:{value}", hgnc)
    return index


def gene_identified(curie: str) -> Gene | None:
    """Give the gene an identifier belongs to: `ncbigene:3609`, `uniprot:P20815`, `omim:…`, `ensembl:…`, `hgnc:…`."""
    hgnc = _identifiers().get(curie)
    return gene(hgnc) if hgnc else None


@cache
def _curated() -> dict[str, tuple[Name, ...]]:
    found: dict[str, tuple[Name, ...]] = {}
    for line in _lines("curated.tsv"):
        curie, label, category, written = line.split("\t")
        for text in (label, *written.split("|")):
            key = key_of(text)
            if not any(n.label == label and n.written == text for n in found.get(key, ())):
                found[key] = (*found.get(key, ()), Name("" if curie == "-" else curie, label, category, text, -1))
    return found


@lru_cache(maxsize=50_000)
def names(key: str) -> tuple[Name, ...]:
    """Give what a key names besides genes, curated meanings first, then labels, then synonyms."""
    rows = _found("names.tsv.gz", key)
    listed = sorted(
        (Name(curie, label, category, label, int(rank)) for _, curie, category, label, rank in rows),
        key=lambda name: (name.rank, name.curie),
    )
    return (*_curated().get(key, ()), *listed)


@lru_cache(maxsize=2_000)
def keys_of(curie: str) -> tuple[str, frozenset[str]]:
    """Give the label of a CURIE that is no gene, and the keys of its names; empty where the tables lack it."""
    mark = f"\t{curie}\t"
    listed = [line.split("\t") for table in ("names.tsv.gz", "drugs.tsv.gz") for line in _lines(table) if mark in line]
    keys = {row[0] for row in listed}
    labels = [row[3] for row in listed if len(row) > 3] + [row[2] for row in listed if len(row) == 3]
    for label, synonyms in (row[1:] for row in _found("labels.tsv", curie)):
        keys |= {key_of(text) for text in (label, *_parts(synonyms))}
        labels.append(label)
    for line in _lines("curated.tsv"):
        found, label, _, written = line.split("\t")
        if found == curie:
            keys |= {key_of(text) for text in (label, *written.split("|"))}
            labels.insert(0, label)
    return (labels[0] if labels else ""), frozenset(keys)


@lru_cache(maxsize=50_000)
def drug(key: str) -> tuple[str, str] | None:
    """Give the CURIE and label of the medicine that a key names, or None."""
    rows = _found("drugs.tsv.gz", key)
    return (rows[0][1], rows[0][2]) if rows else None


@cache
def retracted() -> frozenset[str]:
    """Give the PubMed ids of papers known to be retracted (PubMed, July 2024)."""
    return frozenset(_lines("retractions.tsv.gz"))
