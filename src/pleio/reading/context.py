"""The context of a statement: species, cell type, tissue, disease and system that its sentence or heading names.

A place counts where the sentence puts the effect there ("in hepatocytes", "of patients with asthma"), where the object
is made of it ("astrocyte survival"), or where a label or heading says so; other cells and diseases of the sentence do
not.  A clause takes its places from itself, else from the words that open its sentence ("In macrophages, …, whereas").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .draft import Draft
from .gazetteer import Mention
from .named import full_name, is_of_molecule, is_of_more, is_placed, line_in, long_name
from .setting import ORDER
from .unit import Unit

_SYSTEM = re.compile(
    r"\b((?:(?!in\b|with\b|of\b|and\b|from\b)[\w-]+\s){0,2}(?:models?|cultures?|xenografts?|explants?|organoids?|"
    r"clinical trials?)|in vitro|in vivo|"
    r"healthy (?:subjects|volunteers)|patients undergoing [\w ]{3,40})\b",
    re.I,
)
_OF_MICE = {"knockout", "mutant", "transgenic"}
_MOUSE_SYMBOL = re.compile(r"[A-Z][a-z]{1,6}\d*[a-z]{0,3}\d*")  # "Il18", "Stat3", "Osmr": how genes of mice are written
_ORGANS = {
    "cardiac": "heart", "renal": "kidney", "hepatic": "liver", "uterine": "uterus", "pulmonary": "lung",
    "intestinal": "intestine", "cutaneous": "skin", "cerebral": "brain", "splenic": "spleen", "colonic": "colon",
    "intrahepatic": "liver", "myocardial": "heart", "gastric": "stomach", "retinal": "retina", "mucosal": "mucosa",
    "muscular": "muscle", "placental": "placenta", "synovial": "synovium", "urinary": "urine", "dermal": "skin",
    "intrarenal": "kidney", "faecal": "faeces", "fecal": "feces",
}  # fmt: skip
_FLUID = (
    r"(?:serum|plasma|urine|cerebrospinal fluid|synovial fluid|(?:bronchoalveolar )?lavage(?: fluid)?|vitreous|"
    r"whole blood|blood)"
)
_TIMELESS = {"has_identifier", "part_of", "member_of", "binds"}  # true of the molecule, wherever it is
_SOURCES = {"expressed_in", "secreted_by"}
_EFFECTS = {"increases", "decreases", "no_effect", "regulates"}
_OF_PEOPLE = {"treats", "under_investigation_for", "causes_adverse_event", "has_property"}
_ANIMALS = re.compile(
    r"(?:[Ii]n|[Aa]mong)\s(?:[\w-]+\s){0,3}(?:mice|rats|animals|patients|monkeys|rabbits|volunteers)\b"
)
_MEASURED = {*_EFFECTS, "associated_with", "has_property"}


def context_of(unit: Unit, draft: Draft, inherited: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """Give the context of one draft; `inherited` is what its heading and the sentences before it say."""
    found = dict(inherited or {})
    if draft.relation in _TIMELESS:
        return tuple((key, found[key]) for key in ORDER if key in found)
    if draft.relation in _OF_PEOPLE:
        found.pop("cell_type", None)
        found.pop("tissue", None)
    told = _label(unit, draft) | _opening(unit, draft) | _in(unit, draft, *_clause(unit, draft))
    if _ANIMALS.match(unit.text) and "cell_type" not in told:
        found.pop("cell_type", None)  # "In mice, …" leaves the cells of the experiment before
    found |= {k: v for k, v in told.items() if k != "cell_type" or draft.relation not in _OF_PEOPLE}
    disease = _disease(unit, draft)
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


def _in(unit: Unit, draft: Draft, low: int, high: int) -> dict[str, str]:
    """What a part of the sentence says of where a draft was seen."""
    here = unit.between(low, high, "species", "cell", "tissue")
    found = {
        "species": _species(unit, draft, [m for m in here if m.category == "species"]),
        "cell_type": _cells(unit, draft, [m for m in here if m.category == "cell"], low, high),
        "tissue": _tissue(unit, draft, [m for m in here if m.category == "tissue"], low, high),
    }
    return {key: value for key, value in found.items() if value}


_OPENS = re.compile(r"(?:In|Within|Among|During|At|On|Under|With|Using)\s[^,;:]{3,90},\s")


def _opening(unit: Unit, draft: Draft) -> dict[str, str]:
    """What the words say that open a sentence, for all its clauses: "In macrophages, A does B, whereas C does D"."""
    lead = _OPENS.match(unit.text)
    return _in(unit, draft, unit.body, unit.body + lead.end()) if lead and draft.relation in _EFFECTS else {}


def _label(unit: Unit, draft: Draft) -> dict[str, str]:
    """What the label of a bullet names, and the heading's tissue."""
    label = unit.between(unit.start, unit.body, "cell", "tissue")
    cells = [m for m in label if m.category == "cell"]
    tissues = [m for m in label if m.category == "tissue" and not _hyphenated(unit, m)] or list(unit.heading_tissues)
    found = {"tissue": tissues[0].text} if tissues else {}
    return found | ({"cell_type": cells[0].text} if cells and draft.relation not in _SOURCES else {})


