"""Find the names of known things in text: longest match over the shipped vocabulary, offsets kept.

A short name counts only as it is written in the table ("CAT" is a gene, "cat" is not).  A name that several genes share
is grounded when the rest of the document says which is meant; otherwise its candidates are listed and it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from ..vocabulary import Gene, Name, begins, drug, genes_named, names
from ..words.lexicon import READOUTS
from .keys import GREEK, american, key_of, latin, singular

LONGEST = 7  # pieces in a name
_PIECE = re.compile(r"[A-Za-z]+|\d+|[α-ωΑ-Ω]|['’]s?\b")
_UNACCENTED = str.maketrans("àáâäãåçèéêëìíîïñòóôöõøùúûüý", "aaaaaaceeeeiiiinoooooouuuuy")
_GAP = re.compile(r"[ \u00a0]?[-–‑/]?[ \u00a0]?")
MOLECULES = {"gene", "family", "protein", "drug", "chemical", "molecule"}
_NOT_GENES = {
    "AND", "THE", "FOR", "NOT", "ALL", "DNA", "RNA", "FDA", "EMA", "MRI", "PCR", "USA", "PBS", "DMSO", "WHO",
    "SEM", "SD", "ANOVA",
    "ELISA", "HR", "CI", "OR", "IV", "SC", "IP", "ID", "KO", "WT", "AA", "BW", "CNS", "BBB", "NIH", "PMID", "DOI",
    "HTML", "XML", "PDF",
    "CT", "PET", "CAR", "REST", "SET", "IMPACT", "LARGE", "ICE", "FACS", "MHC", "ATP", "ADP", "GTP", "GDP", "UV",
    "PK", "PD", "AUC",
    "RCT", "MOA", "TED", "NASH", "HFD", "PM", "AM", "GAS", "STAR", "CAMP", "MAP", "AIM", "ACE", "TEMPO", "CELL",
    "FIG", "II", "III",
    "VI", "IMPLANT", "ER", "ECM", "SASP", "EMT", "GENE", "PROTEIN", "TARGET", "MISS", "COPE", "POLE", "BITE",
    "ROS", "NO", "BAL", "HDL", "LDL",
}  # fmt: skip
_GENERIC = {
    "protein", "proteins", "receptor", "receptors", "factor", "factors", "complex", "antigen", "matrix", "kinase",
    "kinases", "cytokine",
    "cytokines", "ligand", "subunit", "mature", "precursor", "inhibitor", "enzyme", "hormone",
    "antibody", "chain", "growth",
    "function", "signaling", "signalling", "secretion", "binding", "development", "localization", "transport",
    "metabolism", "response",
    "pathogenesis", "gene", "genes", "cell", "cells", "tissue", "activation", "expression", "death", "injury",
    "damage", "stress", "disease",
    "diseases", "disorder", "syndrome", "pain", "normal", "other", "type", "membrane", "nucleus", "family",
    "complexes", "active", "reduced",
    "system", "level", "levels", "onset", "severe", "mild", "acute", "chronic", "progressive", "recurrent",
    "child", "adult", "role", "water",
    "transcription", "translation", "memory", "learning", "aging", "ageing", "reproduction", "pigmentation",
    "reflex", "molecule",
    "homodimer", "heterodimer", "dimer", "monomer", "trimer", "tetramer", "oligomer", "dimers", "homodimers",
    "regulation", "behavior", "behaviour", "process", "pathway", "side", "target", "signal", "region", "domain",
    "loop", "increased", "alpha chain", "beta chain", "gamma chain", "alpha subunit", "beta subunit", "alpha chains",
}  # fmt: skip
_ORDER = {
    "gene": 0,
    "family": 1,
    "protein": 1,
    "drug": 2,
    "cell": 3,
    "disease": 4,
    "pathway": 4,
    "process": 5,
    "phenotype": 6,
}


@dataclass(frozen=True)
class Mention:
    """A known name in a text: its range, what it means, and the candidates where that is open."""

    start: int
    end: int
    text: str
    curie: str
    label: str
    category: str
    candidates: tuple[str, ...] = ()

    @property
    def is_molecule(self) -> bool:
        return self.category in MOLECULES


@dataclass(frozen=True)
class Meaning:
    """What a surface form stands for."""

    curie: str
    label: str
    category: str
    candidates: tuple[str, ...] = ()


REMEMBERED = 512
"""Texts whose names are kept: headings and titles are asked for with every sentence under them."""


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
            found = self._longest(text, pieces, at) or _by_stem(pieces, at)
            if found is None:
                at += 1
                continue
            mention, at = found
            out.append(mention)
        return out

    def _longest(self, text: str, pieces: list[tuple[int, int, str]], first: int) -> tuple[Mention, int] | None:
        start = pieces[first][0]
        if (start and text[start - 1].isalnum()) or text[start] in "'’":
            return None
        best: tuple[Mention, int] | None = None
        key, last, goes_on = "", "", True
        for index in range(first, min(len(pieces), first + LONGEST * 2)):
            left, right, piece = pieces[index]
            if not goes_on:
                break
            if index > first:
                gap = text[pieces[index - 1][1] : left]
                if not _GAP.fullmatch(gap) and (key, gap) != ("chemokine", " (") and (last, gap) != ("motif", ") "):
                    break  # "chemokine (C-C motif) ligand 2" is the one kind of name with parentheses within
            if piece[0] not in "'’":
                lower = piece.lower()
                digit = lower.isdigit()
                key += (" " if last and last.isdigit() == digit else "") + GREEK.get(lower, lower)
                last, goes_on = lower, _goes_on(key)
            elif index == first:
                break
            if key.count(" ") >= LONGEST:
                break
            if piece[0] in "'’" or (right < len(text) and text[right].isalnum() and not ALLELE.match(text, right)):
                continue
            if (
                index + 1 < len(pieces)
                and pieces[index + 1][0] == right
                and pieces[index + 1][2][0] in "'’"
                and pieces[index + 1][2] != "'"
            ):
                continue  # take the possessive along only where more of the name follows it
            surface = text[start:right]
            meaning = self._meaning(surface, key)
            if meaning is not None:
                if (
                    meaning.category == "process"
                    and text[max(0, start - 3) : start].lower() == "in "
                    and _answered(surface)
                ):
                    continue  # "in response to IL-6" is IL-6, not a process of that name
                if (
                    best is not None
                    and best[0].is_molecule
                    and meaning.category == "process"
                    and piece.lower() in READOUTS
                ):
                    continue  # "insulin secretion" is insulin, read out as secretion
                best = (
                    Mention(start, right, surface, meaning.curie, meaning.label, meaning.category, meaning.candidates),
                    index + 1,
                )
        if best is not None and _is_class(text, best[0]):
            best = None
        if best is None:
            return self._possessive(text, pieces, first) or _mouse_gene(text, pieces, first)
        grown = _INN.match(text, best[0].end) if best[0].is_molecule else None
        if grown:  # "epoetin alfa"
            end = grown.end()
            after = next((i for i in range(best[1], len(pieces)) if pieces[i][0] >= end), len(pieces))
            curie = best[0].curie if best[0].category != "gene" else ""  # what is made is not the gene
            return replace(best[0], end=end, text=text[start:end], curie=curie, category="drug"), after
        joined = _JOINED.match(text, best[0].end) if best[0].category in ("gene", "family", "protein") else None
        if joined:  # "the ErbB family", "IL-22-Fc": no longer the gene itself
            end = joined.end()
            after = next((i for i in range(best[1], len(pieces)) if pieces[i][0] >= end), len(pieces))
            kind = "family" if joined["family"] else "drug"
            curie = best[0].curie if best[0].category == "family" == kind else ""
            return replace(best[0], end=end, text=text[start:end], curie=curie, category=kind), after
        return best

    def _possessive(self, text: str, pieces: list[tuple[int, int, str]], first: int) -> tuple[Mention, int] | None:
        start, right, piece = pieces[first]
        following = pieces[first + 1] if first + 1 < len(pieces) else None
        if following and following[0] == right and following[2][0] in "'’":
            meaning = self._meaning(piece, piece.lower())
            if meaning is not None:
                return Mention(
                    start, right, piece, meaning.curie, meaning.label, meaning.category, meaning.candidates
                ), first + 1
        return None

    def _meaning(self, surface: str, key: str) -> Meaning | None:
        meaning = _listed(surface, key)
        if meaning is not None and meaning.candidates and not meaning.curie:
            key = american(key)
            settled = [c for c in meaning.candidates if c.removeprefix("hgnc:") in self.hints]
            if len(settled) == 1:
                gene = next(g for g in genes_named(key) or genes_named(singular(key)) if g.curie == settled[0])
                return Meaning(gene.curie, gene.symbol, "gene", meaning.candidates)
        return meaning


_ANSWER = re.compile(r"(?:cellular )?responses? to (?P<to>.+)", re.IGNORECASE)


def _answered(surface: str) -> bool:
    """Say whether a name is that of the response to a molecule: "response to insulin", not "response to stress"."""
    match = _ANSWER.fullmatch(surface)
    to = _listed(match["to"], key_of(match["to"])) if match else None
    return to is not None and to.category in MOLECULES


@lru_cache(maxsize=50_000)
def _goes_on(key: str) -> bool:
    """Say whether a name may begin with a key, in any of its spellings."""
    key = american(key)
    return (
        begins(key) or begins(_INTERLEUKIN.sub(r"interleukin\1", key)) or begins(latin(key)) or bool(_MOTIF.match(key))
    )


@lru_cache(maxsize=50_000)
def _listed(surface: str, key: str) -> Meaning | None:
    """Say what a surface form means in any of its spellings, or None."""
    key = american(key)
    meaning = meaning_of(surface, key)
    if meaning is None and (spelt := _INTERLEUKIN.sub(r"interleukin\1", key)) != key:
        meaning = meaning_of(surface, spelt)  # "IL-18 binding protein"
    if meaning is None:
        meaning = spelt_otherwise(surface, key)
    if meaning is None:
        single = singular(key)
        if single != key:
            meaning = meaning_of(surface[:-1] if surface.endswith("s") else surface, single)
    return meaning


# marks of a changed allele that stand without a space: "Stat3fl/fl", "Il6Δhep", "IL-22KO"
ALLELE = re.compile(r"(?:fl/fl|f/f|flox/flox|lox/lox|fl/-|KO\b|Δ(?:/Δ|[A-Za-z]{2,8}\b))")


_MOTIF = re.compile(r"chemokine [cx]")
_GREEK_END = re.compile(r"[-‑ ]?[α-ω]$")
_ISOFORM = re.compile(r"([A-Z][A-Za-z-]*\d*)(?:(?<=\d)[abc]|(?<=[A-Z])\d{3}|vIII)")  # FGFR1c, VEGF-A165, EGFRvIII
_HYPHENATED = re.compile(r"[A-Z]{1,3}-[A-Z]{2,5}")


def spelt_otherwise(surface: str, key: str) -> Meaning | None:
    """Say what a name means that a table spells in another way.

    A Greek letter as the Latin one of the symbol ("IL-36γ" is IL36G) or left out ("IL-4Rα" is IL4R), or before the name
    that it stands behind ("β-klotho" is klotho beta, "E-selectin" selectin E); a form of a molecule that has no entry
    of its own ("FGFR1c"); a hyphen that the symbol lacks ("HB-EGF" is HBEGF).
    """
    first, _, rest = key.partition(" ")
    if first == "chemokine" and " motif " in rest:  # "chemokine (C-C motif) ligand 2", as it was called before
        motif, _, what = rest.partition(" motif ")
        return meaning_of(surface, f"{motif} motif chemokine {what}")
    if first in GREEK.values() or len(first) == 1:
        if rest in _GENERIC:
            return None  # "the α chain"
        found = meaning_of(surface, f"{rest} {first}") if len(rest) > 4 else None
        if found is None and first == "alpha" and len(rest) > 4:
            found = meaning_of(surface[2:], rest)
        return found if found is not None and found.category in MOLECULES else None
    if not surface.isascii():
        if surface.islower():
            return None  # "the α"
        found = meaning_of(surface, latin(key)) if latin(key) != key else None
        stem = _GREEK_END.sub("", surface)
        if found is None and stem != surface and len(stem) > 2:
            found = meaning_of(stem, key_of(stem))
            if found is not None and found.category == "family":
                found = replace(found, curie="")  # one of the family: "PI3Kδ"
        return found if found is not None and found.category in MOLECULES else None
    form = _ISOFORM.fullmatch(surface)
    if form is not None and len(form[1]) > 3:
        found = meaning_of(form[1], key_of(form[1]))
        return found if found is not None and found.category in MOLECULES else None
    if _HYPHENATED.fullmatch(surface):
        return next(
            (
                Meaning(g.curie, g.symbol, "gene")
                for g in genes_named(key.replace(" ", ""))
                if g.symbol == surface.replace("-", "")
            ),
            None,
        )
    return None


_INTERLEUKIN = re.compile(r"\bil(\d+) (?=[a-z]{4,})")
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


_STEM = re.compile(
    r"(?!concept|accept|except|intercept|percept|precept|recept)[a-z]{3,}(?:[aeiou]mab|tinib|citinib|rutinib|"
    r"afenib|ranib|lisib|sertib|parib|ciclib|degib|zomib|[aeiou]cept|kinra|viroc|grastim|poetin|fermin|leukin)"
)


def _by_stem(pieces: list[tuple[int, int, str]], first: int) -> tuple[Mention, int] | None:
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


def _mouse_gene(text: str, pieces: list[tuple[int, int, str]], first: int) -> tuple[Mention, int] | None:
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


@lru_cache(maxsize=50_000)
def meaning_of(surface: str, key: str) -> Meaning | None:
    """Say what a surface form means by itself, or None."""
    if len(key) < 2 or key in _GENERIC or (surface in _NOT_GENES and not _curated(surface, key)):
        return None
    for name in names(key):
        if name.rank == -1 and _written_as(surface, name.written):
            return Meaning(name.curie, name.label, name.category)
    owners = [g for g in genes_named(key) if _names_gene(surface, key, g)]
    own = bool(owners) and (key_of(owners[0].symbol) == key or key_of(owners[0].name) == key)
    found = drug(key)
    if found is not None and len(key) >= 6 and not own:
        chebi = next((n for n in names(key) if n.category == "chemical" and n.rank == 0), None)
        return Meaning(chebi.curie if chebi is not None else found[0], found[1], "drug")
    family = next((n for n in names(key) if n.category == "family" and n.rank == 0), None) if not own else None
    if family is not None and any(c.isdigit() for c in key) and _written_as(surface, family.written):
        return Meaning(family.curie, family.label, "family")  # "IL-12", "STAT5": no one gene
    if owners:
        return _gene_meaning(key, owners)
    if surface.isupper() and len(surface) <= 5:
        return None
    # a single word counts only as a label: synonyms of one word are adjectives and abbreviations
    listed = [n for n in names(key) if n.rank >= 0 and (" " in key or (len(key) >= 4 and n.rank == 0))]
    if listed:
        best = min(listed, key=lambda n: (_ORDER.get(n.category, 9), n.rank, n.curie))
        if best.category == "component" and " " not in key:
            return None
        return Meaning(best.curie, best.label, best.category)
    return None


def _curated(surface: str, key: str) -> bool:
    return any(n.rank == -1 and _written_as(surface, n.written) for n in names(key))


def _written_as(surface: str, written: str) -> bool:
    """Say whether a curated name may be written so: short abbreviations only exactly, the rest in any case."""
    letters = re.sub(r"[^A-Za-z]", "", written)
    if letters.isupper() and len(letters) <= 5 and not any(c.isdigit() for c in written):
        bare = re.sub(r"[^A-Za-z]", "", surface)
        return bare == letters or bare == letters + "s" or (len(letters) == 1 and bare.lower() == letters.lower())
    if written[:1].isupper() and len(written) <= 4 and not written.isupper() and written.isalpha():
        return surface[:1].isupper()
    return True


def _names_gene(surface: str, key: str, gene: Gene) -> bool:
    if any(c.isupper() for c in surface[1:]) or any(c.isdigit() for c in surface) or not surface.isascii():
        if len(key) < 3 and surface != gene.symbol:
            return False
        if surface.isalpha() and surface.isupper() and len(surface) < 3:
            return False
        if not any(c.isupper() for c in surface) and len(key) < 5 and surface not in (gene.symbol, *gene.names):
            return gene.symbol.lower() == key and any(c.isdigit() for c in surface) and len(key) > 2
        return True
    if " " in key or len(key) >= 6:
        # a lower-case word counts as a name only where the table writes it in lower case
        return any(not n.isupper() and n[1:] == n[1:].lower() and key_of(n) == key for n in (gene.name, *gene.names))
    return False


def _gene_meaning(key: str, owners: list[Gene]) -> Meaning:
    first = owners[0]
    if key_of(first.symbol) == key or len(owners) == 1:
        return Meaning(first.curie, first.symbol, "gene")
    named = [g for g in owners if key_of(g.name) == key]
    if len(named) == 1:
        return Meaning(named[0].curie, named[0].symbol, "gene", tuple(g.curie for g in owners))
    return Meaning("", owners[0].symbol, "gene", tuple(g.curie for g in owners))


def hints_of(mentions: Iterable[Mention]) -> frozenset[str]:
    """Give the HGNC numbers that mentions name without doubt."""
    return frozenset(m.curie[5:] for m in mentions if m.curie.startswith("hgnc:") and not m.candidates)


def ground(phrase: str) -> Name | None:
    """Give the CURIE of a whole phrase that names a process, disease, cell, … or None.

    Example:
        >>> ground("megakaryocyte differentiation").curie
        'go:0030219'
    """
    for key in dict.fromkeys((key_of(phrase), singular(key_of(phrase)))):
        found = [n for n in names(key) if n.rank != -1 or _written_as(phrase, n.written)]
        if found:
            return min(found, key=lambda n: (n.rank != -1, _ORDER.get(n.category, 9), n.rank, n.curie))
    return None
