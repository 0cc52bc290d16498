"""What those that a phrase tells of were given: "cells treated with A", "patients receiving A", "treatment with A"."""

from __future__ import annotations

import re
from dataclasses import replace

from ..grammar.frames import Frame
from ..grammar.phrases import Noun
from ..things import Thing, things
from ..unit import Unit
from ..words.head_nouns import MODEL_WORDS
from ..words.lexicon import GIVEN_NOUNS
from .groups import can_be_given, set_apart
from .taken_away import of_mutants, of_variants

_GIVING = set(
    "treat inject stimulate incubate culture expose infuse administer give receive pretreat transfect prime".split()
)
_GIVINGS = set("treatment pretreatment stimulation incubation exposure injection infusion supplementation".split())
_TAKING_BY = {"blockade", "inhibition", "antagonism", "neutralisation", "neutralization"}  # "receptor blockade with A"
_TREATMENTS = GIVEN_NOUNS | _TAKING_BY
_AGENTS = set("antibody antibodies inhibitor inhibitors antagonist antagonists agonist agonists".split())
_AGENT = re.compile(r"\b(?:antibod(?:y|ies)|inhibitors?|antagonists?|agonists?|blockers?)\b", re.I)
_MAKING_MORE = {"overexpress", "over-express", "express"}
_TRANSGENIC = {"transgenic", "transduced", "transfected", "engineered"}
TAKING = set(
    "delete silence knock ablate deplete neutralize neutralise block inhibit remove disrupt antagonize antagonise "
    "inactivate withdraw eliminate knockout".split()
)


def given_to(unit: Unit, noun: Noun) -> list[Thing]:
    """Give what sets apart those that a phrase tells of: what they were given, make more of, or lack."""
    apart = set_apart(unit, noun)
    if apart:
        return apart
    variants = of_variants(unit, noun)
    if variants is not None:
        return variants
    return next((found for told in _TOLD if (found := told(unit, noun))), [])


def _aimed_at(unit: Unit, noun: Noun) -> list[Thing]:
    """ "Antibodies against A", where the parse hangs "against" on the verb: a name for them."""
    if noun.head.lower not in _AGENTS or any(w.mention for w in noun.words):
        return []
    around = (n for p, ns in unit.subject_preps(noun) if p in ("against", "to") for n in ns)
    against = [t for n in around for t in things(n) if t.is_molecule][:1]
    return [Thing(f"{noun.head.text} to {t.name}", start=noun.start) for t in against]


def _made_more(unit: Unit, noun: Noun) -> list[Thing]:
    """ "Mice overexpressing A", "transgenic mice that express A": A."""
    if noun.head.lower not in MODEL_WORDS:
        return []
    transgenic = any(w.lower in _TRANSGENIC for w in noun.words)
    for frame in _told_of(unit, noun):
        lemma = frame.verbs.lemma
        making = lemma in _MAKING_MORE and (frame.verbs.form == "ing" or frame.relative)
        if making and (lemma != "express" or transgenic):
            found = [t for n in frame.objects for t in things(n) if t.is_molecule]
            if found:
                return found
    return []


def _given_in_clause(unit: Unit, noun: Noun) -> list[Thing]:
    """ "Cells treated with A", "patients who received A": A."""
    for frame in _told_of(unit, noun):
        told = frame.verbs.lemma in _GIVING and (not frame.verbs.finite or frame.relative)
        if not told or not (frame.verbs.lemma == "receive" or _is_done_to(frame)):
            continue
        given = [t for n in frame.objects or frame.prep("with", "to") for t in things(n)]
        found = [t for t in given if t.is_molecule or _AGENT.search(t.name)]
        if not found and noun.head.lower in ("patients", "participants", "subjects", "volunteers"):
            # what patients are treated with is a medicine, known or not
            found = [replace(t, kind="molecule") for t in given if t.kind == "other"]
        if found:
            return found
    return []


def _given_with(unit: Unit, noun: Noun) -> list[Thing]:
    """ "Treatment of cells with A", "receptor blockade with A": A."""
    head = noun.head.lower
    of_cells = bool(noun.of) and head in _GIVINGS
    inner = [n for p, ns in (*noun.preps, *(x for o in noun.of for x in o.preps)) if p == "with" for n in ns]
    given = [t for n in inner for t in things(n) if t.is_molecule]
    if of_cells and given:
        return given
    of_cells = of_cells and not any(t.is_molecule for t in things(noun.of[0]))
    named = head not in _TAKING_BY and any(w.mention for w in noun.words)
    if head not in _TREATMENTS or (noun.of and not of_cells) or named:
        return []
    for frame in _told_of(unit, noun):
        around = [(p, t) for p, ns in frame.subject_preps for n in ns for t in things(n)]
        found = [t for p, t in around if p in ("with", "to") and (t.is_molecule or t.name.lower().startswith("anti-"))]
        found = found or [replace(t, kind="molecule") for p, t in around if p == "with" and can_be_given(t)]
        if found:
            return found
    return []


_TOLD = (of_mutants, _aimed_at, _made_more, _given_in_clause, _given_with)


def _told_of(unit: Unit, noun: Noun) -> list[Frame]:
    return [f for f in unit.clauses.frames if any(n is noun for n in f.subjects)]


def _is_done_to(frame: Frame) -> bool:
    """Say whether a verb is told of those to whom it is done: "treated with A", "that were given A"."""
    return frame.verbs.form == "ed" and (frame.verbs.passive or not frame.verbs.finite)


_WHEN = re.compile(r"\b(?:when|if|once|after|as soon as|whenever|until)\s+(?:[\w-]+\s+){0,3}$", re.I)


def given_earlier(unit: Unit, frame: Frame) -> list[Thing]:
    """What an earlier clause gave ("cells were treated with A; B rose"), or one with "when" ("… when A was added")."""
    out: list[Thing] = []
    for other in unit.clauses.frames:
        if other is frame or other.verbs.negated or not other.subjects:
            continue
        if not other.verbs.passive and not _heads(unit, other, frame):
            continue
        start = other.subjects[0].start
        when = bool(_WHEN.search(unit.passage.text[max(unit.body, start - 40) : start]))
        if not when and other.verbs.main.start > frame.verbs.main.start:
            continue
        if other.verbs.lemma in _GIVING:
            out = [t for n in other.prep("with", "to") for t in things(n) if t.is_molecule] or out
        if when and other.verbs.lemma in TAKING | {"add", "overexpress", "give", "administer", "inject"}:
            loss = "blockade" if other.verbs.lemma in TAKING else ""
            found = [t for n in other.subjects for t in things(n) if t.is_molecule]
            out = [replace(t, loss=loss or t.loss) for t in found] or out
    return out


def _heads(unit: Unit, other: Frame, frame: Frame) -> bool:
    """ "Blot of cells stimulated with A: B was phosphorylated": a participle before the colon says what was given."""
    told = other.verbs.form == "ed" and not other.verbs.finite
    return told and ":" in unit.passage.text[other.verbs.main.end : frame.verbs.start]
