"""Names by how they look or stand: a medicine by its stem, a mouse gene by what is done to it."""

from __future__ import annotations

import re

from ..vocabulary import genes_named
from .keys import key_of
from .mention import Mention

Piece = tuple[int, int, str]  # where a run of letters or digits begins and ends, and the run

_STEM = re.compile(
    r"(?!concept|accept|except|intercept|percept|precept|recept)[a-z]{3,}(?:[aeiou]mab|tinib|citinib|rutinib|"
    r"afenib|ranib|lisib|sertib|parib|ciclib|degib|zomib|[aeiou]cept|kinra|viroc|grastim|poetin|fermin|leukin)"
)


def by_stem(pieces: list[Piece], first: int) -> tuple[Mention, int] | None:
    """A medicine that no table lists, by the stem of its international name: "vixarelimab", "tolebrutinib"."""
    start, end, piece = pieces[first]
    lower = piece.lower()
    if len(piece) < 8 or piece.isupper() or not _STEM.fullmatch(lower):
        return None
    return Mention(start, end, piece, "", lower, "drug"), first + 1


_TAKEN_AWAY = re.compile(
    r"(?:(?:deficient|null|haploinsufficient) (?:in|for)|lacking|(?:over)?expressing|(?:mice|cells|animals) without|"
    r"(?:deletion|knock-?down|knock-?out|loss|ablation|silencing|disruption|expression|transcription) of)\s$",
    re.I,
)
_GENE_LIKE = re.compile(
    r"[-–](?:deficient|null|knock-?out|KO)|\(?[-−–‐⁺+]/[-−–‐+]|⁻|\s(?:mRNAs?|transcripts?|knock-?out|KO|null|[-−–]/)"
)
_COPIES = re.compile(r"\(?[-−–‐⁺+]/[-−–‐+]")


def mouse_gene(text: str, pieces: list[Piece], first: int) -> tuple[Mention, int] | None:
    """A symbol as mouse genes are written ("Lif") reads as a word; it is a gene where it is deleted or transcribed."""
    start, end, piece = pieces[first]
    if not (3 <= len(piece) <= 6 and piece.isascii() and piece.isalpha() and piece.istitle()):
        return None
    if not (_TAKEN_AWAY.search(text, max(0, start - 30), start) or _GENE_LIKE.match(text, end)):
        return None
    owners = genes_named(key_of(piece))
    owner = next((g for g in owners if g.symbol == piece.upper()), None)
    if owner is None and len(owners) == 1 and _COPIES.match(text, end):
        owner = owners[0]  # a synonym: "Opg-/-"
    return (Mention(start, end, piece, owner.curie, owner.symbol, "gene"), first + 1) if owner else None
