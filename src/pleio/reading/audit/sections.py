"""Empty and doubled sections, doubled infoboxes, metadata left in the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..documents.structure import HEADING, LINK, REFERENCE, RESIDUE, Passage
from .finding import INFO, WARNING, Finding
from .page import Page

_NEEDS_CONTENT = re.compile(
    r"^(?:references?|bibliography|see also|external links?|further reading|literature|pathway diagram|figures?|"
    r"tables?)$",
    re.I,
)
_ANNOUNCES = re.compile(
    r"\b(?:following|below)\b.{0,60}\b(?:diagram|figure|table|chart|image|list)\b|\b(?:diagram|figure|"
    r"table)\b.{0,40}\bbelow\b",
    re.I,
)
_PLACEHOLDER = re.compile(
    r"\W*|(?:to ?do|tb[adcw]|wip|fixme|x{3,}|n/?a|stub|placeholder|pending|coming soon|under construction|"
    r"work in progress|"
    r"(?:(?:content|text|details|section|this section|more)\s)?(?:is\s|are\s)?(?:still\s)?(?:to be "
    r"(?:added|written|completed|done|determined|filled in|expanded)|empty|missing|under construction|a stub|to follow|"
    r"needs? (?:expansion|content|to be (?:written|expanded)))|please add .{0,80}|lorem ipsum.*)[\s.!…:]*",
    re.I,
)
_ROWS = re.compile(r"^\s?\|[^\n]{3,}\|\s*\n\s?\|[ :|-]{3,}\|", re.M)  # a table of pipes
_FIGURE = re.compile(r"!\[|<img\b|<svg\b|<figure\b|```|<table\b|<div\b", re.I)


def check_sections(page: Page) -> Iterator[Finding]:
    """Report sections with nothing in them, and those that announce something that does not follow."""
    passages = page.outline.passages
    for index, passage in enumerate(passages):
        if passage.kind != HEADING:
            continue
        rest = _content(passages, index)
        following = passages[index + 1] if index + 1 < len(passages) else None
        title = passage.text.rstrip(": ")
        start = page.text.rfind("\n", 0, passage.start) + 1
        if not rest:
            nested = (
                following is not None
                and following.kind == HEADING
                and (following.level > passage.level if passage.level < 10 else not _NEEDS_CONTENT.match(title))
                and not (passage.text[:1].isdigit() and _NEEDS_CONTENT.match(following.text.strip(": ")))
            )
            if nested or index == 0 or _has_table(page, passage.end, following.start if following else len(page.text)):
                continue
            end = next((p.start for p in passages[index + 1 :] if p.kind == HEADING), len(page.text))
            if _ROWS.search(page.text, passage.end, end):
                continue
            yield page.finding(
                "empty_section",
                WARNING,
                start,
                passage.end,
                f"the section '{title}' has nothing in it",
                f"fill '{title}', or remove its heading",
                "the page's headings",
                section=title,
            )
            continue
        last = rest[-1]
        after = next((p for p in passages[index + 1 + len(rest) :] if p.kind != RESIDUE), None)
        if len(rest) == 1 and last.text.endswith(":") and last.kind != LINK:
            colon_child = (
                after is not None
                and after.kind == HEADING
                and (after.level == 60 or (passage.level < 10 and after.level > passage.level))
            )
            stop = passages[index + 2].start if index + 2 < len(passages) else len(page.text)
            if colon_child or _has_table(page, last.end, stop) or _FIGURE.search(page.text, last.end, stop):
                continue
            yield page.finding(
                "empty_section",
                INFO if after is not None and 10 <= after.level < 60 else WARNING,  # an unmarked heading may be a child
                start,
                last.end,
                f"the section '{title}' ends in a colon and nothing follows",
                f"add what '{title}' announces, or remove it",
                "the page's headings",
                section=title,
            )
        elif len(rest) == 1 and _ANNOUNCES.search(last.text) and len(last.text) < 300:
            stop = passages[index + 2].start if index + 2 < len(passages) else len(page.text)
            if not _FIGURE.search(page.text, last.start, stop):
                yield page.finding(
                    "empty_section",
                    WARNING,
                    start,
                    last.end,
                    f"the section '{title}' announces something that does not follow",
                    "add it, or remove the announcement",
                    "the page's headings",
                    section=title,
                )


def _content(passages: tuple[Passage, ...], index: int) -> list[Passage]:
    rest = []
    for passage in passages[index + 1 :]:
        if passage.kind in (HEADING, RESIDUE):
            break
        if not _PLACEHOLDER.fullmatch(passage.text.strip(" *_[](){}<>")):
            rest.append(passage)
    return rest


def _has_table(page: Page, start: int, end: int) -> bool:
    return any(start <= table.start < end or table.start <= start < table.end for table in page.outline.tables)


def check_titles(page: Page) -> Iterator[Finding]:
    """Report a heading that stands twice under the same one, each with text of its own."""
    seen: dict[tuple[object, ...], Passage] = {}
    passages = page.outline.passages
    for index, passage in enumerate(passages):
        if passage.kind != HEADING or passage.level >= 10 or not _content(passages, index):
            continue
        first = seen.setdefault((passage.level, passage.headings, passage.text.lower().strip(": ")), passage)
        if first is not passage:
            yield page.finding(
                "duplicated_section",
                WARNING,
                passage.start,
                passage.end,
                f"a section '{passage.text}' already stands in line {page.document.line_of(first.start)}",
                "merge the two, or name them apart",
                "the page's headings",
            )


def check_doubles(page: Page) -> Iterator[Finding]:
    """Report passages given twice word for word, and lists of links that repeat an earlier list."""
    seen: dict[str, Passage] = {}
    for passage in page.outline.passages:
        if passage.kind in (HEADING, RESIDUE, REFERENCE, LINK) or len(passage.text) < 60:
            continue
        text = re.sub(r"\W+", " ", passage.text.lower())
        first = seen.setdefault(text, passage)
        if first is not passage:
            yield page.finding(
                "duplicated_section",
                WARNING,
                passage.start,
                passage.end,
                f"this passage already stands in line {page.document.line_of(first.start)}",
                "keep one of the two",
                "comparison of the passages",
            )
    yield from _link_lists(page)


def _link_lists(page: Page) -> Iterator[Finding]:
    lists: list[tuple[Passage, list[Passage]]] = []
    for passage in page.outline.passages:
        if passage.kind == HEADING:
            lists.append((passage, []))
        elif passage.kind == LINK and lists:
            lists[-1][1].append(passage)
    full = [(h, items, {link.target for i in items for link in i.body.links}) for h, items in lists if len(items) > 2]
    for index, (heading, items, targets) in enumerate(full):
        if any(len(targets & before) >= 0.75 * len(targets) for _, _, before in full[:index]):
            yield page.finding(
                "duplicated_section",
                WARNING,
                heading.start,
                items[-1].end,
                f"the links of '{heading.text}' repeat an earlier list",
                "merge the two lists",
                "comparison of the link targets",
            )


def check_residue(page: Page) -> Iterator[Finding]:
    """Report database columns and interface text left in the page, as one range."""
    left = [
        p
        for p in page.outline.passages
        if p.kind == RESIDUE and re.search(r"_[a-z]+\b.*\||^▸|No provenance", page.text[p.start : p.end])
    ]
    if left:
        yield page.finding(
            "migration_residue",
            INFO,
            left[0].start,
            left[-1].end,
            "metadata of the database the page came from stands in its text",
            "remove it",
            "the form of these lines",
        )
