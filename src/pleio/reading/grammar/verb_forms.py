"""Which words act as verbs: the form of a word and its neighbours decide together with the tag.

The tagger errs on this kind of text ("A bind B", "supports" as a noun).
"""

from __future__ import annotations

from ..plain.word import Word
from ..words.inflection import forms
from ..words.lexicon import LEVELS
from ..words.predicates import PREPOSITIONAL, VERBS
from ..words.wordclasses import (
    BE,
    CHANGE_NOUN_FORMS,
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    NOUN_LIKE,
    PREPOSITIONS,
    PRONOUNS,
    WH,
)


def is_verb(words: list[Word], i: int) -> tuple[str, str] | None:
    """Give lemma and form where word i acts as a verb, by its form and its neighbours; None otherwise."""
    word = words[i]
    if word.mention is not None:
        return None
    known = forms().get(word.lower)
    if known is None:
        return _unknown(words, i)
    lemma, form = known
    if _only_modifies(words, i, form) or (form == "ing" and word.tag == "NN" and word.dep == "compound"):
        return None
    if form in ("ed", "s") and word.tag.startswith("NN") and word.dep in _CLAUSAL and _has_subject(words, i):
        word.tag = "VBZ" if form == "s" else "VBN" if words[max(i - 1, 0)].lower in BE | HAVE else "VBD"
        return lemma, form
    if word.lower == "left" and _leaves(words, i):
        word.tag = "VBD"
        return lemma, form
    if form == "base" and word.lower in _SAME_PAST:
        form = _past_or_base(words, i)
    before = words[i - 1] if i else None
    after = words[i + 1] if i + 1 < len(words) else None
    acts = {"base": _base_acts, "s": _s_acts, "ed": _ed_acts, "ing": _ing_acts}[form](words, i, lemma, before, after)
    return (lemma, form) if acts else None


def _leaves(words: list[Word], i: int) -> bool:
    """Say whether "left" tells that something stayed as it was: "A raised B but left C unchanged"."""
    joined = i > 0 and words[i - 1].lower in ("and", "but", "also", "yet", ",")
    return joined and any(w.lower in _AS_IT_WAS for w in words[i + 2 : i + 9])


_AS_IT_WAS = {"unchanged", "unaffected", "unaltered", "intact", "untouched", "unmodified"}
_CLAUSAL = {"ROOT", "ccomp", "advcl", "relcl", "conj"}


def _has_subject(words: list[Word], i: int) -> bool:
    return any(w.head == i and w.dep in ("nsubj", "nsubjpass") for w in words[max(0, i - 25) : i])


def _only_modifies(words: list[Word], i: int, form: str) -> bool:
    """A participle in a list: "Headache, raised transaminases and nausea are …", "showed reduced A and increased B"."""
    if form == "ed" and i > 1 and words[i - 1].lower in (",", "and", "or") and _is_cell(words[i - 2]):
        after = [w for w in words[i + 1 : i + 6] if w.tag.startswith("NN")]
        ends = next((k for k, w in enumerate(words[i + 1 : i + 6], i + 1) if not w.tag.startswith("NN")), i + 6)
        return bool(after) and _is_cell(words[ends - 1])  # "naive B cells, switched memory B cells and plasma cells"
    if form != "ed" or not 0 < i < len(words) - 1 or words[i].dep != "amod" or words[i].head <= i:
        return False
    if words[i - 1].lower not in (",", "and", "or"):
        return False
    noun = words[words[i].head]
    if noun.dep == "conj" and any(w.head == noun.head and w.dep == "amod" and _is_past(w) for w in words[:i]):
        return True
    before = any(w.tag in ("VBD", "VBZ", "VBP", "MD") and w.mention is None for w in words[:i])
    return not before and any(w.tag in ("VBD", "VBZ", "VBP", "MD") for w in words[i + 1 :])


def _is_cell(word: Word) -> bool:
    return word.known == "cell" or word.lower == "cells"


def _is_past(word: Word) -> bool:
    return forms().get(word.lower, ("", ""))[1] == "ed"


_SAME_PAST = {"cut", "put", "set", "shut", "let", "shed", "spread", "split", "hit"}


