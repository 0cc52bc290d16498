"""Citations by number, and by author and year: marks that are broken, and those that the list does not have."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from .finding import ERROR, Finding
from .page import Page

_BROKEN_NUMBER = re.compile(
    r"(?<=[A-Za-z.,;()>])\s?(?P<mark>\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,9}(?:[)}]|(?=[.;]|</sup>|\s[A-Z]|\s?\n|$))|"
    r"\[\d{1,3}\s?(?:,\s?,|--|;\s?;)\s?\d{1,3}\]|\[(?:@\s?|\?{1,3}|\s?)\]|(?<=\w\s)(?P<bare>\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,9}\]))(?!\()"
)


def broken_numbers(page: Page, cited: set[str]) -> Iterator[Finding]:
    """Report marks without a number or key, and in pages that cite by number those that lost a bracket."""
    numbered = any(mark.style == "number" for mark in page.outline.citations)
    if not page.outline.citations:
        return
    most = len(page.outline.references) or 999
    for passage in page.outline.passages:
        if passage.kind in ("reference", "residue", "link"):
            continue
        for match in _BROKEN_NUMBER.finditer(page.text, passage.start, min(passage.end + 1, len(page.text))):
            numbers = re.findall(r"\d+", match["mark"])
            if numbers and not numbered:
                continue
            if match["bare"] and _is_open(page.text[max(passage.start, match.start() - 300) : match.start()]):
                continue
            if any(not 1 <= int(n) <= most for n in numbers):
                continue  # an interval or a size
            cited.update(numbers)
            right = "[" + ", ".join(numbers) + "]"
            yield page.finding(
                "unparsable_citation",
                ERROR,
                *match.span("mark"),
                f"the citation mark {match['mark']!r} is malformed",
                right if numbers else "name the reference",
                "the form of the other marks",
            )


def _is_open(text: str) -> bool:
    return text.count("[") > text.count("]")


def unlisted_authors(page: Page) -> Iterator[Finding]:
    """Report citations by author and year that no entry of the list has, where the list has others of them."""
    marks = [m for m in page.outline.citations if m.style == "author"]
    entries = [p.text for p in page.outline.references]
    known = {key: any(_names(entry, key) for entry in entries) for mark in marks for key in mark.keys}
    if not any(known.values()):
        return
    for mark in marks:
        for key in mark.keys:
            if not known[key]:
                yield missing(page, mark.start, mark.end, key, set(known))


def _names(entry: str, key: str) -> bool:
    """Say whether an entry of the references has the first author and the year of a citation."""
    surname = next((word for word in re.split(r"[\s,]+", key) if word[:1].isupper()), key)  # past "van den"
    year = key[-5:].strip(" ,") if key[-1:].isalpha() else key[-4:]
    return bool(re.search(rf"\b{re.escape(surname)}\b", entry[:200], re.I) and re.search(rf"\b{year[:4]}", entry))


def missing(page: Page, start: int, end: int, key: str, keys: set[str]) -> Finding:
    """Make the finding that a mark names a reference that the page does not list."""
    close = difflib.get_close_matches(key, keys, n=1, cutoff=0.85)
    hint = f"; did you mean {close[0]}?" if close else ""
    return page.finding(
        "citation_without_reference",
        ERROR,
        start,
        end,
        f"'{key}' is cited but not among the references",
        f"no reference entry for {key}{hint}",
        f"the page's list of references ({len(keys)} {'entry' if len(keys) == 1 else 'entries'})",
    )
