"""The cells in which a statement holds: those that the object is made of, and those that an effect is put in."""

from __future__ import annotations

import re

from ..draft import Draft
from ..names.mention import Mention
from ..names.named import full_name, is_only_which, is_placed, is_way, line_in
from ..unit import Unit

SOURCES = {"expressed_in", "secreted_by"}
EFFECTS = {"increases", "decreases", "no_effect", "regulates"}


def cells_of(unit: Unit, draft: Draft, low: int, high: int) -> str:
    """Give the cells that an effect is on or happens in, by a range of the passage; "" for none."""
    if draft.relation in SOURCES:
        return ""  # the cells that make something are the object of the statement
    text = unit.passage.text
    cells = unit.between(low, high, "cell")
    named = draft.object.name.lower()
    held = [m for m in cells if m.text.lower() in named or _root(m) in named]
    others = [m for m in cells if m not in held and not is_only_which(text, m)]
    placed = [m for m in others if (is_placed(unit, m) or _is_treated(text, m)) and not _is_origin(unit, draft, m)]
    placed = placed or [m for m in others if _answers(unit, draft, m)]
    found = ([] if _COUNTED.search(named) else held) or placed
    if found:
        return full_name(text, found[0])
    own = _OWN_CELLS.search(draft.object.name) if draft.object.kind == "process" or draft.aspect == "process" else None
    return line_in(text, low, high) or (own[0] if own else "")


_COUNTED = re.compile(r"\b(?:transfusions?|concentrates?|metaplasia|sedimentation)\b|^platelets?\b")
"""Objects that are no cells, whatever they are called after."""
_OWN_CELLS = re.compile(
    r"\b(?:(?:(?!viable|apoptotic|multinucleated|adherent|infected|treated|cancer|tumou?r|single|whole|stem|dead|blood|red|"
    r"white|positive|negative|the|of|and|in)[a-z]{3,}|[TB]|NK)"
    r"[ -]cells?\b(?! counts?)|"
    r"(?:kerato|hepato|adipo|chondro|osteo|astro|cardiomyo|lympho|mono|endothelio|podo|melano)cytes?|"
    r"(?:fibro|osteo|myo)blasts?|"
    r"macrophages?|neurons?|microglia)"
)  # the cells in what an object is called: "endothelial cell proliferation"
_TREATED = re.compile(
    r"\s(?:\([^()]{1,30}\)\s)?(?:was|were|are|is|had been)\s(?:\w+\s){0,2}"
    r"(?:(?:pre|co)-?)?(?:cultured|treated|exposed|stimulated|incubated|transfected|infected|primed|grown|seeded)\b"
)


def _is_treated(text: str, cell: Mention) -> bool:
    """Say whether cells are given something: "when neurons were cultured with A, B rose"."""
    return bool(_TREATED.match(text, cell.end))


def _is_origin(unit: Unit, draft: Draft, cell: Mention) -> bool:
    """Say whether cells are where what acts comes from, by what it acts, or were moved: "BDNF from neurons does"."""
    text = unit.passage.text
    before = text[max(unit.body, cell.start - 24) : cell.start]
    return bool((_FROM.search(before) and cell.end <= draft.verb) or _MOVED.match(text, cell.end) or is_way(unit, cell))


_FROM = re.compile(r"\bfrom\s(?:[a-z]+\s)?$")
_MOVED = re.compile(r"\s(?:transfer|transplant\w*)\b")
_ANSWERING = re.compile(r"\s(?:respond|react|release|secrete|produce|make)(?:s|d|ed)?\b")
_GUARDS = re.compile(r"\b(?:protect|prime|render|rescue|sensiti[sz]e)\w*\s(?:[\w-]+\s){0,2}$", re.I)


def _answers(unit: Unit, draft: Draft, cell: Mention) -> bool:
    """Say whether cells are where an effect happens: "cells release B in response to A", "protects cells from B"."""
    if draft.relation not in EFFECTS or cell.text.lower() in draft.subject.name.lower():
        return False
    text = unit.passage.text
    return bool(_ANSWERING.match(text, cell.end) or _GUARDS.search(text[max(unit.body, cell.start - 40) : cell.start]))


def _root(mention: Mention) -> str:
    return mention.text.lower().removesuffix("s")
