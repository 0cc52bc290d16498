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
from .names.mention import Mention
from .names.named import is_illness, is_of_more, placed_before
from .plain.amount_words import without_amounts
from .plain.aside import set_aside
from .plain.elided import filled
from .plain.masked import Word, words_of
from .plain.owned import owned
from .plain.said import plainly
from .slots.setting import GENERAL
from .things import Thing
from .unit import Unit
from .words.inflection import forms

_LABEL = re.compile(r"([A-Z][^.:;!?]{1,90}?)(?:\s?:|\s[–—-])\s+(?=\S)")
_MODES = (
    (
        "partner",
        re.compile(
            r"^(?:(?:known|main|natural|its|endogenous|cell\w*) )*(?:(?:co-?)?receptors?|ligands?|binding partners?|"
            r"interact(?:ion|ing) partners?|(?:protein\S* |physical |reported |molecular )?interact(?:ions?|ors?))$",
            re.I,
        ),
    ),
    ("adverse", re.compile(r"adverse|undesirable|side[- ]effects?|safety|toxicit|tolerability", re.I)),
    ("pk", re.compile(r"pharmacokinetic|absorption|\bADME\b|disposition", re.I)),
    ("structure", re.compile(r"\bstructur|\bdomains?\b|architecture|topology", re.I)),
    (
        "indication",
        re.compile(
            r"indication|clinical (?:applications?|uses?)|therapeutic (?:applications?|uses?)|approved|\bused for\b|"
            r"^(?:medical )?uses$",
            re.I,
        ),
    ),
    (
        "disease",
        re.compile(
            r"^(?:(?:associated|related|linked|known) )?(?:diseases?|disorders?|(?:disease )?phenotypes?)"
            r"(?: and (?:diseases?|disorders?|phenotypes?|traits?))?"
            r"(?: (?:associations?|involvement|relevance|links?))?(?: \(\w+\))?$",
            re.I,
        ),
    ),
    ("names", re.compile(r"^(?:gene )?(?:alias(?:es)?|synonyms?|(?:other|alternative) names?)\b", re.I)),
    ("process", re.compile(r"^(?:GO[: ]+)?biological process(?:es)?\b", re.I)),
    ("signal", re.compile(r"signal|pathway|cascade|transduction|activation|downstream", re.I)),
    ("function", re.compile(r"\bfunctions?\b|\broles?\b|system\b|effects|biolog", re.I)),
    (
        "source",
        re.compile(
            r"^(?:(?:cell\w*|main|major|tissue) )*(?:sources?|production|producers?|secretion|synthesis)\b|"
            r"^(?:mainly )?(?:produced|secreted|made|released) (?:mainly )?by$",
            re.I,
        ),
    ),
    (
        "expression",
        re.compile(
            r"^(?:(?:tissue|cell\w*|protein|mRNA|gene|normal) )*(?:expression|distribution|specificity|locali[sz]ation)"
            r"(?: (?:pattern|profile)s?)?(?: and .*)?$|^(?:mainly )?expressed (?:mainly )?(?:in|by|on)$",
            re.I,
        ),
    ),
)


def topic_of(page: Page) -> Thing | None:
    """Give what the page is about: its gene, or the molecule that its first sentences name first."""
    return page.topic


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
        if any(_PLANNED.match(title) for title in passage.headings[-1:]):
            continue
        if len(passage.text) >= _REPEATED and passage.text in seen:
            continue  # a scrape that holds the same block twice says it once
        seen.add(passage.text)
        mentions = page.mentions(passage)
        starts = [m.start for m in mentions]
        disease = _heading_disease(page, passage)
        about = records[passage.start] if passage.start in records else _heading_molecule(page, passage) or topic
        panel = ""
        led = lead if passage.kind == BULLET else []
        if passage.kind != BULLET:
            lead = []
        families: tuple[Mention, ...] = tuple(m for m in mentions if m.category == "family")
        for sentence in sentences(passage.text):
            panel = sentence.panel or panel
            text = passage.text[sentence.start : sentence.end]
            listed = bool(led) or (passage.kind == BULLET and _mode(passage) in (*_LISTS, "adverse", "indication"))
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


# what a registry plans to measure and whom it takes in: nothing found
_PLANNED = re.compile(
    r"(?:[\d.]+ )?(?:(?:primary|secondary|other|main|key) )*(?:outcome measures?|end-?points?|(?:inclusion|exclusion|"
    r"eligibility) criteria)\b",
    re.I,
)
_LISTS = ("partner", "disease", "names", "source", "expression")  # sections whose bullets may be one short name each
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
    label = ""
    found = _LABEL.match(passage.text, body, end)
    subject = topic
    if found and (end - found.end() > 3 or passage.text[found.end() : end].strip(" .%").isdigit()):
        label, body = found[1], found.end()
        unclosed = passage.text[: found.end()].count("(") != passage.text[: found.end()].count(")")
        if _is_clause(label) or _breaks_off(found, passage.text[body:end]) or unclosed:
            label, body = "", found.start()
    mode = _mode(passage)
    mode = mode if mode in ("adverse", "pk", "indication") else _place_mode(label) or mode
    if label:
        own = [m for m in mentions if start <= m.start < body and m.category == "gene"]
        if own and own[0].start - start < 3:
            subject = Thing(own[0].text, own[0].curie or None, None, "molecule", mention=own[0])
        named = [m for m in mentions if start <= m.start and m.end <= body and is_illness(m)]
        if named and named[0].end - named[0].start >= 0.6 * len(label):
            disease = named[0]
    words = set_aside(filled(without_amounts(words_of(passage.text, body, end, mentions))))
    words = owned(
        plainly(words, mentions), _owner(page, subject, passage, start, mentions), bool(label) or mode in _LISTS
    )
    titles = passage.headings[-1:]
    tissues = tuple(m for title in titles for m in _tissues(page, title))
    return Unit(
        passage, start, end, body, label, panel, mentions, words,
        topic=subject, owner=topic, mode=mode, disease=disease, bullet=passage.kind == BULLET,
        heading_tissues=tissues,
    )  # fmt: skip


