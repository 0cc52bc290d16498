"""What is set aside before a sentence is tagged, since it misleads the tagger and says nothing of the structure.

A floating "both" ("A and B both raised C") is left out; so is the mark between two names ("the A-B complex").  A name
that is denied within a list ("A, but not B, raised C") hangs on the name before it, to be taken up again where the
clause is read (`with_denied`).
"""

from __future__ import annotations

from dataclasses import replace

from ..grammar.frames import Clauses, Frame
from ..grammar.phrases import Noun
from ..words.inflection import forms
from ..words.wordclasses import ADVERBS
from .word import Word

_FLOATING = {"both", "each", "all"}
_JOINTS = {"-", "–", "‑", "−"}
_REPEATED = {"of", "by", "in", "with", "to", "from", "on", "for"}


def set_aside(words: list[Word]) -> list[Word]:
    """Give a sentence without floating quantifiers, marks between names and denied names."""
    kept: list[Word] = []
    i = 0
    while i < len(words):
        word = words[i]
        if _floats(words, i) or _joins(words, i) or _narrows(words, i):
            i += 1
            continue
        if _interrupts(words, i):
            i += 3
            continue
        opens = word.text == "," or word.lower in ("but", "and", "not")
        named = opens and bool(kept) and _is_named(kept[-1])
        step = _denies(words, i, kept[-2].lower if len(kept) > 1 else "") if named else 0
        if step:
            kept[-1].denied.append(words[i + step - 1])
            i += step
            after = words[i] if i < len(words) else None
            i += after is not None and after.text == "," and words[i - step].text == ","
            continue
        kept.append(word)
        i += 1
    return kept


def _is_named(word: Word) -> bool:
    return word.is_name or word.is_symbol


def _narrows(words: list[Word], i: int) -> bool:
    """Say whether "only" stands before a name that opens a clause: "A and B raised C, but only A raised D"."""
    return (
        words[i].lower == "only"
        and 0 < i < len(words) - 1
        and words[i - 1].lower in ("but", "and", "whereas", "while", ",")
        and _is_named(words[i + 1])
    )


def _floats(words: list[Word], i: int) -> bool:
    """Say whether "both" stands between a name and a verb: "A and B both raised C", "T cells all release C"."""
    if words[i].lower not in _FLOATING or not 0 < i < len(words) - 1:
        return False
    if not _is_named(words[i - 1]) and words[i - 1].known not in ("cell", "tissue"):
        return False
    lemma = forms().get(words[i + 1].lower, ("", ""))
    return lemma[1] in ("ed", "s", "base")


def _interrupts(words: list[Word], i: int) -> bool:
    """Say whether ", to a lesser extent," stands within a list: "A and, to a lesser extent, B"."""
    if not 0 < i < len(words) - 2 or words[i].text != "," or words[i + 2].text != ",":
        return False
    return words[i - 1].lower in ("and", "or") and (words[i + 1].adverb or words[i + 1].lower in ADVERBS)


def _joins(words: list[Word], i: int) -> bool:
    """Say whether a hyphen ties two names: "SHP2-GRB2"."""
    if words[i].text not in _JOINTS or not 0 < i < len(words) - 1:
        return False
    before, after = words[i - 1], words[i + 1]
    tied = before.end == words[i].start and words[i].end == after.start
    return tied and _is_named(before) and after.mention is not None


def _denies(words: list[Word], i: int, before: str) -> int:
    """Give how many words "but not B", or "of A but not of B", takes at i, with the comma before it; 0 for none.

    Args:
        before: the word before the name that it hangs on.
    """
    at = i + (words[i].text == ",")
    if at + 2 >= len(words) or words[at].lower not in ("but", "and", "not"):
        return 0
    at += words[at].lower != "not"
    again = at + 2 < len(words) and words[at].lower == "not" and words[at + 1].lower == before in _REPEATED
    if again:
        words = [w for k, w in enumerate(words) if k != at + 1]
    if words[at].lower != "not" or at + 1 >= len(words) or not _is_named(words[at + 1]):
        return 0
    after = words[at + 2] if at + 2 < len(words) else None
    if after is not None and after.lower in ("and", "or"):
        return 0
    return at + 2 - i + again


def with_denied(found: Clauses) -> Clauses:
    """Give each frame what was denied beside its arguments: "A but not B" denies B."""
    for frame in found.frames:
        _deny(frame)
    return found


def _deny(frame: Frame) -> None:
    frame.denied_subjects = [*frame.denied_subjects, *_instead(frame.subjects)]
    frame.denied = [*frame.denied, *_instead(frame.objects)]
    frame.denied_preps = [*frame.denied_preps, *((p, less) for p, nouns in frame.preps if (less := _instead(nouns)))]


def _instead(nouns: list[Noun]) -> list[Noun]:
    """Give the phrases with each denied name in the place of the name that it hangs on."""
    out: list[Noun] = []
    for noun in nouns:
        for word in noun.words:
            for denied in word.denied:
                out.append(replace(noun, words=[denied if w is word else w for w in noun.words]))
        out += [replace(noun, of=[less]) for less in _instead(noun.of)]
    return out
