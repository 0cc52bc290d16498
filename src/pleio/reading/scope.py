"""What a passage says once for all its sentences: the doses and durations of an experiment.

The title and the set-up sentences of a legend hold for its panels; those of running text ("Cells were treated with A
(10 ng/ml) for 24 h.") hold for the findings after them, under the same heading, until something else is set up.
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, field

from .doses import Amounts, amounts, doses_by_agent, owner_of
from .draft import Draft
from .set_up import GIVING, PUT, gave, given, present
from .structure import CAPTION, Passage
from .things import Thing, things_of
from .unit import Unit, frames

_LEGEND = re.compile(r"\s*(?:\*\*)?(?:supplementary |extended data )?fig(?:ure|\.)?\s*S?\d", re.I)
_OF_ALL = {"combination", "both", "mixture"}


@dataclass
class Experiment:
    """What the set-up sentences under one heading gave, and for how long."""

    doses: dict[str, str] = field(default_factory=dict)  # by agent
    durations: dict[str, str | None] = field(default_factory=dict)  # by agent; "" is any agent
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
    panel_duration: str | None = None
    given: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    own: Amounts = field(default_factory=Amounts)
    inner: list[tuple[str, str]] = field(default_factory=list)  # agent and its own duration
    opened: bool = False  # by the sentence at hand
    last: tuple[str | None, str | None] = (None, None)  # dose and duration of the effect read last

    @classmethod
    def of(cls, passage: Passage, run: Experiment | None = None) -> Scope:
        """Open the scope of a passage; `run` is the experiment that goes on from the passage before."""
        legend = passage.kind == CAPTION or bool(_LEGEND.match(passage.text))
        return cls(legend, run if run is not None and not legend else Experiment())

    @property
    def agents(self) -> list[Thing]:
        """What the last set-up sentence gave."""
        return self.run.agents

    def enter(self, unit: Unit) -> None:
        """Take the amounts of a sentence."""
        self.own = amounts(unit.text)
        agents = [
            (m.start - unit.body, m.end - unit.body, m.curie or m.text)
            for m in unit.mentions
            if unit.body <= m.start < unit.end and m.is_molecule
        ]
        self.given = _shared(unit.text, doses_by_agent(self.own, agents, unit.text), agents)
        self.inner = [(owner_of(at, len(t), agents)[1], t) for at, t in self.own.inner]
        self.inner += [(name, t) for name, t in _right_after(unit.text, agents) if self.own.duration == t]
        if unit.panel:
            self.legend = True
        if unit.panel != self.panel:
            self.panel, self.panel_duration, self.last = unit.panel, None, (None, None)
        if not self._is_of_one():
            self.panel_duration = self.own.duration or self.panel_duration

    def _is_of_one(self) -> bool:
        """Say whether the duration of the sentence stands with one agent ("IL-13 for 14 days")."""
        return any(t == self.own.duration for _, t in self.inner)

    def leave(self, unit: Unit, drafts: list[Draft]) -> None:
        """Keep what the sentence set up for those that follow."""
        caused = any(d.verb >= 0 and not d.rule.startswith("effect.made") for d in drafts)
        agents, anyone = ([], False) if caused else given(unit)
        if self.legend and not agents and not caused:
            agents = present(unit)
        dosed = []
        if not caused and (agents or gave(unit)):  # "… with A (5 nM) with or without B (2 nM)"
            dosed = self._dosed(unit, {_key(t) for t in agents})
        self.opened = bool(agents or anyone or dosed)
        if self.opened:
            self.run.agents = agents or dosed
            self.run.words = set(re.findall(r"[\w+/-]+", unit.text.lower()))
            if anyone and self.own.duration:
                self.run.durations[""] = self.own.duration
            for thing in (*agents, *dosed):
                self._keep(unit, thing, alone=len(agents) + len(dosed) == 1)
        for name, doses in self.given.items():
            if name and len({d for _, d in doses}) == 1:
                self.doses.setdefault(name, doses[0][1])

    def _dosed(self, unit: Unit, known: set[str]) -> list[Thing]:
        """The molecules that stand with a dose of their own."""
        found = {m.curie or m.text: m for m in reversed(unit.mentions) if unit.body <= m.start < unit.end}
        return [things_of(found[key]) for key in self.given if key in found and key not in known]

    def _keep(self, unit: Unit, thing: Thing, alone: bool) -> None:
        """Keep dose and duration of what was given, under its name and under the short form made for it."""
        key = _key(thing)
        own = {d for _, d in self.given.get(key, ())}
        beside, lasting = _beside(unit, thing)
        dose = beside or (own.pop() if len(own) == 1 else None)
        dose = dose or (self.given[""][0][1] if "" in self.given and alone and not own else None)
        time = next((t for name, t in self.inner if name == key), lasting) or self._of_step(unit, thing)
        at = unit.passage.text.find(thing.name, unit.body)
        short = _SHORT.match(unit.passage.text, at + len(thing.name)) if at >= 0 else None
        for name in (key, *([short[1].lower()] if short else [])):
            self.run.durations[name] = time
            if dose:
                self.run.doses[name] = dose
            else:
                self.run.doses.pop(name, None)  # that of an experiment before, or one of several

    def _of_step(self, unit: Unit, thing: Thing) -> str | None:
        """The duration of the step in which something was given: "with A for 1 h, then with B for 24 h"."""
        steps = [m.start() for m in _STEP.finditer(unit.text)]
        if not steps or not self.own.spans:
            return self.own.duration
        mine = bisect(steps, thing.start - unit.body)
        return next((t for at, t in self.own.spans if bisect(steps, at) == mine), self.own.duration)

    def amounts_of(self, unit: Unit, draft: Draft) -> tuple[str | None, str | None]:
        """Give the dose and the duration of one effect."""
        key = _key(draft.subject)
        lost = bool(draft.system or draft.subject.loss)
        dose = self._own_dose(unit, draft, key)
        duration = next((t for name, t in self.inner if name == key), None) or _beside(unit, draft.subject)[1]
        if duration is None and not self._is_of_one():
            duration = self._in_clause(unit, draft)
        past = is_past(unit, draft) and not _CONCLUDING.search(unit.passage.text[: unit.body])
        past = past and not self._is_elsewhere(unit)
        inner = draft.rule in _WITHIN_PHRASE
        if not lost and (self.legend or (past and not inner)):
            key = self._as_set_up(key, draft.subject)
            dose = dose or self.run.doses.get(key)
            duration = duration or self._set_up(draft, key)
        if self.legend and not inner:
            dose = dose or (None if lost else self.doses.get(key))
            duration = duration or self.panel_duration
        if draft.rule == "carried.cause" and not lost:
            dose, duration = dose or self.last[0] or self.doses.get(key), duration or self._lasting()
        if draft.rule != "carried.verb":
            self.last = (dose, duration)
        return dose, duration

    def _is_elsewhere(self, unit: Unit) -> bool:
        """Say whether a sentence opens with animals, cells or people that its set-up does not name."""
        lead = _GROUP.match(unit.text)
        return lead is not None and not self.legend and lead[1].lower() not in self.run.words

    def _lasting(self) -> str | None:
        """The duration of the effect read last, unless it was the time of one look ("week 8")."""
        last = self.last[1]
        return None if last is not None and _TIME_POINT.match(last) else last

    def _in_clause(self, unit: Unit, draft: Draft) -> str | None:
        """The duration that holds for a verb: one of its own part of the sentence, else one of all of it."""
        if draft.verb < 0 or not self.own.spans:
            return self.own.duration
        cuts = [unit.body + m.start() for m in _PARTS.finditer(unit.text)]
        mine = bisect(cuts, draft.verb)
        spans = [(unit.body + at, time) for at, time in self.own.spans]
        near = [
            t for at, t in spans if bisect(cuts, at) == mine and _holds(unit, at, draft.verb, cuts[mine - 1 : mine])
        ]
        far = [t for at, t in spans if bisect(cuts, at) != mine and _holds_for_all(unit, at, draft.verb)]
        found = near or far
        return self.own.duration if self.own.duration in found else next(iter(found), None)

    def _own_dose(self, unit: Unit, draft: Draft, key: str) -> str | None:
        opening = _opening(unit, draft)
        if opening:
            return opening
        mine = self.given.get(key, [])
        dose = min(mine, key=lambda d: abs(d[0] + unit.body - draft.subject.start))[1] if mine else None
        if dose is None and len(self.given) == 1 and "" in self.given and draft.rule not in _INNER:
            dose = self.given[""][0][1]
        return dose or self._within(unit, draft)

    def _as_set_up(self, key: str, subject: Thing) -> str:
        """The name that a set-up sentence used for what no table knows ("intranasal dust extract": "dust extract")."""
        if subject.mention is not None or key in self.run.durations:
            return key
        return next((k for k in self.run.durations if len(k) > 5 and (k.endswith(key) or key.endswith(k))), key)

    def _set_up(self, draft: Draft, key: str) -> str | None:
        """For how long what acts was given, by the set-up sentences."""
        if key in self.run.durations:
            return self.run.durations[key]
        if draft.subject.name.lower().split(" ")[0] in _OF_ALL:
            return next((t for t in self.run.durations.values() if t), None)
        return self.run.durations.get("") if draft.subject.is_molecule else None

    def _within(self, unit: Unit, draft: Draft) -> str | None:
        """The dose of "the A inhibitor B (10 µM)" may hang on a name that is part of the subject's."""
        if draft.subject.mention is not None:
            return None
        for m in unit.mentions:
            if m.is_molecule and m.text in draft.subject.name and (m.curie or m.text) in self.given:
                return self.given[m.curie or m.text][0][1]
        return _beside(unit, draft.subject)[0]


