"""Regimens of chemotherapy by name: `regimens.yaml`, and which of them the words of a row name.

A row names a regimen by the drugs that it gives, all of them and no other, by an acronym that stands for such a set,
and by doses where two regimens of the same drugs are told apart by them.  What names none, or names alternatives, has
the law of a regimen that was not seen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from ...base.errors import InputError, Problem, StudyError, nearest
from ...base.quantities import parse_distribution, parse_quantity
from ...base.units import parse
from ...base.yaml import load, validate

FILE = "regimens.yaml"
AREA = "mg/m^2"
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_RANGE = rf"{_NUMBER}(?:\s*(?:to|-|–)\s*{_NUMBER})?"
_DOSE = re.compile(rf"[\s(,:]*(?:at |of )?{_RANGE}\s*(m?g)\s*/\s*m(?:2|²|\^2)", re.IGNORECASE)
_EXPOSURE = re.compile(rf"[\s(,:]*(?:at |to |of )?(?:an |a target )?AUC(?:\s*of|\s*=)?\s*{_RANGE}")
PER_AUC = (90 + 25) / 1.75
"""mg/m² of carboplatin for one mg/mL min, for a glomerular filtration of 90 mL/min and 1.75 m², which are guesses.

Calvert's formula, dose = area * (filtration + 25 mL/min), as Clin Cancer Res 2000, 6:4733 states it.  Other drugs are
not dosed by area under the curve.
"""
_BOUND = re.compile(r"(at least|under) (.+)")
_OR = re.compile(r"\b(?:or|versus|vs\.?)\b", re.IGNORECASE)


def _distribution(value: object) -> str:
    try:
        return str(parse_distribution(str(value)).text)
    except InputError as fault:
        raise ValueError(str(fault)) from None


Law = Annotated[str, BeforeValidator(_distribution)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class DoseRange:
    """From which dose on, and up to which, in mg/m²."""

    low: float = 0.0
    high: float = math.inf

    def __contains__(self, dose: float) -> bool:
        return self.low <= dose < self.high


def _range(value: object) -> DoseRange:
    match = _BOUND.fullmatch(str(value))
    if match is None:
        raise ValueError(f"'{value}' is no range of doses; write 'at least 1000 {AREA}' or 'under 1000 {AREA}'")
    try:
        dose = parse_quantity(match[2]).to(parse(AREA))
    except InputError as fault:
        raise ValueError(str(fault)) from None
    return DoseRange(low=dose) if match[1] == "at least" else DoseRange(high=dose)


class Regimen(_Form):
    """What one regimen is, and how hard it is on marrow.

    Attributes:
        drugs: what it gives.
        called: acronyms, as they are written.
        doses: drug → the doses of this regimen, where another one has the same drugs.
        usual: whether it is the one that is meant where a row of the same drugs states no dose.
        share: what is believed of the parameter; none where nothing was found, and the general law holds.
        sources: what it was fitted to.
        why: what stands behind it, or what was looked for.
    """

    drugs: tuple[str, ...]
    called: tuple[str, ...] = ()
    doses: dict[str, Annotated[DoseRange, BeforeValidator(_range)]] = {}
    usual: bool = False
    share: Law | None = None
    sources: tuple[str, ...] = ()
    why: str

    @model_validator(mode="after")
    def _whole(self) -> Regimen:
        if bool(self.share) != bool(self.sources):
            raise ValueError("'share' and 'sources' go together: a share is fitted to something")
        return self


class Unnamed(_Form):
    """What is believed of a regimen that no row names, and what was before the fit, of all of them."""

    share: Law
    before: Law
    why: str


class Regimens(_Form):
    """`regimens.yaml`."""

    parameter: str
    unnamed: Unnamed
    drugs: dict[str, tuple[str, ...]]
    regimens: dict[str, Regimen]

    def named(self, condition: str) -> str | None:
        """Name the one regimen that a condition gives; None where it names none, or more than one.

        Example:
            >>> from pleio.library import open
            >>> regimens = read_regimens(open("il11").folder)
            >>> regimens.named("lung cancer, gemcitabine with carboplatin AUC 5")
            'gemcitabine-carboplatin'
            >>> regimens.named("lung cancer, gemcitabine with carboplatin or cisplatin")
        """
        found = [*self._words.finditer(condition)]
        if not found or _OR.search(condition[found[0].end() : found[-1].start()]):
            return None
        meant = [self._means.get(match[0]) or self._means[match[0].lower()] for match in found]
        given = frozenset[str]().union(*meant)
        doses = {
            drug: dose
            for match, (drug, *more) in zip(found, map(tuple, meant), strict=True)
            if not more and (dose := _dose(condition[match.end() :])) is not None
        }
        fit = [name for name, one in self.regimens.items() if frozenset(one.drugs) == given and _agrees(one, doses)]
        return fit[0] if len(fit) == 1 else None

    def names_drugs(self, condition: str) -> bool:
        """Whether a condition names a drug of this file, or an acronym of its regimens."""
        return self._words.search(condition) is not None

    def plainly(self, condition: str, what: str) -> str:
        """Write every drug of this file, and every acronym of its regimens, as what it is.

        Example:
            >>> from pleio.library import open
            >>> read_regimens(open("il11").folder).plainly("women on FEC or docetaxel", "chemotherapy")
            'women on chemotherapy or chemotherapy'
        """
        return self._words.sub(what, condition)

    def of(self, condition: str, *, before_data: bool = False) -> tuple[str, str]:
        """Give the regimen of a condition, "" for one that no share is known of, and what is believed of the share.

        Args:
            before_data: what was believed before any fit, which is the same of all regimens.
        """
        name = self.named(condition) or ""
        share = self.regimens[name].share if name else None
        law = self.unnamed.before if before_data else share or self.unnamed.share
        return (name if share else ""), law

    @cached_property
    def _means(self) -> Mapping[str, frozenset[str]]:
        """Word → the drugs that it stands for; names of drugs in small letters, acronyms as they are written."""
        words = {word.lower(): frozenset([drug]) for drug, others in self.drugs.items() for word in (drug, *others)}
        return words | {acronym: frozenset(one.drugs) for one in self.regimens.values() for acronym in one.called}

    @cached_property
    def _words(self) -> re.Pattern[str]:
        acronyms = {acronym for one in self.regimens.values() for acronym in one.called}
        drugs = {word for drug, others in self.drugs.items() for word in (drug, *others)}
        return re.compile(rf"(?<![\w-])(?:{_any(acronyms)})(?!\w)|(?i:(?<!\w)(?:{_any(drugs)})(?!\w))")


def key(parameter: str, regimen: str) -> str:
    """Write the name that a parameter of a regimen has in `left_out.yaml`; as it is for ""."""
    return f"{parameter} after {regimen}" if regimen else parameter


def _any(words: Collection[str]) -> str:
    """Write a pattern of any of some words, the longest first; of nothing where there is none."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)"


