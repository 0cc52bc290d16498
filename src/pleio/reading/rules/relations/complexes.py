"""Bullets that describe the parts of a complex: "IL11RA (…): ligand-binding subunit", "the IL-6 family (IL-6, LIF,
OSM)".

Rule ids: `complex.subunit`, `complex.ligand`, `member.listed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...draft import Draft
from ...things import Thing
from ...unit import Unit

_SUBUNIT = re.compile(r"\b(?:[\w-]+\s){0,2}(?:subunit|chain|co-?receptor|receptor component)\b", re.I)
_LIGAND = re.compile(r"\bligand-binding\b", re.I)


def complexes(unit: Unit) -> Iterator[Draft]:
    """Read labelled subunits, and families listed in parentheses."""
    own = unit.subject
    if unit.bullet and unit.label and own and re.match(r"\s*(?:the\s|a\s)?" + _SUBUNIT.pattern, unit.text, re.I):
        complex_ = (
            Thing("receptor complex")
            if "receptor" in (unit.intro + " ".join(unit.passage.headings)).lower()
            else Thing("complex")
        )
        for subject in own:
            yield Draft(subject, "part_of", complex_, "complex.subunit")
            if _LIGAND.search(unit.text) and unit.topic is not None and unit.previous_subject is not None:
                ligand = unit.previous_subject
                if ligand.name != subject.name:
                    yield Draft(subject, "binds", ligand, "complex.ligand")
    for family in unit.between(unit.body, unit.end, "family"):
        if "family" not in family.text.lower():
            continue
        after = unit.passage.text[family.end : family.end + 200]
        listed = re.match(r"(?:\s(?:of )?cytokines?)?\s\(([^()]{5,180})\)", after)
        if listed is None:
            continue
        start = family.end + listed.start(1)
        for m in unit.between(start, family.end + listed.end(1), "gene", "family", "protein"):
            yield Draft(
                Thing(m.text, m.curie or None, None, "molecule"),
                "member_of",
                Thing(family.text, family.curie or None),
                "member.listed",
            )
