"""How a sentence joins its predicates with more than a conjunction, put plainly before it is tagged.

"A not only raised B but also lowered C" says what "A raised B and also lowered C" says; a dash is a comma.
The tagger and the rules then see an ordinary list of predicates.  What is left takes the room it had.
"""

from __future__ import annotations

from dataclasses import replace

from ..words.inflection import forms
from ..words.wordclasses import BE, DO, HAVE, MODALS
from .word import Word

_GOING_ON = set("and but which who or yet whereas while although also thereby thus directly then not".split())
_VERBAL = {"ed", "s", "ing"}
_DASHES = {"–", "—", "‒", "―"}
_TURNED = BE | DO | HAVE | MODALS  # "not only did A raise B": the subject comes later


def plainly(words: list[Word]) -> list[Word]:
    """Give a sentence with plain conjunctions and commas."""
    return _before_results(_not_only([_comma(words, i) for i in range(len(words))]))


def _comma(words: list[Word], i: int) -> Word:
    """A dash before what goes on the sentence, as a comma: "A – which raises B – lowers C"; not one before a list."""
    word = words[i]
    if word.text not in _DASHES or not 0 < i < len(words) - 1:
        return word
    before, after = words[i - 1], words[i + 1]
    free = (before.end < word.start) == (word.end < after.start)
    goes_on = after.lower in _GOING_ON or after.lower in _TURNED or forms().get(after.lower, ("", ""))[1] in _VERBAL
    plain = free and goes_on and before.text[0].isalpha() and after.text[0].isalpha()
    tied = word.text != "—" and before.end == word.start  # "A–B": one name
    return replace(word, text=",") if plain and not tied else word


def _before_results(words: list[Word]) -> list[Word]:
    """ "A raised B thereby lowering C": a comma before what comes of it."""
    out: list[Word] = []
    for i, word in enumerate(words):
        results = word.lower in _RESULTS and 1 < i < len(words) - 1 and words[i - 1].text[-1].isalnum()
        if results and words[i + 1].lower.endswith("ing") and words[i - 1].lower not in _JOINED:
            out.append(Word(",", words[i - 1].end, words[i - 1].end))
        out.append(word)
    return out


_RESULTS = {"thereby", "thus", "hence", "ultimately", "in turn", "consequently", "eventually"}
_JOINED = BE | {"and", "or", "but", "by", "which", "that"}


def _not_only(words: list[Word]) -> list[Word]:
    """ "Not only … but also …" as "… and also …"."""
    out: list[Word] = []
    opened = False
    i = 0
    while i < len(words):
        word, after = words[i], words[i + 1] if i + 1 < len(words) else None
        further = words[i + 2].lower if i + 2 < len(words) else ""
        if word.lower == "not" and after is not None and after.lower in ("only", "just", "merely", "simply"):
            if further not in _TURNED:
                opened = True
                i += 2
                continue
        elif opened and word.text == "," and after is not None and after.lower == "but":
            i += 1
            continue
        elif opened and word.lower == "but":
            out.append(replace(word, text="and"))
            opened = False
            i += 1
            continue
        out.append(word)
        i += 1
    return out
