"""Aliases in an infobox that name another gene, or a medicine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..names import key_of
from ..vocabulary import Gene, drug, genes_named, names
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
)


def check_aliases(page: Page) -> Iterator[Finding]:
    """Report aliases that the gene tables give to another gene only, and names of medicines."""
    owner = page.gene
    if owner is None:
        return
    for _, label, row in page.info_rows():
        if label not in LABELS:
            continue
        cell = row.cells[1]
        for match in re.finditer(r"[^,;|]+", cell.text):
            raw = match[0].strip()
            if not raw:
                continue
            lead = len(match[0]) - len(match[0].lstrip())
            start, end = cell.body.source(match.start() + lead, match.start() + lead + len(raw))
            yield from _judge(page, owner, raw, start, end, cell.end)


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
    others = [g for g in genes_named(key) if g.hgnc != owner.hgnc]
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