def _key(thing: Thing) -> str:
    return thing.curie or (thing.mention.text if thing.mention is not None else thing.name.lower())


def is_past(unit: Unit, draft: Draft) -> bool:
    """Say whether an effect is told as something that happened, not as something that holds."""
    if draft.verb < 0:
        return any(w.tag == "VBD" for w in unit.words)
    at = next((i for i, w in enumerate(unit.words) if w.start == draft.verb), -1)
    if at < 0 or unit.words[at].tag in ("VBZ", "VBP"):
        return False
    helpers = {w.lower for w in unit.words[max(0, at - 3) : at]}
    return not helpers & {"may", "might", "can", "could", "will", "is", "are", "would"}


_TURN = re.compile(r"[,;]\s(?:and|but|whereas|while|although)?\s?|;\s")
_AT = re.compile(r"(?:and |but |whereas |while )?at (?:a (?:dose|concentration) of )?")


def _opening(unit: Unit, draft: Draft) -> str | None:
    """The dose that opens the clause of a verb: "…, and at 50 ng/ml it also caused B"."""
    if draft.verb < 0 or " at " not in unit.text:
        return None
    before = unit.text[: draft.verb - unit.body]
    start = max([0, *(m.end() for m in _TURN.finditer(before))])
    lead = _AT.match(unit.text, start)
    if lead is None:
        return None
    found = [dose for at, dose in amounts(unit.text).doses if at == lead.end()]
    return found[0] if found else None


