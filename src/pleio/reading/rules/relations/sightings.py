"""What is said of a place by its staining: "B cells were positive for A", "A staining", "no evidence of A in B"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit
from .where import is_source, sites

Told = tuple[list[Thing], list[Thing], bool]  # what, where, and whether it is denied

MARKED = {"positive": "for", "negative": "for", "rich": "in", "immunoreactive": "for", "devoid": "of"}


def molecules(found: list[Thing]) -> list[Thing]:
    """Give the molecules among things that were not taken away."""
    return [t for t in found if (t.is_molecule or _is_receptor_of(t)) and not t.loss]


def _is_receptor_of(thing: Thing) -> bool:
    """Say whether a thing is the receptor of a molecule that has no name of its own: "the IL-5 receptor"."""
    whose, _, head = thing.name.rpartition(" ")
    return head in ("receptor", "receptors") and thing.kind == "other" and bool(_SYMBOL.fullmatch(whose))


_SYMBOL = re.compile(r"[A-Za-zα-ω]*[A-Z\d][\w/-]*")


def marked(unit: Unit, frame: Frame) -> Iterator[Told]:
    """ "B cells were positive for A and negative for C", "B is devoid of A"."""
    where = [p for p in sites(unit, frame.subjects, frame) if is_source(p)]
    for preposition, nouns in frame.preps:
        said = _SAID.search(unit.passage.text[max(unit.body, nouns[0].start - 20) : nouns[0].start]) if nouns else None
        adjective = said[1].lower() if said else frame.adjective
        if preposition == MARKED.get(adjective):
            found = molecules([t for n in nouns for t in things(n)])
            yield found, where, (adjective in ("negative", "devoid")) != frame.verbs.negated


_SAID = re.compile(r"\b(positive|negative|rich|immunoreactive|devoid) (?:for|in|of) (?:the )?$", re.I)


def stained_for(noun: Noun) -> list[Thing]:
    """ "A staining", "A immunoreactivity": A."""
    if not _STAINING.fullmatch(noun.head.lower):
        return []
    return [t for w in noun.words if w.is_name for t in things(Noun([w])) if t.is_molecule]


_STAINING = re.compile(
    r"(?:immuno)?(?:staining|reactivity|labell?ing|positivity|fluorescence)|signals?|immunostain|"
    r"in situ hybridi[sz]ation"
)


def no_evidence(unit: Unit, frame: Frame) -> Iterator[Told]:
    """ "We found no evidence of A expression in B", "no trace of A on B"."""
    for noun in (n for n in frame.objects if n.head.lower in _EVIDENCE and n.words[0].lower == "no"):
        for inner in noun.of:
            nouns = frame.prep("in", "on", "by") or [n for p, ns in inner.preps if p in ("in", "on", "by") for n in ns]
            yield molecules(things(inner)), [p for p in sites(unit, nouns, frame) if is_source(p)], True


_EVIDENCE = {"evidence", "trace", "traces", "sign", "signs", "indication"}
