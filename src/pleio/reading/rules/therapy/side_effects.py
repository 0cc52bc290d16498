"""Side effects that a sentence names as such: "side effects of A include X and Y".

Rule id: `adverse.verb`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import modality_of
from ...grammar.phrases import Noun
from ...things import Thing, grounded, things, things_of
from ...unit import Unit, frames
from .harms import given_in, of_section
from .ills import is_ill, named_medicine

_ITS = re.compile(r"\b(?:its|their)\b", re.I)


_SIDE = re.compile(
    r"\b(?:side[- ]effects?|class effects?|usual complaints|(?:adverse|undesirable|untoward|unwanted) (?:drug )?"
    r"(?:effects?|events?|reactions?)|"
    r"toxicit(?:y|ies)|(?:serious|rare|known|common|frequent|possible|major|important) complications?)\b",
    re.I,
)


_EVENTS = re.compile(r"\b(?:events|reports|reactions|toxicities|complications|complaints)$", re.I)


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
    events = bool(_EVENTS.search(subjects_text)) and (unit.mode == "adverse" or bool(given_in(unit)))
    if frame.verbs.lemma in ("include", "be", "comprise") and (events or _SIDE.search(subjects_text)):
        start = frame.subjects[0].start
        between = [m for m in unit.mentions if start <= m.start < frame.verbs.start and m.is_molecule]
        drug = (
            [things_of(m) for m in between] or given_in(unit) or (unit.referent if _ITS.search(subjects_text) else [])
        )
        told = _harm_things(frame.objects) or _named_after(unit, frame)
        for subject in (drug or named_medicine(unit, start))[:1]:
            for target in told:
                yield Draft(subject, "causes_adverse_event", target, "adverse.verb")


def _named_after(unit: Unit, frame: Frame) -> list[Thing]:
    """The harms after a verb of which the tagger took the first for an adjective: "were neuropathy and anaemia"."""
    if not frame.adjective:
        return []
    start = frame.verbs.main.end
    stop = re.search(r"[;.]", unit.passage.text[start : unit.end])
    found = unit.between(start, start + stop.start() if stop else unit.end, "disease", "phenotype")
    first = grounded(frame.adjective)
    told = [Thing(m.text, m.curie or None, None, m.category) for m in found]
    return told if any(t.name.lower() == first.name for t in told) else [*([first] if is_ill(first) else []), *told]


def _harm_things(nouns: list[Noun]) -> list[Thing]:
    out: list[Thing] = []
    for noun in nouns:
        own = things(replace(noun, members=[]))
        # "flu-like symptoms including chills and fever": they too, unless they are only the events
        out += [t for t in own if not noun.members or (is_ill(t) and not _EVENTS.search(t.name))]
        out += _harm_things(noun.members)
    return [t for t in out if not t.is_molecule]