_JOINT = re.compile(r"\s?(?:,|and|or|, and|, or|nor|/|\+)\s?")


def _shared(
    text: str, given: dict[str, list[tuple[int, str]]], agents: list[tuple[int, int, str]]
) -> dict[str, list[tuple[int, str]]]:
    """Give "A or B (10 ng/ml)" the dose for both, where it is the only one."""
    if sum(len(found) for found in given.values()) != 1:
        return given
    name, [(place, dose)] = next(iter(given.items()))
    order = sorted(agents)
    at = next((i for i, (start, _, key) in enumerate(order) if start == place and key == name), 0)
    out = dict(given)
    while at > 0 and _JOINT.fullmatch(text[order[at - 1][1] : order[at][0]]):
        at -= 1
        out.setdefault(order[at][2], [(order[at][0], dose)])
    return out


_SHORT = re.compile(r"\s?\(([A-Z][\w-]{1,9})[;,)]")
_STEP = re.compile(
    r"\b(?:(?:and )?(?:then|subsequently|thereafter)|before|prior to|followed by|and (?:re)?(?:stimulated|treated|"
    r"challenged|exposed|infected|injected))\b|;\s"
)
_TIME_POINT = re.compile(r"(?:week|day|month) \d")
_GROUP = re.compile(
    r"In (?!(?:the|these|this|those|both|all|treated|such)\s)(?:the |an? )?(?:[\w+/-]+\s){0,2}?([\w+/-]+)\s"
    r"(?:mice|rats|animals|cells|cohort|monkeys|rabbits|patients|volunteers|fibroblasts|macrophages|neurons)\b"
)
_CONCLUDING = re.compile(r"\bconclusions?(?: and relevance)?\s?[.:]", re.I)
_WITHIN_PHRASE = {"effect.induced", "effect.nominal"}
_INNER = {"effect.required", "effect.induced", "effect.nominal", "effect.noun", "effect.made"}
_FOR = re.compile(r"(?:\s\([^()]{1,40}\))?\sfor\s(?P<t>\d+(?:\.\d+)?\s?[a-z]+)")


