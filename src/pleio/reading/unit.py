"""A unit of reading: one sentence or bullet with everything that its rules may ask for."""

from __future__ import annotations

from dataclasses import dataclass, field

from .documents.structure import Passage
from .draft import Draft
from .grammar.frames import Clauses, Frame
from .grammar.phrases import Noun
from .names.mention import Mention
from .plain.word import Word
from .things import Thing


@dataclass
class Unit:
    """One sentence or bullet: its range in the passage, its words and clauses, and what it inherits."""

    passage: Passage
    start: int
    end: int
    body: int  # where the sentence proper begins, after a label or panel letter
    label: str
    panel: str
    mentions: list[Mention]
    words: list[Word] = field(default_factory=list)
    clauses: Clauses = field(default_factory=Clauses)
    parsed: Clauses = field(default_factory=Clauses)
    topic: Thing | None = None
    mode: str = ""
    owner: Thing | None = None  # what the section is about, whatever the label of a bullet names
    disease: Mention | None = None
    last: Thing | None = None
    intro: str = ""
    previous_subject: Thing | None = None
    bullet: bool = False
    heading_tissues: tuple[Mention, ...] = ()
    effects: tuple[Draft, ...] = ()  # those of the sentence before, in the same passage
    given: tuple[Thing, ...] = ()  # what a set-up sentence of the passage gave
    families: tuple[Mention, ...] = ()  # named so far in the passage
    lost: Thing | None = None  # what the mutants of the passage lack
    harmful: Thing | None = None  # the medicine whose harms the sentence before tells, in the same passage
    cohort: Thing | None = None  # the disease whose patients the passage compares with others
    agent: Thing | None = None  # what the paragraph so far says acts, or was given
    pair: tuple[Thing, ...] = ()  # the last that acted together: "both", "either drug"
    stale: bool = False  # `effects` are of another panel, or of before the last set-up
    record: Thing | None = None  # what the record of a collection is about
    lists: list[list[Noun]] = field(default_factory=list)  # those that the order of the phrases shows

    @property
    def text(self) -> str:
        """The sentence proper."""
        return self.passage.text[self.body : self.end]

    @property
    def whole(self) -> str:
        return self.passage.text[self.start : self.end]

    def between(self, start: int, end: int, *categories: str) -> list[Mention]:
        """Give the mentions of some categories in a range of the passage."""
        return [m for m in self.mentions if start <= m.start and m.end <= end and m.category in categories]

    @property
    def subject(self) -> list[Thing]:
        """What a sentence without a subject is about."""
        return [self.topic] if self.topic is not None else []

    @property
    def referent(self) -> list[Thing]:
        """What "it" and "the cytokine" stand for."""
        thing = self.last or self.topic
        return [thing] if thing is not None else []

    def subject_preps(self, noun: Noun) -> list[tuple[str, list[Noun]]]:
        """Give the prepositional phrases around a noun that is the subject of a clause."""
        held = (f for f in self.clauses.frames if any(n is noun for n in f.subjects))
        return [preposition for frame in held for preposition in frame.subject_preps]


def frames(unit: Unit) -> list[Frame]:
    """Give the frames of the unit's clauses."""
    return unit.clauses.frames


def all_preps(frame: Frame) -> list[tuple[str, list[Noun]]]:
    """Give every prepositional phrase around a verb."""
    return [*frame.lead_preps, *frame.subject_preps, *frame.preps]
