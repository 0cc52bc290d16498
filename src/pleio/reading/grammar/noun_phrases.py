"""Where a noun phrase ends: which of the tagged words from its first one on belong to it."""

from __future__ import annotations

from ..plain.word import Word
from ..words.wordclasses import (
    ADVERBS,
    BE,
    COMPOUNDS,
    DETERMINERS,
    DO,
    HAVE,
    LISTERS,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
)
from .verb_forms import begins_noun, is_verb

_NEVER_INSIDE = LISTERS | PREPOSITIONS | BE | HAVE | DO | MODALS
_GOVERNING = PREPOSITIONS | SUBORDINATORS
_NO_NOUNS = PREPOSITIONS | SUBORDINATORS | ADVERBS | NEGATIONS
_BEFORE_DETERMINERS = DETERMINERS | {"all", "both"}
_SIGNS = ("α", "β", "γ", "+", "*")
_BEFORE_NAMES = set("recombinant increased elevated reduced altered secreted phosphorylated activated".split())


def is_pronoun(words: list[Word], i: int) -> bool:
    """Say whether a word is a noun phrase by itself: "these" before a verb, not "these cells"."""
    if words[i].lower not in PRONOUNS:
        return False
    if i + 1 >= len(words) or not begins_noun(words[i + 1]):
        return True
    return words[i + 1].tag == "DT" or is_verb(words, i + 1) is not None


def noun_phrase_end(words: list[Word], i: int) -> int:
    """Give the place after the noun phrase that begins at i; i itself where none begins there."""
    last, j = i - 1, i  # the last noun so far, and the word in question
    while j < len(words) and not _is_closed(words, i, j, last):
        inside = _belongs(words, i, j)
        if inside is None:
            break
        last = j if inside else last
        j += 1
        if last == j - 1 and words[last].parens and j < len(words):
            plain = words[j].tag in ("NN", "NNS") and words[j].mention is None and is_verb(words, j) is None
            if not plain:
                break  # a parenthesis closes a phrase unless a plain noun follows
    return last + 1


def _is_closed(words: list[Word], i: int, j: int, last: int) -> bool:
    """Say whether a phrase from i ends before the word at j, whatever that word is."""
    word = words[j]
    if j > i + 1 and words[j - 1].is_unit and words[j - 2].tag == "CD" and is_verb(words, j) is not None:
        return True  # "A at 5 ng/ml raised B"
    if word.mention is None and word.lower in _NEVER_INSIDE:
        return True
    if j == i:
        return False
    if last == j - 1:
        opens = word.tag in ("VBN", "VBD") or (word.tag == "VBG" and word.lower not in COMPOUNDS)
        if opens and word.mention is None and is_verb(words, j):
            return True  # "mice lacking A": the participle opens a clause
        if word.tag.startswith("RB"):
            return True
    if word.mention is not None or is_verb(words, j) is None:
        return False
    before_name = word.tag == "NN" and j + 1 < len(words) and _is_bare_name(words[j + 1])
    return word.tag not in ("VBN", "VBG", "JJ", "NN") or not _modifies(words, j) or before_name


def _is_bare_name(word: Word) -> bool:
    return word.mention is not None and not word.suffix


def _belongs(words: list[Word], i: int, j: int) -> bool | None:
    """Say whether a word is a noun of the phrase (true) or goes with one (false); none where it ends the phrase."""
    word, lower = words[j], words[j].lower
    if word.mention is not None:
        return word.is_name or bool(word.prefix)
    if word.known and word.tag == "JJ" and lower.endswith(_ILLS) and not _before_noun(words, j):
        return True  # a known noun that the tagger took for an adjective
    if word.tag in ("NN", "NNS", "NNP", "NNPS") or (word.tag == "CD" and j > i):
        return True
    if word.tag in ("DT", "PRP$", "PDT") or lower in DETERMINERS:
        return None if j > i and words[j - 1].lower not in _BEFORE_DETERMINERS else False
    if word.tag in ("JJ", "JJR", "JJS", "CD", "POS", "FW", "LS", "$", "SYM") or lower in ("'s", "’s"):
        return None if lower in _GOVERNING else False
    if word.tag in ("VBN", "VBG", "VBD") and _modifies(words, j):
        return False
    if _is_degree(words, j):
        return False
    if _is_mistagged(words, i, j):
        return True
    joins = lower == "/" and j > i and j + 1 < len(words) and begins_noun(words[j + 1])
    return False if joins or lower in _SIGNS else None


def _is_degree(words: list[Word], j: int) -> bool:
    """Say whether an adverb tells the degree of an adjective: "highly inflamed", not "not inflamed"."""
    adverb = words[j].tag in ("RB", "RBR", "RBS") and words[j].lower not in NEGATIONS
    return adverb and j + 1 < len(words) and words[j + 1].tag in ("JJ", "VBN", "JJR")


def _is_mistagged(words: list[Word], i: int, j: int) -> bool:
    """Say whether a word is a noun that the tagger took for something else."""
    word = words[j]
    if word.tag not in ("VB", "VBP", "VBZ", "IN", "RB", "UH", "RP") or not word.text[:1].isalpha():
        return False
    begins = word.tag in ("VB", "VBP") or (i > 0 and words[i - 1].lower in ("and", "or", ","))
    return word.lower not in _NO_NOUNS and (j > i or begins) and is_verb(words, j) is None


_ILLS = ("sis", "itis", "emia", "penia", "philia", "algia", "uria", "pathy", "megaly", "trophy", "plasia", "oma", "xis")


def _before_noun(words: list[Word], j: int) -> bool:
    return j + 1 < len(words) and (words[j + 1].mention is not None or words[j + 1].tag[:2] in ("NN", "JJ", "VB", "CD"))


def _modifies(words: list[Word], j: int) -> bool:
    """Say whether a participle stands before the noun that it modifies."""
    if j + 1 >= len(words):
        return False
    after = words[j + 1]
    if after.mention is not None and words[j].lower in _BEFORE_NAMES:
        return True
    return (
        after.tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBG")
        and after.lower not in DETERMINERS
        and words[j].tag in ("VBN", "VBG", "VBD", "NN", "JJ")
    )
