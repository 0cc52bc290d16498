"""Read a document: its passages cut into sentences, each read by every rule, drafts made into statements with exact spans.

A reader is anything with `name` and `read(page) -> list of Statement`; `Rules` is the one that ships on by default.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from .clauses import clauses
from .context import context_of
from .document import Document
from .doses import amounts, doses_by_agent
from .draft import Draft
from .gazetteer import Mention, ground
from .page import Page
from .phrases import pieces
from .rules.attributes import attributes
from .rules.complexes import complexes
from .rules.effects import effects
from .rules.fragments import adjectives_alone, fragments
from .rules.infobox import infobox
from .rules.levels import levels
from .rules.relations import relations
from .rules.therapy import therapy
from .sentences import panel_lead, sentences
from .statement import Statement
from .structure import BULLET, CAPTION, PARAGRAPH, Passage
from .things import Thing
from .unit import Unit, attach_lists
from .words import tag, words_of

RULES: tuple[Callable[[Unit], Iterator[Draft]], ...] = (
    effects, levels, relations, therapy, fragments, adjectives_alone, attributes, complexes,
)  # fmt: skip
BATCH = 200  # units tagged at once

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


class Reader(Protocol):
    """A plug-in that reads statements from a page."""

    name: str

    def read(self, page: Page) -> list[Statement]:
        """Give the statements of a page, in the order of the text."""
        ...


def read(document: Document, *, readers: Sequence[Reader] = ()) -> list[Statement]:
    """Read the statements of a document.

    Args:
        document: the document.
        readers: the readers to ask; by default only the rules.

    Example:
        >>> from pleio.reading import open_document
        >>> found = read(open_document(b"IL-6 did not increase SOCS3 mRNA in hepatocytes."))
        >>> [(s.subject, s.relation, s.object, s.aspect, s.status) for s in found]
        [('IL-6', 'no_effect', 'SOCS3', 'mRNA', 'null_result')]
    """
    page = Page(document)
    found = [statement for reader in readers or (Rules(),) for statement in reader.read(page)]
    return sorted(_unique(found), key=lambda s: (s.start, s.end, s.subject, s.relation, s.object))


class Rules:
    """The reader that ships: rules over known names and tagged phrases; no network, no chance."""

    name = "rules"

    def read(self, page: Page) -> list[Statement]:
        """Give the statements of a page."""
        topic = topic_of(page)
        out = [_from_row(page, row) for row in infobox(page, topic)]
        batch: list[Unit] = []
        state = _State(page, topic)
        for unit in _units(page, topic):
            batch.append(unit)
            if len(batch) >= BATCH:
                out += state.read(batch)
                batch = []
        out += state.read(batch)
        return out


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


class _State:
    """What carries over from sentence to sentence: who "it" is, a legend's doses, the lead of a list."""

    def __init__(self, page: Page, topic: Thing | None) -> None:
        self.page, self.topic = page, topic
        self.last: Thing | None = None
        self.intro = ""
        self.previous: Thing | None = None
        self.passage: Passage | None = None
        self.headings: tuple[str, ...] = ()
        self.doses: dict[str, str] = {}
        self.legend: dict[str, str] = {}
        self.given: dict[str, str] = {}
        self.duration: str | None = None
        self.panel = ""
        self.panel_duration: str | None = None

    def read(self, units: list[Unit]) -> list[Statement]:
        tag([u.words for u in units])
        out: list[Statement] = []
        for unit in units:
            cut = pieces(unit.words)
            attach_lists(unit, cut)
            unit.clauses = clauses(cut)
            out += self._unit(unit)
        return out

    def _unit(self, unit: Unit) -> list[Statement]:
        if unit.passage.headings != self.headings:
            self.headings, self.intro, self.previous, self.last = unit.passage.headings, "", None, None
        if unit.passage is not self.passage:
            if not unit.bullet:
                self.last = None
            self.doses, self.legend = {}, {}
            self.passage = unit.passage
        unit.last, unit.intro = self.last, self.intro
        self._amounts(unit)
        unit.previous_subject = self.previous or self.topic
        drafts = _denied(unit.text, [d for rule in RULES for d in rule(unit) if _sound(d)])
        drafts = _settled(drafts)
        self._remember(unit, drafts)
        return list(_unique(self._statement(unit, d) for d in drafts))

    def _amounts(self, unit: Unit) -> None:
        """Take the doses and the duration of a sentence; panels of a legend keep them for the sentences that follow."""
        found = amounts(unit.text)
        agents = [
            (m.start - unit.body, m.end - unit.body, m.curie or m.text)
            for m in unit.mentions
            if unit.body <= m.start < unit.end and m.is_molecule
        ]
        self.given = doses_by_agent(found, agents)
        self.doses = {**self.doses, **{k: v for k, v in self.given.items() if k}}
        if unit.panel != self.panel:
            self.panel, self.panel_duration = unit.panel, None
        if found.duration:
            self.panel_duration = found.duration
        self.duration = found.duration or (self.panel_duration if unit.panel else None)

    def _remember(self, unit: Unit, drafts: list[Draft]) -> None:
        if not unit.bullet and unit.text.rstrip().endswith(":"):
            self.intro = unit.text
        molecules = [d.subject for d in drafts if d.subject.is_molecule]
        if molecules:
            self.last = molecules[0]
            if unit.bullet and unit.label == "":
                self.previous = molecules[-1]
        else:
            named = [m for m in unit.mentions if unit.body <= m.start < unit.end and m.is_molecule]
            if named and unit.clauses.frames and named[0].start - unit.body < 30:
                m = named[0]
                self.last = Thing(m.text, m.curie or None, None, "molecule", mention=m)

    def _statement(self, unit: Unit, draft: Draft) -> Statement:
        key = draft.subject.curie or draft.subject.name
        effect = draft.relation in ("increases", "decreases", "no_effect", "regulates")
        dose = duration = None
        if effect:
            given = self.given
            dose = given.get(key) or (given.get("") if len(given) == 1 else None)
            duration = self.duration
            if unit.panel:
                dose = dose or self.doses.get(key)
        context = context_of(unit, draft, self.legend if unit.panel else None)
        if not unit.panel and not unit.bullet:
            self.legend = {k: v for k, v in context if k != "disease"}
        return make_statement(self.page, unit, draft, context, dose, duration)


