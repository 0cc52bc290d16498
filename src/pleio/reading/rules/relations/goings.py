"""Where a molecule goes: "A translocates to the nucleus", "A enters the nucleus".

Rule id: `effect.active`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...things import Thing
from ...unit import Unit
from ..finish import stated

_GOING = {"translocate", "relocate", "move", "migrate"}


def goings(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read that a molecule moves into the nucleus."""
    lemma = frame.verbs.lemma
    if frame.verbs.passive or lemma not in _GOING | {"enter"}:
        return
    nouns = frame.objects if lemma == "enter" else frame.prep("to", "into")
    if not any(n.head.lower == "nucleus" for n in nouns):
        return
    goal = Thing("nuclear translocation", kind="process")
    for subject in actors(unit, frame.subjects, frame.elided):
        if subject.is_molecule:
            yield stated(unit, frame, subject, "increases", goal, "effect.active", "activity")