def _right_after(text: str, agents: list[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """The durations that stand right after an agent: "IL-13 for 14 days", "A (5 mg/kg) for 7 days"."""
    return [(name, m["t"]) for _, end, name in agents if (m := _FOR.match(text, end))]


_PARTS = re.compile(r";\s|,?\s(?:whereas|while|although|but)\s|,\sand\s(?!(?:at|by|after|for|on|over|within)\s\d)")
_GOES_ON = re.compile(r"(?:,|\band|\bbut)\s?,?\s$")
_THROUGHOUT = re.compile(r"(?:over|during|throughout)\s", re.I)


def _holds(unit: Unit, at: int, verb: int, cut: list[int]) -> bool:
    """Say whether a time holds for a verb of the same part of a sentence, which begins at a cut.

    One that opens the part, or that says for how long something was given, holds for all its verbs.  Any other holds
    for the verb before it and those that go on to it; after "and, " it speaks of what follows.
    """
    low = cut[0] if cut else unit.body
    before = [f.verbs for f in unit.parsed.frames or frames(unit) if low <= f.verbs.main.start <= at]
    last = max(before, key=lambda verbs: verbs.main.start, default=None)
    if last is None or last.lemma in GIVING | PUT:
        return True
    if _GOES_ON.search(unit.passage.text[max(unit.body, at - 8) : at]):
        return verb > at
    return verb <= at


def _holds_for_all(unit: Unit, at: int, verb: int) -> bool:
    """Say whether a time of another part of a sentence holds for a verb too.

    One that opens the sentence does, and one that says for how long something was given or went on.
    """
    before = [f.verbs for f in unit.parsed.frames or frames(unit) if f.verbs.main.start <= at]
    last = max(before, key=lambda verbs: verbs.main.start, default=None)
    if last is None or last.lemma in GIVING | PUT:
        return verb > at
    return verb > at and bool(_THROUGHOUT.match(unit.passage.text, at))


_OPENED = re.compile(r"\s?\(")


def _beside(unit: Unit, thing: Thing) -> tuple[str | None, str | None]:
    """Dose and duration right beside a name that no table knows: "mite extract (25 µg, 5 h)", "10 µM GM6001"."""
    at = unit.text.find(thing.name)
    if at < 0 or thing.mention is not None:
        return None, None
    end = at + len(thing.name)
    held = unit.text.find(")", end) if _OPENED.match(unit.text, end) else end + 3
    found = amounts(unit.text)
    close = [dose for place, dose in found.doses if end <= place <= held or place + len(dose) + 1 == at]
    times = [time for place, time in found.inner if end <= place <= held]
    return next(iter(close), None), next(iter(times), None)
