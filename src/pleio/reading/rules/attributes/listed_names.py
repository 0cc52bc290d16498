"""Bullets that are nothing but a name, under a heading that says what such names are to the page's subject.

"Associated diseases", "Aliases", "Biological process": what the entry of a database lists.  Rule id: `kind.listed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...draft import Draft
from ...things import Thing, grounded
from ...unit import Unit

_LONGEST_NAME = 80
_REMARK = re.compile(r"\s*(?:\([^()]*\)|,\s(?:type )?\d\w*)\s*$")
_TAIL = re.compile(r",\s(?:familial|susceptibility to|somatic|autosomal \w+)(?:,.*)?$")
_SIGNED = re.compile(r"(?:(positive|negative) )?regulation of ", re.I)
_SIGNS = {"positive": "increases", "negative": "decreases"}


def listed_names(unit: Unit) -> Iterator[Draft]:
    """Read a bullet that is a name alone."""
    owner = unit.owner
    if not unit.bullet or unit.label or owner is None or not owner.is_molecule:
        return
    name = _REMARK.sub("", unit.whole.strip(" .;"))
    if len(name) > _LONGEST_NAME or unit.clauses.frames or ":" in name:
        return
    if unit.mode == "names":
        if not re.search(r"[,;]|\band\b", name):
            yield Draft(owner, "has_identifier", Thing(name), "kind.listed")
        return
    name = _TAIL.sub("", name)
    if unit.mode == "disease":
        ill = unit.between(unit.body, unit.end, "disease", "phenotype")
        if ill and len(ill) == 1 and 2 * (ill[0].end - ill[0].start) >= len(name):
            yield Draft(owner, "associated_with", grounded(name, "disease"), "kind.listed")
    elif unit.mode == "process":
        signed = _SIGNED.match(name)
        relation = _SIGNS.get((signed[1] or "").lower(), "regulates") if signed else "regulates"
        what = name[signed.end() :] if signed else name
        yield Draft(owner, relation, grounded(what, "process"), "kind.listed", "process")
