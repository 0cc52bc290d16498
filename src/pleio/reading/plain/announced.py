"""Lists that a noun announces without saying so: "mediators (A, B and C)", "genes, among them A and B".

Before a sentence is tagged, what announces the list is put as "including", which every rule reads.
"""

from __future__ import annotations

from dataclasses import replace

from ..words.inflection import forms
from .word import Word

_SEPARATORS = {",", "and", "or", "/", "and/or", "&"}
_LEADS = tuple(
    tuple(lead.split())
    for lead in (
        "among them",
        "among which",
        "namely",
        "for example ,",
        "for instance ,",
        "for example",
        "for instance",
    )
)
_OPENERS = _LEADS + tuple(
    tuple(opener.split())
    for opener in (
        "e.g . ,", "e.g .", "e.g ,", "e.g", "i.e . ,", "i.e .", "i.e ,", "i.e", "such as", "including", "mainly",
        "especially", "notably", "in particular ,", "in particular", "particularly", "most notably", "principally",
    )
)  # fmt: skip
# the nouns that hold members of a kind
_ILLS = set(
    "diseases disorders conditions cancers malignancies tumors tumours indications infections events reactions effects "
    "complications toxicities symptoms abnormalities signs".split()
)
_DOINGS = set("processes responses functions activities programs programmes events features effects changes".split())
_HOLDERS = {
    "cell": set("cells types leukocytes lymphocytes populations subsets lineages".split()),
    "tissue": set("tissues organs sites".split()),
    "disease": _ILLS,
    "process": _DOINGS,
}
_NOT_OF_MOLECULES = set(
    "mice rats animals patients subjects volunteers controls samples levels times concentrations doses groups hours "
    "days weeks months years analysis cells types tissues organs sites lines is was has does".split()
)


_PLURALS = {"targets", "effects", "signals", "processes", "functions", "changes", "features", "programs", "factors"}


def in_brackets(holder: Word, inside: list[Word]) -> list[Word]:
    """Give the words of a bracket as a list that the noun before it announces; nothing where they are none."""
    inside = inside[_opened(inside) :]
    acts = forms().get(holder.lower, ("", ""))[1] == "s" and holder.lower not in _PLURALS
    if not inside or acts or holder.mention is not None or not holder.lower.endswith("s"):
        return []
    items = _items(inside)
    kinds = {_kind(item) for item in items}
    plain = len(kinds) == 2 and kinds > {"plain"} and "molecule" not in kinds and len(items) > 2
    if len(items) < 2 or (len(kinds) > 1 and not plain):
        return []
    kind = min(kinds - {"plain"}, default="")
    if kind == "molecule":
        fits = holder.lower not in _NOT_OF_MOLECULES and holder.known not in ("cell", "tissue", "disease", "process")
    else:
        fits = holder.lower in _HOLDERS.get(kind, ()) or (holder.known == kind and kind in ("cell", "disease"))
    at = inside[0].start - 1  # where the bracket stood
    return [Word("including", at, at), *inside] if fits else []


def _opened(words: list[Word]) -> int:
    for opener in _OPENERS:
        n = len(opener)
        if len(words) > n and all(w.lower == t for w, t in zip(words[:n], opener, strict=True)):
            return n
    return 0


def _items(words: list[Word]) -> list[list[Word]]:
    """Cut a list at its commas and conjunctions."""
    out: list[list[Word]] = [[]]
    for word in words:
        if word.lower in _SEPARATORS:
            if out[-1]:
                out.append([])
        else:
            out[-1].append(word)
    return out if out[-1] else out[:-1]


def _kind(item: list[Word]) -> str:
    """What kind of thing one item is; empty where it is more than a name or a known noun with its modifiers."""
    head = item[-1] if item else None
    if head is None or len(item) > 4 or any(not w.text[0].isalnum() for w in item):
        return "more"
    if head.mention is not None:
        return "molecule" if len(item) == 1 and head.is_name else "named"
    if any(w.mention is not None for w in item) or forms().get(item[0].lower, ("", ""))[1] in ("s", "ed"):
        return "verb"
    return "disease" if head.known == "phenotype" else head.known or "plain"


def announced(words: list[Word]) -> list[Word]:
    """Put "including" for ", among them", ", namely" and the like after a plural noun."""
    out: list[Word] = []
    i = 0
    while i < len(words):
        n = _lead(words, i)
        if n:
            out.append(replace(words[i + n - 1], text="including", adverb=False, known="", parens=[]))
            i += n
            continue
        out.append(words[i])
        i += 1
    return out


_COUNTS = set("two three four five six seven eight nine ten several many various following other".split())


def _counted(words: list[Word], i: int) -> bool:
    """Say whether a colon at i opens the things that were just counted: "three chemokines: A, B and C"."""
    if words[i].text != ":" or i < 3 or not any(w.lower in _COUNTS for w in words[i - 3 : i - 1]):
        return False
    rest = words[i + 1 :]
    end = next((k for k, w in enumerate(rest) if w.text in (";", ".")), len(rest))
    return bool(in_brackets(words[i - 1], rest[:end]))


def _lead(words: list[Word], i: int) -> int:
    """Give how many words from i on announce a list; 0 where none is announced."""
    if i and _counted(words, i):
        return 1
    if words[i].text != "," or not i or not words[i - 1].lower.endswith("s") or words[i - 1].mention is not None:
        return 0
    for lead in _LEADS:
        end = i + 1 + len(lead)
        if end < len(words) and all(w.lower == t for w, t in zip(words[i + 1 : end], lead, strict=True)):
            named = words[end].is_name or words[end].known or words[end].is_symbol
            return end - i if named else 0
    return 0
