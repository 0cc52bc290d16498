"""Read a document: its passages cut into sentences, each read by every rule, drafts made into statements with exact
spans.

A reader is anything with `name` and `read(page) -> list of Statement`; `Rules` is the one that ships on by default.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from .clauses import clauses
from .context import context_of, legend_of
from .document import Document
from .doses import amounts, doses_by_agent
from .draft import Draft
from .gazetteer import ground
from .lists import pieces
from .page import Page
from .rules.attributes import attributes
from .rules.complexes import complexes
from .rules.effects import effects
from .rules.fragments import adjectives_alone, fragments
from .rules.infobox import RowDraft, infobox
from .rules.levels import levels
from .rules.relations import relations
from .rules.therapy import therapy
from .settle import denied, is_sound, settled, unique
from .statement import Statement
from .structure import Passage
from .things import Thing
from .unit import Unit, attach_lists
from .units import topic_of, units_of
from .words import tag

RULES: tuple[Callable[[Unit], Iterator[Draft]], ...] = (
    effects, levels, relations, therapy, fragments, adjectives_alone, attributes, complexes,
)  # fmt: skip
BATCH = 200  # units tagged at once


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
    return sorted(unique(found), key=lambda s: (s.start, s.end, s.subject, s.relation, s.object))


class Rules:
    """The reader that ships: rules over known names and tagged phrases; no network, no chance."""

    name = "rules"

    def read(self, page: Page) -> list[Statement]:
        """Give the statements of a page."""
        topic = topic_of(page)
        out = [_from_row(page, row) for row in infobox(page, topic)]
        batch: list[Unit] = []
        state = _State(page, topic)
        for unit in units_of(page, topic):
            batch.append(unit)
            if len(batch) >= BATCH:
                out += state.read(batch)
                batch = []
        out += state.read(batch)
        return out


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
        if not unit.panel and re.search(r"\([A-H]\)\s[A-Z]", unit.passage.text[unit.end :]):
            self.legend = {**self.legend, **legend_of(unit)}
        unit.previous_subject = self.previous or self.topic
        drafts = denied(unit.text, [d for rule in RULES for d in rule(unit) if is_sound(d)])
        drafts = settled(drafts)
        self._remember(unit, drafts)
        return list(unique(self._statement(unit, d) for d in drafts))

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
            dose = given.get(key) or (given.get("") if len(given) == 1 else None) or self._dose_within(unit, draft)
            duration = self.duration
            if unit.panel:
                dose = dose or self.doses.get(key)
        context = context_of(unit, draft, self.legend if unit.panel else None)
        return make_statement(self.page, unit, draft, context, dose, duration)

    def _dose_within(self, unit: Unit, draft: Draft) -> str | None:
        """The dose of "the A inhibitor B (10 µM)" may hang on the name that is part of the subject's."""
        if draft.subject.mention is not None:
            return None
        for m in unit.mentions:
            if m.is_molecule and m.text in draft.subject.name and (m.curie or m.text) in self.given:
                return self.given[m.curie or m.text]
        return None


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
        draft.object.name, draft.object.curie or _grounded(draft.object.name),
        draft.aspect if draft.relation not in _NO_ASPECT else None,
        draft.status, draft.modality, context, dose, duration, keys, unit.passage.headings, draft.rule,
    )  # fmt: skip


_NO_ASPECT = {
    "binds", "part_of", "member_of", "expressed_in", "secreted_by", "has_identifier", "has_property",
    "treats",
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


def _from_row(page: Page, row: RowDraft) -> Statement:
    d = row.draft
    object_id = d.object.curie or (None if d.relation == "has_identifier" else _grounded(d.object.name))
    return Statement(
        page.document.name, row.start, row.end, page.text[row.start : row.end], d.subject.name, d.subject.curie,
        d.relation, d.object.name, object_id, None, rule=d.rule,
    )  # fmt: skip
