"""Adjectives that state an effect: anti-inflammatory, pro-fibrotic, neuroprotective, tumour-promoting.

Rule ids: `property.anti`, `property.pro`, `property.protective`, `property.acting`, `property.modulatory`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...grammar.phrases import Noun
from ...names.keys import american
from ...things import Thing, grounded
from ...words.lexicon import PROPERTY_NOUNS

_NOUN_OF = {
    "inflammatory": "inflammation", "apoptotic": "apoptosis", "fibrotic": "fibrosis", "fibrogenic": "fibrosis",
    "proliferative": "proliferation",
    "angiogenic": "angiogenesis", "tumor": "tumor", "tumour": "tumor", "tumorigenic": "tumor growth",
    "tumoral": "tumor", "oxidant": "oxidative stress",
    "oxidative": "oxidative stress", "viral": "viral replication", "thrombotic": "thrombosis",
    "coagulant": "coagulation", "catabolic": "catabolism",
    "anabolic": "anabolism", "hypertrophic": "hypertrophy", "atherogenic": "atherosclerosis",
    "metastatic": "metastasis", "resorptive": "bone resorption",
    "diabetic": "diabetes", "cancer": "cancer", "migratory": "migration", "survival": "survival",
    "senescent": "senescence", "adipogenic": "adipogenesis",
    "osteoclastogenic": "osteoclastogenesis", "regenerative": "regeneration", "nociceptive": "pain",
    "depressant": "depression", "anxiety": "anxiety",
    "immune": "immune response", "ageing": "aging", "aging": "aging", "microbial": "infection",
    "thrombopoietic": "platelet production",
    "hematopoietic": "hematopoiesis", "erythropoietic": "erythropoiesis", "steatotic": "steatosis",
    "neurogenic": "neurogenesis", "gliotic": "gliosis",
    "differentiative": "differentiation", "secretory": "secretion", "lipogenic": "lipogenesis",
    "lipolytic": "lipolysis", "pyretic": "fever",
}  # fmt: skip
_ALONE = {
    "immunosuppressive": ("decreases", "immune response"), "immunostimulatory": ("increases", "immune response"),
    "mitogenic": ("increases", "proliferation"),
    "pyrogenic": ("increases", "fever"), "cytotoxic": ("increases", "cell death"),
    "neurotoxic": ("increases", "neuronal death"),
    "fibrogenic": ("increases", "fibrosis"), "profibrotic": ("increases", "fibrosis"),
    "antifibrotic": ("decreases", "fibrosis"),
    "proinflammatory": ("increases", "inflammation"), "antiinflammatory": ("decreases", "inflammation"),
    "thrombopoietic": ("increases", "platelet production"),
    "antiapoptotic": ("decreases", "apoptosis"), "proapoptotic": ("increases", "apoptosis"),
    "erythropoietic": ("increases", "erythropoiesis"),
    "lipolytic": ("increases", "lipolysis"), "thermogenic": ("increases", "thermogenesis"),
    "anorexigenic": ("decreases", "appetite"),
    "orexigenic": ("increases", "appetite"), "neurotrophic": ("increases", "neuronal survival"),
    "antitumor": ("decreases", "tumor"), "antiviral": ("decreases", "viral replication"),
    "angiogenic": ("increases", "angiogenesis"), "chemotactic": ("increases", "chemotaxis"),
    "regenerative": ("increases", "regeneration"),
    "antiproliferative": ("decreases", "proliferation"), "antidepressant": ("decreases", "depression"),
    "analgesic": ("decreases", "pain"),
    "immunomodulatory": ("regulates", "immune response"), "immunoregulatory": ("regulates", "immune response"),
    "anticancer": ("decreases", "cancer"),
    "vasodilatory": ("increases", "vasodilation"), "osteogenic": ("increases", "osteogenesis"),
    "adipogenic": ("increases", "adipogenesis"),
}  # fmt: skip
_ACTING = {
    "promoting": "increases", "inducing": "increases", "stimulating": "increases", "enhancing": "increases",
    "increasing": "increases", "activating": "increases",
    "suppressing": "decreases", "inhibiting": "decreases", "inhibitory": "decreases", "lowering": "decreases",
    "reducing": "decreases", "suppressive": "decreases",
    "modulating": "regulates", "regulating": "regulates", "regulatory": "regulates", "sparing": "increases",
}  # fmt: skip
_PROTECTED = {
    "neuro": "neuroprotection", "cardio": "cardioprotection", "hepato": "hepatoprotection",
    "nephro": "nephroprotection", "reno": "renoprotection",
    "cyto": "cytoprotection", "gastro": "gastroprotection", "osteo": "osteoprotection",
    "chondro": "chondroprotection", "radio": "radioprotection", "tissue-": "tissue protection",
}  # fmt: skip


@dataclass(frozen=True)
class Property:
    """An effect that an adjective states."""

    relation: str
    object: Thing
    rule: str
    pending: bool = False  # "protective effects": against what must be read elsewhere


def properties_in(noun: Noun) -> list[Property]:
    """Give the effects that the adjectives of a phrase about effects or properties state."""
    if noun.words[-1].lower not in PROPERTY_NOUNS | {"effector"}:
        return []
    return [p for word in noun.words for p in property_of(word.lower)]


def property_of(word: str) -> list[Property]:
    """Give the effect that one adjective states, if it states one.

    Example:
        >>> [(p.relation, p.object.name) for p in property_of("anti-inflammatory")]
        [('decreases', 'inflammation')]
    """
    plain = american(word)
    if plain in _ALONE or plain.replace("-", "") in _ALONE:
        relation, name = _ALONE.get(plain) or _ALONE[plain.replace("-", "")]
        rule = (
            "property.modulatory"
            if relation == "regulates"
            else "property.pro"
            if relation == "increases"
            else "property.anti"
        )
        return [Property(relation, grounded(name, "process"), rule)]
    match = re.fullmatch(r"(anti|pro)-([a-z-]{4,})", plain)
    if match:
        relation = "decreases" if match[1] == "anti" else "increases"
        return [Property(relation, grounded(_NOUN_OF.get(match[2], match[2]), "process"), f"property.{match[1]}")]
    match = re.fullmatch(r"(\w+-?)protective", plain)
    if match and match[1] in _PROTECTED:
        return [Property("increases", grounded(_PROTECTED[match[1]], "process"), "property.protective")]
    if plain == "protective":
        return [Property("increases", grounded("protection", "process"), "property.protective", pending=True)]
    match = re.fullmatch(r"([a-z]+)-(\w+)", plain)
    if match and match[2] in _ACTING:
        return [Property(_ACTING[match[2]], grounded(_NOUN_OF.get(match[1], match[1]), "process"), "property.acting")]
    return []
