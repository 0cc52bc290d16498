"""Salience: how much each name that a passage has told stands out, and which one a word that points back means.

Names fade from sentence to sentence, subjects stand out, and so does what the page is about (Lappin and Leass,
Computational Linguistics 20, 535, 1994).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .documents.structure import Passage
from .names.mention import Mention
from .words.class_nouns import fits

FADING = 0.6  # of a name, from one sentence to the next
SUBJECT, OWNER, OTHER = 3.0, 2.0, 1.0  # the subject, a name inside the subject ("release of A"), any other place
ABOUT = 2.0  # what the page or the section is about, where it is not out of sight
HERE = 3.0  # named earlier in the same sentence
CENTRE = 2.5  # the subject of the sentence before, for "it"
FORGOTTEN = 0.1


@dataclass
class Salience:
    """The names of a passage so far, and how much each stands out."""

    weights: dict[str, float] = field(default_factory=dict)
    latest: dict[str, Mention] = field(default_factory=dict)
    here: set[str] = field(default_factory=set)  # named in this sentence
    centre: str = ""  # the subject of this sentence so far, and then of the one before
    passage: Passage | None = None
    acts_nameless: bool = False  # the last subject was something that no table knows: "it" is left to what acts there

    def enter(self, passage: Passage) -> None:
        """Go on to a passage: a new section begins anew, and a new paragraph nearly so."""
        if self.passage is None or passage.headings != self.passage.headings:
            self.weights = {}
        elif passage is not self.passage:
            self.fade()
            self.fade()
        self.passage = passage

    def fade(self) -> None:
        """Go on to the next sentence."""
        self.here = set()
        self.weights = {key: FADING * w for key, w in self.weights.items() if FADING * w > FORGOTTEN}

    def add(self, mention: Mention, weight: float) -> None:
        """Count one naming; of several in a sentence the most prominent counts."""
        key = mention.curie or mention.text.lower()
        self.weights[key] = max(self.weights.get(key, 0.0), weight)
        self.latest.pop(key, None)
        self.latest[key] = mention  # the last named comes last
        self.here.add(key)

    def best(self, kind: str, topic: Mention | None, but: frozenset[str], leads: bool) -> Mention | None:
        """The most salient name that a class noun, or "it", can stand for; none of `but`.

        `leads` says that the word is the subject of its clause, or what the subject belongs to.
        """
        weights = {key: w + (HERE if key in self.here else 0.0) for key, w in self.weights.items()}
        if kind == "it" and not self.here and self.centre in weights:
            weights[self.centre] += CENTRE
        about = (topic.curie or topic.text.lower()) if topic is not None else ""
        if topic is not None and (about in weights or not weights):
            weights[about] = weights.get(about, 0.0) + ABOUT
            self.latest.setdefault(about, topic)
        fitting = [(w, key) for key, w in weights.items() if key not in but and fits(kind, self.latest[key])]
        order = list(self.latest)
        if not fitting:
            return None
        # of two that stand out as much, a subject is the one that was more prominent, else the one named later
        prominence = self.weights if leads else {}
        return self.latest[max(fitting, key=lambda p: (p[0], prominence.get(p[1], 0.0), order.index(p[1])))[1]]
