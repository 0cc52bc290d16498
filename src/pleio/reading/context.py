"""The context of a statement: species, cell type, tissue, disease and system that its sentence or heading names."""

from __future__ import annotations

import re

from .gazetteer import Mention
from .names import key_of, singular
from .unit import Unit

_SYSTEM = re.compile(
    r"\b((?:[\w-]+\s){0,3}(?:models?|cultures?|in vitro|in vivo|xenografts?|explants?|organoids?|clinical trials?|healthy (?:subjects|volunteers)|"
    r"preclinical models|animal models|transgenic mice|knockout mice|patients undergoing [\w ]{3,40}))\b",
    re.I,
)
_SPECIES = {"human": "human", "mouse": "mouse", "rat": "rat"}


def context_of(unit: Unit, extra: dict[str, str] | None = None, *, system: str = "", skip: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """Give the context that a unit's text, label and headings support; `extra` is inherited from a legend's title."""
    found: dict[str, str] = dict(extra or {})
    inside = unit.between(unit.start, unit.end, "species", "cell", "tissue", "disease")
    for mention in inside:
        if mention.text.lower() in skip:
            continue
        if mention.category == "species":
            found.setdefault("species", mention.label)
        elif mention.category == "cell" and not _is_whole_label(unit, mention):
            found.setdefault("cell_type", mention.text)
        elif mention.category == "tissue":
            found.setdefault("tissue", mention.text)
        elif mention.category == "disease":
            found.setdefault("disease", mention.text)
    if re.search(r"\bneuronal\b", unit.text):
        found.setdefault("cell_type", "neurons")
    if unit.disease is not None:
        found["disease"] = found["disease"] if _narrower(found.get("disease"), unit.disease) else unit.disease.text
    match = _SYSTEM.search(unit.text)
    if system:
        found["system"] = system
    elif match:
        found.setdefault("system", match[1].strip())
    order = ("species", "cell_type", "tissue", "disease", "system")
    return tuple((key, found[key]) for key in order if key in found)


def _is_whole_label(unit: Unit, mention: Mention) -> bool:
    return False


def _narrower(own: str | None, heading: Mention) -> bool:
    """A disease that the sentence itself names stays, unless it is the heading's under another name."""
    return own is not None and singular(key_of(own)) != singular(key_of(heading.text)) and not own.isupper()
