"""Find the names of known things in text: longest match over the shipped vocabulary, offsets kept.

A name that several genes share is grounded when the rest of the document says which is meant; otherwise its candidates
are listed and it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from ..vocabulary import genes_named
from ..words.lexicon import READOUTS
from .keys import GREEK, american, key_of, singular
from .meaning import Meaning
from .mention import MOLECULES, Mention
from .spellings import goes_on, listed
from .unlisted import Piece, by_stem, mouse_gene

LONGEST = 7  # pieces in a name
REMEMBERED = 512  # texts whose names are kept: headings and titles are asked for with every sentence under them
_PIECE = re.compile(r"[A-Za-z]+|\d+|[α-ωΑ-Ω]|['’]s?\b")
_UNACCENTED = str.maketrans("àáâäãåçèéêëìíîïñòóôöõøùúûüý", "aaaaaaceeeeiiiinoooooouuuuy")
_GAP = re.compile(r"[ \u00a0]?[-–‑/]?[ \u00a0]?")
# marks of a changed allele that stand without a space: "Stat3fl/fl", "Il6Δhep", "IL-22KO"
_ALLELE = re.compile(r"(?:fl/fl|f/f|flox/flox|lox/lox|fl/-|KO\b|Δ(?:/Δ|[A-Za-z]{2,8}\b))")


class Gazetteer:
    """Finds names; `hints` are the HGNC numbers that a document mentions without doubt, which settle shared names."""

    def __init__(self, hints: Iterable[str] = ()) -> None:
        self.hints = frozenset(hints)
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._find)

    def find(self, text: str) -> list[Mention]:
        """Give the mentions in a text, longest first where they overlap, in order."""
        return list(self._remembered(text))

    def _find(self, text: str) -> list[Mention]:
        if not text.isascii() and (plain := text.translate(_UNACCENTED)) != text:
            return [replace(m, text=text[m.start : m.end]) for m in self._named(plain)]
        return self._named(text)

    def _named(self, text: str) -> list[Mention]:
        pieces = [(m.start(), m.end(), m[0]) for m in _PIECE.finditer(text)]
        out: list[Mention] = []
        at = 0
        while at < len(pieces):
            found = self._at(text, pieces, at)
            if found is None:
                at += 1
                continue
            mention, at = found
            out.append(mention)
        return out

    def _at(self, text: str, pieces: list[Piece], first: int) -> tuple[Mention, int] | None:
        """Give the name that begins with a piece, and the piece to go on from."""
        start = pieces[first][0]
        if not (start and text[start - 1].isalnum()) and text[start] not in "'’":
            longest = self._longest(text, pieces, first)
            if longest is not None:
                return _with_form(text, pieces, *longest)
            found = self._possessive(pieces, first) or mouse_gene(text, pieces, first)
            if found is not None:
                return found
        return by_stem(pieces, first)

    def _longest(self, text: str, pieces: list[Piece], first: int) -> tuple[Mention, int] | None:
        start = pieces[first][0]
        best: tuple[Mention, int] | None = None
        for index, key in _ends(text, pieces, first):
            surface = text[start : pieces[index][1]]
            meaning = self._meaning(surface, key)
            if meaning is None:
                continue
            if meaning.category == "process":
                if text[max(0, start - 3) : start].lower() == "in " and _answered(surface):
                    continue  # "in response to IL-6" is IL-6, not a process of that name
                if best is not None and best[0].is_molecule and pieces[index][2].lower() in READOUTS:
                    continue  # "insulin secretion" is insulin, read out as secretion
            best = _mention(start, surface, meaning), index + 1
        return None if best is not None and _is_class(text, best[0]) else best

    def _possessive(self, pieces: list[Piece], first: int) -> tuple[Mention, int] | None:
        start, right, piece = pieces[first]
        following = pieces[first + 1] if first + 1 < len(pieces) else None
        if following and following[0] == right and following[2][0] in "'’":
            meaning = self._meaning(piece, piece.lower())
            if meaning is not None:
                return _mention(start, piece, meaning), first + 1
        return None

    def _meaning(self, surface: str, key: str) -> Meaning | None:
        meaning = listed(surface, key)
        if meaning is not None and meaning.candidates and not meaning.curie:
            key = american(key)
            settled = [c for c in meaning.candidates if c.removeprefix("hgnc:") in self.hints]
            if len(settled) == 1:
                gene = next(g for g in genes_named(key) or genes_named(singular(key)) if g.curie == settled[0])
                return Meaning(gene.curie, gene.symbol, "gene", meaning.candidates)
        return meaning


def _mention(start: int, surface: str, meaning: Meaning) -> Mention:
    return Mention(
        start, start + len(surface), surface, meaning.curie, meaning.label, meaning.category, meaning.candidates
    )


def _ends(text: str, pieces: list[Piece], first: int) -> Iterator[tuple[int, str]]:
    """Give every piece that a name beginning at the first may end with, and the key up to there."""
    key, last, may_go_on = "", "", True
    for index in range(first, min(len(pieces), first + LONGEST * 2)):
        left, right, piece = pieces[index]
        if not may_go_on:
            return
        if index > first:
            gap = text[pieces[index - 1][1] : left]
            if not _GAP.fullmatch(gap) and (key, gap) != ("chemokine", " (") and (last, gap) != ("motif", ") "):
                return  # "chemokine (C-C motif) ligand 2" is the one kind of name with parentheses within
        if piece[0] in "'’":
            continue
        lower = piece.lower()
        key += (" " if last and last.isdigit() == lower.isdigit() else "") + GREEK.get(lower, lower)
        last, may_go_on = lower, goes_on(key)
        if key.count(" ") >= LONGEST:
            return
        if right < len(text) and text[right].isalnum() and not _ALLELE.match(text, right):
            continue
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if following and following[0] == right and following[2][0] in "'’" and following[2] != "'":
            continue  # take the possessive along only where more of the name follows it
        yield index, key


def _with_form(text: str, pieces: list[Piece], found: Mention, after: int) -> tuple[Mention, int]:
    """Take along what makes another thing of a molecule: "epoetin alfa", "the ErbB family", "IL-22-Fc"."""
    made = _INN.match(text, found.end) if found.is_molecule else None
    joined = _JOINED.match(text, found.end) if found.category in ("gene", "family", "protein") else None
    form = made or joined
    if form is None:
        return found, after
    kind = "family" if not made and joined and joined["family"] else "drug"
    if made:
        curie = found.curie if found.category != "gene" else ""  # what is made is not the gene
    else:
        curie = found.curie if found.category == "family" == kind else ""  # no longer the gene itself
    end = form.end()
    after = next((i for i in range(after, len(pieces)) if pieces[i][0] >= end), len(pieces))
    return replace(found, end=end, text=text[found.start : end], curie=curie, category=kind), after


# the Greek letter as international drug names spell it, and the letter of a form that is made: "interferon beta-1a"
_INN = re.compile(r" alfa(?:-\d[ab]?)?\b|(?:(?<=alfa)|(?<=alpha)|(?<=beta)|(?<=gamma))-[1-4][ab]\b")
_JOINED = re.compile(r"(?P<family>[ -](?:super|sub)?family\b)|[-–](?:Fc|Ig|IgG\d?|HSA|PEG)\b(?: fusion(?: protein)?)?")
_CLASS = re.compile(
    r"[a-z-]*(?: [a-z-]+)* ?(?:kinase|protein|receptor|factor|phosphatase|protease|peptidase|antigen|channel|ligase|"
    r"hormone|cytokine|chemokine|glycoprotein|transferase|transporter|integrin|enzyme|peptide)s?|"
    r"[RD]NA[- ]binding proteins?"
)
_CLASSED = re.compile(
    r"(?:\b(?:an?|another|other|two|three|four|several|many|most|novel|all|both)\s(?:(?!(?:of|the|to|for|in|by|with|on)\s)[\w-]+,?\s){0,3}|non-)$",
    re.I,
)


def _is_class(text: str, found: Mention) -> bool:
    """Say whether a gene's name stands for a class of molecules: "is a receptor tyrosine kinase"."""
    before = text[max(0, found.start - 4) : found.start].rstrip()
    if found.text.lower().startswith("amino acid"):
        return before[-1:].isdigit() or before.endswith("-")
    if found.category not in ("gene", "family") or not _CLASS.fullmatch(found.text):
        return False
    return bool(_CLASSED.search(text, max(0, found.start - 60), found.start))


_ANSWER = re.compile(r"(?:cellular )?responses? to (?P<to>.+)", re.IGNORECASE)


def _answered(surface: str) -> bool:
    """Say whether a name is that of the response to a molecule: "response to insulin", not "response to stress"."""
    match = _ANSWER.fullmatch(surface)
    to = listed(match["to"], key_of(match["to"])) if match else None
    return to is not None and to.category in MOLECULES
