"""Read a document: its passages cut into sentences, each read by every rule, drafts made into statements with exact
spans.

A reader is anything with `name` and `read(page) -> list of Statement`; `Rules` is the one that ships on by default.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from .actors.agent import is_medicine, next_agent, next_pair
from .complete import attach_lists, completed, lists_in
from .coreference import Salience, resolve
from .documents.document import Document
from .documents.markup import Citation
from .documents.page import Page
from .documents.records import titles_of_records
from .documents.structure import BULLET, Passage
from .draft import Draft
from .grammar.clauses import clauses
from .grammar.lists import pieces
from .grammar.measures import without_measures
from .grammar.parsed import parsed
from .grammar.phrases import cut_phrases
from .grammar.shared import shared
from .grammar.tagging import tag
from .names.meaning import ground
from .plain.aside import with_denied
from .rules.attributes.attributes import attributes
from .rules.attributes.listed_names import listed_names
from .rules.carried.taken_over import EFFECTS, carried
from .rules.effects.effects import effects
from .rules.levels.levels import levels
from .rules.relations.complexes import complexes
from .rules.relations.kinds import kinds
from .rules.relations.relations import relations
from .rules.tables.cells import row_facts
from .rules.tables.grid import grid
from .rules.tables.infobox import RowDraft, infobox
from .rules.tables.tabled import tabled
from .rules.therapy.therapy import therapy
from .rules.verbless.fragments import adjectives_alone, fragments
from .rules.verbless.legends import verbless
from .settle import denied, hedged, is_sound, joined, paired, settled, unique
from .slots.context import context_of
from .slots.scope import Experiment, Scope, is_past
from .slots.set_up import compared_cohort, lacking
from .slots.setting import Setting, announced
from .statement import Statement
from .things import Thing
from .unit import Unit
from .units import units_of

RULES: tuple[Callable[[Unit], Iterator[Draft]], ...] = (
    effects, levels, relations, therapy, kinds, fragments, verbless, adjectives_alone, attributes, complexes,
    listed_names,
)  # fmt: skip
BY_FRAMES = (effects, levels, relations, therapy, kinds)  # the rules that ask for verbs and their arguments
MOST_VERBS = 40  # in one sentence; more is no language
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
        topic = page.topic
        out = [_from_row(page, row) for row in infobox(page, topic)]
        out += [_of_table(page, *found) for rule in (grid, tabled) for found in rule(page, _sentence)]
        batch: list[Unit] = []
        state = _State(page, topic)
        for unit in units_of(page, topic):
            batch.append(unit)
            if len(batch) >= BATCH:
                out += state.read(batch)
                batch = []
        out += state.read(batch)
        return out


def _sentence(text: str) -> list[Statement]:
    """Read a text by itself; one that is no table, so that this goes no deeper."""
    return read(Document("cell", text.replace("|", " ").replace("<", " ")))


_KEYS = ("species", "cell_type", "tissue", "disease", "system")


def _of_table(page: Page, draft: Draft, start: int, end: int) -> Statement:
    object_id = draft.object.curie or ground_id(draft.object.name)
    aspect = draft.aspect if draft.relation not in _NO_ASPECT else None
    context, dose, duration = announced(page, start)
    own, own_dose, own_duration, keys = row_facts(page, start)
    if draft.relation == "causes_adverse_event":
        own.pop("disease", None)  # the row names the event itself
    said = {**dict(context), **own}
    if draft.relation not in EFFECTS:
        said.pop("cell_type", None)
    context = tuple((key, said[key]) for key in _KEYS if key in said)
    dose, duration = own_dose or dose, own_duration or duration
    if draft.relation not in (*EFFECTS, "causes_adverse_event"):
        dose = duration = None
    if draft.relation not in (*EFFECTS, "causes_adverse_event", "has_property"):
        context = ()
    return Statement(
        page.document.name, start, end, page.text[start:end], draft.subject.name, draft.subject.curie, draft.relation,
        draft.object.name, object_id, aspect, draft.status, draft.modality, context, dose, duration, keys,
        rule=draft.rule,
    )  # fmt: skip


class _State:
    """What carries over from sentence to sentence: who "it" is, a legend's doses, the lead of a list."""

    def __init__(self, page: Page, topic: Thing | None) -> None:
        self.page, self.topic = page, topic
        self.titles = titles_of_records(page)
        self.last: Thing | None = None
        self.listed: Thing | None = None
        self.intro = ""
        self.previous: Thing | None = None
        self.passage: Passage | None = None
        self.headings: tuple[str, ...] = ()
        self.effects: tuple[Draft, ...] = ()
        self.lost: Thing | None = None
        self.agent: Thing | None = None
        self.cohort: Thing | None = None
        self.harmful: Thing | None = None
        self.pair: tuple[Thing, ...] = ()
        self.record: Thing | None = None
        self.salience = Salience()
        self.panel = ""  # that of the effects
        self.stale = False
        self.scope = Scope()
        self.run = Experiment()
        self.setting = Setting()

    def read(self, units: list[Unit]) -> list[Statement]:
        tag([u.words for u in units])
        out: list[Statement] = []
        for unit in units:
            resolve(unit, self.salience)
            cut = pieces(unit.words)
            attach_lists(cut, unit.mentions)
            unit.lists = lists_in(cut)
            if sum(piece.kind == "vg" for piece in cut) > MOST_VERBS:
                continue
            unit.clauses = without_measures(with_denied(shared(unit.words, clauses(cut))))
            unit.parsed = without_measures(with_denied(shared(unit.words, parsed(unit.words, cut_phrases(unit.words)))))
            out += self._unit(unit)
        return out

    def _unit(self, unit: Unit) -> list[Statement]:
        if unit.passage.headings != self.headings or unit.record is not self.record:
            self.headings, self.intro, self.previous, self.last = unit.passage.headings, "", None, None
            self.run, self.record = Experiment(), unit.record
            self.agent, self.pair = (unit.topic if is_medicine(unit.topic) else None), ()
        if unit.passage is not self.passage:
            if not unit.bullet:
                self.last = None
            elif self.passage is None or self.passage.kind != BULLET:
                self.listed = self.last  # what the sentence above a list was about, for each of its bullets
            else:
                self.last = self.listed
            if not (unit.panel and self.scope.legend):  # panels that stand apart from the title of their legend
                self.scope = Scope.of(unit.passage, self.run)
                self.setting = Setting.of(self.page, unit.passage, self.titles.get(unit.passage.start, ""))
            self.passage = unit.passage
            self.effects, self.lost, self.cohort, self.harmful = (), None, None, None
        unit.stale = self.stale or unit.panel != self.panel
        unit.last, unit.intro = self.last, self.intro
        unit.effects, unit.lost, unit.harmful = self.effects, self.lost, self.harmful
        unit.given = tuple(self.scope.agents)
        unit.agent, unit.pair, unit.cohort = self.agent, self.pair, self.cohort
        self.scope.enter(unit)
        self.setting.hear(unit, self.run.place)
        unit.previous_subject = self.previous or self.topic
        drafts = hedged(unit.text, unit.body, denied(unit.text, self._completed(unit)))
        drafts = paired(unit.text, unit.body, settled(drafts))
        self._remember(unit, drafts)
        found = list(unique(self._statement(unit, d) for d in drafts))
        self.scope.leave(unit, drafts)
        given = self.scope.agents if self.scope.opened else []
        self.stale = self.stale or bool(given)
        self.agent = next_agent(drafts, given, self.agent)
        self.pair = next_pair(drafts, given, self.pair)
        if self.scope.opened and not self.scope.legend:
            self.setting.take(unit, self.run.place)
        self.setting.leave(unit, self.scope.legend, self.scope.opened, told=bool(drafts))
        return found

    def _completed(self, unit: Unit) -> list[Draft]:
        return completed(self._drafts(unit), unit.lists, unit.passage.text, unit.body, unit.end)

    def _drafts(self, unit: Unit) -> list[Draft]:
        """Read a unit by its parse and by the order of its phrases, and join what they give."""
        by_order = [d for rule in RULES for d in rule(unit) if is_sound(d)]
        if not unit.parsed.frames:
            return by_order
        kept, unit.clauses = unit.clauses, unit.parsed
        by_arcs = [d for rule in BY_FRAMES for d in rule(unit) if is_sound(d)]
        by_arcs += [d for d in carried(unit, by_arcs, joined(by_arcs, by_order)) if is_sound(d)]
        unit.clauses = kept
        return joined(by_arcs, by_order)

    def _remember(self, unit: Unit, drafts: list[Draft]) -> None:
        if not unit.bullet and unit.text.rstrip().endswith(":"):
            self.intro = unit.text
        effects_ = tuple(d for d in drafts if d.relation in EFFECTS and d.verb >= 0)
        if effects_:
            self.effects, self.panel, self.stale = effects_, unit.panel, False
        self.cohort = compared_cohort(unit) or self.cohort
        harms = [d.subject for d in drafts if d.relation == "causes_adverse_event" and d.status == "asserted"]
        self.harmful = harms[0] if harms else None
        self.lost = next((d.subject for d in effects_ if d.system), None) or lacking(unit) or self.lost
        molecules = [d.subject for d in drafts if d.subject.is_molecule]
        if molecules:
            self.last = min(molecules, key=lambda t: t.start if t.start >= unit.body else unit.end)
            if unit.bullet and unit.label == "":
                self.previous = molecules[-1]
        else:
            named = [m for m in unit.mentions if unit.body <= m.start < unit.end and m.is_molecule]
            if named and unit.clauses.frames and named[0].start - unit.body < 30:
                m = named[0]
                self.last = Thing(m.text, m.curie or None, None, "molecule", mention=m)

    def _statement(self, unit: Unit, draft: Draft) -> Statement:
        effect = draft.relation in EFFECTS or draft.relation == "causes_adverse_event"
        dose, duration = self.scope.amounts_of(unit, draft) if effect else (None, None)
        happened = effect and is_past(unit, draft)
        context = context_of(unit, draft, self.setting.of_unit(self.run.place, happened, unit.panel))
        return make_statement(self.page, unit, draft, context, dose, duration)


