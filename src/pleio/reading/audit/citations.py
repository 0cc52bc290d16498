"""Citations: malformed marks, keys without a reference, references retracted, doubled or idle, uncited statements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..documents.markup import Citation
from ..documents.structure import Passage
from ..vocabulary import retracted
from .finding import ERROR, INFO, WARNING, Edit, Finding
from .numbered import broken_numbers, missing, unlisted_authors
from .page import Page

# what is left of a mark that lost or swapped its brackets; the key has a year, as citation keys do
_BROKEN = re.compile(
    r"""[\[({]{0,2}\s?["'“”]?\s?@{1,2}\s?(?P<a>[A-Za-z][\w-]{1,40}\d{4}[a-z]?)
        (?:\s?["'“”]?[.,;:]?\s?[\])}]{1,2}|\s?["'“”])?
      | \[\s?["'“”]?(?P<b>[A-Za-z][\w-]{1,40}\d{4}[a-z]?)@["'“”]?\s?[\])}]{0,2}
      | \[(?P<c>[A-Za-z][\w-]{1,40}\d{4}[a-z]?)[\])}]?
      | (?<![\w\[@])(?P<d>[A-Za-z][\w-]{1,40}\d{4}[a-z]?)\]
      | \[(?P<e>[a-z][\w-]{1,40}\s\d{4}[a-z]?)\](?!\()""",
    re.X,
)
_ITEM = r"(?:[a-zA-Z][a-z., ]{0,30}\s)?-?@[\w:.-]{0,59}\w(?:,\s[^\[\]@;\n]{1,40})?"  # "see also @key, p. 7"
_GOOD = re.compile(rf"\[{_ITEM}(?:\s?[;,]\s?{_ITEM})*\]")
_PMID = re.compile(
    r"\b(?:PMIDs?|PubMed(?:\s+(?:PMID|ID|entry))?)\s?[:=#]?\s?(\d{5,8})\b|"
    r"pubmed(?:\.ncbi\.nlm\.nih\.gov|/)/?(?:\?term=)?(\d{5,8})\b|"
    r"""\bpub-id-type=["']pmid["'][^<>]{0,100}>\s*(\d{5,8})\b""",
    re.I,
)
_RETRACTED = re.compile(r"(?<!\bnot )\b(?:RETRACTED(?: ARTICLE)?|Retracted(?=\s?[:\]])|Retraction (?:in|of|notice))\b")


_POINTER = re.compile(
    r"""<xref\b(?=[^<>]{0,300}ref-type=["']bibr)[^<>]{0,300}?\brid=["']([^"'<>]{1,200})["'][^<>]{0,300}>|"""
    r"""<a\b[^<>]{0,200}\bhref=["']?\#([\w:.-]{1,80})["']?[^<>]{0,200}>(?=\s*[\[(]?\d{1,3}(?:[–-]\d{1,3})?[\])]?\s*</a>)""",
    re.I,
)


def check_citations(page: Page) -> Iterator[Finding]:
    """Report everything that is wrong between the citation marks and the list of references."""
    keys = {p.key for p in page.outline.references if p.key}
    numbered = {k for k in keys if k.isdigit()} or {str(n + 1) for n in range(len(page.outline.references))}
    marks = [m for m in page.outline.citations if m.style == "key"]
    cited: set[str] = set()
    broken = list(_malformed(page, keys, marks))
    for start, end, key, correction in broken:
        cited.add(key)
        certain = key in keys or not keys
        yield page.finding(
            "unparsable_citation",
            ERROR,
            start,
            end,
            f"the citation mark {page.text[start:end]!r} is malformed",
            correction,
            "the form of the other marks: [@key]",
            edits=(Edit(start, end, correction),) if certain else (),
        )
        if key not in keys:
            yield missing(page, start, end, key, keys)
    spans = {(start, end) for start, end, _, _ in broken}
    for mark in marks:
        cited.update(mark.keys)
        if any(start < mark.end and mark.start < end for start, end in spans):
            continue
        for key in mark.keys:
            if key not in keys:
                yield missing(page, mark.start, mark.end, key, keys)
    for mark in page.outline.citations:
        if mark.style == "number" and page.outline.references:
            cited.update(mark.keys)
            for key in mark.keys:
                if key not in numbered:
                    yield missing(page, mark.start, mark.end, key, keys)
    yield from _pointers(page, cited)
    yield from broken_numbers(page, cited)
    yield from unlisted_authors(page)
    yield from _references(page, cited)


def _pointers(page: Page, cited: set[str]) -> Iterator[Finding]:
    """Follow the marks that lead to an entry by its id, as those of journals and of HTML do."""
    if not page.outline.references:
        return
    ids = page.anchors
    for match in _POINTER.finditer(page.text):
        named = next(part for part in match.groups() if part).split()
        cited.update(named)
        lost = [name for name in named if name not in ids]
        if lost:
            yield missing(page, match.start(), match.end(), lost[0], ids)


def _malformed(page: Page, keys: set[str], marks: list[Citation]) -> Iterator[tuple[int, int, str, str]]:
    good = [
        (m.start(), m.end())
        for m in _GOOD.finditer(page.text)
        if not _has_a_bracket_too_many(page.text, m.start(), m.end())
    ]
    listed = [(p.start, p.end) for p in page.outline.references]
    known = keys | {key for mark in marks if mark.well_formed for key in mark.keys}
    at_good = at_listed = 0
    for match in _BROKEN.finditer(page.text):
        start, end = match.span()
        while at_good < len(good) and good[at_good][1] <= start:
            at_good += 1
        if at_good < len(good) and good[at_good][0] < end:
            continue
        while at_listed < len(listed) and listed[at_listed][1] <= start:
            at_listed += 1
        if at_listed < len(listed) and listed[at_listed][0] - 3 <= start:
            continue
        key = next(part for part in match.groups() if part).replace(" ", "")
        if match["c"] or match["d"] or match["e"]:
            if key not in known or page.text[end : end + 1] == "(":
                continue
        elif (
            page.text[start] == "@"
            and page.text[end - 1] != "]"
            and start
            and key not in known
            and (page.text[start - 1].isalnum() or page.text[start - 1] in "/.")
        ):
            continue  # an address or an account name
        yield start, end, key, f"[@{key}]"


def _has_a_bracket_too_many(text: str, start: int, end: int) -> bool:
    """Say whether a mark stands in a second pair of brackets, or beside one that nothing opens or closes."""
    before, after = text[max(0, start - 1) : start] == "[", text[end : end + 1] == "]"
    if before or not after:
        return before
    line = text[max(text.rfind("\n", 0, start) + 1, start - 1000) : start]
    return line.count("[") <= line.count("]")


def _references(page: Page, cited: set[str]) -> Iterator[Finding]:
    seen: dict[str, Passage] = {}
    for number, entry in enumerate(page.outline.references, 1):
        yield from _withdrawn(page, entry)
        text = re.sub(r"\W+", " ", entry.text.lower()).strip()
        body = text.removeprefix(re.sub(r"\W+", " ", entry.key.lower())).strip()
        first = seen.setdefault(body, entry)
        if first is not entry and len(body) > 20:
            yield page.finding(
                "duplicated_reference",
                WARNING,
                entry.start,
                entry.end,
                "this reference is listed twice",
                f"keep one; the other is {first.key or 'above'}",
                "the page's list of references",
            )
        key = entry.key or str(number)
        labels = {key, str(number)} if page.document.media == "jats" else {key}
        if cited and not labels & cited and (entry.key or any(k.isdigit() for k in cited)):
            yield page.finding(
                "reference_never_cited",
                INFO,
                entry.start,
                entry.end,
                f"the reference {key} is never cited",
                "cite it where it belongs, or remove it",
                "the page's citation marks",
            )


def _withdrawn(page: Page, entry: Passage) -> Iterator[Finding]:
    """Report an entry whose paper was retracted: the list of notices says so, or the entry itself."""
    for match in _PMID.finditer(page.text, entry.start, entry.end):  # the source: an address is no text
        pmid = next(part for part in match.groups() if part)
        if pmid in retracted():
            yield page.finding(
                "retracted_reference",
                ERROR,
                match.start(3) if match[3] else match.start(),
                match.end(),
                f"the paper PMID {pmid} was retracted",
                "remove it, or say that it was retracted",
                "PubMed retraction notices as of July 2024, in the shipped vocabulary",
            )
            return
    said = _RETRACTED.search(page.text, entry.start, entry.end)
    if said:
        yield page.finding(
            "retracted_reference",
            WARNING,
            *said.span(),
            "the list of references itself says that this paper was retracted",
            "remove it, and look again at what rests on it",
            "the words of this entry",
        )
