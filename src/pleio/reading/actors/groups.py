"""What sets a group of animals, cells or people apart: what they were given, make too much of, or lack.

"A-treated mice", "mice that received A", "A transgenic mice", "lungs of A-/- mice", "transfer of A-/- B cells": A.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..grammar.phrases import Noun
from ..plain.word import Word
from ..things import Thing, things, things_of
from ..unit import Unit
from ..words.head_nouns import MEDICINE, MODEL_WORDS
from .agent import stands_for

_TREATED = set(
    "treated injected infused exposed fed pretreated administered supplemented overexpressing transgenic transduced "
    "stimulated instilled inoculated producing-transgenic".split()
)
_PEOPLE = set(
    "patients participants subjects volunteers recipients children adults women men people individuals".split()
)
_SAMPLES = set(
    "serum sera plasma lung lungs liver livers kidney kidneys heart hearts spleen spleens brain brains colon colons "
    "skin tissue tissues supernatants supernatant lysates islets cultures culture explants organoids tumours "
    "tumors bones muscle muscles nodes homogenates sections biopsies lavage fluid marrow monolayers retinas eyes "
    "joints aortas lesions wounds grafts hair cartilage".split()
)
GROUPS = MODEL_WORDS | _PEOPLE | _SAMPLES
_MOVED = {"transfer", "transplantation", "injection", "infusion", "engraftment", "reconstitution", "grafting"}
_GIVEN = re.compile(
    r"\s(?:(?:that|which|who)\s(?:had\s(?:been\s)?|have\s(?:been\s)?|were\s|was\s)?)?"
    r"(?:given|receiving|received|(?:pre)?treated with|injected with|exposed to|stimulated with|infused with|"
    r"cultured (?:with|in)|incubated (?:with|in)|supplemented with|reconstituted with|transplanted with|"
    r"transduced with|transfected with|overexpressing|over-expressing|maintained on|primed with)\s"
)
_TRANSGENIC = re.compile(r"\s(?:expressing|overexpressing|over-expressing)\s")
_PASSED_OVER = {"the", "a", "an", "either", "both", "recombinant", "human", "murine", "mouse", "exogenous", "soluble"}


def set_apart(unit: Unit, noun: Noun) -> list[Thing]:
    """Give what a group is told apart by; nothing for a phrase that is no group, or for one that is told by no name."""
    head = noun.head.lower
    if head in _MOVED and noun.of:
        return [t for n in noun.of for t in things(n) if t.loss]
    if head not in GROUPS and not _is_cells_or_tissue(noun.head):
        return []
    if any(t.loss for t in things(noun)) and not _GIVEN.match(unit.passage.text, noun.end):
        return []  # "A-/- mice": the phrase says it itself
    return _after(unit, noun) or _before(noun) or _whose(unit, noun)


def these(unit: Unit, noun: Noun) -> list[Thing]:
    """ "In these cells", after a sentence about cells that lack A: A."""
    if unit.lost is None or noun.words[0].lower != "these" or noun.head.lower not in GROUPS or len(noun.words) > 2:
        return []
    return [replace(unit.lost, loss=unit.lost.loss or "knockout")]


def _is_cells_or_tissue(word: Word) -> bool:
    named = word.mention.category if word.mention is not None else word.known
    return named in ("cell", "tissue")


def _before(noun: Noun) -> list[Thing]:
    """ "A-treated mice", "A transgenic mice"."""
    out = []
    for word, after in zip(noun.words, noun.words[1:], strict=False):
        if word.mention is None:
            stem, _, done = word.text.rpartition("-")
            if done.lower() in _TREATED and MEDICINE.fullmatch(stem.lower()) and stem.lower() not in _NONE:
                out.append(Thing(stem, kind="molecule", start=word.start))
            continue
        if not word.mention.is_molecule:
            continue
        joined = word.suffix.strip("-").lower() in _TREATED and not word.prefix.lower().startswith("anti")
        if joined or (not word.suffix and after.lower in ("transgenic", "overexpressing", "recipient", "recipients")):
            out.append(things_of(word.mention, word.start))
    return out


def _after(unit: Unit, noun: Noun) -> list[Thing]:
    """ "mice that received A", "cells stimulated with A and B", "transgenic mice expressing A"."""
    text = unit.passage.text
    found = _GIVEN.match(text, noun.end)
    if found is None and any(w.lower == "transgenic" for w in noun.words):
        found = _TRANSGENIC.match(text, noun.end)
    if found is None:
        return []
    out: list[Thing] = []
    rest = [w for w in unit.words if w.start >= found.end()]
    while rest:
        name, rest = _phrase(rest)
        out += [as_given(t) for t in things(name) if can_be_given(t)] if name.words else []
        if not name.words or len(rest) < 2 or rest[0].lower not in ("and", "or", "plus") or not rest[1].is_name:
            break
        rest = rest[1:]
    return out


def can_be_given(thing: Thing) -> bool:
    """Say whether something is what groups are given: a molecule, a medicine known or not, an antibody, hypoxia."""
    if thing.is_molecule or thing.loss:
        return True
    named = _AGENT.search(thing.name) or EVENT.search(thing.name) or MEDICINE.fullmatch(thing.name)
    return bool(named) and thing.kind not in _NEVER_GIVEN and thing.name.lower() not in _NONE


_NEVER_GIVEN = {"cell", "species", "tissue", "anaphor"}
_AGENT = re.compile(r"^anti-|\b(?:antibod(?:y|ies)|inhibitors?|antagonists?|agonists?|blockers?|siRNA)\b", re.I)
_NONE = {"antibody", "antibodies", "inhibitor", "inhibitors", "medicine", "saline", "chow", "vaccine", "agonist"}
EVENT = re.compile(
    r"\b(?:injury|infection|surgery|exercise|feeding|fasting|hypoxia|irradiation|infarction|stress|ischemi\w*|trauma|"
    r"wounding|starvation|vaccination|burns?|hepatectomy|obstruction|exertion)$",
    re.I,
)


def as_given(thing: Thing) -> Thing:
    """What a group was given acts as a molecule does, whatever it is."""
    return thing if thing.is_molecule or thing.loss else replace(thing, kind="molecule")


def _phrase(words: list[Word]) -> tuple[Noun, list[Word]]:
    """Cut off the phrase that words begin with."""
    end = 0
    while end < len(words) and (words[end].mention is not None or words[end].tag[:2] in ("NN", "JJ", "DT", "CD")):
        end += 1
    kept = [w for w in words[:end] if w.lower not in _PASSED_OVER]
    return Noun(kept), words[end:]


_GERUNDS = {"treating", "supplementing", "stimulating", "incubating", "injecting", "culturing", "feeding", "providing",
            "pretreating", "infusing", "immunising", "immunizing", "supplying"}  # fmt: skip
_WITH = re.compile(r"\s(?:[\w-]+\s){0,4}?with\s")


def given_by_gerund(unit: Unit, noun: Noun) -> list[Thing] | None:
    """ "Treating mice with A lowered B": A; none where no gerund stands before the phrase."""
    at = next((i for i, w in enumerate(unit.words) if w.start == noun.start), 0)
    if not at or unit.words[at - 1].lower not in _GERUNDS or any(t.is_molecule for t in things(noun)):
        return None
    found = _WITH.match(unit.passage.text, noun.end)
    name, _ = _phrase([w for w in unit.words if found and w.start >= found.end()])
    return [as_given(t) for t in things(name) if can_be_given(t)] if name.words else []


def alleles_compared(unit: Unit, low: int) -> list[Thing]:
    """ "Between A-/- and wild-type mice", after `low`: A, whatever the analysis made of the list."""
    told = _BETWEEN.search(unit.text, max(low - unit.body, 0))
    at = unit.body + told.end() if told else unit.end
    named = [w for w in unit.words if at <= w.start < at + 24 and w.mention is not None and w.suffix == "-/-"]
    return [replace(things_of(w.mention, w.start), loss="knockout") for w in named[:1] if w.mention is not None]


_BETWEEN = re.compile(r"(?<!than )\b(?:between|in)\s(?:wild-type (?:mice )?and )?(?=\S+[-−–+]/[-−–]|\S+ KO)")


def _whose(unit: Unit, noun: Noun) -> list[Thing]:
    """ "lungs of A-/- mice", "serum from mice given A"."""
    inner = [*noun.of, *(n for p, ns in noun.preps if p in ("from", "of") for n in ns)]
    inner += [n for p, ns in unit.subject_preps(noun) if p in ("from", "of") for n in ns]
    for other in inner:
        found = [t for t in things(other) if t.loss] or [t for t in stands_for(unit, other) or () if t.loss]
        found = found or (set_apart(unit, other) if other is not noun else [])
        if found:
            return found
    return []