def _species(unit: Unit, draft: Draft, species: list[Mention]) -> str:
    species = [m for m in species if not is_of_molecule(unit.passage.text, m)]
    beside = [m for m in species if draft.object.mention is not None and 0 < draft.object.start - m.end <= 2]
    return next((m.label for m in beside or species), "")


def _cells(unit: Unit, draft: Draft, cells: list[Mention], low: int, high: int) -> str:
    """The cells that an effect is on or happens in; where a molecule is made is what a source says itself."""
    if draft.relation in _SOURCES:
        return ""
    named = draft.object.name.lower()
    held = [m for m in cells if m.text.lower() in named or _root(m) in named]
    placed = [m for m in cells if m not in held and is_placed(unit, m) and not _is_origin(unit, draft, m)]
    placed = placed or [m for m in cells if m not in held and _answers(unit, draft, m)]
    found = ([] if _GIVEN.search(named) else held) or placed
    if found:
        return full_name(unit.passage.text, found[0])
    own = _OWN_CELLS.search(draft.object.name) if draft.object.kind == "process" or draft.aspect == "process" else None
    return line_in(unit.passage.text, low, high) or (own[0] if own else "")


def _is_origin(unit: Unit, draft: Draft, cell: Mention) -> bool:
    """Say whether cells are where what acts comes from, by what it acts, or were moved: "BDNF from neurons does"."""
    text = unit.passage.text
    before = text[max(unit.body, cell.start - 24) : cell.start]
    return bool(
        (_FROM.search(before) and cell.end <= draft.verb) or _MOVED.match(text, cell.end) or _THROUGH.search(before)
    )


_FROM = re.compile(r"\bfrom\s(?:[a-z]+\s)?$")
_THROUGH = re.compile(r"\bthrough\s(?:[a-z]+\s)?$")
_MOVED = re.compile(r"\s(?:transfer|transplant\w*)\b")


def _tissue(unit: Unit, draft: Draft, tissues: list[Mention], low: int, high: int) -> str:
    """The tissue in which an effect was seen: one that is placed, or the organ or fluid right before what changed."""
    named = draft.object.name.lower()
    if draft.relation not in _MEASURED:
        return ""
    organ = next((m for m in _ORGAN.finditer(unit.passage.text, low, high) if _describes(unit, draft, m)), None)
    if organ is not None:
        return _ORGANS.get(organ[0].lower(), organ[0])
    for mention in tissues:
        if (
            _hyphenated(unit, mention)
            or is_of_more(unit.passage.text, mention)
            or mention.text.lower() in named
            or mention.text.lower() in _ORGANS
        ):
            continue
        before = draft.object.start <= 0 or mention.start <= draft.object.start
        if is_placed(unit, mention) or (before and _measured_in(unit, mention)):
            return mention.text
    fluid = _IN_FLUID.search(unit.passage.text, low, high)
    return fluid[1] if fluid and draft.relation in _EFFECTS else ""


_ORGAN = re.compile(rf"\b(?:{'|'.join(_ORGANS)}|{_FLUID})\b", re.I)
_IN_FLUID = re.compile(rf"\b(?:in|from) (?:the |peripheral |human )?({_FLUID})\b", re.I)


def _describes(unit: Unit, draft: Draft, organ: re.Match[str]) -> bool:
    """Say whether an organ or fluid stands right before the object: "hepatic THPO mRNA", "serum CRP"."""
    after = unit.passage.text[organ.end() : organ.end() + 1 + len(draft.object.name)].strip().lower()
    name = draft.object.name.lower()
    return after.startswith(name[:12]) or (name.startswith(organ[0].lower()) and organ[0].lower() in _ORGANS)


