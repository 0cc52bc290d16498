"""Units of reading: the sentences and bullets of a page, each with its label, topic, section and disease."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from .actors.agent import is_medicine
from .documents.page import Page
from .documents.records import topics_of_records
from .documents.sentences import panel_lead, sentences
from .documents.structure import BULLET, CAPTION, HEADING, PARAGRAPH, Passage
from .headings import LISTS, heading_disease, heading_molecule, heading_tissues, is_planned, mode_of, place_mode
from .label import label_of
from .names.mention import Mention
from .names.named import is_illness
from .plain.amount_words import without_amounts
from .plain.aside import set_aside
from .plain.elided import filled
from .plain.masked import words_of
from .plain.owned import owned
from .plain.said import plainly
from .plain.word import Word
from .things import Thing
from .unit import Unit
from .words.inflection import forms


def units_of(page: Page, topic: Thing | None) -> Iterator[Unit]:
    """Give the units of a page in the order of the text."""
    lead: list[Word] = []
    seen: set[str] = set()
    records = topics_of_records(page)
    for passage in page.outline.passages:
        if passage.kind == HEADING:
            lead = []  # what stood open before a heading is not completed after it
        if passage.kind not in (PARAGRAPH, BULLET, CAPTION) or not passage.text:
            continue
        if is_planned(passage):
            continue
        if len(passage.text) >= _REPEATED and passage.text in seen:
            continue  # a scrape that holds the same block twice says it once
        seen.add(passage.text)
        mentions = page.mentions(passage)
        starts = [m.start for m in mentions]
        disease = heading_disease(page, passage)
        about = records[passage.start] if passage.start in records else heading_molecule(page, passage) or topic
        panel = ""
        led = lead if passage.kind == BULLET else []
        if passage.kind != BULLET:
            lead = []
        families: tuple[Mention, ...] = tuple(m for m in mentions if m.category == "family")
        for sentence in sentences(passage.text):
            panel = sentence.panel or panel
            text = passage.text[sentence.start : sentence.end]
            listed = bool(led) or (passage.kind == BULLET and mode_of(passage) in (*LISTS, "adverse", "indication"))
            if (len(text) < 8 or not re.search(r"[a-z]", text)) and not listed:
                continue
            # only those of the sentence: rules go through them many times, and a passage may be one long line
            low = bisect_left(starts, sentence.start)
            own = mentions[low : bisect_left(starts, sentence.end)]
            unit = _unit(page, passage, own, sentence.start, sentence.end, panel, about, disease)
            unit.record = records.get(passage.start)
            unit.families = tuple(m for m in families if m.end <= sentence.start)
            if led and sentence.start == 0 and not unit.label and _is_listed(unit.words):
                unit.words = [*led, *unit.words]
            yield unit
            if passage.kind == PARAGRAPH and sentence.end >= len(passage.text.rstrip()):
                lead = _lead(unit.words)


_REPEATED = 24  # letters; a shorter passage may stand under two headings and say two things
_OPEN = set("with are include includes comprise comprises by in encompass".split())


def _lead(words: list[Word]) -> list[Word]:
    """The words of a sentence that the list after it completes ("It is produced by:"), placed before all text."""
    kept = words[:-1] if words and words[-1].text in (":", "…", "-") else words
    if not kept or len(kept) > 40:
        return []
    last = kept[-1]
    if last.lower not in _OPEN:
        return []
    shift = last.end + 10
    return [replace(w, start=w.start - shift, end=w.end - shift, parens=[]) for w in kept]


def _is_listed(words: list[Word]) -> bool:
    """Say whether a bullet can complete the sentence above its list: it begins with a noun, not with a verb."""
    if not words or len(words) > 30:
        return False
    form = forms().get(words[0].lower) if words[0].mention is None else None
    return form is None or form[1] in ("ing", "ed")


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
    label, body = label_of(passage.text, body, end)
    subject = topic
    mode = mode_of(passage)
    mode = mode if mode in ("adverse", "pk", "indication") else place_mode(label) or mode
    if label:
        own = [m for m in mentions if start <= m.start < body and m.category == "gene"]
        if own and own[0].start - start < 3:
            subject = Thing(own[0].text, own[0].curie or None, None, "molecule", mention=own[0])
        named = [m for m in mentions if start <= m.start and m.end <= body and is_illness(m)]
        if named and named[0].end - named[0].start >= 0.6 * len(label):
            disease = named[0]
    words = set_aside(filled(without_amounts(words_of(passage.text, body, end, mentions))))
    words = owned(plainly(words, mentions), _owner(page, subject, passage, start), bool(label) or mode in LISTS)
    return Unit(
        passage, start, end, body, label, panel, mentions, words,
        topic=subject, owner=topic, mode=mode, disease=disease, bullet=passage.kind == BULLET,
        heading_tissues=heading_tissues(page, passage),
    )  # fmt: skip


def _owner(page: Page, topic: Thing | None, passage: Passage, start: int) -> Mention | None:
    """Whose levels and loss a sentence means that does not say it: the page's subject, where the page is an entry.

    Not where the sentence before begins with another molecule, or this one names another before.
    """
    if topic is None or not topic.is_molecule or not page.is_entry or is_medicine(topic):
        return None
    before = passage.text[:start].rstrip()
    opening = max(before.rfind(". "), before.rfind("; ")) + 2 if before else 0
    named = [m for m in page.mentions(passage) if opening <= m.start < start and m.is_molecule] if before else []
    if named and named[0].start - opening < 4 and all(m.curie != topic.curie for m in named):
        return None
    return topic.mention or Mention(0, 0, topic.name, topic.curie or "", topic.name, "gene")
