"""Attributes in further words: bands of chromosomes, sizes of genes, counts of isoforms, normal levels, differences
from a natural form.

Rule ids: `property.number`, `property.count`, `property.level`, `property.differs`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...draft import Draft
from ...things import Thing, things_of
from ...unit import Unit

Owner = Callable[[Unit, int], list[Thing]]

_BAND = re.compile(r"(?<![\w.])(?P<band>(?:\d{1,2}|[XY])[pq]\d{1,2}(?:\.\d{1,2})?)(?![\w])")
_ON_CHROMOSOME = re.compile(
    r"\bchromosom|\b(?:maps?|mapped|located|locus|lies|lie|arm|band|encoded|localis\w+|localiz\w+|assigned|gene|exons?)\b",
    re.I,
)
_LOST = re.compile(
    r"\b(?:lost|losses|deletion|deleted|amplif\w+|associat\w+|linked|linkage|translocation|risk|GWAS)\b", re.I
)
_SPAN = re.compile(
    r"\b(?:spans?|spanning|covers?|extends? over|occup(?:y|ies))\s(?P<size>(?:about |approximately |some |roughly |~)?"
    r"\d[\d.,]*\s?(?:kb|kilobases?|bp|base pairs))\b",
    re.I,
)
_COUNT_OF = re.compile(
    r"(?<![\w-])(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|multiple|\d{1,2})\s"
    r"(?P<what>(?:(?:known|different|alternatively spliced|protein|major|distinct|coding|mRNA)\s)?(?:isoforms|"
    r"splice variants|transcript variants|exons))\sof\s"
    r"(?:the\s)?(?:human\s|mouse\s)?",
    re.I,
)
_MASS_BESIDE = re.compile(r"\s\((?P<mass>(?:about |~|≈)?\d[\d.,]*(?:[-–]\d[\d.]*)?[\s-]kDa)\)")
_NORMAL = re.compile(
    r"\b(?:normal|healthy|physiological|physiologic|reference|resting|basal)\b|\bcirculates? at\b", re.I
)
_RANGE = re.compile(
    r"(?P<range>\d[\d.,]*\s?(?:[-–]|to|and)\s?\d[\d.,]*\s?(?:[pnµμm]?g/[mdµμ]?[lL]|[pnµμ]M|[pnµμ]mol/[lL]|m?I?U/m?[lL]))(?!\w)"
)
_COMPARED = re.compile(
    r"\b(?:compared|versus|vs\.?|than|patients|rose|fell|increased|decreased|elevated|higher|lower)\b", re.I
)
_DIFFERS = re.compile(
    r"\bdiffers? from (?:the )?[^,;.:]{3,60}? (?P<how>by|in that|in having|in lacking|in)\s(?P<what>[^;.]{6,160})", re.I
)


def measured(unit: Unit, owner: Owner) -> Iterator[Draft]:
    """Read further attributes; `owner` says whose an attribute at a place of the sentence is."""
    text = unit.text
    if _ON_CHROMOSOME.search(text) and not _LOST.search(text):
        for match in _BAND.finditer(text):
            yield from _property(owner(unit, match.start()), f"chromosomal location {match['band']}", "property.number")
    for match in _SPAN.finditer(text):
        yield from _property(owner(unit, match.start()), match["size"], "property.number")
    for match in _COUNT_OF.finditer(text):
        named = next((m for m in unit.mentions if m.start == unit.body + match.end() and m.is_molecule), None)
        if named is not None:
            yield from _property([things_of(named)], f"{match['n']} {match['what']}", "property.count")
    for mention in unit.mentions:
        beside = _MASS_BESIDE.match(unit.passage.text, mention.end, unit.end)
        if beside and mention.is_molecule and mention.start >= unit.body:
            yield from _property([things_of(mention)], f"molecular mass {beside['mass']}", "property.number")
    if _NORMAL.search(text) and not _COMPARED.search(text):
        for match in _RANGE.finditer(text):
            yield from _property(owner(unit, match.start()), f"normal level {match['range']}", "property.level")
    for match in _DIFFERS.finditer(text):
        for what in _differences(match):
            yield from _property(owner(unit, match.start())[:1], what, "property.differs")


def _property(owners: list[Thing], name: str, rule: str) -> Iterator[Draft]:
    for thing in owners:
        yield Draft(thing, "has_property", Thing(" ".join(name.split())), rule)


def _differences(match: re.Match[str]) -> list[str]:
    """What "differs from B in that it carries C and has D" says of A; what it lacks is read elsewhere."""
    what = re.sub(r"^(?:it|the protein|the molecule)\s(?:also )?", "", match["what"].strip())
    what = re.sub(r"\s(?:in order to|to improve|so that|thereby|which)\b.*$", "", what)
    what = re.sub(r"^the (?=first|last|addition|absence|presence|substitution|deletion|replacement)", "", what)
    parts = re.split(r"(?:, |,? and )(?=(?:has|have|lacks?|contains?|carries|bears|is)\b)", what)
    return [part.strip(" ,") for part in parts if not re.match(r"lacks?\b|is not ", part)]