def make_statement(
    page: Page, unit: Unit, draft: Draft, context: tuple[tuple[str, str], ...], dose: str | None, duration: str | None
) -> Statement:
    """Give a draft its span, citations and headings."""
    start, end = unit.passage.source(unit.start, unit.end)
    marks = [m for m in unit.passage.citations if _in_range(m.start, start, end, page)]
    if unit.bullet:
        marks = marks or list(unit.passage.citations)  # those of the bullet, where the sentence has none of its own
    keyed = [m for m in marks if m.style != "author"] or marks
    if marks:
        end = max(end, max((m.end for m in marks if m.start <= end + 2), default=end))
    keyed = _of_clause(unit, draft, keyed)
    keys = tuple(dict.fromkeys(k for m in keyed for k in m.keys))
    return Statement(
        page.document.name, start, end, page.text[start:end],
        draft.subject.name, draft.subject.curie or page.abbreviated(draft.subject.name), draft.relation,
        draft.object.name, draft.object.curie or page.abbreviated(draft.object.name) or ground_id(draft.object.name),
        draft.aspect if draft.relation not in _NO_ASPECT else None,
        draft.status, draft.modality, context, dose, duration, keys, unit.passage.headings, draft.rule,
    )  # fmt: skip


def _of_clause(unit: Unit, draft: Draft, marks: list[Citation]) -> list[Citation]:
    """The marks of a claim's own clause, where each clause of the sentence carries its own."""
    if draft.verb < 0 or len(marks) < 2 or unit.bullet:
        return marks
    turns = [unit.body + m.start() for m in _TURN.finditer(unit.text)]
    ends = [unit.passage.source(turn, turn + 1)[0] for turn in turns] + [unit.passage.source(unit.end - 1, unit.end)[1]]
    groups: dict[int, list[Citation]] = {}
    for mark in marks:
        groups.setdefault(sum(mark.start > end for end in ends[:-1]), []).append(mark)
    own = sum(draft.verb > turn for turn in turns)
    after = [n for n in sorted(groups) if n >= own]
    return groups[after[0]] if after and len(groups) > 1 else marks


