"""Binding: "A binds B", "A signals through B", "binding of A to B", "acts through its receptor B".

Rule ids: `bind.verb`, `bind.noun`, `bind.signals`, `effect.signals`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..clauses import Frame
from ..draft import Draft
from ..lexicon import PARTICIPIAL, PREPOSITIONAL, VERBS
from ..modality import modality_of
from ..phrases import Noun
from ..things import Thing, things
from ..unit import Unit, actors, frames
from .finish import stated
from .receptors import PARTNERS, bound_things, is_receptor
from .targets import pronoun_object


def bindings(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read what a verb says binds what: "A binds B", "B is bound by A", "A is a ligand of B"."""
    lemma = frame.verbs.lemma
    verb = VERBS.get(lemma)
    nouns: list[Noun] = []
    subjects = actors(unit, frame.subjects, frame.elided)
    rule = "bind.verb"
    if verb is not None and verb.relation == "binds" and not frame.verbs.passive:
        nouns = frame.objects or _objects_after(unit, frame)
    denied = frame.denied
    if not nouns:
        for preposition, found in frame.preps:
            if _joins_by(frame, preposition) and not _MANNER.search(found[0].head.lower):
                nouns, denied = found, [*denied, *frame.denied_prep(preposition)]
                rule = "bind.signals" if lemma in ("signal", "act") else rule
    if lemma in _EXERTING and not nouns:
        subjects = [t for t in subjects if t.is_molecule and not t.loss]
        for target in (t for n in frame.prep("through", "via") for t in bound_things(unit, n) if is_receptor(t)):
            for subject in subjects:
                yield stated(unit, frame, subject, "binds", replace(target, aspect=None), "bind.signals")
        return
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
    both = len(subjects) == 2 and all(t.is_molecule for t in subjects) and not nouns
    if both and lemma in ("heterodimerize", "heterodimerise", "interact"):
        yield stated(unit, frame, subjects[0], "binds", subjects[1], rule)
    if lemma in ("carry", "transport") and not frame.verbs.passive:
        nouns = [n for n in frame.objects if any(t.mention and t.mention.category == "chemical" for t in things(n))]
        subjects = [t for t in subjects if t.is_molecule]
    for subject in subjects:
        for target in _bound(unit, nouns, frame):
            if lemma == "associate" and not (target.is_molecule and subject.is_molecule):
                continue
            if target.kind in ("disease", "tissue", "cell") or target.name == subject.name:
                continue
            if _MANNER.search(target.name):
                continue
            yield stated(unit, frame, subject, "binds", replace(target, aspect=None), rule)
        for target in (t for n in denied for t in things(n)):
            if nouns and (lemma != "associate" or (target.is_molecule and subject.is_molecule)):
                yield replace(stated(unit, frame, subject, "binds", target, rule), status="refuted")
    yield from _nouns_of_binding(unit, frame, subjects)


# how something binds, not what
_MANNER = re.compile(r"\b(?:affinity|affinities|specificity|avidity|potency|stoichiometry|kinetics|strength)$")
_EXERTING = {"exert", "mediate", "produce", "elicit", "function", "operate", "work"}


def _joins_by(frame: Frame, preposition: str) -> bool:
    """Say whether a verb and its preposition tell of a binding: "interacts with", "is recruited to"."""
    verb = PREPOSITIONAL.get((frame.verbs.lemma, preposition))
    if verb is not None and verb.relation == "binds":
        return True
    return frame.verbs.form == "ed" and PARTICIPIAL.get((frame.verbs.lemma, preposition)) == "binds"


_SITES = {"site", "sites", "complex", "complexes", "heterodimer", "heterodimers"}
_ANTIBODIES = {"antibody", "nanobody", "ligand-trap"}


def _objects_after(unit: Unit, frame: Frame) -> list[Noun]:
    """ "A binds (to) and blocks B": what the next verb acts on, where nothing but that verb stands between."""
    after = next((f for f in frames(unit) if f.verbs.start > frame.verbs.main.end), None)
    if frame.preps or after is None or not after.objects or not after.verbs.finite:
        return []
    between = unit.passage.text[frame.verbs.main.end : after.verbs.start]
    return after.objects if _AND.fullmatch(between) else []


_AND = re.compile(r"\s*(?:to|with)?,?\s*and\s+(?:\w+ly\s+)?(?:thereby\s+|thus\s+)?")


def _nouns_of_binding(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    """ "A forms a complex with B", "A is an antibody against B", "A serves as a co-receptor for B"."""
    lemma = frame.verbs.lemma
    for noun in [*frame.objects, *frame.prep("as")]:
        head, bound = noun.head.lower, []
        if head in _SITES:
            bound = [n for p, ns in [*noun.preps, *frame.preps] if p in ("for", "with") for n in ns]
        elif head in _ANTIBODIES and lemma == "be":
            aimed = [f for f in frames(unit) if f.verbs.lemma in ("direct", "raise", "target") and f is not frame]
            after = [*noun.preps, *frame.preps, *(p for f in aimed for p in f.preps)]
            bound = [n for p, ns in after if p in ("against", "to", "targeting", "at") for n in ns]
        elif head in PARTNERS and lemma in ("be", "serve", "act", "function", "become", "represent"):
            own = [t for w in noun.words if w.is_name for t in things(Noun([w]))]
            bound = [*noun.of, *(n for p, ns in [*noun.preps, *frame.preps] if p in ("for", "of") for n in ns)]
            for target in own if not bound and lemma != "be" else []:
                for subject in subjects:
                    yield stated(unit, frame, subject, "binds", target, "bind.noun")
        for target in dict.fromkeys(t for n in bound for t in things(n) if t.is_molecule):
            for subject in subjects:
                yield stated(unit, frame, subject, "binds", replace(target, aspect=None), "bind.noun")
        if head in PARTNERS:
            for target in (t for n in frame.denied_prep("for", "of") for t in things(n) if t.is_molecule):
                for subject in subjects:
                    yield replace(stated(unit, frame, subject, "binds", target, "bind.noun"), status="refuted")


def _bound(unit: Unit, nouns: list[Noun], frame: Frame) -> list[Thing]:
    return [t for n in nouns for t in (pronoun_object(unit, n, frame) if n.pronoun else bound_things(unit, n))]


def _signals(unit: Unit, frame: Frame, subjects: list[Thing], nouns: list[Noun]) -> Iterator[Draft]:
    """ "A signals through B to C": A binds B where B is a receptor, else it acts on B; and it acts on C."""
    relation = "regulates" if frame.verbs.lemma == "act" else "increases"
    for subject in subjects:
        for target in _bound(unit, nouns, frame):
            if target.kind in ("disease", "tissue", "cell") or target.name == subject.name:
                continue
            if is_receptor(target) and subject.kind != "cell":
                yield stated(unit, frame, subject, "binds", replace(target, aspect=None), "bind.signals")
            elif target.is_molecule and subject.is_molecule:
                yield stated(unit, frame, subject, relation, target, "effect.signals", "activity")
        for target in (t for n in frame.prep("to") for t in things(n) if frame.verbs.lemma == "signal"):
            if target.is_molecule and subject.is_molecule:
                yield stated(unit, frame, subject, relation, target, "effect.signals", "activity")


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
