"""Phrases of a sentence: noun phrases with their lists, verb groups, prepositions, and what separates them.

A cascade over tagged words: noun phrases and verb groups are cut from left to right, then joined by "of", then into
lists, then the lists that "including" announces are taken in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..plain.masked import Word
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
    WH,
)  # fmt: skip
from .verb_forms import begins_noun, is_verb
from .verbs import Verbs, verb_group

if TYPE_CHECKING:
    from ..things import Thing


@dataclass
class Noun:
    """A noun phrase: its words, the phrases after "of", and the members where it announces a list."""

    words: list[Word]
    of: list[Noun] = field(default_factory=list)
    members: list[Noun] = field(default_factory=list)
    pronoun: bool = False
    preps: list[tuple[str, list[Noun]]] = field(default_factory=list)  # what a parse hangs on it, but for "of"
    stands: tuple[tuple[int, int, int, bool], list[Thing]] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    @property
    def head(self) -> Word:
        return self.words[-1]

    @property
    def end(self) -> int:
        return max([self.words[-1].end, *(n.end for n in self.of)])

    @property
    def start(self) -> int:
        return self.words[0].start


@dataclass
class Piece:
    """One piece of a sentence: np (a list of noun phrases), vg, prep, cc, comma, wh, sub, stop, other."""

    kind: str
    start: int
    text: str = ""
    nouns: list[Noun] = field(default_factory=list)
    verbs: Verbs | None = None
    negated: bool = False


def cut_phrases(words: list[Word]) -> list[Piece]:
    out: list[Piece] = []
    i = 0
    while i < len(words):
        word = words[i]
        following = words[i + 1] if i + 1 < len(words) else None
        if word.lower in LISTERS and i and following is not None and begins_noun(following):
            out.append(Piece("prep", word.start, "including"))
            i += 1
            continue
        group = verb_group(words, i)
        if group is not None:
            verbs, i = group
            out.append(Piece("vg", verbs.start, verbs.main.lower, verbs=verbs))
            continue
        lower = word.lower
        if lower in WH or (
            lower == "that"
            and out
            and out[-1].kind in ("np", "vg", "comma")
            and not (
                i + 1 < len(words)
                and words[i + 1].tag.startswith(("NN", "JJ"))
                and words[i + 1].mention is None
                and out[-1].kind == "comma"
            )
        ):
            out.append(Piece("wh" if lower in WH or out[-1].kind != "vg" else "sub", word.start, lower))
            i += 1
            continue
        if lower in ("such",) and i + 1 < len(words) and words[i + 1].lower == "as":
            out.append(Piece("prep", word.start, "including"))
            i += 2
            continue
        if lower in ("e.g", "i.e"):
            out.append(Piece("prep", word.start, "including"))
            i += 1
            continue
        if lower == "as" and i + 2 < len(words) and words[i + 1].lower == "well" and words[i + 2].lower == "as":
            out.append(Piece("cc", word.start, "and"))
            i += 3
            continue
        if lower in SUBORDINATORS:
            out.append(Piece("sub", word.start, lower))
            i += 1
            continue
        if lower in PREPOSITIONS and word.mention is None:
            out.append(Piece("prep", word.start, lower))
            i += 1
            continue
        if lower == "neither":
            out.append(Piece("other", word.start, lower))
            i += 1
            continue
        if lower in ("and", "or", "but", "nor", "/", "plus"):
            out.append(Piece("cc", word.start, lower))
            i += 1
            continue
        if lower in (",",):
            out.append(Piece("comma", word.start, lower))
            i += 1
            continue
        if lower in (";", ":", ".", "?", "!", "—", "–", "-", "…", "→"):
            out.append(Piece("stop", word.start, lower))
            i += 1
            continue
        phrase = _noun_phrase(words, i)
        if phrase is not None:
            noun, i = phrase
            out.append(Piece("np", noun.start, nouns=[noun]))
            continue
        out.append(
            Piece(
                "adj" if word.tag.startswith("JJ") or word.tag in ("VBN", "VBD") else "other",
                word.start,
                lower,
                nouns=[Noun([word])],
            )
        )
        i += 1
    return out


def _noun_phrase(words: list[Word], i: int) -> tuple[Noun, int] | None:
    word = words[i]
    if word.lower in PRONOUNS and (
        i + 1 >= len(words) or not begins_noun(words[i + 1]) or words[i + 1].tag in ("DT",) or is_verb(words, i + 1)
    ):
        return Noun([word], pronoun=True), i + 1
    j = i
    last = -1
    while j < len(words):
        w = words[j]
        lower = w.lower
        if j > i + 1 and words[j - 1].is_unit and words[j - 2].tag == "CD" and is_verb(words, j) is not None:
            break  # "A at 5 ng/ml raised B"
        if w.mention is None and lower in LISTERS | PREPOSITIONS | BE | HAVE | DO | MODALS:
            break
        if (
            j > i
            and last == j - 1
            and w.mention is None
            and w.tag == "VBG"
            and lower not in COMPOUNDS
            and is_verb(words, j)
        ):
            break  # "mice lacking A": the participle opens a clause
        if last == j - 1 >= i and w.mention is None and w.tag in ("VBN", "VBD") and is_verb(words, j):
            break
        if last == j - 1 >= i and w.tag.startswith("RB"):
            break
        if (
            j > i
            and w.mention is None
            and is_verb(words, j) is not None
            and not (
                w.tag in ("VBN", "VBG", "JJ", "NN")
                and _modifies(words, j)
                and not (w.tag == "NN" and words[j + 1].mention is not None and not words[j + 1].suffix)
            )
        ):
            break
        if w.mention is not None:
            if w.is_name or w.prefix:
                last = j
        elif w.known and w.tag == "JJ" and lower.endswith(_ILLS) and not _before_noun(words, j):
            last = j  # a known noun that the tagger took for an adjective
        elif w.tag in ("NN", "NNS", "NNP", "NNPS") or (w.tag == "CD" and j > i):
            last = j
        elif w.tag in ("DT", "PRP$", "PDT") or lower in DETERMINERS:
            if j > i and words[j - 1].lower not in DETERMINERS | {"all", "both"}:
                break
        elif w.tag in ("JJ", "JJR", "JJS", "CD", "POS", "FW", "LS", "$", "SYM") or lower in ("'s", "’s"):
            if lower in PREPOSITIONS | SUBORDINATORS:
                break
        elif (w.tag in ("VBN", "VBG", "VBD") and _modifies(words, j)) or (
            w.tag in ("RB", "RBR", "RBS")
            and j + 1 < len(words)
            and words[j + 1].tag in ("JJ", "VBN", "JJR")
            and lower not in NEGATIONS
        ):
            pass
        elif (
            w.tag in ("VB", "VBP", "VBZ", "IN", "RB", "UH", "RP")
            and w.text[:1].isalpha()
            and lower not in PREPOSITIONS | SUBORDINATORS | ADVERBS | NEGATIONS
            and (j > i or w.tag in ("VB", "VBP") or (i and words[i - 1].lower in ("and", "or", ",")))
            and is_verb(words, j) is None
        ):
            last = j  # a noun that the tagger took for something else
        elif (lower == "/" and j > i and j + 1 < len(words) and begins_noun(words[j + 1])) or lower in (
            "α",
            "β",
            "γ",
            "+",
            "*",
        ):
            pass
        else:
            break
        j += 1
        if last == j - 1 and words[last].parens and j < len(words):
            plain = words[j].tag in ("NN", "NNS") and words[j].mention is None and is_verb(words, j) is None
            if not plain:
                break  # a parenthesis closes a phrase unless a plain noun follows
    if last < 0:
        # an adjective or number standing alone
        return None
    return Noun(words[i : last + 1]), last + 1


_ILLS = ("sis", "itis", "emia", "penia", "philia", "algia", "uria", "pathy", "megaly", "trophy", "plasia", "oma", "xis")


def _before_noun(words: list[Word], j: int) -> bool:
    return j + 1 < len(words) and (words[j + 1].mention is not None or words[j + 1].tag[:2] in ("NN", "JJ", "VB", "CD"))


def _modifies(words: list[Word], j: int) -> bool:
    """Say whether a participle stands before the noun that it modifies."""
    if j + 1 >= len(words):
        return False
    after = words[j + 1]
    if after.mention is not None and words[j].lower in (
        "recombinant",
        "increased",
        "elevated",
        "reduced",
        "altered",
        "secreted",
        "phosphorylated",
        "activated",
    ):
        return True
    return (
        after.tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBG")
        and after.lower not in DETERMINERS
        and words[j].tag in ("VBN", "VBG", "VBD", "NN", "JJ")
    )
