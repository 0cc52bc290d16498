"""Phrases of a sentence: noun phrases with their lists, verb groups, prepositions, and what separates them.

A cascade over tagged words: noun phrases and verb groups are cut from left to right, then joined by "of", then into
lists, then the lists that "including" announces are taken in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..plain.word import Word
from ..words.wordclasses import LISTERS, PREPOSITIONS, SUBORDINATORS, WH
from .noun_phrases import is_pronoun, noun_phrase_end
from .verb_forms import begins_noun
from .verbs import Verbs, verb_group

if TYPE_CHECKING:
    from ..things import Thing


@dataclass
class Noun:
    """A noun phrase: its words, the phrases after "of", and the members where it announces a list."""

    words: list[Word]
    of: list[Noun] = field(default_factory=list)
    members: list[Noun] = field(default_factory=list)
    pronoun: bool = False
    preps: list[tuple[str, list[Noun]]] = field(default_factory=list)  # what a parse hangs on it, but for "of"
    stands: tuple[tuple[int, int, int, bool], list[Thing]] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    @property
    def head(self) -> Word:
        return self.words[-1]

    @property
    def end(self) -> int:
        return max([self.words[-1].end, *(n.end for n in self.of)])

    @property
    def start(self) -> int:
        return self.words[0].start


@dataclass
class Piece:
    """One piece of a sentence: np (a list of noun phrases), vg, prep, cc, comma, wh, sub, stop, other."""

    kind: str
    start: int
    text: str = ""
    nouns: list[Noun] = field(default_factory=list)
    verbs: Verbs | None = None
    negated: bool = False


def cut_phrases(words: list[Word]) -> list[Piece]:
    """Cut a tagged sentence into noun phrases, verb groups and what separates them, from left to right."""
    out: list[Piece] = []
    i = 0
    while i < len(words):
        piece, i = _piece(words, i, out[-1].kind if out else "")
        out.append(piece)
    return out


def _piece(words: list[Word], i: int, before: str) -> tuple[Piece, int]:
    """Give the piece that begins at i, after one of some kind, and the place to go on from."""
    word, following = words[i], words[i + 1] if i + 1 < len(words) else None
    if word.lower in LISTERS and i and following is not None and begins_noun(following):
        return Piece("prep", word.start, "including"), i + 1
    group = verb_group(words, i)
    if group is not None:
        verbs, end = group
        return Piece("vg", verbs.start, verbs.main.lower, verbs=verbs), end
    separator = _separator(words, i, before)
    if separator is not None:
        kind, text, length = separator
        return Piece(kind, word.start, text), i + length
    if is_pronoun(words, i):
        return Piece("np", word.start, nouns=[Noun([word], pronoun=True)]), i + 1
    end = noun_phrase_end(words, i)
    if end > i:
        return Piece("np", word.start, nouns=[Noun(words[i:end])]), end
    kind = "adj" if word.tag.startswith("JJ") or word.tag in ("VBN", "VBD") else "other"
    return Piece(kind, word.start, word.lower, nouns=[Noun([word])]), i + 1


def _separator(words: list[Word], i: int, before: str) -> tuple[str, str, int] | None:
    """Give the kind of a word that stands between phrases, what it is read as, and how many words it is."""
    lower = words[i].lower
    following = [w.lower for w in words[i + 1 : i + 3]]
    if lower in WH or (lower == "that" and _opens_clause(words, i, before)):
        return "wh" if lower in WH or before != "vg" else "sub", lower, 1
    if lower == "such" and following[:1] == ["as"]:
        return "prep", "including", 2
    if lower in ("e.g", "i.e"):
        return "prep", "including", 1
    if lower == "as" and following == ["well", "as"]:
        return "cc", "and", 3
    if lower in SUBORDINATORS:
        return "sub", lower, 1
    if lower in PREPOSITIONS and words[i].mention is None:
        return "prep", lower, 1
    return (_SEPARATORS[lower], lower, 1) if lower in _SEPARATORS else None


_SEPARATORS = {
    "neither": "other", ",": "comma", **dict.fromkeys(("and", "or", "but", "nor", "/", "plus"), "cc"),
    **dict.fromkeys((";", ":", ".", "?", "!", "—", "–", "-", "…", "→"), "stop"),
}  # fmt: skip


def _opens_clause(words: list[Word], i: int, before: str) -> bool:
    """Say whether "that" opens a clause: not "…, that cytokine"."""
    if before != "comma":
        return before in ("np", "vg")
    after = words[i + 1] if i + 1 < len(words) else None
    return after is None or after.mention is not None or not after.tag.startswith(("NN", "JJ"))
