"""Levels in a disease: "patients with D have higher A", "D is marked by loss of A", "altered A expression in D".

The disease is the subject, as the format has it.  Rule ids: `level.cohort`, `level.phrase`, `level.adjective`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...grammar.shared_heads import named_before
from ...names.mention import Mention
from ...slots.where_disease import those_ill
from ...things import Thing, grounded, things
from ...unit import Unit, all_preps, frames
from ...words.head_nouns import MODEL_WORDS
from ...words.lexicon import (
    LEVELS,
    READOUTS,
)
from ..effects.told import times_as_many
from ..finish import level_draft
from .seen import SEEN

_HAVE = {"have", "show", "exhibit", "display"}


_PEOPLE = set("patients people individuals women men children adults subjects persons cases biopsies sera".split())


_LESION = {"lesional", "lesions", "plaques", "affected", "diseased", "inflamed"}


_SIGN_WORDS = {"less": "decreases", "fewer": "decreases", "more": "increases"}


def cohorts(unit: Unit) -> Iterator[Draft]:
    """ "Patients with D have higher A than controls", "cells from people with D make less A": D changes A."""
    for frame in frames(unit):
        if frame.verbs.passive or frame.verbs.negated or frame.verbs.form == "ing":
            continue
        around = [*frame.subject_preps, *(p for n in frame.subjects for p in n.preps)]
        around += [("of", n.of) for n in frame.subjects if n.of]
        around += [p for _, ns in around for n in ns for p in n.preps]
        people = [n for n in (*frame.subjects, *(n for _, ns in around for n in ns)) if n.head.lower in _PEOPLE]
        inside = [n for p, ns in around if p in ("with", "of") for n in ns] + [n for m in people for n in m.of]
        ill = [t for n in inside for t in things(n) if t.kind == "disease"] if people else []
        if people and not ill:
            ill = [t for n in inside for t in things(n) if t.kind in ("phenotype", "other") and _is_state(t)]
        if not ill and (had := those_ill(unit)) and any(n.start <= had.start < n.end for n in people):
            ill = [Thing(had.text, had.curie or None, None, "disease", mention=had)]
        sick = any(w.lower in _LESION for n in frame.subjects for w in n.words)
        if not ill and unit.disease is not None and (sick or people):
            ill = [Thing(unit.disease.text, unit.disease.curie or None, None, "disease", mention=unit.disease)]
        for sign, target in times_as_many(unit, frame) if ill else []:
            yield level_draft(unit, frame, ill[0], sign, target, "level.cohort")
        perfect = frame.verbs.main.lower in LEVELS and (_has(frame) or _goes_on(unit, frame))
        for noun in frame.objects if ill else []:
            signs = [s for w in noun.words if (s := LEVELS.get(w.lower) or _SIGN_WORDS.get(w.lower))]
            rest = [w for w in noun.words if w.lower not in LEVELS and w.lower not in _SIGN_WORDS]
            if perfect and not signs:
                signs = [LEVELS[frame.verbs.main.lower]]
            for target in things(replace(noun, words=rest)) if signs and rest else []:
                if target.is_molecule or target.kind in ("cell", "process"):
                    yield level_draft(unit, frame, ill[0], signs[0], target, "level.cohort")


def _has(frame: Frame) -> bool:
    return bool(frame.verbs.helpers & {"have", "has", "had"})


def _goes_on(unit: Unit, frame: Frame) -> bool:
    """ "Patients had elevated A and reduced B": the second is no more a deed of theirs than the first."""
    before = [f for f in frames(unit) if f.verbs.start < frame.verbs.start]
    return bool(before) and before[-1].verbs.main.lower in LEVELS and _has(before[-1])


_ILL = re.compile(
    r"\b(?:\w+(?:ia|osis|itis|pathy|oea|emia|uria|oma|trophy)|disease|disorder|syndrome|deficiency|failure)$"
)


def _is_state(thing: Thing) -> bool:
    """Say whether an unlisted thing that people have is an illness, by its name."""
    return thing.mention is not None or bool(_ILL.search(thing.name))


def marked(unit: Unit) -> Iterator[Draft]:
    """ "D is marked by high B", "D is characterised by loss of B"."""
    for frame in frames(unit):
        if frame.verbs.lemma not in ("mark", "characterize", "characterise", "accompany") or not frame.verbs.passive:
            continue
        places = [t for n in frame.subjects for t in things(n) if t.kind == "disease"]
        for noun in frame.prep("by", "with") if places else []:
            signs = [LEVELS[w.lower] for w in noun.words if w.lower in LEVELS]
            rest = [w for w in noun.words if w.lower not in LEVELS]
            if not signs and noun.head.lower in _LOST and noun.of:
                signs, targets = ["decreases"], [t for n in noun.of for t in things(n)]
            else:
                targets = things(replace(noun, words=rest)) if signs and rest else []
            for target in targets:
                yield level_draft(unit, frame, places[0], signs[0], target, "level.phrase")


_LOST = {"loss", "lack", "deficiency", "depletion", "absence", "reduction", "decrease"}


def disease_of(unit: Unit, frame: Frame | None) -> Thing | None:
    """Give the disease in which a level is compared: that of the sentence, else that of the heading."""
    mention = _disease_mention(unit, frame)
    if mention is None:
        return next(iter(_unlisted(unit)), None)
    return Thing(mention.text, mention.curie or None, None, "disease", mention=mention)


_LISTING = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:,|,?\s*(?:and|or|as well as|but also))\s(?:in\s|with\s)?(?:\w+\s)?")


_STATES = {
    "obese": "obesity", "overweight": "obesity", "diabetic": "diabetes", "diabetics": "diabetes",
    "asthmatic": "asthma", "asthmatics": "asthma", "septic": "sepsis", "smokers": "smoking",
    "hypertensive": "hypertension", "psoriatic": "psoriasis", "pre-eclamptic": "pre-eclampsia",
    "arthritic": "arthritis", "cirrhotic": "cirrhosis", "smoking": "smoking", "alcoholics": "alcoholism",
    "pregnant": "pregnancy",
}  # fmt: skip
_THOSE = {"patients", "groups", "cases"}


def _by_state(unit: Unit, frame: Frame | None) -> list[Thing]:
    """ "In obese individuals", "in smokers": the illness or state that an adjective says; else that of a set-up."""
    nouns = [n for p, ns in frame.preps if p in ("in", "among", "of", "from", "between") for n in ns] if frame else []
    for noun in nouns[:1]:
        said = [_STATES[w.lower] for w in noun.words if w.lower in _STATES]
        if said and (noun.head.lower in _PEOPLE or noun.head.lower in _STATES or noun.head.lower in MODEL_WORDS):
            return [replace(grounded(said[0], "disease"), start=noun.start)]
        if unit.cohort is not None and noun.head.lower in _THOSE and not noun.of and not noun.preps:
            return [unit.cohort]
    return []


def diseases_of(unit: Unit, frame: Frame | None) -> list[Thing]:
    """Give the disease in which a level is compared, and those listed with it: "in A, B and C"."""
    own = [] if unit.between(unit.body, unit.end, "disease") else _by_state(unit, frame)
    if own:
        return own
    first = _disease_mention(unit, frame)
    if first is None:
        return _unlisted(unit)
    listed = [*named_before(unit.passage.text[: first.start], first), first]
    for mention in unit.between(first.end, unit.end, "disease"):
        if not _LISTING.fullmatch(unit.passage.text[listed[-1].end : mention.start]):
            break
        listed.append(mention)
    return [Thing(m.text, m.curie or None, None, "disease", mention=m) for m in listed]


_SUFFERER = re.compile(
    r"\b(?:patients|people|individuals|children|adults|women|men|infants|those|subjects) with "
    r"(?P<ill>(?:(?:acute|chronic|severe|active|early|recent|[a-z-]+(?:al|ic|ar|ary)) ){0,2}"
    r"[a-z]+(?:itis|osis|iasis|pathy|emia|penia|oma|trophy|sclerosis|plegia))\b(?! \w+(?:itis|osis)\b)",
)


def _unlisted(unit: Unit) -> list[Thing]:
    """The disease of patients that no table knows, by the ending of its name: "patients with neuroborreliosis"."""
    told = _SUFFERER.search(unit.text)
    return [Thing(told["ill"], kind="disease", start=unit.body + told.start("ill"))] if told else []


def _disease_mention(unit: Unit, frame: Frame | None) -> Mention | None:
    found = unit.between(unit.body, unit.end, "disease")
    if not found and (ill := those_ill(unit)) is not None:
        return ill
    if not found and not unit.bullet and frame is not None and frame.verbs.lemma not in (*SEEN, *_HAVE):
        return unit.disease if _is_headed(unit, frame) else None  # running text names the disease that it compares
    return found[0] if found else unit.disease


def _is_headed(unit: Unit, frame: Frame) -> bool:
    """Say whether a sentence tells what holds under a heading that is nothing but a disease."""
    title = unit.passage.headings[-1].strip() if unit.passage.headings else ""
    whole = unit.disease is not None and title.lower() == unit.disease.text.lower()
    return whole and (frame.verbs.main.tag in ("VBZ", "VBP") or bool(frame.verbs.helpers & {"is", "are"}))


_BARE = re.compile(
    r"(?:is |are |was |were )?(elevated|increased|raised|upregulated|reduced|decreased|lowered|downregulated|"
    r"dysregulated|altered)\s(?:in|during)\b",
    re.I,
)


_BOTH = re.compile(
    r"\b(?:increased|elevated|higher|raised)\b(?: and | or |/)(?:decreased|reduced|lower|lowered)\b|"
    r"\b(?:decreased|reduced|lower)\b(?: and | or |/)(?:increased|elevated|higher)\b",
    re.I,
)


def phrases_of_level(unit: Unit) -> Iterator[Draft]:
    """Phrases such as "altered IL-11 expression", where the sentence says that it was seen in a disease."""
    groups: list[tuple[Frame | None, list[Noun]]] = []
    for frame in frames(unit):
        if any(t.loss for t in actors(unit, frame.subjects)):
            continue  # mice without a gene, not a disease, show the level
        if frame.verbs.lemma in SEEN or (frame.verbs.lemma in _HAVE and not frame.verbs.passive):
            groups.append((frame, [*frame.subjects, *frame.objects]))
        groups += [(frame, nouns) for p, nouns in all_preps(frame) if p == "with"]
    bare = _BARE.match(unit.text)
    place = disease_of(unit, None)
    if bare and unit.bullet and place is not None:
        for target in unit.subject:
            yield level_draft(unit, None, place, LEVELS[bare[1].lower()], target, "level.adjective")
    groups.append((None, unit.clauses.loose))
    for governing, nouns in groups:
        for noun in nouns:
            yield from _phrase(unit, governing, noun)


def _phrase(unit: Unit, frame: Frame | None, noun: Noun) -> Iterator[Draft]:
    lowers = [w.lower for w in noun.words]
    if not any(w in READOUTS for w in lowers[-2:]):
        return
    signs = [LEVELS[w] for w in lowers if w in LEVELS]
    place = disease_of(unit, frame)
    if not signs or place is None:
        return
    named = [t for t in things(noun) if t.is_molecule]
    targets = named or [replace(t, aspect="abundance") for t in unit.subject]
    if _BOTH.search(unit.text):
        signs = ["increases", "decreases"]
    for relation in dict.fromkeys(signs):
        for target in targets:
            yield level_draft(unit, frame, place, relation, target, "level.phrase")
