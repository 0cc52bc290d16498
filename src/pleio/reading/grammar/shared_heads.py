"""Lists whose members share the noun of the last: "lung, breast and ovarian cancer", "B and T cell proliferation"."""

from __future__ import annotations

import re
from dataclasses import replace

from ..names.meaning import ground
from ..names.mention import Mention
from ..plain.word import Word
from ..words.wordclasses import DETERMINERS
from .phrases import Noun, Piece


def sharing_head(cut: list[Piece]) -> list[Piece]:
    """Give each of several kinds the noun that only the last one carries: "hepatic and renal fibrosis"."""
    out: list[Piece] = []
    i = 0
    while i < len(cut):
        kinds, last = _kinds(cut, i)
        shared = _shared(kinds, cut[last].nouns[0]) if kinds else []
        if not shared:
            out.append(cut[i])
            i += 1
            continue
        nouns = [Noun([replace(kind, known="part"), *shared]) for kind in kinds]
        if out and out[-1].kind == "other" and out[-1].text in DETERMINERS:
            out.pop()  # "the innate and adaptive responses"
        out.append(Piece("np", cut[i].start, nouns=[*nouns, *cut[last].nouns]))
        i = last + 1
    return out


def _kinds(cut: list[Piece], i: int) -> tuple[list[Word], int]:
    """Give the single words that commas and a conjunction list from here on, and where the phrase is that ends them."""
    kinds: list[Word] = []
    j = i
    while j + 2 < len(cut) and cut[j].kind in ("adj", "np") and len(cut[j].nouns[0].words) == 1:
        kinds.append(cut[j].nouns[0].head)
        comma = cut[j + 1].kind == "comma"
        j += 2 if comma else 1
        if cut[j].kind == "cc" and cut[j].text in ("and", "or"):
            ends = j + 1 < len(cut) and cut[j + 1].kind == "np" and len(cut[j + 1].nouns[0].words) > 1
            return (kinds, j + 1) if ends else ([], i)
        if not comma:
            break
    return [], i


def _shared(kinds: list[Word], last: Noun) -> list[Word]:
    """Give the words of the last phrase that all kinds share: each tells which, or is a known name with them."""
    first, *others = last.words
    if any(kind.mention is not None for kind in kinds):
        return []
    if (_is_kind(first) and all(map(_is_kind, kinds))) or _are_organs([*kinds, first], others):
        return others
    for k in range(1, len(last.words)):
        head = last.words[k:]
        told = " ".join(word.text for word in head)
        if all(_is_kind(kind) or ground(f"{kind.text} {told}") for kind in kinds):
            return head
    return []


def _are_organs(kinds: list[Word], others: list[Word]) -> bool:
    """Say whether all are organs and what is left is a disease or a process: "skin, lung and liver fibrosis"."""
    if not any(word.known in ("disease", "phenotype", "process") for word in others):
        return False
    return all(_is_kind(kind) or ((name := ground(kind.text)) and name.category == "tissue") for kind in kinds)


def _is_kind(word: Word) -> bool:
    """Say whether an adjective tells which, not how: "renal", "adaptive", not "severe", "critical"."""
    lower = word.lower
    if word.mention is not None:
        return False
    if not word.tag.startswith("JJ"):
        return bool(_LETTERED.fullmatch(word.text))
    return lower in _KINDS or (lower.endswith(_RELATIONAL) and lower not in _HOW)


_LETTERED = re.compile(r"[TB]|NK|Th\d+|M[12]")
_RELATIONAL = ("ic", "al", "ar", "ary", "oid", "ine", "eal", "iac", "genous")
_KINDS = set(
    "innate adaptive acute chronic naive native humoral adipose myelinated unmyelinated aerobic active passive "
    "white brown beige".split()
)
_HOW = set(
    "critical crucial essential typical potential specific dramatic principal additional similar important minimal "
    "partial total maximal optimal beneficial several general usual actual final initial basic unclear particular "
    "necessary primary secondary pivotal instrumental fundamental integral substantial marginal modest "
    "functional".split()
)


_SEPARATOR = re.compile(r", (?:and |or )?| (?:and|or) ")


def named_before(text: str, mention: Mention) -> list[Mention]:
    """Give names listed before a mention that share its noun: of "lung, breast and ovarian cancer" the first two."""
    found: list[Mention] = []
    separators = list(_SEPARATOR.finditer(text, 0, mention.start))
    end_of_list, words = mention.start, mention.text.split()
    while separators and separators[-1].end() == end_of_list:
        end = separators.pop().start()
        start = max(text.rfind(" ", 0, end) + 1, separators[-1].end() if separators else 0)
        wholes = (f"{text[start:end]} {' '.join(words[k:])}" for k in range(1, len(words)))
        known = ((whole, ground(whole)) for whole in wholes)
        told = next(((w, one) for w, one in known if one is not None and one.category == mention.category), None)
        if told is None:
            break
        whole, name = told
        found.append(replace(mention, start=start, end=end, text=whole, curie=name.curie, label=name.label))
        end_of_list = start
    return found[::-1]
