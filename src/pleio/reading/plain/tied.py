"""Names that a sentence ties without a conjunction: "A together with B", "A & B", "A, in combination with B"."""

from __future__ import annotations

from dataclasses import replace

from ..words.inflection import forms
from ..words.wordclasses import BE, HAVE, MODALS, SUBORDINATORS
from .word import Word


def joined(words: list[Word]) -> list[Word]:
    """ "A & B", "A and/or B", "A but also B": A and B."""
    out: list[Word] = []
    for i, word in enumerate(words):
        if word.lower == "also" and i and words[i - 1].lower == "but":
            out[-1] = replace(out[-1], text="and")
        else:
            out.append(replace(word, text="and") if word.lower in _AND and word.mention is None else word)
    return out


_AND = {"&", "and/or"}


def tied(words: list[Word]) -> list[Word]:
    """ "A together with B activates C", "by A in combination with B": A and B."""
    out: list[Word] = []
    i = 0
    while i < len(words):
        step = _tie(words, i)
        if step and i > 0 and (_is_agent(words, i - 1, i + step) or _is_member(words, i, i + step)):
            comma = words[i].text == ","
            out += [replace(words[i + comma], text="and", adverb=False, known=""), words[i + step]]
            i += step + 1
            i += comma and i < len(words) and words[i].text == ","  # the comma that closed what is now a member
            continue
        out.append(words[i])
        i += 1
    return _fronted(out)


_TIES = (
    ("together", "with"), ("along", "with"), ("combined", "with"), ("in", "combination", "with"),
    ("in", "conjunction", "with"), ("in concert", "with"), ("in", "synergy", "with"), ("plus",),
    ("alone", "or", "together", "with"), ("alone", "or", "in", "combination", "with"), ("alone", "and", "with"),
    ("alone", "or", "with"), ("alone", "or", "plus"), ("as well as",), ("followed", "by"),
)  # fmt: skip


_OPENING = frozenset(tie[0] for tie in _TIES)


def _tie(words: list[Word], i: int) -> int:
    """Give how many words tie the name before i to the one after; 0 for none."""
    at = i + (words[i].text == ",")
    if at >= len(words) or words[at].lower not in _OPENING:
        return 0
    for tie in _TIES:
        end = at + len(tie)
        if end < len(words) and all(w.lower == t for w, t in zip(words[at:end], tie, strict=True)):
            return end - i if words[end].is_name or words[end].is_symbol or words[end].known else 0
    return 0


_LISTING = {("together", "with"), ("along", "with"), ("as well as",), ("followed", "by")}


def _is_member(words: list[Word], i: int, second: int) -> bool:
    """Say whether a tie at i goes on a list: "A and B, together with C", "the liver, followed by the kidney"."""
    before, after = words[i - 1], words[second]
    at = i + (words[i].text == ",")
    if tuple(w.lower for w in words[at:second]) not in _LISTING:
        return False
    if before.is_name and after.is_name:
        return words[at].lower != "followed"
    return bool(before.known) and before.known != "part" and before.mention is None and after.mention is None


def _is_agent(words: list[Word], first: int, second: int) -> bool:
    """Say whether two tied names act: a verb follows them, or "by" goes before."""
    named = all(w.is_name or w.is_symbol for w in (words[first], words[second]))
    if not named or words[second - 2].lower == "followed":
        return False
    if first and words[first - 1].lower in ("by", "with", "to"):
        return True
    after = next((w for w in words[second + 1 : second + 4] if w.text != "," and not w.lower.endswith("ly")), None)
    acts = (
        after is not None
        and after.mention is None
        and (forms().get(after.lower, ("", ""))[1] in ("s", "ed", "base") or after.lower in MODALS | BE | HAVE)
    )
    before = words[first - 1].lower if first else ","
    return acts and (before in (",", ";", "and", "that", "whereas", "while", "but") or before in SUBORDINATORS)


def _fronted(words: list[Word]) -> list[Word]:
    """ "Together with A, B activates C": A and B."""
    for tie in _TIES[:6]:
        n = len(tie)
        if len(words) > n + 3 and all(w.lower == t for w, t in zip(words[:n], tie, strict=True)):
            named = words[n].is_name and words[n + 1].text == "," and words[n + 2].is_name
            if named:
                return [words[n], replace(words[n + 1], text="and"), *words[n + 2 :]]
    return words
