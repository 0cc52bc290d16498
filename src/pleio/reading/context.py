"""The context of a statement: species, cell type, tissue, disease and system that its sentence or heading names.

A place counts where the sentence puts the effect there ("in hepatocytes", "of patients with asthma"), where the object
is
made of it ("astrocyte survival"), or where a label or heading says so; other cells and diseases of the sentence do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .doses import amounts
from .draft import Draft
from .gazetteer import Mention
from .page import Page
from .structure import CAPTION, PARAGRAPH, Passage
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
_ADJECTIVES = {
    "cardiac": "heart", "renal": "kidney", "hepatic": "liver", "uterine": "uterus", "pulmonary": "lung",
    "intestinal": "intestine", "cutaneous": "skin", "cerebral": "brain", "splenic": "spleen", "colonic": "colon",
}  # fmt: skip
_ORDER = ("species", "cell_type", "tissue", "disease", "system")
_TIMELESS = {"has_identifier", "part_of", "member_of", "binds"}  # true of the molecule, wherever it is
_SOURCES = {"expressed_in", "secreted_by"}


def context_of(unit: Unit, draft: Draft, inherited: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """Give the context of one draft; `inherited` comes from the title of a legend."""
    found = dict(inherited or {})
    if draft.relation in _TIMELESS:
        return tuple((key, found[key]) for key in _ORDER if key in found)
    low, high = _clause(unit, draft)
    body = unit.between(low, high, "species", "cell", "tissue", "disease")
    label = unit.between(unit.start, unit.body, "cell", "tissue")
    named = draft.object.name.lower()
    species = [m for m in body if m.category == "species"]
    beside = [m for m in species if draft.object.mention is not None and 0 < draft.object.start - m.end <= 2]
    _set(found, "species", beside or species, label_of=True)
    cells = [m for m in body if m.category == "cell"]
    own = [m for m in cells if m.text.lower() in named or _root(m) in named]
    counted = bool(_COUNTED.search(named))
    own = [] if counted else own
    placed = [m for m in cells if _is_placed(unit, m) and m not in own and _root(m) not in named]
    placed = placed or [m for m in cells if m not in own and _answers(unit, draft, m)]
    if draft.relation not in _SOURCES:
        _set(found, "cell_type", own or placed or [m for m in label if m.category == "cell"])
        line = _LINE.search(unit.passage.text, low, high)
        if line and not (own or placed):
            found["cell_type"] = line[1]
        if "cell_type" not in found and re.search(r"\bneuron", named):
            found["cell_type"] = "neurons"
    tissues = [
        m for m in body if m.category == "tissue" and m.text.lower() not in _ADJECTIVES and not _hyphenated(unit, m)
    ]
    _set(
        found,
        "tissue",
        [m for m in tissues if (_is_placed(unit, m) or _is_fluid(unit, m)) and m.text.lower() not in named]
        or _heading_tissue(unit, label),
    )
    adjective = next((m for m in body if m.text.lower() in _ADJECTIVES and _describes(unit, draft, m)), None)
    if adjective is not None:
        found["tissue"] = _ADJECTIVES[adjective.text.lower()]
    disease = _disease(unit, draft, [m for m in body if m.category == "disease"])
    if disease:
        found["disease"] = disease
    match = _SYSTEM.search(unit.text)
    if draft.system:
        found["system"] = draft.system
    elif match:
        found.setdefault("system", match[1].strip())
    return tuple((key, found[key]) for key in _ORDER if key in found)


@dataclass
class Setting:
    """Where what a passage says was seen: what its heading or the title of a legend names, and its first sentences."""

    heading: dict[str, str] = field(default_factory=dict)
    found: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page, passage: Passage) -> Setting:
        """Take what the nearest headings say; the title of the document is no context."""
        found: dict[str, str] = {}
        for title in reversed(passage.headings[1:] if len(passage.headings) > 1 else ()):
            named = page.gazetteer.find(title)
            for key, category in (("species", "species"), ("cell_type", "cell"), ("tissue", "tissue")):
                of_kind = [m for m in named if m.category == category]
                if of_kind and key not in found:
                    placed = [m for m in of_kind if _PLACED.search(title[: m.start]) or _is_whole(title, m)]
                    if key == "species" or placed:
                        found[key] = of_kind[0].label if key == "species" else _full(title, (placed or of_kind)[0])
            if found:
                break
        return cls(found)

    def take(self, unit: Unit, place: dict[str, str]) -> None:
        """Keep where a set-up sentence of running text says that its experiment was done."""
        body = unit.between(unit.body, unit.end, "species", "cell", "disease")
        new: dict[str, str] = {}
        _set(new, "species", [m for m in body if m.category == "species"], label_of=True)
        cells = [m for m in body if m.category == "cell"]
        if cells:
            new["cell_type"] = _full(unit.passage.text, cells[0])
        _set(new, "disease", [m for m in body if m.category == "disease" and _is_placed(unit, m)])
        if new:
            place.clear()
            place.update(new)

    def leave(self, unit: Unit, legend: bool, opened: bool) -> None:
        """Keep what a title or a set-up sentence of a legend says for the panels after it."""
        if not legend or (unit.panel and not opened):
            return
        body = unit.between(unit.body, unit.end, "species", "cell")
        if "species" not in self.found:
            _set(self.found, "species", [m for m in body if m.category == "species"], label_of=True)
        cells = [m for m in body if m.category == "cell" and (opened or _is_placed(unit, m))]
        if cells and "cell_type" not in self.found:
            self.found["cell_type"] = _full(unit.passage.text, cells[0])

    def of_unit(self, place: Mapping[str, str] | None = None) -> dict[str, str]:
        """Give what holds for a sentence; `place` is that of its experiment."""
        return {**self.heading, **(place or {}), **self.found}


_HEADING_PART = re.compile(r"[^,:;()–—]+")


def _is_whole(title: str, mention: Mention) -> bool:
    """Say whether cells are what a part of a heading names: "Mouse satellite cells, proliferation"."""
    part = next((m for m in _HEADING_PART.finditer(title) if m.start() <= mention.start < m.end()), None)
    if part is None or mention.end > part.end() or part[0][mention.end - part.start() :].strip():
        return False
    return mention.end - mention.start >= 0.5 * len(
        re.sub(r"\b(?:\w+ \d+\.|human|mouse|rat|in)\b", "", part[0]).strip()
    )


_QUALIFIER = re.compile(
    r"(?:\b(?:primary|bronchial|airway|alveolar|intestinal|colonic|renal|kidney|hepatic|cardiac|lung|skin|dermal|synovial|"
    r"endometrial|vascular|aortic|umbilical vein|microvascular|bone marrow-derived|peritoneal|splenic|cortical|"
    r"hippocampal|motor|dopaminergic|sensory|smooth muscle|tubular|retinal|corneal|mammary|gastric|pancreatic|"
    r"undifferentiated|activated|naive|memory|regulatory|cultured)\s)+$",
    re.I,
)
_CULTURED = re.compile(r"(?:primary|cultured|activated)\s", re.I)


def _full(text: str, mention: Mention) -> str:
    """A cell with the words that say which: "kidney fibroblasts"."""
    before = _QUALIFIER.search(text[max(0, mention.start - 40) : mention.start])
    return _CULTURED.sub("", before[0] if before else "") + mention.text


def _set(found: dict[str, str], key: str, mentions: list[Mention], *, label_of: bool = False) -> None:
    if mentions:
        found[key] = mentions[0].label if label_of else mentions[0].text


_COUNTED = re.compile(
    r"\b(?:counts?|numbers?|influx|recruitment|infiltration|transfusions?|concentrates?|metaplasia|accumulation)\b|"
    r"^platelets?$"
)
_WHERE = re.compile(r"\b(?:in|with|among)\s(?:[\w-]+\s){0,2}$", re.I)
_TURN = re.compile(r";\s|,\s(?:whereas|while|although|but)\s|:\s")


def _clause(unit: Unit, draft: Draft) -> tuple[int, int]:
    """The range of the passage that the clause of a draft fills; the whole sentence where no verb is known."""
    if draft.verb < 0:
        return unit.body, unit.end
    cuts = [unit.body + m.start() for m in _TURN.finditer(unit.text)]
    low = max([unit.body, *(c for c in cuts if c <= draft.verb)])
    first = not any(c <= draft.verb for c in cuts)
    return (unit.body if first else low), min([unit.end, *(c for c in cuts if c > draft.verb)])


_LINE = re.compile(
    r"\b(?:in|of|from|on)\s((?:[A-Z]{1,5}-?\d[\w/-]*|[A-Z][A-Za-z]*-\d+\w*|HEK\s?293T?|HeLa|CHO)\scells)\b"
)
_ANSWERING = re.compile(r"\s(?:respond|react|release|secrete|produce|make)(?:s|d|ed)?\b")
_GUARDS = re.compile(r"\b(?:protect|prime|render|rescue|sensiti[sz]e)\w*\s(?:[\w-]+\s){0,2}$", re.I)


def _answers(unit: Unit, draft: Draft, cell: Mention) -> bool:
    """Say whether cells are where an effect happens: "cells release B in response to A", "protects cells from B"."""
    if draft.relation not in ("increases", "decreases", "no_effect", "regulates"):
        return False
    if cell.text.lower() in draft.subject.name.lower():
        return False
    text = unit.passage.text
    return bool(_ANSWERING.match(text, cell.end) or _GUARDS.search(text[max(unit.body, cell.start - 40) : cell.start]))


def _describes(unit: Unit, draft: Draft, adjective: Mention) -> bool:
    """Say whether an adjective of an organ stands right before the object: "hepatic THPO mRNA"."""
    after = unit.passage.text[adjective.end : adjective.end + 1 + len(draft.object.name)].strip().lower()
    return after.startswith(draft.object.name.lower()[:12]) or draft.object.name.lower().startswith(
        adjective.text.lower()
    )


def _root(mention: Mention) -> str:
    return mention.text.lower().removesuffix("s")


def _is_placed(unit: Unit, mention: Mention) -> bool:
    before = unit.passage.text[max(unit.body, mention.start - 60) : mention.start]
    return bool(_PLACED.search(before))


def _is_fluid(unit: Unit, mention: Mention) -> bool:
    """Say whether a molecule follows: "serum CRP"."""
    fluid = mention.text.lower() in ("serum", "plasma", "urinary", "urine", "cerebrospinal fluid")
    return fluid and any(m.is_molecule and 0 < m.start - mention.end <= 2 for m in unit.mentions)


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
    if draft.object.kind in ("disease", "phenotype"):  # not what is listed with the object: "the risk of A and B"
        others = [m for m in others if _WHERE.search(unit.passage.text[max(unit.body, m.start - 40) : m.start])]
    if draft.relation in ("treats", "under_investigation_for"):
        return draft.object.name
    if draft.relation == "causes_adverse_event":
        return ""
    if draft.relation == "associated_with" and unit.disease is not None:
        return draft.object.name if draft.object.kind == "disease" else unit.disease.text
    if unit.disease is not None:
        return unit.disease.text
    return (
        others[0].text
        if others and draft.relation not in ("associated_with", "has_identifier", "has_property", "member_of")
        else ""
    )


_NEAR = 200  # letters between a table's row and what announces it, beside the rows themselves


def announced(page: Page, start: int) -> tuple[tuple[tuple[str, str], ...], str | None]:
    """Give the context and the dose that the caption of a table, or the sentence above it, states for its rows."""
    table = next((t for t in page.outline.tables if t.start <= start < t.end), None)
    if table is None:
        return (), None
    found: dict[str, str] = {}
    dose: str | None = None
    for passage in page.outline.passages:
        if passage.kind not in (PARAGRAPH, CAPTION):
            continue
        above = passage.end <= table.start and table.start - passage.end < _NEAR
        if not (above or (table.start <= passage.start < table.end)) or (
            above and passage.kind == PARAGRAPH and not _ANNOUNCES.search(passage.text)
        ):
            continue
        mentions = page.mentions(passage)
        _set(found, "species", [m for m in mentions if m.category == "species"], label_of=True)
        _set(found, "disease", [m for m in mentions if m.category == "disease"])
        doses = {d for _, d in amounts(passage.text).doses}
        dose = doses.pop() if len(doses) == 1 else dose
    return tuple((key, found[key]) for key in _ORDER if key in found), dose


_ANNOUNCES = re.compile(r"\b(?:table|below|following|listed?|lists|summari[sz]e[sd]?|shows?)\b|:$", re.I)