def _measured_in(unit: Unit, mention: Mention) -> bool:
    """Say whether a molecule follows: "serum CRP"."""
    return bool(re.fullmatch(_FLUID, mention.text, re.I)) and any(
        m.is_molecule and 0 < m.start - mention.end <= 2 for m in unit.mentions
    )


_GIVEN = re.compile(r"\b(?:transfusions?|concentrates?|metaplasia|sedimentation)\b|^platelets?\b")
_WHERE = re.compile(r"\b(?:in|with|among)\s(?:[\w-]+\s){0,2}$", re.I)
_TURN = re.compile(r";\s|,?\s(?:whereas|while|although|but(?!,? not\b))\s|:\s|,\sand\s(?=(?:in|among|during)\s)")


def _clause(unit: Unit, draft: Draft) -> tuple[int, int]:
    """The range of the passage that the clause of a draft fills; the whole sentence where no verb is known."""
    if draft.verb < 0:
        return unit.body, unit.end
    cuts = [unit.body + m.start() for m in _TURN.finditer(unit.text)]
    low = max([unit.body, *(c for c in cuts if c <= draft.verb)])
    return low, min([unit.end, *(c for c in cuts if c > draft.verb)])


_OWN_CELLS = re.compile(
    r"\b(?:(?:(?!cancer|tumou?r|single|whole|stem|dead|blood|red|white|the|of|and|in)[a-z]{3,}|[TB]|NK)[ -]cells?\b"
    r"(?! counts?)|(?:kerato|hepato|adipo|chondro|osteo|astro|cardiomyo|lympho|mono|endothelio|podo|melano)cytes?|"
    r"(?:fibro|osteo|myo)blasts?|"
    r"macrophages?|neurons?|microglia)"
)  # the cells in what an object is called: "endothelial cell proliferation"
_ANSWERING = re.compile(r"\s(?:respond|react|release|secrete|produce|make)(?:s|d|ed)?\b")
_GUARDS = re.compile(r"\b(?:protect|prime|render|rescue|sensiti[sz]e)\w*\s(?:[\w-]+\s){0,2}$", re.I)


def _answers(unit: Unit, draft: Draft, cell: Mention) -> bool:
    """Say whether cells are where an effect happens: "cells release B in response to A", "protects cells from B"."""
    if draft.relation not in _EFFECTS or cell.text.lower() in draft.subject.name.lower():
        return False
    text = unit.passage.text
    return bool(_ANSWERING.match(text, cell.end) or _GUARDS.search(text[max(unit.body, cell.start - 40) : cell.start]))


def _root(mention: Mention) -> str:
    return mention.text.lower().removesuffix("s")


def _hyphenated(unit: Unit, mention: Mention) -> bool:
    text = unit.passage.text
    around = text[max(0, mention.start - 1) : mention.start] + text[mention.end : mention.end + 1]
    return "-" in around or "–" in around


def _disease(unit: Unit, draft: Draft) -> str:
    if draft.subject.kind == "disease":
        return draft.subject.name
    if draft.relation in ("treats", "under_investigation_for"):
        return draft.object.name
    if draft.relation == "causes_adverse_event":
        return ""
    heading = unit.disease.text if unit.disease is not None else ""
    if draft.relation == "associated_with" and heading and draft.object.kind == "disease":
        return draft.object.name
    if draft.relation in ("has_property", "member_of"):
        return heading
    placed = _placed_disease(unit, draft)
    return (placed or heading) if draft.relation in _EFFECTS else (heading or placed)


def _after(unit: Unit, disease: Mention) -> bool:
    """Say whether something was seen after an injury: "at day 14 after ischaemia-reperfusion injury"."""
    return unit.passage.text[max(unit.body, disease.start - 12) : disease.start].lower().endswith(_SINCE)


_SINCE = ("after ", "following ")


def _placed_disease(unit: Unit, draft: Draft) -> str:
    """The disease that the clause, or the words that open the sentence, put the statement in."""
    lead = _OPENS.match(unit.text)
    for low, high in (_clause(unit, draft), (unit.body, unit.body + lead.end() if lead else unit.body)):
        here = unit.between(low, high, "disease")
        others = [m for m in here if m.text.lower() not in draft.object.name.lower()]
        others = [m for m in others if is_placed(unit, m) or _after(unit, m)]
        if draft.object.kind in ("disease", "phenotype"):  # not what is listed with the object: "the risk of A and B"
            others = [m for m in others if _WHERE.search(unit.passage.text[max(unit.body, m.start - 40) : m.start])]
        if others:
            return long_name(others[0])
    return ""
