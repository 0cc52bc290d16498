"""Verb groups of a sentence: a main verb with the helpers, denials and adverbs before it."""

from __future__ import annotations

from dataclasses import dataclass

from ..plain.word import Word
from ..words.inflection import forms
from ..words.predicates import PREPOSITIONAL
from ..words.wordclasses import ADVERBS, BE, DO, HAVE, MODALS, NEGATIONS, PREPOSITIONS, SUBORDINATORS
from .verb_forms import begins_noun, is_verb

_HELPERS = MODALS | BE | HAVE | DO


@dataclass
class Verbs:
    """A verb group: the main verb, its voice and form, and the words around it that hedge or deny."""

    words: list[Word]
    main: Word
    lemma: str
    form: str
    passive: bool = False
    finite: bool = True
    negated: bool = False
    helpers: frozenset[str] = frozenset()
    to: bool = False

    @property
    def start(self) -> int:
        return self.words[0].start


def verb_group(words: list[Word], i: int) -> tuple[Verbs, int] | None:
    """Give the verb group that begins at i, and the place after it."""
    j, helpers, negated, to = _before_main(words, i)
    verb = is_verb(words, j) if j < len(words) else None
    if verb is None:
        last = max((k for k in range(i, j) if words[k].lower in _HELPERS), default=-1)
        if not any(words[k].lower in BE | HAVE | DO for k in range(i, j)):
            return None
        main = words[last]
        lemma = "be" if main.lower in BE else "have" if main.lower in HAVE else "do"
        return Verbs(words[i:j], main, lemma, "s", helpers=helpers, negated=negated, to=to), j
    lemma, form = verb
    main = words[j]
    passive = form == "ed" and bool(helpers & BE)
    finite = _is_finite(words, i, j, form, helpers, to)
    if j + 1 < len(words) and words[j + 1].lower in ("up", "down") and words[j + 1].tag == "RP":
        j += 1
    return Verbs(words[i : j + 1], main, lemma, form, passive, finite, negated, helpers, to), j + 1


def _before_main(words: list[Word], i: int) -> tuple[int, frozenset[str], bool, bool]:
    """Give where the main verb may stand, the helpers before it, whether they deny, and whether "to" is with them."""
    j = i
    helpers: set[str] = set()
    negated = to = False
    while j < len(words) and words[j].mention is None:
        word, lower = words[j], words[j].lower
        if lower in _HELPERS:
            if lower in HAVE and word.tag == "NN":
                break
            helpers.add(lower)
        elif lower in NEGATIONS or (lower == "no" and j + 1 < len(words) and words[j + 1].lower == "longer"):
            negated = True
        elif lower == "to" and j and (forms().get(words[j - 1].lower, ("", ""))[0], "to") in PREPOSITIONAL:
            break  # "contributes to pain"
        elif lower == "to" and _is_infinitive(words, j + 1):
            to = True
        elif not (lower == "longer" and negated) and not (lower == "since" and helpers) and not _is_adverb(word):
            break
        j += 1
    return j, frozenset(helpers), negated, to


def _is_infinitive(words: list[Word], j: int) -> bool:
    """Say whether a verb may stand at j, after "to"."""
    if j >= len(words) or words[j].mention:
        return False
    word = words[j]
    return word.tag in ("VB", "RB") or forms().get(word.lower, ("", ""))[1] == "base" or word.lower in BE | HAVE


def _is_adverb(word: Word) -> bool:
    told = word.tag.startswith("RB") or word.lower in ADVERBS
    return told and word.lower not in PREPOSITIONS and word.lower not in SUBORDINATORS


def _is_finite(words: list[Word], i: int, j: int, form: str, helpers: frozenset[str], to: bool) -> bool:
    if form == "s":
        return True
    if form == "base":
        return bool(helpers) or not to
    if form == "ing":
        return bool(helpers & BE)
    if helpers:
        return True
    # "A reduced B" is finite whatever the tagger says; "A reduced by B" is not
    main, after = words[j], words[j + 1] if j + 1 < len(words) else None
    if main.lower in _PARTICIPLES:
        return False
    if main.tag == "VBD" and not (after is not None and after.lower == "by"):
        return True
    return after is not None and i > 0 and (after.mention is not None or begins_noun(after))


_PARTICIPLES = set("given driven shown known taken grown proven undergone seen risen".split())  # never a past tense