_TURN = re.compile(r";\s(?=\w)|,?\s(?:whereas|while|although|but)\s")
_NO_ASPECT = {
    "binds", "part_of", "member_of", "expressed_in", "secreted_by", "has_identifier", "has_property",
    "treats",
    "causes_adverse_event", "under_investigation_for",
}  # fmt: skip


def _in_range(at: int, start: int, end: int, page: Page) -> bool:
    """A mark belongs to the sentence that it stands in or directly after."""
    if start <= at < end:
        return True
    gap = page.text[end:at]
    bare = re.sub(r"\[[^\]]*\]|\([^)]*\)|</?[a-z][^<>]*>", "", gap)
    return at >= end and len(gap) < 60 and not re.search(r"[A-Za-z]{3,}", bare)


def ground_id(name: str) -> str | None:
    term = ground(name)
    return (term.curie or None) if term is not None else None


def _from_row(page: Page, row: RowDraft) -> Statement:
    d = row.draft
    object_id = d.object.curie or (None if d.relation == "has_identifier" else ground_id(d.object.name))
    return Statement(
        page.document.name, row.start, row.end, page.text[row.start : row.end], d.subject.name, d.subject.curie,
        d.relation, d.object.name, object_id, None, rule=d.rule,
    )  # fmt: skip
