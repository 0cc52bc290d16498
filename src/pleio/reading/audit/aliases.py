"""Aliases in an infobox that name another gene, or a medicine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..documents.structure import BULLET, PARAGRAPH, Cell, Passage
from ..names.keys import key_of
from ..vocabulary import Gene, drug, gene, genes_named, names
from .finding import ERROR, INFO, WARNING, Edit, Finding
from .page import Page

LABELS = (
    "aliases",
    "alias",
    "synonyms",
    "also known as",
    "other names",
    "alternative names",
    "alternate names",
    "previous symbols",
    "synonym",
    "alternative symbols",
    "alternate symbols",
    "alternative name",
    "other symbols",
    "other name",
    "alias symbols",
    "aka",
)
_SAID = re.compile(
    r"\b(?:(?:also|formerly|previously|sometimes|otherwise|originally)\s(?:known|called|named|referred\sto|designated)"
    r"(?:\sas)?|(?:aliases|synonyms|(?:other|alternative|alternate)\s(?:names|symbols))(?P<of>\s(?:of|for)\s[^:.;]{2,40}?)?"
    r"(?::|\s(?:are|include)))\s",
    re.I,
)
_LIST_ENDS = re.compile(
    r"[.;:()]|\[|,?\s(?:is|are|was|were|has|have|which|that|who|encodes|belongs|because|by|in|on|when)\s|$"
)
_ITEM = re.compile(r"(?:(?!,\s|\s(?:and|or)\s|\s/\s).)+")


def check_aliases(page: Page) -> Iterator[Finding]:
    """Report aliases that the gene tables give to another gene only, and names of medicines."""
    if page.gene is not None:
        for _, label, row in page.info_rows():
            if label in LABELS:
                yield from _listed(page, page.gene, row.cells[1])
    boxes = [(box.start, box.end) for box in page.outline.infoboxes]
    for passage in page.outline.passages:
        if passage.kind in (PARAGRAPH, BULLET) and not any(a <= passage.start < b for a, b in boxes):
            yield from _told(page, passage)


def _listed(page: Page, owner: Gene, cell: Cell) -> Iterator[Finding]:
    """Judge each name of a list in an infobox."""
    for match in re.finditer(r"(?:(?!\s(?:and|or)\s|\s/\s)[^,;|()])+", cell.text):
        raw = match[0].strip()
        lead = len(match[0]) - len(match[0].lstrip())
        raw = re.sub(r"^(?:and|or)\s+", "", raw)
        lead = match[0].find(raw) if raw else lead
        if raw:
            start, end = cell.body.source(match.start() + lead, match.start() + lead + len(raw))
            yield from _judge(page, owner, raw, start, end, cell.end)


def _told(page: Page, passage: Passage) -> Iterator[Finding]:
    """Judge each name that a sentence gives to a gene: "X, also known as A, B or C"."""
    text = passage.text
    for cue in _SAID.finditer(text):
        owner = _owner(page, passage, cue)
        if owner is None:
            continue
        stop = _LIST_ENDS.search(text, cue.end())
        end = stop.start() if stop else len(text)
        for match in _ITEM.finditer(text, cue.end(), end):
            raw = re.sub(r"^(?:,?\s*(?:and|or)\s)?(?:the\s)?", "", match[0].strip(" ,")).strip(" '\"“”‘’")
            if not raw or len(raw.split()) > 5:
                continue
            at = text.index(raw, match.start())
            start, finish = passage.source(at, at + len(raw))
            for f in _judge(page, owner, raw, start, finish, finish):
                if f.severity != INFO:
                    yield replace(f, edits=())  # a sentence is not mended by taking a word out


def _owner(page: Page, passage: Passage, cue: re.Match[str]) -> Gene | None:
    """Give the gene whose names follow: the one named directly before the cue, in it, or else the page's own."""
    left, right = (cue.start("of"), cue.end()) if cue["of"] else (0, cue.start())
    named = [m for m in page.mentions(passage) if left <= m.start and m.end <= right and m.is_molecule]
    if not named:
        return page.gene if cue["of"] is None and not _sentence_so_far(passage.text, cue) else None
    if cue["of"] is None and not _sentence_so_far(passage.text, cue):
        return page.gene
    last = named[-1]
    gap = passage.text[last.end : right] if cue["of"] is None else ""
    near = len(gap) <= 25 and not re.search(r"[.;]|\b(?:receptor|ligand|inhibitor|antibody)\b", gap)
    return gene(last.curie[5:]) if near and last.curie.startswith("hgnc:") else None


def _sentence_so_far(text: str, cue: re.Match[str]) -> str:
    return text[text.rfind(". ", 0, cue.start()) + 1 : cue.start()].strip(" *_")


def _judge(page: Page, owner: Gene, alias: str, start: int, end: int, stop: int) -> Iterator[Finding]:
    key = key_of(alias)
    medicine = drug(key) or next(
        ((n.curie, n.label) for n in names(key) if n.rank == -1 and n.category == "drug"), None
    )
    if medicine is not None and key != key_of(owner.symbol) and key != key_of(owner.name) and alias[1:].islower():
        yield page.finding(
            "drug_as_alias",
            WARNING,
            start,
            end,
            f"'{alias}' is a medicine ({medicine[0]}), not a name of the gene {owner.symbol}",
            f"remove {alias} from the aliases, or list it as a drug",
            "drug names (DrugBank, MeSH) in the shipped vocabulary",
        )
        return
    if key in owner.keys:
        return
    meant = [gene(n.curie[5:]) for n in names(key) if n.rank == -1 and n.curie.startswith("hgnc:")]
    if any(g is not None and g.hgnc == owner.hgnc for g in meant):
        return
    others = [g for g in (*genes_named(key), *meant) if g is not None and g.hgnc != owner.hgnc]
    if others:
        other = others[0]
        what = "the symbol" if key_of(other.symbol) == key else "a name"
        yield page.finding(
            "foreign_alias",
            ERROR,
            start,
            end,
            f"'{alias}' is {what} of {other.symbol} ({other.name}), not of {owner.symbol}",
            f"remove {alias}: it is a name of {other.symbol}",
            "HGNC and NCBI Gene names in the shipped vocabulary",
            edits=(_removal(page.text, start, end, stop),),
        )
    elif not any(n.rank == -1 for n in names(key)):
        yield page.finding(
            "foreign_alias",
            INFO,
            start,
            end,
            f"'{alias}' is not among the names of {owner.symbol} that HGNC and NCBI Gene list",
            "check it",
            "HGNC and NCBI Gene names in the shipped vocabulary",
        )


def _removal(text: str, start: int, end: int, stop: int) -> Edit:
    """Remove an item of a list together with one separator."""
    after = re.compile(r"\s*[,;|]\s*").match(text, end, stop)
    if after:
        return Edit(start, after.end(), "")
    before = re.search(r"\s*[,;|]\s*$", text[max(0, start - 10) : start])
    return Edit(start - (len(before[0]) if before else 0), end, "")
