"""What carries over from sentence to sentence: who "it" is, who acts, a legend's doses, the lead of a list."""

from __future__ import annotations

from copy import copy

from .actors.agent import is_medicine, next_agent, next_pair
from .documents.page import Page
from .documents.records import titles_of_records
from .documents.structure import BULLET, Passage
from .draft import Draft
from .rules.carried.taken_over import EFFECTS
from .slots.context import context_of
from .slots.contrast import seen_from
from .slots.scope import Experiment, Scope, is_past
from .slots.set_up import compared_cohort, lacking
from .slots.setting import Setting
from .statement import Statement
from .stating import stated
from .things import Thing
from .unit import Unit


class Memory:
    """What sentences have told that the next may leave out; each enters and leaves in the order of the text."""

    def __init__(self, page: Page) -> None:
        self.page, self.topic = page, page.topic
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
        self.panel = ""  # that of the effects
        self.stale = False
        self.scope = Scope()
        self.run = Experiment()
        self.setting = Setting()

    def enter(self, unit: Unit) -> None:
        """Give a sentence what those before it told."""
        if unit.passage.headings != self.headings or unit.record is not self.record:
            self._enter_section(unit)
        if unit.passage is not self.passage:
            self._enter_passage(unit)
        unit.stale = self.stale or unit.panel != self.panel
        unit.last, unit.intro = self.last, self.intro
        unit.effects, unit.lost, unit.harmful = self.effects, self.lost, self.harmful
        unit.given = tuple(self.scope.agents)
        unit.agent, unit.pair, unit.cohort = self.agent, self.pair, self.cohort
        self.scope.enter(unit)
        self.setting.hear(unit, self.run.place)
        unit.previous_subject = self.previous or self.topic

    def _enter_section(self, unit: Unit) -> None:
        self.headings, self.intro, self.previous, self.last = unit.passage.headings, "", None, None
        self.run, self.record = Experiment(), unit.record
        self.agent, self.pair = (unit.topic if is_medicine(unit.topic) else None), ()

    def _enter_passage(self, unit: Unit) -> None:
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

    def statement(self, unit: Unit, draft: Draft) -> Statement:
        """State a draft, with the place, dose and time that hold where it stands."""
        effect = draft.relation in EFFECTS or draft.relation == "causes_adverse_event"
        seen, scope = unit, self.scope
        if draft.side:
            seen, scope = seen_from(unit, draft, self.page.gazetteer.find), copy(self.scope)
            scope.enter(seen)
        dose, duration = scope.amounts_of(seen, draft) if effect else (None, None)
        happened = effect and is_past(unit, draft)
        context = context_of(seen, draft, self.setting.of_unit(self.run.place, happened, unit.panel))
        return stated(self.page, unit, draft, context, dose, duration)

    def leave(self, unit: Unit, drafts: list[Draft]) -> None:
        """Keep what a sentence told for those after it."""
        self._keep(unit, drafts)
        self.scope.leave(unit, drafts)
        given = self.scope.agents if self.scope.opened else []
        self.stale = self.stale or bool(given)
        self.agent = next_agent(drafts, given, self.agent)
        self.pair = next_pair(drafts, given, self.pair)
        if self.scope.opened and not self.scope.legend:
            self.setting.take(unit, self.run.place)
        self.setting.leave(unit, self.scope.legend, self.scope.opened, told=bool(drafts))

    def _keep(self, unit: Unit, drafts: list[Draft]) -> None:
        if not unit.bullet and unit.text.rstrip().endswith(":"):
            self.intro = unit.text
        effects = tuple(d for d in drafts if d.relation in EFFECTS and d.verb >= 0)
        if effects:
            self.effects, self.panel, self.stale = effects, unit.panel, False
        self.cohort = compared_cohort(unit) or self.cohort
        harms = [d.subject for d in drafts if d.relation == "causes_adverse_event" and d.status == "asserted"]
        self.harmful = harms[0] if harms else None
        self.lost = next((d.subject for d in effects if d.system), None) or lacking(unit) or self.lost
        molecules = [d.subject for d in drafts if d.subject.is_molecule]
        if molecules:
            self.last = min(molecules, key=lambda t: t.start if t.start >= unit.body else unit.end)
            if unit.bullet and unit.label == "":
                self.previous = molecules[-1]
            return
        named = [m for m in unit.mentions if unit.body <= m.start < unit.end and m.is_molecule][:1]
        for first in named if unit.clauses.frames else []:
            if first.start - unit.body < 30:
                self.last = Thing(first.text, first.curie or None, None, "molecule", mention=first)
