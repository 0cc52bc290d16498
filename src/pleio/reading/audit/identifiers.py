"""Identifiers that belong to another gene: in the infobox, in links, in external references and in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..gazetteer import Mention
from ..names import key_of
from ..vocabulary import Gene, gene, gene_identified, genes_named
from .finding import ERROR, WARNING, Edit, Finding
from .page import Page


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
        ("ncbi gene id", "ncbi gene", "entrez", "entrez gene", "entrez id", "entrez gene id", "gene id", "geneid"),
        re.compile(r"(?<![\d.])\d{1,9}(?![\d.])"),
        re.compile(r"ncbi\.nlm\.nih\.gov/gene/(?:\?term=)?(\d{1,9})\b", re.I),
        re.compile(
            r"\b(?:NCBI\s+Gene(?:\s+ID)?|Entrez(?:\s+Gene)?(?:\s+ID)?|gene\s+ID|GeneID)\s*[:#=]?\s*(\d{1,9})\b", re.I
        ),
    ),
    Registry(
        "wrong_uniprot",
        "uniprot",
        "UniProt",
        ("uniprot", "uniprot id", "uniprotkb", "uniprot accession", "swiss-prot"),
        re.compile(r"\b(?:[OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d(?:[A-Z][A-Z0-9]{2}\d){1,2})\b"),
        re.compile(r"uniprot\.org/(?:uniprotkb|uniprot|entry)/([A-Z][A-Z0-9]{5,9})\b", re.I),
        re.compile(
            r"\bUniProt(?:KB)?(?:\s+(?:ID|accession))?\s*[:#=]?\s*([OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d(?:[A-Z][A-Z0-9]{2}\d){1,2})\b",
            re.I,
        ),
    ),
    Registry(
        "wrong_omim",
        "omim",
        "OMIM",
        ("omim", "omim id", "mim", "omim gene"),
        re.compile(r"(?<!\d)\d{6}(?!\d)"),
        re.compile(r"omim\.org/(?:entry/|MIM:)?(\d{6})\b", re.I),
        re.compile(r"\b(?:O?MIM)\s*[:#*+=]?\s*(\d{6})\b"),
    ),
    Registry(
        "wrong_hgnc",
        "hgnc",
        "HGNC",
        ("hgnc", "hgnc id"),
        re.compile(r"(?:HGNC:)?(?<!\d)\d{1,5}(?!\d)"),
        re.compile(r"genenames\.org/\S{0,80}?(HGNC:\d{1,5})\b", re.I),
        re.compile(r"\b(HGNC:\s?\d{1,5})\b"),
    ),
    Registry(
        "wrong_ensembl",
        "ensembl",
        "Ensembl",
        ("ensembl", "ensembl id", "ensembl gene", "ensembl gene id"),
        re.compile(r"\bENSG\d{11}\b"),
        re.compile(r"ensembl\.org/\S{0,60}?(ENSG\d{11})\b", re.I),
        re.compile(r"\b(ENSG\d{11})\b"),
    ),
)

_PAGE_SECTIONS = re.compile(r"external links?|identifiers|databases?|database links|overview", re.I)


@dataclass(frozen=True)
class Use:
    """One identifier on the page and the gene that it is given for."""

    registry: Registry
    value: str
    start: int
    end: int
    owner: Gene


def check_identifiers(page: Page) -> Iterator[Finding]:
    """Report each identifier that the tables give to another gene."""
    seen: set[tuple[int, int]] = set()
    for use in _uses(page):
        if (use.start, use.end) not in seen:
            seen.add((use.start, use.end))
            yield from _judge(page, use)


def _uses(page: Page) -> Iterator[Use]:
    if page.gene is not None and _is_human(page):
        yield from _infobox(page, page.gene)
    yield from _links(page)
    yield from _inline(page)


def _is_human(page: Page) -> bool:
    for _, label, row in page.info_rows():
        if label in ("species", "organism", "taxon"):
            return bool(re.search(r"human|homo sapiens|9606", row.cells[1].text, re.I))
    return True


def _infobox(page: Page, owner: Gene) -> Iterator[Use]:
    for _, label, row in page.info_rows():
        for registry in REGISTRIES:
            if label in registry.labels:
                cell = row.cells[1]
                links = list(cell.body.links)
                shown = registry.value.finditer(page.text, cell.start, cell.end) if not links else ()
                for match in shown:
                    yield Use(registry, match[0], match.start(), match.end(), owner)
                for link in links:
                    label_start = link.start + 1
                    for match in registry.value.finditer(page.text, label_start, label_start + len(link.label)):
                        yield Use(registry, match[0], match.start(), match.end(), owner)
                for match in registry.address.finditer(page.text, cell.start, cell.end):
                    yield Use(registry, match[1], match.start(1), match.end(1), owner)


def _links(page: Page) -> Iterator[Use]:
    """Links to a registry: their label names the gene, or the registry in a section about the page's own gene."""
    for link in page.links:
        for registry in REGISTRIES:
            match = registry.address.search(link.target)
            if match is None:
                continue
            owner = _gene_of_label(page, link.label, registry, link.start)
            if owner is None:
                continue
            find = page.text.find if page.text[link.start] == "[" else page.text.rfind  # HTML has the label last
            label = max(find(link.label, link.start, link.end), link.start)
            for found in registry.value.finditer(page.text, label, label + len(link.label)):
                if found[0].removeprefix("HGNC:") == match[1].removeprefix("HGNC:"):
                    yield Use(registry, found[0], found.start(), found.end(), owner)
            start = link.target_start + match.start(1)
            yield Use(registry, match[1], start, start + len(match[1]), owner)


