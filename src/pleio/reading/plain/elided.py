"""What a sentence leaves out because it has just said it.

The words are put back before the sentence is tagged, so that every rule reads them: "the release of A but not that of
B" has "release" twice, "progression-free but not overall survival" is two kinds of survival.  What is put back takes no
room in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ..words.inflection import forms
from ..words.lexicon import ACTION_NOUNS, EFFECT_NOUNS, READOUTS
from ..words.predicates import VERBS
from ..words.wordclasses import BE, HAVE, MODALS, PREPOSITIONS, PRONOUNS, SUBORDINATORS, WH
from .announced import announced
from .conjoined import plainly
from .tied import joined, tied
from .word import Word


def filled(words: list[Word]) -> list[Word]:
    """Give a sentence with what it leaves out."""
    for step in _STEPS:
        words = step(words)
    return words


def _without_asides(words: list[Word]) -> list[Word]:
    """ "A and, after 30 min, of B": without what stands between the commas."""
    out: list[Word] = []
    i = 0
    while i < len(words):
        end = _aside(words, i)
        if end:
            i = end
            continue
        out.append(words[i])
        i += 1
    return out


_JOINING = {"and", "or", "but", "yet"}
_LONGEST_ASIDE = 7


def _aside(words: list[Word], i: int) -> int:
    """Give where an aside that begins at i has ended; 0 where none begins."""
    if words[i].text != "," or not i or words[i - 1].lower not in _JOINING or i + 2 >= len(words):
        return 0
    for k in range(i + 1, min(i + 2 + _LONGEST_ASIDE, len(words) - 1)):
        word = words[k]
        if word.text == ",":
            after = words[k + 1]
            goes_on = after.lower in ("of", "by", "in", "to", "that", "those", "not") or after.is_name
            return k + 1 if k > i + 1 and goes_on else 0
        if word.text in (";", ":") or word.is_name or word.lower in WH | SUBORDINATORS | BE | HAVE | MODALS:
            return 0
    return 0


def _repeated(words: list[Word]) -> list[Word]:
    """ "The release of A but not that of B", "… and of B": the release of B."""
    out: list[Word] = []
    for i, word in enumerate(words):
        of = i + 1 < len(words) and words[i + 1].lower == "of"
        before = out[-1].lower if out else ""
        if word.lower in ("that", "those") and of and (before in _GOING_ON or before.endswith("ly")):
            head = _head(out)
            if head:
                out += [*_put(head[:-1], word.start), replace(word, text=head[-1].text)]
            else:
                out.append(word)
            continue
        if word.lower == "of" and before in ("and", "or", "not", "but"):
            out += _put(_head(out), word.start)
        out.append(word)
    return out


_GOING_ON = {*_JOINING, "not", "nor", ",", ";", "whereas", "while", "did", "was", "were", "is", "does", "only", "also"}
_HEADS = {
    *READOUTS, *ACTION_NOUNS, *EFFECT_NOUNS,
    *("number numbers rate rates risk incidence frequency frequencies exposure proportion percentage amount size "
      "weight count counts transcripts survival growth death loss binding recruitment migration proliferation "
      "differentiation formation development severity duration density uptake degradation translocation").split(),
}  # fmt: skip
_NOUN_ENDING = re.compile(r"(?:tion|sion|ment|ance|ence|sis|age|ing|ity|th)s?$")


def _head(words: list[Word]) -> list[Word]:
    """Give the noun before the last "of", if it may be shared, with what brings it about: "A-induced release of"."""
    of = max((k for k, w in enumerate(words) if w.lower == "of"), default=0)
    noun = words[of - 1] if of else None
    if noun is None or noun.mention is not None:
        return []
    if noun.lower not in _HEADS and not (_NOUN_ENDING.search(noun.lower) and len(noun.text) > 5):
        return []
    brought = words[of - 2] if of > 1 else None
    return [brought, noun] if brought is not None and brought.mention is not None and brought.suffix else [noun]


def _put(words: list[Word], at: int) -> list[Word]:
    """Give words again, where they take no room in the text."""
    return [replace(w, start=at, end=at, parens=[], denied=[]) for w in words]


_QUANTIFIERS = {"both", "all", "each", "most", "some", "two", "either"}


def _of_which(words: list[Word]) -> list[Word]:
    """ "A and B, both of which C prevents": which C prevents."""
    drop: set[int] = set()
    for i in range(len(words) - 2):
        if words[i].lower in _QUANTIFIERS and words[i + 1].lower == "of" and words[i + 2].lower == "which":
            drop |= {i, i + 1}
    return [w for i, w in enumerate(words) if i not in drop] if drop else words


_ADJECTIVE = re.compile(
    r"[a-z-]+(?:free|ic|al|ar|ary|ive|ous|ory|ed|less)|overall|early|late|total|basal|low|high|fast|slow"
)


def _kinds_of(words: list[Word]) -> list[Word]:
    """ "Progression-free but not overall survival": progression-free survival but not overall survival."""
    for i in range(1, len(words) - 3):
        if words[i].lower != "but" or words[i + 1].lower != "not" or not _ADJECTIVE.fullmatch(words[i - 1].text):
            continue
        at = i + 2
        if not _ADJECTIVE.fullmatch(words[at].text) or forms().get(words[i - 1].lower, ("", ""))[1] == "ed":
            continue
        noun: list[Word] = []
        for word in words[at + 1 : at + 4]:
            stop = word.lower in PREPOSITIONS | PRONOUNS | BE | HAVE | MODALS | _JOINING or not word.text[0].isalpha()
            if stop:
                break
            noun.append(word)
        if noun:
            return [*words[:i], *_put(noun, words[i].start), *words[i:]]
    return words


def _gapped(words: list[Word]) -> list[Word]:
    """ "Th17 cells secrete A, and Th1 cells B"; "A raised B, and C D": the verb once more."""
    out = list(words)
    for i in range(len(words) - 2, 4, -1):
        first = _first_of_gap(words, i) if words[i + 1].text in (".", ";", ",") else 0
        verb = _verb_before(words, first) if first else None
        if verb is not None:
            out[i:i] = _put([verb], words[i].start)
    return out


def _first_of_gap(words: list[Word], i: int) -> int:
    """Where a subject begins that has its object at i without a verb: after a comma or semicolon and "and"."""
    if not words[i].is_name or words[i].prefix or words[i - 1].suffix:
        return 0
    cells = words[i - 1].lower == "cells" and words[i - 2].text not in (",", "and", "of", "in")
    if not cells and not words[i - 1].is_name:
        return 0
    first = i - 2 if cells else i - 1
    if words[first - 1].lower not in ("and", "whereas", "while") or words[first - 2].text not in (",", ";"):
        return 0
    return first


def _verb_before(words: list[Word], first: int) -> Word | None:
    """The active verb of the clause before, if names stand on both of its sides."""
    for k in range(first - 3, 0, -1):
        word = words[k]
        if word.text in (";", ":", ".") or word.lower in SUBORDINATORS | WH | PREPOSITIONS | BE | HAVE | MODALS:
            return None
        lemma, form = forms().get(word.lower, ("", ""))
        if lemma in VERBS and form in ("s", "ed", "base") and word.mention is None:
            acts = words[k - 1].is_name or words[k - 1].lower == "cells" or words[k - 1].lower.endswith("ly")
            return word if acts and words[k + 1].lower != "by" else None
    return None


def _signals_of(words: list[Word]) -> list[Word]:
    """ "Signalling by A", "through A", "via A": the signalling of A, where it is of nothing yet."""
    return [replace(w, text="of") if _tells_signal(words, i) else w for i, w in enumerate(words)]


def _tells_signal(words: list[Word], i: int) -> bool:
    if words[i].lower not in ("by", "via", "through", "from") or i < 2 or words[i - 1].lower not in _SIGNALS:
        return False
    k = i + 2 if i + 1 < len(words) and words[i + 1].lower in ("both", "either", "the") else i + 1
    owned = words[i - 2].mention is not None or words[i - 2].lower in BE
    return not owned and k < len(words) and words[k].is_name


_SIGNALS = {"signalling", "signaling"}


_STEPS: tuple[Callable[[list[Word]], list[Word]], ...] = (
    plainly,
    joined,
    _signals_of,
    announced,
    _of_which,
    _without_asides,
    _repeated,
    tied,
    _kinds_of,
    _gapped,
)
