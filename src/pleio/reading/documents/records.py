"""The records of a collection (abstracts of a list, communications of a meeting), and what each is about.

A collection is about nothing as a whole: what one record studies says nothing of the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..things import Thing, things_of
from .page import Page
from .structure import BULLET, HEADING, PARAGRAPH, Passage

_OPENS = re.compile(
    r"(?:\[?\d+[.)\]]\s)?[A-Z][^:]{3,90}?[.,;]? (?:19|20)\d\d\b.{0,30}?\d+(?:\(\w+\))?\s?[:;(,]|PMID\b|doi:|"
    r"(?:Abstract |Poster |No\. ?)?[A-Z]{1,3}-?\d+(?:\.\d+)?$"
)
_LABEL = re.compile(r"(?:BACKGROUND|OBJECTIVES?|AIMS?|INTRODUCTION|METHODS?|Background|Objectives?|Aims?|Methods?)\b")
_SECTION = re.compile(rf"(?:{_LABEL.pattern})\s?[:.]")
_CARRIER = re.compile(
    r"[-– ](?:delivered|mediated|encoded|expressed|treated|induced|evoked|driven|failure|refractory|na[iï]ve)"
)
_LONGEST_TITLE = 320  # letters, authors included
_SHORTEST_ABSTRACT = 400  # letters; what follows an item of a plain list is shorter


def topics_of_records(page: Page) -> dict[int, Thing | None]:
    """Give the topic of each passage of a collection by the passage's start; empty where the page is none."""
    out: dict[int, Thing | None] = {}
    for record in _records(page):
        topic = _topic(page, record)
        out.update((p.start, topic) for p in record)
    return out


def titles_of_records(page: Page) -> dict[int, str]:
    """Give the title of the record of each passage by the passage's start: of a collection, or of one abstract."""
    passages = page.outline.passages
    records = _records(page)
    if not records and passages and _is_title(passages[0]) and any(_SECTION.match(p.text) for p in passages[1:4]):
        records = [passages]
    return {p.start: record[0].text for record in records for p in record}


def _records(page: Page) -> list[Sequence[Passage]]:
    passages = page.outline.passages
    titles = [i for i, p in enumerate(passages) if i and _is_title(p) and _opens(passages[i - 1])]
    titles = titles or [i for i, (p, text) in enumerate(pairwise(passages)) if _heads(p, text)]
    titles = titles if len(titles) > 1 else [i for i in range(len(passages) - 1) if _is_cited(passages, i)]
    if len(titles) < 2:
        return []
    return [passages[at:end] for at, end in zip(titles, [*titles[1:], len(passages)], strict=True)]


def _heads(passage: Passage, text: Passage) -> bool:
    """Say whether a numbered line is the title of the abstract after it."""
    return (
        passage.kind == BULLET
        and text.kind == PARAGRAPH
        and len(text.text) > _SHORTEST_ABSTRACT
        and len(passage.text) < _LONGEST_TITLE
        and not passage.text.rstrip().endswith((".", ":", ";"))
    )


_VOLUME = re.compile(r"\b(?:19|20)\d\d; ?\d+ ?(?:\(\w+\))? ?:")


def _is_cited(passages: Sequence[Passage], i: int) -> bool:
    """Say whether a title stands before where it appeared, in one paragraph or two, and an abstract follows."""
    title = passages[i]
    own = _VOLUME.search(title.text)
    after = i + 1 if own else i + 2
    if after >= len(passages) or len(title.text) > _LONGEST_TITLE or title.kind not in (PARAGRAPH, HEADING):
        return False
    if own is None and not (_VOLUME.search(passages[i + 1].text) and len(passages[i + 1].text) < 120):
        return False
    return (own is None or own.start() > 30) and bool(_SECTION.match(passages[after].text))


def _is_title(passage: Passage) -> bool:
    return (
        passage.kind == PARAGRAPH
        and not passage.text.isupper()
        and len(passage.text) < _LONGEST_TITLE
        and not _LABEL.match(passage.text)
    )


def _opens(passage: Passage) -> bool:
    return passage.kind in (BULLET, HEADING, PARAGRAPH) and bool(_OPENS.match(passage.text))


def _topic(page: Page, record: Sequence[Passage]) -> Thing | None:
    """The medicine that the title names, else its first molecule, else the first medicine of the text."""
    title = [m for m in page.mentions(record[0]) if m.is_molecule and not _CARRIER.match(record[0].text, m.end)]
    found = [m for m in title if m.category == "drug"] or title
    found = found or [m for p in record[1:] for m in page.mentions(p) if m.category == "drug"]
    return things_of(found[0]) if found else None
