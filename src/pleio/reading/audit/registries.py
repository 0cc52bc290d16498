"""The registries of genes and proteins: how their ids look and where a page states them."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Registry:
    """One registry of genes: how its ids look, where they stand on a page, and what the table says."""

    kind: str
    prefix: str
    name: str
    labels: tuple[str, ...]
    value: re.Pattern[str]
    address: re.Pattern[str]
    inline: re.Pattern[str]


REGISTRIES = (
    Registry(
        "wrong_ncbi",
        "ncbigene",
        "NCBI Gene",
        (
            "ncbi gene id",
            "ncbi gene",
            "ncbi",
            "entrez",
            "entrez gene",
            "entrez id",
            "entrez gene id",
            "gene id",
            "geneid",
        ),
        re.compile(r"(?<![\d.])\d{1,9}(?![\d.])"),
        re.compile(r"ncbi\.nlm\.nih\.gov/gene/(?:\?term=)?(\d{1,9})\b", re.I),
        re.compile(
            r"\b(?:NCBI\s?Gene(?:\s?ID)?|Entrez(?:\s+Gene)?(?:\s+ID)?|gene\s+ID|GeneID)\s*[:#=]?\s*(\d{1,9})\b", re.I
        ),
    ),
    Registry(
        "wrong_uniprot",
        "uniprot",
        "UniProt",
        ("uniprot", "uniprot id", "uniprotkb", "uniprot accession", "uniprotkb accession", "swiss-prot"),
        re.compile(r"\b(?:[OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d(?:[A-Z][A-Z0-9]{2}\d){1,2})\b"),
        re.compile(r"uniprot\.org/(?:uniprotkb|uniprot|entry)/([A-Z][A-Z0-9]{5,9})\b", re.I),
        re.compile(
            r"\b(?:UniProt(?:KB)?(?:/Swiss-Prot)?|Swiss-?Prot)(?:\s+(?:ID|accession|entry))?(?:\s+number)?\s*[:#=]?\s*"
            r"([OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d(?:[A-Z][A-Z0-9]{2}\d){1,2})\b",
            re.I,
        ),
    ),
    Registry(
        "wrong_omim",
        "omim",
        "OMIM",
        ("omim", "omim id", "mim", "omim gene", "mim number", "omim number"),
        re.compile(r"(?<!\d)\d{6}(?!\d)"),
        re.compile(r"omim\.org/(?:entry/|MIM:)?(\d{6})\b", re.I),
        re.compile(r"\bO?MIM(?:\s+(?:ID|number|entry|no\.))?\s*[:#*+=]?\s*[#*+]?(\d{6})\b"),
    ),
    Registry(
        "wrong_hgnc",
        "hgnc",
        "HGNC",
        ("hgnc", "hgnc id"),
        re.compile(r"(?:HGNC:)?(?<!\d)\d{1,5}(?!\d)"),
        re.compile(r"genenames\.org/\S{0,80}?((?:HGNC:)?(?<!\d)\d{1,5})(?![\w:])", re.I),
        re.compile(r"\b(HGNC:\s?\d{1,5}|(?<=HGNC\sID\s)\d{1,5}|(?<=HGNC\sID:\s)\d{1,5}|(?<=HGNC\s)\d{1,5})\b"),
    ),
    Registry(
        "wrong_ensembl",
        "ensembl",
        "Ensembl",
        ("ensembl", "ensembl id", "ensembl gene", "ensembl gene id"),
        re.compile(r"\bENS(?:[A-Z]{3,4})?G\d{11}\b"),  # in a field about a human gene those of other species too
        re.compile(r"ensembl\.org/\S{0,60}?(ENSG\d{11})\b", re.I),
        re.compile(r"\b(ENSG\d{11})\b"),
    ),
)
