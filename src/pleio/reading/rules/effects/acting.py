"""Effects that a verb states of its subject and object: "A increases B", "B is reduced by A", "A protects B from C".

Rule ids: `effect.active`, `effect.passive`, `effect.protects`, `effect.compared`, and that of `needs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit
from ...words.head_nouns import CELLS, MODEL_WORDS
from ...words.lexicon import ACTION_NOUNS
from ...words.predicates import PHRASAL, PREPOSITIONAL, VERBS, Verb
from ..finish import EFFECT, FLIP, effect_draft, null
from ..levels.causes import causes_of
from ..signed import composed, signed_objects
from ..targets import objects_of
from ..therapy.ills import is_medicine_name
from .copular import compared
from .needs import needed
from .turning import conferred, ensuing, gives, rendering, towards, with_outcome


def acting(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read what a verb says its subject does to its object, or what an agent does to it."""
    if unit.mode == "pk" and unit.label:
        return
    turned = _turned(unit, frame)
    yield from _plain(unit, frame) if turned is None else turned


def _turned(unit: Unit, frame: Frame) -> Iterable[Draft] | None:
    """Read a verb that says another thing than its sign and its arguments; none of one that does not."""
    lemma, passive = frame.verbs.lemma, frame.verbs.passive
    if lemma == "protect":
        return _protects(unit, frame)
    if gives(frame):
        return conferred(unit, frame)
    phrasal = next((PHRASAL[lemma, p] for p in frame.particles if (lemma, p) in PHRASAL), "")
    if phrasal:
        return _phrasal(unit, frame, phrasal)
    on = _acted_on_by_preposition(frame)
    if on is not None:
        nouns, verb = on
        return _active(unit, frame, nouns, verb.relation, verb.aspect, "effect.active")
    turned = [*towards(unit, frame), *rendering(unit, frame)]
    if turned:
        return turned
    required = needed(unit, frame)
    if required is not None:
        return required
    if lemma == "accumulate" and frame.objects and not passive:
        given = [t for t in actors(unit, frame.subjects) if t.is_molecule]
        return _each(unit, frame, given, objects_of(unit, frame.objects, frame), "increases", None)
    if lemma in _SENDING and any(n.head.lower in _DOOM for n in frame.prep("for", "to")):
        doers, nouns = (frame.prep("by"), frame.subjects) if passive else (frame.subjects, frame.objects)
        subjects = actors(unit, doers, frame.elided)
        return _each(unit, frame, subjects, objects_of(unit, nouns, frame), "decreases", "abundance")
    if lemma in ("induce", "produce", "generate") and passive and _taken_away(frame):
        return []  # "deletion of A was induced with B": how it was done
    if lemma == "target" and not passive and frame.verbs.finite and not frame.prep("for", "to"):
        medicines = [t for t in actors(unit, frame.subjects, frame.elided) if is_medicine_name(t)]
        aims = [t for t in objects_of(unit, frame.objects, frame) if t.is_molecule]
        return _each(unit, frame, medicines, aims, "decreases", "activity")
    return None


def _each(
    unit: Unit, frame: Frame, subjects: list[Thing], targets: list[Thing], relation: str, aspect: str | None
) -> Iterator[Draft]:
    for subject in subjects:
        for target in targets:
            yield effect_draft(unit, frame, subject, relation, target, aspect, "effect.active")


def _acted_on_by_preposition(frame: Frame) -> tuple[list[Noun], Verb] | None:
    """ "A acts on B", "A led to B": B, and what the verb says with its preposition."""
    lemma = frame.verbs.lemma
    for preposition, nouns in frame.preps:
        verb = PREPOSITIONAL.get((lemma, preposition))
        if lemma in _COMING_ABOUT and not _comes_about(frame, nouns):
            continue
        if verb is not None and verb.relation in EFFECT and not frame.verbs.passive and not frame.objects:
            return nouns, verb
    return None


_COMING_ABOUT = ("result", "synergize", "synergise", "cooperate", "collaborate")


