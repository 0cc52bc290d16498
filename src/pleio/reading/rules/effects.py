"""Signed effects that a verb states: "A increases B", "B is reduced by A", "A protects B from C".

Rule ids: `effect.active`, `effect.passive`, `effect.protects`, `effect.induced`, `effect.nominal`, `effect.required`,
`effect.shown`, `effect.ellipsis`, `effect.compared`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..clauses import Frame
from ..draft import Draft
from ..lexicon import (
    ACTION_NOUNS,
    EFFECT_NOUNS,
    PHRASAL,
    PREPOSITIONAL,
    VERBS,
)
from ..phrases import Noun
from ..things import CELLS, MODEL_WORDS, Thing, things, things_of
from ..unit import Unit, actors, frames
from .descriptions import compared, copular, given_signals, light_verbs
from .finish import effect_draft
from .mutants import mutants
from .nominal import DEPENDENT, within_phrases
from .targets import VAGUE, composed, objects_of, signed_objects

EFFECT = {"increases", "decreases", "regulates"}
VAGUE_SUBJECTS = set(
    "target targets approach approaches strategy strategies method methods evidence study studies data research "
    "results findings "
    "selection considerations trial trials disease disorder condition analysis analyses work report reports "
    "review efforts experiments "
    "patients people individuals controls participants carriers volunteers "
    "mice rats animals humans subjects adults children volunteers women men people it they we "
    "model models group groups patient author authors finding observations observation understanding regions "
    "levels signal signals genes cells molecules factors".split()
)


def effects(unit: Unit) -> Iterator[Draft]:
    """Read the signed effects of a sentence."""
    for frame in frames(unit):
        if frame.verbs.form == "ing" and unit.passage.text[: frame.verbs.start].endswith(("without ", "without\u00a0")):
            frame.verbs.negated = True
        found = (
            *_verb(unit, frame),
            *_shown(unit, frame),
            *_ellipsis(unit, frame),
            *_answers(unit, frame),
            *_left(unit, frame),
            *mutants(unit, frame),
            *_follows(unit, frame),
            *_through(unit, frame),
            *light_verbs(unit, frame),
            *copular(unit, frame),
            *given_signals(unit, frame),
            *within_phrases(unit, frame),
        )
        found = (*found, *_in_absence(unit, frame, found))
        yield from (
            replace(_harmful(frame, d), verb=frame.verbs.main.start)
            for d in found
            if d.subject.name.lower().split()[-1:] and d.subject.name.lower().split()[-1] not in VAGUE_SUBJECTS
        )


def _verb(unit: Unit, frame: Frame) -> Iterator[Draft]:
    lemma = frame.verbs.lemma
    if unit.mode == "pk" and unit.label:
        return
    if lemma == "protect":
        yield from _protects(unit, frame)
        return
    phrasal = next((PHRASAL[lemma, p] for p in frame.particles if (lemma, p) in PHRASAL), "")
    if phrasal:
        yield from _phrasal(unit, frame, phrasal)
        return
    for preposition, nouns in frame.preps:
        special = PREPOSITIONAL.get((lemma, preposition))
        if special is not None and special.relation in EFFECT and not frame.verbs.passive and not frame.objects:
            yield from _active(unit, frame, nouns, special.relation, special.aspect, "effect.active")
            return
    needs = frame.objects if lemma == "require" else frame.prep("on") if lemma in ("depend", "rely") else []
    if needs and not frame.verbs.passive and not any(n.head.lower in EFFECT_NOUNS for n in frame.subjects):
        for need in needs:
            for subject in (t for t in things(need) if t.is_molecule or t.kind in ("process", "pathway", "cell")):
                for target in actors(unit, frame.subjects, frame.elided):
                    if target.kind == "cell" and all(n.head.known != "cell" for n in frame.subjects):
                        continue  # "the response of B cells to A requires C": the response
                    if target.name.lower().split(" ")[-1] not in VAGUE:
                        yield effect_draft(unit, frame, subject, "increases", target, None, "effect.required")
        return
    if lemma == "accumulate" and frame.objects and not frame.verbs.passive:
        given = [t for t in actors(unit, frame.subjects) if t.is_molecule]
        for subject in given:
            for target in objects_of(unit, frame.objects, frame):
                yield effect_draft(unit, frame, subject, "increases", target, None, "effect.active")
        return
    if lemma in _SENDING and any(n.head.lower in _DOOM for n in frame.prep("for", "to")):
        nouns = frame.subjects if frame.verbs.passive else frame.objects
        doers = frame.prep("by") if frame.verbs.passive else frame.subjects
        for subject in actors(unit, doers, frame.elided):
            for target in objects_of(unit, nouns, frame):
                yield effect_draft(unit, frame, subject, "decreases", target, "abundance", "effect.active")
        return
    if lemma == "recruit" and not frame.verbs.passive:
        cells = [n for n in frame.objects if any(t.kind == "cell" for t in things(n))]
        yield from _active(unit, frame, cells, "increases", "process", "effect.active")
    verb = VERBS.get(lemma)
    if verb is None or verb.relation not in EFFECT:
        return
    if lemma in ("produce", "generate") and _makes(unit, frame):
        return
    if lemma in ("transphosphorylate", "autophosphorylate") and not frame.objects:
        for subject in actors(unit, frame.subjects, frame.elided):
            yield effect_draft(unit, frame, subject, "increases", subject, "phosphorylation", "effect.active")
        return
    if frame.verbs.passive or (not frame.verbs.finite and frame.verbs.form == "ed"):
        agents = frame.prep("by") or _instruments(frame, verb.relation)
        if agents:
            for subject in [*actors(unit, agents), *_together(unit, frame)]:
                for noun in frame.subjects:
                    for sign, target in signed_objects(unit, [noun], frame):
                        relation = composed(verb.relation, sign)
                        yield effect_draft(unit, frame, subject, relation, target, verb.aspect, "effect.passive")
                if frame.elided:
                    for target in unit.subject:
                        yield effect_draft(unit, frame, subject, verb.relation, target, verb.aspect, "effect.passive")
        for subject in actors(unit, frame.denied_prep("by")):
            for target in objects_of(unit, frame.subjects, frame):
                yield _null(effect_draft(unit, frame, subject, verb.relation, target, verb.aspect, "effect.passive"))
        return
    if lemma == "recruit":
        return
    if frame.objects:
        yield from _active(unit, frame, frame.objects, verb.relation, verb.aspect, "effect.active")


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


def _in_absence(unit: Unit, frame: Frame, found: Sequence[Draft]) -> Iterator[Draft]:
    """ "In the absence of B, A no longer did C", "in mice with deletion of B, A failed to do C": B is needed for it."""
    failed = frame.governor is not None and frame.governor.verbs.lemma == "fail" and frame.verbs.to
    if not (frame.verbs.negated or failed):
        return
    lead = [*frame.lead_preps, *(frame.governor.lead_preps if frame.governor is not None else [])]
    nouns = [n for p, ns in lead if p in ("in", "without", "after", "upon", "with") for n in ns]
    lost = [t if t.loss else replace(t, loss="knockout") for n in nouns for t in _missing(unit, n)]
    verb = VERBS.get(frame.verbs.lemma)
    if not lost or verb is None or verb.relation not in EFFECT:
        return
    for d in found:
        if d.status != "null_result":
            continue
        for t in lost:
            if t.name != d.subject.name:
                yield replace(
                    d, subject=t, relation=verb.relation, status="asserted", system=t.loss, rule="effect.absent"
                )


def _missing(unit: Unit, noun: Noun) -> list[Thing]:
    """What is missing in "the absence of A", "mice with deletion of A", "A-null mice", "cells lacking A"."""
    if noun.head.lower in ("absence", "lack") and noun.of:
        return [t for n in noun.of for t in things(n) if t.is_molecule]
    found = [t for t in actors(unit, [noun]) if t.loss]
    return found or [t for p, ns in noun.preps if p == "with" for n in ns for t in things(n) if t.loss]


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
    targets = signed_objects(unit, nouns, frame)
    for subject in subjects:
        for sign, target in targets:
            yield effect_draft(unit, frame, subject, composed(relation, sign), target, aspect, rule)
    for subject in actors(unit, frame.denied_subjects):
        for sign, target in targets:
            yield _null(effect_draft(unit, frame, subject, composed(relation, sign), target, aspect, rule))
    if _denied_place(frame):
        for subject in subjects:
            for sign, target in targets:
                yield _null(effect_draft(unit, frame, subject, composed(relation, sign), target, aspect, rule))
    for subject in _together(unit, frame):
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


def _together(unit: Unit, frame: Frame) -> list[Thing]:
    """ "… in synergy with B", "together with B": B acts too."""
    found = [n for p, ns in frame.preps if p == "in" for n in ns if n.head.lower in _SYNERGY]
    partners = [n for noun in found for p, ns in noun.preps if p == "with" for n in ns]
    if found and not partners:
        partners = frame.prep("with")
    return [t for n in partners for t in things(n) if t.is_molecule]


_CAUSING = set("cause induce trigger provoke precipitate elicit produce".split())


def _harmful(frame: Frame, draft: Draft) -> Draft:
    """A medicine that causes a disease does harm."""
    mention = draft.subject.mention
    drug = draft.subject.kind == "drug" or (mention is not None and mention.category == "drug")
    ill = draft.object.kind in ("disease", "phenotype") and not draft.object.is_molecule
    told = frame.verbs.lemma in ("cause", "provoke", "precipitate") and draft.object.kind in ("other", "process")
    told = told and not re.search(
        r"apoptosis|death|differentiation|proliferation|increase|rise|release", draft.object.name
    )
    risk = any(n.head.lower in ("risk", "incidence", "odds", "likelihood") for n in frame.objects)
    risk = risk and frame.verbs.lemma in ("increase", "raise", "elevate") and not draft.object.is_molecule
    if drug and risk and draft.relation == "increases":
        return replace(draft, relation="causes_adverse_event", aspect=None, rule="adverse.verb")
    if frame.verbs.lemma in _CAUSING and drug and (ill or told) and draft.relation == "increases":
        return replace(draft, relation="causes_adverse_event", aspect=None, rule="adverse.verb")
    return draft


def _null(draft: Draft) -> Draft:
    return replace(draft, relation="no_effect", status="null_result")


def _makes(unit: Unit, frame: Frame) -> bool:
    """Cells that produce a molecule are its source, not a cause of it: the expression rules read that."""
    subjects = actors(unit, frame.subjects, frame.elided)
    if frame.verbs.passive or (frame.verbs.form == "ed" and not frame.verbs.finite):
        subjects = actors(unit, frame.prep("by"))
    return any(t.kind in ("cell", "tissue") or CELLS.search(t.name) or _ORGAN.search(t.name) for t in subjects)


_ORGAN = re.compile(
    r"\b(?:islets?|glands?|nodes?|organs?|tissues?|epitheli\w+|mucosa|cortex|medulla|plants?|bacteria|\w+oma)$"
)


def _shown(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A-deficient mice show reduced B", "A-/- mice develop colitis", "mice given A developed fever"."""
    if (
        frame.verbs.lemma not in ("show", "have", "exhibit", "display", "develop", "demonstrate", "present", "possess")
        or frame.verbs.passive
    ):
        return
    develops = frame.verbs.lemma == "develop"
    for subject in actors(unit, frame.subjects, frame.elided):
        if not subject.is_molecule or not (
            subject.loss or subject.name not in {w.text for n in frame.subjects for w in n.words}
        ):
            continue
        for noun in frame.objects:
            usual = [w for w in noun.words if w.lower in ("normal", "intact", "unaltered", "unchanged", "unimpaired")]
            rest = [w for w in noun.words if w not in usual]
            for target in things(replace(noun, words=rest)) if usual and rest and subject.loss else []:
                yield _null(effect_draft(unit, frame, subject, "regulates", target, None, "effect.shown"))
        for sign, target in signed_objects(unit, frame.objects, frame):
            if sign or develops:
                yield effect_draft(unit, frame, subject, sign or "increases", target, None, "effect.shown")


