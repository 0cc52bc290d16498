"""Effects told in other words: "A-/- mice show less B", "cells respond to A with B", "A left B unchanged", "C did not".

Rule ids: `effect.shown`, `effect.active`, `effect.passive`, `effect.ellipsis`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...actors.groups import set_apart
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit, frames
from ...words.predicates import PREPOSITIONAL, VERBS
from ..finish import EFFECT, effect_draft, null
from ..levels.causes import causes_of
from ..signed import signed_objects
from ..targets import objects_of

_HOLDING = {"contain", "harbor", "harbour", "carry", "express", "produce", "release", "make", "secrete", "accumulate"}
_SHOWING = {"show", "have", "exhibit", "display", "develop", "demonstrate", "present", "possess"} | _HOLDING


def shown(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A-deficient mice show reduced B", "A-/- mice develop colitis", "mice given A developed fever"."""
    if frame.verbs.lemma not in _SHOWING or frame.verbs.passive:
        return
    develops = frame.verbs.lemma == "develop"
    given = [t.name for n in frame.subjects for t in set_apart(unit, n)]
    for subject in actors(unit, frame.subjects, frame.elided):
        if not subject.is_molecule or not (
            subject.loss
            or subject.name in given
            or subject.name not in {w.text for n in frame.subjects for w in n.words}
        ):
            continue
        for noun in frame.objects:
            usual = [w for w in noun.words if w.lower in ("normal", "intact", "unaltered", "unchanged", "unimpaired")]
            rest = [w for w in noun.words if w not in usual]
            for target in things(replace(noun, words=rest)) if usual and rest and subject.loss else []:
                yield null(effect_draft(unit, frame, subject, "regulates", target, None, "effect.shown"))
        yield from _without(unit, frame, subject)
        yield from _times_as_many(unit, frame, subject)
        if subject.loss or subject.name in given:
            yield from _like_others(unit, frame, subject)
        signed = signed_objects(unit, frame.objects, frame)
        makes = frame.verbs.lemma in _RELEASING and not frame.verbs.negated and not subject.loss
        held = signed if frame.verbs.lemma not in _HOLDING or subject.loss or subject.name in given or makes else []
        for sign, target in held:
            ill = bool(subject.loss) and frame.verbs.lemma in _SUFFERING and target.kind in ("disease", "phenotype")
            if sign or develops or ill or (makes and target.is_molecule):
                yield effect_draft(unit, frame, subject, sign or "increases", target, None, "effect.shown")


_LIKE = re.compile(
    r"\s(?:\w+ly )?(?:similar|comparable|equal|equivalent|identical) to (?:that|those) (?:of|in|seen in|found in) |"
    r"\s(?:\w+ly )?(?:similar|comparable|equal|equivalent|identical) to (?:wild|control|littermate|untreated|vehicle)"
)
_ALIKE = {"similar", "comparable", "equal", "equivalent", "identical", "indistinguishable"}


def _like_others(unit: Unit, frame: Frame, subject: Thing) -> Iterator[Draft]:
    """ "A-/- mice had B similar to that of controls", "… had similar B"."""
    for noun in frame.objects:
        after = max([noun.end, *(n.end for n in noun.of)])
        rest = [w for w in noun.words if w.lower not in _ALIKE]
        if not rest or not (len(rest) < len(noun.words) or _LIKE.match(unit.passage.text, after)):
            continue
        for target in things(replace(noun, words=rest)):
            yield null(effect_draft(unit, frame, subject, "regulates", target, None, "effect.shown"))


_AS_MANY = re.compile(
    r"\s(?:about |only |nearly |almost |roughly |more than |at least )?"
    r"(?P<how>half|a (?:third|quarter|fifth|tenth)|twice|(?:\w+|\d[\d.]*)[ -](?:times|fold)) as (?:many|much) "
    r"(?P<what>[^,;.()]{3,60}?)(?=,|;|\.|\(| as | after | in | on | at | than |$)"
)


def times_as_many(unit: Unit, frame: Frame) -> list[tuple[str, Thing]]:
    """ "Contained half as many B", "had three times as much B": which way, and B."""
    found = _AS_MANY.match(unit.text, frame.verbs.main.end - unit.body)
    if found is None:
        return []
    less = found["how"].startswith(("half", "a "))
    first, last = unit.body + found.start("what"), unit.body + found.end("what")
    words = [w for w in unit.words if first <= w.start < last]
    return [("decreases" if less else "increases", t) for t in (things(Noun(words)) if words else [])]


