"""Binding: "A binds B", "A signals through B", "binding of A to B", "acts through its receptor B".

Rule ids: `bind.verb`, `bind.noun`, `bind.signals`, `effect.signals`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit, frames
from ...words.predicates import PARTICIPIAL, PREPOSITIONAL, VERBS
from ..finish import stated
from ..targets import pronoun_object
from .receptors import PARTNERS, bound_things, is_receptor
from .shared_bindings import competing, gapped_pairs, needing, owners_of_part, without_gapped


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
        for pair in gapped_pairs(unit, frame):
            yield stated(unit, frame, pair[0], "binds", replace(pair[1], aspect=None), rule)
        for preposition, found in without_gapped(unit, frame):
            if _joins_by(frame, preposition) and not _MANNER.search(found[0].head.lower):
                nouns, denied = [*nouns, *found], [*denied, *frame.denied_prep(preposition)]
                rule = "bind.signals" if lemma in ("signal", "act") else rule
                if rule == "bind.signals":
                    break
    if lemma == "compete":
        yield from competing(unit, frame, subjects)
        return
    if frame.verbs.to and (holder := needing(unit, frame)) is not None:
        subjects = [t for t in actors(unit, holder.subjects) if t.is_molecule] or subjects
    if lemma in _EXERTING and not nouns:
        yield from _through(unit, frame, subjects)
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
    if lemma == "act" and not any(t.is_molecule for n in nouns for t in things(n)):
        yield from _nouns_of_binding(unit, frame, subjects)
        return
    bound = verb is not None and verb.relation == "binds" and (frame.verbs.passive or frame.verbs.form == "ed")
    if bound and frame.prep("by"):
        nouns, subjects = frame.subjects, actors(unit, frame.prep("by"))
    yield from _with_themselves(unit, frame, subjects, bool(nouns))
    if lemma in ("carry", "transport") and not frame.verbs.passive:
        nouns = [n for n in frame.objects if any(t.mention and t.mention.category == "chemical" for t in things(n))]
        subjects = [t for t in subjects if t.is_molecule]
    if nouns:
        subjects = [o for s in subjects for o in owners_of_part(unit, frame, s)]
        yield from _besides(unit, frame, subjects)
    for subject in subjects:
        yield from _pairs(unit, frame, subject, nouns, denied)
    yield from _specific(unit, frame, subjects)
    yield from _nouns_of_binding(unit, frame, subjects)


def _through(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    """ "A exerts its effects through its receptor": A binds it."""
    subjects = [t for t in subjects if t.is_molecule and not t.loss]
    for target in (t for n in frame.prep("through", "via") for t in bound_things(unit, n) if is_receptor(t)):
        for subject in subjects:
            yield stated(unit, frame, subject, "binds", replace(target, aspect=None), "bind.signals")


def _with_themselves(unit: Unit, frame: Frame, subjects: list[Thing], with_others: bool) -> Iterator[Draft]:
    """ "A homodimerizes", "A and B interact"."""
    lemma = frame.verbs.lemma
    if lemma in ("dimerize", "dimerise", "homodimerize", "homodimerise"):
        for t in subjects:
            yield stated(unit, frame, t, "binds", t, "bind.verb")
    both = len(subjects) == 2 and all(t.is_molecule for t in subjects) and not with_others
    if both and lemma in ("heterodimerize", "heterodimerise", "interact"):
        yield stated(unit, frame, subjects[0], "binds", subjects[1], "bind.verb")


def _pairs(unit: Unit, frame: Frame, subject: Thing, nouns: list[Noun], denied: list[Noun]) -> Iterator[Draft]:
    """ "A binds B but not C"."""
    lemma = frame.verbs.lemma
    for target in _bound(unit, nouns, frame):
        if lemma == "associate" and not (target.is_molecule and subject.is_molecule):
            continue
        if target.kind in ("disease", "tissue", "cell") or target.name == subject.name:
            continue
        if target.name.lower() in _BARE or (lemma in _BRINGING and not target.is_molecule):
            continue
        if not _MANNER.search(target.name):
            yield stated(unit, frame, subject, "binds", replace(target, aspect=None), "bind.verb")
    for target in (t for n in denied for t in things(n)):
        if nouns and (lemma != "associate" or (target.is_molecule and subject.is_molecule)):
            yield replace(stated(unit, frame, subject, "binds", target, "bind.verb"), status="refuted")


def _specific(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    """ "The receptor is specific for B"."""
    if frame.verbs.lemma != "be" or frame.adjective != "specific":
        return
    for target in (t for n in frame.prep("for") for t in things(n) if t.is_molecule):
        for subject in (t for t in subjects if t.is_molecule and is_receptor(t)):
            yield stated(unit, frame, subject, "binds", replace(target, aspect=None), "bind.noun")


# how something binds, not what
_MANNER = re.compile(r"\b(?:affinity|affinities|specificity|avidity|potency|stoichiometry|kinetics|strength)$")
_BARE = {"receptor", "receptors", "ligand", "ligands", "surface", "membrane", "nucleus", "complex", "site", "sites"}
_BRINGING = {"recruit", "tether", "anchor", "attach"}
_EXERTING = {"exert", "mediate", "produce", "elicit", "function", "operate", "work"}


def _in_complex(frame: Frame) -> list[Noun]:
    """ "A signals via B in complex with C": C too."""
    tied = any(n.head.lower in ("complex", "association") for n in frame.prep("in"))
    return frame.prep("with") if tied else []


def _besides(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    """ "Besides B, A binds C": A binds B too."""
    opening = [n for p, ns in frame.lead_preps if p in ("besides", "beside", "alongside") for n in ns]
    for target in (t for n in opening for t in bound_things(unit, n) if t.is_molecule):
        for subject in subjects if not frame.verbs.negated else []:
            yield stated(unit, frame, subject, "binds", replace(target, aspect=None), "bind.verb")


def _joins_by(frame: Frame, preposition: str) -> bool:
    """Say whether a verb and its preposition tell of a binding: "interacts with", "is recruited to"."""
    verb = PREPOSITIONAL.get((frame.verbs.lemma, preposition))
    if verb is not None and verb.relation == "binds":
        return True
    return frame.verbs.form == "ed" and PARTICIPIAL.get((frame.verbs.lemma, preposition)) == "binds"


_SITES = {
    "site", "sites", "complex", "complexes", "heterodimer", "heterodimers", "heterocomplex", "heteromer",
    "heterotetramer",
    "heterotrimer",
}  # fmt: skip
_ANTIBODIES = {"antibody", "nanobody", "ligand-trap"}


def _objects_after(unit: Unit, frame: Frame) -> list[Noun]:
    """ "A binds (to) and blocks B": what the next verb acts on, where nothing but that verb stands between."""
    after = next((f for f in frames(unit) if f.verbs.start > frame.verbs.main.end), None)
    if frame.preps or after is None or not after.objects or not after.verbs.finite:
        return []
    between = unit.passage.text[frame.verbs.main.end : after.verbs.start]
    return after.objects if _AND.fullmatch(between) else []


_AND = re.compile(r"\s*(?:to|with)?,?\s*and\s+(?:\w+ly\s+)?(?:thereby\s+|thus\s+)?")


_BEING = {"be", "serve", "act", "function", "become", "represent", "remain"}
_KNOWN_AS = {"identify", "consider", "describe", "know", "recognise", "recognize", "regard", "characterize", "use"}


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
        elif head in PARTNERS and (lemma in _BEING or (lemma in _KNOWN_AS and frame.verbs.passive)):
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
        for target in (t for n in _in_complex(frame) for t in things(n) if t.is_molecule and subject.is_molecule):
            yield stated(unit, frame, subject, "binds", replace(target, aspect=None), "bind.signals")
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