def _answers(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "Cells respond to A with B": A brings B about."""
    if frame.verbs.lemma not in ("respond", "react") or frame.verbs.negated:
        return
    for subject in actors(unit, frame.prep("to")):
        for target in objects_of(unit, frame.prep("with", "by"), frame) if subject.is_molecule else []:
            yield effect_draft(unit, frame, subject, "increases", target, None, "effect.active")


_AS_IT_WAS = re.compile(r"\b(?:unchanged|unaffected|unaltered|intact)\b", re.I)


def _left(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A left B unchanged"."""
    if frame.verbs.lemma != "leave" or not _AS_IT_WAS.search(unit.text):
        return
    if frame.verbs.passive:
        for subject in actors(unit, frame.prep("by")):
            for target in objects_of(unit, frame.subjects, frame):
                yield _null(effect_draft(unit, frame, subject, "regulates", target, None, "effect.passive"))
        return
    for subject in actors(unit, frame.subjects, frame.elided):
        for noun in frame.objects:
            words = [w for w in noun.words if not _AS_IT_WAS.match(w.text)]
            for target in objects_of(unit, [replace(noun, words=words)], frame) if words else []:
                yield _null(effect_draft(unit, frame, subject, "regulates", target, None, "effect.active"))


def _through(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A induces B through C": C does so too; "in a C-dependent manner"."""
    verb = VERBS.get(frame.verbs.lemma)
    if verb is None or verb.relation not in EFFECT or frame.verbs.negated:
        return
    means = [t for p, ns in frame.preps if p in ("through", "via") for n in ns for t in _plain_names(n)]
    doings = [n for p, ns in frame.preps if p in ("through", "via", "by") for n in ns if n.head.lower in ACTION_NOUNS]
    for noun in doings if not frame.verbs.passive else []:
        sign, aspect = ACTION_NOUNS[noun.head.lower]
        for subject in actors(unit, frame.subjects, frame.elided) if noun.of and not noun.preps else []:
            for target in (t for n in noun.of for t in things(n) if t.is_molecule and t.name != subject.name):
                yield effect_draft(unit, frame, subject, sign, target, aspect, "effect.through")
    passive = frame.verbs.passive or (frame.verbs.form == "ed" and not frame.verbs.finite)
    for p, nouns in frame.preps:
        for noun in nouns if p in ("in", "by") else []:
            if noun.head.lower in ("manner", "fashion", "way", "mechanism", "mechanisms", "process", "pathway"):
                joined = [w.mention for w in noun.words if w.mention is not None and w.suffix in DEPENDENT]
                means += [things_of(m) for m in joined]
    for subject in means:
        found = signed_objects(unit, frame.subjects if passive else frame.objects, frame)
        if not found and passive and frame.elided:
            found = [("", t) for t in unit.subject]
        for sign, target in found:
            if target.name != subject.name:
                yield effect_draft(
                    unit, frame, subject, composed(verb.relation, sign), target, verb.aspect, "effect.through"
                )


def _plain_names(noun: Noun) -> list[Thing]:
    """The molecules of "through C", not of "through C receptor antagonism"."""
    return [t for t in things(noun) if t.is_molecule and not t.loss] if not noun.of else []


def _follows(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "B results from A", "B is due to A"."""
    source = frame.prep("from") if (frame.verbs.lemma, "from") in PREPOSITIONAL else []
    if frame.verbs.lemma == "be" and frame.adjective in ("due", "secondary", "attributable", "owing"):
        source = frame.prep("to")
    for subject in actors(unit, source):
        for target in objects_of(unit, frame.subjects, frame) if subject.is_molecule or subject.kind != "other" else []:
            yield effect_draft(unit, frame, subject, "increases", target, None, "effect.active")


def _ellipsis(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "…, whereas C did not"."""
    if frame.verbs.lemma != "do" or not frame.verbs.negated or frame.objects:
        return
    before = [
        f
        for f in frames(unit)
        if f is not frame
        and f.objects
        and f.verbs.lemma in VERBS
        and f.verbs.words[0].start < frame.verbs.words[0].start
    ]
    if not before:
        return
    model = before[-1]
    for subject in actors(unit, frame.subjects, frame.elided):
        for target in objects_of(unit, model.objects, model):
            draft = effect_draft(
                unit,
                model,
                subject,
                VERBS[model.verbs.lemma].relation,
                target,
                VERBS[model.verbs.lemma].aspect,
                "effect.ellipsis",
            )
            if draft.relation in EFFECT:
                yield replace(draft, relation="no_effect", status="null_result")


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