_DENIED = re.compile(
    r"\b(?:could|can) ?not be (?:reproduced|replicated|confirmed|verified)|\b(?:was|were|has|have) (?:not|never) "
    r"(?:been )?(?:reproduced|replicated|confirmed)|"
    r"\bfailed to (?:replicate|reproduce|confirm)\b|\b(?:has|have) been (?:refuted|disproved|retracted)\b|"
    r"\bcontrary to\b.{0,30}\bclaims?\b",
    re.I,
)


def _denied(text: str, drafts: list[Draft]) -> list[Draft]:
    """A finding that could not be reproduced is refuted, whatever the clause in it says."""
    return [replace(d, status="refuted") for d in drafts] if _DENIED.search(text) else drafts


def _settled(drafts: list[Draft]) -> list[Draft]:
    """Drop the effect that restates a treatment or an adverse event."""
    taken = {(d.subject.name, d.object.name) for d in drafts if d.relation in ("treats", "causes_adverse_event")}
    return [
        d
        for d in drafts
        if d.relation not in ("increases", "decreases") or (d.subject.name, d.object.name) not in taken
    ]


def _settled(drafts: list[Draft]) -> list[Draft]:
    """Drop the effect that restates a treatment or an adverse event."""
    taken = {(d.subject.name, d.object.name) for d in drafts if d.relation in ("treats", "causes_adverse_event")}
    return [
        d
        for d in drafts
        if d.relation not in ("increases", "decreases") or (d.subject.name, d.object.name) not in taken
    ]


