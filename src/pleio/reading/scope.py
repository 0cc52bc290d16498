"""What a passage says once for all its sentences: doses and durations of an experiment, and where it was done.

The title and the set-up sentences of a legend hold for its panels; a sentence that goes on from the one before
("B protein was likewise higher") is of the same experiment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .doses import Amounts, amounts, doses_by_agent, owner_of
from .draft import Draft
from .structure import CAPTION, Passage
from .things import Thing, things
from .unit import Unit, frames

_LEGEND = re.compile(r"\s*(?:\*\*)?(?:supplementary |extended data )?fig(?:ure|\.)?\s*S?\d", re.I)
_GIVING = set(
    "treat expose stimulate incubate receive give inject culture infuse administer challenge pretreat dose immunize "
    "instil feed transfect".split()
)
_AGENT_KEYS = ("dose", "duration")


@dataclass
class Scope:
    """The amounts that hold in one passage, and those of the sentence at hand."""

    legend: bool = False
    doses: dict[str, str] = field(default_factory=dict)  # by agent, from set-up sentences first
    duration: str | None = None  # of the exposure that a set-up sentence states
    agents: list[Thing] = field(default_factory=list)  # what the set-up sentence gave
    panel: str = ""
    panel_duration: str | None = None
    given: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    own: Amounts = field(default_factory=Amounts)
    inner: list[tuple[str, str]] = field(default_factory=list)
    last: tuple[str | None, str | None] = (None, None)  # dose and duration of the effect read last

    @classmethod
    def of(cls, passage: Passage) -> Scope:
        """Open the scope of a passage."""
        return cls(passage.kind == CAPTION or bool(_LEGEND.match(passage.text)))

    def enter(self, unit: Unit) -> None:
        """Take the amounts of a sentence."""
        self.own = amounts(unit.text)
        agents = [
            (m.start - unit.body, m.end - unit.body, m.curie or m.text)
            for m in unit.mentions
            if unit.body <= m.start < unit.end and m.is_molecule
        ]
        self.given = doses_by_agent(self.own, agents)
        self.inner = [(owner_of(at, len(t), agents)[1], t) for at, t in self.own.inner]
        if unit.panel:
            self.legend = True
        if unit.panel != self.panel:
            self.panel, self.panel_duration = unit.panel, None
        self.panel_duration = self.own.duration or self.panel_duration

    def leave(self, unit: Unit, drafts: list[Draft]) -> None:
        """Keep what the sentence set up for those that follow."""
        found = {name: doses[0][1] for name, doses in self.given.items() if name}
        given = [] if any(d.verb >= 0 for d in drafts) else _given(unit)
        if given:
            self.agents, self.duration = given, self.own.duration or self.duration
            for thing in given:
                dose = _dose_after(unit, thing) or found.get(_key(thing))
                if dose:
                    self.doses[_key(thing)] = dose
        for name, dose in found.items():
            self.doses.setdefault(name, dose)

    def amounts_of(self, unit: Unit, draft: Draft) -> tuple[str | None, str | None]:
        """Give the dose and the duration of one effect."""
        key = _key(draft.subject)
        mine = self.given.get(key, [])
        dose = min(mine, key=lambda d: abs(d[0] + unit.body - draft.subject.start))[1] if mine else None
        if dose is None and len(self.given) == 1 and "" in self.given:
            dose = self.given[""][0][1]
        dose = dose or self._within(unit, draft)
        lost = bool(draft.system or draft.subject.loss)
        duration = next((t for name, t in self.inner if name == key), None) or self.own.duration
        named = any(_key(t) == key for t in self.agents)
        if self.legend and not lost:
            dose = dose or self.doses.get(key)
        if self.legend:
            duration = duration or self.panel_duration
            duration = duration or (self.duration if not lost and (named or key in self.doses) else None)
        if draft.rule == "carried.cause" and not lost:
            dose, duration = dose or self.last[0] or self.doses.get(key), duration or self.last[1] or self.duration
        if draft.rule != "carried.verb":
            self.last = (dose, duration)
        return dose, duration

    def _within(self, unit: Unit, draft: Draft) -> str | None:
        """The dose of "the A inhibitor B (10 µM)" may hang on a name that is part of the subject's."""
        if draft.subject.mention is not None:
            return None
        for m in unit.mentions:
            if m.is_molecule and m.text in draft.subject.name and (m.curie or m.text) in self.given:
                return self.given[m.curie or m.text][0][1]
        return _dose_after(unit, draft.subject)


def _key(thing: Thing) -> str:
    return thing.curie or (thing.mention.text if thing.mention is not None else thing.name.lower())


def _given(unit: Unit) -> list[Thing]:
    """What cells, animals or people were given in a sentence that says no more."""
    out: list[Thing] = []
    for frame in unit.parsed.frames or frames(unit):
        if frame.verbs.lemma not in _GIVING or frame.verbs.negated:
            continue
        nouns = frame.prep("with", "to") if frame.verbs.passive or frame.prep("with", "to") else frame.objects
        found = [t for n in nouns for t in things(n) if t.kind not in ("cell", "species", "anaphor", "tissue")]
        out += [t for t in found if not re.search(r"\b(?:vehicle|saline|placebo|control|medium|DMSO|PBS)\b", t.name)]
    return out


def _dose_after(unit: Unit, thing: Thing) -> str | None:
    """The dose in the parentheses right after a name that no table knows: "house dust mite extract (25 µg)"."""
    at = unit.text.find(thing.name)
    if at < 0 or thing.mention is not None:
        return None
    close = [dose for place, dose in amounts(unit.text).doses if 0 <= place - at - len(thing.name) <= 3]
    return close[0] if close else None