def _gene_of_label(page: Page, label: str, registry: Registry, offset: int) -> Gene | None:
    rest = re.sub(
        r"\b(?:NCBI|Gene|Entrez|UniProt(?:KB)?|OMIM|HGNC|Ensembl|ID|entry|database|page)\b|[:#()]",
        " ",
        label,
        flags=re.I,
    )
    rest = registry.value.sub(" ", rest).strip()
    if not rest:
        return page.gene if _PAGE_SECTIONS.search(page.section(offset)) else None
    named = genes_named(key_of(rest))
    return named[0] if named else None


def _inline(page: Page) -> Iterator[Use]:
    """Identifiers in running text belong to the gene named just before them in the same sentence."""
    for passage in page.outline.passages:
        if passage.kind in ("reference", "residue", "link"):
            continue
        for registry in REGISTRIES:
            for match in registry.inline.finditer(passage.text):
                owner = _gene_before(
                    page, passage.text, match.start(), [m for m in page.mentions(passage) if m.category == "gene"]
                )
                if owner is not None:
                    start, end = passage.source(match.start(1), match.end(1))
                    if page.text[start:end] == match[1]:
                        yield Use(registry, match[1], start, end, owner)


def _gene_before(page: Page, text: str, at: int, mentions: list[Mention]) -> Gene | None:
    stop = max(text.rfind(". ", 0, at), text.rfind("; ", 0, at), 0)
    before = [m for m in mentions if stop <= m.start and m.end <= at and m.curie]
    if before:
        return gene(before[-1].curie[5:])
    after = text[at:].find(")")
    return None if after >= 0 and "(" in text[stop:at] else page.gene


def _judge(page: Page, use: Use) -> Iterator[Finding]:
    registry, owner = use.registry, use.owner
    local = re.sub(r"^HGNC:\s?", "", use.value)
    right = _right(registry, owner)
    if registry.prefix == "uniprot":
        local = local.upper()
    if local in right:
        return
    other = gene_identified(f"{registry.prefix}:{local}")
    if other is not None and other.hgnc == owner.hgnc:
        return
    if not right and other is None:
        return
    prefix = use.value[: len(use.value) - len(local)]
    correction = prefix + right[0] if right else "remove it"
    of = f"{owner.symbol} ({'HGNC:' + owner.hgnc})"
    if other is not None:
        name = "" if use.value.startswith("HGNC:") else f"{registry.name} "
        message = f"{name}{use.value} is {other.symbol} ({other.name}), not {owner.symbol}"
        severity = ERROR
    else:
        message = f"{registry.name} {use.value} is not the id of {of}; the tables do not know it"
        severity = WARNING
    edits = (Edit(use.start, use.end, correction),) if right and len(right) == 1 and other is not None else ()
    known = "HGNC table" if registry.prefix != "omim" else "NCBI Gene table (OMIM column)"
    wanted = f"{correction} ({registry.name} of {owner.symbol})" if right else correction
    yield page.finding(
        registry.kind, severity, use.start, use.end, message, wanted, f"{known} in the shipped vocabulary", edits=edits
    )


def _right(registry: Registry, owner: Gene) -> tuple[str, ...]:
    return {
        "ncbigene": (owner.ncbi,) if owner.ncbi else (),
        "uniprot": owner.uniprot,
        "omim": owner.omim,
        "hgnc": (owner.hgnc,),
        "ensembl": (owner.ensembl,) if owner.ensembl else (),
    }[registry.prefix]