def _past_or_base(words: list[Word], i: int) -> str:
    """ "A cut B by half" and "is cut by A" are past; "can cut B" and "agents cut B" are not."""
    before = words[i - 1] if i else None
    if words[i].tag in ("VBD", "VBN") or (before is not None and before.lower in BE | HAVE):
        words[i].tag = words[i].tag if words[i].tag in ("VBD", "VBN") else "VBN"
        return "ed"
    after = words[i + 1] if i + 1 < len(words) else None
    named = before is not None and before.is_name and after is not None and begins_noun(after)
    if named and words[i].tag.startswith(("NN", "JJ", "VB")):
        words[i].tag = "VBD"
        return "ed"
    return "base"


def _unknown(words: list[Word], i: int) -> tuple[str, str] | None:
    """A verb that the lexicon lacks counts only where the tagger and the word before it agree."""
    word, before = words[i], words[i - 1] if i else None
    if before is None:
        return None
    if word.tag in ("VBZ", "VBP", "VBD") and word.lower not in BE | HAVE | DO and word.text.islower():
        plural = before.tag in ("NNS", "NNPS", "PRP", "WDT") or before.lower in WH | {"that", "they", "it"}
        if not forms().get(before.lower) and (plural or (word.tag != "VBP" and _ends_noun(before))):
            return word.lower, "s" if word.tag != "VBD" else "ed"
    elif word.tag == "VB" and before.lower in MODALS | {"to", "not"}:
        if before.lower == "to" and i > 1 and (forms().get(words[i - 2].lower, ("", ""))[0], "to") in PREPOSITIONAL:
            return None  # "contributes to pain"
        return word.lower, "base"
    elif word.tag == "VBN" and before.lower in BE:
        return word.lower, "ed"
    return None


def _base_acts(words: list[Word], i: int, lemma: str, before: Word | None, after: Word | None) -> bool:
    word = words[i]
    governed = before is not None and before.lower in MODALS | DO | {"to"}
    if after is None:
        return governed
    if governed:
        return True
    adverb = before is not None and (before.lower == "not" or before.tag.startswith("RB"))
    if adverb and i > 1 and words[i - 2].lower in MODALS | DO | {"to"}:
        return True
    if word.tag in ("VB", "VBP"):
        return before is None or before.tag == "WDT" or not _is_modifier(before)
    if word.tag.startswith("NN") and before is not None and _ends_noun(before) and begins_noun(after):
        plural = before.tag in ("NNS", "NNPS") or (i > 2 and words[i - 2].lower in ("and", "or"))
        if i > 2 and words[i - 2].lower in ("in", "of") and words[i - 3].tag == "NNS":
            plural = True  # "mutations in A cause B"
        return plural and lemma in VERBS and word.lower not in CHANGE_NOUN_FORMS
    return False


def _s_acts(words: list[Word], i: int, lemma: str, before: Word | None, after: Word | None) -> bool:
    word = words[i]
    if before is not None and before.mention is None and before.tag in ("JJ", "DT", "PRP$") and word.tag != "VBZ":
        return False
    if after is not None and (lemma, after.lower) in PREPOSITIONAL and before is not None and _ends_noun(before):
        return True
    if before is not None and before.lower in ("and", "then") and after is not None and (lemma, after.lower) in _TURNS:
        return any(w.tag == "VBZ" for w in words[:i])
    if before is None:
        plain = after is not None and after.lower not in PREPOSITIONS
        if plain and (lemma in VERBS or lemma not in NOUN_LIKE):
            return True
    elif lemma not in NOUN_LIKE and before.lower not in DETERMINERS - {"this", "that"}:
        return True
    if word.tag == "VBZ":
        return not (before is not None and before.tag == "DT" and before.lower in DETERMINERS - {"this", "that"})
    if after is None or (word.lower in CHANGE_NOUN_FORMS and after.lower in PREPOSITIONS):
        return False
    if not (begins_noun(after) or after.tag.startswith(("RB", "VBG")) or after.lower in _AFTER_VERB):
        return False
    if before is None:
        return True
    if after.tag == "VBG" and before.lower in ("and", ","):
        return True
    if (
        _ends_noun(before)
        or before.lower in WH | {"that", "it", "and", "also", "or", ","}
        or before.tag.startswith("RB")
    ):
        return begins_noun(after) or word.tag.startswith("V") or before.lower == "it"
    return False


_TURNS = {("switch", "on"), ("switch", "off"), ("turn", "on"), ("turn", "off"), ("lead", "to"), ("result", "in")}
_AFTER_VERB = {"by", "to", "in", "on", "with", "through"}


