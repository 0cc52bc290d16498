"""The context of a statement: species, cell type, tissue, disease and system that its sentence or heading names.

A place counts where the sentence puts the effect there ("in hepatocytes", "of patients with asthma"), where the object
is made of it ("astrocyte survival"), or where a label or heading says so; other cells and diseases of the sentence do
not.  A clause takes its places from itself, else from the words that open its sentence ("In macrophages, …, whereas").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..draft import Draft
from ..names.named import full_name, is_of_molecule
from ..unit import Unit
from .setting import ORDER
from .stretches import clause_of, opening_of
from .where_cells import EFFECTS, SOURCES, cells_of
from .where_disease import disease_of
from .where_tissue import tissue_of

_SYSTEM = re.compile(
    r"\b((?:(?!in\b|with\b|of\b|and\b|from\b)[\w-]+\s){0,2}(?:models?|cultures?|xenografts?|explants?|organoids?|"
    r"clinical trials?)|in vitro|in vivo|"
    r"healthy (?:subjects|volunteers)|patients undergoing [\w ]{3,40})\b",
    re.I,
)
_OF_MICE = {"knockout", "mutant", "transgenic"}
_MOUSE_SYMBOL = re.compile(r"[A-Z][a-z]{1,6}\d*[a-z]{0,3}\d*")  # "Il18", "Stat3", "Osmr": how genes of mice are written
_TIMELESS = {"has_identifier", "part_of", "member_of", "binds"}  # true of the molecule, wherever it is
_OF_PEOPLE = {"treats", "under_investigation_for", "causes_adverse_event", "has_property"}
_ANIMALS = re.compile(
    r"(?:[Ii]n|[Aa]mong)\s(?:[\w-]+\s){0,3}(?:mice|rats|animals|patients|monkeys|rabbits|volunteers)\b"
)


def context_of(unit: Unit, draft: Draft, inherited: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """Give the context of one draft; `inherited` is what its heading and the sentences before it say."""
    found = dict(inherited or {})
    if draft.relation in _TIMELESS:
        return tuple((key, found[key]) for key in ORDER if key in found)
    if draft.relation in _OF_PEOPLE:
        found.pop("cell_type", None)
        found.pop("tissue", None)
    if draft.relation in SOURCES:
        found.pop("cell_type", None)  # where it is made is what the statement says
    label = _label(unit, draft)
    told: dict[str, str] = {}
    if draft.relation in {*EFFECTS, *SOURCES}:
        told |= _within(unit, draft, *opening_of(unit))
    told |= _within(unit, draft, *clause_of(unit, draft))
    if "cell_type" not in {**label, **told} and ("tissue" in told or _ANIMALS.match(unit.text)):
        found.pop("cell_type", None)  # "In mice, …" and "serum A" leave the cells of the experiment before
    told = label | told
    if "cell_type" in found and not unit.label:
        told = {k: v for k, v in told.items() if k != "tissue" or v != label.get(k)}  # cells in a dish have no organ
    found |= {k: v for k, v in told.items() if k != "cell_type" or draft.relation not in _OF_PEOPLE}
    disease = disease_of(unit, draft)
    if disease:
        found["disease"] = disease
    match = _SYSTEM.search(unit.text)
    if draft.system:
        found["system"] = draft.system
        if draft.system in _OF_MICE and _MOUSE_SYMBOL.fullmatch(draft.subject.name):
            found.setdefault("species", "mouse")
    elif match:
        found.setdefault("system", match[1].strip())
    return tuple((key, found[key]) for key in ORDER if key in found)


def _within(unit: Unit, draft: Draft, low: int, high: int) -> dict[str, str]:
    """What a part of the sentence says of where a draft was seen."""
    if low == high:
        return {}
    found = {
        "species": _species(unit, draft, low, high),
        "cell_type": cells_of(unit, draft, low, high),
        "tissue": tissue_of(unit, draft, low, high),
    }
    return {key: value for key, value in found.items() if value}


def _label(unit: Unit, draft: Draft) -> dict[str, str]:
    """What the label of a bullet names, and the heading's tissue."""
    label = unit.between(unit.start, unit.body, "cell", "tissue", "species")
    text = unit.passage.text
    cells = [full_name(text, m) for m in label if m.category == "cell"]
    cells = cells or ([unit.label] if _CELLS.fullmatch(unit.label) else [])
    species = [m for m in label if m.category == "species"]
    tissues = [m for m in label if m.category == "tissue" and "-" not in text[max(0, m.start - 1) : m.end + 1]]
    tissues = tissues or list(unit.heading_tissues)
    found = {"tissue": tissues[0].text} if tissues else {}
    found |= {"species": species[0].label} if species else {}
    return found | ({"cell_type": cells[0]} if cells and draft.relation not in SOURCES else {})


_CELLS = re.compile(
    r"(?!.*\band\b)[\w/+ -]{0,30}?(?:cells|progenitors|precursors|neurons|macrophages|\w+cytes|\w+blasts)"
)


def _species(unit: Unit, draft: Draft, low: int, high: int) -> str:
    here = [m for m in unit.between(low, high, "species") if not is_of_molecule(unit.passage.text, m)]
    beside = [m for m in here if draft.object.mention is not None and 0 < draft.object.start - m.end <= 2]
    return next((m.label for m in beside or here), "")