def _times_as_many(unit: Unit, frame: Frame, subject: Thing) -> Iterator[Draft]:
    for sign, target in times_as_many(unit, frame):
        yield effect_draft(unit, frame, subject, sign, target, None, "effect.shown")


_SUFFERING = {"have", "show", "exhibit", "display", "present", "form"}
_NO = {"no", "undetectable", "absent", "negligible"}


def _without(unit: Unit, frame: Frame, subject: Thing) -> Iterator[Draft]:
    """ "A-/- cells secreted no B", "serum of A-/- mice contained no detectable B": A brings B about."""
    for noun in frame.objects if subject.loss and not frame.verbs.negated else []:
        rest = [w for w in noun.words if w.lower not in ("detectable", "measurable", "visible", "discernible")][1:]
        if noun.words[0].lower in _NO and rest and noun.head.lower not in _FOUND:
            for target in things(replace(noun, words=rest)):
                if target.kind not in ("disease", "phenotype", "species", "anaphor"):
                    yield effect_draft(unit, frame, subject, "decreases", target, None, "effect.shown")


_FOUND = set(
    "difference differences change changes effect effects defect defects abnormality abnormalities evidence increase "
    "decrease sign signs phenotype reduction alteration alterations impact influence bearing role part benefit".split()
)


_SETTING = set("stimulate induce cause trigger prompt prime drive instruct enable signal".split())


_TURNING = {"become", "turn", "convert", "transform", "develop"}