def make_statement(
    page: Page, unit: Unit, draft: Draft, context: tuple[tuple[str, str], ...], dose: str | None, duration: str | None
) -> Statement:
    """Give a draft its span, citations and headings."""
    start, end = unit.passage.source(unit.start, unit.end)
    marks = [m for m in unit.passage.citations if _in_range(m.start, start, end, unit, page)]
    keyed = [m for m in marks if m.style != "author"] or marks
    if marks:
        end = max(end, max((m.end for m in marks if m.start <= end + 2), default=end))
    keys = tuple(dict.fromkeys(k for m in keyed for k in m.keys))
    return Statement(
        page.document.name, start, end, page.text[start:end], draft.subject.name, draft.subject.curie, draft.relation,
        draft.object.name, draft.object.curie or _grounded(draft.object.name), draft.aspect if draft.relation not in _NO_ASPECT else (draft.aspect if draft.relation == "associated_with" else None),
        draft.status, draft.modality, context, dose, duration, keys, unit.passage.headings, draft.rule,
    )  # fmt: skip


_NO_ASPECT = {
    "binds", "part_of", "member_of", "expressed_in", "secreted_by", "has_identifier", "has_property",
    "associated_with", "treats",
    "causes_adverse_event", "under_investigation_for",
}  # fmt: skip


def _in_range(at: int, start: int, end: int, unit: Unit, page: Page) -> bool:
    """A mark belongs to the sentence that it stands in or directly after."""
    if unit.bullet:
        return True
    if start <= at < end:
        return True
    gap = page.text[end:at]
    return at >= end and len(gap) < 40 and not re.search(r"[A-Za-z]{3,}", re.sub(r"\[[^\]]*\]|\([^)]*\)", "", gap))


def _grounded(name: str) -> str | None:
    term = ground(name)
    return (term.curie or None) if term is not None else None


def _sound(draft: Draft) -> bool:
    """Leave out drafts that say nothing: empty names, pronouns, an entity acting on itself by accident."""
    if not draft.subject.name or not draft.object.name or "anaphor" in (draft.subject.kind, draft.object.kind):
        return False
    if re.search(r"\bet al\b|^(?:we|he|she|you|one|who)$", draft.subject.name):
        return False
    if re.search(r"\bet al\b|^(?:we|he|she|you|one|who)$", draft.subject.name):
        return False
    if (
        len(draft.object.name) > 160
        or len(draft.subject.name) > 100
        or not re.search(r"[A-Za-z]{2}|\d", draft.object.name)
    ):
        return False
    same = (draft.subject.curie or draft.subject.name.lower()) == (draft.object.curie or draft.object.name.lower())
    return not same or draft.relation == "binds" or draft.aspect == "phosphorylation"


def _unique(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Keep one of several statements that say the same of one span; the first rule to read it wins."""
    seen: set[tuple[object, ...]] = set()
    for s in statements:
        relation = s.relation if s.relation not in ("increases", "decreases", "no_effect") else s.relation
        key = (s.start, s.end, (s.subject_id or s.subject.lower()), relation, (s.object_id or s.object.lower()))
        if key not in seen:
            seen.add(key)
            yield s


def _from_row(page: Page, row: object) -> Statement:
    from .rules.infobox import RowDraft

    assert isinstance(row, RowDraft)
    d = row.draft
    return Statement(
        page.document.name, row.start, row.end, page.text[row.start : row.end], d.subject.name, d.subject.curie, d.relation,
        d.object.name, d.object.curie or (None if d.relation == "has_identifier" else _grounded(d.object.name)), None, rule=d.rule,
    )  # fmt: skip


def _units(page: Page, topic: Thing | None) -> Iterator[Unit]:
    for passage in page.outline.passages:
        if passage.kind not in (PARAGRAPH, BULLET, CAPTION) or not passage.text:
            continue
        mentions = page.mentions(passage)
        disease = _heading_disease(page, passage)
        panel = ""
        for sentence in sentences(passage.text):
            panel = sentence.panel or panel
            text = passage.text[sentence.start : sentence.end]
            if len(text) < 8 or not re.search(r"[a-z]", text):
                continue
            yield _unit(page, passage, mentions, sentence.start, sentence.end, panel, topic, disease)


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
    return Unit(
        passage, start, end, body, label, panel, mentions, words, topic=subject, mode=mode, disease=disease, bullet=passage.kind == BULLET,
        heading_tissues=tuple(m for t in passage.headings[-1:] for m in page.gazetteer.find(t) if m.category == "tissue"),
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
