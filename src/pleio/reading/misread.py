"""Words that the tagger took for another part of speech than they can be, and what to show it instead.

The model knows ordinary English: it reads "favours osteoclastogenesis" as a verb with an adverb, and "impairs" after a
name as an adjective.  A sentence with such a word is parsed again with a familiar word of the right kind in its place.
"""

from __future__ import annotations

from .lexicon import PHRASAL, VERBS, forms
from .wordclasses import NOUN_LIKE, SUBORDINATORS, WH
from .words import Word

FINITE = {"VBZ", "VBP", "VBD", "MD"}
_VERB, _PAST, _NOUN, _NOUNS = "keeps", "took", "growth", "cells"  # whatever stands around them, they are read so
_NOUN_ENDS = ("sis", "tion", "ment", "ity", "emia", "uria", "oma", "itis", "plasia", "penia", "philia", "pathy")
_BASE = "keep"
_VERB_ENDS = ("ylate", "gulate", "mulate", "ivate", "ize", "ise", "ify", "duce", "press", "hibit", "hance")
_NO_NOUN = ("VB", "RB", "IN", "UH", "CD", "MD", "FW")


def misread(words: list[Word]) -> dict[int, str]:
    """Give the places of misread words, each with the word to show the tagger there."""
    found: dict[int, str] = {}
    for i, word in enumerate(words):
        shown = _instead(words, i, found) if word.mention is None else ""
        if shown:
            found[i] = shown
    return {**_kept(words), **found} if found else {}


def _kept(words: list[Word]) -> dict[int, str]:
    """The verbs that were read right, so that the second parse does not lose them."""
    out: dict[int, str] = {}
    for i, word in enumerate(words[:-1]):
        if word.tag in ("VBD", "VBZ") and word.mention is None and _begins(words[i + 1]):
            lemma, form = forms().get(word.lower, ("", ""))
            if lemma in VERBS and form in ("ed", "s"):
                out[i] = _PAST if word.tag == "VBD" else _VERB
    return out


def _instead(words: list[Word], i: int, before: dict[int, str]) -> str:
    word = words[i]
    lemma, form = forms().get(word.lower, ("", ""))
    if form == "s" and (lemma in VERBS or _goes_with(words, i, lemma)) and lemma not in NOUN_LIKE:
        return "" if word.tag.startswith("VB") or not _can_act(words, i) else _VERB
    if form == "base" and lemma in VERBS and word.lower.endswith(_VERB_ENDS) and lemma not in NOUN_LIKE:
        alone = not word.tag.startswith("VB") and i > 0 and (words[i - 1].text == "," or _noun(words[i - 1]))
        return _BASE if alone and i + 1 < len(words) and _begins(words[i + 1]) else ""
    if form == "ed" and lemma in VERBS and word.tag in ("VBN", "JJ"):
        return _PAST if _tells(words, i) or _goes_on(words, i, lemma, before) else ""
    if lemma or len(word.text) < 8 or not word.text.islower() or not word.tag.startswith(_NO_NOUN):
        return ""
    if word.lower.endswith(_NOUN_ENDS):
        return _NOUN
    return _NOUNS if word.lower.endswith(("cytes", "blasts", "phages", "rnas")) else ""


def _can_act(words: list[Word], i: int) -> bool:
    """Say whether a verb may stand here: something follows, and no article or preposition goes before."""
    before = words[i - 1] if i else None
    plain = before is None or before.mention is not None or before.tag not in ("DT", "PRP$", "IN", "TO")
    ends = i + 1 >= len(words) or words[i + 1].text in (",", ".", ";")
    return plain and (not ends or (i > 1 and words[i - 2].lower in ("which", "that")))


def _goes_with(words: list[Word], i: int, lemma: str) -> bool:
    """Say whether the particle that makes a verb of its meaning follows: "shuts signalling off"."""
    return any((lemma, w.lower) in PHRASAL for w in words[i + 1 : i + 4])


def _tells(words: list[Word], i: int) -> bool:
    """Say whether a participle is the past tense of a clause that has no other verb: "Loss of A with B raised C"."""
    if not 0 < i < len(words) - 1 or not _noun(words[i - 1]) or not _begins(words[i + 1]):
        return False
    start = max((k + 1 for k in range(i) if words[k].text in (";", ":") or words[k].lower in _CLAUSE), default=0)
    if any(w.tag in FINITE for w in words[start:i]) or not any(w.lower in ("of", "with", "in") for w in words[start:i]):
        return False
    for k in range(i + 1, len(words)):
        if words[k].text in (";", ":") or words[k].lower in _CLAUSE:
            return True
        if words[k].tag in FINITE:
            at = k - 1
            while at > i and words[at].tag.startswith("RB"):
                at -= 1
            return words[at].lower in ("and", "but", "or", "yet", ",")
    return True


_CLAUSE = SUBORDINATORS | WH | {"that"}
# what "lowered fever and elevated B" may mean as well as a verb
_STATES = set(
    "impair elevate increase raise enhance reduce decrease lower alter exaggerate delay mediate induce".split()
)


def _goes_on(words: list[Word], i: int, lemma: str, before: dict[int, str]) -> bool:
    """Say whether a participle goes on from the verb before: "lowered A and prolonged B"."""
    if lemma in _STATES or i < 3 or i + 1 >= len(words) or words[i - 1].lower not in ("and", ",", "but"):
        return False
    told = any(w.tag == "VBD" or before.get(k) == _PAST for k, w in enumerate(words[:i]))
    return told and words[i].dep == "amod" and words[i].head > i


def _noun(word: Word) -> bool:
    return word.is_name or word.tag in ("NN", "NNS", "NNP", "NNPS")


def _begins(word: Word) -> bool:
    return word.mention is not None or word.tag.startswith(("NN", "JJ", "DT", "PRP$", "VBG", "CD"))
