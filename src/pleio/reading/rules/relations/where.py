"""The places that follow a verb: which phrases name them, and which molecule each is said of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...names.meaning import ground
from ...plain.word import Word
from ...things import Thing, things
from ...unit import Unit, frames
from ...words.head_nouns import CELLS
from ...words.wordclasses import DETERMINERS
from .place_lists import places_in

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
    r"(?:\b(?:and|or|but|then)|,)\s+(?!not\b|never\b)(?:(?:less (?:so|often|commonly|abundantly)|to an? \w+ (?:extent|"
    r"degree)|(?:at|in) (?:much )?\w+ (?:levels?|amounts?|quantities)|\w+),?\s+)?(?:in|on|by|from|to)\s+"
    r"(?:\w+\s){0,2}$|"
    r"\bwith (?:the )?(?:\w+ ){0,3}(?:traces?|amounts?|levels?|expression|abundance|quantities|signals?|"
    r"concentrations?) (?:being |found |seen |detected |also )?(?:in|on|by|from)\s+(?:\w+\s){0,2}$|"
    r"\bas well as (?:in|on|by|from|to)\s+(?:\w+\s){0,2}$"
)


def at_of(unit: Unit, frame: Frame, names: tuple[str, ...]) -> list[list[Noun]]:
    """The places that follow a verb: those of its first preposition, and of those that go on with "and"."""
    out: list[list[Noun]] = []
    for name, nouns in frame.preps:
        nouns = [n for n in nouns if not _is_amount(n)]
        if not nouns or name not in names or any(n in group for group in out for n in nouns):
            continue
        before = unit.passage.text[max(unit.body, nouns[0].start - 60) : nouns[0].start]
        if not out or _AGAIN.search(before) or NONE.search(before):
            out.append(nouns)
        elif _is_named(out[-1][-1]) and unit.passage.text[out[-1][-1].end : nouns[0].start].strip().startswith(name):
            out.append(nouns)  # "in B, A2 in C"
    if not out and not any(ns for _, ns in frame.preps):
        out = _opening(frame)
    later = [f for f in frames(unit) if f.verbs.start > frame.verbs.start]
    after = [f for f in later if f.verbs.lemma == "follow" and f.verbs.form == "ed"]
    return [*out, *(f.prep("by") for f in after[:1] if out)]


def _opening(frame: Frame) -> list[list[Noun]]:
    """The cells or organs that open a sentence: "In B cells, A is not expressed"."""
    nouns = [n for p, ns in frame.lead_preps if p in ("in", "on", "within", "at") for n in ns]
    return [nouns] if nouns and all(is_source(t) for n in nouns for t in things(n)) else []


def _is_amount(noun: Noun) -> bool:
    """Say whether a phrase tells how much, not where: "at high levels", "barely"."""
    return noun.head.lower in _AMOUNTS or (len(noun.words) == 1 and noun.head.tag.startswith("RB"))


_AMOUNTS = set("level levels amount amounts quantity quantities concentration concentrations extent degree".split())


def _is_named(noun: Noun) -> bool:
    return any(is_found(t) for t in things(noun))


def is_found(thing: Thing) -> bool:
    """Say whether a thing is what can be found somewhere: a molecule, an isoform, a symbol that no table knows."""
    symbol = thing.kind == "other" and _SYMBOL.fullmatch(thing.name) and not _SHORT_CELLS.fullmatch(thing.name)
    return thing.is_molecule or bool(PROTEIN.search(thing.name) or symbol)


_SYMBOL = re.compile(r"[A-Z]{2,}[A-Za-z]*-?\d[\w-]*|[A-Z]{2,5}-?\d*[α-ω]\d?")


def shared_out(what: list[Thing], groups: list[list[Noun]]) -> Iterator[tuple[list[Thing], list[Noun]]]:
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
        listed = _listed(unit, noun)
        organs = [*noun.of, *_within(unit, noun, frame)]
        if noun.members:
            out += sites(unit, noun.members, frame)
        elif noun.of and noun.of[-1].members and _is_generic(noun):
            out += sites(unit, noun.of[-1].members, frame)
        elif _is_generic(noun) and (shown := _set_out(unit, noun)):
            out += shown
        elif among := _among(unit, noun, frame):
            out += [*things(noun), *(t for n in among for t in things(n))]
        elif listed:
            out += listed
        elif len(organs) > 1 and noun.head.known == "cell" and _are_organs(organs):
            out += [t for o in organs for t in things(replace(noun, of=[o]))]
        elif _is_generic(noun) and not noun.of and all(w is noun.head or _is_plain(w) for w in noun.words):
            lead = [t for p, ns in frame.lead_preps if p == "in" for n in ns for t in things(n)]
            out += lead
        elif noun.head.lower in _PART_OF_CELL and noun.of and not any(w.mention for w in noun.words):
            out += [t for n in noun.of for t in things(n)]
        else:
            out += things(noun)
    return [t for t in out if not t.is_molecule and t.kind not in ("anaphor",)]


def _is_generic(noun: Noun) -> bool:
    """Say whether a phrase announces places and names none: "many tissues", "a wide range of cell types"."""
    last = noun.of[-1] if noun.of and noun.head.lower in _RANGES else noun
    return last.head.lower in _GENERIC_PLACES and not any(w.known in ("cell", "tissue") for w in last.words)


def _is_plain(word: Word) -> bool:
    return word.lower in DETERMINERS | {"cell", "tissue"}


_RANGES = {"range", "variety", "number", "majority", "array", "spectrum", "host", "series"}


def _set_out(unit: Unit, noun: Noun) -> list[Thing]:
    """The places that a dash or a colon sets out after a phrase for all of them: "many cell types — A, B and C"."""
    match = _SETS_OUT.match(unit.passage.text, noun.end, unit.end)
    return [place for place, absent in places_in(match["list"]) if not absent] if match else []


_SETS_OUT = re.compile(r"(?: \w+ed)?(?:\s?[:—–(]\s?|,? (?:such as|including|namely) )(?P<list>[^.;:—–()]{5,300})")


def _among(unit: Unit, noun: Noun, frame: Frame) -> list[Noun]:
    """The organs of "epithelial cells in many tissues, including tongue and lens"."""
    if noun.head.known != "cell":
        return []
    wide = [n for n in (*noun.of, *_after(unit, noun, frame)) if _is_generic(n)]
    examined = [f for f in frames(unit) if any(n.head is w.head for n in f.subjects for w in wide)]
    listed = [*(m for n in wide for m in n.members), *(n for f in examined for n in f.prep("including"))]
    return listed if len(listed) > 1 else []


def _are_organs(nouns: list[Noun]) -> bool:
    return 2 * sum(n.head.known == "tissue" for n in nouns) >= len(nouns)


def _within(unit: Unit, noun: Noun, frame: Frame) -> list[Noun]:
    """The organs of "epithelial cells in tongue, stomach and lens"."""
    return _after(unit, noun, frame) if not noun.of else []


def _after(unit: Unit, noun: Noun, frame: Frame) -> list[Noun]:
    """What the preposition right after a phrase governs."""
    for name, nouns in frame.preps:
        if name == "in" and nouns and noun.end < nouns[0].start:
            between = unit.passage.text[noun.end : nouns[0].start]
            return nouns if between.strip(" ") in ("in", "in the") else []
    return []


def _listed(unit: Unit, noun: Noun) -> list[Thing]:
    """The cells that parentheses list after a word for all of them: "myeloid cells (monocytes and neutrophils)"."""
    if noun.head.known != "cell" or noun.head.mention is not None:
        return []
    for start, end in noun.head.parens:
        found = unit.between(start, end, "cell")
        rest = unit.passage.text[start:end]
        for mention in found:
            rest = rest.replace(mention.text, "")
        if len(found) > 1 and not re.sub(r"\b(?:and|or|e\.g\.|such as|including|mainly)\b|[\s,;]", "", rest):
            return [Thing(m.text, m.curie or None, None, "cell", mention=m, start=m.start) for m in found]
    return []


def is_source(place: Thing) -> bool:
    """Say whether a thing is one that can hold or make a molecule: a cell or a tissue."""
    if place.kind in ("cell", "tissue") or CELLS.search(place.name) or _SHORT_CELLS.fullmatch(place.name):
        return True
    words = place.name.split(" of ")[0].split()
    last = [ground(" ".join(words[-n:])) for n in (1, 2) if n < len(words)] if place.kind == "other" else []
    return any(term is not None and term.category in ("cell", "tissue") for term in last)  # "psoriatic skin"


_SHORT_CELLS = re.compile(r"(?:[A-Z][\w-]*[A-Z\d]|Treg|Tfh|Th\d+|mono-?cyte)s")  # "ILC2s", "HUVECs"
