"""Where what a passage says was seen, as far as its sentences do not say it themselves.

Headings, the title of a legend and the sentences that set up an experiment say it for what follows; the title of the
document says it for what is told as having happened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..documents.page import Page
from ..documents.structure import CAPTION, PARAGRAPH, Passage
from ..names.mention import Mention
from ..names.named import (
    any_line,
    full_name,
    is_of_molecule,
    is_of_more,
    is_only_which,
    is_placed,
    is_way,
    line_in,
    long_name,
    placed_before,
)
from ..unit import Unit
from .doses import amounts

_KEYS = (("species", "species"), ("cell_type", "cell"), ("tissue", "tissue"))
ORDER = ("species", "cell_type", "tissue", "disease", "system")


@dataclass
class Setting:
    """What the headings of a passage, the title of a legend and its first sentences name."""

    heading: dict[str, str] = field(default_factory=dict)
    title: dict[str, str] = field(default_factory=dict)  # of the document; for what happened, not for what holds
    record: dict[str, str] = field(default_factory=dict)  # that the title of an abstract says, for all of it
    found: dict[str, str] = field(default_factory=dict)
    going: dict[str, str] = field(default_factory=dict)  # on from the set-up of one panel of a legend to the next
    panel: str = ""
    here: dict[str, str] = field(default_factory=dict)  # of that panel
    cells: dict[str, str] = field(default_factory=dict)  # those named last, with their species

    @classmethod
    def of(cls, page: Page, passage: Passage, title: str = "") -> Setting:
        """Take what the nearest headings say, what the title of the document says, and that of an abstract."""
        titled = bool(passage.headings) and passage.headings[0] == page.title
        found: dict[str, str] = {}
        for heading in reversed(passage.headings[titled:]):
            found = _of_title(page, heading, whole=True)
            if found:
                break
        named = _of_title(page, passage.headings[0], whole=False) if titled else {}
        record = _of_title(page, title, whole=False) | _ill(page, title) if title else {}
        named, record = ({k: v for k, v in names.items() if k != "tissue"} for names in (named, record))
        return cls(found, named, record)

    def hear(self, unit: Unit, place: dict[str, str]) -> None:
        """Take "in these cells" for the cells named last, here and in what follows; keep the cells of a sentence."""
        if self.cells and _THESE.search(unit.text):
            place.update(self.cells)
        cells = [m for m in unit.between(unit.body, unit.end, "cell") if m.text.endswith("s")]
        if cells:
            self.cells = {"cell_type": full_name(unit.passage.text, cells[-1])}
            beside = [m for m in unit.between(unit.body, cells[-1].start, "species") if cells[-1].start - m.end < 30]
            if beside:
                self.cells["species"] = beside[-1].label

    def take(self, unit: Unit, place: dict[str, str]) -> None:
        """Keep where a set-up sentence of running text says that its experiment was done."""
        body = unit.between(unit.body, unit.end, "species", "cell", "disease")
        new: dict[str, str] = {}
        body = [m for m in body if m.category != "species" or not is_of_molecule(unit.passage.text, m)]
        first = {m.category: m for m in reversed(body) if m.category != "disease" or is_placed(unit, m)}
        if "species" in first:
            new["species"] = first["species"].label
        cells = full_name(unit.passage.text, first["cell"]) if "cell" in first else _line(unit)
        if cells:
            new["cell_type"] = cells
        if "disease" in first:
            new["disease"] = long_name(first["disease"])
        if new:
            place.clear()
            place.update(new)

    def leave(self, unit: Unit, legend: bool, opened: bool, *, told: bool = False) -> None:
        """Keep what a title or a set-up sentence of a legend says: for all its panels, or for one.

        A set-up sentence of a panel that tells no finding goes on to later panels, where the legend says nothing.
        """
        if unit.panel != self.panel:
            self.panel, self.here = unit.panel, {}
        if not legend or (unit.panel and not opened and not is_title(unit)):
            return
        body = unit.between(unit.body, unit.end, "species", "cell")
        species = [m for m in body if m.category == "species"]
        cells = [m for m in body if m.category == "cell" and not is_only_which(unit.passage.text, m)]
        cells = [m for m in cells if opened or (is_placed(unit, m) and not is_way(unit, m))]
        line = any_line(unit.passage.text, unit.body, unit.end)
        named = line or (full_name(unit.passage.text, cells[0]) if cells else _line(unit))
        new = {"species": species[0].label if species else "", "cell_type": named}
        if not unit.panel:
            new["disease"] = _ill_in(unit)
        new = {key: value for key, value in new.items() if value}
        self.here.update(new)
        if not unit.panel:
            self.found = {**new, **self.found}
        elif opened and not told and not is_title(unit):
            self.going = {**new, **self.going}

    def of_unit(self, place: Mapping[str, str], happened: bool, panel: str = "") -> dict[str, str]:
        """Give what holds for a statement; `place` is that of its experiment, for what is told as having happened."""
        here = self.here if panel == self.panel else {}
        if not happened:
            return {**self.record, **self.heading, **self.found, **here}
        told = {**self.title, **self.record, **self.going, **self.heading, **place, **self.found, **here}
        if "cell_type" in self.record and told.get("species") == self.record.get("species"):
            told["cell_type"] = self.record["cell_type"]  # a set-up names the line of the same cells
        return told


_THESE = re.compile(r"\b(?:in|of|by|from|on)\s(?:these|those|such|the same)\scells\b")


_ILL_IN = re.compile(r"\b(?:in|with)\s(?:[\w-]+\s){0,2}$")


def _ill_in(unit: Unit) -> str:
    """The disease that a title or a set-up sentence of a legend puts all of it in: "… in giant cell arteritis"."""
    text = unit.passage.text
    ills = unit.between(unit.body, unit.end, "disease")
    ills = [m for m in ills if _ILL_IN.search(text[max(unit.body, m.start - 40) : m.start])]
    return long_name(ills[0]) if ills and ills[0].text.lower() not in GENERAL else ""


def is_title(unit: Unit) -> bool:
    """Say whether a sentence says nothing: "Calcium imaging of mouse neurons."."""
    return not any(w.tag in ("VBZ", "VBP", "VBD", "MD") for w in unit.words)


def _line(unit: Unit) -> str:
    """The cells that a set-up sentence or a title names and no table knows: "LX-2 cells"."""
    return any_line(unit.passage.text, unit.body, unit.end) or line_in(unit.passage.text, unit.body, unit.end)


_OF_PATIENTS = re.compile(r"\b(?:in|with|of|for|from)\s(?:[\w-]+\s){0,5}$")


def _ill(page: Page, title: str) -> dict[str, str]:
    """The disease that the title of an abstract puts its study in."""
    found = [m for m in page.gazetteer.find(title) if m.category == "disease"]
    found = [m for m in found if _OF_PATIENTS.search(title[: m.start]) and m.text.lower() not in GENERAL]
    return {"disease": found[0].text} if found else {}


GENERAL = set("tumour tumours tumor tumors cancer cancers disease diseases infection infections inflammation".split())
"""Names of diseases that say nothing of where a statement holds."""


def _of_title(page: Page, title: str, *, whole: bool) -> dict[str, str]:
    named = page.gazetteer.find(title)
    found: dict[str, str] = {}
    for key, category in _KEYS:
        of_kind = [m for m in named if m.category == category]
        if key == "tissue":
            of_kind = [m for m in of_kind if not is_of_more(title, m)]
        elif key == "cell_type":
            of_kind = [m for m in of_kind if not is_only_which(title, m)]
        placed = [m for m in of_kind if placed_before(title[: m.start]) or (whole and _is_whole(title, m))]
        if key == "species" and of_kind:
            found[key] = of_kind[0].label
        elif placed:
            found[key] = full_name(title, placed[0])
        elif key == "cell_type" and (line_in(title) or (whole and _CELLS_ALONE.search(title))):
            alone = _CELLS_ALONE.search(title)
            found[key] = line_in(title) or (alone[1] if alone else "")
    return found


_CELLS_ALONE = re.compile(
    r"(?:^|[.:]\s)(?:Human|Mouse|Murine|Rat|Primary|Cultured|human|mouse|primary)\s(?:(?:[a-z-]+\s)?)"
    r"((?:[a-z]+\s)?(?:cells|fibroblasts|myoblasts|progenitors|\w+cytes|organoids))\s*$"
)
_HEADING_PART = re.compile(r"[^,:;()–—]+")


def _is_whole(title: str, mention: Mention) -> bool:
    """Say whether cells are what a part of a heading names: "Mouse satellite cells, proliferation"."""
    part = next((m for m in _HEADING_PART.finditer(title) if m.start() <= mention.start < m.end()), None)
    if part is None or mention.end > part.end() or part[0][mention.end - part.start() :].strip():
        return False
    return mention.end - mention.start >= 0.5 * len(
        re.sub(r"\b(?:\w+ \d+\.|human|mouse|rat|in)\b", "", part[0]).strip()
    )


_NEAR = 200  # letters between a table's row and what announces it, beside the rows themselves


def announced(page: Page, start: int) -> tuple[tuple[tuple[str, str], ...], str | None, str | None]:
    """Give the context, dose and duration that a table's caption, or the sentence above it, states for its rows."""
    table = next((t for t in page.outline.tables if t.start <= start < t.end), None)
    if table is None:
        return (), None, None
    found: dict[str, str] = {}
    dose: str | None = None
    duration: str | None = None
    for passage in page.outline.passages:
        if passage.kind not in (PARAGRAPH, CAPTION):
            continue
        above = passage.end <= table.start and table.start - passage.end < _NEAR
        if not (above or (table.start <= passage.start < table.end)) or (
            above and passage.kind == PARAGRAPH and not _ANNOUNCES.search(passage.text)
        ):
            continue
        for mention in reversed(page.mentions(passage)):
            if mention.category == "species":
                found["species"] = mention.label
            elif mention.category == "disease":
                found["disease"] = mention.text
            elif mention.category == "cell":
                found["cell_type"] = full_name(passage.text, mention)
        said = amounts(f"{passage.text};")
        doses = {d for _, d in said.doses}
        dose = doses.pop() if len(doses) == 1 else dose
        duration = said.duration or next((t for _, t in said.inner), duration)
    return tuple((key, found[key]) for key in ORDER if key in found), dose, duration


_ANNOUNCES = re.compile(r"\b(?:table|below|following|listed?|lists|summari[sz]e[sd]?|shows?)\b|:$", re.I)
