"""What a passage says once for all its sentences: the doses and durations of an experiment.

The title and the set-up sentences of a legend hold for its panels; those of running text ("Cells were treated with A
(10 ng/ml) for 24 h.") hold for the findings after them, under the same heading, until something else is set up.
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, field
from itertools import pairwise

from ..documents.sentences import LEGEND, letters_of
from ..documents.structure import CAPTION, Passage
from ..draft import Draft
from ..names.named import any_line
from ..things import Thing, things_of
from ..unit import Unit
from .doses import Amounts, amounts, doses_by_agent, is_inside, owner_of
from .given_times import GivenTimes
from .set_up import FINITE, gave, given, present
from .stretches import opening_of
from .timing import CLAUSES, time_for
from .where_cells import EFFECTS
from .whose_dose import beside, opening_dose, right_after, shared

_OF_ALL = {"combination", "both", "mixture"}


@dataclass
class Experiment:
    """What the set-up sentences under one heading gave, and for how long."""

    doses: dict[str, str] = field(default_factory=dict)  # by agent
    durations: GivenTimes = field(default_factory=GivenTimes)  # "" is any agent
    agents: list[Thing] = field(default_factory=list)  # what the last set-up sentence gave
    words: set[str] = field(default_factory=set)  # of the last set-up sentence
    place: dict[str, str] = field(default_factory=dict)  # species, cells and disease that the set-up sentences name


@dataclass
class Scope:
    """The amounts that hold in one passage, and those of the sentence at hand."""

    legend: bool = False
    run: Experiment = field(default_factory=Experiment)
    doses: dict[str, str] = field(default_factory=dict)  # by agent, those of sentences that set nothing up
    panel: str = ""
    set_up: bool = False  # by a sentence of that panel
    letters: str = ""  # of that panel, or of all that its label names
    panel_duration: str | None = None
    given: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    own: Amounts = field(default_factory=Amounts)
    inner: list[tuple[str, str]] = field(default_factory=list)  # agent and its own duration
    of_all: list[str] = field(default_factory=list)  # durations in the words that open the sentence
    opened: bool = False  # by the sentence at hand
    last: tuple[str | None, str | None] = (None, None)  # dose and duration of the effect read last

    @classmethod
    def of(cls, passage: Passage, run: Experiment | None = None) -> Scope:
        """Open the scope of a passage; `run` is the experiment that goes on from the passage before."""
        legend = passage.kind == CAPTION or bool(LEGEND.match(passage.text))
        return cls(legend, run if run is not None and not legend else Experiment())

    @property
    def agents(self) -> list[Thing]:
        """What the last set-up sentence gave."""
        return self.run.agents

    def enter(self, unit: Unit) -> None:
        """Take the amounts of a sentence."""
        self.own = amounts(unit.text)
        agents = [
            (m.start - unit.body, m.end - unit.body, m.curie or m.text.lower())
            for m in unit.mentions
            if unit.body <= m.start < unit.end and m.is_molecule
        ]
        self.given = shared(unit.text, doses_by_agent(self.own, agents, unit.text), agents)
        self.inner = [(owner_of(at, len(t), agents)[1], t) for at, t in self.own.inner]
        self.inner += [(name, t) for name, t in right_after(unit.text, agents) if self.own.duration == t]
        _, opened = opening_of(unit)
        self.of_all = [t for at, t in self.own.spans if at < opened - unit.body]
        if unit.panel:
            self.legend = True
        labelled = unit.panel and unit.body > unit.start
        if unit.panel != self.panel or labelled:
            self.letters = letters_of(unit.passage.text[unit.start : unit.body]) if labelled else unit.panel
        if unit.panel != self.panel:
            self.panel, self.panel_duration, self.last = unit.panel, None, (None, None)
            self.set_up = False

    def _is_of_one(self) -> bool:
        """Say whether the duration of the sentence stands with one agent ("IL-13 for 14 days")."""
        return self.own.duration not in self.of_all and any(t == self.own.duration for _, t in self.inner)

    def leave(self, unit: Unit, drafts: list[Draft]) -> None:
        """Keep what the sentence set up for those that follow."""
        told = [d for d in drafts if d.verb >= 0 and d.rule != "effect.made" and not _is_put(d)]
        caused = any(d.relation in EFFECTS or not self.own.doses for d in told)
        agents, anyone = ([], False) if caused else given(unit)
        if self.legend and not agents and not caused:
            agents = present(unit)
        dosed = []
        if not caused and (agents or gave(unit)):  # "… with A (5 nM) with or without B (2 nM)"
            dosed = self._dosed(unit, {_key(t) for t in agents})
        self.opened = bool(agents or anyone or dosed)
        if self.opened:
            self.set_up = True
            self.run.agents = agents or dosed
            self.run.words = set(re.findall(r"[\w+/-]+", _part_of(unit, self.run.agents).lower()))
            if anyone and self.own.given:
                self.run.durations.keep("", self.own.given)
            for thing in (*agents, *dosed):
                self._keep(unit, thing, alone=len(agents) + len(dosed) == 1 or bool(_EACH.search(unit.text)))
        self._leave_time(unit, drafts)
        for name, doses in self.given.items():
            if name and len({d for _, d in doses}) == 1:
                self.doses.setdefault(name, doses[0][1])

    def _leave_time(self, unit: Unit, drafts: list[Draft]) -> None:
        """Keep the time that the description of a panel states for all that it shows: "CCL17 at 48 h."."""
        described = not _is_whole(unit)
        if self.own.given and (described or drafts) and (described or not self._is_of_one()):
            self.panel_duration = self.own.given

    def _dosed(self, unit: Unit, known: set[str]) -> list[Thing]:
        """The molecules that stand with a dose of their own."""
        found = {m.curie or m.text.lower(): m for m in reversed(unit.mentions) if unit.body <= m.start < unit.end}
        return [things_of(found[key]) for key in self.given if key in found and key not in known]

    def _keep(self, unit: Unit, thing: Thing, alone: bool) -> None:
        """Keep dose and duration of what was given, under its name and under the short form made for it."""
        key = _key(thing)
        own = {d for _, d in self.given.get(key, ())}
        near, lasting = beside(unit, thing)
        dose = near or (own.pop() if len(own) == 1 else None)
        dose = dose or (self.given[""][0][1] if "" in self.given and alone and not own else None)
        time = next((t for name, t in self.inner if name == key), lasting) or self._of_step(unit, thing)
        if time is None and self.inner and _TOGETHER.search(unit.text, 0, max(0, thing.start - unit.body)):
            time = self.inner[-1][1]  # "with A (5 ng/ml; 48 h) with or without B"
        at = unit.passage.text.find(thing.name, unit.body)
        short = _SHORT.match(unit.passage.text, at + len(thing.name)) if at >= 0 else None
        for name in (key, *([short[1], short[1].lower()] if short else [])):
            self.run.durations.keep(name, time, self.letters, whole=_is_whole(unit))
            if dose:
                self.run.doses[name] = dose
            elif own or not self.legend:
                self.run.doses.pop(name, None)  # that of an experiment before, or one of several

    def _of_step(self, unit: Unit, thing: Thing) -> str | None:
        """The duration of the step in which something was given: "with A for 1 h, then with B for 24 h"."""
        steps = [m.start() for m in _STEP.finditer(unit.text) if not is_inside(unit.text, m.start())]
        given = [(at, t) for at, t in self.own.spans if at not in self.own.seen]
        if not steps or not given:
            return self.own.given
        mine = bisect(steps, thing.start - unit.body)
        return next((t for at, t in given if bisect(steps, at) == mine), None)

    def amounts_of(self, unit: Unit, draft: Draft) -> tuple[str | None, str | None]:
        """Give the dose and the duration of one effect."""
        key = _key(draft.subject)
        lost = bool(draft.system or draft.subject.loss)
        dose = self._own_dose(unit, draft, key)
        if draft.rule == "carried.cause" and not lost:
            dose = dose or self.last[0]
        duration = next((t for name, t in self.inner if name == key), None) or beside(unit, draft.subject)[1]
        if duration is None and not self._is_of_one():
            duration = time_for(unit, self.own, draft.verb)
        past = is_past(unit, draft) and not _CONCLUDING.search(unit.passage.text[: unit.body])
        here = not self._is_elsewhere(unit)
        inner = draft.rule in _WITHIN_PHRASE
        if not lost and here and (self.legend or (past and not inner)):
            key = self._as_set_up(key, draft.subject)
            dose = dose or self.run.doses.get(key)
            if self.legend and not inner:
                duration = duration or self.panel_duration
            duration = duration or self._set_up(unit, draft, key)
        if self.legend and here and not inner:
            dose = dose or (None if lost else self.doses.get(key))
            duration = duration or self.panel_duration
        if draft.rule == "carried.cause" and not lost:
            dose, duration = dose or self.last[0] or self.doses.get(key), duration or self._lasting()
        if draft.rule != "carried.verb":
            self.last = (dose, duration)
        return dose, duration

    def _is_elsewhere(self, unit: Unit) -> bool:
        """Say whether a sentence opens with animals, cells or people that its set-up does not name."""
        if self.legend:
            line = any_line(unit.passage.text, unit.body, unit.end).split(" ")[0].lower()
            return bool(line) and line not in unit.passage.text[: unit.body].lower()
        lead = _GROUP.match(unit.text)
        return lead is not None and lead[1].lower() not in self.run.words

    def _lasting(self) -> str | None:
        """The duration of the effect read last, unless it was the time of one look ("week 8")."""
        last = self.last[1]
        return None if last is not None and _TIME_POINT.match(last) else last

    def _own_dose(self, unit: Unit, draft: Draft, key: str) -> str | None:
        opening = opening_dose(unit, draft)
        if opening:
            return opening
        mine = self.given.get(key, [])
        dose = min(mine, key=lambda d: abs(d[0] + unit.body - draft.subject.start))[1] if mine else None
        if dose is None and len(self.given) == 1 and "" in self.given and draft.rule not in _INNER:
            dose = self._unowned(unit, draft)
        return dose or self._within(unit, draft)

    def _unowned(self, unit: Unit, draft: Draft) -> str | None:
        """The dose of no agent, for the verbs of its own clause and of those after it: "…; A did it at 10 nM"."""
        dose = self.given[""][0][1]
        at = next((place for place, found in self.own.doses if found == dose), -1)
        cuts = [m.start() for m in CLAUSES.finditer(unit.text)]
        verb = draft.verb - unit.body
        first = at < opening_of(unit)[1] - unit.body
        return dose if first or draft.verb < 0 or bisect(cuts, at) == bisect(cuts, verb) else None

    def _as_set_up(self, key: str, subject: Thing) -> str:
        """The name that a set-up sentence used for what no table knows ("intranasal dust extract": "dust extract")."""
        if subject.mention is not None or key in self.run.durations:
            return key
        return next((k for k in self.run.durations.told if len(k) > 5 and _is_part(key, k)), key)

    def _set_up(self, unit: Unit, draft: Draft, key: str) -> str | None:
        """For how long what acts was given, by the set-up sentences of its panel or of all panels."""
        if key in self.run.durations:
            goes_on = draft.rule not in _WITHIN_PHRASE and not self.set_up
            return self.run.durations.of(key, unit.panel, goes_on=goes_on)
        if draft.subject.name.lower().split(" ")[0] in _OF_ALL:
            return self.run.durations.any()
        return self.run.durations.of("") if draft.subject.is_molecule else None

    def _within(self, unit: Unit, draft: Draft) -> str | None:
        """The dose of "the A inhibitor B (10 µM)" may hang on a name that is part of the subject's."""
        if draft.subject.mention is not None:
            return None
        for m in unit.mentions:
            if m.is_molecule and m.text in draft.subject.name and (m.curie or m.text.lower()) in self.given:
                return self.given[m.curie or m.text.lower()][0][1]
        return beside(unit, draft.subject)[0]


