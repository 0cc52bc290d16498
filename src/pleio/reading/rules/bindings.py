"""Binding: "A binds B", "A signals through B", "binding of A to B", "acts through its receptor B".

Rule ids: `bind.verb`, `bind.noun`, `bind.signals`, `effect.signals`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..clauses import Frame
from ..draft import Draft
from ..lexicon import PREPOSITIONAL, VERBS
from ..modality import modality_of
from ..phrases import Noun
from ..things import Thing, things
from ..unit import Unit, actors, frames
from ..vocabulary import gene
from .finish import stated
from .targets import pronoun_object


def bindings(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read what a verb says binds what: "A binds B", "B is bound by A", "A is a ligand of B"."""
    lemma = frame.verbs.lemma
    verb = VERBS.get(lemma)
    nouns: list[Noun] = []
    subjects = actors(unit, frame.subjects, frame.elided)
    rule = "bind.verb"
    if verb is not None and verb.relation == "binds" and not frame.verbs.passive:
        nouns = frame.objects
    if not nouns:
        for preposition, found in frame.preps:
            special = PREPOSITIONAL.get((lemma, preposition))
            if special is not None and special.relation == "binds":
                nouns = found
                rule = "bind.signals" if lemma in ("signal", "act") else rule
    if lemma in ("draw", "pull", "bring") and "in" in frame.particles:
        if frame.verbs.passive:
            nouns, subjects = frame.subjects, actors(unit, frame.prep("by")) or unit.subject
        else:
            nouns = frame.objects or frame.prep("in")
        nouns = [n for n in nouns if any(t.is_molecule for t in things(n))]
    if rule == "bind.signals":
        yield from _signals(unit, frame, subjects, nouns)
        return
    if lemma in ("act",) and not any(t.is_molecule for n in nouns for t in things(n)):
        return
    if (
        verb is not None
        and verb.relation == "binds"
        and (frame.verbs.passive or frame.verbs.form == "ed")
        and frame.prep("by")
    ):
        nouns, subjects = frame.subjects, actors(unit, frame.prep("by"))
    if lemma in ("dimerize", "dimerise", "homodimerize", "homodimerise"):
        for t in subjects:
            yield stated(unit, frame, t, "binds", t, rule)
    for subject in subjects:
        for target in (t for n in nouns for t in (pronoun_object(unit, n, frame) if n.pronoun else things(n))):
            if lemma == "associate" and not (target.is_molecule and subject.is_molecule):
                continue
            if target.kind in ("disease", "tissue", "cell") or target.name == subject.name:
                continue
            if re.search(r"\b(?:affinity|affinities|specificity|avidity|potency|stoichiometry|kinetics)$", target.name):
                continue
            yield stated(unit, frame, subject, "binds", replace(target, aspect=None), rule)
        for target in (t for n in frame.denied for t in things(n)):
            if nouns:
                yield replace(stated(unit, frame, subject, "binds", target, rule), status="refuted")
    for noun in frame.objects:
        if noun.head.lower in ("site", "sites", "complex", "complexes", "heterodimer", "heterodimers"):
            for target in (t for n in frame.prep("for", "with") for t in things(n) if t.is_molecule):
                for subject in subjects:
                    yield stated(unit, frame, subject, "binds", target, "bind.noun")
        if noun.head.lower in ("antibody", "nanobody", "ligand-trap") and lemma == "be":
            aims = [n for p, ns in [*noun.preps, *frame.preps] if p in ("against", "to", "targeting") for n in ns]
            for target in dict.fromkeys(t for n in aims for t in things(n) if t.is_molecule):
                for subject in subjects:
                    yield stated(unit, frame, subject, "binds", replace(target, aspect=None), "bind.noun")
        if noun.head.lower in ("ligand", "receptor") and lemma in ("be", "serve", "act"):
            for target in (t for n in [*noun.of, *frame.prep("for", "of")] for t in things(n) if t.is_molecule):
                for subject in subjects:
                    yield stated(unit, frame, subject, "binds", target, "bind.noun")


def _signals(unit: Unit, frame: Frame, subjects: list[Thing], nouns: list[Noun]) -> Iterator[Draft]:
    """ "A signals through B to C": A binds B where B is a receptor, else it acts on B; and it acts on C."""
    relation = "regulates" if frame.verbs.lemma == "act" else "increases"
    for subject in subjects:
        for target in (t for n in nouns for t in (pronoun_object(unit, n, frame) if n.pronoun else things(n))):
            if target.kind in ("disease", "tissue", "cell") or target.name == subject.name:
                continue
            if is_receptor(target) and subject.kind != "cell":
                yield stated(unit, frame, subject, "binds", replace(target, aspect=None), "bind.signals")
            elif target.is_molecule and subject.is_molecule:
                yield stated(unit, frame, subject, relation, target, "effect.signals", "activity")
        for target in (t for n in frame.prep("to") for t in things(n) if frame.verbs.lemma == "signal"):
            if target.is_molecule and subject.is_molecule:
                yield stated(unit, frame, subject, relation, target, "effect.signals", "activity")


def is_receptor(thing: Thing) -> bool:
    """Say whether a name is one of a receptor, by what it is called or by the full name of its gene."""
    if re.search(r"receptor", thing.name, re.I):
        return True
    known = gene(thing.curie[5:]) if thing.curie is not None and thing.curie.startswith("hgnc:") else None
    return known is not None and bool(re.search(r"receptor|signal transducer$", known.name))


_JOINING = set(
    "binding interaction interactions association complex complexes assembly docking heterodimer heterodimers "
    "heterodimerization heterodimerisation dimerization dimerisation formation attachment crosstalk".split()
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
                *(([n], n.preps) for _, ns in (*frame.preps, *frame.lead_preps) for n in ns if n.preps),
            ]
        )
        for nouns, preps in groups:
            for noun in (n for n in nouns if _joins(n)):
                around = noun.preps or preps
                for a, b in _joined(unit, frame, noun, around, nouns is (frame.objects if frame else None)):
                    if a.name != b.name and (a.curie or a.name) != (b.curie or b.name):
                        yield Draft(
                            a, "binds", replace(b, aspect=None), "bind.noun", None, modality=modality_of(None, "")
                        )
    if re.search(r"allow\w*\s+interaction with|interaction with", unit.text) and unit.topic is not None:
        for frame in frames(unit):
            for noun in frame.objects:
                if noun.head.lower == "interaction":
                    for b in (t for n in frame.prep("with") for t in things(n)):
                        if not any(t.is_molecule for n in noun.of for t in things(n)):
                            yield Draft(unit.topic, "binds", replace(b, aspect=None), "bind.noun")


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
    partners = named("to", "with", "between")
    own = [t for n in noun.of for t in things(n) if t.is_molecule]
    if not partners and len(own) == 2 and noun.head.lower.startswith(("complex", "heterodimer", "interaction")):
        yield own[0], own[1]
        return
    own += [t for w in noun.words if w.is_name for t in things(Noun([w]))]
    if not own and frame is not None and is_object:
        inner = [t for n in frame.subjects for t in things(n) if t.is_molecule]
        lead = [t for p, ns in frame.subject_preps if p in ("to", "with") for n in ns for t in things(n)]
        own = [t for t in lead if t.is_molecule] or inner
    yield from ((a, b) for a in own for b in partners)


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
