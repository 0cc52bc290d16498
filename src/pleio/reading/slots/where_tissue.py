"""The tissue or fluid in which a statement holds: one that it is put in, or that what changed was measured in."""

from __future__ import annotations

import re

from ..draft import Draft
from ..names.mention import Mention
from ..names.named import is_of_more, is_placed
from ..unit import Unit
from .where_cells import EFFECTS, SOURCES

_ORGANS = {
    "cardiac": "heart", "renal": "kidney", "hepatic": "liver", "uterine": "uterus", "pulmonary": "lung",
    "intestinal": "intestine", "cutaneous": "skin", "cerebral": "brain", "splenic": "spleen", "colonic": "colon",
    "intrahepatic": "liver", "myocardial": "heart", "gastric": "stomach", "retinal": "retina", "mucosal": "mucosa",
    "muscular": "muscle", "placental": "placenta", "synovial": "synovium", "urinary": "urine", "dermal": "skin",
    "intrarenal": "kidney", "faecal": "faeces", "fecal": "feces", "hypothalamic": "hypothalamus",
    "hippocampal": "hippocampus", "cortical": "cortex", "spinal": "spinal cord", "adrenal": "adrenal gland",
    "pancreatic": "pancreas", "ovarian": "ovary", "testicular": "testis", "aortic": "aorta", "skeletal": "bone",
}  # fmt: skip
_FLUID = (
    r"(?:serum|plasma|urine|cerebrospinal fluid|synovial fluid|(?:bronchoalveolar )?lavage(?: fluid)?|vitreous|"
    r"whole blood|blood|sputum|saliva|aqueous humou?r)"
)
_ORGAN = re.compile(rf"\b(?:{'|'.join(_ORGANS)}|{_FLUID})\b", re.I)
_IN_FLUID = re.compile(rf"\b(?:in|from) (?:the |peripheral |human )?({_FLUID})\b", re.I)
_MEASURED = {*EFFECTS, "associated_with"}


def tissue_of(unit: Unit, draft: Draft, low: int, high: int) -> str:
    """Give the tissue or fluid of a statement by a range of the passage; "" for none."""
    text = unit.passage.text
    if draft.relation in SOURCES:
        return _of_source(unit, draft, low, high)
    if draft.relation not in _MEASURED:
        return ""
    organ = next((m for m in _ORGAN.finditer(text, low, high) if _describes(text, draft, m)), None)
    if organ is not None:
        return _ORGANS.get(organ[0].lower(), organ[0])
    named = draft.object.name.lower()
    for mention in unit.between(low, high, "tissue"):
        lower = mention.text.lower()
        if lower in named and _is_its_place(named, lower):
            return mention.text
        if lower in named or lower in _ORGANS or _hyphenated(text, mention) or is_of_more(text, mention):
            continue
        if is_placed(unit, mention):
            return mention.text
    fluid = _IN_FLUID.search(text, low, high)
    return fluid[1] if fluid and draft.relation in EFFECTS else ""


def _of_source(unit: Unit, draft: Draft, low: int, high: int) -> str:
    """The tissue that makes something, or that the cells which make it are of: "fibroblasts of the renal cortex"."""
    if draft.object.kind == "tissue":
        return draft.object.name
    text, end = unit.passage.text, draft.object.start + len(draft.object.name)
    for mention in unit.between(low, high, "tissue"):
        after = draft.object.start >= 0 and _OF.fullmatch(text, end, mention.start)
        if after or (low == unit.body and is_placed(unit, mention) and _FIRST.fullmatch(text, low, mention.start)):
            return mention.text
    return ""


_OF = re.compile(r"\s(?:of|in)\s(?:the\s|human\s|mouse\s)*")
_FIRST = re.compile(r"In\s(?:the\s|[a-z]+\s)?")
_READOUT = {"mRNA", "protein", "abundance", "phosphorylation", "secretion", "activity"}
_LISTED = re.compile(
    r"\s(?:(?:levels?|concentrations?|amounts?|activit(?:y|ies)|expression) of\s)?"
    r"(?:[\w/-]+(?:,\s(?:and\s|or\s)?|\s(?:and|or)\s)){0,6}"
)
_CELLS = re.compile(r"\s(?:\w+cytes?|\w*fibroblasts?|\w+ cells?|macrophages?|neurons?|vascular)\b", re.I)
_SIZED = re.compile(r"\s(?:mass|volume|density|weight|size|loss|clearance|function|toxicity|autoimmunity)\b")


def _is_its_place(named: str, tissue: str) -> bool:
    """Say whether an object is a tissue, is in it, or is its size: "fibrosis of the diaphragm", "spleen volume"."""
    if re.fullmatch(_FLUID, tissue):
        return False
    at = named.index(tissue)
    before, after = named[:at], named[at + len(tissue) :]
    if before:
        return not after and bool(re.search(r"\b(?:of|in|into)(?: the)? $", before))
    return not after or bool(_SIZED.match(after))


def _describes(text: str, draft: Draft, organ: re.Match[str]) -> bool:
    """Say whether an organ or fluid says where an object was measured: "hepatic THPO mRNA", "serum CRP and ferritin".

    A disease or cells that are called after an organ say nothing of the kind.
    """
    for thing in (draft.object, draft.subject) if draft.relation == "associated_with" else (draft.object,):
        name = thing.name.lower()
        if name.startswith(organ[0].lower()):
            if organ[0].lower() in _ORGANS and thing.kind not in ("disease", "phenotype"):
                return not _CELLS.match(text, organ.end())
            continue
        after = text[organ.end() : organ.end() + 1 + len(name)].strip().lower()
        listed = (thing.is_molecule or draft.aspect in _READOUT) and thing.start > organ.end()
        if after.startswith(name[:12]) or (listed and _LISTED.fullmatch(text, organ.end(), thing.start)):
            return True
    return False


def _hyphenated(text: str, mention: Mention) -> bool:
    around = text[max(0, mention.start - 1) : mention.start] + text[mention.end : mention.end + 1]
    return "-" in around or "–" in around
