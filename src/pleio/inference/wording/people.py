"""Who was looked at as papers word it: species, strains, `healthy volunteers`, the parts of a condition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

SPECIES = {
    "humans": "human", "homo sapiens": "human", "man": "human", "men": "human", "women": "human", "people": "human",
    "patients": "human", "mice": "mouse", "murine": "mouse", "mus musculus": "mouse", "rats": "rat",
    "rattus norvegicus": "rat", "cynomolgus monkey": "cynomolgus", "cynomolgus monkeys": "cynomolgus",
    "cynomolgus macaque": "cynomolgus", "cynomolgus macaques": "cynomolgus", "cyno": "cynomolgus",
    "macaca fascicularis": "cynomolgus", "crab-eating macaque": "cynomolgus", "rhesus monkey": "rhesus",
    "rhesus monkeys": "rhesus", "rhesus macaque": "rhesus", "macaca mulatta": "rhesus", "dogs": "dog",
    "rabbits": "rabbit", "pigs": "pig",
}  # fmt: skip
WITHIN = (
    ("cynomolgus", r"cynomolgus(?: monkeys?| macaques?)?|cynos?"),
    ("rhesus", r"rhesus(?: monkeys?| macaques?)?"),
    ("mouse", r"mouse|mice"),
    ("rat", r"rats?"),
    ("dog", r"dogs?|beagles?"),
    ("rabbit", r"rabbits?"),
    ("baboon", r"baboons?"),
    ("guinea pig", r"guinea pigs?"),
    ("pig", r"(?<!guinea )(?:pigs?|minipigs?|swine)"),
    ("zebrafish", r"zebrafish"),
    ("human", r"humans?|patients?|volunteers?|subjects?|participants?|adults?|children|infants?|women|men|people"),
)
"""Words that say which species a phrase is of, such as `C57BL/6 mice`; those of animals before those of people."""
SEXES: Mapping[str, str | None] = {
    "m": "male", "males": "male", "men": "male", "f": "female", "females": "female", "women": "female", "both": None,
    "mixed": None, "either": None, "male and female": None, "not stated": None,
}  # fmt: skip
DESCRIBING = (
    "age", "strain", "model", "disease", "diagnosis", "cells", "cell_type", "cell", "tissue", "genotype", "treatment",
    "chemotherapy", "description", "group", "patients", "stage", "setting",
)  # fmt: skip
"""Keys of a population that say who or which cells; they are read as parts of the condition."""


def worded_population(value: Any) -> Any:
    """Write a population as the form has it; what names no species, or two, stays as it is.

    Example:
        >>> worded_population("healthy volunteers")
        {'species': 'human', 'condition': 'healthy volunteers'}
        >>> worded_population({"species": "C57BL/6 mice", "condition": "bleomycin"})
        {'species': 'mouse', 'condition': 'C57BL/6 mice; bleomycin'}
    """
    if isinstance(value, str):
        first, _, who = value.partition(",")
        if _exactly(first) is None and (species := _within(value)):
            return {"species": species, "condition": value.strip()}
        return worded_population({"species": first.strip(), "condition": who.strip()})
    if not isinstance(value, Mapping):
        return value
    found = dict(value)
    told = [str(found["condition"])] if found.get("condition") else []
    for key in DESCRIBING:
        if key in found:
            part = found.pop(key)
            told.append(f"age {part}" if key == "age" else str(part))
    if isinstance(written := found.get("species"), str):
        species = _exactly(written) or _within(written)
        if _exactly(written) is None and species:
            told.insert(0, written.strip())
        found["species"] = species or written.strip()
    if told:
        found["condition"] = "; ".join(told)
    sex = str(found.get("sex")).lower()
    if isinstance(found.get("sex"), str):
        found["sex"] = SEXES.get(sex, sex)
    return found


def _exactly(text: str) -> str | None:
    word = text.strip().lower()
    return SPECIES.get(word, word if word in SPECIES.values() else None)


def _within(text: str) -> str | None:
    """Give the one species that the words of a phrase name; `children` with `mice` beside them are of mice."""
    told = text.lower()
    found = [species for species, words in WITHIN if re.search(rf"\b(?:{words})\b", told)]
    animals = [species for species in found if species != "human"]
    return animals[0] if len(animals) == 1 else found[0] if found == ["human"] else None
