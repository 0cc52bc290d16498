"""Side effects that a sentence names as such: "side effects of A include X and Y".

Rule id: `adverse.verb`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..clauses import Frame
from ..draft import Draft
from ..modality import modality_of
from ..phrases import Noun
from ..things import Thing, things
from ..unit import Unit, actors, frames
from .harms import of_section

_ITS = re.compile(r"\b(?:its|their)\b", re.I)


_SIDE = re.compile(
    r"\b(?:side[- ]effects?|class effects?|usual complaints|(?:adverse|undesirable|untoward|unwanted) (?:drug )?"
    r"(?:effects?|events?|reactions?)|"
    r"toxicit(?:y|ies))\b",
    re.I,
)


def side_effects(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read "side effects of A include X", "X is a side effect of A", "A has side effects such as X"."""
    groups = [*frame.objects, *(n for _, ns in frame.preps for n in ns)]
    for noun in groups:
        text = " ".join(w.text for w in noun.words)
        if not _SIDE.search(text) or not noun.members:
            continue
        for subject in actors(unit, frame.subjects, frame.elided) or unit.subject:
            for target in _harm_things(noun.members):
                yield Draft(
                    subject,
                    "causes_adverse_event",
                    target,
                    "adverse.verb",
                    modality="asserted" if frame.verbs.helpers <= {"can", "also"} else modality_of(frame, unit.text),
                )
    objects_text = " ".join(w.text for n in frame.objects for w in n.words)
    if frame.verbs.lemma == "be" and _SIDE.search(objects_text) and not frame.verbs.negated:
        taken = [t for n in frame.objects for o in n.of for t in things(o)]
        taken += [t for p, ns in frame.preps if p in ("of", "with", "to") for n in ns for t in things(n)]
        its = any(w.lower in ("its", "their") for n in frame.objects for w in n.words)
        earlier = [t for f in frames(unit) if f is not frame for t in actors(unit, f.subjects) if t.is_molecule]
        taken = [t for t in taken if t.is_molecule]
        for subject in taken[:1] or (its and earlier[:1]) or of_section(unit):
            for target in _harm_things(frame.subjects):
                yield Draft(subject, "causes_adverse_event", target, "adverse.verb")
    subjects_text = " ".join(w.text for n in frame.subjects for w in n.words)
    if frame.verbs.lemma in ("include", "be", "comprise") and _SIDE.search(subjects_text):
        drug = (
            [t for n in frame.subjects for o in n.of for t in things(o)]
            or [t for p, ns in frame.subject_preps for n in ns for t in things(n) if t.is_molecule]
            or (unit.referent if _ITS.search(subjects_text) else unit.subject)
        )
        for subject in drug[:1]:
            for target in _harm_things(frame.objects):
                yield Draft(subject, "causes_adverse_event", target, "adverse.verb")


def _harm_things(nouns: list[Noun]) -> list[Thing]:
    return [t for n in nouns for t in (things(n) if not n.members else _harm_things(n.members)) if not t.is_molecule]
