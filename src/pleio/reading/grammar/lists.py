"""Lists of noun phrases: "A, B and C", "expression of A and B", "cytokines including A and B"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ..plain.word import Word
from ..words.lexicon import READOUTS
from ..words.wordclasses import DETERMINERS
from .phrases import Noun, Piece, cut_phrases
from .shared_heads import sharing_head


def pieces(words: list[Word]) -> list[Piece]:
    """Cut a sentence into pieces, with lists of noun phrases joined and "of" taken into the phrase before it."""
    return _including(_of(_lists(_of(sharing_head(cut_phrases(words))))))


def _lists(cut: list[Piece]) -> list[Piece]:
    """Join noun phrases that commas and conjunctions list."""
    out: list[Piece] = []
    i = 0
    while i < len(cut):
        piece = cut[i]
        if piece.kind != "np":
            out.append(piece)
            i += 1
            continue
        nouns, j = list(piece.nouns), i
        closed = False
        while True:
            step = _next_member(cut, j)
            joined = step is not None and any(c.kind == "cc" for c in cut[j:step])
            if step is None or (closed and not joined and not cut[step].nouns[0].words[0].is_name):
                break
            closed = closed or joined
            add_members(nouns, cut[step].nouns)
            j = step
        out.append(Piece("np", piece.start, nouns=share_readout(nouns)))
        i = j + 1
    return out


def add_members(nouns: list[Noun], more: list[Noun]) -> None:
    """Lengthen a list; "expression of A, B and C" lists under "of"."""
    holder = nouns[-1]
    shares = len(more) == 1 and bool(more[0].of) and not any(n.of for n in nouns)
    bare = shares and all(is_bare(n) for n in (*nouns, more[0]))
    if bare and len(nouns) == 1 and {holder.head.lower, more[0].head.lower} <= _COURSE:
        nouns[-1] = Noun([*holder.words, *more[0].words], more[0].of, more[0].members)
    elif bare:
        for noun in nouns:
            noun.of = more[0].of  # "survival, growth and differentiation of A": all three are of A
        nouns += more
    elif holder.of and holder.of[-1].head.is_name and all(n.head.is_name and len(n.words) == 1 for n in more):
        holder.of += more
    elif _is_cells(holder) and holder.of and all(map(_is_organ, [holder.of[-1], *more])):
        holder.of += more  # "epithelial cells of the skin, lung and gut"
    else:
        nouns += more


def _is_cells(noun: Noun) -> bool:
    return noun.head.known == "cell"


def _is_organ(noun: Noun) -> bool:
    return noun.head.known == "tissue" and not noun.of


def share_readout(nouns: list[Noun]) -> list[Noun]:
    """Give all of "A, B and C mRNA" the readout that only the last one carries."""
    if len(nouns) < 2:
        return nouns
    last = nouns[-1].words
    tail = [w for w in last if w.lower in READOUTS and w.mention is None]
    named = len(last) > len(tail) and last[len(last) - len(tail) - 1].is_name and last[-len(tail) :] == tail
    if not tail or not named or nouns[-1].of or any(w.tag.startswith("PRP") for w in last):
        return nouns
    return [
        replace(n, words=[*n.words, *tail]) if n.head.is_name and not n.of and n.head.start < last[0].end else n
        for n in nouns[:-1]
    ] + nouns[-1:]


_COURSE = {"growth", "development", "progression", "onset", "maintenance", "initiation"}
"""What is told of the course of one thing: "the growth and development of A" says one thing of it."""
PROCESS_HEADS = _COURSE | set(
    "differentiation proliferation survival function maturation activation migration invasion adhesion chemotaxis "
    "recruitment infiltration expansion apoptosis death motility viability production formation mobilization "
    "mobilisation commitment polarization polarisation cytotoxicity regeneration repair self-renewal homing "
    "trafficking degranulation phagocytosis contraction mineralization mineralisation metastasis "
    "homeostasis fusion".split()
)


def is_bare(noun: Noun) -> bool:
    return noun.head.lower in PROCESS_HEADS and len(content_words(noun)) == 1


def content_words(noun: Noun) -> list[Word]:
    """Give a phrase's words without its determiners."""
    return [w for w in noun.words if w.lower not in DETERMINERS]


def _next_member(cut: list[Piece], j: int) -> int | None:
    """Give the index of the next member of the list that cut[j] is in, or None."""
    k = j + 1
    separators = []
    while k < len(cut) and cut[k].kind in ("comma", "cc"):
        separators.append(cut[k].text)
        k += 1
    while separators and k < len(cut) and cut[k].kind == "other" and cut[k].text in _BEFORE_LAST:
        k += 1
    if not separators or len(separators) > 2 or "but" in separators or k >= len(cut) or cut[k].kind != "np":
        return None
    if _is_number(cut[j].nouns[-1]) != _is_number(cut[k].nouns[0]):
        return None
    if _opens_clause(cut, j, k, separators) or (separators[0] == "," and _opens_apposed_clause(cut, k)):
        return None
    return k if separators != [","] or _listed_by_comma(cut, j, k) else None


def _is_finite(piece: Piece) -> bool:
    return piece.kind == "vg" and piece.verbs is not None and piece.verbs.finite


