"""Who binds what where a phrase names it only in part: "a motif in A binds B", "A with B and C with D"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit, frames
from ..finish import stated

PARTS = re.compile(
    r"\b(?:domains?|tails?|motifs?|regions?|terminus|termini|helix|loop|residues?|moiety|ectodomain|portion|site|sites|"
    r"cleft|pocket|groove|epitope|face|interface|segment|end|part|half)$",
    re.I,
)


def owners_of_part(unit: Unit, frame: Frame, thing: Thing) -> list[Thing]:
    """Give the molecule that a part which binds belongs to: "the tail of A binds B", "a motif in A"."""
    if thing.is_molecule or not PARTS.search(thing.name.split(" of ")[0]):
        return [thing]
    noun = next((n for n in frame.subjects if n.start == thing.start or n.head.lower in thing.name.lower()), None)
    held = whole_of(noun) if noun is not None else []
    if held:
        return held
    for other in frames(unit):
        if other is not frame and noun is not None and any(n.head is noun.head for n in other.objects):
            inner = [t for n in other.subjects for t in (whole_of(n) or things(n)) if t.is_molecule]
            if inner:
                return inner[:1]
    return [thing]


def whole_of(noun: Noun) -> list[Thing]:
    """The molecule whose part a phrase names: "the transmembrane domain of A", "domain 3 of A", "the A ectodomain"."""
    if noun.head.is_name:
        return []
    head = next((w for w in reversed(noun.words) if w.tag != "CD"), noun.head)
    if not PARTS.search(head.lower):
        return []
    held = [*noun.of, *(n for p, ns in noun.preps if p in ("in", "on", "within") for n in ns)]
    inner = [t for n in held for t in (whole_of(n) or things(n)) if t.is_molecule]
    return inner or [t for w in noun.words if w.is_name for t in things(Noun([w])) if t.is_molecule][:1]


def needing(unit: Unit, frame: Frame) -> Frame | None:
    """ "A requires B to bind C": the verb of needing, whose subject it is that binds."""
    for other in frames(unit):
        taken = bool(frame.subjects) and any(n.head is frame.subjects[0].head for n in other.objects)
        if other is not frame and taken and other.verbs.lemma in ("require", "need", "use", "utilize", "utilise"):
            return other
    return None


def competing(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    """ "A competes with B for binding to C": A and B bind C."""
    rivals = [t for n in frame.prep("with") for t in things(n) if t.is_molecule]
    over = [
        n for n in frame.prep("for") if n.head.lower in ("binding", "receptor", "receptors", "access") or n.head.is_name
    ]
    nouns = [o for n in over for o in (n.of or [n])]
    nouns += [
        n for f in frames(unit) if f.verbs.start > frame.verbs.start and f.verbs.lemma == "bind" for n in f.prep("to")
    ]
    targets = [t for n in nouns for w in n.words if w.is_name for t in things(Noun([w])) if t.is_molecule]
    for target in dict.fromkeys(targets):
        for subject in (*(t for t in subjects if t.is_molecule), *rivals):
            yield stated(unit, frame, subject, "binds", replace(target, aspect=None), "bind.verb")


def _gaps(unit: Unit, frame: Frame) -> list[int]:
    """The places in the prepositional phrases of a verb where a new pair begins: "with B and C with D"."""
    out = []
    for i in range(1, len(frame.preps)):
        (first, before), (second, after) = frame.preps[i - 1], frame.preps[i]
        if first != second or len(before) < 2 or not after:
            continue
        between = unit.passage.text[before[-1].end : after[0].start]
        if before[-1].head.is_name and between.strip() == second:
            out.append(i)
    return out


def gapped_pairs(unit: Unit, frame: Frame) -> Iterator[tuple[Thing, Thing]]:
    """ "A is associated with B and C with D": C and D."""
    for i in _gaps(unit, frame):
        for a in things(frame.preps[i - 1][1][-1]):
            yield from ((a, b) for n in frame.preps[i][1] for b in things(n) if b.is_molecule and a.is_molecule)


def without_gapped(unit: Unit, frame: Frame) -> list[tuple[str, list[Noun]]]:
    """The prepositional phrases of a verb without those of a pair of their own."""
    gaps = set(_gaps(unit, frame))
    return [(p, ns[:-1] if i + 1 in gaps else ns) for i, (p, ns) in enumerate(frame.preps) if i not in gaps]