def _is_put(draft: Draft) -> bool:
    """Say whether a draft is how cells were kept: "cells were grown for 2 days in the presence of A"."""
    return draft.rule == "level.after" and draft.object.kind == "cell"


def _is_whole(unit: Unit) -> bool:
    """Say whether a sentence has a verb; "Filaggrin in cells cultured with A for 8 days." describes a panel."""
    return any(w.tag in FINITE for w in unit.words)


def _part_of(unit: Unit, agents: list[Thing]) -> str:
    """The part of a set-up sentence that gives something, where another part speaks of other animals."""
    if not agents or agents[0].start < unit.body:
        return unit.text
    at = agents[0].start - unit.body
    ends = [0, *(m.end() for m in CLAUSES.finditer(unit.text)), len(unit.text)]
    return next(unit.text[low:high] for low, high in pairwise(ends) if at < high)


def _is_part(one: str, other: str) -> bool:
    """Say whether one name is the beginning or the end of the other: "anti-X", "anti-X antibody"."""
    return one.endswith(other) or other.endswith(one) or one.startswith(f"{other} ") or other.startswith(f"{one} ")


def _key(thing: Thing) -> str:
    return thing.curie or (thing.mention.text if thing.mention is not None else thing.name).lower()


def is_past(unit: Unit, draft: Draft) -> bool:
    """Say whether an effect is told as something that happened, not as something that holds."""
    if draft.verb < 0:
        return any(w.tag == "VBD" for w in unit.words)
    at = next((i for i, w in enumerate(unit.words) if w.start == draft.verb), -1)
    if at < 0 or unit.words[at].tag in ("VBZ", "VBP"):
        return False
    helpers = {w.lower for w in unit.words[max(0, at - 3) : at]}
    return not helpers & {"may", "might", "can", "could", "will", "is", "are", "would"}


