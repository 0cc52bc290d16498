"""What a surface form stands for in any of its spellings: British, plural, with Greek letters or Latin ones."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from ..vocabulary import begins, genes_named
from .keys import GREEK, american, key_of, latin, singular
from .meaning import Meaning, meaning_of
from .mention import MOLECULES
from .not_names import GENERIC

_INTERLEUKIN = re.compile(r"\bil(\d+) (?=[a-z]{4,})")
_MOTIF = re.compile(r"chemokine [cx]")
_GREEK_END = re.compile(r"[-‑ ]?[α-ω]$")
_ISOFORM = re.compile(r"([A-Z][A-Za-z-]*\d*)(?:(?<=\d)[abc]|(?<=[A-Z])\d{3}|vIII)")  # FGFR1c, VEGF-A165, EGFRvIII
_HYPHENATED = re.compile(r"[A-Z]{1,3}-[A-Z]{2,5}")


@lru_cache(maxsize=50_000)
def goes_on(key: str) -> bool:
    """Say whether a name may begin with a key, in any of its spellings."""
    key = american(key)
    return (
        begins(key) or begins(_INTERLEUKIN.sub(r"interleukin\1", key)) or begins(latin(key)) or bool(_MOTIF.match(key))
    )


@lru_cache(maxsize=50_000)
def listed(surface: str, key: str) -> Meaning | None:
    """Say what a surface form means in any of its spellings, or None."""
    key = american(key)
    meaning = meaning_of(surface, key)
    if meaning is None and (spelt := _INTERLEUKIN.sub(r"interleukin\1", key)) != key:
        meaning = meaning_of(surface, spelt)  # "IL-18 binding protein"
    if meaning is None:
        meaning = _spelt_otherwise(surface, key)
    if meaning is None:
        single = singular(key)
        if single != key:
            meaning = meaning_of(surface[:-1] if surface.endswith("s") else surface, single)
    return meaning


def _spelt_otherwise(surface: str, key: str) -> Meaning | None:
    """Say what a name means that a table spells in another way."""
    first, _, rest = key.partition(" ")
    if first == "chemokine" and " motif " in rest:  # "chemokine (C-C motif) ligand 2", as it was called before
        motif, _, what = rest.partition(" motif ")
        return meaning_of(surface, f"{motif} motif chemokine {what}")
    if first in GREEK.values() or len(first) == 1:
        return _letter_first(surface, first, rest)
    if not surface.isascii():
        return _letter_last(surface, key)
    form = _ISOFORM.fullmatch(surface)
    if form is not None and len(form[1]) > 3:
        return _molecule(meaning_of(form[1], key_of(form[1])))  # a form without an entry of its own: "FGFR1c"
    return _hyphenated(surface, key) if _HYPHENATED.fullmatch(surface) else None


def _letter_first(surface: str, letter: str, rest: str) -> Meaning | None:
    """A Greek or single letter before the name that it stands behind: "β-klotho" is klotho beta, "E-selectin"."""
    if rest in GENERIC:
        return None  # "the α chain"
    found = meaning_of(surface, f"{rest} {letter}") if len(rest) > 4 else None
    if found is None and letter == "alpha" and len(rest) > 4:
        found = meaning_of(surface[2:], rest)
    return _molecule(found)


def _letter_last(surface: str, key: str) -> Meaning | None:
    """A Greek letter as the Latin one of the symbol ("IL-36γ" is IL36G), or left out ("IL-4Rα" is IL4R)."""
    if surface.islower():
        return None  # "the α"
    found = meaning_of(surface, latin(key)) if latin(key) != key else None
    stem = _GREEK_END.sub("", surface)
    if found is None and stem != surface and len(stem) > 2:
        found = meaning_of(stem, key_of(stem))
        if found is not None and found.category == "family":
            found = replace(found, curie="")  # one of the family: "PI3Kδ"
    return _molecule(found)


def _hyphenated(surface: str, key: str) -> Meaning | None:
    """A hyphen that the symbol lacks: "HB-EGF" is HBEGF."""
    symbol = surface.replace("-", "")
    owners = genes_named(key.replace(" ", ""))
    return next((Meaning(g.curie, g.symbol, "gene") for g in owners if g.symbol == symbol), None)


def _molecule(found: Meaning | None) -> Meaning | None:
    return found if found is not None and found.category in MOLECULES else None
