"""What works in what: "the efficacy of A in D has been shown", "patients with D benefit from A", "uses of A include D".

Rule id: `therapy.efficacy`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import modality_of
from ...grammar.phrases import Noun
from ...plain.word import Word
from ...things import Thing, things
from ...unit import Unit
from .ills import is_ill, is_medicine_name
from .indications import ills_of, status_of

_WORKS = {"efficacy", "effectiveness", "benefit", "benefits"}
_SHOWN = {"show", "demonstrate", "prove", "establish", "confirm", "support", "document"}
_USES = {"use", "uses", "indications", "indication"}
_MEDICINE = set("drug treatment therapy agent medicine antibody biologic medication option inhibitor".split())
_APPROVED = re.compile(r"^(?:\w+-)?(?:approved|licensed|authori[sz]ed|indicated)$", re.I)


def efficacy(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read that a medicine works in a disease, or that it does not."""
    works = [n for n in frame.objects if n.head.lower in _WORKS]
    none = any(n.words[0].lower in ("no", "little") for n in works) and not frame.verbs.negated
    for drugs, where in _told(unit, frame):
        medicine = next((t for t in drugs if is_medicine_name(t)), None)
        for target in ills_of(where, frame.preps) if medicine is not None else []:
            if medicine is not None and is_ill(target) and target.kind != "phenotype":
                draft = _draft(unit, frame, medicine, target)
                yield replace(draft, status="refuted") if none else draft


def _draft(unit: Unit, frame: Frame, medicine: Thing, target: Thing) -> Draft:
    status = "refuted" if frame.governor is not None and frame.governor.verbs.lemma == "fail" else status_of(frame)
    modality = modality_of(frame, unit.text)
    return Draft(
        medicine, "treats", target, "therapy.efficacy", None, status, modality, verb=frame.verbs.main.start
    )  # fmt: skip


def _told(unit: Unit, frame: Frame) -> Iterator[tuple[list[Thing], list[Noun]]]:
    lemma, passive = frame.verbs.lemma, frame.verbs.passive
    if lemma in _SHOWN and passive:
        for noun in (n for n in frame.subjects if n.head.lower in _WORKS):
            yield _of(noun), _places(noun, frame.subject_preps)
    elif lemma in _SHOWN | {"have", "provide"} and not passive:
        for noun in (n for n in frame.objects if n.head.lower in _WORKS):
            yield actors(unit, frame.subjects, frame.elided), _places(noun, frame.preps)
    elif lemma == "benefit" and not passive:
        yield _all(frame.prep("from")), frame.subjects
        yield actors(unit, frame.subjects, frame.elided), frame.objects
    elif lemma in ("include", "be", "comprise") and any(n.head.lower in _USES for n in frame.subjects):
        yield [t for n in frame.subjects for t in _of(n)], frame.objects
    elif lemma in ("approve", "license", "authorize", "authorise") and passive:
        for noun in (n for n in frame.subjects if n.head.lower == "use"):
            yield _of(noun), _places(noun, frame.subject_preps)
    elif lemma == "be":
        for noun in (n for n in frame.objects if n.head.lower in _MEDICINE and any(map(_licensed, n.words))):
            yield actors(unit, frame.subjects, frame.elided), _places(noun, frame.preps)


def _licensed(word: Word) -> bool:
    return _APPROVED.match(word.text) is not None


def _of(noun: Noun) -> list[Thing]:
    return _all(noun.of)


def _all(nouns: Sequence[Noun]) -> list[Thing]:
    return [t for n in nouns for t in things(n)]


def _places(noun: Noun, around: Sequence[tuple[str, list[Noun]]]) -> list[Noun]:
    inner = [p for o in noun.of for p in o.preps]
    found = [n for p, ns in (*noun.preps, *inner, *around) if p in ("in", "for", "against") for n in ns]
    return list({id(n): n for n in found}.values())
