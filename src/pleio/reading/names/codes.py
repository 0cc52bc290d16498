"""Codes of compounds, clones and constructs that no table holds: "SB-431542", "1D11", "AMG 714", "FST344".

A code is taken for what was given only where the document says so at least once: a dose in parentheses after it, a word
for its kind before or after it ("the inhibitor …", "…, an antibody to A").  Cell lines and strains are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .mention import Mention

_CODE = (
    r"(?:[A-Z]{1,5}-\d{2,7}(?:-\d{1,5})?[a-z]?|[A-Z]{2,5} \d{2,6}(?:-\d{2,5})?|[A-Z]\d{3,6}|[A-Z]{2,4}\d{2,6}[A-Z]?|"
    r"\d[A-Z]\d{1,2}|[A-Z]-[A-Z]{3,6}|[A-Z]{2,5}-[A-Z]?\d{1,6}|[A-Z]{2,4}-\d-\d{2,5})"
)
_KIND = (
    r"(?:inhibitors?|antagonists?|agonists?|antibod(?:y|ies)|blockers?|compounds?|degraders?|activators?|nanobod(?:y|ies)|"
    r"mimetics?|vectors?|clones?|peptides?|dimers?|formulations?|fusion proteins?|medicines?|drugs?|muteins?|"
    r"superagonists?|analogues?|analogs?|molecules?|chelators?|biologics?)"
)
_DOSE = (
    r"\((?:clone [^(),;]{1,15}[,;] ?)?\d[\d.,]*(?: ?[x×] ?10\S{1,4})? ?(?:[pnµμm]M|[nµμm]?g\b|mg/|vg\b|IU|U/|[pn]?mol)"
)
_CUES = (
    re.compile(rf"\b{_KIND} (?P<code>{_CODE})(?![\w-])"),
    re.compile(rf"(?<![\w-])(?P<code>{_CODE}) {_DOSE}"),
    re.compile(rf"(?<![\w-])(?P<code>{_CODE}),? (?:is |was )?(?:an? |the )(?:[\w-]+ ){{0,5}}?{_KIND}\b"),
    re.compile(rf"\bAAV\d?-(?P<code>{_CODE})(?![\w-])"),
    re.compile(rf"\banti-[\w-]+ antibody (?P<code>{_CODE})(?![\w-])"),
)
# what a document calls an inhibitor or the like, where its name ends as medicines do, or is short
_CALLED = re.compile(
    rf"\b{_KIND} (?P<code>[a-z]{{3,12}}(?:nib|tib|mab|cept|stat|tinib|rasib|ciclib|lisib|parib|degib|cillin|mycin)|"
    r"[A-Z]{2,4}\d)(?![\w-])"
)
_NONE = re.compile(r"(?:IC|EC|ED|LD|CD|IL|ACR|HLA|BMP|FGF|SF|DAS|PASI|MADRS|COVID|SARS|H|P|O|S|B|A|T)-?\d+\b|.*-0+$")
_LIVING = re.compile(
    r"\s(?:cells?|cell line|mice|rats?|strain|myoblasts|fibroblasts|macrophages|xenografts?|tumou?rs?)\b"
)


def codes_in(texts: Iterable[str]) -> frozenset[str]:
    """Give the codes that a document says are given."""
    found: set[str] = set()
    living: set[str] = set()
    for text in texts:
        found |= {form for m in _CALLED.finditer(text) for form in (m["code"], m["code"][0].upper() + m["code"][1:])}
        if not any(c.isdigit() for c in text):
            continue
        for cue in _CUES:
            for match in cue.finditer(text):
                if not _NONE.fullmatch(match["code"]):
                    found.add(match["code"])
                    if _LIVING.match(text, match.end("code")):
                        living.add(match["code"])
    return frozenset(found - living)


def with_codes(text: str, named: Sequence[Mention], codes: frozenset[str]) -> list[Mention]:
    """Add the codes of a text to its names, where no name lies."""
    if not codes:
        return list(named)
    out = list(named)
    pattern = re.compile(
        r"(?<![\w])(?:" + "|".join(re.escape(c) for c in sorted(codes, key=len, reverse=True)) + r")(?![\w])"
    )
    for match in pattern.finditer(text):
        start, end = match.span()
        over = [m for m in out if m.start < end and start < m.end]
        if any(m.end - m.start >= end - start for m in over) or _LIVING.match(text, end):
            continue
        out = [m for m in out if m not in over]
        out.append(Mention(start, end, match[0], "", match[0], "drug"))
    return sorted(out, key=lambda m: m.start)
