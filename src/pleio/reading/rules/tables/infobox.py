"""Rows of an infobox: identifiers, aliases, properties, expression levels, linked diseases.

Rule ids: `infobox.identifier`, `infobox.alias`, `infobox.property`, `infobox.expression`, `infobox.disease`,
`infobox.family`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...documents.page import Page
from ...documents.structure import Row, Table
from ...draft import Draft
from ...names.keys import key_of
from ...things import Thing, grounded
from ...vocabulary import drug, genes_named, names
from ...words.labels import ALIAS_LABELS, IDENTIFIER_LABELS
from ..relations.place_lists import EXPRESSION_LABEL, SOURCE_LABEL, places_in

_PROPERTIES = {
    "chromosome": "chromosome", "location": "location", "locus": "locus", "molecular weight": "molecular weight",
    "mass": "mass",
    "molecular mass": "molecular mass", "length": "length", "protein length": "length", "half-life": "half-life",
    "isoforms": "isoforms",
    "chromosome location": "chromosome", "cytogenetic location": "chromosome",
    "chromosomal location": "chromosome", "exons": "exons", "exon count": "exons",
    "cytogenetic band": "chromosome", "map location": "chromosome", "gene location": "chromosome", "tissue": "tissue",
}  # fmt: skip
_LEVEL = re.compile(
    r"(?:very\s)?(?:low|moderate|medium|high|absent|not detected|trace|strong|"
    r"weak)(?:\s?[-–/to]+\s?(?:very\s)?(?:low|moderate|medium|high))?$",
    re.I,
)


_UNIPROT = re.compile(r"[OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d(?:[A-Z][A-Z0-9]{2}\d){1,2}")


@dataclass(frozen=True)
class RowDraft:
    """A draft from a table, with its own source range."""

    draft: Draft
    start: int
    end: int


def infobox(page: Page, topic: Thing | None) -> Iterator[RowDraft]:
    """Read the rows of the most complete infobox."""
    boxes = sorted(page.outline.infoboxes, key=lambda t: (t.truncated, -len(t.rows), t.start))
    if not boxes or topic is None:
        return
    first = _symbol(boxes[0])
    others = {_symbol(box): box for box in reversed(boxes[1:]) if _symbol(box) not in (first, None)}
    for box in (boxes[0], *others.values()):
        about = topic
        if box is not boxes[0]:
            owner = next(iter(genes_named(key_of(_symbol(box) or ""))), None)
            if owner is None:
                continue
            about = Thing(owner.symbol, owner.curie, None, "molecule")
        for row in box.rows:
            if len(row.cells) == 2 and not all(cell.header for cell in row.cells):
                for draft, start, end in _row(page, about, row):
                    yield RowDraft(draft, start, end)


def _symbol(box: Table) -> str | None:
    """The symbol that an infobox gives, if it gives one."""
    for row in box.rows:
        if len(row.cells) == 2 and row.cells[0].text.strip().rstrip(":").lower() in _SYMBOLS:
            return row.cells[1].text.strip()
    first = box.rows[0].cells if box.rows else ()
    title = first[0].text.strip() if len(first) == 1 and first[0].header else ""
    return title if title and genes_named(key_of(title)) else None


_SYMBOLS = {"symbol", "gene symbol", "approved symbol"}


def _row(page: Page, topic: Thing, row: Row) -> Iterator[tuple[Draft, int, int]]:
    label = row.cells[0].text.strip().rstrip(":").lower()
    if label in _DISEASES:
        yield from _diseases(page, topic, row)
        return
    start, end = _cells(page, row)
    for draft in _drafts(page, topic, label, row):
        yield draft, start, end


_DISEASES = ("associated diseases", "diseases", "disease associations", "associated disease")


def _drafts(page: Page, topic: Thing, label: str, row: Row) -> Iterator[Draft]:
    """Read a row by its label; of one that no label tells, by its value ("high" behind a tissue)."""
    text = row.cells[1].text.strip()
    if label in IDENTIFIER_LABELS:
        found = re.search(r"[A-Za-z]{0,4}\d[\w-]*|\d+", text.removeprefix("HGNC:"))
        if found:
            yield _identifier(topic, f"{IDENTIFIER_LABELS[label]}:{found[0]}")
    elif "accession" in label and _UNIPROT.fullmatch(text):
        yield _identifier(topic, f"uniprot:{text}")
    elif label in ALIAS_LABELS:
        for name in filter(None, map(str.strip, re.split(r"[,;|]", text))):
            yield Draft(topic, "has_identifier", Thing(name, _medicine(name)), "infobox.alias")
    elif label in ("receptor", "receptors", "ligand", "ligands", "binding partners"):
        for name in filter(None, map(str.strip, re.split(r"[,;/]| and ", text))):
            yield Draft(topic, "binds", _named(page, name), "infobox.partner")
    elif re.search(r"\b(?:length|mass|weight)\b", label) and re.search(r"\d", text):
        yield Draft(topic, "has_property", Thing(f"{label} {text}"), "infobox.property")
    elif label in _PROPERTIES:
        yield Draft(topic, "has_property", Thing(f"{_PROPERTIES[label]} {text}"), "infobox.property")
    elif label in ("protein class", "class", "family", "gene family", "protein family"):
        name = re.sub(r"\s*(?:cytokines?|members?)$", "", text)
        yield Draft(topic, "member_of", Thing(name), "infobox.family")
    elif label == "superfamily":
        name = text if "family" in text.lower() else f"{text} superfamily"
        yield Draft(topic, "member_of", Thing(name), "infobox.family")
    elif EXPRESSION_LABEL.fullmatch(label) or SOURCE_LABEL.fullmatch(label):
        relation = "secreted_by" if SOURCE_LABEL.fullmatch(label) else "expressed_in"
        for place, absent in places_in(text):
            status = "refuted" if absent else "asserted"
            yield Draft(topic, relation, place, "infobox.expression", status=status)
    elif _LEVEL.match(text):
        yield Draft(topic, "expressed_in", grounded(row.cells[0].text.strip(), "other"), "infobox.expression")


def _identifier(topic: Thing, curie: str) -> Draft:
    return Draft(topic, "has_identifier", Thing(curie, curie), "infobox.identifier")


def _medicine(name: str) -> str | None:
    """The identifier of a name that is a medicine's."""
    key = key_of(name)
    return next((n.curie for n in names(key) if n.category == "drug" and n.curie), None) or (drug(key) or (None,))[0]


def _diseases(page: Page, topic: Thing, row: Row) -> Iterator[tuple[Draft, int, int]]:
    cell = row.cells[1]
    source = page.text[cell.start : cell.end]
    anchors = re.finditer(r"<a\b[^<>]{0,500}>([^<>]{1,120})</a>|\[([^\[\]]{1,120})\]\([^()]{0,300}\)", source)
    found = [(m, m[1] or m[2]) for m in anchors] or [(m, m[0]) for m in re.finditer(r"[^,;]+", source)]
    for match, name in found:
        if name.strip():
            draft = Draft(topic, "associated_with", grounded(name.strip(), "other"), "infobox.disease")
            yield draft, cell.start + match.start(), cell.start + match.end()


def _named(page: Page, name: str) -> Thing:
    found = page.gazetteer.find(name)
    return Thing(name, found[0].curie or None) if found else Thing(name)


def _cells(page: Page, row: Row) -> tuple[int, int]:
    """The range from the first cell's tag to the end of the second, as a quotation of the row."""
    start = page.text.rfind("<", 0, row.cells[0].start)
    end = page.text.find(">", row.cells[1].end, row.end)
    return (start if start >= row.start else row.cells[0].start), (end + 1 if end >= 0 else row.cells[1].end)
