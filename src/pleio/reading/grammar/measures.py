"""Phrases that only measure: "3 days", "at least 35%", "a third", "60 mg/kg/day", "either dose".

None of them acts or is acted on; a dose stands for what was given at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..plain.word import Word
from .frames import Clauses
from .phrases import Noun

_ROUGH = set(
    "a an the at least most about roughly approximately nearly almost more less than up to over under around some only "
    "each every another further mere total mean median as much many average any first last next same".split()
)
_FRACTIONS = set("half third thirds quarter quarters fifth tenth two-thirds three-quarters one-third".split())
_SIZES = set(
    "percent points point percentage log logs log10 orders order magnitude fold times mm cm m km mmhg ml l min mins "
    "minute minutes second seconds hour hours day days week weeks month months year years dl pg ng mg kg g h s d "
    "units unit iu unit patients participants cases donors animals".split()
)
_NUMBERS = set("one two three four five six seven eight nine ten twelve several".split())
_DOSE_UNIT = re.compile(r"(?:[pnuµμmk]?g|[pnuµμm]?mol|[pnuµμm]M|IU|U|MIU)(?:/(?:kg|[mµμd]?[lL]|day|d|h|m2|week))*")
_DOSES = {"dose", "doses", "dosage", "dosages", "concentration", "concentrations"}
_WHICH = set(
    "either both the this these each all any higher lower highest lowest single a an two three low high same tested "
    "repeated daily weekly oral intravenous subcutaneous first second larger smaller increasing".split()
)


def is_measure(noun: Noun) -> bool:
    """Say whether a phrase is an amount, a span or a share, and names nothing."""
    if noun.pronoun or any(w.mention is not None or w.known for w in noun.words):
        return False
    words = [w for w in noun.words if w.lower not in _ROUGH]
    one = noun.words[0].lower in ("a", "an") and noun.head.lower in _SIZES  # "by a week"
    return bool(words) and all(map(measures, words)) and (one or any(map(_counts, words)))


def _counts(word: Word) -> bool:
    lower = word.lower
    return (word.text[0].isdigit() and not word.is_symbol) or lower in _FRACTIONS or lower in _NUMBERS


def measures(word: Word) -> bool:
    return _counts(word) or word.lower in _SIZES or word.is_unit or bool(_DOSE_UNIT.fullmatch(word.text))


def is_dose(noun: Noun) -> bool:
    """Say whether a phrase stands for what was given at a dose: "60 mg/kg", "a single dose of 25 mg", "both doses"."""
    if noun.pronoun or any(w.mention is not None or w.known for w in noun.words):
        return False
    if noun.head.lower in _DOSES:
        rest = [w for w in noun.words[:-1] if w.lower not in _WHICH and not measures(w)]
        return not rest and all(is_measure(n) or is_dose(n) for n in noun.of)
    return not noun.of and is_measure(noun) and any(_DOSE_UNIT.fullmatch(w.text) for w in noun.words)


def without_measures(found: Clauses) -> Clauses:
    """Take from every verb what only says by how much, or for how long."""
    for frame in found.frames:
        frame.preps = list(_kept(frame.preps))
        frame.subject_preps = list(_kept(frame.subject_preps))
        frame.objects = [n for n in frame.objects if n.of or not is_measure(n)]
        frame.subjects = [m for n in frame.subjects for m in _shared(n)]
    return found


def _shared(noun: Noun) -> list[Noun]:
    """ "80% of the NK cells": the cells; "3 days": nothing."""
    if not is_measure(noun) or is_dose(noun):
        return [noun]
    return [n for n in noun.of if n.head.known == "cell" and noun.head.text.endswith("%")]


def _inside(noun: Noun) -> list[Noun]:
    """ "By 7 days of A": A."""
    return [n for n in noun.of if any(w.is_name for w in n.words)]


def _kept(preps: Iterable[tuple[str, list[Noun]]]) -> Iterable[tuple[str, list[Noun]]]:
    for preposition, nouns in preps:
        rest = [m for n in nouns for m in (_inside(n) if is_measure(n) else [n])] if preposition == "by" else nouns
        if rest or not nouns:
            yield preposition, rest
