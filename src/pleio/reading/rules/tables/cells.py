"""What a row of a table says besides its claim: species, cells and organ of its other cells, dose, duration, keys."""

from __future__ import annotations

import re

from ...documents.page import Page
from ...documents.structure import Row, Table
from ...slots.doses import amounts
from ...words.inflection import forms

_KINDS = {"species": "species", "cell": "cell_type", "tissue": "tissue", "disease": "disease"}
_PAST = {"did", "does", "had", "was", "were", "do", "failed"}
_NONE = re.compile(r"(?:n/?a|none|not (?:stated|applicable|given|reported)|[-–—?])$", re.I)


def is_sentence(text: str) -> bool:
    """Say whether a cell holds a sentence of its own: "IL-10 reduces TNF release", "A did not improve B".

    Example:
        >>> is_sentence("IL-10 reduces TNF release"), is_sentence("TNF release"), is_sentence("mouse, 10 mg/kg")
        (True, False, False)
    """
    words = text.split()
    if not 3 <= len(words) <= 30 or not words[0][:1].isalnum():
        return False
    for at, word in enumerate(words[1:6], start=1):
        lower = word.lower().strip(",;")
        kind = forms().get(lower, ("", ""))[1]
        if (lower in _PAST or kind == "s" or (kind == "ed" and words[at - 1][-1:] != ",")) and at + 1 < len(words):
            return True
    return False


def row_of(page: Page, start: int) -> tuple[Table, Row] | None:
    """The table and row that begin at an offset."""
    for table in page.outline.tables:
        if table.start <= start < table.end:
            return next(((table, row) for row in table.rows if row.start == start), None)
    return None


def row_facts(page: Page, start: int) -> tuple[dict[str, str], str | None, str | None, tuple[str, ...]]:
    """Give the context, dose, duration and citation keys that the cells of the row at an offset state."""
    found = row_of(page, start)
    if found is None:
        return {}, None, None, ()
    context: dict[str, str] = {}
    dose = duration = None
    keys: list[str] = []
    for cell in found[1].cells:
        keys += [k for mark in cell.body.citations for k in mark.keys]
        text = cell.text.strip()
        if not text or _NONE.match(text):
            continue
        sentence = is_sentence(text)
        for mention in page.gazetteer.find(text):
            key = _KINDS.get(mention.category)
            if key is not None and (key == "disease" or not sentence):
                context.setdefault(key, mention.label if key == "species" else mention.text)
        measured = amounts(f"({text})")
        dose = dose or next((d for _, d in measured.doses), None)
        duration = duration or next((d for _, d in measured.inner), measured.duration)
    return context, dose, duration, tuple(dict.fromkeys(keys))
