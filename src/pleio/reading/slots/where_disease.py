"""The disease in which a statement holds: one that acts or is treated, one it is put in, or that of its heading."""

from __future__ import annotations

import re

from ..draft import Draft
from ..names.meaning import ground
from ..names.mention import Mention
from ..names.named import is_illness, is_placed, long_name
from ..unit import Unit
from .stretches import clause_of, opening_of
from .where_cells import EFFECTS

_WHERE = re.compile(r"\b(?:in|with|among)\s(?:[\w-]+\s){0,2}$", re.I)
_SINCE = re.compile(r"\b(?:after|following)\s$", re.I)
_OPERATION = re.compile(r"\b(?:obstruction|ligation|resection|constriction|surgery|occlusion)$|^UUO$", re.I)
"""What is done to animals to make them ill."""
_DEGREE = re.compile(
    r"\b(?:(?:mild|moderate|severe|active|high[- ]risk|intermediate[- ]risk|low[- ]risk|refractory|relapsed|relapsing|"
    r"early|late|advanced|established|untreated|recurrent)\b[\s,-]*(?:to-|to |or |and |-)*)+",
    re.I,
)


def disease_of(unit: Unit, draft: Draft) -> str:
    """Give the disease of a statement; "" for none."""
    return _DEGREE.sub("", _named(unit, draft)).strip()


def _named(unit: Unit, draft: Draft) -> str:
    if draft.relation == "causes_adverse_event":
        return ""
    if draft.subject.kind == "disease":
        mention = draft.subject.mention
        name = long_name(mention) if mention is not None else draft.subject.name
        return "" if _OPERATION.search(draft.subject.name) else name
    if draft.relation in ("treats", "under_investigation_for"):
        return draft.object.name
    heading = unit.disease.text if unit.disease is not None else ""
    if draft.relation == "associated_with" and heading and draft.object.kind == "disease":
        return draft.object.name
    if draft.relation in ("has_property", "member_of"):
        return heading
    placed = _placed(unit, draft)
    return (placed or heading) if draft.relation in EFFECTS else (heading or placed)


def _placed(unit: Unit, draft: Draft) -> str:
    """The disease that the clause, or the words that open the sentence, put the statement in."""
    for low, high in (clause_of(unit, draft), opening_of(unit)):
        here = unit.between(low, high, "disease", "phenotype")
        here = [m for m in here if m.category == "disease" or _is_had(unit, m)]
        others = [m for m in here if m.text.lower() not in draft.object.name.lower() and not _OPERATION.search(m.text)]
        others = [m for m in others if not _COMPOUND.match(unit.passage.text, m.end)]
        others = [m for m in others if is_placed(unit, m) or _ends(_SINCE, unit, m)]
        if draft.object.kind in ("disease", "phenotype"):  # not what is listed with the object: "the risk of A and B"
            others = [m for m in others if _ends(_WHERE, unit, m)]
        if others:
            return long_name(others[0])
        adjective = _ADJECTIVE.search(unit.passage.text, low, high)
        if adjective is not None:
            return _ADJECTIVES[adjective[1].lower()]
    return ""


_COMPOUND = re.compile(r"[-–](?:derived|bearing|induced|infiltrating|associated|specific|free|prone|like)\b")
_ILL = re.compile(r"\b(?:patients?|mice|rats|animals|people|women|men|adults|children|subjects|models? of)\b", re.I)
_ADJECTIVES = {
    "diabetic": "diabetes", "asthmatic": "asthma", "cirrhotic": "cirrhosis", "rheumatoid": "rheumatoid arthritis",
    "psoriatic": "psoriasis", "obese": "obesity", "septic": "sepsis", "hypertensive": "hypertension",
    "colitic": "colitis", "arthritic": "arthritis", "osteoarthritic": "osteoarthritis", "epileptic": "epilepsy",
    "osteoporotic": "osteoporosis", "atherosclerotic": "atherosclerosis", "schizophrenic": "schizophrenia",
    "preeclamptic": "preeclampsia", "pre-eclamptic": "preeclampsia", "cachectic": "cachexia",
}  # fmt: skip
_ILL_ONES = (
    rf"({'|'.join(_ADJECTIVES)})\s(?:\w+\s){{0,1}}?(?:mice|rats|animals|patients|"
    r"subjects|individuals|people|women|men|adults|livers?|skin|synovi\w+|joints?|lungs?|kidneys?|hearts?|tissues?|"
    r"cartilage|plaques?|lesions?|airways?|chondrocytes|fibroblasts|children|arteries|muscles?|epidermis|"
    r"keratinocytes|placentas?|bones?|epithelium)\b"
)
_ADJECTIVE = re.compile(rf"\b(?:in|of|from|by)\s(?:\w+\s){{0,2}}{_ILL_ONES}", re.I)
_THOSE_ILL = re.compile(rf"\b{_ILL_ONES}", re.I)


def those_ill(unit: Unit) -> Mention | None:
    """The disease of those that an adjective says are ill: "in psoriatic skin", "obese women have …"."""
    found = _THOSE_ILL.search(unit.passage.text, unit.body, unit.end)
    if found is None:
        return None
    name = _ADJECTIVES[found[1].lower()]
    term = ground(name)
    return Mention(found.start(1), found.end(1), name, (term.curie or "") if term else "", name, "disease")


def _is_had(unit: Unit, mention: Mention) -> bool:
    """Say whether a sign is what people or animals have: "in patients with coeliac disease"."""
    before = unit.passage.text[max(unit.body, mention.start - 40) : mention.start]
    return is_illness(mention) and before.lower().endswith("with ") and bool(_ILL.search(before))


def _ends(pattern: re.Pattern[str], unit: Unit, mention: Mention) -> bool:
    return pattern.search(unit.passage.text[max(unit.body, mention.start - 40) : mention.start]) is not None
