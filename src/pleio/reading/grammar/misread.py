"""Words that the tagger took for another part of speech than they can be, and what to show it instead.

The model knows ordinary English: it reads "favours osteoclastogenesis" as a verb with an adverb, and "impairs" after a
name as an adjective.  A sentence with such a word is parsed again with a familiar word of the right kind in its place.
"""

from __future__ import annotations

from itertools import pairwise

from ..plain.word import Word
from ..words.inflection import forms
from ..words.lexicon import CHANGES_ALONE
from ..words.predicates import PHRASAL, VERBS
from ..words.wordclasses import NOUN_LIKE, PREPOSITIONS, SUBORDINATORS, WH

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
    if form == "base" and lemma in VERBS and lemma not in NOUN_LIKE and _joins_base(words, i):
        return _BASE
    if form == "base" and lemma in VERBS and word.lower.endswith(_VERB_ENDS) and lemma not in NOUN_LIKE:
        alone = not word.tag.startswith("VB") and i > 0 and (words[i - 1].text == "," or _noun(words[i - 1]))
        return _BASE if alone and i + 1 < len(words) and _begins(words[i + 1]) else ""
    if form == "base" and word.tag in ("NN", "NNP") and (lemma in VERBS or lemma in CHANGES_ALONE or lemma in _JOINT):
        return _BASE if _alone_tells(words, i, lemma) else ""
    if form == "ed" and lemma in VERBS and (word.tag in ("VBN", "JJ") or _only_hangs(words, i)):
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


def _joins_base(words: list[Word], i: int) -> bool:
    """Say whether a bare verb goes on from another: "to lower A and augment B", "can bind A and impair B"."""
    if i < 3 or i + 1 >= len(words) or words[i].tag.startswith("VB") or words[i - 1].lower not in ("and", "or", "but"):
        return False
    start = max((k for k in range(i) if words[k].lower in _CLAUSE or words[k].tag in ("VBD", "VBZ")), default=0)
    bare = any(w.tag == "VB" and before.tag in ("TO", "MD", "RB") for before, w in pairwise(words[start:i]))
    return bare and _begins(words[i + 1])


_JOINT = {"synergize", "synergise", "cooperate", "collaborate"}


def _alone_tells(words: list[Word], i: int, lemma: str) -> bool:
    """Say whether a bare verb tells what a plural does, where no other word can: "Mutations in A cause D"."""
    start = max((k + 1 for k in range(i) if words[k].text in (",", ";", ":") or words[k].lower in _CLAUSE), default=0)
    first = next((k for k in range(start, i) if words[k].lower in PREPOSITIONS), i)
    plural = first > start and (words[first - 1].tag == "NNS" or words[first - 1].known == "cell")
    plural = plural or (first - start > 2 and words[first - 1].is_name and words[first - 2].lower == "and")
    if not plural or i + 1 >= len(words) or not _noun(words[i - 1]) or words[i - 1].lower in PREPOSITIONS:
        return False
    after = words[i + 1]
    alone = (lemma in CHANGES_ALONE or lemma in _JOINT) and (after.tag in ("IN", "RB") or after.text == ".")
    participle = after.tag in ("VBD", "VBN") and i + 2 < len(words) and _begins(words[i + 2])
    if not (alone or participle or (_begins(after) and after.tag != "NNS")):
        return False
    end = next((k for k in range(i, len(words)) if words[k].text == ";" or words[k].lower in _CLAUSE), len(words))
    others = (w for k, w in enumerate(words[start:end], start) if k != i and not (participle and k == i + 1))
    return not any(w.tag in FINITE for w in others)


def _head(words: list[Word], i: int) -> int:
    """Where in this part of a sentence the word is that another hangs on."""
    first = next((w.head - k for k, w in enumerate(words) if w.dep == "ROOT"), 0)
    return min(max(words[i].head - first, 0), len(words) - 1)


def _only_hangs(words: list[Word], i: int) -> bool:
    """Say whether a word tagged as a past tense was made to describe the noun after it."""
    return words[i].tag == "VBD" and words[i].dep == "amod" and _head(words, i) > i


def _tells(words: list[Word], i: int) -> bool:
    """Say whether a participle is the past tense of a clause that has no other verb: "Loss of A with B raised C"."""
    at = i - 1
    while at > 0 and words[at].mention is None and (words[at].tag.startswith("RB") or words[at].lower == "neither"):
        at -= 1  # "A markedly raised B"
    timed = at > 0 and words[at - 1].tag == "CD" and words[at].text.isalpha()  # "for 15 min"
    if at < 0 or i + 1 >= len(words) or not (timed or _noun(words[at])) or not _begins(words[i + 1]):
        return False
    start = max((k + 1 for k in range(i) if words[k].text in (";", ":") or words[k].lower in _CLAUSE), default=0)
    joined = at > 1 and words[at].is_name and words[at - 1].lower in ("and", "but", "yet")
    if joined and (words[at - 2].text == "," or forms()[words[i].lower][0] not in _DONE_BY):
        start = at  # "…, but A lowered C"
    if any(w.tag in FINITE for w in words[start:at]):
        return False
    held = any(w.lower in ("of", "with", "in") for w in words[start:at])
    if not held and not (words[at].is_name and (at == start or words[at - 1].text == ",")):
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
    at = i - 1
    while at > 0 and words[at].tag.startswith("RB") and words[at].mention is None:
        at -= 1  # "and markedly lowered B"
    if at < 2 or i + 1 >= len(words) or words[at].lower not in ("and", ",", "but", "nor", "or"):
        return False
    told = [w for k, w in enumerate(words[:at]) if w.tag in ("VBD", "VB") or before.get(k) == _PAST]
    hangs = words[i].dep == "amod" and _head(words, i) > i
    hangs = hangs or (words[i].dep == "conj" and words[_head(words, i)].lower in _AS_IT_WAS)
    if not told or not hangs:
        return False
    # nothing lowers a lowered B: "A lowered B and reduced C" says two things
    first = forms().get(told[-1].lower, ("", ""))[0]
    changed = VERBS.get(first)
    signed = first == "leave" or (changed is not None and changed.relation in ("increases", "decreases", "regulates"))
    return lemma not in _STATES or (signed and first not in _YIELDING)


# what may have a changed thing for its object: "caused fever and reduced appetite"
_YIELDING = set(
    "cause induce produce trigger elicit provoke yield prevent reverse restore correct rescue explain ameliorate "
    "attenuate improve normalize normalise".split()
)
_DONE_BY = {"induce", "stimulate", "mediate", "activate", "trigger"}  # "A and B induced C": also for "B-induced C"
_AS_IT_WAS = {"unchanged", "unaffected", "unaltered", "intact"}


def _noun(word: Word) -> bool:
    coined = word.tag.startswith("JJ") and any(letter.isupper() for letter in word.text[1:])  # "siRNA"
    return word.is_name or coined or word.tag in ("NN", "NNS", "NNP", "NNPS")


def _begins(word: Word) -> bool:
    return word.mention is not None or word.tag.startswith(("NN", "JJ", "DT", "PRP$", "VBG", "CD"))
