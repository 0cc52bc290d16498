"""Effects that the adjectives of a noun state ("has anti-inflammatory properties"), and the way its words lean.

Rule ids: those of `properties_of`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import is_potential, modality_of
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit
from ..targets import objects_of
from .properties_of import properties_in


def leaning_of(noun: Noun) -> str:
    """Say which way the adjectives of a noun lean: "an inhibitory effect", "a trophic role"."""
    words = {w.lower for w in noun.words}
    if words & {"inhibitory", "suppressive", "negative", "antagonistic", "repressive"}:
        return "decreases"
    if words & {"stimulatory", "positive", "stimulating", "activating", "trophic", "mitogenic"}:
        return "increases"
    return "regulates"


def stated_effects(
    unit: Unit,
    frame: Frame | None,
    subjects: list[Thing],
    noun: Noun,
    preps: list[tuple[str, list[Noun]]] | None = None,
) -> Iterator[Draft]:
    """The effects that the adjectives of an object state ("has anti-inflammatory properties")."""
    found = properties_in(noun)
    around = preps if preps is not None else (frame.preps if frame else [])
    text = " ".join(w.text for w in noun.words)
    for subject in subjects:
        for property_ in found:
            modality = modality_of(frame, unit.text) if frame is not None else modality_of(None, unit.text)
            if is_potential(text) or any(w.lower in ("potentially", "possibly") for w in noun.words):
                modality = "hedged" if modality == "asserted" else modality
            if property_.pending:
                against = [n for p, ns in around if p in ("against", "from") for n in ns]
                for target in (
                    objects_of(unit, against, frame) if against and frame else [t for n in against for t in things(n)]
                ):
                    yield Draft(subject, "decreases", target, property_.rule, "process", modality=modality)
                if not against:
                    yield from _protected(unit, subject, around, modality, property_.rule)
                continue
            status, relation = "asserted", property_.relation
            if (frame is not None and frame.verbs.negated) or re.match(r"no\b", text, re.I):
                status, relation = "null_result", "no_effect"
            yield Draft(subject, relation, property_.object, property_.rule, "process", status, modality)


def _protected(
    unit: Unit, subject: Thing, around: list[tuple[str, list[Noun]]], modality: str, rule: str
) -> Iterator[Draft]:
    """ "protective effects in neuronal injury models": protection of what is named there."""
    place = " ".join(w.lower for p, ns in around if p in ("in", "on") for n in ns for w in n.words)
    for stem, name in (
        ("neuro", "neuroprotection"),
        ("cardi", "cardioprotection"),
        ("hepat", "hepatoprotection"),
        ("renal", "renoprotection"),
    ):
        if stem in place or stem in unit.label.lower() or (stem == "neuro" and "nerv" in unit.intro.lower()):
            yield Draft(subject, "increases", Thing(name, kind="process"), rule, "process", modality=modality)
            return
    survival = re.search(r"\b([\w-]+ (?:neuron|cell|hepatocyte|cardiomyocyte|cell)s? survival)\b", unit.text)
    yield Draft(
        subject,
        "increases",
        Thing(survival[1] if survival else "protection", kind="process"),
        rule,
        "process",
        modality=modality,
    )
