"""The context of a statement: species, cell type, tissue, disease and system that its sentence or heading names.

A place counts where the sentence puts the effect there ("in hepatocytes", "of patients with asthma"), where the object
is
made of it ("astrocyte survival"), or where a label or heading says so; other cells and diseases of the sentence do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .draft import Draft
from .gazetteer import Mention
from .unit import Unit

_SYSTEM = re.compile(
    r"\b((?:(?!in\b|with\b|of\b|and\b|from\b)[\w-]+\s){0,2}(?:models?|cultures?|xenografts?|explants?|organoids?|"
    r"clinical trials?)|in vitro|in vivo|"
    r"healthy (?:subjects|volunteers)|patients undergoing [\w ]{3,40})\b",
    re.I,
)
_PLACED = re.compile(
    r"\b(?:in|into|within|from|of|on|by|through|with|among|between)\s(?:[\w-]+[\s,]+){0,4}(?:and\s)?$", re.I
)
_ADJECTIVES = {"cardiac", "renal", "hepatic", "uterine", "pulmonary"}
_ORDER = ("species", "cell_type", "tissue", "disease", "system")
_TIMELESS = {"has_identifier", "part_of", "member_of", "binds"}  # true of the molecule, wherever it is
_SOURCES = {"expressed_in", "secreted_by"}


def context_of(unit: Unit, draft: Draft, inherited: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """Give the context of one draft; `inherited` comes from the title of a legend."""
    found = dict(inherited or {})
    if draft.relation in _TIMELESS:
        return tuple((key, found[key]) for key in _ORDER if key in found)
    body = unit.between(unit.body, unit.end, "species", "cell", "tissue", "disease")
    label = unit.between(unit.start, unit.body, "cell", "tissue")
    named = draft.object.name.lower()
    _set(found, "species", [m for m in body if m.category == "species"], label_of=True)
    cells = [m for m in body if m.category == "cell"]
    own = [m for m in cells if m.text.lower() in named or _root(m) in named]
    placed = [m for m in cells if _is_placed(unit, m) and m not in own]
    if draft.relation not in _SOURCES:
        _set(found, "cell_type", own or placed or [m for m in label if m.category == "cell"])
        if "cell_type" not in found and re.search(r"\bneuron", named):
            found["cell_type"] = "neurons"
    tissues = [
        m for m in body if m.category == "tissue" and m.text.lower() not in _ADJECTIVES and not _hyphenated(unit, m)
    ]
    _set(
        found,
        "tissue",
        [m for m in tissues if _is_placed(unit, m) and m.text.lower() != named] or _heading_tissue(unit, label),
    )
    disease = _disease(unit, draft, [m for m in body if m.category == "disease"])
    if disease:
        found["disease"] = disease
    match = _SYSTEM.search(unit.text)
    if draft.system:
        found["system"] = draft.system
    elif match:
        found.setdefault("system", match[1].strip())
    return tuple((key, found[key]) for key in _ORDER if key in found)


def legend_of(unit: Unit) -> dict[str, str]:
    """Give what the title of a legend says for all its panels: species and cell type."""
    found: dict[str, str] = {}
    body = unit.between(unit.body, unit.end, "species", "cell")
    _set(found, "species", [m for m in body if m.category == "species"], label_of=True)
    _set(found, "cell_type", [m for m in body if m.category == "cell" and _is_placed(unit, m)])
    return found


def _set(found: dict[str, str], key: str, mentions: list[Mention], *, label_of: bool = False) -> None:
    if mentions:
        found[key] = mentions[0].label if label_of else mentions[0].text


def _root(mention: Mention) -> str:
    return mention.text.lower().removesuffix("s")


def _is_placed(unit: Unit, mention: Mention) -> bool:
    before = unit.passage.text[max(unit.body, mention.start - 60) : mention.start]
    return bool(_PLACED.search(before))


def _hyphenated(unit: Unit, mention: Mention) -> bool:
    text = unit.passage.text
    around = text[max(0, mention.start - 1) : mention.start] + text[mention.end : mention.end + 1]
    return "-" in around or "–" in around


def _heading_tissue(unit: Unit, label: list[Mention]) -> list[Mention]:
    return [m for m in label if m.category == "tissue" and not _hyphenated(unit, m)] or list(unit.heading_tissues)


def _disease(unit: Unit, draft: Draft, mentions: list[Mention]) -> str:
    if draft.subject.kind == "disease":
        return draft.subject.name
    object_is = [m for m in mentions if m.text.lower() in draft.object.name.lower()]
    others = [m for m in mentions if m not in object_is and _is_placed(unit, m)]
    if draft.relation in ("treats", "under_investigation_for"):
        return draft.object.name if draft.object.kind == "disease" else (unit.disease.text if unit.disease else "")
    if draft.relation == "associated_with" and unit.disease is not None:
        return draft.object.name if draft.object.kind == "disease" else unit.disease.text
    if unit.disease is not None:
        return unit.disease.text
    return (
        others[0].text
        if others and draft.relation not in ("associated_with", "has_identifier", "has_property", "member_of")
        else ""
    )
