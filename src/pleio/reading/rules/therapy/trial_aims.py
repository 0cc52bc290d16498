"""What a trial is for: "to evaluate the efficacy and safety of A in patients with D".

Rule id: `therapy.studied`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...things import Thing, things
from ...unit import Unit
from .ills import is_ill, is_medicine_name
from .indications import ills_of

_ASKING = set("evaluate assess investigate examine determine test study compare explore establish confirm".split())
_WHAT = set("efficacy safety effect effects effectiveness tolerability benefit benefits role use activity".split())


def trial_aims(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read what a medicine is studied for, where the aim of the study says so."""
    if frame.verbs.lemma not in _ASKING or frame.verbs.passive or not (frame.verbs.to or frame.subjects):
        return
    told = [n for n in frame.objects if n.head.lower in _WHAT]
    around = [*frame.preps, *(p for n in told for p in n.preps), *(p for n in told for o in n.of for p in o.preps)]
    where = [n for p, ns in around if p in ("in", "for") for n in ns]
    medicines = [t for n in told for o in n.of for t in things(o) if is_medicine_name(t)]
    medicines = medicines or [t for n in told for w in n.words if w.is_name for t in actors(unit, [n])]
    seen: set[str] = set()
    for target in ills_of(where, frame.preps):
        if is_ill(target) and target.kind != "other" and target.name not in seen:
            seen.add(target.name)
            yield from (_draft(t, target, frame) for t in medicines[:1] if is_medicine_name(t))


def _draft(medicine: Thing, target: Thing, frame: Frame) -> Draft:
    verb = frame.verbs.main.start
    return Draft(medicine, "under_investigation_for", target, "therapy.studied", verb=verb)
