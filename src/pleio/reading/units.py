"""Units of reading: the sentences and bullets of a page, each with its label, topic, section and disease."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from .gazetteer import Mention
from .page import Page
from .sentences import panel_lead, sentences
from .structure import BULLET, CAPTION, PARAGRAPH, Passage
from .things import Thing
from .unit import Unit
from .words import words_of

_LABEL = re.compile(r"([A-Z][^.:;!?]{1,90}?)(?:\s?:|\s[–—-])\s+(?=\S)")
_MODES = (
    ("adverse", re.compile(r"adverse|side[- ]effects?|safety|toxicit|tolerability", re.I)),
    ("pk", re.compile(r"pharmacokinetic|absorption|\bADME\b|disposition", re.I)),
    ("structure", re.compile(r"\bstructur|\bdomains?\b|architecture|topology", re.I)),
    (
        "indication",
        re.compile(r"indication|clinical (?:applications?|uses?)|therapeutic (?:applications?|uses?)|approved", re.I),
    ),
    ("signal", re.compile(r"signal|pathway|cascade|transduction|activation|downstream", re.I)),
    ("function", re.compile(r"\bfunctions?\b|\broles?\b|system\b|effects|biolog", re.I)),
)


def topic_of(page: Page) -> Thing | None:
    """Give what the page is about: its gene, or the molecule that its first sentences name first."""
    if page.gene is not None:
        symbol = page.gene.symbol
        return Thing(symbol, page.gene.curie, None, "molecule")
    for passage in page.outline.passages[:6]:
        for mention in page.mentions(passage):
            if mention.is_molecule:
                return Thing(mention.text, mention.curie or None, None, "molecule", mention=mention)
    return None


def units_of(page: Page, topic: Thing | None) -> Iterator[Unit]:
    """Give the units of a page in the order of the text."""
    for passage in page.outline.passages:
        if passage.kind not in (PARAGRAPH, BULLET, CAPTION) or not passage.text:
            continue
        mentions = page.mentions(passage)
        starts = [m.start for m in mentions]
        disease = _heading_disease(page, passage)
        panel = ""
        for sentence in sentences(passage.text):
            panel = sentence.panel or panel
            text = passage.text[sentence.start : sentence.end]
            if len(text) < 8 or not re.search(r"[a-z]", text):
                continue
            # only those of the sentence: rules go through them many times, and a passage may be one long line
            low = bisect_left(starts, sentence.start)
            own = mentions[low : bisect_left(starts, sentence.end)]
            yield _unit(page, passage, own, sentence.start, sentence.end, panel, topic, disease)


def _unit(
    page: Page,
    passage: Passage,
    mentions: list[Mention],
    start: int,
    end: int,
    panel: str,
    topic: Thing | None,
    disease: Mention | None,
) -> Unit:
    body = panel_lead(passage.text, start) if panel else start
    label = ""
    found = _LABEL.match(passage.text, body, end)
    subject = topic
    if found and end - found.end() > 3:
        label, body = found[1], found.end()
        if passage.text[: found.end()].count("(") != passage.text[: found.end()].count(")"):
            label, body = "", found.start()
    mode = _mode(passage)
    if label:
        own = [m for m in mentions if start <= m.start < body and m.category == "gene"]
        if own and own[0].start - start < 3:
            subject = Thing(own[0].text, own[0].curie or None, None, "molecule", mention=own[0])
        named = [m for m in mentions if start <= m.start and m.end <= body and m.category == "disease"]
        if named and named[0].end - named[0].start >= 0.6 * len(label):
            disease = named[0]
    words = words_of(passage.text, body, end, mentions)
    titles = passage.headings[-1:]
    tissues = tuple(m for title in titles for m in page.gazetteer.find(title) if m.category == "tissue")
    return Unit(
        passage, start, end, body, label, panel, mentions, words,
        topic=subject, mode=mode, disease=disease, bullet=passage.kind == BULLET,
        heading_tissues=tissues,
    )  # fmt: skip


def _mode(passage: Passage) -> str:
    """What kind of section this is, by the nearest heading that says so."""
    for title in reversed(passage.headings):
        for mode, pattern in _MODES:
            if pattern.search(title):
                return mode
        if not title.endswith(":") and passage.level != 0:
            break
    return ""


def _heading_disease(page: Page, passage: Passage) -> Mention | None:
    """The disease that the nearest headings name, if a heading is about a disease."""
    for title in reversed(passage.headings[-2:] if passage.headings else ()):
        found = [m for m in page.gazetteer.find(title) if m.category == "disease"]
        if found:
            return found[0]
        if any(pattern.search(title) for _, pattern in _MODES[:3]):
            return None
    return None
