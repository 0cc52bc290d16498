"""Names that could be a context: a cell with the words that say which, and whether something is put there."""

from __future__ import annotations

import re

from ..unit import Unit
from .mention import Mention

_PLACED = re.compile(
    r"\b(?:in|into|within|from|of|on|by|through|with|among|between|during)\s(?:[\w+/()-]+[\s,]+){0,4}(?:and\s)?$", re.I
)
_QUALIFIER = re.compile(
    r"(?:\b(?:primary|bronchial|airway|alveolar|intestinal|colonic|renal|kidney|hepatic|cardiac|lung|skin|dermal|synovial|"
    r"endometrial|vascular|aortic|umbilical vein|microvascular|bone marrow-derived|"
    r"bone marrow|dorsal root ganglion|resident|white|brown|peritoneal|splenic|trabecular|myeloid|cortical|"
    r"hippocampal|motor|dopaminergic|sensory|smooth muscle|tubular|retinal|corneal|mammary|gastric|pancreatic|"
    r"undifferentiated|activated|naive|memory|regulatory|cultured|CD\d+\+|(?!\S+(?:ed|ing|ent)\s)[A-Z][\w/]*-?\d[\w/-]*)\s)+$"
)
_LINE = re.compile(
    r"\b((?:[A-Z]{1,5}-?\d[\w/-]*|[A-Z][A-Za-z]*-\d+\w*|HEK\s?293T?|HepG2|HeLa|CHO|Jurkat|Vero|Caco-2)\s(?:(?!(?:by|in|of|from|and|on|to|or)\s)[a-z]+(?<!s)(?<!ed)\s)?"
    r"(?:cells|myoblasts|fibroblasts|hepatocytes|macrophages|monocytes|keratinocytes|osteocytes|osteoblasts|adipocytes|"
    r"myotubes|neurons|cardiomyocytes|chondrocytes|organoids))\b"
)
_WHICH = r"(?:(?:the|primary|cultured|human|mouse|murine|rat|bovine|porcine|isolated|these|both|resting|normal)\s)*"
_UNLISTED = re.compile(
    rf"\b(?:[Ii]n|of|from|on|by|to)\s{_WHICH}"
    r"(?!(?:the|these|most|many|some|other|all|such|treated|viable|apoptotic|infected|control|target|host|which|resting)\s)"
    r"((?:[a-z]+(?:-[a-z]+)?\s){1,2}(?:cells|fibroblasts|progenitors|precursors|myoblasts|myotubes)|"
    r"(?:[a-z]+\s)?(?:podocytes|synoviocytes|tenocytes|melanocytes|myoblasts|erythroblasts|trophoblasts|pericytes))\b"
)
_CULTURED = re.compile(r"(?:primary|cultured|activated)\s", re.I)


_SHORT = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,5}s?")


def long_name(mention: Mention) -> str:
    """Give a name as printed, and what it stands for where it is a short form that the document made."""
    short = _SHORT.fullmatch(mention.text) and len(mention.label) > len(mention.text)
    return mention.label if short and " " in mention.label else mention.text


def full_name(text: str, mention: Mention) -> str:
    """Give a cell with the words that say which: "kidney fibroblasts"."""
    if mention.category != "cell" or _SHORT.fullmatch(mention.text):
        return long_name(mention)
    before = _QUALIFIER.search(text[max(0, mention.start - 40) : mention.start])
    return _CULTURED.sub("", before[0] if before else "") + mention.text


def any_line(text: str, low: int, high: int) -> str:
    """Give the first cell line that a text names, wherever it stands; "" for none."""
    found = _LINE.search(text, low, high)
    return found[1] if found else ""


def line_in(text: str, low: int = 0, high: int | None = None) -> str:
    """Give a cell line or cells that no table knows and that a text puts something in: "in LX-2 cells"; "" for none."""
    end = len(text) if high is None else high
    line = _LINE.search(text, low, end)
    if line and (line.start() == low or placed_before(text[max(low, line.start() - 60) : line.start()])):
        return line[1]
    found = _UNLISTED.search(text, low, end)
    return found[1] if found else ""


_MADE_OF = re.compile(r"\s(?:[\w-]+\s){0,2}(?:IgG\w*|antibod\w+|monoclonal|recombinant|serum|ortholog\w*)\b")


def is_of_molecule(text: str, mention: Mention) -> bool:
    """Say whether a species only says what a molecule is: "recombinant human IL-10", "a human IgG1 antibody"."""
    before = text[max(0, mention.start - 14) : mention.start].lower()
    return before.endswith(("recombinant ", "fully ", "anti-")) or bool(_MADE_OF.match(text, mention.end))


def placed_before(text: str) -> bool:
    """Say whether a text ends in a preposition that puts something in what follows: "in primary …"."""
    return bool(_PLACED.search(text))


_MORE = re.compile(
    r"\s(?:[a-z]+\s)?(?:cells?|fibroblasts|macrophages|epithelium|endothelium|epithelial|endothelial|\w+cytes|\w+blasts|"
    r"neurons|cancers?|tumou?rs?|carcinoma\w*|fibrosis|injury|disease|turnover|development|metabolism|repair|density|"
    r"loss|mass|resorption|regeneration|remodell?ing|rupture|transplant\w*)\b"
)


def is_of_more(text: str, mention: Mention) -> bool:
    """Say whether a tissue only says which cells, disease or process: "kidney fibroblasts", "bone turnover"."""
    return bool(_MORE.match(text, mention.end))


_WHICH_MORE = re.compile(
    r"\s(?!(?:and|or|in|of|from|by|with|to|was|were|is|are|that|which|but|for|at|on|as|than|did|after|the|an?|this|these|"
    r"not)\b)[a-z]"
)


def is_only_which(text: str, cell: Mention) -> bool:
    """Say whether cells only say what something else is: "erythrocyte sedimentation rate", "motor neuron disease"."""
    return not cell.text.endswith(("s", "ium", "glia")) and bool(_WHICH_MORE.match(text, cell.end))


_ILLNESS = re.compile(
    r"(?:disease|syndrome|disorder|failure|injury|infection|pain|deficiency|dystrophy|(?:itis|osis|a?emia|pathy|penia|oma|"
    r"trophy|plegia|sclerosis|uria|ension))$",
    re.I,
)


def is_illness(mention: Mention) -> bool:
    """Say whether a name is that of a disease, or of a sign that one can be ill with: "neuropathic pain"."""
    return mention.category == "disease" or (mention.category == "phenotype" and bool(_ILLNESS.search(mention.text)))


def is_placed(unit: Unit, mention: Mention) -> bool:
    """Say whether the sentence puts something where a mention is."""
    return placed_before(unit.passage.text[max(unit.body, mention.start - 60) : mention.start])


_WAY = re.compile(r"\b(?:through|via)\s(?:[a-z]+\s)?$")


def is_way(unit: Unit, mention: Mention) -> bool:
    """Say whether cells are those by which something acts, not those it acts in: "through sensory neurons"."""
    return bool(_WAY.search(unit.passage.text[max(unit.body, mention.start - 24) : mention.start]))
