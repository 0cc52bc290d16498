"""A page: a document with its structure, the gene it is about, and the names found in its passages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from ..names.abbreviations import abbreviations, with_abbreviations
from ..names.codes import codes_in, with_codes
from ..names.gazetteer import Gazetteer
from ..names.keys import key_of
from ..names.mention import Mention
from ..things import Thing
from ..vocabulary import Gene, gene, genes_named
from .document import Document
from .outlined import outline
from .structure import HEADING, PARAGRAPH, Outline, Passage, Row, Table

LONGEST_TITLE = 150  # letters of a line that can stand for a title
LONGEST_ENTRY = 80  # of a title that is a name
_SAYS = re.compile(r"\b(?:in|and|as|of|is|at|\w+(?:ates|es|izes|uces|ects|ents|ives|ibits|ains))\b")
_BRAND = re.compile(r"[A-Z][\w-]{2,30}\s?[®™]?\s*\(")  # "KINERET® (anakinra) injection"
_STRENGTH = re.compile(
    r"(?P<brand>[A-Z][\w-]{2,30})\s?[®™]? \d[\d.,]* ?(?:mg|g|micrograms?|mcg|[µμ]g|million|MIU|IU|units?)\b"
)


@dataclass(frozen=True)
class Page:
    """A document, with what is derived from it on first use."""

    document: Document
    gene_name: str = field(default="", init=False, compare=False)  # as the title or the first sentence writes it

    @property
    def text(self) -> str:
        return self.document.text

    @cached_property
    def outline(self) -> Outline:
        return outline(self.document)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return Gazetteer((self.gene.hgnc,) if self.gene else ())

    @cached_property
    def gene(self) -> Gene | None:
        """The human gene the page is about: its infobox says so, or its title, or its first sentence."""
        for _, label, row in self.info_rows():
            if label in ("symbol", "gene symbol", "approved symbol", "gene name", "gene"):
                found = genes_named(key_of(row.cells[1].text))
                if found:
                    return found[0]
        for passage in self.outline.passages[:12]:
            if passage.kind in (HEADING, PARAGRAPH):
                for mention in Gazetteer().find(passage.text[:200]):
                    if mention.curie.startswith("hgnc:"):
                        object.__setattr__(self, "gene_name", mention.text)
                        return gene(mention.curie[5:])
                if passage.kind == PARAGRAPH and len(passage.text) > 80:
                    break
        return None

    @cached_property
    def topic(self) -> Thing | None:
        """What the page is about: its gene, or the molecule that its first passages name first."""
        named = self._named_first()
        if named is not None:
            return named
        if self.gene is not None:
            return Thing(self.gene_name or self.gene.symbol, self.gene.curie, None, "molecule")
        for passage in self.outline.passages[:6]:
            for m in self.mentions(passage):
                if m.is_molecule:
                    return Thing(m.text, m.curie or None, None, "molecule", mention=m)
        return None

    @cached_property
    def is_entry(self) -> bool:
        """Say whether the page is the entry of one molecule: an infobox, or a title that begins with its name."""
        if self.gene is None:
            return False
        if any(label in ("symbol", "gene symbol", "approved symbol") for _, label, _ in self.info_rows()):
            return True
        opening = self.outline.passages[:6]
        title = next((p for p in opening if p.kind == HEADING), next(iter(opening), None))
        named = self.mentions(title) if title is not None and len(title.text) <= LONGEST_ENTRY else []
        if not named or named[0].start > 1 or named[0].curie != self.gene.curie:
            return False
        rest = title.text[named[0].end :] if title is not None else ""
        return not rest.strip() or (bool(re.match(r"\s*[:(,–—|\[-]|\s+[a-z]", rest)) and not _SAYS.search(rest))

    def _named_first(self) -> Thing | None:
        """What the first heading names first, where that is no gene ("Filgrastim: …", "IL-23 and its blockade")."""
        if self._brand is not None:
            sold = self._brand[1]
            return Thing(sold.text, sold.curie or None, None, "molecule", mention=sold)
        if self._opening is not None:
            return self._opening
        title = next((p for p in self.outline.passages[:6] if p.kind == HEADING), None)
        first = next(iter(self.mentions(title)), None) if title is not None else None
        if title is None or first is None:
            return None
        if first.start > 2:
            return None
        if first.category == "family" and re.match(r"\s*(?:$|[:(,–—|]|\band\b|\bin\b)", title.text[first.end :]):
            return Thing(first.text, first.curie or None, None, "molecule", mention=first)
        if first.category not in ("drug", "chemical") or not re.match(
            r"\s*(?:$|[:(,–—|-])|\s+(?:injection|tablets?|label)\b", title.text[first.end :]
        ):
            return None
        return Thing(first.text, first.curie or None, None, "molecule", mention=first)

    @property
    def _opening(self) -> Thing | None:
        """The medicine that the first line to name a molecule names, where that is a line by itself and names no other.

        "Inhaled sargramostim in alveolar proteinosis" above a registry's fields, "Epoetin alfa" above a page of a shop.
        """
        for passage in self.outline.passages[:6]:
            if len(passage.text) > LONGEST_TITLE:
                return None
            named = [m for m in self.gazetteer.find(passage.text) if m.is_molecule]
            if named:
                m = named[0]
                alone = m.category == "drug" and {n.text.lower() for n in named} == {m.text.lower()}
                return Thing(m.text, m.curie or None, None, "molecule", mention=m) if alone else None
        return None

    @cached_property
    def _brand(self) -> tuple[str, Mention] | None:
        """The name under which the medicine of a page is sold, and the medicine, where a title says both."""
        for passage in self.outline.passages[:6]:
            if len(passage.text) > LONGEST_TITLE:
                continue
            named = next(iter(self.gazetteer.find(passage.text)), None)
            if named is not None and named.category == "drug" and _BRAND.fullmatch(passage.text[: named.start]):
                return re.split(r"[\s®™(]", passage.text, maxsplit=1)[0], named
        return self._strength

    @cached_property
    def _strength(self) -> tuple[str, Mention] | None:
        """The same where the title gives the strength and what follows the medicine: "X 50 mg injection, A"."""
        opening = [p for p in self.outline.passages[:12] if len(p.text) <= LONGEST_TITLE]
        for above, below in pairwise([*opening, *opening[-1:]]):
            found = _STRENGTH.match(above.text)
            for text in (above.text, below.text) if found else ():
                named = self.gazetteer.find(text)
                whole = len(named) == 1 and named[0].category == "drug" and named[0].end == len(text.rstrip("."))
                if found and whole and (text is above.text or len(text.split()) < 4):
                    return found["brand"], named[0]
        return None

    def info_rows(self) -> Iterator[tuple[Table, str, Row]]:
        """Give the two-column rows of all infoboxes: table, label in lower case, row."""
        for table in self.outline.infoboxes:
            for row in table.rows:
                if len(row.cells) == 2:
                    yield table, row.cells[0].text.strip().rstrip(":").lower(), row

    def mentions(self, passage: Passage) -> list[Mention]:
        """Give the names found in a passage, in order."""
        if id(passage) not in self._mentions:
            named = with_abbreviations(passage.text, self.gazetteer.find(passage.text), self._abbreviations)
            self._mentions[id(passage)] = with_codes(passage.text, named, self._codes)
        return self._mentions[id(passage)]

    @cached_property
    def _codes(self) -> frozenset[str]:
        return codes_in(p.text for p in self.outline.passages)

    def abbreviated(self, name: str) -> str | None:
        """Give the CURIE of what the document abbreviates so, if it does."""
        meant = self._abbreviations.get(name) or self._abbreviations.get(name.removesuffix("s"))
        return (meant.curie or None) if meant else None

    @cached_property
    def _abbreviations(self) -> dict[str, Mention | None]:
        meant = abbreviations((p.text for p in self.outline.passages), self.gazetteer.find)
        return {**meant, self._brand[0]: self._brand[1]} if self._brand is not None else meant

    @cached_property
    def _mentions(self) -> dict[int, list[Mention]]:
        return {}

    def section(self, offset: int) -> str:
        """Give the title of the section in which an offset lies."""
        starts, titles = self._titles
        at = bisect_right(starts, offset)
        return titles[at - 1] if at else ""

    @cached_property
    def title(self) -> str:
        """The title of the document: its first heading, where no other stands at that level."""
        headings = [p for p in self.outline.passages if p.kind == HEADING]
        return headings[0].text if headings and [p.level for p in headings].count(headings[0].level) == 1 else ""

    @cached_property
    def _titles(self) -> tuple[list[int], list[str]]:
        headings = [p for p in self.outline.passages if p.kind == HEADING]
        return [p.start for p in headings], [p.text.rstrip(":") for p in headings]