def _ed_acts(words: list[Word], i: int, lemma: str, before: Word | None, after: Word | None) -> bool:
    word = words[i]
    noun_after = after is not None and after.tag.startswith(("NN", "JJ"))
    if _level_pair(words, i):
        return False
    if before is not None and before.lower in ("neither", "nor", "not") and i > 1 and word.tag in ("VBD", "VBN"):
        return True
    if before is not None and word.tag == "VBN" and before.lower in PREPOSITIONS and noun_after:
        return False
    if word.tag == "JJ" and lemma in _TAKE_NO_OBJECT and before is not None and _ends_noun(before):
        word.tag = "VBD"  # "B differed between A and C"
        return not noun_after
    if word.tag in ("VBD", "VBN"):
        if before is None:
            return not (after is not None and (after.tag.startswith("NN") or after.mention is not None))
        named_after = after is not None and (after.mention is not None or noun_after)
        if before.tag.startswith("VB") and before.lower not in BE | HAVE | MODALS and named_after:
            return False  # "demonstrated altered levels": an adjective
        acts = forms().get(before.lower, ("", ""))
        if acts[1] == "s" and acts[0] in VERBS and before.mention is None and named_after and i > 1:
            return False  # "binds phosphorylated A"
        counted = before.tag == "CD" and i > 1 and words[i - 2].lower in _DATED  # "histology at day 21 showed B"
        return counted or not (_is_modifier(before) and noun_after and before.lower not in BE | HAVE)
    if before is None:
        return False
    if word.tag == "JJ" and before.lower in BE | HAVE | {"not", "been"}:
        return True
    opens = after is not None and (after.lower == "by" or after.mention is not None or after.tag == "DT")
    return opens and (_ends_noun(before) or before.tag.startswith("RB"))


def _ing_acts(words: list[Word], i: int, lemma: str, before: Word | None, after: Word | None) -> bool:
    word = words[i]
    opens = after is not None and (after.mention is not None or after.lower in ("the", "a", "an"))
    if word.tag != "VBG" and not (word.tag in ("NN", "JJ") and opens):
        return False
    if before is not None and before.lower in DETERMINERS and before.tag in ("DT", "PRP$"):
        return False
    if after is not None and after.lower.startswith("antibod"):
        return False  # "neutralising antibodies"
    if before is None or before.lower in BE:
        return before is not None or (after is not None and (begins_noun(after) or after.lower in _AFTER_ING))
    if after is None or not (begins_noun(after) or after.lower in _AFTER_ING):
        return False
    if before.lower in ("of", "the") and after.tag.startswith("NN") and after.mention is None and word.tag != "VBG":
        return False
    if before.lower == "to":
        return i > 1 and words[i - 2].lower in ("addition", "in addition", "contrast", "prior")
    return before.lower in _BEFORE_ING or _ends_noun(before) or before.tag.startswith("RB")


_AFTER_ING = {"to", "in", "on", "with", "for", "as"}
_BEFORE_ING = set(
    ", by and or for in of while thereby without from after through via besides despite beyond than".split()
)


def _level_pair(words: list[Word], i: int) -> bool:
    """Say whether word i is one of "increased and decreased" before a noun."""

    def ed(k: int) -> bool:
        return 0 <= k < len(words) and words[k].lower in LEVELS

    first = ed(i) and i + 3 < len(words) and words[i + 1].lower in ("and", "or") and ed(i + 2)
    second = ed(i) and i >= 2 and words[i - 1].lower in ("and", "or") and ed(i - 2)
    if not (first or second):
        return False
    start = i if first else i - 2
    before = words[start - 1] if start else None
    opens = DETERMINERS | {",", "of", "with", "both"}
    return before is None or before.lower in opens or before.tag.startswith("VB")


_TAKE_NO_OBJECT = {"differ", "fall", "rise", "climb", "decline", "drop", "plummet", "soar", "triple", "halve", "double"}
_DATED = {"day", "week", "month", "hour", "year", "phase", "stage", "grade", "type", "dose", "group", "p", "cycle"}


def _is_modifier(word: Word) -> bool:
    return word.mention is None and (word.tag in ("DT", "PRP$", "JJ", "CD", "POS") or word.lower in DETERMINERS)


def begins_noun(word: Word) -> bool:
    return (
        word.mention is not None
        or word.tag in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "PRP", "PRP$", "VBN", "JJR", "JJS", "PDT")
        or (word.lower in DETERMINERS)
    )


def _ends_noun(word: Word) -> bool:
    return (
        word.is_name
        or word.tag in ("NN", "NNS", "NNP", "NNPS", "PRP", "CD")
        or word.lower in PRONOUNS
        or bool(word.parens)
    )
