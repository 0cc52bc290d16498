"""Which gene an identifier is given for: the one that the text, the label or the row around it names."""

from __future__ import annotations

import re

from ..documents.markup import Link
from ..documents.structure import Passage
from ..names.keys import key_of
from ..names.mention import Mention
from ..vocabulary import Gene, gene, genes_named
from .page import Page
from .registries import Registry

_PAGE_SECTIONS = re.compile(r"external links?|identifiers|databases?|database links|overview", re.I)
_OF_LABELS = re.compile(
    r"\b(?:NCBI|Gene|Entrez|UniProt(?:KB)?|OMIM|HGNC|Ensembl|ID|entry|database|page|record|human|protein|at|in|on|the|of|"
    r"for)\b|[:#()–—]|\s-\s",
    re.I,
)
_ITSELF = re.compile(
    r"\b(?:(?:the|this|its|human|encod\w+ an?) (?:gene|protein|gene product|cytokine|hormone|product))\s*$|^it\s*$",
    re.I,
)
_AILMENT = re.compile(r"\b(?:syndrome|disease|disorder|deficiency|phenotype|dysplasia|type \d+)\b[^.;]{0,25}$", re.I)


def gene_called(text: str) -> Gene | None:
    """Give the gene that a whole text names, without doubt: by its symbol, its name or a name of no other gene."""
    key = key_of(re.sub(r"\s*\(.*?\)$", "", text.strip()))
    named = genes_named(key) if key else ()
    if not named:
        return None
    return named[0] if len(named) == 1 or key in (key_of(named[0].symbol), key_of(named[0].name)) else None


def owner_of_link(page: Page, link: Link, registry: Registry) -> Gene | None:
    """Give the gene for which a link leads to a registry: of its label, else of its section or its sentence."""
    rest = registry.value.sub(" ", _OF_LABELS.sub(" ", link.label)).strip()
    if rest:
        named = genes_named(key_of(rest))
        return named[0] if named else None
    if _PAGE_SECTIONS.search(page.section(link.start)):
        return page.gene
    at = page.passage_at(link.start)
    return gene_around(page, at, link.start) if at is not None else None


def gene_before(page: Page, passage: Passage, at: int) -> Gene | None:
    """Give the gene that an offset of a passage's text follows in its sentence, or the page's own."""
    text = passage.text
    opened = _opened(text, at)
    end = at if opened is None else opened
    stop = max(text.rfind(". ", 0, end) + 1, text.rfind("; ", 0, end) + 1, 0)
    before = [m for m in _genes(page, passage) if stop <= m.start and m.end <= at and m.curie]
    if opened is not None and _ITSELF.search(text[stop:opened].strip()):
        return page.gene
    if before:
        return gene(before[-1].curie[5:])
    if opened == 0:  # a line that goes on with the parenthesis
        above = page.passage_before(passage)
        last = [m for m in _genes(page, above) if len(above.text) - m.end < 2 and m.curie] if above else []
        return gene(last[-1].curie[5:]) if last else None
    return None if opened is not None else page.gene


def gene_of_aside(page: Page, passage: Passage, at: int) -> Gene | None:
    """Give the gene right before the parenthesis in which an offset lies: what stands inside may all be about it."""
    opened = _opened(passage.text, at)
    before = [m for m in _genes(page, passage) if opened is not None and 0 <= opened - m.end <= 2 and m.curie]
    return gene(before[-1].curie[5:]) if before else None


def follows_disease(text: str, at: int) -> bool:
    """Say whether an offset follows the name of a disease, whose number in OMIM it may then be."""
    return bool(_AILMENT.search(text, max(0, at - 80), at))


def gene_around(page: Page, passage: Passage, source: int) -> Gene | None:
    """Give the only gene that the sentence around a source offset names."""
    at = next((i for i, offset in enumerate(passage.body.at) if offset >= source), len(passage.text))
    left = passage.text.rfind(". ", 0, at) + 1
    right = passage.text.find(". ", at)
    inside = [m for m in _genes(page, passage) if left <= m.start and (right < 0 or m.end <= right) and m.curie]
    curies = {m.curie for m in inside}
    if len(curies) == 1:
        return gene(inside[0].curie[5:])
    nearest = [m for m in inside if m.end <= at]
    if nearest:
        return gene(nearest[-1].curie[5:])
    return page.gene if not curies else None


def _genes(page: Page, passage: Passage) -> list[Mention]:
    return [m for m in page.mentions(passage) if m.category == "gene"]


def _opened(text: str, at: int) -> int | None:
    """Give the parenthesis that is open at an offset."""
    depth = 0
    for i in range(at - 1, max(-1, at - 400), -1):
        if text[i] == ")":
            depth += 1
        elif text[i] == "(":
            if depth == 0:
                return i
            depth -= 1
    return None