def _opens_clause(cut: list[Piece], j: int, k: int, separators: list[str]) -> bool:
    """Say whether a new clause begins at k: "…, and B decreases C"."""
    if k + 1 >= len(cut) or not _is_finite(cut[k + 1]):
        return False
    series = separators in (["and"], ["or"]) and _in_series(cut, j)
    return not series and any(_is_finite(piece) for piece in _clause_before(cut, j))


def _opens_apposed_clause(cut: list[Piece], k: int) -> bool:
    """Say whether a clause of its own begins at k: "…, and its receptor, made up of A and B, is found …"."""
    if k + 1 >= len(cut) or cut[k + 1].kind != "comma" or cut[k].nouns[0].words[0].tag not in ("DT", "PRP$"):
        return False
    return any(before.kind == "comma" and _is_finite(later) for before, later in pairwise(cut[k + 2 :]))


def _listed_by_comma(cut: list[Piece], j: int, k: int) -> bool:
    """Say whether a comma alone lists what is at j and k: a later "and" or "or" closes the list, or both are names."""
    after = cut[k + 1] if k + 1 < len(cut) else None
    if after is not None and after.kind == "vg" and cut[0].kind == "prep":
        return False  # "In mice lacking A, B …": the comma closes the opening phrase
    if _closes_opening(cut, j, k) or _is_bare_opening(cut, j):
        return False
    first = cut[k].nouns[0]
    inside = (p for p in cut[k + 1 :] if p.kind not in ("np", "comma") and (p.kind != "prep" or p.text not in _WITHIN))
    end = next(inside, None)
    if end is not None and end.kind == "cc" and end.text in ("and", "or", "nor"):
        return not (first.words[0].tag == "DT" and first.words[0].lower in ("a", "an") and j == 0)
    names = first.words[0].is_name and all(n.words[-1].is_name for n in cut[j].nouns)
    return names and not first.words[0].lower.startswith(("a ", "the "))


_WITHIN = ("of", "in")


def _is_bare_opening(cut: list[Piece], j: int) -> bool:
    """Say whether cut[j] ends "After treatment, …", "During therapy, …"."""
    if j != 1 or cut[0].kind != "prep" or cut[0].text not in ("after", "during", "following", "on", "upon", "with"):
        return False
    return len(cut[1].nouns) == 1 and [w.lower for w in cut[1].nouns[0].words] in _BARE_OPENINGS


_BARE_OPENINGS = [
    ["treatment"],
    ["therapy"],
    ["infusion"],
    ["injection"],
    ["administration"],
    ["follow-up"],
    ["dosing"],
]


_BEFORE_LAST = set(
    "not also both especially particularly notably possibly probably perhaps presumably mainly even eventually "
    "ultimately subsequently finally potentially occasionally rarely".split()
)


def _is_number(noun: Noun) -> bool:
    if noun.head.is_unit and len(noun.words) > 1:
        return True
    return noun.head.mention is None and noun.head.text[0].isdigit() and noun.head.text[-1] in "0123456789%"


def _in_series(cut: list[Piece], j: int) -> bool:
    """Say whether a comma alone ties cut[j] to a noun before it, so that "and" closes the list: "A, B and C fell"."""
    series = j > 1 and cut[j - 1].kind == "comma" and cut[j - 2].kind == "np"
    return series and (j < 3 or cut[j - 3].kind != "prep")  # "for 48 h, A and B fell"


def _clause_before(cut: list[Piece], j: int) -> list[Piece]:
    """Give the pieces up to cut[j] that no semicolon or conjunction parts from it."""
    start = max((k + 1 for k in range(j) if cut[k].kind in ("stop", "sub")), default=0)
    return cut[start : j + 1]


def _closes_opening(cut: list[Piece], j: int, k: int) -> bool:
    """Say whether the comma after cut[j] ends an opening phrase: "After injury, A and B rose"."""
    if (
        not 0 < j < 6
        or cut[j - 1].kind != "prep"
        or cut[0].kind == "np"
        or any(c.kind in ("vg", "cc") for c in cut[:j])
    ):
        return False
    m = k
    while m < len(cut) and cut[m].kind in ("np", "comma", "cc"):
        m += 1
    return m < len(cut) and cut[m].kind == "vg" and cut[m - 1].kind == "np"


def _of(cut: list[Piece]) -> list[Piece]:
    """Take "of" phrases into the phrase before them."""
    out: list[Piece] = []
    i = 0
    while i < len(cut):
        piece = cut[i]
        follows = i + 1 < len(cut) and cut[i + 1].kind == "np"
        if piece.kind == "prep" and piece.text == "of" and follows and out and out[-1].kind == "np":
            holder = out[-1].nouns[-1]
            while holder.of:
                holder = holder.of[-1]
            holder.of += cut[i + 1].nouns
            i += 2
            continue
        out.append(piece)
        i += 1
    return out


def _including(cut: list[Piece]) -> list[Piece]:
    """Take "including …" lists into the phrase that announces them."""
    out: list[Piece] = []
    i = 0
    while i < len(cut):
        start = i + 1 if cut[i].kind == "comma" else i
        if (
            start + 1 < len(cut)
            and cut[start].kind == "prep"
            and cut[start].text == "including"
            and cut[start + 1].kind == "np"
            and out
            and out[-1].kind == "np"
        ):
            out[-1].nouns[-1].members += cut[start + 1].nouns
            i = start + 2
            continue
        out.append(cut[i])
        i += 1
    return out