def _owner(page: Page, topic: Thing | None, passage: Passage, start: int, mentions: list[Mention]) -> Mention | None:
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


def _tissues(page: Page, title: str) -> list[Mention]:
    """The tissues that a heading names; one that is nothing but a list of them counts as one."""
    found = [m for m in page.gazetteer.find(title) if m.category == "tissue" and not is_of_more(title, m)]
    if len(found) > 1 and re.fullmatch(
        r"[\s,]*(?:and\s)?", re.sub("|".join(re.escape(m.text) for m in found), "", title)
    ):
        return [replace(found[0], text=title.strip(), end=found[0].start + len(title.strip()), curie="")]
    whole = len(title.strip())
    return [m for m in found if m.end - m.start >= 0.5 * whole or placed_before(title[: m.start])]


def _is_clause(label: str) -> bool:
    """Say whether what stands before a colon is a sentence of its own: "Mice without A healed poorly: …"."""
    words = [w.strip(",").lower() for w in label.split()]
    kinds = [forms().get(w, ("", ""))[1] for w in words]
    if len(words) > 4 and any(kind in ("ed", "s") for kind in kinds[1:]):
        return True
    if len(words) > 3 and kinds[1] == "s" and words[1] in _NAMING:
        return True  # "A binds three receptors: …"
    # "A did not change B: it …", "A raised B: it …": told as having happened, of something
    told = any(kind == "ed" and after not in _UNTOLD for kind, after in zip(kinds[1:-1], words[2:], strict=True))
    return len(words) > 2 and (told or "did" in words[1:-1])


_NAMING = {"binds", "engages", "recognises", "recognizes", "has", "uses", "contacts"}
_UNTOLD = {"by", "in", "with", "and", "or", "to", "from", "on", "for", "at", "of", "after", "levels", "expression"}


def _breaks_off(label: re.Match[str], rest: str) -> bool:
    """Say whether a dash after the first words breaks a sentence off: "A – which raises B – lowers C"."""
    return ":" not in label[0] and re.match(r"(?:and|but|which|who|a|an|the|or|yet|it|whereas)\s", rest) is not None


def _place_mode(label: str) -> str:
    """ "Expressed in: …", "Tissue distribution: …": a list of places, wherever it stands."""
    return next((mode for mode, pattern in (_MODES[0], *_MODES[-2:]) if label and pattern.fullmatch(label)), "")


def _mode(passage: Passage) -> str:
    """What kind of section this is, by the nearest heading that says so."""
    for title in reversed(passage.headings):
        for mode, pattern in _MODES:
            if pattern.search(title):
                return mode
        if not title.endswith(":") and passage.level != 0:
            break
    return ""


def _heading_molecule(page: Page, passage: Passage) -> Thing | None:
    """The molecule that a heading below the title names and nothing else: a section of its own."""
    for title in reversed(passage.headings):
        found = [m for m in page.gazetteer.find(title) if m.is_molecule]
        if len(found) != 1 or _AIMED.match(title[found[0].end :]):
            continue
        m = found[0]
        whole = m.end - m.start >= 0.6 * len(title.strip())
        if whole or (m.category == "drug" and _OF_DRUG.search(title) and not _SAYS.search(title)):
            return Thing(m.text, m.curie or None, None, "molecule", mention=m)
    return None


_OF_DRUG = re.compile(
    r"\b(?:safety|toxicity|toxicology|adverse|side[- ]effects?|tolerability|pharmaco\w+|kinetics|indications?|dosing|"
    r"dosage|(?:clinical|therapeutic) uses?|interactions?|overdos\w+|effects? (?:of|with)|trials? (?:of|with))\b",
    re.I,
)
_AIMED = re.compile(
    r"[-\s](?:inhibit\w+|block\w+|antagonis\w+|agonis\w+|antibod\w+|receptor|deficien\w+|null|pathway|signal\w+|"
    r"axis|famil\w+)\b",
    re.I,
)


_CAUTION = re.compile(r"^[\d. ]*(?:(?:special )?warnings?|precautions?|contraindications?)\b", re.I)
_LONGER = re.compile(
    r"[\w'-]+(?: [\w'-]+){0,2} (?:cachexia|disease|syndrome|fibrosis|injury|anemia|anaemia|\w+itis|\w+osis|pain)$"
)
_SAYS = re.compile(r"\b(?:\w+(?:ates|ises|izes|uces|ects|ents|ases|ives|ibits|ains|ulates)|is|are|acts|binds)\b")


def _heading_disease(page: Page, passage: Passage) -> Mention | None:
    """The disease that the nearest headings name, if a heading is about a disease, and not about a harm."""
    if any(_CAUTION.search(title) for title in passage.headings):
        return None
    for title in reversed(passage.headings[-2:] if passage.headings else ()):
        named = page.gazetteer.find(title)
        found = [m for m in named if m.category == "disease" and m.text.lower() not in GENERAL]
        if found and any(m.is_molecule for m in named) and _SAYS.search(title):
            continue  # "Loss of A attenuates fibrosis in mice" says something; it is no topic
        if found:
            whole = _LONGER.match(title, found[0].start)
            if whole and whole.end() > found[0].end and len(found) == 1:
                return replace(found[0], end=whole.end(), text=whole[0], curie="")
            return found[0]
        if any(pattern.search(title) for _, pattern in _MODES[1:4]):
            return None
    return None