_TOGETHER = re.compile(
    r"\b(?:with or without|together with|in combination with|plus|alone or with)\s(?:the\s[\w -]{0,30})?$"
)
_EACH = re.compile(r"\((?:both|each|all)(?: at)?\s\d")
_SHORT = re.compile(r"(?:\s[a-z]+){0,3}\s?\(([A-Z][\w-]{1,9})[;,)]")
_STEP = re.compile(
    r"\b(?:(?:and )?(?:then|subsequently|thereafter)|before|prior to|preceded|followed by)\b|;\s|"
    r"(?:,\s(?:and\s)?|\band\s)(?:were\s)?(?:[a-z-]+ed|given|fed|grown|left|put)\s(?=(?:with|for|in|to|on|by|at|from|daily|intra)\b)"
)
_TIME_POINT = re.compile(r"(?:week|day|month) \d")
_GROUP = re.compile(
    r"In (?!(?:the|these|this|those|both|all|treated|such)\s)(?:the |an? )?(?:[\w+/-]+\s){0,2}?([\w+/-]+)\s"
    r"(?:mice|rats|animals|cells|cohort|monkeys|rabbits|patients|volunteers|fibroblasts|macrophages|neurons)\b"
)
_CONCLUDING = re.compile(r"\bconclusions?(?: and relevance)?\s?[.:]", re.I)
_WITHIN_PHRASE = {"effect.induced", "effect.nominal"}
_INNER = {"effect.required", "effect.induced", "effect.nominal", "effect.noun", "effect.made"}