def becoming(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "In the presence of A, naive T cells become Th17 cells": A brings about what they become."""
    if frame.verbs.lemma not in _TURNING or frame.verbs.passive or not frame.subjects:
        return
    into = frame.objects if frame.verbs.lemma == "become" else frame.prep("into")
    new = [t for n in into for t in things(n) if t.kind == "cell"]
    cells = any(t.kind in ("cell", "anaphor") for n in frame.subjects for t in actors(unit, [n]))
    for cause in causes_of(unit, frame) if new and cells else []:
        for target in new:
            whole = Thing(f"differentiation into {target.name}", kind="process")
            yield effect_draft(unit, frame, cause, "increases", whole, "process", "effect.active")


def made_to(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A stimulates cells to produce B": A brings B about."""
    setter = frame.governor
    if setter is None or setter.verbs.lemma not in _SETTING or not frame.verbs.to or setter.verbs.negated:
        return
    if frame.verbs.lemma not in _RELEASING | {"express"} or frame.verbs.passive:
        return
    for subject in actors(unit, setter.prep("by") if setter.verbs.passive else setter.subjects, setter.elided):
        for target in objects_of(unit, frame.objects, frame) if subject.kind != "cell" else []:
            if target.is_molecule:
                yield effect_draft(unit, frame, subject, "increases", target, None, "effect.active")


def answers(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "Cells respond to A with B", "cells release B upon A stimulation": A brings B about."""
    yield from _released(unit, frame)
    yield from _responding(unit, frame)
    if frame.verbs.lemma not in ("respond", "react") or frame.verbs.negated:
        return
    for subject in actors(unit, frame.prep("to")):
        for target in objects_of(unit, frame.prep("with", "by"), frame) if subject.is_molecule else []:
            yield effect_draft(unit, frame, subject, "increases", target, None, "effect.active")


def _responding(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "C reduced B in response to A", "A-/- cells secreted less B in response to A": A raises B."""
    verb = VERBS.get(frame.verbs.lemma)
    if frame.verbs.passive or frame.verbs.negated or not frame.objects:
        return
    if frame.verbs.lemma not in _SHOWING and (verb is None or verb.relation not in EFFECT):
        return
    around = [*frame.preps, *(p for n in frame.objects for p in n.preps)]
    answers_ = [n for p, ns in around if p == "in" for n in ns if n.head.lower in ("response", "responses")]
    to = [n for m in answers_ for p, ns in m.preps if p == "to" for n in ns] or (frame.prep("to") if answers_ else [])
    for cause in (t for t in actors(unit, to) if t.is_molecule and not t.loss):
        for _, target in signed_objects(unit, frame.objects, frame):
            if target.is_molecule and target.name != cause.name:
                aspect = _RELEASED_AS.get(frame.verbs.lemma)
                yield effect_draft(unit, frame, cause, "increases", target, aspect, "effect.response")


_RELEASED_AS = dict.fromkeys(("release", "secrete", "shed"), "secretion")
_RELEASING = {"release", "secrete", "produce", "make", "express", "upregulate", "generate", "shed"}


def _released(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "Astrocytes release B upon A stimulation": A brings B about."""
    if frame.verbs.lemma not in _RELEASING or frame.verbs.passive or frame.verbs.negated or not frame.objects:
        return
    if any(t.is_molecule for t in actors(unit, frame.subjects)):
        return
    aspect = _RELEASED_AS.get(frame.verbs.lemma)
    for cause in (t for t in causes_of(unit, frame) if t.is_molecule and not t.loss):
        for target in objects_of(unit, frame.objects, frame):
            if target.is_molecule or target.kind == "other":
                yield effect_draft(unit, frame, cause, "increases", target, aspect, "effect.active")


def responsible(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A is the cytokine responsible for B"."""
    after = unit.passage.text[frame.verbs.main.end : unit.end]
    if frame.verbs.lemma != "be" or not frame.objects or not _RESPONSIBLE.match(after):
        return
    for subject in (t for t in actors(unit, frame.subjects, frame.elided) if t.is_molecule):
        for target in objects_of(unit, frame.prep("for"), frame):
            yield effect_draft(unit, frame, subject, "increases", target, None, "effect.active")


_RESPONSIBLE = re.compile(r"[^,;.]{3,50}? responsible for\b")
_AS_IT_WAS = re.compile(r"\b(?:unchanged|unaffected|unaltered|intact)\b", re.I)


def left(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A left B unchanged"."""
    yield from _left_unseen(unit, frame)
    if frame.verbs.lemma != "leave" or not _AS_IT_WAS.search(unit.text):
        return
    if frame.verbs.passive:
        for subject in actors(unit, frame.prep("by")):
            for target in objects_of(unit, frame.subjects, frame):
                yield null(effect_draft(unit, frame, subject, "regulates", target, None, "effect.passive"))
        return
    for subject in actors(unit, frame.subjects, frame.elided):
        for noun in frame.objects:
            words = [w for w in noun.words if not _AS_IT_WAS.match(w.text)]
            plain = noun if words == noun.words else replace(noun, words=words)
            for target in objects_of(unit, [plain], frame) if words else []:
                yield null(effect_draft(unit, frame, subject, "regulates", target, None, "effect.active"))


_LEFT = re.compile(r"\b(?:but|and|yet) left (?P<what>[^,;.()]{3,60}?) (?:unchanged|unaltered|unaffected|intact)\b")


def _left_unseen(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A raised C but left B unchanged", where "left" was not taken for a verb."""
    at = frame.verbs.main.end - unit.body
    found = _LEFT.search(unit.text, at) if frame.verbs.finite and at > 0 and not frame.verbs.passive else None
    low = unit.body + found.start() if found else 0
    if found is None or any(f is not frame and at + unit.body < f.verbs.main.start <= low + 10 for f in frames(unit)):
        return
    first, last = unit.body + found.start("what"), unit.body + found.end("what")
    words = [w for w in unit.words if first <= w.start < last]
    for subject in actors(unit, frame.subjects, frame.elided) if words else []:
        for target in things(Noun(words)):
            yield null(effect_draft(unit, frame, subject, "regulates", target, None, "effect.active"))


def follows(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "B results from A", "B is due to A", "A is followed by B"."""
    if frame.verbs.lemma == "follow" and frame.verbs.passive:
        for subject in (t for t in actors(unit, frame.subjects) if t.is_molecule):
            for sign, target in signed_objects(unit, frame.prep("by"), frame):
                if sign or target.kind in ("process", "phenotype", "disease"):
                    yield effect_draft(unit, frame, subject, sign or "increases", target, None, "effect.active")
        return
    source = frame.prep("from") if (frame.verbs.lemma, "from") in PREPOSITIONAL else []
    if frame.verbs.lemma == "be" and frame.adjective in ("due", "secondary", "attributable", "owing"):
        source = frame.prep("to")
    for subject in actors(unit, source):
        for target in objects_of(unit, frame.subjects, frame) if subject.is_molecule or subject.kind != "other" else []:
            yield effect_draft(unit, frame, subject, "increases", target, None, "effect.active")


def ellipsis(unit: Unit, frame: Frame) -> Iterator[Draft]:
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
    neither = any(w.lower == "neither" for w in frame.verbs.words)
    models = [f for f in before if f.subjects == before[-1].subjects] if neither else before[-1:]
    for model, subject in ((m, s) for m in models for s in actors(unit, frame.subjects, frame.elided)):
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
