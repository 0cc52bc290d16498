"""What a document abbreviates: "ulcerative colitis (UC)" makes UC that disease wherever the document says UC.

A short form stands in parentheses after its long form, or the other way round; each of its letters is found in the long
form from right to left, the first of them at the start of a word (Schwartz and Hearst 2003, PMID 12603049).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from .mention import Mention

Find = Callable[[str], Sequence[Mention]]

_AFTER = re.compile(r"\(\s*(?P<short>[A-Za-z][\w/+-]{1,9})\s*(?:[;,][^()]{0,60})?\)")
_BEFORE = re.compile(r"(?<![\w-])(?P<short>[A-Z][\w/+-]{1,9}) \((?P<long>[A-Za-z][^()]{5,80})\)")
_WORD = re.compile(r"[^\s(]+")
_STOP = re.compile(r"[.;:()\[\]]\s|[()\[\];]")
MOST = 300  # short forms of one document; more is bait
_PLACED = {"cell", "disease", "phenotype", "process", "tissue", "species", "pathway"}
#: heads of long forms that name no molecule: a short form of theirs is no gene, whatever a table says
_NO_MOLECULE = set(
    "cell cells disease syndrome injury failure infarction obstruction ligation occlusion reperfusion "
    "transplantation surgery therapy imaging tomography spectrometry chromatography spectroscopy microscopy "
    "cytometry sequencing assay medium saline serum buffer diet score scale index volume rate ratio interval "
    "pressure mass area length time model mice mouse rats patients trial trials study studies analysis mite "
    "hypertension encephalomyelitis colitis nephritis arthritis dermatitis hepatitis cirrhosis carcinoma lymphoma "
    "leukemia leukaemia cancer tumor tumour anemia anaemia response survival event events unit units centre center "
    "lavage space membrane region population".split()
)

Meanings = Mapping[str, Mention | None]


def abbreviations(texts: Iterable[str], find: Find) -> dict[str, Mention | None]:
    """Give what short forms mean: a name at no place, or None for something that is no known name."""
    found: dict[str, Mention | None] = {}
    for text in texts:
        for short, long in _pairs(text):
            if short in found or len(found) >= MOST:
                continue
            named = _named(long, find)
            if named is not None:
                found[short] = named
            elif long.rsplit(None, 1)[-1].lower() in _NO_MOLECULE:
                found[short] = None
    return found


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    if "(" not in text:
        return
    for match in _AFTER.finditer(text):
        short = match["short"]
        if _is_short(short):
            long = long_form(short, text[max(0, match.start() - 120) : match.start()])
            if long:
                yield short, long
    for match in _BEFORE.finditer(text):
        short, long = match["short"], match["long"].strip()
        if _is_short(short) and long_form(short, long) == long:
            yield short, long


def _is_short(form: str) -> bool:
    return sum(c.isupper() for c in form) >= 2 and len(re.sub(r"[^A-Za-z]", "", form)) <= 8


def long_form(short: str, before: str) -> str:
    """Give the words that a short form stands for, which end what is before it; "" where there are none.

    Example:
        >>> long_form("UC", "in patients with ulcerative colitis ")
        'ulcerative colitis'
        >>> long_form("UC", "in patients with Crohn disease ")
        ''
    """
    cut = list(_STOP.finditer(before.rstrip()))
    text = before.rstrip()[cut[-1].end() if cut else 0 :]
    bare = short[:-1] if short[-1] == "s" and short[:-1].isupper() else short
    letters = [c.lower() for c in bare if c.isalnum()]
    words = list(_WORD.finditer(text))[-min(len(letters) + 5, 2 * len(letters)) :]
    if not words:
        return ""
    least, at = words[0].start(), len(text)
    for k, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= least and (text[at].lower() != letter or (k == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < least:
            return ""
    long = text[at:]
    return long if len(long) > len(short) + 2 and short not in long.split() else ""


def _named(long: str, find: Find) -> Mention | None:
    """The name that a long form is, or what kind of thing its last word makes it."""
    last = next((m for m in reversed(find(long)) if m.end == len(long)), None)
    if last is None:
        return None
    if last.start == 0:
        return last
    return replace(last, curie="", label=long, candidates=()) if last.category in _PLACED else None


def with_abbreviations(text: str, named: Sequence[Mention], meanings: Meanings) -> list[Mention]:
    """Give the names of a text, its short forms read as the document means them."""
    if not meanings:
        return list(named)
    out = list(named)
    either = "|".join(re.escape(short) for short in sorted(meanings, key=len, reverse=True))
    for match in re.finditer(rf"(?<![\w-])(?P<short>{either})s?(?![\w])", text):
        start, end, meant = *match.span(), meanings[match["short"]]
        over = [m for m in out if m.start < end and start < m.end]
        if any(m.start < start or m.end > end for m in over):
            continue  # part of a longer name
        if meant is None and any(c.isdigit() for c in match["short"]):
            continue
        if meant is not None and any(m.curie and m.curie == meant.curie for m in over):
            continue
        out = [m for m in out if m not in over]
        if meant is not None:
            out.append(replace(meant, start=start, end=end, text=match[0]))
    return sorted(out, key=lambda m: m.start)
