"""The places that follow a verb: which phrases name them, and which molecule each is said of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..clauses import Frame
from ..gazetteer import ground
from ..phrases import Noun
from ..things import CELLS, Thing, things
from ..unit import Unit, frames
from ..wordclasses import DETERMINERS

PROTEIN = re.compile(r"receptor|^(?:soluble )?isoform|\b(?:transcript|variant|subunit|protein)s?\b", re.I)
_PART_OF_CELL = set(
    "surface surfaces membrane membranes cytoplasm cytosol nucleus nuclei subset subsets population populations "
    "majority variety proportion fraction number range types lysates extracts sections cultures plasma-membrane "
    "layer layers minority few".split()
)
_GENERIC_PLACES = {"types", "tissues", "cells", "organs", "type", "tissue", "levels", "system"}
NONE = re.compile(
    r"\b(?:none|not|nor|no (?:\w+ )?(?:signal|staining|expression|mRNA|transcripts?|protein))(?: \w+)? "
    r"(?:in|on|at) (?:the )?$"
)


_AGAIN = re.compile(
    r"(?:\b(?:and|or|but|then)|,)\s+(?!not\b|never\b)(?:(?:less (?:so|often)|to a (?:lesser|smaller) (?:extent|degree)|"
    r"at \w+ levels?|\w+),?\s+)?(?:in|on|by|from|to)\s+(?:\w+\s){0,2}$|"
    r"\bas well as (?:in|on|by|from|to)\s+(?:\w+\s){0,2}$"
)


def at_of(unit: Unit, frame: Frame, names: tuple[str, ...]) -> list[list[Noun]]:
    """The places that follow a verb: those of its first preposition, and of those that go on with "and"."""
    out: list[list[Noun]] = []
    for name, nouns in frame.preps:
        if not nouns or name not in names or any(n in group for group in out for n in nouns):
            continue
        before = unit.passage.text[max(unit.body, nouns[0].start - 50) : nouns[0].start]
        if not out or _AGAIN.search(before) or NONE.search(before):
            out.append(nouns)
        elif _is_named(out[-1][-1]) and unit.passage.text[out[-1][-1].end : nouns[0].start].strip().startswith(name):
            out.append(nouns)  # "in B, A2 in C"
    later = [f for f in frames(unit) if f.verbs.start > frame.verbs.start]
    after = [f for f in later if f.verbs.lemma == "follow" and f.verbs.form == "ed"]
    return [*out, *(f.prep("by") for f in after[:1] if out)]


def _is_named(noun: Noun) -> bool:
    return any(is_found(t) for t in things(noun))


def is_found(thing: Thing) -> bool:
    """Say whether a thing is what can be found somewhere: a molecule, an isoform, a symbol that no table knows."""
    symbol = thing.kind == "other" and _SYMBOL.fullmatch(thing.name) and not _SHORT_CELLS.fullmatch(thing.name)
    return thing.is_molecule or bool(PROTEIN.search(thing.name) or symbol)


_SYMBOL = re.compile(r"[A-Z]{2,}[A-Za-z]*-?\d[\w-]*|[A-Z]{2,5}-?\d*[α-ω]\d?")


def shared_out(
    unit: Unit, frame: Frame, what: list[Thing], groups: list[list[Noun]]
) -> Iterator[tuple[list[Thing], list[Noun]]]:
    """Give each molecule its places: "A1 predominates in B and C, A2 in D"."""
    mine = what
    for group in groups:
        yield mine, [n for n in group if not _is_named(n)]
        named = [t for n in group if _is_named(n) for t in things(n)]
        mine = named or mine


def sites(unit: Unit, nouns: list[Noun], frame: Frame) -> list[Thing]:
    """Give the places that phrases name: "the surface of B" is B, "all tissues" those of the opening phrase."""
    out: list[Thing] = []
    for noun in nouns:
        if noun.members:
            out += [t for m in noun.members for t in things(m)]
        elif noun.head.lower in _GENERIC_PLACES and all(
            w is noun.head or w.lower in DETERMINERS | {"cell", "tissue"} for w in noun.words
        ):
            lead = [t for p, ns in frame.lead_preps if p == "in" for n in ns for t in things(n)]
            out += lead
        elif noun.head.lower in _PART_OF_CELL and noun.of and not any(w.mention for w in noun.words):
            out += [t for n in noun.of for t in things(n)]
        else:
            out += things(noun)
    return [t for t in out if not t.is_molecule and t.kind not in ("anaphor",)]


def is_source(place: Thing) -> bool:
    """Say whether a thing is one that can hold or make a molecule: a cell or a tissue."""
    if place.kind in ("cell", "tissue") or CELLS.search(place.name) or _SHORT_CELLS.fullmatch(place.name):
        return True
    words = place.name.split(" of ")[0].split()
    last = [ground(" ".join(words[-n:])) for n in (1, 2) if n < len(words)] if place.kind == "other" else []
    return any(term is not None and term.category in ("cell", "tissue") for term in last)  # "psoriatic skin"


_SHORT_CELLS = re.compile(r"(?:[A-Z][\w-]*[A-Z\d]|Treg|Tfh|Th\d+|mono-?cyte)s")  # "ILC2s", "HUVECs"
