"""What a clause holds, and what only stands beside it in its sentence: "A lowered B in gout, but C was unchanged".

Where a sentence says who acts, a disease that another clause names is where it was seen, not what changed C.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...names.mention import Mention
from ...things import things
from ...unit import Unit, frames
from ...words.predicates import VERBS

_SIGNED = {"increases", "decreases"}


def only_beside(unit: Unit, frame: Frame, mention: Mention | None) -> bool:
    """Say whether a disease is of another clause than a verb's, in a sentence that has said who acts."""
    if mention is None or any(a <= mention.start < b for a, b in _spans(_nouns(frame))):
        return False
    return any(_acts(f) for f in frames(unit) if f.verbs.start < frame.verbs.start)


def _acts(frame: Frame) -> bool:
    """Say whether a clause says that a molecule changed something."""
    verb = VERBS.get(frame.verbs.lemma)
    if verb is None or verb.relation not in _SIGNED or frame.verbs.to:
        return False
    doers = frame.prep("by") if frame.verbs.passive else frame.subjects if frame.objects else []
    return frame.verbs.main.tag in ("VBD", "VBN") and any(t.is_molecule for n in doers for t in things(n))


def _nouns(frame: Frame) -> Iterator[Noun]:
    around = (*frame.subject_preps, *frame.preps)
    yield from _inside((*frame.subjects, *frame.objects, *(n for _, ns in around for n in ns)))


def _inside(nouns: Iterable[Noun], depth: int = 0) -> Iterator[Noun]:
    for noun in nouns:
        yield noun
        if depth < 4:
            yield from _inside((*noun.of, *(n for _, ns in noun.preps for n in ns)), depth + 1)


def _spans(nouns: Iterable[Noun]) -> Iterator[tuple[int, int]]:
    return ((n.start, n.end) for n in nouns)
