"""Frames: a verb with its arguments, as the order of the phrases and the parse both give them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..words.lexicon import READOUTS
from .phrases import Noun
from .verbs import Verbs


@dataclass
class Frame:
    """One verb and what belongs to it."""

    verbs: Verbs
    subjects: list[Noun] = field(default_factory=list)
    subject_preps: list[tuple[str, list[Noun]]] = field(default_factory=list)
    objects: list[Noun] = field(default_factory=list)
    denied: list[Noun] = field(default_factory=list)
    denied_subjects: list[Noun] = field(default_factory=list)
    denied_preps: list[tuple[str, list[Noun]]] = field(default_factory=list)
    preps: list[tuple[str, list[Noun]]] = field(default_factory=list)
    lead_preps: list[tuple[str, list[Noun]]] = field(default_factory=list)
    adjective: str = ""
    degree: str = ""  # "more", "less" or "no" before the adjective or adverb
    elided: bool = False
    relative: bool = False
    governor: Frame | None = None
    reported: bool = False
    particles: tuple[str, ...] = ()  # "off", "down", and what stands in their place: "in check", "rise to"

    def prep(self, *names: str) -> list[Noun]:
        """Give the nouns after the first of these prepositions, or nothing; after "by" all agents ("by A and by B")."""
        for name, nouns in self.preps:
            if name == "by" and name in names:
                return [n for also, more in self.preps if also == "by" for n in more]
            if name in names:
                return nouns
        return []

    def denied_prep(self, *names: str) -> list[Noun]:
        """Give the nouns that "but not" denies after one of these prepositions ("by A but not by B")."""
        return [n for name, nouns in self.denied_preps if name in names for n in nouns]


@dataclass
class Clauses:
    """The frames of a sentence, and the phrases that no verb governs."""

    frames: list[Frame] = field(default_factory=list)
    loose: list[Noun] = field(default_factory=list)
    loose_preps: list[tuple[str, list[Noun]]] = field(default_factory=list)


def can_do(noun: Noun) -> bool:
    """Say whether an object may be what is to do something: "recruits A to raise B", not "raises A levels to …"."""
    head = noun.head
    return head.known != "process" and (head.mention is not None or head.lower not in READOUTS)
