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
    (
        "mouse",
        r"mouse|mice|murine|c57bl/?\w*|balb/?c|dba/?\d|c3h\w*|fvb\w*|ob/ob|db/db|"
        r"3t3\S*|raw[ -]?264\S*|mc3t3\S*|c2c12|j774\S*|bv-?2|ba/?f3|l929|op9|st2|4t1|b16\S*|ct-?26|mc38|atdc5|b9|t10|"
        r"7td1|el4|aml-?12",
    ),
    ("rat", r"rats?|sprague[- ]dawley|wistar|hla-b27|h9c2|pc-?12|hsc-t6|nrk\S*|iec-?\d+|rin\S*"),
    ("dog", r"dogs?|beagles?"),
    ("rabbit", r"rabbits?"),
    ("baboon", r"baboons?"),
    ("guinea pig", r"guinea pigs?"),
    ("pig", r"(?<!guinea )(?:pigs?|minipigs?|swine)"),
    ("zebrafish", r"zebrafish"),
    (
        "human",
        r"hek-?293\w*|hela|hepg2|a549|mcf-?7|jurkat|thp-?1|u937|k562|hacat|caco-?2|ht-?29|t47d|mda-mb-\d+|saos-?2|mg-?63|"
        r"u2os|huvecs?|imr-?90|mrc-?5|wi-?38|ishikawa|jeg-?3|bewo|htr-?8\S*|humans?|patients?|volunteers?|subjects?|participants?|adults?|children|infants?|women|men|people|"
        r"neonates?|newborns?|donors?",
    ),
)
"""Words that say which species a phrase is of, such as `C57BL/6 mice`; those of animals before those of people."""
OF_A_DISH = re.compile(
    r"cells?\b|cytes?\b|blasts?\b|stroma|culture|\bline\b|phages?\b|^platelets?\b|washed platelets|organoid|explant|"
    r"biops|slice|protein|receptor|purified|recombinant|tissue|animal|knock-?out|transgen|wild[- ]type|litter|-/-|"
    r"\+/\+|⁻|primate|monkey|macaque|sheep|cattle|horse|chicken|frog|\bfish\b|\bstrain\b|inbred|\bcho\b|\bhek|\bnih\b",
    re.IGNORECASE,
)
"""Words of what may be of any species, or of one that is not in the list: such a phrase has to say whose it is."""
CELLS = re.compile(
    r"(?:(?!\S*(?:transgen|knock|animal|strain|purified|recombinant|receptor|protein|cho\b|hek|nih|line\b|[-+]/[-+]|⁻))"
    r"\S+\s+){0,6}"
    r"(?:\w*(?:cytes?|blasts?|phages?|clasts?)|(?:stromal|stellate|epithelial|endothelial|muscle|stem|satellite|cancer|"
    r"carcinoma|mesangial|nucleus pulposus|granulosa|[A-Za-z]*\d+\w*|(?-i:[A-Z][A-Za-z]*[A-Z0-9][\w/-]*)) cells?)"
    r"(?:\s+(?:in culture|in vitro))?",
    re.IGNORECASE,
)
"""Cells by their kind alone: nothing says whose they are, and most that are kept are people's."""
ILLNESS = re.compile(
    r"(?:itis|osis|a?emia|oma|pathy|penia|psis|cancer|failure)$|"
    r"^(?:ITP|CIT|AML|ALL|CML|CLL|MDS|NSCLC|SCLC|HCC|RA|SLE|IPF|ILD|COPD|MS|ALS|VWD|CHF|NASH|CKD)$",
    re.IGNORECASE,
)
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
        >>> worded_population("active Crohn's disease")
        {'species': 'human', 'condition': "active Crohn's disease"}
        >>> worded_population({"species": "C57BL/6 mice", "condition": "bleomycin"})
        {'species': 'mouse', 'condition': 'C57BL/6 mice; bleomycin'}
    """
    if isinstance(value, str):
        first, _, who = value.partition(",")
        if _exactly(first) is None:
            species = _within(value) or _of_people(value)
            whole = value.strip()
            return worded_population({"species": species, "condition": whole} if species else {"species": whole})
        return worded_population({"species": first.strip(), "condition": who.strip()})
    if not isinstance(value, Mapping):
        return value
    found = _with_commas(value)
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
    elif "sex" not in found and (said := _sex_within(str(found.get("condition", "")))):
        found["sex"] = said
    return found


def _with_commas(value: Mapping[Any, Any]) -> dict[Any, Any]:
    """Put a text together again that stood without quotes within { }, where a comma begins another key.

    Example:
        >>> _with_commas({"condition": "7 months old", "ovariectomised": None})
        {'condition': '7 months old, ovariectomised'}
    """
    found: dict[Any, Any] = {}
    last = None
    for key, part in value.items():
        if part is None and last is not None and key not in ("species", "sex", "condition"):
            found[last] = f"{found[last]}, {key}"
            continue
        found[key] = part
        last = key if key in ("condition", *DESCRIBING) and isinstance(part, str) else None
    return found


def of_cells(population: Any) -> bool:
    """Whether a population is cells by their kind, `human vascular smooth muscle cells`, and no body.

    Example:
        >>> of_cells("primary human cardiac fibroblasts"), of_cells("mice with fibroblasts in their lungs")
        (True, False)
    """
    parts = [population] if isinstance(population, str) else []
    if isinstance(population, Mapping):
        parts = [str(population[key]) for key in ("condition", "cells", "cell_type", "cell") if population.get(key)]
    return any(CELLS.fullmatch(re.sub(r"^(?:\w+, )", "", part.strip())) for part in parts)


def _sex_within(text: str) -> str | None:
    """Give the one sex that words name, `female C57BL/6 mice`; None where they name both or neither."""
    female = re.search(r"\b(?:females?|women|woman|girls?)\b", text, re.IGNORECASE)
    male = re.search(r"\b(?:males?|men|man|boys?)\b", text, re.IGNORECASE)
    return None if bool(female) == bool(male) else "female" if female else "male"


def _of_people(text: str) -> str | None:
    """Take a phrase of several words that names no animal, `active Crohn's disease`, as of people, and cells as theirs.

    Cells of lines of animals say so by their name; of a tissue, a knock-out or a strain whose it is has to be said.
    """
    named = any(re.search(rf"\b(?:{words})\b", text.lower()) for _, words in WITHIN)
    several = " " in text.strip() or ILLNESS.search(text)
    return None if named or not several or (OF_A_DISH.search(text) and not CELLS.fullmatch(text.strip())) else "human"


def _exactly(text: str) -> str | None:
    word = text.strip().lower()
    return SPECIES.get(word, word if word in SPECIES.values() else None)


def _within(text: str) -> str | None:
    """Give the one species that the words of a phrase name; `children` with `mice` beside them are of mice."""
    told = text.lower()
    found = [species for species, words in WITHIN if re.search(rf"\b(?:{words})\b", told)]
    animals = [species for species in found if species != "human"]
    return animals[0] if len(animals) == 1 else found[0] if found == ["human"] else None
