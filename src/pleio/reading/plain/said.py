"""Ways of saying that something is something, put plainly before a sentence is read.

"A is best known as a driver of B" is "A is a driver of B"; "an A, B and C inhibitor" is an inhibitor of A, B and C.
"""

from __future__ import annotations

from dataclasses import replace

from ..names.mention import Mention
from ..words.wordclasses import BE
from .word import Word

_HELD = {"known", "regarded", "recognised", "recognized", "viewed", "described", "seen"}
_AIMED = {"inhibitor", "antagonist", "agonist", "blocker", "activator", "antibody"}
_MOST_NAMES = 6


_PLAIN = set("the a an its their this each decoy α β γ δ alpha beta gamma soluble".split())
_CLASSES = {"chain", "subunit", "receptor", "co-receptor", "coreceptor", "ligand", "component", "isoform", "adaptor"}


def plainly(words: list[Word], mentions: list[Mention]) -> list[Word]:
    """Give a sentence with what something is known as told as what it is."""
    return _aimed(_known_as(_called(words, mentions)))


def _called(words: list[Word], mentions: list[Mention]) -> list[Word]:
    """ "The α chain (IL7R)", "its co-receptor (KLB)": the name in parentheses."""
    starts = {m.start: m for m in mentions if m.is_molecule}
    out: list[Word] = []
    for word in words:
        before = out[-1].lower if out else "the"
        inside = starts.get(word.parens[0][0]) if word.parens and word.mention is None else None
        if inside is not None and word.lower in _CLASSES and before in _PLAIN:
            word = replace(word, text=inside.text, mention=replace(inside, start=word.start, end=word.end))
        out.append(word)
    return out


def _known_as(words: list[Word]) -> list[Word]:
    """ "Is best known as a …": is a …; "also known as" gives a name."""
    for i in range(1, len(words) - 3):
        if words[i].lower not in _HELD or words[i + 1].lower != "as" or words[i + 2].lower not in ("a", "an", "one"):
            continue
        first = i
        while first > 0 and (words[first - 1].lower.endswith("ly") or words[first - 1].lower in ("best", "now")):
            first -= 1
        if first and words[first - 1].lower in BE:
            return [*words[:first], *words[i + 2 :]]
    return words


def _aimed(words: list[Word]) -> list[Word]:
    """ "An A, B and C inhibitor": an inhibitor of A, B and C."""
    for i in range(4, len(words)):
        if words[i].lower not in _AIMED or not words[i - 1].is_name or words[i - 2].lower not in ("and", "or"):
            continue
        first = i - 3
        while first > 1 and words[first - 1].text == "," and words[first - 2].is_name and i - first < 2 * _MOST_NAMES:
            first -= 2
        if (
            words[first].is_name
            and first
            and words[first - 1].lower in ("a", "an", "the", "dual", "selective", "potent")
        ):
            at = words[first].start
            head = replace(words[i], start=at, end=at, parens=[], denied=[])
            return [*words[:first], head, replace(head, text="of"), *words[first:i], *words[i + 1 :]]
    return words
