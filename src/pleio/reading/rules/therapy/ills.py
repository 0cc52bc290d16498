"""What is an ill, and whose: words for harms, and the medicine that a sentence about harms speaks of."""

from __future__ import annotations

import re

from ...names.meaning import ground
from ...things import Thing, things_of
from ...unit import Unit

_ILL = re.compile(
    r"\b(?:infections?|malignanc(?:y|ies)|bleeding|h[ae]+morrhages?|mortality|deaths?|\w*toxicit(?:y|ies)|reactions?|"
    r"fractures?|rash(?:es)?|failure|prolongation|necrosis|fever|pain|swelling|o?edema|itching|pruritus|redness|"
    r"erythema|discomfort|insufficiency|perforation|thrombos[ie]s|thromboembolism|retention|leak|syndrome|"
    r"disorders?|arrhythmias?|irritation|weakness|symptoms?|ulcers?|suicid\w+|ideation|rejection|lymphomas?|tumou?rs?|loss|\w+itis|"
    r"\w+a?emia|\w+penia|\w+osis|\w+pathy|\w+algia|\w+r?rh[eo]+a|\w+cytosis|\w+toxicity|sepsis|seizures?|\w+ectasia)$",
    re.I,
)
_GOOD = re.compile(
    r"\b(?:improvement|remission|reduction|survival|recovery|decrease|protection|lower|fewer|efficacy|response)\b", re.I
)


def is_ill(thing: Thing) -> bool:
    """Say whether a thing is one that harms: a disease, a symptom, or what is called so ("infusion reactions")."""
    if thing.is_molecule or _GOOD.search(thing.name) or thing.kind in ("anaphor", "species", "cell"):
        return False
    if thing.kind in ("disease", "phenotype") or _ILL.search(thing.name.split(" of ")[0]):
        return True
    words = thing.name.split()
    term = ground(words[-1]) if len(words) > 1 else None
    return term is not None and term.category in ("disease", "phenotype")


_IMMUNE = re.compile(
    r"\b(?:neutrali[sz]ing|binding|anti-?drug|auto|anti-[\w-]+) ?antibod(?:y|ies)\b|"
    r"\bantibod(?:y|ies) (?:to|against)\b",
    re.I,
)


def is_immune(thing: Thing) -> bool:
    """Say whether a thing is an answer of the body to a medicine: antibodies against it."""
    return _IMMUNE.search(thing.name) is not None


def is_medicine_name(thing: Thing) -> bool:
    """Say whether a thing is a medicine by its name."""
    return thing.kind == "drug" or (thing.mention is not None and thing.mention.category == "drug")


def named_medicine(unit: Unit, before: int) -> list[Thing]:
    """The medicine that the sentence names before a place, else that of the section, the paragraph or the page."""
    found = [m for m in unit.mentions if unit.start <= m.start < before and m.category == "drug"]
    if found:
        return [things_of(found[-1])]
    for thing in (unit.last, unit.agent, *unit.subject):
        if thing is not None and is_medicine_name(thing):
            return [thing]
    return unit.subject if unit.mode == "adverse" else []
