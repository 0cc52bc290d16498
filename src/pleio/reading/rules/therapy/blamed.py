"""Harms that a medicine is blamed for: "X followed infusion of A", "A carries a risk of X", "A was withdrawn because
of X", "the use of A is complicated by X", "Side effects of A: X, Y and, rarely, Z".

Rule ids: `adverse.blamed`, `adverse.list`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import modality_of
from ...grammar.phrases import Noun
from ...things import Thing, grounded, things
from ...unit import Unit, frames
from .harms import harm_nouns
from .ills import is_ill, is_medicine_name, named_medicine

_RISKY = {"carry", "pose", "confer", "bear", "have"}
_STOPPED = {"withdraw", "discontinue", "stop", "suspend", "abandon", "terminate", "halt"}


def blamed(unit: Unit) -> Iterator[Draft]:
    """Read the harms that a sentence lays at the door of a medicine."""
    for frame in frames(unit):
        for agents, ills in _told(unit, frame):
            for target in ills:
                if is_ill(target):
                    for subject in agents[:1]:
                        yield _draft(unit, frame, subject, target)


def _draft(unit: Unit, frame: Frame, subject: Thing, target: Thing) -> Draft:
    status = "refuted" if frame.verbs.negated else "asserted"
    modality = modality_of(frame, unit.text)
    verb = frame.verbs.main.start
    return Draft(subject, "causes_adverse_event", target, "adverse.blamed", None, status, modality, verb=verb)


def _told(unit: Unit, frame: Frame) -> Iterator[tuple[list[Thing], list[Thing]]]:
    lemma, passive = frame.verbs.lemma, frame.verbs.passive
    if lemma == "follow":
        first, then = (frame.subjects, frame.prep("by")) if passive else (frame.objects, frame.subjects)
        given = [n for n in first if n.head.lower in _ADMINISTERED]
        yield _medicines(unit, given), _all(then)
    elif lemma in _RISKY and not passive:
        risks = [o for n in frame.objects if n.head.lower in ("risk", "risks", "warning") for o in n.of]
        risks += [n for n in frame.prep("for", "of") if frame.objects and frame.objects[0].head.lower == "warning"]
        yield _medicines(unit, frame.subjects), _all(risks)
    elif lemma == "complicate":
        drug, ill = (frame.subjects, frame.prep("by")) if passive else (frame.objects, frame.subjects)
        yield _medicines(unit, drug), _all(ill)
    elif lemma in ("attribute", "ascribe") and (passive or frame.verbs.form == "ed"):
        yield _medicines(unit, frame.prep("to")), _all(frame.subjects)
    elif lemma in ("associate", "link") and (passive or frame.verbs.form == "ed"):
        uses = [n for n in frame.prep("with", "to") if n.head.lower in _ADMINISTERED]
        yield _medicines(unit, uses), _all([i for n in frame.subjects for i in harm_nouns(n)])
    elif lemma == "die" and any(_PEOPLE.search(_text(n)) for n in frame.subjects):
        tried = [t for t in (unit.record or unit.agent,) if t is not None and is_medicine_name(t)]
        yield (_medicines(unit, frame.subjects) or tried), _all(frame.prep("of", "from"))
    elif lemma in _SHOWING and not passive:
        higher = [n for n in frame.objects if n.head.lower in _RISKS and _HIGHER.search(_text(n))]
        around = [n for p, ns in frame.preps if p in _WITH for n in ns]
        around += [n for h in frame.objects for p, ns in h.preps if p in _WITH for n in ns]
        yield _medicines(unit, around), _all([i for n in higher for i in harm_nouns(n)])
    if lemma in _STOPPED:
        said = _BECAUSE.search(unit.text)
        if said:
            name = re.sub(r"^(?:the|an?|its|severe|excessive)\s", "", said[1].strip())
            people = any(_PEOPLE.search(_text(n)) for n in frame.subjects)
            whose = [*frame.objects, *frame.subjects]
            drugs = _medicines(unit, whose) or (named_medicine(unit, frame.verbs.start) if people else [])
            yield drugs, [grounded(name)]


_BECAUSE = re.compile(
    r"\b(?:because of|due to|owing to|on account of|for reasons of)\s([\w][\w -]{3,45}?)"
    r"(?=[,.;]|\s(?:was|were|in|and|or|had|after|from|by|it|at)\s|$)",
    re.I,
)
_SHOWING = {"show", "find", "suggest", "report", "indicate", "observe", "see", "reveal", "demonstrate", "have"}
_RISKS = {"risk", "risks", "incidence", "frequency", "rate", "rates", "likelihood", "occurrence"}
_HIGHER = re.compile(r"\b(?:increased|higher|greater|elevated|excess|raised)\b", re.I)
_WITH = ("with", "due", "for", "in", "after", "during", "on", "to", "among")
_PEOPLE = re.compile(r"\b(?:patients?|subjects?|participants?|children|adults?|recipients?)\b", re.I)
_ADMINISTERED = {
    "infusion", "administration", "injection", "treatment", "therapy", "withdrawal", "discontinuation", "dose", "doses",
    "use", "exposure", "effects", "effect",
}  # fmt: skip


def _medicines(unit: Unit, nouns: list[Noun]) -> list[Thing]:
    named = [n for noun in nouns for n in (noun.of if noun.head.lower in _ADMINISTERED and noun.of else [noun])]
    return [t for t in actors(unit, named) if is_medicine_name(t) and not t.loss]


def _text(noun: Noun) -> str:
    return " ".join(w.text for w in noun.words)


def _all(nouns: list[Noun]) -> list[Thing]:
    return [t for n in nouns for t in things(n)]


_SIDE = re.compile(
    r"\b(?:side[- ]effects?|(?:adverse|undesirable|untoward|unwanted) (?:drug )?(?:effects?|events?|reactions?)|"
    r"toxicit(?:y|ies)|complications)\b[^.:;]{0,60}$",
    re.I,
)
_HOW = re.compile(
    r"^(?:and |or |, )*(?:(?:very |less |more |most )?(?:rarely|occasionally|commonly|frequently|often|sometimes|"
    r"uncommonly|mainly|possibly|including|e\.g\.|notably|at high(?:er)? doses)[, ]*)*",
    re.I,
)


def listed_after_colon(unit: Unit) -> Iterator[Draft]:
    """ "Side effects of A: X, Y and, rarely, Z", "Side effects were mild: X and Y"."""
    if unit.mode == "adverse" and unit.bullet:
        return  # read with the other bullets of such a list
    if unit.label and _SIDE.search(unit.label):
        title, text, at = unit.label, unit.text, unit.body
    else:
        cut = unit.text.find(": ")
        title, text, at = unit.text[: max(cut, 0)], unit.text[cut + 2 :], unit.body + cut + 2
        if cut < 0 or not _SIDE.search(title) or any(f.verbs.finite and f.verbs.start >= at for f in frames(unit)):
            return
    own = [m for m in unit.mentions if unit.start <= m.start < at and m.is_molecule]
    drugs = [Thing(m.text, m.curie or None, None, "molecule", mention=m) for m in own] or named_medicine(unit, at)
    if unit.label and any(f.verbs.finite for f in frames(unit)):
        return
    for part in re.split(r",|;|\band\b|\bor\b", re.sub(r"\s?\([^()]*\)", "", text)):
        name = _HOW.sub("", part.strip(" .")).strip(" .,")
        if len(name) > 3 and len(name.split()) <= 6 and not _HOW.fullmatch(name):
            target = grounded(name, "phenotype")
            for drug in drugs[:1]:
                yield Draft(drug, "causes_adverse_event", target, "adverse.list")
