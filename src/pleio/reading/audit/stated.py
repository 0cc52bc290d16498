"""Lengths and masses of a protein as a page states them: in its infobox, in tables and in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..documents.structure import Passage, Table
from .page import Page

_UNIT = r"(?:amino[- ]acids?(?:\s+residues?)?|residues?|aa)"
_LENGTH = re.compile(
    rf"(?P<n>\d{{1,3}}(?:,\d{{3}})|\d{{1,5}})(?:\s?[-–‑]?\s?{_UNIT}\b|"
    r"(?=\s(?:(?:form|make up|belong to|constitute)\s)?(?:the|its|a|in the)\s(?:signal|leader|mature)\b))|"
    rf"\b{_UNIT}\s(?P<from>\d{{1,4}})\s?(?:[-–]|to)\s?(?P<to>\d{{1,4}})\b",
    re.I,
)
_ELLIPTIC = re.compile(  # "has 202 amino acids, the signal peptide 22 and the mature protein 180"
    r"\b(?:(?:signal|leader)\s(?:peptide|sequence)|mature\s(?:protein|form|chain|peptide|hormone)|precursor|"
    r"pro-?(?:peptide|domain|segment))"
    r"\s(?:of\s|has\s)?(?P<n>\d{1,4})(?=\s(?:and|while|but)\b|[,;.](?:\s|$)|$)",
    re.I,
)
_CUT = re.compile(
    r"\b(?:cleav|cut|process|split)\w*\s[^.;,]{0,60}?\b(?:after|behind|between)\s(?:residues?|amino acids?|positions?)"
    r"\s(?P<n>\d{1,4})\b(?!\s?[-–]\s?\d)",
    re.I,
)
_MASS = re.compile(r"(?P<n>\d{1,4}(?:\.\d+)?)\s?-?\s?kDa\b")
_BARE = re.compile(r"(?P<n>\d{1,5})\s*$")
_SIGNAL = re.compile(r"signal\s+(?:peptide|sequence)|leader\s+(?:peptide|sequence)|secretory\s+signal", re.I)
_MATURE = re.compile(r"\bmature\b|processed\s+form|secreted\s+form|after\s+(?:its\s+)?cleavage", re.I)
_PRECURSOR = re.compile(
    r"precursor|pre-?pro-?(?:protein|peptide|form)?|pre-?protein|pro-?protein|full[- ]length|open\s+reading\s+frame|"
    r"unprocessed|primary\s+translation|\bencod(?:es|ed|ing)\b|nascent|\b(?:translated|synthesi[sz]ed|made)\s+as\b",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:domain|replaced|last|deletion|lacks?|missing|isoform|tail|loop|linker|extracellular|cytoplasmic|"
    r"transmembrane|intracellular|helix|motif|shorter|longer|identity|identical|between|C-terminal)",
    re.I,
)
_PROPEPTIDE = re.compile(r"\b(?:pro-?(?:peptide|domain|segment|region)|activation peptide|latency[- ]associated)", re.I)
_START = re.compile(r"\b(?:first|N-terminal)\b(?!\s+signal)", re.I)  # a signal peptide stands at the start
_CUES = (("signal", _SIGNAL), ("mature", _MATURE), ("precursor", _PRECURSOR), ("propeptide", _PROPEPTIDE), ("", _OTHER))
_CLAUSE = re.compile(
    r"[.;:]\s|\n|,\s|\)\s|\sand\s|\swhile\s|\swhereas\s|\sof which\s|"
    r"\s(?:leaves|leaving|yields?|yielding|gives|giving|generates?|produces?|with|including|from which)\s"
)
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z])")
_MULTIPLE = re.compile(
    r"\b(?:\w*dimer\w*|\w*trimer\w*|\w*tetramer\w*|complex\w*|oligomer\w*|glyc\w+|sugars?|gels?)\b", re.I
)
_LENGTH_COLUMN = re.compile(r"length|amino acids?|residues?|\baa\b", re.I)
_MASS_LABELS = ("molecular weight", "mass", "molecular mass", "mw", "protein mass")


@dataclass(frozen=True)
class Length:
    """A stated length in amino acids: its role, where the number stands, and in which sentence."""

    role: str
    value: int
    start: int
    end: int
    sentence: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Mass:
    """A stated mass in kDa; `sentence` is empty for that of the infobox."""

    value: float
    start: int
    end: int
    sentence: tuple[int, int] | None
    role: str = ""  # "mature" or "precursor", where its clause names the form


def lengths_of_passage(passage: Passage) -> Iterator[Length]:
    """Give the lengths in a passage that say what they measure, or ("plain") nothing at all."""
    text = passage.text
    for match in _CUT.finditer(text):
        yield Length("cut", int(match["n"]), *passage.source(*match.span("n")), _sentence_of(passage, match.start("n")))
    found = [*_LENGTH.finditer(text)]
    if found:
        found += [m for m in _ELLIPTIC.finditer(text) if not any(m["n"] and o.start() == m.start("n") for o in found)]
    breaks = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text) + 1]
    by_clause: dict[tuple[int, int], list[re.Match[str]]] = {}
    for match in sorted(found, key=lambda m: m.start()):
        at = _number(match)[0]
        clause = max(b for b in breaks if b <= at), min(b for b in breaks if b > at)
        by_clause.setdefault(clause, []).append(match)
    for (left, right), matches in by_clause.items():
        for match, role in zip(matches, _roles(text, left, right, matches), strict=True):
            begin, stop, value = _number(match)
            if role and not (match.re is _LENGTH and match["from"] and role == "plain"):
                start, end = passage.source(begin, stop)
                yield Length(role, value, start, end, _sentence_of(passage, begin))


def _number(match: re.Match[str]) -> tuple[int, int, int]:
    if match["n"]:
        return *match.span("n"), int(match["n"].replace(",", ""))
    return match.start("from"), match.end("to"), int(match["to"]) - int(match["from"]) + 1


def _roles(text: str, left: int, right: int, matches: list[re.Match[str]]) -> list[str]:
    """Say what each length of a clause measures: by the nearest cue that no nearer length has taken.

    A clause without a cue takes that of the words it stands beside ("Precursor: 202", "the mature protein, 180
    residues"); one that has neither is plain.
    """
    clause = text[left:right]
    cues = [(c.start() + left, c.end() + left, role) for role, pattern in _CUES for c in pattern.finditer(clause)]
    if not any(role == "signal" for _, _, role in cues):
        cues += [(c.start() + left, c.end() + left, "") for c in _START.finditer(clause)]
    if not cues:
        before = re.sub(r"[\s,:(]+$", "", text[max(0, left - 60) : left])
        beside = [(c.end(), role) for role, pattern in _CUES for c in pattern.finditer(before)]
        near = max(beside, default=(0, ""))
        nouns = re.sub(r"\s(?:protein|form|chain|peptide|hormone|cytokine)$", "", before)
        role = near[1] if beside and near[0] >= len(nouns) else _cue_after(text, right) or "plain"
        return [role] * len(matches)
    pairs = sorted(
        (max(a - m.end(), m.start() - b, 0), i, j) for i, m in enumerate(matches) for j, (a, b, _) in enumerate(cues)
    )
    roles, taken = dict[int, str](), set[int]()
    for _, i, j in pairs:
        if i not in roles and j not in taken:
            roles[i] = cues[j][2]
            taken.add(j)
    return [roles.get(i, "") for i in range(len(matches))]


def _cue_after(text: str, at: int) -> str:
    """Give what the rest of the sentence says of a length that it does not repeat."""
    stop = _SENTENCE.search(text, max(at - 2, 0))
    rest = text[at : stop.start() if stop else len(text)]
    following = _LENGTH.search(rest)
    rest = rest[: following.start()] if following else rest
    found = [(c.start(), role) for role, pattern in _CUES for c in pattern.finditer(rest)]
    return min(found)[1] if found and not following else ""


def _sentence_of(passage: Passage, at: int) -> tuple[int, int]:
    ends = [0, *(m.end() for m in _SENTENCE.finditer(passage.text)), len(passage.text) + 1]
    return passage.start, max(e for e in ends if e <= at)


def masses_of_passage(passage: Passage) -> Iterator[Mass]:
    """Give the masses in a passage that are those of a single bare chain."""
    for match in _MASS.finditer(passage.text):
        sentence = _sentence_of(passage, match.start())
        stop = _SENTENCE.search(passage.text, match.end())
        whole = passage.text[sentence[1] : stop.start() if stop else None]
        said = next((part for part in _part_with(whole, match[0])), whole)
        if not _MULTIPLE.search(said) and len(_MASS.findall(said)) == 1:
            role = "mature" if _MATURE.search(said) else "precursor" if _PRECURSOR.search(said) else ""
            yield Mass(float(match["n"]), *passage.source(*match.span("n")), sentence, role)


def _part_with(sentence: str, mass: str) -> list[str]:
    """The part between semicolons that states a mass: "…; the dimer is twice as heavy" says nothing of it."""
    return [part for part in sentence.split("; ") if mass in part]


def lengths_of_box(page: Page) -> Iterator[Length]:
    """Lengths in the infobox; one that says no more than "length" is that of the chain as translated."""
    for _, label, row in page.info_rows():
        body = row.cells[1].body
        match = _LENGTH.search(body.text) or (_BARE.match(body.text) if "length" in label else None)
        if match is None or not match["n"]:
            continue
        role = _role_of((label, body.text))
        if role or label in ("length", "protein length"):
            start, end = body.source(match.start("n"), match.end("n"))
            yield Length(role or "precursor", int(match["n"].replace(",", "")), start, end)


def lengths_of_table(table: Table) -> Iterator[Length]:
    """Lengths in a table whose rows are the forms of one protein."""
    if not table.rows:
        return
    columns = {i for i, cell in enumerate(table.rows[0].cells) if _LENGTH_COLUMN.search(cell.text)}
    for row in table.rows:
        role = _role_of((row.cells[0].text,)) if row.cells else ""
        for index, cell in enumerate(row.cells[1:], 1):
            match = _LENGTH.match(cell.text) or (_BARE.match(cell.text) if index in columns else None)
            if role and match is not None and match["n"]:
                start, end = cell.body.source(*match.span("n"))
                yield Length(role, int(match["n"].replace(",", "")), start, end)
                break


def _role_of(texts: tuple[str, ...]) -> str:
    return next((role for text in texts for role, cue in _CUES[:4] if cue.search(text)), "")


def mass_of_box(page: Page) -> Mass | None:
    """Give the mass that the infobox states."""
    for _, label, row in page.info_rows():
        match = _MASS.search(row.cells[1].text) if label in _MASS_LABELS else None
        if match:
            return Mass(float(match["n"]), *row.cells[1].body.source(*match.span("n")), None)
    return None