def _dose(text: str) -> float | None:
    """Read the dose that follows a drug's name, in mg/m²; of a range its middle by ratio."""
    if match := _EXPOSURE.match(text):
        return _middle(match[1], match[2]) * PER_AUC
    if match := _DOSE.match(text):
        return _middle(match[1], match[2]) * (1000 if match[3].lower() == "g" else 1)
    return None


def _middle(low: str, high: str | None) -> float:
    ends = [float(part.replace(",", "")) for part in (low, high) if part]
    return math.sqrt(ends[0] * ends[-1])


def _agrees(regimen: Regimen, doses: Mapping[str, float]) -> bool:
    told = {drug: doses[drug] for drug in regimen.doses if drug in doses}
    if not told:
        return regimen.usual or not regimen.doses
    return all(dose in regimen.doses[drug] for drug, dose in told.items())


def read_regimens(folder: Path) -> Regimens:
    """Read the regimens of a library's folder.

    Raises:
        StudyError: every problem of the file: its form first, then what its entries say of each other.
    """
    found = validate(load(folder / FILE, name=FILE, error=StudyError), Regimens, error=StudyError)
    if problems := [*_problems(found)]:
        raise StudyError(FILE, problems)
    return found


def _problems(table: Regimens) -> Iterator[Problem]:
    """Say which drugs and words are not known, or stand for two things, and which regimens no row could tell apart."""
    meant: dict[str, str] = {}
    for drug, others in table.drugs.items():
        for word in (drug, *others):
            if (other := meant.setdefault(word.lower(), drug)) != drug:
                yield Problem(f"drugs.{drug}", f"'{word}' stands for {other} too")
    called: dict[str, str] = {}
    for name, one in table.regimens.items():
        where = f"regimens.{name}"
        for drug in one.drugs:
            if drug not in table.drugs:
                yield Problem(where, f"'{drug}' is no drug of this file", nearest(drug, table.drugs))
        for drug in sorted({*one.doses} - {*one.drugs}):
            yield Problem(where, f"has a dose of '{drug}', which it does not give", nearest(drug, one.drugs))
        for word in one.called:
            if not word.isupper():
                yield Problem(where, f"'{word}' is no acronym", "write it in capitals, or as another name of a drug")
            if word.lower() in meant:
                yield Problem(where, f"'{word}' stands for {meant[word.lower()]} too")
            if (other := called.setdefault(word, name)) != name and table.regimens[other].drugs != one.drugs:
                yield Problem(where, f"'{word}' stands for {other} too")
    for (name, one), (other, two) in combinations(table.regimens.items(), 2):
        if frozenset(one.drugs) == frozenset(two.drugs) and not _told_apart(one, two):
            help = "give both 'doses' of one drug that do not overlap, and at most one 'usual: true'"
            yield Problem(f"regimens.{other}", f"has the drugs of {name}, and nothing tells them apart", help)


def _told_apart(one: Regimen, two: Regimen) -> bool:
    shared = [(one.doses[drug], two.doses[drug]) for drug in one.doses if drug in two.doses]
    disjoint = any(a.high <= b.low or b.high <= a.low for a, b in shared)
    return disjoint and not (one.usual and two.usual)
