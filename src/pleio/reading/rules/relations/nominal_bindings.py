"""Binding that nouns tell: "binding of A to B", "the A–B interaction", "acts through its receptor B".

Rule ids: `bind.noun`, `bind.signals`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import modality_of
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit, frames
from ...words.predicates import VERBS

_JOINING = set(
    "binding interaction interactions association complex complexes assembly docking heterodimer heterodimers "
    "heterodimerization heterodimerisation dimerization dimerisation formation attachment crosstalk assembly affinity "
    "avidity".split()
)


def nominal_bindings(unit: Unit) -> Iterator[Draft]:
    """ "binding of A to B", "A binding to B", "interaction between A and B", "association with B"."""
    for frame in [*frames(unit), None]:
        groups = (
            [(unit.clauses.loose, unit.clauses.loose_preps)]
            if frame is None
            else [
                (frame.subjects, frame.subject_preps),
                (frame.objects, frame.preps),
                *(([n], n.preps or frame.preps[i + 1 : i + 2]) for i, (_, ns) in enumerate(frame.preps) for n in ns),
                *(([n], n.preps) for _, ns in frame.lead_preps for n in ns),
            ]
        )
        for nouns, preps in groups:
            for noun in (n for n in nouns if _joins(n)):
                around = noun.preps or preps
                for a, b in _joined(unit, frame, noun, around, nouns is (frame.objects if frame else None)):
                    if a.name != b.name and (a.curie or a.name) != (b.curie or b.name):
                        none = frame is not None and _is_none(frame, noun)
                        yield Draft(
                            a, "binds", replace(b, aspect=None), "bind.noun", None, "refuted" if none else "asserted",
                            modality_of(None, ""),
                        )  # fmt: skip
    if re.search(r"allow\w*\s+interaction with|interaction with", unit.text) and unit.topic is not None:
        for frame in frames(unit):
            for noun in frame.objects:
                if noun.head.lower == "interaction":
                    for b in (t for n in frame.prep("with") for t in things(n)):
                        if not any(t.is_molecule for n in noun.of for t in things(n)):
                            yield Draft(unit.topic, "binds", replace(b, aspect=None), "bind.noun")


_SEEN = {"detect", "observe", "see", "find", "show", "demonstrate", "measure", "have", "be"}


def _is_none(frame: Frame, noun: Noun) -> bool:
    """ "No interaction of A with B was seen", "an interaction was not detected"."""
    no = noun.words[0].lower in ("no", "neither")
    return no or (frame.verbs.negated and frame.verbs.lemma in _SEEN and any(n is noun for n in frame.subjects))


def _joins(noun: Noun) -> bool:
    """Say whether a phrase tells of a binding: "the interaction", "complex formation", not "the formation" alone."""
    head, words = noun.head.lower, {w.lower for w in noun.words}
    return head in _JOINING and (head != "formation" or bool(words & {"complex", "dimer", "heterodimer"}))


def _joined(
    unit: Unit, frame: Frame | None, noun: Noun, preps: list[tuple[str, list[Noun]]], is_object: bool
) -> Iterator[tuple[Thing, Thing]]:
    """The pairs that a phrase about a binding says bind."""

    def named(*names: str) -> list[Thing]:
        return [t for p, ns in preps if p in names for n in ns for t in things(n) if t.is_molecule]

    pair = named("between", "among")
    if len(pair) > 1:
        yield from ((pair[0], other) for other in pair[1:])
        return
    aimed = ("for", "to", "towards") if noun.head.lower in ("affinity", "avidity") else ("to", "with", "between")
    partners = named(*aimed)
    own = [t for n in noun.of for t in things(n) if t.is_molecule]
    inside = [w for w in noun.words if w.is_name]
    if len(inside) == 2 and not partners and _DASHED.fullmatch(unit.passage.text[inside[0].end : inside[1].start]):
        if noun.head.lower in ("binding", "interaction", "interactions", "association"):
            yield things(Noun(inside[:1]))[0], things(Noun(inside[1:]))[0]
        return
    told = frame is not None and (frame.verbs.lemma in ("be", "form", "signal", "act") or _binds(frame))
    if (
        not partners
        and len(own) == 2
        and noun.head.lower.startswith(("complex", "heterodimer", "interaction"))
        and not told
    ):
        yield own[0], own[1]
        return
    own += [t for w in noun.words if w.is_name for t in things(Noun([w]))]
    if not own and frame is not None and is_object:
        inner = [t for n in frame.subjects for t in things(n) if t.is_molecule]
        lead = [t for p, ns in frame.subject_preps if p in ("to", "with") for n in ns for t in things(n)]
        own = [t for t in lead if t.is_molecule] or inner
    yield from ((a, b) for a in own for b in partners)


_DASHED = re.compile(r"\s?[-–‑/:·•]\s?")


def _binds(frame: Frame) -> bool:
    verb = VERBS.get(frame.verbs.lemma)
    return verb is not None and verb.relation == "binds"


_OWN_RECEPTOR = re.compile(r"\b(?:through|via|by binding|to) (?:its|the|their) (?:cognate |specific )?receptors?,? ")


def own_receptor(unit: Unit) -> Iterator[Draft]:
    """ "acts through its receptor B": A binds B."""
    match = _OWN_RECEPTOR.search(unit.text)
    if match is None:
        return
    at = unit.body + match.end()
    receptor = next((m for m in unit.mentions if m.start == at and m.category == "gene"), None)
    owner = next((m for m in unit.mentions if unit.body <= m.start < at and m.is_molecule), None)
    if receptor is not None:
        a = Thing(owner.text, owner.curie or None, None, "molecule", mention=owner) if owner else None
        for subject in [a] if a is not None else unit.referent:
            yield Draft(subject, "binds", Thing(receptor.text, receptor.curie or None, None, "molecule"), "bind.noun")
