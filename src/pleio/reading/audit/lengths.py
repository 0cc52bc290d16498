"""Lengths and masses of a protein that do not add up: precursor less signal peptide is the mature form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..structure import Passage
from .finding import ERROR, WARNING, Finding
from .page import Page

RESIDUE_DALTONS = 110.0  # mean mass of an amino-acid residue in a protein

_LENGTH = re.compile(
    r"(?P<n>\d{1,3}(?:,\d{3})|\d{1,5})(?:\s?[-–‑]?\s?(?:amino[- ]acids?(?:\s+residues?)?|residues?|aa)\b|"
    r"(?=\s(?:(?:form|make up|belong to|constitute)\s)?(?:the|its|a|in the)\s(?:signal|leader|mature)\b))",
    re.I,
)
_MASS = re.compile(r"(?P<n>\d{1,4}(?:\.\d+)?)\s?-?\s?kDa\b")
_SIGNAL = re.compile(r"signal\s+(?:peptide|sequence)|leader\s+(?:peptide|sequence)|secretory\s+signal", re.I)
_MATURE = re.compile(r"\bmature\b|processed\s+form|secreted\s+form|after\s+(?:its\s+)?cleavage", re.I)
_PRECURSOR = re.compile(
    r"precursor|pre-?pro-?(?:protein|peptide|form)?|pre-?protein|pro-?protein|full[- ]length|"
    r"open\s+reading\s+frame|unprocessed|"
    r"primary\s+translation|\bencod(?:es|ed|ing)\b|nascent",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:domain|replaced|last|first|deletion|lacks?|missing|isoform|tail|loop|linker|extracellular|cytoplasmic|"
    r"transmembrane|"
    r"intracellular|helix|motif|shorter|longer|identity|identical|between|N-terminal\s+(?!signal)|C-terminal)",
    re.I,
)
_CLAUSE = re.compile(
    r"[.;:]\s|\n|,\s|\)\s|\sand\s|\swhile\s|\swhereas\s|\sof which\s|"
    r"\s(?:leaves|leaving|yields?|yielding|gives|giving|generates?|produces?|with|including|from which)\s"
)


@dataclass(frozen=True)
class Length:
    """A stated length in amino acids: its role and where the number stands."""

    role: str
    value: int
    start: int
    end: int


def check_lengths(page: Page) -> Iterator[Finding]:
    """Report sections in which precursor, signal peptide and mature length disagree, and masses far from the length."""
    box = list(_box_lengths(page))
    for lengths in [box, *([n for passage in section for n in _lengths(passage)] for section in _sections(page))]:
        by_role: dict[str, list[Length]] = {}
        for length in lengths:
            by_role.setdefault(length.role, []).append(length)
        signal, mature, precursor = (by_role.get(role, []) for role in ("signal", "mature", "precursor"))
        if len(signal) == len(mature) == len(precursor) == 1:
            yield from _all_three(page, precursor[0], signal[0], mature[0])
        elif len(signal) == len(mature) == 1 and not precursor:
            yield from _without_precursor(page, signal[0], mature[0])
        for length in mature or precursor:
            yield from _mass(page, length)


def _sections(page: Page) -> Iterator[list[Passage]]:
    current: list[Passage] = []
    for passage in page.outline.passages:
        if passage.kind == "heading":
            if current:
                yield current
            current = []
        elif passage.kind not in ("reference", "residue", "link"):
            current.append(passage)
    if current:
        yield current


def _lengths(passage: Passage) -> Iterator[Length]:
    text = passage.text
    breaks = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text) + 1]
    for match in _LENGTH.finditer(text):
        left = max(b for b in breaks if b <= match.start())
        right = min(b for b in breaks if b > match.start())
        role = _role(text[left:right], match.start() - left, match.end() - left)
        if role:
            start, end = passage.source(match.start("n"), match.end("n"))
            yield Length(role, int(match["n"].replace(",", "")), start, end)


def _box_lengths(page: Page) -> Iterator[Length]:
    """Lengths in the infobox; one that says no more than "length" is that of the chain as translated."""
    for _, label, row in page.info_rows():
        body = row.cells[1].body
        match = _LENGTH.search(body.text) or (_BARE.match(body.text) if "length" in label else None)
        if match is None:
            continue
        kinds = (("signal", _SIGNAL), ("mature", _MATURE), ("precursor", _PRECURSOR))
        role = next((r for text in (label, body.text) for r, cue in kinds if cue.search(text)), "")
        if role or label in ("length", "protein length"):
            start, end = body.source(match.start("n"), match.end("n"))
            yield Length(role or "precursor", int(match["n"].replace(",", "")), start, end)


_BARE = re.compile(r"(?P<n>\d{1,5})\s*$")


def _role(clause: str, start: int, end: int) -> str:
    """Say what a length measures: by the cue nearest to it in its clause."""
    near: list[tuple[int, str]] = []
    for role, pattern in (("signal", _SIGNAL), ("mature", _MATURE), ("precursor", _PRECURSOR), ("", _OTHER)):
        for cue in pattern.finditer(clause):
            distance = max(cue.start() - end, start - cue.end(), 0)
            near.append((distance, role))
    return min(near)[1] if near else ""


def _all_three(page: Page, precursor: Length, signal: Length, mature: Length) -> Iterator[Finding]:
    expected = precursor.value - signal.value
    if expected == mature.value:
        return
    yield page.finding(
        "length_arithmetic",
        ERROR,
        mature.start,
        mature.end,
        f"the lengths do not add up: precursor {precursor.value} less signal peptide {signal.value} is "
        f"{expected}, the page says {mature.value}",
        f"{precursor.value} - {signal.value} = {expected}; one of the three is wrong",
        "arithmetic on the lengths in this section",
    )


def _without_precursor(page: Page, signal: Length, mature: Length) -> Iterator[Finding]:
    """A mature form has no signal peptide: where one is listed as part of it, the length is the precursor's."""
    mass = _stated_mass(page)
    less = mature.value - signal.value
    if mass is None or less <= 0:
        return
    full, cut = mature.value * RESIDUE_DALTONS / 1000, less * RESIDUE_DALTONS / 1000
    if abs(cut - mass) < abs(full - mass) and mass < full:
        yield page.finding(
            "length_arithmetic",
            WARNING,
            mature.start,
            mature.end,
            f"{mature.value} amino acids are given for the mature form, yet a signal peptide of {signal.value} is "
            f"listed as part of it: "
            f"if {mature.value} is the precursor, the mature form has {less}, which also fits the stated {mass:g} "
            f"kDa better",
            f"precursor {mature.value} - signal peptide {signal.value} = mature {less}",
            f"arithmetic; {RESIDUE_DALTONS:.0f} Da is the mean mass of a residue",
        )


def _stated_mass(page: Page) -> float | None:
    for _, label, row in page.info_rows():
        if label in ("molecular weight", "mass", "molecular mass", "mw", "protein mass"):
            match = _MASS.search(row.cells[1].text)
            if match:
                return float(match["n"])
    return None


def _mass(page: Page, length: Length) -> Iterator[Finding]:
    """A mass under 0.7 or over 2.5 times what the length gives cannot be that chain, sugars included."""
    mass = _stated_mass(page)
    if mass is None or length.value < 30:
        return
    expected = length.value * RESIDUE_DALTONS / 1000
    if not 0.7 * expected <= mass <= 2.5 * expected:
        yield page.finding(
            "length_arithmetic",
            WARNING,
            length.start,
            length.end,
            f"{length.value} amino acids weigh about {expected:.0f} kDa, the page says {mass:g} kDa",
            f"about {expected:.0f} kDa",
            f"arithmetic; {RESIDUE_DALTONS:.0f} Da is the mean mass of a residue",
        )