def _plain(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read a verb by its sign, its subject and its object."""
    lemma, passive = frame.verbs.lemma, frame.verbs.passive
    if lemma == "recruit" and not passive:
        cells = [n for n in frame.objects if any(t.kind == "cell" for t in things(n))]
        yield from _active(unit, frame, cells, "increases", "process", "effect.active")
    verb = _leaning(frame)
    if verb is None or verb.relation not in EFFECT:
        return
    if lemma in ("produce", "generate") and _makes(unit, frame):
        return
    if lemma in ("transphosphorylate", "autophosphorylate") and not frame.objects:
        for subject in actors(unit, frame.subjects, frame.elided):
            yield effect_draft(unit, frame, subject, "increases", subject, "phosphorylation", "effect.active")
    elif passive or (not frame.verbs.finite and frame.verbs.form == "ed"):
        yield from _passive(unit, frame, verb)
    elif lemma != "recruit" and frame.objects:
        yield from _active(unit, frame, frame.objects, verb.relation, verb.aspect, "effect.active")


def _passive(unit: Unit, frame: Frame, verb: Verb) -> Iterator[Draft]:
    """ "B is raised by A but not by C"."""
    agents = frame.prep("by") or _instruments(frame, verb.relation)
    for subject in [*actors(unit, agents), *_together(frame)] if agents else []:
        for noun in frame.subjects:
            for sign, target in signed_objects(unit, [noun], frame):
                relation = _restored(frame.verbs.lemma, sign) or composed(verb.relation, sign)
                yield effect_draft(unit, frame, subject, relation, target, verb.aspect, "effect.passive")
        for target in unit.subject if frame.elided else []:
            yield effect_draft(unit, frame, subject, verb.relation, target, verb.aspect, "effect.passive")
    for subject in actors(unit, frame.denied_prep("by")):
        for target in objects_of(unit, frame.subjects, frame):
            yield null(effect_draft(unit, frame, subject, verb.relation, target, verb.aspect, "effect.passive"))


_ANSWERING = {"upregulate", "up-regulate", "downregulate", "down-regulate", "increase", "decrease", "reduce", "induce"}
_RESTORING = {"rescue", "restore", "correct", "normalise", "normalize", "reverse", "overcome", "rectify"}


def _restored(lemma: str, sign: str) -> str:
    """ "Rescued the impaired B": raised B, which was low."""
    return FLIP[sign] if lemma in _RESTORING and sign in FLIP else ""


def _taken_away(frame: Frame) -> bool:
    """Say whether the subject of a verb is the loss of a gene."""
    return any(t.loss == "knockout" for n in frame.subjects for t in things(n))


def _leaning(frame: Frame) -> Verb | None:
    """The verb of a frame, with the sign that an adverb gives it: "negatively regulates"."""
    verb = VERBS.get(frame.verbs.lemma)
    if verb is None or verb.relation != "regulates":
        return verb
    around = {w.lower for w in frame.verbs.words} | set(frame.particles)
    sign = "decreases" if around & _AGAINST else "increases" if around & _IN_FAVOUR else ""
    return replace(verb, relation=sign) if sign else verb


_AGAINST = set("negatively inversely adversely detrimentally unfavorably unfavourably deleteriously".split())
_IN_FAVOUR = set("positively favorably favourably beneficially".split())


_SENDING = {"target", "direct", "send", "steer", "mark", "tag", "route", "earmark"}


_DOOM = {"degradation", "destruction", "proteolysis", "ubiquitination", "lysosomes", "lysosome", "proteasome"}


def _instruments(frame: Frame, relation: str) -> list[Noun]:
    """ "A was inhibited with B": the medicine or chemical B."""
    if relation != "decreases" and frame.verbs.lemma not in ("activate", "stimulate", "induce"):
        return []
    named = any(w.is_name for n in frame.subjects for w in n.words) or frame.verbs.lemma == "induce"
    nouns = frame.prep("with", "using") if named and frame.verbs.passive else []
    if frame.verbs.lemma == "induce":
        return [n for n in nouns if not any(t.kind in ("species", "cell", "tissue", "anaphor") for t in things(n))]
    return [n for n in nouns if any(t.mention and t.mention.category in ("drug", "chemical") for t in things(n))]


def _phrasal(unit: Unit, frame: Frame, relation: str) -> Iterator[Draft]:
    """ "A shuts B off", "B is held in check by A", "A gives rise to B"."""
    if frame.verbs.passive or (frame.verbs.form == "ed" and not frame.verbs.finite):
        subjects, nouns = actors(unit, frame.prep("by")), frame.subjects
    else:
        subjects = actors(unit, frame.subjects, frame.elided)
        plain = [n for n in frame.objects if n.head.lower not in ("rise", "brake", "brakes")]
        nouns = plain or frame.prep("to", "on")
    for subject in subjects:
        for sign, target in signed_objects(unit, nouns, frame):
            yield effect_draft(unit, frame, subject, composed(relation, sign), target, None, "effect.active")


def _active(
    unit: Unit, frame: Frame, nouns: list[Noun], relation: str, aspect: str | None, rule: str
) -> Iterator[Draft]:
    subjects = actors(unit, frame.subjects, frame.elided)
    if frame.verbs.lemma in _ANSWERING and any(t.kind == "cell" for t in subjects) and causes_of(unit, frame):
        subjects = [t for t in subjects if t.kind != "cell"]  # "upon A, cells upregulated B": A did it
    targets = [(sign, with_outcome(unit, t, nouns)) for sign, t in signed_objects(unit, nouns, frame)]
    for subject in subjects:
        for sign, target in targets:
            turned = _restored(frame.verbs.lemma, sign) or composed(relation, sign)
            yield effect_draft(unit, frame, subject, turned, target, aspect, rule)
    for subject in actors(unit, frame.denied_subjects):
        for sign, target in targets:
            yield null(effect_draft(unit, frame, subject, composed(relation, sign), target, aspect, rule))
    if _denied_place(frame):
        for subject in subjects:
            for sign, target in targets:
                yield null(effect_draft(unit, frame, subject, composed(relation, sign), target, aspect, rule))
    for subject in subjects:
        for sign, target in signed_objects(unit, ensuing(frame), frame):
            if target.kind not in ("species", "anaphor"):
                yield effect_draft(unit, frame, subject, sign or "increases", target, None, rule)
    for subject in _together(frame):
        for sign, target in targets:
            yield effect_draft(unit, frame, subject, composed(relation, sign), target, aspect, rule)
    for subject in compared(unit, frame):
        for sign, target in targets:
            yield effect_draft(unit, frame, subject, composed(relation, sign), target, aspect, "effect.compared")
    for subject in subjects:
        for noun in frame.denied:
            for target in objects_of(unit, [noun], frame):
                draft = effect_draft(unit, frame, subject, relation, target, aspect, rule)
                yield replace(draft, relation="no_effect", status="null_result")


def _denied_place(frame: Frame) -> bool:
    """ "in wild-type mice but not in A-/- mice", "in neurons but not in astrocytes"."""
    nouns = [n for p, ns in frame.denied_preps if p in ("in", "on") for n in ns]
    return bool(nouns) and any(n.head.lower in MODEL_WORDS or n.head.known == "cell" for n in nouns)


_SYNERGY = {"synergy", "concert", "cooperation", "combination", "conjunction", "collaboration"}


def _together(frame: Frame) -> list[Thing]:
    """ "… in synergy with B", "together with B": B acts too."""
    found = [n for p, ns in frame.preps if p == "in" for n in ns if n.head.lower in _SYNERGY]
    partners = [n for noun in found for p, ns in noun.preps if p == "with" for n in ns]
    if found and not partners:
        partners = frame.prep("with")
    return [t for n in partners for t in things(n) if t.is_molecule]


def _makes(unit: Unit, frame: Frame) -> bool:
    """Cells that produce a molecule are its source, not a cause of it: the expression rules read that."""
    subjects = actors(unit, frame.subjects, frame.elided)
    if frame.verbs.passive or (frame.verbs.form == "ed" and not frame.verbs.finite):
        subjects = actors(unit, frame.prep("by"))
    return any(t.kind in ("cell", "tissue") or CELLS.search(t.name) or _ORGAN.search(t.name) for t in subjects)


def _comes_about(frame: Frame, nouns: list[Noun]) -> bool:
    """Say whether what follows "in" comes about: not in "results from variants in A", "cooperate in T cells"."""
    if frame.verbs.lemma == "result":
        return not frame.prep("from")
    return all(n.head.lower in ACTION_NOUNS or any(t.kind == "process" for t in things(n)) for n in nouns)


_ORGAN = re.compile(
    r"\b(?:islets?|glands?|nodes?|organs?|tissues?|epitheli\w+|mucosa|cortex|medulla|plants?|bacteria|\w+oma)$"
)


def _protects(unit: Unit, frame: Frame) -> Iterator[Draft]:
    subjects = actors(unit, frame.subjects, frame.elided)
    against = frame.prep("from", "against")
    for subject in subjects:
        if against:
            for target in objects_of(unit, against, frame):
                yield effect_draft(unit, frame, subject, "decreases", target, None, "effect.protects")
        else:
            for target in objects_of(unit, frame.objects, frame):
                yield effect_draft(unit, frame, subject, "increases", target, "process", "effect.protects")
