"""Names that could be a context: a cell with the words that say which, and whether something is put there."""

from __future__ import annotations

import re

from .gazetteer import Mention
from .unit import Unit

_PLACED = re.compile(
    r"\b(?:in|into|within|from|of|on|by|through|with|among|between)\s(?:[\w+/()-]+[\s,]+){0,4}(?:and\s)?$", re.I
)
_QUALIFIER = re.compile(
    r"(?:\b(?:primary|bronchial|airway|alveolar|intestinal|colonic|renal|kidney|hepatic|cardiac|lung|skin|dermal|synovial|"
    r"endometrial|vascular|aortic|umbilical vein|microvascular|bone marrow-derived|peritoneal|splenic|cortical|"
    r"hippocampal|motor|dopaminergic|sensory|smooth muscle|tubular|retinal|corneal|mammary|gastric|pancreatic|"
    r"undifferentiated|activated|naive|memory|regulatory|cultured|CD\d+\+|[A-Z][\w/]*-?\d[\w/-]*)\s)+$"
)
_CULTURED = re.compile(r"(?:primary|cultured|activated)\s", re.I)


def full_name(text: str, mention: Mention) -> str:
    """Give a cell with the words that say which: "kidney fibroblasts"."""
    if mention.category != "cell":
        return mention.text
    before = _QUALIFIER.search(text[max(0, mention.start - 40) : mention.start])
    return _CULTURED.sub("", before[0] if before else "") + mention.text


def placed_before(text: str) -> bool:
    """Say whether a text ends in a preposition that puts something in what follows: "in primary …"."""
    return bool(_PLACED.search(text))


def is_placed(unit: Unit, mention: Mention) -> bool:
    """Say whether the sentence puts something where a mention is."""
    return placed_before(unit.passage.text[max(unit.body, mention.start - 60) : mention.start])
