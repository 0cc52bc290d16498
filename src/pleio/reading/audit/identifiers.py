"""Identifiers that belong to another gene: in the infobox, in links, in external references and in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..documents.markup import Link, Plain
from ..documents.structure import Cell
from ..vocabulary import Gene, gene_identified
from .finding import ERROR, WARNING, Edit, Finding
from .owners import follows_disease, gene_around, gene_before, gene_called, gene_of_aside, owner_of_link
from .page import Page
from .registries import REGISTRIES, Registry
from .spans import Spans


@dataclass(frozen=True)
class Use:
    """One identifier on the page and the gene that it is given for."""

    registry: Registry
    value: str
    start: int
    end: int
    owner: Gene
    in_text: bool = False  # where an OMIM number may also be that of a disease


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
    yield from _tables(page)
    yield from _links(page)
    yield from _inline(page)


def _is_human(page: Page) -> bool:
    for _, label, row in page.info_rows():
        if label in ("species", "organism", "taxon"):
            return bool(re.search(r"human|homo sapiens|9606", row.cells[1].text, re.I))
    return True


def _infobox(page: Page, owner: Gene) -> Iterator[Use]:
    for _, label, row in page.info_rows():
        registry = next((each for each in REGISTRIES if label in each.labels), None)
        if registry is not None:
            yield from _of_cell(page, row.cells[1], registry, owner)
        else:
            yield from _mixed_cell(page, row.cells[1], owner)


def _mixed_cell(page: Page, cell: Cell, owner: Gene) -> Iterator[Use]:
    """The ids of a cell that holds several, each after the name of its registry, or behind its link."""
    named = [m for m in page.gazetteer.find(cell.text) if m.category == "gene" and m.curie]
    if named and any(m.curie != owner.curie for m in named):
        return
    for registry in REGISTRIES:
        for match in registry.inline.finditer(cell.text):
            yield from _placed(page, cell.body, match, registry, owner)
        for match in registry.address.finditer(page.text, cell.start, cell.end):
            yield Use(registry, match[1], *match.span(1), owner)


def _of_cell(page: Page, cell: Cell, registry: Registry, owner: Gene) -> Iterator[Use]:
    """The ids that a cell shows, and those of its links."""
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


def _tables(page: Page) -> Iterator[Use]:
    """Columns of ids in tables about several genes: each row's gene is the one that a cell of its own names."""
    for table in page.outline.tables:
        if table.infobox or len(table.rows) < 2:
            continue
        labels = [cell.text.strip().rstrip(":").lower() for cell in table.rows[0].cells]
        columns = {i: r for i, label in enumerate(labels) for r in REGISTRIES if label in r.labels}
        for row in table.rows[1:] if columns else ():
            owner = next(
                (g for i, cell in enumerate(row.cells) if i not in columns and (g := gene_called(cell.text))), None
            )
            for index, registry in columns.items():
                if owner is not None and index < len(row.cells):
                    yield from _of_cell(page, row.cells[index], registry, owner)


def _links(page: Page) -> Iterator[Use]:
    """Links to a registry: their label names the gene, or the registry in a section about the page's own gene."""
    for link in page.links:
        yield from _title(page, link)
        for registry in REGISTRIES:
            match = registry.address.search(link.target)
            owner = owner_of_link(page, link, registry) if match else None
            if match is None or owner is None:
                continue
            find = page.text.find if page.text[link.start] == "[" else page.text.rfind  # HTML has the label last
            label = max(find(link.label, link.start, link.end), link.start)
            for found in registry.value.finditer(page.text, label, label + len(link.label)):
                named = registry.inline.search(link.label)
                same = found[0].removeprefix("HGNC:") == match[1].removeprefix("HGNC:")
                if same or found[0] in (link.label.strip(), named[1] if named else ""):
                    yield Use(registry, found[0], found.start(), found.end(), owner)
            start = link.target_start + match.start(1)
            yield Use(registry, match[1], start, start + len(match[1]), owner)


def _title(page: Page, link: Link) -> Iterator[Use]:
    """Ids in the title of a link, which a browser shows when a reader points at it."""
    opened = re.search(r"\s[\"']", link.target)
    owner = gene_called(link.label) if opened else None
    for registry in REGISTRIES if opened and owner else ():
        for match in registry.inline.finditer(link.target, opened.start() if opened else 0):
            start = link.target_start + match.start(1)
            if owner is not None and page.text.startswith(match[1], start):
                yield Use(registry, match[1], start, start + len(match[1]), owner, in_text=True)


def _inline(page: Page) -> Iterator[Use]:
    """Identifiers and bare addresses in running text belong to the gene named just before them in the same sentence."""
    linked = Spans()
    for link in page.links:
        linked.add(link.start, link.end)
    for passage in page.outline.passages:
        if passage.kind in ("reference", "residue", "link"):
            continue
        for registry in REGISTRIES:
            for match in registry.inline.finditer(passage.text):
                if registry.prefix == "omim" and follows_disease(passage.text, match.start()):
                    continue
                owner = gene_before(page, passage, match.start())
                head = gene_of_aside(page, passage, match.start())
                if owner is not None and not _fits(registry, match[1], head):
                    yield from _placed(page, passage.body, match, registry, owner, in_text=True)
            for match in registry.address.finditer(page.text, passage.start, passage.end):
                if not linked.overlaps(*match.span(1)):
                    owner = gene_around(page, passage, match.start())
                    if owner is not None:
                        yield Use(registry, match[1], match.start(1), match.end(1), owner, in_text=True)


def _placed(
    page: Page, body: Plain, match: re.Match[str], registry: Registry, owner: Gene, *, in_text: bool = False
) -> Iterator[Use]:
    """The id of a match, where the source has it in one piece: without a prefix that markup parts from it."""
    for value in dict.fromkeys((match[1], re.split(r"[\s:]", match[1])[-1])):
        start, end = body.source(match.end(1) - len(value), match.end(1))
        if page.text[start:end] == value:
            yield Use(registry, value, start, end, owner, in_text)
            return


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
    if other is None and (not right or (use.in_text and registry.prefix == "omim")):
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


def _fits(registry: Registry, value: str, owner: Gene | None) -> bool:
    return owner is not None and re.sub(r"^HGNC:\s?", "", value) in _right(registry, owner)


def _right(registry: Registry, owner: Gene) -> tuple[str, ...]:
    return {
        "ncbigene": (owner.ncbi,) if owner.ncbi else (),
        "uniprot": owner.uniprot,
        "omim": owner.omim,
        "hgnc": (owner.hgnc,),
        "ensembl": (owner.ensembl,) if owner.ensembl else (),
    }[registry.prefix]
